"""What stays of erased people, and who is kept longer than the schedule says."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from peermatch.errors import Refused
from peermatch.model.retention import KeptBack
from peermatch.model.rights import Subject, SubjectKind
from peermatch.store import ledger
from peermatch.store.cells import day, maybe_day
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction

_CONSENTS = "SELECT id, kind, subject, ended FROM kept_consent ORDER BY id"
_MOVED = "SELECT id, supporter, asked, answered, introduced, ended FROM kept_introduction ORDER BY id"
_ASKED = "SELECT DISTINCT enquiry FROM introduction"
_OF_ASKED = (
    "SELECT id, enquiry, asked, answered, introduced, ended FROM introduction"
    " WHERE enquiry IN (SELECT value FROM json_each(?)) ORDER BY id"
)
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
    for number, kind, subject, ended in tx.rows(_CONSENTS):
        consents[Subject(SubjectKind(kind), subject)][number] = day(ended)
    moved: defaultdict[Subject, dict[int, date]] = defaultdict(dict)
    for number, supporter, *steps in tx.rows(_MOVED):
        moved[Subject(SubjectKind.SUPPORTER, supporter)][number] = _last_of(steps)
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
    erased = {each.id: each for each in ledger.erased_among(tx, _asked(tx))}
    found: defaultdict[Subject, dict[int, date]] = defaultdict(dict)
    for number, reference, *steps in tx.rows(_OF_ASKED, json.dumps(list(erased))) if erased else ():
        found[erased[reference]][number] = _last_of(steps)
    return dict(found)


def _asked(tx: Transaction) -> Iterator[Subject]:
    """For whom anybody was asked; where nobody was ever erased, nothing of it is read."""
    for (reference,) in tx.rows(_ASKED):
        yield Subject(SubjectKind.ENQUIRER, reference)


def _last_of(steps: Iterable[str | None]) -> date:
    return max(day(each) for each in steps if each is not None)


def kept_back(tx: Transaction) -> dict[Subject, KeptBack]:
    """Who is kept back, also where the day has passed."""
    rows = tx.rows("SELECT kind, subject, since, until, reason FROM kept_back ORDER BY kind, subject")
    return {
        Subject(SubjectKind(kind), subject): KeptBack(day(since), maybe_day(until), reason)
        for kind, subject, since, until, reason in rows
    }


def keep_back(tx: Transaction, subject: Subject, held: KeptBack) -> None:
    """Keep somebody back; a second reason takes the place of the first."""
    row = tx.session.get(sql.KeptBackRow, (subject.kind.value, subject.id))
    if row is None:
        row = sql.KeptBackRow(kind=subject.kind.value, subject=subject.id, since=held.since, reason="")
        tx.session.add(row)
    row.since, row.until, row.reason = held.since, held.until, held.reason
    tx.session.flush()


def release(tx: Transaction, subject: Subject) -> None:
    """Let the schedule count again."""
    row = tx.session.get(sql.KeptBackRow, (subject.kind.value, subject.id))
    if row is None:
        raise Refused(f"{subject.id} is not kept back.")
    tx.session.delete(row)
    tx.session.flush()
