"""What data protection asks for: an erasure ledger, who is kept back, what is counted, requests and incidents."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ERASURE = """
CREATE TABLE erasure (
    code VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    day DATE NOT NULL,
    PRIMARY KEY (code),
    CHECK (kind IS NULL OR kind IN ('supporter', 'enquirer')),
    CHECK (day IS NULL OR day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
"""
KEPT_BACK = """
CREATE TABLE kept_back (
    kind VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    since DATE NOT NULL,
    until DATE,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (kind, subject),
    CHECK (kind IS NULL OR kind IN ('supporter', 'enquirer')),
    CHECK (since IS NULL OR since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (until IS NULL OR until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
"""
COUNTED = """
CREATE TABLE counted (
    id INTEGER NOT NULL,
    month VARCHAR NOT NULL,
    programme VARCHAR NOT NULL,
    topics JSON NOT NULL,
    region VARCHAR,
    outcome VARCHAR NOT NULL,
    PRIMARY KEY (id),
    CHECK (json_valid(topics))
)
"""
REQUEST = """
CREATE TABLE request (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    subject_kind VARCHAR,
    subject VARCHAR,
    received DATE NOT NULL,
    summary TEXT NOT NULL,
    acknowledged DATE,
    extended DATE,
    paused DATE,
    paused_days INTEGER NOT NULL,
    closed DATE,
    outcome VARCHAR,
    PRIMARY KEY (id),
    CHECK (kind IS NULL OR kind IN
        ('access', 'rectification', 'erasure', 'restriction', 'portability', 'objection', 'complaint')),
    CHECK (subject_kind IS NULL OR subject_kind IN ('supporter', 'enquirer')),
    CHECK (received IS NULL OR received GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (acknowledged IS NULL OR acknowledged GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (extended IS NULL OR extended GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (paused IS NULL OR paused GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (closed IS NULL OR closed GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
"""
INCIDENT = """
CREATE TABLE incident (
    id INTEGER NOT NULL,
    noticed VARCHAR NOT NULL,
    what TEXT NOT NULL,
    exposed JSON NOT NULL,
    reported VARCHAR,
    told DATE,
    closed DATE,
    PRIMARY KEY (id),
    CHECK (json_valid(exposed)),
    CHECK (told IS NULL OR told GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (closed IS NULL OR closed GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
"""
CLOSING = """
CREATE TABLE closing (
    enquiry VARCHAR NOT NULL,
    day DATE NOT NULL,
    PRIMARY KEY (enquiry),
    CHECK (day IS NULL OR day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    FOREIGN KEY(enquiry) REFERENCES enquiry (reference)
)
"""


def upgrade() -> None:
    """Make the tables; the day on which an enquiry was closed is kept from now on."""
    for statement in (ERASURE, KEPT_BACK, COUNTED, REQUEST, INCIDENT, CLOSING):
        op.execute(statement)
