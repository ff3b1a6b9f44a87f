"""The words of later letters can be found too, as revision 0006 has it; and since when a letter is here, at once."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# A letter of which no words were kept has no text, and so no number.
TEXT = "trim(ROW.subject || char(10) || ROW.body, char(10))"
# The texts of revision 0006, and these.
VIEW = """
CREATE VIEW search_text AS
SELECT place.id AS id, enquiry.letter AS body FROM search_place AS place
    JOIN enquiry ON enquiry.reference = place.record WHERE place.kind = 'letter'
UNION ALL SELECT place.id AS id, supporter.notes AS body FROM search_place AS place
    JOIN supporter ON supporter.id = place.record WHERE place.kind = 'notes'
UNION ALL SELECT place.id AS id, outbox.subject || char(10) || outbox.body AS body FROM search_place AS place
    JOIN outbox ON outbox.id = place.record WHERE place.kind = 'sent'
UNION ALL SELECT place.id AS id, introduction.outcome AS body FROM search_place AS place
    JOIN introduction ON introduction.id = place.record WHERE place.kind = 'outcome'
UNION ALL SELECT place.id AS id, {mail} AS body FROM search_place AS place
    JOIN mail ON mail.id = place.record WHERE place.kind = 'mail'
"""
FILL = """
INSERT INTO search_place (kind, record) SELECT 'mail', id FROM mail WHERE {mail} <> '' ORDER BY id
"""
SINCE = "CREATE INDEX ix_journal_image_mail ON journal_image (key) WHERE table_name = 'mail'"
REBUILD = "INSERT INTO search_word (search_word) VALUES ('rebuild')"


def triggers() -> tuple[str, ...]:
    """What takes the words of a letter in, changes them and takes them out again."""
    old, new = TEXT.replace("ROW", "OLD"), TEXT.replace("ROW", "NEW")
    of_old = "FROM search_place WHERE kind = 'mail' AND record = OLD.id"
    of_new = "FROM search_place WHERE kind = 'mail' AND record = NEW.id"
    out = (
        f"INSERT INTO search_word (search_word, rowid, body) SELECT 'delete', id, {old} {of_old};"
        f" DELETE {of_old};"
    )
    into = (
        f"INSERT INTO search_place (kind, record) SELECT 'mail', NEW.id WHERE {new} <> '';"
        f" INSERT INTO search_word (rowid, body) SELECT id, {new} {of_new};"
    )
    changed = f"WHEN {old} IS NOT {new} OR OLD.id IS NOT NEW.id"
    return (
        f"CREATE TRIGGER search_mail_added AFTER INSERT ON mail BEGIN {into} END",
        f"CREATE TRIGGER search_mail_changed AFTER UPDATE OF id, subject, body ON mail {changed}"
        f" BEGIN {out} {into} END",
        f"CREATE TRIGGER search_mail_removed AFTER DELETE ON mail BEGIN {out} END",
    )


def upgrade() -> None:
    """Give each letter that is there its number, follow every change from now on, and write the index anew."""
    in_mail = TEXT.replace("ROW", "mail")
    op.execute("DROP VIEW search_text")
    for statement in (VIEW.format(mail=in_mail), FILL.format(mail=in_mail), *triggers(), REBUILD, SINCE):
        op.execute(statement)
