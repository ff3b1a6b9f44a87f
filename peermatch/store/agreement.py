"""Whether each record still is what its last step left: one old page put back changes rows, and not the journal.

The chain seals what a step left of each row. A row that is otherwise was changed past the program, however whole its
page is. Of rows that an erasure went over the last image is wiped, and nothing is said.
"""

import json
from collections.abc import Collection, Iterator
from typing import Any

from peermatch.store.journal import row_as_json
from peermatch.store.sql import sql
from peermatch.store.undo import model_of


def altered(session: "sql.Session") -> Iterator[str]:
    """Each record that is not as its last step left it, by its table and key; never what it says."""
    for image in _other(session, _newest()):
        yield f"{image.table_name} {' '.join(map(str, json.loads(image.key)))}"


def let_go(session: "sql.Session", tables: Collection[str]) -> None:
    """Empty the images of these tables that are not what stands there, where another file has just put its rows."""
    each = sql.ImageRow
    session.expire_all()  # they were put past what the session knows
    newest = _newest().where(sql.col(each.table_name).in_(tables))
    for image in tuple(_other(session, newest)):
        same = (sql.col(each.table_name) == image.table_name) & (sql.col(each.key) == image.key)
        session.execute(sql.update(each).where(same).values(before=None, after=None))


def _newest() -> Any:
    image = sql.ImageRow
    return sql.select(sql.func.max(sql.col(image.id))).group_by(sql.col(image.table_name), sql.col(image.key))


def _other(session: "sql.Session", newest: Any) -> "Iterator[sql.ImageRow]":
    """Of these images those that the rows do not agree with."""
    for image in session.scalars(sql.select(sql.ImageRow).where(sql.col(sql.ImageRow.id).in_(newest))):
        model = model_of(image.table_name)
        wiped = image.before is None and image.after is None
        if model is None or wiped:
            continue
        if not _agrees(row_as_json(session.get(model, tuple(json.loads(image.key)))), image.after):
            yield image


def _agrees(row: str | None, left: str | None) -> bool:
    """Whether a row is what was left; columns that came or went with another schema are left aside."""
    if row is None or left is None:
        return row is left
    now, then = json.loads(row), json.loads(left)
    return all(now[name] == then[name] for name in now.keys() & then.keys())
