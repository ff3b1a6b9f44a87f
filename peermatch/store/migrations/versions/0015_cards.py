"""How contact cards leave: the network's rule for letters that must be marked secure."""

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""
