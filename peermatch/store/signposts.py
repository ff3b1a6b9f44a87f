"""What the network says of signposts itself: values in, values out."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from peermatch.model.signpost_own import NetworkSignpost, ServiceWords
from peermatch.store.cells import maybe_day, parsed
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction

_ROWS = "SELECT id, checked, offered, words FROM signpost"
_KINDS = {
    each.name: type(each.default) for each in fields(ServiceWords) if each.name not in ("name", "summary")
}


def every(tx: Transaction) -> tuple[NetworkSignpost, ...]:
    """All that is said, by the id of the service."""
    return tuple(_value(*row) for row in tx.rows(f"{_ROWS} ORDER BY id"))


def of(tx: Transaction, id: str) -> NetworkSignpost:
    """What is said of one service; nothing where it is as it was shipped."""
    row = tx.first(f"{_ROWS} WHERE id = ?", id)
    return NetworkSignpost(id) if row is None else _value(*row)


def keep(tx: Transaction, said: NetworkSignpost) -> None:
    """Say this of it from now on; a row that says nothing goes."""
    row = tx.session.get(sql.SignpostRow, said.id)
    if said.says_nothing:
        if row is not None:
            tx.session.delete(row)
    else:
        words = asdict(said.words) | {"topics": list(said.words.topics)} if said.words else {}
        row = row or sql.SignpostRow(id=said.id, offered=True, words={})
        row.checked, row.offered, row.words = said.checked, said.offered, words
        tx.session.add(row)
    tx.session.flush()


def _value(id: str, checked: str | None, offered: int, words: str) -> NetworkSignpost:
    return NetworkSignpost(id, maybe_day(checked), bool(offered), _words(parsed(words)))


def _words(body: object) -> ServiceWords | None:
    """The words, where they have the shape of words: what has not is passed over, and the shipped ones stand."""
    if not isinstance(body, Mapping) or not all(
        isinstance(body.get(each), str) for each in ("name", "summary")
    ):
        return None
    known: dict[str, Any] = {name: body[name] for name, kind in _KINDS.items() if _fits(body.get(name), kind)}
    known["topics"] = tuple(each for each in known.get("topics", ()) if isinstance(each, str))
    return ServiceWords(name=body["name"], summary=body["summary"], **known)


def _fits(value: object, kind: type) -> bool:
    return isinstance(value, list if kind is tuple else kind)
