"""The first schema: people, consent, enquiries, introductions, hand-overs, outbox and journal."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE barred (
    id INTEGER NOT NULL,
    enquirer VARCHAR NOT NULL,
    supporter VARCHAR NOT NULL,
    PRIMARY KEY (id)
)
;
CREATE TABLE enquiry (
    reference VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    received DATE NOT NULL,
    channel VARCHAR,
    programme VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    letter TEXT,
    grade VARCHAR,
    specialty VARCHAR,
    organisation VARCHAR,
    place VARCHAR,
    needs JSON NOT NULL,
    preferences JSON NOT NULL,
    exclusions JSON NOT NULL,
    choice BOOLEAN NOT NULL,
    risk JSON NOT NULL,
    risk_done VARCHAR,
    PRIMARY KEY (reference),
    CHECK (status IS NULL OR status IN ('new', 'triaged', 'on-hold', 'closed', 'withdrawn')),
    CHECK (received IS NULL OR received GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (json_valid(needs)),
    CHECK (json_valid(preferences)),
    CHECK (json_valid(exclusions)),
    CHECK (json_valid(risk))
)
;
CREATE TABLE journal (
    seq INTEGER NOT NULL,
    at VARCHAR NOT NULL,
    slot VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    object VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    undoes INTEGER,
    images_mac BLOB NOT NULL,
    mac BLOB NOT NULL,
    PRIMARY KEY (seq)
)
;
CREATE TABLE network (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    controller VARCHAR,
    wordings_listed BOOLEAN NOT NULL,
    policy JSON,
    PRIMARY KEY (id),
    CHECK (id = 1),
    CHECK (json_valid(policy))
)
;
CREATE TABLE own_term (
    id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    body JSON NOT NULL,
    PRIMARY KEY (id),
    CHECK (json_valid(body))
)
;
CREATE TABLE secret (
    name VARCHAR NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (name)
)
;
CREATE TABLE supporter (
    id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    known_as VARCHAR,
    pronouns VARCHAR,
    email VARCHAR,
    other_emails JSON NOT NULL,
    phone VARCHAR,
    prefers VARCHAR,
    languages JSON NOT NULL,
    grade VARCHAR,
    specialty VARCHAR,
    organisation VARCHAR,
    place VARCHAR,
    programmes JSON NOT NULL,
    status VARCHAR NOT NULL,
    paused_until DATE,
    available_from DATE,
    available_until DATE,
    capacity INTEGER NOT NULL,
    boundaries JSON NOT NULL,
    relations JSON NOT NULL,
    characteristics JSON NOT NULL,
    notes VARCHAR NOT NULL,
    PRIMARY KEY (id),
    CHECK (capacity >= 0),
    CHECK (status IS NULL OR status IN ('applied', 'checked', 'active', 'left')),
    CHECK (prefers IS NULL OR prefers IN ('email', 'phone')),
    CHECK (paused_until IS NULL OR paused_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (available_from IS NULL OR available_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (available_until IS NULL OR available_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (json_valid(other_emails)),
    CHECK (json_valid(languages)),
    CHECK (json_valid(programmes)),
    CHECK (json_valid(boundaries)),
    CHECK (json_valid(relations)),
    CHECK (json_valid(characteristics))
)
;
CREATE TABLE wording (
    id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    covers_narrower BOOLEAN NOT NULL,
    PRIMARY KEY (id)
)
;
CREATE TABLE consent (
    id INTEGER NOT NULL,
    supporter VARCHAR NOT NULL,
    purpose VARCHAR NOT NULL,
    characteristic VARCHAR,
    given DATE NOT NULL,
    expires DATE,
    withdrawn DATE,
    method VARCHAR NOT NULL,
    wording VARCHAR NOT NULL,
    recorded_by VARCHAR,
    evidence VARCHAR,
    PRIMARY KEY (id),
    CHECK (purpose IS NULL OR purpose IN ('hold', 'match', 'share', 'contact-email', 'contact-phone',
        'contact-name', 'contact-role', 'contact-organisation', 'list', 'count')),
    CHECK (method IS NULL OR method IN ('form', 'email', 'spoken', 'paper')),
    CHECK (given IS NULL OR given GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (expires IS NULL OR expires GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (withdrawn IS NULL OR withdrawn GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    FOREIGN KEY(supporter) REFERENCES supporter (id)
)
;
CREATE INDEX ix_consent_supporter ON consent (supporter)
;
CREATE TABLE hand_over (
    id INTEGER NOT NULL,
    enquiry VARCHAR NOT NULL,
    supporter VARCHAR NOT NULL,
    day DATE NOT NULL,
    recipient VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    formats JSON NOT NULL,
    permissions JSON NOT NULL,
    PRIMARY KEY (id),
    CHECK (json_valid(permissions)),
    CHECK (json_valid(formats)),
    CHECK (day IS NULL OR day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    FOREIGN KEY(enquiry) REFERENCES enquiry (reference),
    FOREIGN KEY(supporter) REFERENCES supporter (id)
)
;
CREATE INDEX ix_hand_over_enquiry ON hand_over (enquiry)
;
CREATE TABLE introduction (
    id INTEGER NOT NULL,
    enquiry VARCHAR NOT NULL,
    supporter VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    asked DATE NOT NULL,
    answered DATE,
    introduced DATE,
    ended DATE,
    outcome VARCHAR,
    PRIMARY KEY (id),
    CHECK (state IS NULL OR state IN ('asked', 'accepted', 'declined', 'lapsed', 'agreed',
        'refused', 'introduced', 'ended', 'stopped')),
    CHECK (asked IS NULL OR asked GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (answered IS NULL OR answered GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (introduced IS NULL OR introduced GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (ended IS NULL OR ended GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    FOREIGN KEY(enquiry) REFERENCES enquiry (reference),
    FOREIGN KEY(supporter) REFERENCES supporter (id)
)
;
CREATE INDEX ix_introduction_enquiry ON introduction (enquiry)
;
CREATE INDEX ix_introduction_supporter ON introduction (supporter)
;
CREATE TABLE journal_image (
    id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    table_name VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    "before" TEXT,
    "after" TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(seq) REFERENCES journal (seq)
)
;
CREATE INDEX ix_journal_image_seq ON journal_image (seq)
;
CREATE TABLE letter_print (
    id INTEGER NOT NULL,
    print VARCHAR NOT NULL,
    enquiry VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(enquiry) REFERENCES enquiry (reference)
)
;
CREATE INDEX ix_letter_print_enquiry ON letter_print (enquiry)
;
CREATE INDEX ix_letter_print_print ON letter_print (print)
;
CREATE TABLE outbox (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    enquiry VARCHAR NOT NULL,
    supporter VARCHAR,
    written DATE NOT NULL,
    recipient VARCHAR,
    subject VARCHAR NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (id),
    CHECK (written IS NULL OR written GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    FOREIGN KEY(enquiry) REFERENCES enquiry (reference),
    FOREIGN KEY(supporter) REFERENCES supporter (id)
)
;
CREATE INDEX ix_outbox_enquiry ON outbox (enquiry)
;
CREATE TABLE requester (
    enquiry VARCHAR NOT NULL,
    name VARCHAR,
    email VARCHAR,
    other_emails JSON NOT NULL,
    phone VARCHAR,
    safe_contact VARCHAR,
    consent JSON,
    PRIMARY KEY (enquiry),
    CHECK (json_valid(other_emails)),
    CHECK (json_valid(consent)),
    FOREIGN KEY(enquiry) REFERENCES enquiry (reference)
)
"""

