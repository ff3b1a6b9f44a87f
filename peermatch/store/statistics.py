"""What only the file knows of numbers: what is left of the erased, who was erased, and when trainees said yes."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import col

from peermatch.model.erasure import Counted
from peermatch.model.introduction import Introduction, State, Step
from peermatch.model.rights import Subject, SubjectKind
from peermatch.store import ledger
from peermatch.store.tables import JournalRow
from peermatch.store.tables_rights import CountedRow, KeptIntroductionRow
from peermatch.store.transaction import Transaction, table_of


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
    lines = table_of(JournalRow)
    undone = select(lines.c.undoes).where(lines.c.undoes.is_not(None))
    chosen = select(lines.c.object, lines.c.at).where(
        lines.c.action == Step.ENQUIRER_AGREES.value, lines.c.seq.not_in(undone)
    )
    found: dict[tuple[str, str], date] = {}
    for pair, at in tx.session.execute(chosen.order_by(lines.c.seq)):
        reference, _, supporter = pair.partition(" ")
        found[reference, supporter] = datetime.fromisoformat(at).astimezone().date()
    return found
