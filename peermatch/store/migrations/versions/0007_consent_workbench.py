"""What the consent workbench keeps: campaigns, the letters that ask again, and files that prove consent."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CAMPAIGN = """
CREATE TABLE campaign (
    id INTEGER NOT NULL,
    begun DATE NOT NULL,
    until DATE NOT NULL,
    answer_by DATE NOT NULL,
    wording VARCHAR NOT NULL,
    closed DATE,
    PRIMARY KEY (id),
    CHECK (begun IS NULL OR begun GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (until IS NULL OR until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (answer_by IS NULL OR answer_by GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (closed IS NULL OR closed GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
"""
CONSENT_LETTER = """
CREATE TABLE consent_letter (
    id INTEGER NOT NULL,
    campaign INTEGER NOT NULL,
    supporter VARCHAR NOT NULL,
    asked JSON NOT NULL,
    sent DATE,
    recipient VARCHAR,
    subject VARCHAR NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (id),
    CHECK (json_valid(asked)),
    CHECK (sent IS NULL OR sent GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    UNIQUE (campaign, supporter),
    FOREIGN KEY(campaign) REFERENCES campaign (id),
    FOREIGN KEY(supporter) REFERENCES supporter (id)
)
"""
EVIDENCE = """
CREATE TABLE evidence (
    id INTEGER NOT NULL,
    supporter VARCHAR NOT NULL,
    added DATE NOT NULL,
    name VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    PRIMARY KEY (id),
    CHECK (added IS NULL OR added GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (size > 0),
    FOREIGN KEY(supporter) REFERENCES supporter (id)
)
"""
EVIDENCE_BODY = """
CREATE TABLE evidence_body (
    evidence INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (evidence),
    FOREIGN KEY(evidence) REFERENCES evidence (id)
)
"""
INDEXES = (
    "CREATE UNIQUE INDEX ux_campaign_open ON campaign ((closed IS NULL)) WHERE closed IS NULL",
    "CREATE INDEX ix_consent_letter_supporter ON consent_letter (supporter)",
    "CREATE INDEX ix_evidence_supporter ON evidence (supporter)",
)


def upgrade() -> None:
    """Make the tables, empty: nobody was asked by a campaign before."""
    for statement in (CAMPAIGN, CONSENT_LETTER, EVIDENCE, EVIDENCE_BODY, *INDEXES):
        op.execute(statement)
