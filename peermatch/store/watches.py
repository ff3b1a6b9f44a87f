"""Watches: which enquiries wait for somebody new, and who fitted when each was set."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from peermatch.errors import Refused
from peermatch.model.watch import Watch
from peermatch.store.tables import WatchRow
from peermatch.store.transaction import Transaction


def every(tx: Transaction) -> tuple[Watch, ...]:
    """All watches, by reference."""
    rows = tx.session.scalars(select(WatchRow).order_by(col(WatchRow.enquiry)))
    return tuple(Watch(row.enquiry, row.since, tuple(row.known)) for row in rows)


def put(tx: Transaction, reference: str, since: date, known: Iterable[str]) -> None:
    """Watch an enquiry from a day; one that is watched already starts again."""
    row = tx.session.get(WatchRow, reference)
    if row is None:
        tx.session.add(WatchRow(enquiry=reference, since=since, known=list(known)))
    else:
        row.since, row.known = since, list(known)
    tx.session.flush()


def remove(tx: Transaction, reference: str) -> None:
    """Stop watching an enquiry."""
    row = tx.session.get(WatchRow, reference)
    if row is None:
        raise Refused(f"Enquiry {reference} is not watched.")
    tx.session.delete(row)
    tx.session.flush()
