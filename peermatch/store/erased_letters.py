"""Letters that follow from an erasure: to those who were given somebody's data, until a person has sent them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import col

from peermatch.errors import BadInput
from peermatch.store.introductions import OutgoingLetter
from peermatch.store.tables import OutboxRow
from peermatch.store.transaction import Transaction, table_of

TO_TRAINEE = "forget-card"
"""To whoever holds a card of an erased supporter; the row names no supporter."""
TO_SUPPORTER = "forget-messages"
"""To a supporter who was introduced to an erased enquirer."""
KINDS = (TO_TRAINEE, TO_SUPPORTER)


def put(tx: Transaction, letters: Sequence[OutgoingLetter]) -> None:
    """Ready for a person to send, in no image: an erasure is not taken back."""
    if letters:
        tx.session.execute(insert(table_of(OutboxRow)), [asdict(each) for each in letters])


def every(tx: Transaction) -> dict[int, OutgoingLetter]:
    """All that wait to be sent, by number, oldest first."""
    rows = tx.session.scalars(
        select(OutboxRow).where(col(OutboxRow.kind).in_(KINDS)).order_by(col(OutboxRow.id))
    )
    return {
        row.id or 0: OutgoingLetter(
            row.kind, row.enquiry, row.supporter, row.written, row.recipient, row.subject, row.body
        )
        for row in rows
    }


def take_off(tx: Transaction, number: int) -> str:
    """One of them was sent: it goes; the enquiry that it stood with."""
    row = tx.session.get(OutboxRow, number)
    if row is None or row.kind not in KINDS:
        raise BadInput("This letter is not in the list any more.", "Look at the list again.")
    reference = row.enquiry
    tx.session.delete(row)
    tx.session.flush()
    return reference


def rows(tx: Transaction) -> tuple[dict[str, Any], ...]:
    """They as rows without their numbers, for another file of the same network."""
    table = table_of(OutboxRow)
    found = tx.session.execute(select(table).where(table.c.kind.in_(KINDS)).order_by(table.c.id)).mappings()
    return tuple({name: value for name, value in row.items() if name != "id"} for row in found)
