"""Introductions, hand-overs and the outbox: what happened between two people, and what waits to be sent."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from json import dumps, loads
from typing import Any

from peermatch.errors import Refused
from peermatch.model.card import Permission
from peermatch.model.consent import Purpose
from peermatch.model.introduction import Introduction, State
from peermatch.model.posted import Posted, Written
from peermatch.store.bands import batches
from peermatch.store.logged import Logged
from peermatch.store.many import Made
from peermatch.store.mapping import introduction_columns
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction, assign

_STATES = {state.value: state for state in State}
_ROWS = " ".join(("SELECT", ",".join(("id", *Introduction.__dataclass_fields__)), "FROM introduction"))
_FEW = "IN (SELECT value FROM json_each(?))"
_ALL = f"{_ROWS} ORDER BY id"
_OF_ENQUIRIES = f"{_ROWS} WHERE enquiry {_FEW} ORDER BY id"
_OF_SOME = f"{_ROWS} WHERE supporter {_FEW} ORDER BY id"
_POSTED = (
    "SELECT kind, enquiry, supporter, max(written) FROM outbox"
    " WHERE kind IN (SELECT value FROM json_each(?)) AND enquiry IS NOT NULL AND (? = '' OR enquiry = ?)"
    " GROUP BY kind, enquiry, supporter"
)
_HAND_OVERS = (
    "SELECT enquiry, supporter, day, recipient, code, formats FROM hand_over"
    " WHERE enquiry = ? AND supporter = ? ORDER BY id"
)
_KINDS = dumps([each.value for each in Posted])


@dataclass(frozen=True, slots=True)
class HandOver:
    """A card that left."""

    enquiry: str
    supporter: str
    day: date
    recipient: str
    code: str
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutgoingLetter:
    """A letter that waits for a person to send it, or that was sent; one to a supporter alone has no ``enquiry``."""

    kind: str
    enquiry: str
    supporter: str | None
    written: date
    recipient: str | None
    subject: str
    body: str


def every(tx: Transaction) -> tuple[Introduction, ...]:
    """All introductions in the order in which they were asked."""
    found = numbered(tx)
    return tuple(map(found.at, range(len(found))))


def numbered(tx: Transaction) -> Logged:
    """All introductions by number, in the order in which they were asked."""
    return Logged(batches(tx, _ALL))


def numbered_of(tx: Transaction, references: Collection[str]) -> dict[int, Introduction]:
    """The introductions of a few enquiries by number, in the order in which they were asked."""
    return _numbered(tx.rows(_OF_ENQUIRIES, dumps(list(references))))


def _numbered(rows: Iterable[Any]) -> dict[int, Introduction]:
    """Rows are taken apart by place: the columns stand in the order of an introduction's fields."""
    days = Made(date.fromisoformat)
    return {
        number: Introduction(
            enquiry, supporter, _STATES[state], days[asked], days[answered], days[met], days[ended], outcome
        )
        for number, enquiry, supporter, state, asked, answered, met, ended, outcome in rows
    }


def of_enquiry(tx: Transaction, reference: str) -> tuple[Introduction, ...]:
    """The introductions of one enquiry."""
    return tuple(numbered_of(tx, (reference,)).values())


def of_some(tx: Transaction, supporters: Collection[str]) -> Mapping[str, Sequence[Introduction]]:
    """The introductions of a few supporters, of each in the order in which they were asked."""
    found: defaultdict[str, list[Introduction]] = defaultdict(list)
    for each in _numbered(tx.rows(_OF_SOME, dumps(list(supporters)))).values():
        found[each.supporter].append(each)
    return found


def get(tx: Transaction, reference: str, supporter: str) -> Introduction:
    """One introduction; a pair that was never asked is in no state for any step."""
    theirs = [each for each in of_enquiry(tx, reference) if each.supporter == supporter]
    if not theirs:
        raise Refused(f"Supporter {supporter} has not been asked for enquiry {reference}.", "Ask them first.")
    return theirs[-1]


