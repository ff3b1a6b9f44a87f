"""Letters in and drafts out, as bytes and values."""
