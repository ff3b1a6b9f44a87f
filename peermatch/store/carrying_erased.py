"""What a restore must not bring back: the erased; and what data protection wrote down since, which must not be lost."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.erasure import Wanted
from peermatch.model.rights import Subject, SubjectKind
from peermatch.store import agreement, closing, erased_letters, erasure, ledger, received
from peermatch.store.engine import Connection, engine_on
from peermatch.store.epochs import Change
from peermatch.store.erasure import Erasing
from peermatch.store.tables import EnquiryRow, OutboxRow, SecretRow, SupporterRow
from peermatch.store.tables_directory import DirectoryListedRow, DirectoryPageRow, DirectoryPlaceRow
from peermatch.store.tables_rights import (
    ClosingRow,
    CountedRow,
    ErasureRow,
    IncidentRow,
    KeptBackRow,
    KeptConsentRow,
    KeptIntroductionRow,
    PublishedRow,
    RequestRow,
)
from peermatch.store.transaction import Transaction, table_of

Row = dict[str, Any]
Read = TypeVar("Read")
_LEDGER, _CLOSING, _OUTBOX = table_of(ErasureRow), table_of(ClosingRow), table_of(OutboxRow)
# What is left of the erased stands as the newer file has it: what was moved or deleted there is not done twice.
# So do reports and directory pages that left: a later one is held against all of them, and they still stand somewhere.
_OF_ERASED = (
    table_of(KeptConsentRow),
    table_of(KeptIntroductionRow),
    table_of(CountedRow),
    table_of(PublishedRow),
    *(table_of(each) for each in (DirectoryPageRow, DirectoryListedRow, DirectoryPlaceRow)),
)
_OF_CASES = (table_of(KeptBackRow), table_of(RequestRow), table_of(IncidentRow))


@dataclass(frozen=True, slots=True)
class Protected:
    """What a newer file says about the erased; ``key`` shows that both files are of one network."""

    key: bytes
    ledger: tuple[Row, ...]
    whole: Mapping[Table, tuple[Row, ...]]
    closings: tuple[Row, ...] = ()
    letters: tuple[Row, ...] | None = None

    @classmethod
    def of(cls, connection: Connection, *, cases: bool) -> "Protected":
        """From an open file of today's schema; with ``cases`` requests, incidents and holds come along."""
        tables = _OF_ERASED + (_OF_CASES if cases else ())
        return _in(
            connection,
            lambda tx: cls(
                key=_key(tx),
                ledger=_rows(tx, _LEDGER),
                whole={table: _rows(tx, table) for table in tables},
                closings=_rows(tx, _CLOSING) if cases else (),
                letters=erased_letters.rows(tx) if cases else None,
            ),
        )

    def onto(self, then: Connection) -> "Carried":
        """What of it an older file needs; nothing where that is another network's."""
        return _in(then, self._onto)

    def _onto(self, tx: Transaction) -> "Carried":
        if _key(tx) != self.key:
            return Carried((), {}, (), None, {}, None)
        known = {row["code"] for row in _rows(tx, _LEDGER)}
        missing = tuple(row for row in self.ledger if row["code"] not in known)
        again = _those(tx, self.key, frozenset(row["code"] for row in missing))
        last = max((row["day"] for row in missing), default=date.min)
        erasing = erasure.planned(tx, Wanted(last, again), keep=False) if again else None
        closings = self._closings(tx, frozenset(each.id for each in again))
        grows = Counter(erasing.grows if erasing else {})
        grows.update({_LEDGER.name: len(missing), _CLOSING.name: len(closings)})
        letters = self._letters(tx, erasing)
        if letters is not None:
            grows["outbox"] += len(letters) - _stale_letters(tx, erasing)
        # These tables stand as the newer file has them, whatever the erasure would take from them.
        counts = {table.name: len(rows) - len(_rows(tx, table)) for table, rows in self.whole.items()}
        return Carried(missing, self.whole, closings, erasing, {**grows, **counts}, letters)

    def _letters(self, tx: Transaction, erasing: Erasing | None) -> tuple[Row, ...] | None:
        """The letters that nobody has sent yet, where both the enquiry and the reader are there and stay."""
        if self.letters is None:
            return None
        bare, going = _gone(erasing, "bare"), _gone(erasing, "people")
        asked = set(tx.session.scalars(select(table_of(EnquiryRow).c.reference))) - bare
        people = {None, *tx.session.scalars(select(table_of(SupporterRow).c.id))} - going
        return tuple(row for row in self.letters if row["enquiry"] in asked and row["supporter"] in people)

    def _closings(self, tx: Transaction, again: frozenset[str]) -> tuple[Row, ...]:
        """The days for enquiries that are closed there too, and do not say since when."""
        asked = table_of(EnquiryRow)
        states = tx.session.execute(select(asked.c.reference, asked.c.status))
        closed = {each for each, status in states if EnquiryStatus(status) in closing.CLOSED}
        wanted = closed - again - {row["enquiry"] for row in _rows(tx, _CLOSING)}
        return tuple(row for row in self.closings if row["enquiry"] in wanted)


