"""What was published: each report that left, so that a later one cannot be subtracted from it."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PUBLISHED = """
CREATE TABLE published (
    id INTEGER NOT NULL,
    day DATE NOT NULL,
    start DATE NOT NULL,
    until DATE NOT NULL,
    body JSON NOT NULL,
    PRIMARY KEY (id),
    CHECK (json_valid(body)),
    CHECK (day IS NULL OR day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (start IS NULL OR start GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (until IS NULL OR until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    UNIQUE (start, until)
)
"""


def upgrade() -> None:
    """Make the table, empty: nothing was published before."""
    op.execute(PUBLISHED)
