"""What comes with letters: attachments, the numbers that letters call each other by, and what was set aside."""

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""
