"""Taking back a journalled step, where the world has not moved on since."""

import json
from datetime import date
from typing import Any

from sqlalchemy import Date
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from peermatch.errors import Refused
from peermatch.store import journal, tables, tables_rights

_MODELS: dict[str, type[SQLModel]] = {
    str(model.__tablename__): model
    for model in (*vars(tables).values(), *vars(tables_rights).values())
    if isinstance(model, type) and issubclass(model, SQLModel) and model is not SQLModel
}
# A consent record and a card that has left are never taken back: they are answered by a new record. Who holds a key
# is said by the key file too, which no undo changes.
_FINAL = frozenset({"consent", "hand_over", "holder", "erasure"})


def can_be_undone(images: tuple[journal.Image, ...]) -> bool:
    """Whether a step changed only what may be taken back."""
    return bool(images) and all(image.table not in _FINAL for image in images)


def revert(session: Session, seq: int) -> None:
    """Put the rows of a step back as they were; refused where any of them changed since."""
    images = journal.images_of(session, seq)
    if not can_be_undone(images):
        raise Refused("This step cannot be undone.")
    for image in images:
        row = session.get(_MODELS[image.table], tuple(json.loads(image.key)))
        if journal.row_as_json(row) != image.after:
            raise Refused("This step cannot be undone, because the record has changed since.")
    for image in reversed(images):
        _put_back(session, image)
        session.flush()


def _put_back(session: Session, image: journal.Image) -> None:
    model = _MODELS[image.table]
    row = session.get(model, tuple(json.loads(image.key)))
    if image.before is None:
        session.delete(row)
        return
    columns = _parsed(model, json.loads(image.before))
    if row is None:
        session.add(model(**columns))
        return
    for name, value in columns.items():
        setattr(row, name, value)


def _parsed(model: type[SQLModel], columns: dict[str, Any]) -> dict[str, Any]:
    """Image columns as Python values: days are ISO text in an image."""
    table = model.metadata.tables[str(model.__tablename__)]
    return {name: _value(table.columns[name].type, value) for name, value in columns.items()}


def _value(kind: object, value: Any) -> Any:
    if value is None:
        return None
    return date.fromisoformat(value) if isinstance(kind, Date) else value
