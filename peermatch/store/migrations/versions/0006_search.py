"""An index of the words in letters and notes, which the file keeps true by itself with every change of a row.

A later revision that makes one of the tables anew drops the view and the table's own triggers first, and makes them
again after: the tuple `SOURCES` and the two functions below give the text.
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# (what it is called, table, its key, the column or columns that change, the text of a row)
SOURCES = (
    ("letter", "enquiry", "reference", "letter", "ROW.letter"),
    ("notes", "supporter", "id", "notes", "ROW.notes"),
    ("sent", "outbox", "id", "subject, body", "ROW.subject || char(10) || ROW.body"),
    ("outcome", "introduction", "id", "outcome", "ROW.outcome"),
)

# A row's own number may change when the file is rewritten, so each text gets a number here that stays.
PLACE = """
CREATE TABLE search_place (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    record NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (kind, record)
)
"""
# The words alone: the texts stay where they are. Deleted words are overwritten at once and not some time later.
WORDS = """
CREATE VIRTUAL TABLE search_word USING fts5(
    body, content='search_text', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
)
"""
SECURE = "INSERT INTO search_word (search_word, rank) VALUES ('secure-delete', 1)"
REBUILD = "INSERT INTO search_word (search_word) VALUES ('rebuild')"


def view() -> str:
    """All texts by the numbers that they are found under."""
    parts = (
        f"SELECT place.id AS id, {text.replace('ROW', table)} AS body FROM search_place AS place"  # noqa: S608 - our own names
        f" JOIN {table} ON {table}.{key} = place.record WHERE place.kind = '{kind}'"
        for kind, table, key, _, text in SOURCES
    )
    return f"CREATE VIEW search_text AS {' UNION ALL '.join(parts)}"


def triggers(kind: str, table: str, key: str, columns: str, text: str) -> tuple[str, ...]:
    """What takes the text of a row in, changes it and takes it out again; an empty text has no number."""
    old, new = text.replace("ROW", "OLD"), text.replace("ROW", "NEW")
    of_old = f"FROM search_place WHERE kind = '{kind}' AND record = OLD.{key}"
    of_new = f"FROM search_place WHERE kind = '{kind}' AND record = NEW.{key}"
    out = (
        f"INSERT INTO search_word (search_word, rowid, body) SELECT 'delete', id, {old} {of_old};"
        f" DELETE {of_old};"
    )
    into = (
        f"INSERT INTO search_place (kind, record) SELECT '{kind}', NEW.{key} WHERE {new} <> '';"
        f" INSERT INTO search_word (rowid, body) SELECT id, {new} {of_new};"
    )
    changed = f"WHEN {old} IS NOT {new} OR OLD.{key} IS NOT NEW.{key}"
    return (
        f"CREATE TRIGGER search_{kind}_added AFTER INSERT ON {table} BEGIN {into} END",
        f"CREATE TRIGGER search_{kind}_changed AFTER UPDATE OF {key}, {columns} ON {table} {changed}"
        f" BEGIN {out} {into} END",
        f"CREATE TRIGGER search_{kind}_removed AFTER DELETE ON {table} BEGIN {out} END",
    )


def upgrade() -> None:
    """Make the index, fill it with what is there, and let the file follow every change from now on."""
    for statement in (PLACE, view(), WORDS, SECURE):
        op.execute(statement)
    for source in SOURCES:
        kind, table, key, _, text = source
        op.execute(
            f"INSERT INTO search_place (kind, record) SELECT '{kind}', {key} FROM {table}"  # noqa: S608 - our own
            f" WHERE {text.replace('ROW', table)} <> '' ORDER BY {table}.rowid"
        )
        for each in triggers(*source):
            op.execute(each)
    op.execute(REBUILD)
