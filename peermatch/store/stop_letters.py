"""Letters to those who hold a card of somebody who took consent back: each waits until a person has sent it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from peermatch.errors import BadInput
from peermatch.store.cells import day
from peermatch.store.introductions import OutgoingLetter
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction

KIND = "stop-using"
"""How such a letter is named in the outbox."""
SENT = "stop-using-sent"
"""How it is named there once somebody has noted that they sent it; ``written`` is that day then."""
_LETTERS = """SELECT id, enquiry, supporter, written, recipient, subject, body FROM outbox
    WHERE supporter = ? AND kind = ? AND enquiry IS NOT NULL ORDER BY id"""
_WRITTEN = """SELECT body, kind FROM outbox
    WHERE enquiry = ? AND supporter = ? AND (kind = ? OR kind = ? AND written >= ?) ORDER BY id"""
_UNSENT = """SELECT supporter, count(DISTINCT enquiry), min(written) FROM outbox
    WHERE kind = ? AND supporter IS NOT NULL AND enquiry IS NOT NULL GROUP BY supporter ORDER BY supporter"""


@dataclass(frozen=True, slots=True)
class Unsent:
    """To how many people a letter about one supporter's details waits, and since when the first."""

    supporter: str
    readers: int
    since: date


def waiting(tx: Transaction, supporter: str) -> Mapping[int, OutgoingLetter]:
    """Those about one supporter that nobody has sent, by number, oldest first."""
    return _of(tx, supporter, KIND)


def sent(tx: Transaction, supporter: str) -> Mapping[int, OutgoingLetter]:
    """Those about one supporter that were sent, by number, oldest first."""
    return _of(tx, supporter, SENT)


def _of(tx: Transaction, supporter: str, kind: str) -> Mapping[int, OutgoingLetter]:
    return {
        number: OutgoingLetter(kind, enquiry, about, day(written), *rest)
        for number, enquiry, about, written, *rest in tx.rows(_LETTERS, supporter, kind)
    }


def unsent(tx: Transaction) -> tuple[Unsent, ...]:
    """Of whom letters wait at all."""
    return tuple(Unsent(who, readers, day(since)) for who, readers, since in tx.rows(_UNSENT, KIND))


def written_for(tx: Transaction, reference: str, supporter: str, agreed: date) -> Mapping[str, str]:
    """What was written about this supporter to one reader and holds good: how each is named, by its words.

    One that was sent before the day on which they last agreed told of an earlier withdrawal; those that wait hold good.
    """
    return dict(tx.rows(_WRITTEN, reference, supporter, KIND, SENT, agreed.isoformat()))


def take_off(tx: Transaction, number: int) -> None:
    """One that waits is not to be sent any more, for what it speaks of is agreed to again."""
    tx.session.delete(_waiting(tx, number))
    tx.session.flush()


def note_sent(tx: Transaction, number: int, on: date) -> OutgoingLetter:
    """Somebody has sent one of them: it waits no more, and stays as what was sent on that day."""
    row = _waiting(tx, number)
    row.kind, row.written = SENT, on
    tx.session.flush()
    return OutgoingLetter(
        row.kind, row.enquiry or "", row.supporter, on, row.recipient, row.subject, row.body
    )


def _waiting(tx: Transaction, number: int) -> "sql.OutboxRow":
    row = tx.session.get(sql.OutboxRow, number)
    if row is None or row.kind != KIND:
        raise BadInput("This letter is not in the list any more.", "Look at the record again.")
    return row
