"""Whether each record still is what its last step left: one old page put back changes rows, and not the journal.

The chain seals what a step left of each row. A row that is otherwise was changed past the program, however whole its
page is. Of rows that an erasure went over the last image is wiped, and nothing is said.
"""

import json
from collections.abc import Iterator

from peermatch.store.journal import row_as_json
from peermatch.store.sql import sql
from peermatch.store.undo import model_of


def altered(session: "sql.Session") -> Iterator[str]:
    """Each record that is not as its last step left it, by its table and key; never what it says."""
    newest = sql.select(sql.func.max(sql.col(sql.ImageRow.id))).group_by(
        sql.col(sql.ImageRow.table_name), sql.col(sql.ImageRow.key)
    )
    for image in session.scalars(sql.select(sql.ImageRow).where(sql.col(sql.ImageRow.id).in_(newest))):
        model = model_of(image.table_name)
        wiped = image.before is None and image.after is None
        if model is None or wiped:
            continue
        key = json.loads(image.key)
        if not _agrees(row_as_json(session.get(model, tuple(key))), image.after):
            yield f"{image.table_name} {' '.join(map(str, key))}"


def _agrees(row: str | None, left: str | None) -> bool:
    """Whether a row is what was left; columns that came or went with another schema are left aside."""
    if row is None or left is None:
        return row is left
    now, then = json.loads(row), json.loads(left)
    return all(now[name] == then[name] for name in now.keys() & then.keys())
