"""What a restore must not undo: a no that was said since, who left, who must never meet, mergers, and who has keys."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from peermatch.model.onboarding import Stage
from peermatch.model.people import SupporterStatus
from peermatch.store.engine import Connection
from peermatch.store.epochs import Change
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction, next_position

Row = dict[str, Any]
_CONSENT = ("supporter", "purpose", "characteristic", "given", "expires", "method", "wording")
_NO = (*_CONSENT, "withdrawn")
_PAIR = ("enquirer", "supporter")


@dataclass(frozen=True, slots=True)
class Newer:
    """What the present network says that holds after the restore too, as rows for the restored one."""

    withdrawn: Mapping[int, date]
    consents: tuple[Row, ...]
    wordings: tuple[Row, ...]
    left: tuple[str, ...]
    barred: tuple[Row, ...]
    holders: tuple[Row, ...]
    new_holders: int
    places: tuple[Row, ...] = ()
    new_places: int = 0
    goodbyes: tuple[Row, ...] = ()

    def change(self) -> Change:
        """It as what happens on the way to the next epoch."""
        grows = {
            "consent": len(self.consents),
            "wording": len(self.wordings),
            "barred": len(self.barred),
            "holder": self.new_holders,
            "own_organisation": self.new_places,
            "onboarding": len(self.goodbyes),
        }
        return Change(self._write, grows)

    def _write(self, tx: Transaction, _slot: str) -> None:
        session = tx.session
        for key, day in self.withdrawn.items():
            _there(session.get(sql.ConsentRow, key)).withdrawn = day
        for person in self.left:
            _there(session.get(sql.SupporterRow, person)).status = SupporterStatus.LEFT.value
        for row in self.wordings:
            session.add(sql.WordingRow(**row | {"position": next_position(session, sql.WordingRow)}))
            session.flush()
        session.add_all(sql.ConsentRow(**row) for row in self.consents)
        session.add_all(sql.BarredRow(**row) for row in self.barred)
        session.add_all(sql.OnboardingRow(**row) for row in self.goodbyes)
        for row in self.places:
            session.merge(sql.OwnOrganisationRow(**row))
        for row in self.holders:
            session.merge(sql.HolderRow(**row))
            session.flush()


def newer_than(present: Connection, then: Connection) -> Newer:
    """What of the present must hold after a restore; both are of one schema."""
    there, left = _standing(then), _standing(present)
    noes = [
        row for row in _rows(present, sql.ConsentRow, "withdrawn IS NOT NULL") if row["supporter"] in there
    ]
    said = {_key(row, _CONSENT): row["withdrawn"] for row in noes}
    held = [
        row
        for person in dict.fromkeys(row["supporter"] for row in noes)
        for row in _rows(then, sql.ConsentRow, "supporter = ?", (person,))
    ]
    withdrawn = {
        row["id"]: said[_key(row, _CONSENT)]
        for row in held
        if row["withdrawn"] is None and _key(row, _CONSENT) in said
    }
    known = {(*_key(row, _CONSENT), withdrawn.get(row["id"], row["withdrawn"])) for row in held}
    consents = tuple(_without_id(row) for row in noes if _key(row, _NO) not in known)
    pairs = {_key(row, _PAIR) for row in _rows(then, sql.BarredRow)}
    gone = SupporterStatus.LEFT.value
    went = tuple(one for one, status in left.items() if status == gone and there.get(one, gone) != gone)
    return Newer(
        withdrawn=withdrawn,
        consents=consents,
        wordings=_missing_wordings(present, then),
        left=went,
        barred=tuple(_without_id(r) for r in _rows(present, sql.BarredRow) if _key(r, _PAIR) not in pairs),
        goodbyes=_goodbyes(present, frozenset(went)),
        **_holders(present, then),
        **_places(present, then),
    )


def _standing(connection: Connection) -> dict[str, str]:
    """How each person on record stands."""
    return dict(connection.execute("SELECT id, status FROM supporter").fetchall())


def _holders(present: Connection, then: Connection) -> dict[str, Any]:
    """The people behind today's keys, whoever is named by another before who names them."""
    rows = sorted(_rows(present, sql.HolderRow), key=lambda row: row["owner"] is not None)
    known = {row["slot"] for row in _rows(then, sql.HolderRow)}
    return {"holders": tuple(rows), "new_holders": sum(row["slot"] not in known for row in rows)}


def _goodbyes(present: Connection, went: frozenset[str]) -> tuple[Row, ...]:
    """The days on which those left of whom the older file does not know it: their time runs from there."""
    rows = _rows(present, sql.OnboardingRow, "stage = ?", (Stage.LEFT.value,))
    return tuple(_without_id(row) for row in rows if row["supporter"] in went)


def _places(present: Connection, then: Connection) -> dict[str, Any]:
    """What became of organisations: whoever is kept away from one that went into another stays away from both."""
    rows = [row | {"body": json.loads(row["body"])} for row in _rows(present, sql.OwnOrganisationRow)]
    known = {row["id"] for row in _rows(then, sql.OwnOrganisationRow)}
    return {"places": tuple(rows), "new_places": sum(row["id"] not in known for row in rows)}


def _missing_wordings(present: Connection, then: Connection) -> tuple[Row, ...]:
    """All that were added since: people may have been shown them, and no id may come to mean other words."""
    known = {row["id"] for row in _rows(then, sql.WordingRow)}
    return tuple(row for row in _rows(present, sql.WordingRow) if row["id"] not in known)


def _rows(
    connection: Connection, model: "type[sql.SQLModel]", where: str = "true", values: Sequence[object] = ()
) -> list[Row]:
    """Rows of a table whose columns are plain values or days."""
    columns = model.metadata.tables[str(model.__tablename__)].columns
    names = ", ".join(column.name for column in columns)
    query = f"SELECT {names} FROM {model.__tablename__} WHERE {where}"  # noqa: S608 - our own tables and words
    found = connection.execute(query, values)
    return [{c.name: _value(c.type, value) for c, value in zip(columns, row, strict=True)} for row in found]


def _value(kind: object, value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(kind, sql.Date) and value is not None else value


def _key(row: Row, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


def _without_id(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "id"}


def _there(row: Any) -> Any:
    """A row that was read a moment ago from the same file."""
    if row is None:
        raise LookupError("a row has gone from the copy that nobody else has open")
    return row
