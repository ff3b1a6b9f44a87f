"""How contact cards leave: the network's rule for letters that must be marked secure."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MARK = """
CREATE TABLE mail_mark (
    id INTEGER NOT NULL,
    free JSON NOT NULL,
    PRIMARY KEY (id),
    CHECK (id = 1),
    CHECK (json_valid(free))
)
"""


def upgrade() -> None:
    """Make the table, empty: no network used the mark before."""
    op.execute(MARK)