# Consent is append-only: a record may gain a withdrawal date once, and nothing else about it may change.
CONSENT_KEPT = """
CREATE TRIGGER consent_not_edited BEFORE UPDATE ON consent
WHEN OLD.withdrawn IS NOT NULL OR NEW.withdrawn IS NULL
  OR NEW.id IS NOT OLD.id OR NEW.supporter IS NOT OLD.supporter OR NEW.purpose IS NOT OLD.purpose
  OR NEW.characteristic IS NOT OLD.characteristic OR NEW.given IS NOT OLD.given OR NEW.expires IS NOT OLD.expires
  OR NEW.method IS NOT OLD.method OR NEW.wording IS NOT OLD.wording
  OR NEW.recorded_by IS NOT OLD.recorded_by OR NEW.evidence IS NOT OLD.evidence
BEGIN SELECT RAISE(ABORT, 'a consent record is not edited'); END
;
CREATE TRIGGER consent_not_removed BEFORE DELETE ON consent
BEGIN SELECT RAISE(ABORT, 'a consent record is not removed'); END
"""

# The journal only grows; the images beside it may be wiped, which leaves the chain whole.
JOURNAL_KEPT = """
CREATE TRIGGER journal_not_edited BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is not edited'); END
;
CREATE TRIGGER journal_not_removed BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is not removed'); END
;
CREATE TRIGGER image_only_wiped BEFORE UPDATE ON journal_image
WHEN NEW.before IS NOT NULL OR NEW.after IS NOT NULL OR NEW.seq IS NOT OLD.seq
  OR NEW.table_name IS NOT OLD.table_name OR NEW.key IS NOT OLD.key
BEGIN SELECT RAISE(ABORT, 'a journal image is only wiped'); END
;
CREATE TRIGGER image_not_removed BEFORE DELETE ON journal_image
BEGIN SELECT RAISE(ABORT, 'a journal image is not removed'); END
;
CREATE TRIGGER hand_over_kept BEFORE UPDATE ON hand_over
BEGIN SELECT RAISE(ABORT, 'the record of a hand-over is not edited'); END
"""


def upgrade() -> None:
    """Make the tables, then the triggers that keep consent and journal as they were written."""
    for script in (TABLES, CONSENT_KEPT, JOURNAL_KEPT):
        for statement in script.split("\n;\n"):
            op.execute(statement)
