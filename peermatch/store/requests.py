"""Requests and complaints as rows: values in, values out."""

from typing import Any

from peermatch.errors import BadInput
from peermatch.model.requests import KeptRequest
from peermatch.model.rights import RequestKind, Subject, SubjectKind
from peermatch.store.cells import day, maybe_day
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction, assign

PREFIX = "R-"
_ROWS = (
    "SELECT id, kind, subject_kind, subject, received, summary, acknowledged, extended, extended_why, paused,"
    " waiting_for, paused_days, resumed, closed, outcome FROM request"
)


def every(tx: Transaction) -> tuple[KeptRequest, ...]:
    """All requests in the order in which they were noted."""
    return tuple(_value(*row) for row in tx.rows(f"{_ROWS} ORDER BY id"))


def about(tx: Transaction, subject: Subject) -> tuple[KeptRequest, ...]:
    """The requests of one person."""
    rows = tx.rows(
        f"{_ROWS} WHERE subject_kind = ? AND subject = ? ORDER BY id", subject.kind.value, subject.id
    )
    return tuple(_value(*row) for row in rows)


def get(tx: Transaction, id: str) -> KeptRequest:
    """One request; an id that is not held is bad input."""
    row = tx.first(f"{_ROWS} WHERE id = ?", number(id, PREFIX))
    if row is None or _id(row[0]) != id:
        raise _unknown(id)
    return _value(*row)


def add(tx: Transaction, request: KeptRequest) -> str:
    """A new request; the id that it is given."""
    row = sql.RequestRow(**_columns(request))
    tx.session.add(row)
    tx.session.flush()
    return _id(row.id)


def change(tx: Transaction, request: KeptRequest) -> None:
    """A request as it now is."""
    assign(_row(tx, request.id), _columns(request))
    tx.session.flush()


def _row(tx: Transaction, id: str) -> "sql.RequestRow":
    row = tx.session.get(sql.RequestRow, number(id, PREFIX))
    if row is None or _id(row.id) != id:
        raise _unknown(id)
    return row


def _unknown(id: str) -> BadInput:
    return BadInput(f"There is no request {id} in this network.", "Check the id and try again.")


def number(id: str, prefix: str) -> int:
    """The number in an id such as ``R-0007``; 0, which nothing has, for any other word."""
    digits = id.removeprefix(prefix)
    known = id.startswith(prefix) and digits.isascii() and digits.isdecimal() and len(digits) < 10
    return int(digits) if known else 0


def _id(number: int | None) -> str:
    return f"{PREFIX}{number:04d}"


def _value(number: int, kind: str, subject_kind: str | None, subject: str | None, *cells: Any) -> KeptRequest:
    received, summary, acknowledged, extended, why, paused, waiting_for, days, resumed, closed, outcome = (
        cells
    )
    about_one = subject_kind is not None and subject is not None
    return KeptRequest(
        id=_id(number),
        kind=RequestKind(kind),
        subject=Subject(SubjectKind(subject_kind), subject or "") if about_one else None,
        received=day(received),
        summary=summary,
        acknowledged=maybe_day(acknowledged),
        extended=maybe_day(extended),
        extended_why=why,
        paused=maybe_day(paused),
        waiting_for=waiting_for,
        paused_days=days,
        resumed=maybe_day(resumed),
        closed=maybe_day(closed),
        outcome=outcome,
    )


def _columns(request: KeptRequest) -> dict[str, Any]:
    return {
        "kind": request.kind.value,
        "subject_kind": request.subject.kind.value if request.subject else None,
        "subject": request.subject.id if request.subject else None,
        "received": request.received,
        "summary": request.summary,
        "acknowledged": request.acknowledged,
        "extended": request.extended,
        "extended_why": request.extended_why,
        "paused": request.paused,
        "waiting_for": request.waiting_for,
        "paused_days": request.paused_days,
        "resumed": request.resumed,
        "closed": request.closed,
        "outcome": request.outcome,
    }
