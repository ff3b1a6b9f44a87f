"""Schema revisions, run by Alembic only when the schema version differs."""
