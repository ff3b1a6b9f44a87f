"""The records of supporters, packed beside their rows: a window opens without reading each row."""

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""
