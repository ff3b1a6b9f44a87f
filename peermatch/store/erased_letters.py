"""Letters that follow from an erasure: to those who were given somebody's data, until a person has sent them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import count
from typing import Any

from peermatch.errors import BadInput
from peermatch.store.cells import day
from peermatch.store.introductions import OutgoingLetter
from peermatch.store.numbers import first_free
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction, table_of

TO_TRAINEE = "forget-card"
"""To whoever holds a card of an erased supporter; the row names no supporter."""
TO_SUPPORTER = "forget-messages"
"""To a supporter who was introduced to an erased enquirer."""
KINDS = (TO_TRAINEE, TO_SUPPORTER)
_LETTERS = (
    "SELECT id, kind, enquiry, supporter, written, recipient, subject, body FROM outbox"
    " WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY id"
)


def put(tx: Transaction, letters: Sequence[OutgoingLetter]) -> None:
    """Ready for a person to send, in no image: an erasure is not taken back."""
    put_rows(tx, [asdict(each) for each in letters])


def put_rows(tx: Transaction, letters: Sequence[Mapping[str, Any]]) -> None:
    """The same from rows without numbers: each gets one that no image knows, or it would be taken for that row."""
    if letters:
        table = table_of(sql.OutboxRow)
        numbers = count(first_free(tx.session.connection(), table))
        rows = [{**each, "id": number} for number, each in zip(numbers, letters, strict=False)]
        tx.session.execute(sql.insert(table), rows)


def every(tx: Transaction) -> dict[int, OutgoingLetter]:
    """All that wait to be sent, by number, oldest first."""
    return {
        number: OutgoingLetter(kind, enquiry or "", supporter, day(written), *rest)
        for number, kind, enquiry, supporter, written, *rest in tx.rows(_LETTERS, json.dumps(KINDS))
    }


def take_off(tx: Transaction, number: int) -> str:
    """One of them was sent: it goes; the enquiry that it stood with."""
    row = tx.session.get(sql.OutboxRow, number)
    if row is None or row.kind not in KINDS:
        raise BadInput("This letter is not in the list any more.", "Look at the list again.")
    reference = row.enquiry or ""
    tx.session.delete(row)
    tx.session.flush()
    return reference


def rows(tx: Transaction) -> tuple[dict[str, Any], ...]:
    """They as rows without their numbers, for another file of the same network."""
    table = table_of(sql.OutboxRow)
    found = tx.session.execute(
        sql.select(table).where(table.c.kind.in_(KINDS)).order_by(table.c.id)
    ).mappings()
    return tuple({name: value for name, value in row.items() if name != "id"} for row in found)
