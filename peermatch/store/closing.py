"""The day on which an enquiry was closed or withdrawn: from then its time runs."""

from datetime import date

from peermatch.model.enquiry import EnquiryStatus
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction

CLOSED = frozenset({EnquiryStatus.CLOSED, EnquiryStatus.WITHDRAWN})


def note(tx: Transaction, reference: str, status: EnquiryStatus, on: date) -> None:
    """Keep the day with the step that closes an enquiry, and forget it where it is opened again."""
    row = tx.session.get(sql.ClosingRow, reference)
    if status in CLOSED and row is None:
        tx.session.add(sql.ClosingRow(enquiry=reference, day=on))
    elif status not in CLOSED and row is not None:
        tx.session.delete(row)
    tx.session.flush()


def noted(tx: Transaction) -> dict[str, date]:
    """The days that were kept, by reference."""
    rows = tx.rows("SELECT enquiry, day FROM closing ORDER BY enquiry")
    return {reference: date.fromisoformat(closed) for reference, closed in rows}
