"""Watches: which enquiries wait for somebody new, and who fitted when each was set."""

from collections.abc import Iterable
from datetime import date

from peermatch.errors import Refused
from peermatch.model.watch import Watch
from peermatch.store.cells import day, parsed
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction


def every(tx: Transaction) -> tuple[Watch, ...]:
    """All watches, by reference."""
    rows = tx.rows("SELECT enquiry, since, known FROM watch ORDER BY enquiry")
    return tuple(Watch(reference, day(since), tuple(parsed(known))) for reference, since, known in rows)


def put(tx: Transaction, reference: str, since: date, known: Iterable[str]) -> None:
    """Watch an enquiry from a day; one that is watched already starts again."""
    row = tx.session.get(sql.WatchRow, reference)
    if row is None:
        tx.session.add(sql.WatchRow(enquiry=reference, since=since, known=list(known)))
    else:
        row.since, row.known = since, list(known)
    tx.session.flush()


def remove(tx: Transaction, reference: str) -> None:
    """Stop watching an enquiry."""
    row = tx.session.get(sql.WatchRow, reference)
    if row is None:
        raise Refused(f"Enquiry {reference} is not watched.")
    tx.session.delete(row)
    tx.session.flush()
