"""The directory page: how people wish to stand on it, its links, each page that was published, and where it stands."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ENTRY = """
CREATE TABLE directory_entry (
    supporter VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    words TEXT NOT NULL,
    said DATE NOT NULL,
    PRIMARY KEY (supporter),
    CHECK (said IS NULL OR said GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    FOREIGN KEY(supporter) REFERENCES supporter (id)
)
"""
LINK = """
CREATE TABLE directory_link (
    id INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    checked DATE NOT NULL,
    PRIMARY KEY (id),
    CHECK (checked IS NULL OR checked GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
"""
PAGE = """
CREATE TABLE directory_page (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    made DATE NOT NULL,
    fresh BOOLEAN NOT NULL,
    body JSON NOT NULL,
    PRIMARY KEY (id),
    CHECK (json_valid(body)),
    CHECK (made IS NULL OR made GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
"""
LISTED = """
CREATE TABLE directory_listed (
    id INTEGER NOT NULL,
    page INTEGER NOT NULL,
    supporter VARCHAR,
    entry JSON NOT NULL,
    PRIMARY KEY (id),
    CHECK (json_valid(entry))
)
"""
PLACE = """
CREATE TABLE directory_place (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    page INTEGER,
    since DATE NOT NULL,
    PRIMARY KEY (id),
    CHECK (since IS NULL OR since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
"""
INDEX = "CREATE INDEX ix_directory_listed_supporter ON directory_listed (supporter)"


def upgrade() -> None:
    """Make the tables, empty: no page was published before."""
    for statement in (ENTRY, LINK, PAGE, LISTED, PLACE, INDEX):
        op.execute(statement)
