"""Taking back a journalled step, where the world has not moved on since."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from peermatch.errors import Refused
from peermatch.store import journal
from peermatch.store.mapping import introduction_value
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction

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


def model_of(table: str) -> "type[sql.SQLModel] | None":
    """The rows of a table; None for a table that this program no longer has."""
    return sql.ROWS.get(table)


def can_be_undone(images: tuple[journal.Image, ...]) -> bool:
    """Whether a step changed only what may be taken back."""
    return bool(images) and all(image.table not in _FINAL for image in images)


def action_for(entry: journal.Entry) -> str:
    """What taking a line back is called: a step that was undone is done again."""
    return REDO if entry.action == UNDO else UNDO


def line(tx: Transaction, seq: int) -> journal.Entry:
    """The line that is to be taken back; refused where there is none."""
    found = journal.entry(tx, seq)
    if found is None:
        raise Refused("There is nothing to undo.")
    return found


def obstacle(tx: Transaction, entry: journal.Entry) -> str:
    """Why a line cannot be taken back, in a few words; empty where it can, as far as its own rows say."""
    images = journal.images_of(tx, entry.seq)
    if journal.undone(tx, entry.seq):
        return "it was done again already" if entry.action == UNDO else "it was undone already"
    if not images:
        return "it changed no record"
    if any(map(journal.wiped, images)):
        return "what it changed was erased"
    final = next((why for table, why in _FINAL.items() if any(i.table == table for i in images)), "")
    if final:
        return final
    if any(journal.row_as_json(_row(tx.session, image)) != image.after for image in images):
        return "the record has changed since"
    return "they were asked again since" if any(_asked_again(tx.session, image) for image in images) else ""


def _asked_again(session: "sql.Session", image: journal.Image) -> bool:
    """Whether two would have an introduction put beside one that is in hand, or under one that is newer."""
    if image.table != sql.IntroductionRow.__tablename__ or image.after is not None:
        return False
    gone, each = json.loads(str(image.before)), sql.IntroductionRow
    theirs = sql.select(each).where(
        sql.col(each.enquiry) == gone["enquiry"], sql.col(each.supporter) == gone["supporter"]
    )
    found = session.scalars(theirs)
    return any(int(row.id or 0) > gone["id"] or introduction_value(row).in_hand for row in found)


def revert(tx: Transaction, entry: journal.Entry) -> None:
    """Put the rows of a line back as they were; refused where any of them changed since."""
    if why := obstacle(tx, entry):
        raise refusal(entry, why)
    _put_all_back(tx, entry)


def _put_all_back(tx: Transaction, entry: journal.Entry) -> None:
    for image in reversed(journal.images_of(tx, entry.seq)):
        _put_back(tx.session, image)
        tx.session.flush()


def refusal(entry: journal.Entry, why: str) -> Refused:
    """The sentence for a line that cannot be taken back."""
    what = "done again" if action_for(entry) == REDO else "undone"
    return Refused(f"This step cannot be {what}, because {why}.")


@contextmanager
def explained(entry: journal.Entry) -> Iterator[None]:
    """Say it in a sentence where another record rests on what would go."""
    try:
        yield
    except sql.IntegrityError:
        raise refusal(entry, "another record depends on it") from None


def would_refuse(tx: Transaction, entry: journal.Entry) -> Refused | None:
    """Why a line could not be taken back now, found by trying; the caller lets go of everything that was done."""
    if why := obstacle(tx, entry):
        return refusal(entry, why)
    try:
        with explained(entry):
            _put_all_back(tx, entry)
    except Refused as refused:
        return refused
    return None


def _row(session: "sql.Session", image: journal.Image) -> "sql.SQLModel | None":
    return session.get(sql.ROWS[image.table], tuple(json.loads(image.key)))


def _put_back(session: "sql.Session", image: journal.Image) -> None:
    model, row = sql.ROWS[image.table], _row(session, image)
    if image.before is None:
        session.delete(row)
        return
    columns = _parsed(model, json.loads(image.before))
    if row is None:
        session.add(model(**columns))
        return
    for name, value in columns.items():
        setattr(row, name, value)


def _parsed(model: "type[sql.SQLModel]", columns: dict[str, Any]) -> dict[str, Any]:
    """Image columns as Python values: days are ISO text in an image."""
    table = model.metadata.tables[str(model.__tablename__)]
    return {name: _value(table.columns[name].type, value) for name, value in columns.items()}


def _value(kind: object, value: Any) -> Any:
    if value is None:
        return None
    return date.fromisoformat(value) if isinstance(kind, sql.Date) else value
