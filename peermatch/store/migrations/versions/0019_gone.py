"""The journal finds the rows that went, so that the number of none of them is given again."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index the images of rows that were taken away: few, whatever the network holds."""
    op.execute(
        "CREATE INDEX ix_journal_image_gone ON journal_image (table_name, key)"
        " WHERE after IS NULL AND before IS NOT NULL"
    )
