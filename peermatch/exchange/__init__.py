"""What comes in and what goes out: portable files and contact cards."""
