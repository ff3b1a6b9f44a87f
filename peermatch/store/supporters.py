"""Supporters and their consent: values in, values out."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session
from sqlmodel import col

from peermatch.errors import BadInput
from peermatch.model.consent import ConsentRecord
from peermatch.model.people import Supporter
from peermatch.model.rights import Subject, SubjectKind
from peermatch.store import ledger
from peermatch.store.many import CONSENT, SUPPORTER, people_of, plain
from peermatch.store.mapping import consent_columns, consent_value, supporter_columns, supporter_value
from peermatch.store.tables import ConsentRow, SupporterRow
from peermatch.store.transaction import Transaction, assign, next_position, table_of

_PERSON, _ACT = table_of(SupporterRow), table_of(ConsentRow)
_PEOPLE = select(*plain(_PERSON, SUPPORTER)).order_by(_PERSON.columns["position"], _PERSON.columns["id"])
_RECORDS = select(*plain(_ACT, CONSENT)).order_by(_ACT.columns["id"])
_FEW: BindParameter[Any] = bindparam("ids", expanding=True)
_SOME_PEOPLE = _PEOPLE.where(_PERSON.columns["id"].in_(_FEW))
_SOME_RECORDS = _RECORDS.where(_ACT.columns["supporter"].in_(_FEW))


def every(tx: Transaction) -> tuple[Supporter, ...]:
    """All supporters in the order in which they were added."""
    return people_of(tx.session.execute(_PEOPLE).all(), tx.session.execute(_RECORDS).all())


def some(tx: Transaction, ids: Collection[str]) -> tuple[Supporter, ...]:
    """Those of a few who are held, in the order in which they were added."""
    few = {"ids": list(ids)}
    return people_of(
        tx.session.execute(_SOME_PEOPLE, few).all(), tx.session.execute(_SOME_RECORDS, few).all()
    )


def get(tx: Transaction, supporter: str) -> Supporter:
    """One supporter; an id that is not held is bad input."""
    row = _row(tx.session, supporter)
    consents = tx.session.scalars(
        select(ConsentRow).where(col(ConsentRow.supporter) == supporter).order_by(col(ConsentRow.id))
    )
    return supporter_value(row, tuple(consent_value(consent) for consent in consents))


def _row(session: Session, supporter: str) -> SupporterRow:
    row = session.get(SupporterRow, supporter)
    if row is None:
        raise BadInput(f"There is no supporter {supporter} in this network.", "Check the id and try again.")
    return row


def exists(tx: Transaction, supporter: str) -> bool:
    """Whether an id is held."""
    return tx.session.get(SupporterRow, supporter) is not None


def add(tx: Transaction, supporter: Supporter) -> None:
    """A new supporter with the consent records that came with them."""
    ledger.refuse_erased(tx, Subject(SubjectKind.SUPPORTER, supporter.id))
    position = next_position(tx.session, SupporterRow)
    tx.session.add(SupporterRow(position=position, **supporter_columns(supporter)))
    tx.session.flush()
    for record in supporter.consents:
        add_consent(tx, supporter.id, record)


def change(tx: Transaction, supporter: Supporter) -> None:
    """A supporter's record as it now is; consent has its own door."""
    assign(_row(tx.session, supporter.id), supporter_columns(supporter))


def add_consent(tx: Transaction, supporter: str, record: ConsentRecord) -> None:
    """One more consent record, at the end."""
    tx.session.add(ConsentRow(**consent_columns(supporter, record)))
    tx.session.flush()


def withdraw(tx: Transaction, supporter: str, record: ConsentRecord, on: date) -> None:
    """The withdrawal date on one record: the last that equals it."""
    rows = tx.session.scalars(
        select(ConsentRow).where(col(ConsentRow.supporter) == supporter).order_by(col(ConsentRow.id).desc())
    )
    for row in rows:
        if row.withdrawn is None and consent_value(row) == record:
            row.withdrawn = on
            return
    raise BadInput("This consent is not on the record, or was withdrawn already.")


def next_id(tx: Transaction) -> str:
    """The id of the next supporter: ``S-0061`` after ``S-0060``; never one that an erased person had."""
    taken = tx.session.scalars(select(col(SupporterRow.id)).where(col(SupporterRow.id).like("S-%")))
    numbers = [int(text[2:]) for text in taken if text[2:].isdecimal()]
    return ledger.free_id(tx, SubjectKind.SUPPORTER, "S", max(numbers, default=0) + 1)
