"""Letters that stand under no enquiry, and since when each has been here: the schedule counts from that day."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from peermatch.errors import BadInput
from peermatch.model.mail import MailKind, MailState
from peermatch.model.rights import Case, CaseKind
from peermatch.store.transaction import Transaction
from peermatch.store.undo import REDO, UNDO

PREFIX = "M-"
_BY_THEMSELVES = (
    "SELECT id, kind, state, came, enquiry, supporter FROM mail WHERE kind = 'spam' OR NOT"
    " (state = 'joined' OR (kind NOT IN ('letter', 'reply') AND state <> 'waiting' AND enquiry IS NOT NULL))"
    " ORDER BY id"
)
# The table's name as it stands in the index's own condition: one that is only bound would not be seen to meet it.
_TAKEN_IN = (
    "SELECT json_extract(image.key, '$[0]'), max(line.at) FROM journal_image image"
    " JOIN journal line ON line.seq = image.seq"
    " WHERE image.table_name = 'mail' AND image.key IN (SELECT value FROM json_each(?))"
    " AND image.before IS NULL AND image.after IS NOT NULL AND line.action NOT IN (?, ?)"
    " GROUP BY image.key"
)


@dataclass(frozen=True, slots=True)
class Lying:
    """One such letter, without a word of it; ``enquiry`` and ``supporter`` are where it may belong."""

    number: int
    kind: MailKind
    state: MailState
    since: date
    enquiry: str | None
    supporter: str | None

    @property
    def case(self) -> Case:
        """By what the schedule names it."""
        return Case(CaseKind.MAIL, f"{PREFIX}{self.number:04d}")


def every(tx: Transaction) -> tuple[Lying, ...]:
    """All of them, in the order in which they came; what stands under an enquiry goes when the enquiry goes.

    Spam goes in its own short time, wherever it stands.
    """
    rows = tx.rows(_BY_THEMSELVES)
    taken_in = _taken_in(tx, [row[0] for row in rows])
    return tuple(
        Lying(
            number,
            MailKind(kind),
            MailState(state),
            taken_in.get(number) or date.fromisoformat(came),
            enquiry,
            supporter,
        )
        for number, kind, state, came, enquiry, supporter in rows
    )


def _taken_in(tx: Transaction, wanted: Sequence[int]) -> dict[int, date]:
    """The day on which the journal noted each; a letter that was loaded with a network has the day of its own.

    A number is given again when the letter that had it has gone: the newest that came in is the one that is here.
    """
    keys = json.dumps([json.dumps([each]) for each in wanted])
    rows = tx.rows(_TAKEN_IN, keys, UNDO, REDO) if wanted else []
    return {number: datetime.fromisoformat(at).astimezone().date() for number, at in rows}


def numbers(cases: Collection[Case]) -> tuple[int, ...]:
    """The rows of the letters among some cases."""
    found = (each.id.removeprefix(PREFIX) for each in cases if each.kind is CaseKind.MAIL)
    return tuple(int(each) if each.isdecimal() else _unknown() for each in found)


def _unknown() -> int:
    raise BadInput("This letter is not here any more.", "Look at the list again.")
