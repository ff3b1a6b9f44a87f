"""A letter that was sent to a supporter may belong to no enquiry: thanks for an offer, a pause, a goodbye."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# The column and the condition change where they stand: no row is copied, and triggers and the index of words stay.
STATEMENTS = (
    "ALTER TABLE outbox ALTER COLUMN enquiry DROP NOT NULL",
    "ALTER TABLE outbox ADD CHECK (enquiry IS NOT NULL OR supporter IS NOT NULL)",
    "CREATE INDEX ix_outbox_supporter ON outbox (supporter)",
)


def upgrade() -> None:
    """Let a supporter alone be enough; every letter still belongs to somebody."""
    for statement in STATEMENTS:
        op.execute(statement)
