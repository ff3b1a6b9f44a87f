"""Supporters and their consent: values in, values out."""

from collections.abc import Collection
from datetime import date
from json import dumps

from peermatch.errors import BadInput
from peermatch.model.consent import ConsentRecord
from peermatch.model.people import Supporter
from peermatch.model.rights import Subject, SubjectKind
from peermatch.store import ledger
from peermatch.store.many import CONSENT, SUPPORTER, people_of
from peermatch.store.mapping import consent_columns, consent_value, supporter_columns
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction, assign, next_position

_PEOPLE = f"SELECT {','.join(SUPPORTER)} FROM supporter"  # noqa: S608 -- the fields of a value
_RECORDS = f"SELECT {','.join(CONSENT)} FROM consent"  # noqa: S608 -- the same
_ALL_PEOPLE, _ALL_RECORDS = f"{_PEOPLE} ORDER BY position, id", f"{_RECORDS} ORDER BY id"
_FEW = "IN (SELECT value FROM json_each(?))"
_SOME_PEOPLE = f"{_PEOPLE} WHERE id {_FEW} ORDER BY position, id"
_SOME_RECORDS = f"{_RECORDS} WHERE supporter {_FEW} ORDER BY id"


def every(tx: Transaction) -> tuple[Supporter, ...]:
    """All supporters in the order in which they were added."""
    return people_of(tx.rows(_ALL_PEOPLE), tx.rows(_ALL_RECORDS))


def some(tx: Transaction, ids: Collection[str]) -> tuple[Supporter, ...]:
    """Those of a few who are held, in the order in which they were added."""
    few = dumps(list(ids))
    return people_of(tx.rows(_SOME_PEOPLE, few), tx.rows(_SOME_RECORDS, few))


def get(tx: Transaction, supporter: str) -> Supporter:
    """One supporter; an id that is not held is bad input."""
    found = some(tx, (supporter,))
    if not found:
        raise _unknown(supporter)
    return found[0]


def _row(session: "sql.Session", supporter: str) -> "sql.SupporterRow":
    row = session.get(sql.SupporterRow, supporter)
    if row is None:
        raise _unknown(supporter)
    return row


def _unknown(supporter: str) -> BadInput:
    return BadInput(f"There is no supporter {supporter} in this network.", "Check the id and try again.")


def exists(tx: Transaction, supporter: str) -> bool:
    """Whether an id is held."""
    return tx.session.get(sql.SupporterRow, supporter) is not None


def add(tx: Transaction, supporter: Supporter) -> None:
    """A new supporter with the consent records that came with them."""
    ledger.refuse_erased(tx, Subject(SubjectKind.SUPPORTER, supporter.id))
    position = next_position(tx.session, sql.SupporterRow)
    tx.session.add(sql.SupporterRow(position=position, **supporter_columns(supporter)))
    tx.session.flush()
    for record in supporter.consents:
        add_consent(tx, supporter.id, record)


def change(tx: Transaction, supporter: Supporter) -> None:
    """A supporter's record as it now is; consent has its own door."""
    assign(_row(tx.session, supporter.id), supporter_columns(supporter))


def add_consent(tx: Transaction, supporter: str, record: ConsentRecord) -> None:
    """One more consent record, at the end."""
    tx.session.add(sql.ConsentRow(**consent_columns(supporter, record)))
    tx.session.flush()


def withdraw(tx: Transaction, supporter: str, record: ConsentRecord, on: date) -> None:
    """The withdrawal date on one record: the last that equals it."""
    rows = tx.session.scalars(
        sql.select(sql.ConsentRow)
        .where(sql.col(sql.ConsentRow.supporter) == supporter)
        .order_by(sql.col(sql.ConsentRow.id).desc())
    )
    for row in rows:
        if row.withdrawn is None and consent_value(row) == record:
            row.withdrawn = on
            return
    raise BadInput("This consent is not on the record, or was withdrawn already.")


def next_id(tx: Transaction) -> str:
    """The id of the next supporter: ``S-0061`` after ``S-0060``; never one that an erased person had."""
    taken = tx.session.scalars(
        sql.select(sql.col(sql.SupporterRow.id)).where(sql.col(sql.SupporterRow.id).like("S-%"))
    )
    numbers = [int(text[2:]) for text in taken if text[2:].isdecimal()]
    return ledger.free_id(tx, SubjectKind.SUPPORTER, "S", max(numbers, default=0) + 1)
