"""The people behind the keys: a name, a role and a day for each slot of the key file."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

HOLDER = """
CREATE TABLE holder (
    slot VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    added DATE NOT NULL,
    owner VARCHAR,
    removed DATE,
    PRIMARY KEY (slot),
    CHECK (role IS NULL OR role IN ('coordinator', 'lead')),
    CHECK (added IS NULL OR added GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (removed IS NULL OR removed GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    FOREIGN KEY(owner) REFERENCES holder (slot)
)
"""


def upgrade() -> None:
    """Make the table; whoever holds a key now is asked for their name when the keys are next looked at."""
    op.execute(HOLDER)