@dataclass(frozen=True, slots=True)
class Carried:
    """It as what happens on the way to the restored epoch."""

    ledger: tuple[Row, ...]
    whole: Mapping[Table, tuple[Row, ...]]
    closings: tuple[Row, ...]
    erasing: Erasing | None
    grows: Mapping[str, int]
    letters: tuple[Row, ...] | None

    @property
    def again(self) -> tuple[Subject, ...]:
        """Who is erased again, for the older file still held them."""
        return self.erasing.wanted.people if self.erasing else ()

    def after(self, change: Change) -> Change:
        """Another change, then this one."""

        def write(tx: Transaction, slot: str) -> None:
            change.write(tx, slot)
            tx.session.flush()
            self._write(tx)

        return Change(write, _sum(change.grows, self.grows))

    def _write(self, tx: Transaction) -> None:
        _insert(tx, _LEDGER, self.ledger)
        if self.erasing:
            self.erasing.write(tx)
        for table, rows in self.whole.items():
            tx.session.execute(delete(table))
            _insert(tx, table, rows)
        _insert(tx, _CLOSING, self.closings)
        if self.letters is not None:
            tx.session.execute(delete(_OUTBOX).where(_OUTBOX.c.kind.in_(erased_letters.KINDS)))
            erased_letters.put_rows(tx, self.letters)
        agreement.let_go(tx.session, {_CLOSING.name, _OUTBOX.name, *(table.name for table in self.whole)})


def _stale_letters(tx: Transaction, erasing: Erasing | None) -> int:
    """How many such letters of the older file give way, beside those that an erasure takes."""
    over, people = _gone(erasing, "over"), _gone(erasing, "people")
    return sum(
        row["enquiry"] not in over and row["supporter"] not in people for row in erased_letters.rows(tx)
    )


def _gone(erasing: Erasing | None, what: str) -> frozenset[str]:
    """The ids on one list of an erasure."""
    return frozenset(json.loads(erasing.lists[what])) if erasing else frozenset()


def _sum(one: Mapping[str, int], two: Mapping[str, int]) -> dict[str, int]:
    return {name: one.get(name, 0) + two.get(name, 0) for name in {*one, *two}}


def _those(tx: Transaction, key: bytes, codes: frozenset[str]) -> tuple[Subject, ...]:
    """Who of those on record, or only in the journal's images, has one of the codes."""
    people = tx.session.scalars(select(table_of(SupporterRow).c.id))
    asked = tx.session.scalars(select(table_of(EnquiryRow).c.reference))
    everybody = [Subject(SubjectKind.SUPPORTER, each) for each in people]
    everybody += [Subject(SubjectKind.ENQUIRER, each) for each in asked]
    everybody += received.taken_back(tx)
    return tuple(each for each in everybody if ledger.code_of(key, each) in codes)


def _key(tx: Transaction) -> bytes:
    row = tx.session.get(SecretRow, ledger.ERASURE_KEY)
    return row.value if row else b""


def _rows(tx: Transaction, table: Table) -> tuple[Row, ...]:
    return tuple(dict(row) for row in tx.session.execute(select(table)).mappings())


def _insert(tx: Transaction, table: Table, rows: tuple[Row, ...]) -> None:
    if rows:
        tx.session.execute(insert(table), list(rows))


def _in(connection: Connection, read: Callable[[Transaction], Read]) -> Read:
    """Read in a transaction of its own; the connection stays open and as it was."""
    with Session(engine_on(connection)) as session:
        found = read(Transaction(session))
        session.rollback()
    return found
