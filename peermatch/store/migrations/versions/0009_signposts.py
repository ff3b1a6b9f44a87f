"""What the network says of signposts itself: when each was checked, its own words, and whether it is offered."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SIGNPOST = """
CREATE TABLE signpost (
    id VARCHAR NOT NULL,
    checked DATE,
    offered BOOLEAN NOT NULL,
    words JSON NOT NULL,
    PRIMARY KEY (id),
    CHECK (checked IS NULL OR checked GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (json_valid(words))
)
"""


def upgrade() -> None:
    """Make the table, empty: nobody has checked a signpost here yet."""
    op.execute(SIGNPOST)
