"""The erasure ledger: who was erased, as codes that say nothing without the network's key; every restore asks it."""

import hmac
from collections.abc import Iterable
from datetime import date

from peermatch.errors import Damaged, Refused
from peermatch.model.dates import in_words
from peermatch.model.rights import Subject, SubjectKind
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction, table_of

ERASURE_KEY = "erasure-id"


def code_of(key: bytes, subject: Subject) -> str:
    """By what an erased person is known again, should an old record of them come back."""
    return hmac.new(key, f"{subject.kind.value}:{subject.id}".encode(), "sha256").hexdigest()


def erased_on(tx: Transaction, subject: Subject) -> date | None:
    """The day on which somebody was erased; None for who was not."""
    row = tx.first("SELECT day FROM erasure WHERE code = ?", code_of(_key(tx), subject))
    return date.fromisoformat(row[0]) if row else None


def refuse_erased(tx: Transaction, subject: Subject) -> None:
    """Refused for an id whose person was erased: an id is never given twice."""
    day = erased_on(tx, subject)
    if day is not None:
        raise Refused(f"{subject.id} was erased on {in_words(day)}.", "What was erased does not come back.")


def erased_among(tx: Transaction, subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    """Those of some who were erased."""
    key, known = _key(tx), frozenset(code for (code,) in tx.rows("SELECT code FROM erasure"))
    return tuple(each for each in subjects if code_of(key, each) in known) if known else ()


def add(tx: Transaction, subjects: Iterable[Subject], on: date) -> None:
    """Write down that they were erased, in no image: there is no way back."""
    key = _key(tx)
    rows = [{"code": code_of(key, each), "kind": each.kind.value, "day": on} for each in subjects]
    if rows:
        tx.session.execute(sql.insert(table_of(sql.ErasureRow)), rows)


def free_id(tx: Transaction, kind: SubjectKind, letter: str, number: int) -> str:
    """The first id from a number on that no erased person had: ``S-0061``."""
    while erased_on(tx, Subject(kind, f"{letter}-{number:04d}")) is not None:
        number += 1
    return f"{letter}-{number:04d}"


def _key(tx: Transaction) -> bytes:
    row = tx.first("SELECT value FROM secret WHERE name = ?", ERASURE_KEY)
    if row is None:
        raise Damaged("A key of the network is missing from its file.", "Restore the newest backup.")
    return bytes(row[0])
