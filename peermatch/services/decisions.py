"""Looking back at a decision: the same question put to the register as it is now, and what has changed since."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from peermatch.matching.engine import match, shortlist_to_dict
from peermatch.matching.roster import took_back
from peermatch.model.consent import Purpose, Standing
from peermatch.model.decision import Decision
from peermatch.model.enquiry import Enquiry, Need
from peermatch.model.introduction import Introduction
from peermatch.model.people import Supporter
from peermatch.model.verdict import Shortlist
from peermatch.services.desk import Desk
from peermatch.services.shortlists import refuse_while_held
from peermatch.services.snapshot import Snapshot
from peermatch.store import decisions
from peermatch.store.transaction import Transaction

if TYPE_CHECKING:
    from peermatch.model.comparison import Change


@dataclass(frozen=True, slots=True)
class Replay:
    """A decision beside today's answer to its question.

    ``same`` says whether the register as it is now answers for the decision's own day and policy with the same
    bytes; ``policy`` what is weighed differently now. Places count among those who are compared.
    """

    decision: Decision
    on: date
    same: bool
    policy: tuple[str, ...]
    changes: "tuple[Change, ...]"
    unchanged: int
    not_compared: int


def sha256_of(shortlist: Shortlist) -> str:
    """The hash of the whole answer as ``match --json`` gives it, in one canonical spelling."""
    document = shortlist_to_dict(shortlist, top=0)
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def record(tx: Transaction, enquiry: Enquiry, shortlist: Shortlist, supporter: str, reason: str) -> Decision:
    """Keep the shortlist that a step rests on, in the transaction of that step.

    Suggestions and refusals are put into words when they are read: here once, for the record and for its hash.
    """
    said = replace(shortlist, suggested=tuple(shortlist.suggested), refused=tuple(shortlist.refused))
    decision = Decision.of(enquiry, said, supporter, reason, sha256_of(said))
    decisions.add(tx, decision)
    return decision


class Decisions:
    """Answers what was decided, and how it would look now."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, reference: str) -> tuple[Decision, ...]:
        """The decisions about one enquiry, oldest first.

        They hold what stood then: what a screen shows of other people comes from `replay`, which knows what must
        not be shown any more.
        """
        self._desk.snapshot.enquiry(reference)
        with self._desk.store.read() as tx:
            return decisions.of_enquiry(tx, reference)

    def replay(self, decision: Decision, on: date) -> Replay:
        """The decision's question put to the network as it is now; not while its enquiry waits for a risk note."""
        refuse_while_held(self._desk.snapshot.enquiry(decision.enquiry))
        return replayed(self._desk.snapshot, decision, on, self._desk.today)


def replayed(snapshot: Snapshot, decision: Decision, on: date, today: date) -> Replay:
    """The question put again: for its own day to compare the bytes, and for a day to tell what changed.

    The introduction that the decision led to is left aside, or nothing would ever stay the same. Whoever has
    withdrawn consent for something near the question is counted and not compared, for then and now side by side
    would show what was withdrawn.
    """
    from peermatch.model.comparison import Answer, changes_between

    asked = decision.asked.put_to(snapshot.enquiry(decision.enquiry))
    register = snapshot.register.replaced(introductions=_others(snapshot, decision))
    again = match(register, asked, decision.on, decision.policy)
    then = Answer.then(decision)
    now = Answer.now(match(register, asked, on, snapshot.policy))
    everybody = then.supporters | now.supporters
    silent = _silent(snapshot, decision, (decision.on, today, on), everybody)
    changes = changes_between(then.without(silent), now.without(silent))
    return Replay(
        decision=decision,
        on=on,
        same=sha256_of(again) == decision.sha256,
        policy=snapshot.policy.changes_from(decision.policy),
        changes=changes,
        unchanged=len(everybody - silent) - len(changes),
        not_compared=len(everybody & silent),
    )


def _others(snapshot: Snapshot, decision: Decision) -> tuple[Introduction, ...]:
    """All introductions but the one that the decision led to."""
    own = (decision.enquiry, decision.supporter)
    return tuple(each for each in snapshot.introductions if (each.enquiry, each.supporter) != own)


def _silent(
    snapshot: Snapshot, decision: Decision, days: tuple[date, ...], among: frozenset[str]
) -> frozenset[str]:
    """Whose record is not compared: `match` consent near the question is withdrawn, or was in between."""
    near = _near(snapshot, decision.asked.needs)
    bearing = near.union(*(snapshot.reference.vocabulary.broader_terms(term) for term in near))
    return frozenset(
        person.id
        for person in (snapshot.supporters[id] for id in took_back(snapshot.register) if id in among)
        if (withdrawn := _days_withdrawn(person, bearing))
        and (
            any(min(days) <= day <= max(days) for day in withdrawn)
            or any(_withdrawn_on(snapshot, person, near, day) for day in days)
        )
    )


def _near(snapshot: Snapshot, needs: Iterable[Need]) -> frozenset[str]:
    """Every term that comes close to a need: it, those below and above it, and those beside it."""
    vocabulary = snapshot.reference.vocabulary
    return frozenset(
        term
        for need in (each.characteristic for each in needs)
        for term in (
            need,
            *vocabulary.narrower(need),
            *vocabulary.broader_terms(need),
            *vocabulary.related(need),
        )
    )


def _days_withdrawn(person: Supporter, terms: frozenset[str]) -> tuple[date, ...]:
    """The days on which consent to be found by one of these terms was withdrawn."""
    return tuple(
        record.withdrawn
        for record in person.consents
        if record.withdrawn and record.purpose is Purpose.MATCH and record.characteristic in terms
    )


def _withdrawn_on(snapshot: Snapshot, person: Supporter, terms: frozenset[str], day: date) -> bool:
    gate = snapshot.gate(person, day)
    return any(gate.ruling(Purpose.MATCH, term).standing is Standing.WITHDRAWN for term in terms)
