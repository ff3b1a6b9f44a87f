"""How each volunteer form is read, so that it is said once: its questions and what they mean, nobody's answers."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FORM = """
CREATE TABLE form (
    shape VARCHAR NOT NULL,
    reading JSON NOT NULL,
    used DATE NOT NULL,
    PRIMARY KEY (shape),
    CHECK (json_valid(reading)),
    CHECK (used IS NULL OR used GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
"""


def upgrade() -> None:
    """Make the table, empty: no form was taken in before."""
    op.execute(FORM)
