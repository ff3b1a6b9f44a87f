"""What each letter looked like when it came, and when that was, as the journal noted it with the step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from peermatch.model.rights import Subject, SubjectKind
from peermatch.store.journal import Entry
from peermatch.store.journal import taken_back as not_standing
from peermatch.store.transaction import Transaction

RECEIVE = "receive"
_RECEIVED = (
    "SELECT seq, object, detail, at, undoes FROM journal"
    " WHERE action = 'receive' OR undoes IS NOT NULL ORDER BY seq"
)
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


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The day on which a letter came in, and the scope that was noted for it."""

    on: date
    scope: str


def taken_in(tx: Transaction) -> dict[str, TakenIn]:
    """How each reference came in; nothing for enquiries that came in another way."""
    found: dict[str, TakenIn] = {}
    for at, scope_of in _lines(tx):
        on = datetime.fromisoformat(at).astimezone().date()
        for reference, scope in scope_of.items():
            found[reference] = TakenIn(on, scope)
    return found


def scopes(tx: Transaction) -> dict[str, str]:
    """The scope that was noted for each reference; nothing for enquiries that came in another way."""
    found: dict[str, str] = {}
    for _, scope_of in _lines(tx):
        found |= scope_of
    return found


def _lines(tx: Transaction) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The moment of each line that stands, oldest first, with what it notes of each enquiry that it began.

    A reference is given again when the enquiry that had it was taken back: the line that stands is of the one here.
    """
    received: list[tuple[int, str, str, str]] = []
    answers: dict[int, int] = {}
    for seq, references, notes, at, undoes in tx.rows(_RECEIVED):
        if undoes is None:
            received.append((seq, references, notes, at))
        else:
            answers[undoes] = seq
    back = not_standing(answers)
    return ((at, _by_reference(its, notes)) for seq, its, notes, at in received if seq not in back)


def own_detail(line: Entry, reference: str) -> str:
    """What a line says in detail of one record: of letters that came together, each has a word of its own."""
    if line.action != RECEIVE:
        return line.detail
    return _by_reference(line.object, line.detail).get(reference, "")


def _by_reference(references: str, notes: str) -> dict[str, str]:
    """What a line notes of each letter that began an enquiry, in order.

    Enquiries that another letter joined stand after them, without a note.
    """
    return dict(zip(references.split(" "), notes.split("; "), strict=False)) if references else {}


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
