"""What only the file knows of numbers: what is left of the erased, who was erased, and when trainees said yes."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import col

from peermatch.model.erasure import Counted
from peermatch.model.introduction import Introduction, State, Step
from peermatch.model.rights import Subject, SubjectKind
from peermatch.store import ledger
from peermatch.store.tables import JournalRow
from peermatch.store.tables_rights import CountedRow, KeptIntroductionRow
from peermatch.store.transaction import Transaction, table_of

_LINES = table_of(JournalRow)
_AGREED = (
    select(_LINES.c.object, _LINES.c.at)
    .where(_LINES.c.action == Step.ENQUIRER_AGREES.value)
    .order_by(_LINES.c.seq)
)


def counted(tx: Transaction) -> tuple[Counted, ...]:
    """The months, groups and outcomes of enquiries that were erased."""
    rows = tx.session.scalars(select(CountedRow).order_by(col(CountedRow.id)))
    return tuple(Counted(r.month, r.programme, tuple(r.topics), r.region, r.outcome) for r in rows)


def kept_introductions(tx: Transaction) -> tuple[Introduction, ...]:
    """The log of introductions whose supporter was erased."""
    rows = tx.session.scalars(select(KeptIntroductionRow).order_by(col(KeptIntroductionRow.id)))
    return tuple(
        Introduction(r.enquiry, r.supporter, State(r.state), r.asked, r.answered, r.introduced, r.ended)
        for r in rows
    )


def erased(tx: Transaction, references: Iterable[str]) -> frozenset[str]:
    """Of some enquiries those of which only the reference is left."""
    asked = [Subject(SubjectKind.ENQUIRER, each) for each in references]
    return frozenset(each.id for each in ledger.erased_among(tx, asked))


def agreed_days(tx: Transaction) -> Mapping[tuple[str, str], date]:
    """When each trainee's yes to a supporter was noted and not taken back, which the journal alone knows."""
    undone = select(_LINES.c.undoes).where(_LINES.c.undoes.is_not(None))
    return _days(tx, _AGREED.where(_LINES.c.seq.not_in(undone)))


def noted_days(tx: Transaction) -> Mapping[tuple[str, str], date]:
    """The same of every line, also one that was taken back: for those whose yes stands, however it came back."""
    return _days(tx, _AGREED)


def _days(tx: Transaction, lines: Select[Any]) -> Mapping[tuple[str, str], date]:
    found: dict[tuple[str, str], date] = {}
    for pair, at in tx.session.execute(lines):
        reference, _, supporter = pair.partition(" ")
        found[reference, supporter] = datetime.fromisoformat(at).astimezone().date()
    return found
