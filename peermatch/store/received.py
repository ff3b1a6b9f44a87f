"""What each letter looked like when it came, and when that was, as the journal noted it with the step."""

from datetime import date, datetime

from peermatch.model.rights import Subject, SubjectKind
from peermatch.store.journal import Entry
from peermatch.store.transaction import Transaction

RECEIVE = "receive"
_RECEIVED = "SELECT object, detail FROM journal WHERE action = 'receive' ORDER BY seq"
_TAKEN_IN = "SELECT object, at FROM journal WHERE action = 'receive' ORDER BY seq"
_GONE = (
    "SELECT json_extract(image.key, '$[0]') AS id, max(line.at) FROM journal_image image"
    " JOIN journal line ON line.seq = image.seq"
    " WHERE image.table_name = '{table}' AND (image.before IS NOT NULL OR image.after IS NOT NULL)"
    " AND NOT EXISTS (SELECT 1 FROM {table} WHERE {key} = json_extract(image.key, '$[0]'))"
    " GROUP BY image.key"
)
_GONE_OF = {
    SubjectKind.SUPPORTER: _GONE.format(table="supporter", key="id"),
    SubjectKind.ENQUIRER: _GONE.format(table="enquiry", key="reference"),
}
"""Whose image the journal holds, and who is not on record any more."""


def scopes(tx: Transaction) -> dict[str, str]:
    """The scope that was noted for each reference; nothing for enquiries that came in another way."""
    found: dict[str, str] = {}
    for references, notes in tx.rows(_RECEIVED):
        found |= _by_reference(references, notes)
    return found


def own_detail(line: Entry, reference: str) -> str:
    """What a line says in detail of one record: of letters that came together, each has a word of its own."""
    if line.action != RECEIVE:
        return line.detail
    return _by_reference(line.object, line.detail).get(reference, "")


def _by_reference(references: str, notes: str) -> dict[str, str]:
    """What a line notes of each letter that began an enquiry, in order; those that joined one stand after them."""
    return dict(zip(references.split(" "), notes.split("; "), strict=False)) if references else {}


def days(tx: Transaction) -> dict[str, date]:
    """The day on which each reference was taken in; nothing for enquiries that came in another way.

    A reference is given again when the enquiry that had it was taken back: the newest is the one that is here.
    """
    found: dict[str, date] = {}
    for references, at in tx.rows(_TAKEN_IN):
        taken_in = datetime.fromisoformat(at).astimezone().date()
        found |= dict.fromkeys(references.split(" ") if references else (), taken_in)
    return found


def taken_back(tx: Transaction) -> dict[Subject, date]:
    """Who is not on record but could be brought back, for their adding was undone: and the day of that."""
    found: dict[Subject, date] = {}
    for kind, gone in _GONE_OF.items():
        for subject, at in tx.rows(gone):
            found[Subject(kind, subject)] = datetime.fromisoformat(at).astimezone().date()
    return found


def last_step(tx: Transaction) -> datetime | None:
    """The moment of the journal's newest line, by the clock of that day."""
    line = tx.first("SELECT at FROM journal ORDER BY seq DESC LIMIT 1")
    return datetime.fromisoformat(line[0]) if line and line[0] else None
