"""The records of supporters, packed beside their rows: a window opens without reading each row."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

RECORD = """
CREATE TABLE record (
    number INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (number)
)
"""
ORIGIN = """
CREATE TABLE record_origin (
    id INTEGER NOT NULL,
    made_from VARCHAR NOT NULL,
    PRIMARY KEY (id),
    CHECK (id = 1)
)
"""


def upgrade() -> None:
    """Make the tables, empty: they are filled from the rows when the network is next opened."""
    op.execute(RECORD)
    op.execute(ORIGIN)