def _row(tx: Transaction, reference: str, supporter: str) -> "sql.IntroductionRow | None":
    """The latest introduction of a pair."""
    return tx.session.scalars(
        sql.select(sql.IntroductionRow)
        .where(
            sql.col(sql.IntroductionRow.enquiry) == reference,
            sql.col(sql.IntroductionRow.supporter) == supporter,
        )
        .order_by(sql.col(sql.IntroductionRow.id).desc())
    ).first()


def add(tx: Transaction, introduction: Introduction) -> None:
    """A new introduction."""
    tx.session.add(sql.IntroductionRow(**introduction_columns(introduction)))
    tx.session.flush()


def change(tx: Transaction, introduction: Introduction) -> None:
    """An introduction as it now is."""
    row = _row(tx, introduction.enquiry, introduction.supporter)
    if row is not None:
        assign(row, introduction_columns(introduction))


def hand_overs(tx: Transaction, reference: str, supporter: str) -> tuple[HandOver, ...]:
    """The cards that left for one introduction, oldest first."""
    return tuple(
        HandOver(enquiry, to, date.fromisoformat(day), recipient, code, tuple(loads(formats)))
        for enquiry, to, day, recipient, code, formats in tx.rows(_HAND_OVERS, reference, supporter)
    )


def permitted(tx: Transaction, reference: str, supporter: str) -> tuple[tuple[Purpose, str | None], ...]:
    """On which consents the cards of one introduction left: each purpose, with its characteristic, once."""
    rows = tx.session.scalars(
        sql.select(sql.col(sql.HandOverRow.permissions)).where(
            sql.col(sql.HandOverRow.enquiry) == reference, sql.col(sql.HandOverRow.supporter) == supporter
        )
    )
    found = ((Purpose(purpose), topic) for row in rows for _, purpose, topic, _, _ in row)
    return tuple(dict.fromkeys(found))


def record_hand_over(tx: Transaction, hand_over: HandOver, permissions: Iterable[Permission]) -> None:
    """That a card left, with what was on it and the consent behind each part."""
    tx.session.add(
        sql.HandOverRow(
            enquiry=hand_over.enquiry,
            supporter=hand_over.supporter,
            day=hand_over.day,
            recipient=hand_over.recipient,
            code=hand_over.code,
            formats=list(hand_over.formats),
            permissions=[
                [p.what, p.purpose.value, p.characteristic, p.given.isoformat(), p.wording]
                for p in permissions
            ],
        )
    )
    tx.session.flush()


def put_in_outbox(tx: Transaction, letter: OutgoingLetter) -> None:
    """A letter ready for a person to send."""
    tx.session.add(
        sql.OutboxRow(
            kind=letter.kind,
            enquiry=letter.enquiry or None,
            supporter=letter.supporter,
            written=letter.written,
            recipient=letter.recipient,
            subject=letter.subject,
            body=letter.body,
        )
    )
    tx.session.flush()


def posted(tx: Transaction, reference: str = "") -> Written:
    """Which letters were noted as sent, each with its last day; those of one enquiry, or all."""
    found: defaultdict[tuple[str, str], dict[Posted, date]] = defaultdict(dict)
    for kind, enquiry, supporter, day in tx.rows(_POSTED, _KINDS, reference, reference):
        found[enquiry, supporter or ""][Posted(kind)] = date.fromisoformat(day)
    return dict(found)


def outbox(tx: Transaction, reference: str) -> tuple[OutgoingLetter, ...]:
    """The letters of one enquiry that wait to be sent, oldest first."""
    rows = tx.session.scalars(
        sql.select(sql.OutboxRow)
        .where(sql.col(sql.OutboxRow.enquiry) == reference)
        .order_by(sql.col(sql.OutboxRow.id))
    )
    return tuple(
        OutgoingLetter(r.kind, reference, r.supporter, r.written, r.recipient, r.subject, r.body)
        for r in rows
    )
