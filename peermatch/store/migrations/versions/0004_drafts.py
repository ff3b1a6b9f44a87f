"""Half-typed work, kept encrypted while the network is locked."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

DRAFT = """
CREATE TABLE draft (
    "key" VARCHAR NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY ("key")
)
"""


def upgrade() -> None:
    """Make the table; nothing is half-typed in it."""
    op.execute(DRAFT)
