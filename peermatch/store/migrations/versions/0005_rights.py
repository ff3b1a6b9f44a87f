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
KEPT_CONSENT = """
CREATE TABLE kept_consent (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    purpose VARCHAR NOT NULL,
    characteristic VARCHAR,
    given DATE NOT NULL,
    expires DATE,
    withdrawn DATE,
    method VARCHAR NOT NULL,
    wording VARCHAR NOT NULL,
    ended DATE NOT NULL,
    PRIMARY KEY (id),
    CHECK (kind IS NULL OR kind IN ('supporter', 'enquirer')),
    CHECK (purpose IS NULL OR purpose IN ('hold', 'match', 'share', 'contact-email', 'contact-phone',
        'contact-name', 'contact-role', 'contact-organisation', 'list', 'count')),
    CHECK (method IS NULL OR method IN ('form', 'email', 'spoken', 'paper')),
    CHECK (given IS NULL OR given GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (expires IS NULL OR expires GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (withdrawn IS NULL OR withdrawn GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (ended IS NULL OR ended GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
"""
KEPT_INTRODUCTION = """
CREATE TABLE kept_introduction (
    id INTEGER NOT NULL,
    enquiry VARCHAR NOT NULL,
    supporter VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    asked DATE NOT NULL,
    answered DATE,
    introduced DATE,
    ended DATE,
    PRIMARY KEY (id),
    CHECK (state IS NULL OR state IN ('asked', 'accepted', 'declined', 'lapsed', 'agreed',
        'refused', 'introduced', 'ended', 'stopped')),
    CHECK (asked IS NULL OR asked GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (answered IS NULL OR answered GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (introduced IS NULL OR introduced GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (ended IS NULL OR ended GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
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
    extended_why TEXT NOT NULL,
    paused DATE,
    waiting_for TEXT NOT NULL,
    paused_days INTEGER NOT NULL,
    resumed DATE,
    closed DATE,
    outcome TEXT NOT NULL,
    PRIMARY KEY (id),
    CHECK (kind IS NULL OR kind IN
        ('access', 'rectification', 'erasure', 'restriction', 'portability', 'objection', 'complaint')),
    CHECK (subject_kind IS NULL OR subject_kind IN ('supporter', 'enquirer')),
    CHECK (received IS NULL OR received GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (acknowledged IS NULL OR acknowledged GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (extended IS NULL OR extended GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (paused IS NULL OR paused GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (resumed IS NULL OR resumed GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (closed IS NULL OR closed GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (paused_days >= 0)
)
"""
INCIDENT = """
CREATE TABLE incident (
    id INTEGER NOT NULL,
    noticed VARCHAR NOT NULL,
    what TEXT NOT NULL,
    exposed JSON NOT NULL,
    reported VARCHAR,
    report_reference TEXT NOT NULL,
    not_reported TEXT NOT NULL,
    told DATE,
    told_what TEXT NOT NULL,
    closed DATE,
    outcome TEXT NOT NULL,
    PRIMARY KEY (id),
    CHECK (json_valid(exposed)),
    CHECK (told IS NULL OR told GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (closed IS NULL OR closed GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
"""
AWARENESS_FIXED = """
CREATE TRIGGER incident_noticed_once BEFORE UPDATE OF noticed ON incident WHEN NEW.noticed IS NOT OLD.noticed
BEGIN SELECT RAISE(ABORT, 'when an incident was noticed is not edited'); END
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
    for statement in (
        ERASURE,
        KEPT_BACK,
        COUNTED,
        KEPT_CONSENT,
        KEPT_INTRODUCTION,
        REQUEST,
        INCIDENT,
        AWARENESS_FIXED,
        CLOSING,
    ):
        op.execute(statement)
