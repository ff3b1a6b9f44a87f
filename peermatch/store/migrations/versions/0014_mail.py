"""What comes with letters: later letters and what was set aside, by what they are known, and files they brought."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MAIL = """
CREATE TABLE mail (
    id INTEGER NOT NULL,
    came DATE NOT NULL,
    kind VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    enquiry VARCHAR,
    supporter VARCHAR,
    sender_name VARCHAR,
    sender VARCHAR,
    subject VARCHAR NOT NULL,
    body TEXT NOT NULL,
    why VARCHAR NOT NULL,
    says VARCHAR,
    words VARCHAR NOT NULL,
    failed JSON NOT NULL,
    marks JSON NOT NULL,
    risk BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    CHECK (kind IS NULL OR kind IN ('letter', 'reply', 'automatic', 'returned', 'spam')),
    CHECK (state IS NULL OR state IN ('joined', 'waiting', 'aside', 'done')),
    CHECK (says IS NULL OR says IN ('yes', 'no', 'unclear')),
    CHECK (came IS NULL OR came GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (json_valid(failed)),
    CHECK (json_valid(marks)),
    FOREIGN KEY(enquiry) REFERENCES enquiry (reference),
    FOREIGN KEY(supporter) REFERENCES supporter (id)
)
"""
MAIL_FILE = """
CREATE TABLE mail_file (
    id INTEGER NOT NULL,
    enquiry VARCHAR,
    mail INTEGER,
    name VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    kept BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    CHECK (size > 0),
    FOREIGN KEY(enquiry) REFERENCES enquiry (reference),
    FOREIGN KEY(mail) REFERENCES mail (id)
)
"""
MAIL_BODY = """
CREATE TABLE mail_body (
    file INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (file),
    FOREIGN KEY(file) REFERENCES mail_file (id) ON DELETE CASCADE
)
"""
INDEXES = (
    "CREATE INDEX ix_mail_enquiry ON mail (enquiry)",
    "CREATE INDEX ix_mail_supporter ON mail (supporter)",
    "CREATE INDEX ix_mail_file_enquiry ON mail_file (enquiry)",
    "CREATE INDEX ix_mail_file_mail ON mail_file (mail)",
)


def upgrade() -> None:
    """Make the tables, empty: letters were kept as enquiries alone before, and no file was kept."""
    for statement in (MAIL, MAIL_FILE, MAIL_BODY, *INDEXES):
        op.execute(statement)
