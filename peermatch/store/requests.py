"""Requests and complaints as rows: values in, values out."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from peermatch.errors import BadInput
from peermatch.model.requests import KeptRequest
from peermatch.model.rights import RequestKind, Subject, SubjectKind
from peermatch.store.tables_rights import RequestRow
from peermatch.store.transaction import Transaction, assign

PREFIX = "R-"


def every(tx: Transaction) -> tuple[KeptRequest, ...]:
    """All requests in the order in which they were noted."""
    return _values(tx.session.scalars(select(RequestRow).order_by(col(RequestRow.id))))


def about(tx: Transaction, subject: Subject) -> tuple[KeptRequest, ...]:
    """The requests of one person."""
    rows = select(RequestRow).where(
        col(RequestRow.subject_kind) == subject.kind.value, col(RequestRow.subject) == subject.id
    )
    return _values(tx.session.scalars(rows.order_by(col(RequestRow.id))))


def get(tx: Transaction, id: str) -> KeptRequest:
    """One request; an id that is not held is bad input."""
    return _value(_row(tx, id))


def add(tx: Transaction, request: KeptRequest) -> str:
    """A new request; the id that it is given."""
    row = RequestRow(**_columns(request))
    tx.session.add(row)
    tx.session.flush()
    return _id(row)


def change(tx: Transaction, request: KeptRequest) -> None:
    """A request as it now is."""
    assign(_row(tx, request.id), _columns(request))
    tx.session.flush()


def _row(tx: Transaction, id: str) -> RequestRow:
    row = tx.session.get(RequestRow, number(id, PREFIX))
    if row is None or _id(row) != id:
        raise BadInput(f"There is no request {id} in this network.", "Check the id and try again.")
    return row


def number(id: str, prefix: str) -> int:
    """The number in an id such as ``R-0007``; 0, which nothing has, for any other word."""
    digits = id.removeprefix(prefix)
    known = id.startswith(prefix) and digits.isascii() and digits.isdecimal() and len(digits) < 10
    return int(digits) if known else 0


def _id(row: RequestRow) -> str:
    return f"{PREFIX}{row.id:04d}"


def _values(rows: Iterable[RequestRow]) -> tuple[KeptRequest, ...]:
    return tuple(_value(row) for row in rows)


def _value(row: RequestRow) -> KeptRequest:
    about_one = row.subject_kind is not None and row.subject is not None
    return KeptRequest(
        id=_id(row),
        kind=RequestKind(row.kind),
        subject=Subject(SubjectKind(row.subject_kind), row.subject or "") if about_one else None,
        received=row.received,
        summary=row.summary,
        acknowledged=row.acknowledged,
        extended=row.extended,
        extended_why=row.extended_why,
        paused=row.paused,
        waiting_for=row.waiting_for,
        paused_days=row.paused_days,
        resumed=row.resumed,
        closed=row.closed,
        outcome=row.outcome,
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
