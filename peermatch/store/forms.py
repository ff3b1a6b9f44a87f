"""How each volunteer form is read, kept by the hash of its questions."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from peermatch.store.tables_forms import FormRow
from peermatch.store.transaction import Transaction


def shape_of(headings: Sequence[str]) -> str:
    """What a form is known by: its questions, in their order."""
    return hashlib.sha256(json.dumps(list(headings), ensure_ascii=False).encode()).hexdigest()


def reading(tx: Transaction, headings: Sequence[str]) -> Mapping[str, Any] | None:
    """How this form was read the last time; None where it is new."""
    row = tx.session.get(FormRow, shape_of(headings))
    return None if row is None else row.reading


def keep(tx: Transaction, headings: Sequence[str], reading: Mapping[str, Any], on: date) -> None:
    """Read this form so the next time too."""
    row = tx.session.get(FormRow, shape_of(headings)) or FormRow(
        shape=shape_of(headings), reading={}, used=on
    )
    row.reading, row.used = dict(reading), on
    tx.session.add(row)
    tx.session.flush()
