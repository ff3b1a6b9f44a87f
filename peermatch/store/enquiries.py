"""Enquiries, the people behind them, and the letters by which they are recognised."""

from collections.abc import Collection, Iterable
from json import dumps

from peermatch.errors import BadInput
from peermatch.model.enquiry import Enquiry
from peermatch.model.rights import SubjectKind
from peermatch.store import ledger
from peermatch.store.filed import filed
from peermatch.store.many import ENQUIRY, REQUESTER, enquiries_of
from peermatch.store.mapping import enquiry_columns, requester_columns
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction, assign, next_position

_FEW = "IN (SELECT value FROM json_each(?))"
_SOME = f"SELECT {','.join(ENQUIRY)} FROM enquiry WHERE reference {_FEW} ORDER BY position"  # noqa: S608 -- own words
_SOME_PEOPLE = f"SELECT {','.join(REQUESTER)} FROM requester WHERE enquiry {_FEW}"  # noqa: S608 -- the same
_NEWEST = "SELECT reference FROM enquiry ORDER BY position DESC LIMIT ?"


def every(tx: Transaction) -> tuple[Enquiry, ...]:
    """All enquiries in the order in which they came."""
    held = filed(tx)
    return tuple(held.made(range(len(held))))


def some(tx: Transaction, references: Collection[str]) -> tuple[Enquiry, ...]:
    """Those of a few that are held, in the order in which they came."""
    few = dumps(list(references))
    return enquiries_of(tx.rows(_SOME, few), tx.rows(_SOME_PEOPLE, few))


def newest(tx: Transaction, many: int) -> tuple[str, ...]:
    """The references of the last so many, in the order in which they came."""
    return tuple(reference for (reference,) in tx.rows(_NEWEST, many))[::-1]


def get(tx: Transaction, reference: str) -> Enquiry:
    """One enquiry; a reference that is not held is bad input."""
    found = some(tx, (reference,))
    if not found:
        raise _unknown(reference)
    return found[0]


def _rows(session: "sql.Session", reference: str) -> "tuple[sql.EnquiryRow, sql.RequesterRow]":
    row, person = session.get(sql.EnquiryRow, reference), session.get(sql.RequesterRow, reference)
    if row is None or person is None:
        raise _unknown(reference)
    return row, person


def _unknown(reference: str) -> BadInput:
    return BadInput(f"There is no enquiry {reference} in this network.", "Check the reference and try again.")


def add(tx: Transaction, enquiry: Enquiry, prints: Iterable[str] = ()) -> None:
    """A new enquiry, and what its letter will be recognised by."""
    position = next_position(tx.session, sql.EnquiryRow)
    tx.session.add(sql.EnquiryRow(position=position, **enquiry_columns(enquiry)))
    tx.session.flush()
    tx.session.add(sql.RequesterRow(**requester_columns(enquiry)))
    tx.session.add_all(sql.LetterPrintRow(print=each, enquiry=enquiry.reference) for each in prints)
    tx.session.flush()


def change(tx: Transaction, enquiry: Enquiry) -> None:
    """An enquiry as it now is."""
    row, person = _rows(tx.session, enquiry.reference)
    assign(row, enquiry_columns(enquiry))
    assign(person, requester_columns(enquiry))


def recognised(tx: Transaction, prints: Iterable[str]) -> str | None:
    """The enquiry that the same letter made before, or None."""
    found = tx.session.scalars(
        sql.select(sql.LetterPrintRow).where(sql.col(sql.LetterPrintRow.print).in_(tuple(prints)))
    )
    first = found.first()
    return first.enquiry if first else None


def next_reference(tx: Transaction) -> str:
    """The reference of the next enquiry: ``E-0143`` after ``E-0142``; never one that was erased."""
    taken = tx.session.scalars(
        sql.select(sql.col(sql.EnquiryRow.reference)).where(sql.col(sql.EnquiryRow.reference).like("E-%"))
    )
    numbers = [int(text[2:]) for text in taken if text[2:].isdecimal()]
    return ledger.free_id(tx, SubjectKind.ENQUIRER, "E", max(numbers, default=0) + 1)
