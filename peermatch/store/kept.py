"""What stays of erased people, and who is kept longer than the schedule says."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from peermatch.errors import Refused
from peermatch.model.retention import KeptBack
from peermatch.model.rights import Subject, SubjectKind
from peermatch.store import ledger
from peermatch.store.tables import IntroductionRow
from peermatch.store.tables_rights import KeptBackRow, KeptConsentRow, KeptIntroductionRow
from peermatch.store.transaction import Transaction

Numbered = Mapping[int, date]
"""Rows by number, and the day from which their time runs."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of one erased person: proof of consent, and the log of introductions, old rows and moved ones."""

    consents: Numbered
    kept_introductions: Numbered
    introductions: Numbered

    @property
    def anything(self) -> bool:
        """Whether there is any of it."""
        return bool(self.consents or self.kept_introductions or self.introductions)


def left(tx: Transaction) -> dict[Subject, Left]:
    """All that is left of everybody who was erased."""
    consents: defaultdict[Subject, dict[int, date]] = defaultdict(dict)
    for row in tx.session.scalars(select(KeptConsentRow).order_by(col(KeptConsentRow.id))):
        consents[Subject(SubjectKind(row.kind), row.subject)][row.id or 0] = row.ended
    moved: defaultdict[Subject, dict[int, date]] = defaultdict(dict)
    for log in tx.session.scalars(select(KeptIntroductionRow).order_by(col(KeptIntroductionRow.id))):
        moved[Subject(SubjectKind.SUPPORTER, log.supporter)][log.id or 0] = _last_step(log)
    bare = _bare(tx)
    return {
        each: Left(consents.get(each, {}), moved.get(each, {}), bare.get(each, {}))
        for each in dict.fromkeys((*consents, *moved, *bare))
    }


def left_of(tx: Transaction, subject: Subject) -> Left:
    """What is left of one of them."""
    return left(tx).get(subject, Left({}, {}, {}))


def _bare(tx: Transaction) -> dict[Subject, dict[int, date]]:
    """The introductions of enquiries of which only the reference is left."""
    references = tx.session.scalars(select(col(IntroductionRow.enquiry)).distinct())
    asked = [Subject(SubjectKind.ENQUIRER, each) for each in references]
    erased = {each.id: each for each in ledger.erased_among(tx, asked)}
    found: defaultdict[Subject, dict[int, date]] = defaultdict(dict)
    rows = select(IntroductionRow).where(col(IntroductionRow.enquiry).in_(erased))
    for row in tx.session.scalars(rows.order_by(col(IntroductionRow.id))) if erased else ():
        found[erased[row.enquiry]][row.id or 0] = _last_step(row)
    return dict(found)


def _last_step(row: IntroductionRow | KeptIntroductionRow) -> date:
    days = (row.asked, row.answered, row.introduced, row.ended)
    return max(day for day in days if day is not None)


def kept_back(tx: Transaction) -> dict[Subject, KeptBack]:
    """Who is kept back, also where the day has passed."""
    rows = tx.session.scalars(select(KeptBackRow).order_by(col(KeptBackRow.kind), col(KeptBackRow.subject)))
    return {
        Subject(SubjectKind(row.kind), row.subject): KeptBack(row.since, row.until, row.reason)
        for row in rows
    }


def keep_back(tx: Transaction, subject: Subject, held: KeptBack) -> None:
    """Keep somebody back; a second reason takes the place of the first."""
    row = tx.session.get(KeptBackRow, (subject.kind.value, subject.id))
    if row is None:
        row = KeptBackRow(kind=subject.kind.value, subject=subject.id, since=held.since, reason="")
        tx.session.add(row)
    row.since, row.until, row.reason = held.since, held.until, held.reason
    tx.session.flush()


def release(tx: Transaction, subject: Subject) -> None:
    """Let the schedule count again."""
    row = tx.session.get(KeptBackRow, (subject.kind.value, subject.id))
    if row is None:
        raise Refused(f"{subject.id} is not kept back.")
    tx.session.delete(row)
    tx.session.flush()
