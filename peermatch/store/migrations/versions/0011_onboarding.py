"""How a volunteer comes in, which own terms are retired, and the network's own organisations."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ONBOARDING = """
CREATE TABLE onboarding (
    id INTEGER NOT NULL,
    supporter VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    day DATE NOT NULL,
    by VARCHAR NOT NULL,
    PRIMARY KEY (id),
    CHECK (stage IS NULL OR stage IN ('applied', 'talk', 'training', 'agreement', 'active', 'left')),
    CHECK (day IS NULL OR day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    UNIQUE (supporter, stage),
    FOREIGN KEY(supporter) REFERENCES supporter (id)
)
"""
TERM_STANDING = """
CREATE TABLE term_standing (
    id VARCHAR NOT NULL,
    placed DATE NOT NULL,
    retired DATE,
    PRIMARY KEY (id),
    CHECK (placed IS NULL OR placed GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (retired IS NULL OR retired GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
"""
OWN_ORGANISATION = """
CREATE TABLE own_organisation (
    id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    body JSON NOT NULL,
    closed DATE,
    PRIMARY KEY (id),
    CHECK (json_valid(body)),
    CHECK (closed IS NULL OR closed GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
"""


def upgrade() -> None:
    """Make the tables, empty: nobody noted any of this before."""
    for statement in (ONBOARDING, TERM_STANDING, OWN_ORGANISATION):
        op.execute(statement)
