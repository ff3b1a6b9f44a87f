"""Taking back a journalled step, where the world has not moved on since."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import Date
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from peermatch.errors import Refused
from peermatch.store import (
    journal,
    tables,
    tables_cards,
    tables_consent,
    tables_directory,
    tables_forms,
    tables_letters,
    tables_mail,
    tables_onboarding,
    tables_rights,
    tables_signposts,
)

_MODELS: dict[str, type[SQLModel]] = {
    str(model.__tablename__): model
    for tables_of in (
        tables,
        tables_rights,
        tables_cards,
        tables_consent,
        tables_directory,
        tables_forms,
        tables_letters,
        tables_mail,
        tables_onboarding,
        tables_signposts,
    )
    for model in vars(tables_of).values()
    if isinstance(model, type) and issubclass(model, SQLModel) and model is not SQLModel
}
# A consent record and a card that has left are never taken back: they are answered by a new record. Who holds a key
# is said by the key file too, which no undo changes.
_FINAL = {
    "consent": "a yes or a no stands until it is answered by a new one",
    "hand_over": "a contact card that has left cannot be called back",
    "holder": "keys are changed in the settings",
    "erasure": "what was erased is gone",
    "published": "figures that have left cannot be called back",
    "directory_page": "a page that has left cannot be called back",
    "wording": "words that people may have been shown are kept",
    "evidence": "proof is attached and taken away by hand",
}
UNDO, REDO = "undo", "redo"
"""The actions of a line that takes another one back, and of one that takes such a line back."""


def model_of(table: str) -> type[SQLModel] | None:
    """The rows of a table; None for a table that this program no longer has."""
    return _MODELS.get(table)


def can_be_undone(images: tuple[journal.Image, ...]) -> bool:
    """Whether a step changed only what may be taken back."""
    return bool(images) and all(image.table not in _FINAL for image in images)


def action_for(entry: journal.Entry) -> str:
    """What taking a line back is called: a step that was undone is done again."""
    return REDO if entry.action == UNDO else UNDO


def line(session: Session, seq: int) -> journal.Entry:
    """The line that is to be taken back; refused where there is none."""
    found = journal.entry(session, seq)
    if found is None:
        raise Refused("There is nothing to undo.")
    return found


def obstacle(session: Session, entry: journal.Entry) -> str:
    """Why a line cannot be taken back, in a few words; empty where it can, as far as its own rows say."""
    images = journal.images_of(session, entry.seq)
    if journal.undone(session, entry.seq):
        return "it was done again already" if entry.action == UNDO else "it was undone already"
    if not images:
        return "it changed no record"
    if any(map(journal.wiped, images)):
        return "what it changed was erased"
    final = next((why for table, why in _FINAL.items() if any(i.table == table for i in images)), "")
    if final:
        return final
    same = all(journal.row_as_json(_row(session, image)) == image.after for image in images)
    return "" if same else "the record has changed since"


def revert(session: Session, entry: journal.Entry) -> None:
    """Put the rows of a line back as they were; refused where any of them changed since."""
    if why := obstacle(session, entry):
        raise refusal(entry, why)
    for image in reversed(journal.images_of(session, entry.seq)):
        _put_back(session, image)
        session.flush()


def refusal(entry: journal.Entry, why: str) -> Refused:
    """The sentence for a line that cannot be taken back."""
    what = "done again" if action_for(entry) == REDO else "undone"
    return Refused(f"This step cannot be {what}, because {why}.")


@contextmanager
def explained(entry: journal.Entry) -> Iterator[None]:
    """Say it in a sentence where another record rests on what would go."""
    try:
        yield
    except IntegrityError:
        raise refusal(entry, "another record depends on it") from None


def would_refuse(session: Session, entry: journal.Entry) -> Refused | None:
    """Why a line could not be taken back now, found by trying; the caller lets go of everything that was done."""
    try:
        with explained(entry):
            revert(session, entry)
    except Refused as refused:
        return refused
    return None


def _row(session: Session, image: journal.Image) -> SQLModel | None:
    return session.get(_MODELS[image.table], tuple(json.loads(image.key)))


def _put_back(session: Session, image: journal.Image) -> None:
    model, row = _MODELS[image.table], _row(session, image)
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
