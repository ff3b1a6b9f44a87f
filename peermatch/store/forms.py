"""How each volunteer form is read, kept by the hash of its questions."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from peermatch.errors import Refused
from peermatch.model.form import Remembered
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction


def shape_of(headings: Sequence[str]) -> str:
    """What a form is known by: its questions, in their order."""
    return hashlib.sha256(json.dumps(list(headings), ensure_ascii=False).encode()).hexdigest()


def reading(tx: Transaction, headings: Sequence[str]) -> Mapping[str, Any] | None:
    """How this form was read the last time; None where it is new."""
    row = tx.session.get(sql.FormRow, shape_of(headings))
    return None if row is None else row.reading


def keep(tx: Transaction, headings: Sequence[str], reading: Mapping[str, Any], on: date) -> None:
    """Read this form so the next time too."""
    row = tx.session.get(sql.FormRow, shape_of(headings)) or sql.FormRow(
        shape=shape_of(headings), reading={}, used=on
    )
    row.reading, row.used = dict(reading), on
    tx.session.add(row)
    tx.session.flush()


def every(tx: Transaction) -> tuple[Remembered, ...]:
    """All forms that are remembered, the one used last first."""
    rows = tx.session.scalars(
        sql.select(sql.FormRow).order_by(sql.col(sql.FormRow.used).desc(), sql.col(sql.FormRow.shape))
    )
    return tuple(Remembered(row.shape, _questions(row.reading), row.used) for row in rows)


def forget(tx: Transaction, shape: str) -> None:
    """Let one go."""
    row = tx.session.get(sql.FormRow, shape)
    if row is None:
        raise Refused("This form is not remembered any more.", "Look at the list again.")
    tx.session.delete(row)
    tx.session.flush()


def _questions(reading: Mapping[str, Any]) -> tuple[str, ...]:
    """The questions that mean something; none where another version of the program kept it in another shape."""
    columns = reading.get("columns")
    return tuple(str(each) for each in columns) if isinstance(columns, Mapping) else ()
