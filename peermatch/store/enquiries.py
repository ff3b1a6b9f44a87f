"""Enquiries, the people behind them, and the letters by which they are recognised."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session
from sqlmodel import col

from peermatch.errors import BadInput
from peermatch.model.enquiry import Enquiry
from peermatch.model.rights import SubjectKind
from peermatch.store import ledger
from peermatch.store.many import ENQUIRY, REQUESTER, enquiries_of, plain
from peermatch.store.mapping import enquiry_columns, enquiry_value, requester_columns
from peermatch.store.tables import EnquiryRow, LetterPrintRow, RequesterRow
from peermatch.store.transaction import Transaction, assign, next_position, table_of

_ROWS, _PEOPLE = table_of(EnquiryRow), table_of(RequesterRow)
_ALL = select(*plain(_ROWS, ENQUIRY)).order_by(_ROWS.columns["position"])
_ALL_PEOPLE = select(*plain(_PEOPLE, REQUESTER))
_FEW: BindParameter[Any] = bindparam("references", expanding=True)
_SOME = _ALL.where(_ROWS.columns["reference"].in_(_FEW))
_SOME_PEOPLE = _ALL_PEOPLE.where(_PEOPLE.columns["enquiry"].in_(_FEW))


def every(tx: Transaction) -> tuple[Enquiry, ...]:
    """All enquiries in the order in which they came."""
    return enquiries_of(tx.session.execute(_ALL).all(), tx.session.execute(_ALL_PEOPLE).all())


def some(tx: Transaction, references: Collection[str]) -> tuple[Enquiry, ...]:
    """Those of a few that are held, in the order in which they came."""
    few = {"references": list(references)}
    return enquiries_of(tx.session.execute(_SOME, few).all(), tx.session.execute(_SOME_PEOPLE, few).all())


def newest(tx: Transaction, many: int) -> tuple[str, ...]:
    """The references of the last so many, in the order in which they came."""
    columns = _ROWS.columns
    found = tx.session.scalars(select(columns["reference"]).order_by(columns["position"].desc()).limit(many))
    return tuple(found)[::-1]


def get(tx: Transaction, reference: str) -> Enquiry:
    """One enquiry; a reference that is not held is bad input."""
    row, person = _rows(tx.session, reference)
    return enquiry_value(row, person)


def _rows(session: Session, reference: str) -> tuple[EnquiryRow, RequesterRow]:
    row, person = session.get(EnquiryRow, reference), session.get(RequesterRow, reference)
    if row is None or person is None:
        raise BadInput(
            f"There is no enquiry {reference} in this network.", "Check the reference and try again."
        )
    return row, person


def add(tx: Transaction, enquiry: Enquiry, prints: Iterable[str] = ()) -> None:
    """A new enquiry, and what its letter will be recognised by."""
    position = next_position(tx.session, EnquiryRow)
    tx.session.add(EnquiryRow(position=position, **enquiry_columns(enquiry)))
    tx.session.flush()
    tx.session.add(RequesterRow(**requester_columns(enquiry)))
    tx.session.add_all(LetterPrintRow(print=each, enquiry=enquiry.reference) for each in prints)
    tx.session.flush()


def change(tx: Transaction, enquiry: Enquiry) -> None:
    """An enquiry as it now is."""
    row, person = _rows(tx.session, enquiry.reference)
    assign(row, enquiry_columns(enquiry))
    assign(person, requester_columns(enquiry))


def recognised(tx: Transaction, prints: Iterable[str]) -> str | None:
    """The enquiry that the same letter made before, or None."""
    found = tx.session.scalars(select(LetterPrintRow).where(col(LetterPrintRow.print).in_(tuple(prints))))
    first = found.first()
    return first.enquiry if first else None


def next_reference(tx: Transaction) -> str:
    """The reference of the next enquiry: ``E-0143`` after ``E-0142``; never one that was erased."""
    taken = tx.session.scalars(select(col(EnquiryRow.reference)).where(col(EnquiryRow.reference).like("E-%")))
    numbers = [int(text[2:]) for text in taken if text[2:].isdecimal()]
    return ledger.free_id(tx, SubjectKind.ENQUIRER, "E", max(numbers, default=0) + 1)
