"""A plan for all who wait: worked out, changed by hand pair by pair, and worked out again; it asks nobody."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum

import numpy as np

from peermatch.errors import BadInput, Fault
from peermatch.matching.engine import match
from peermatch.matching.plan import NO_PINS, Solution, solve
from peermatch.matching.planning.offers import Offers
from peermatch.matching.planning.problem import Supply
from peermatch.matching.roster import rooms
from peermatch.model.explanation import CODE_WORDS
from peermatch.model.plan import Cost, Pair, Plan, Unserved
from peermatch.services.desk import Desk
from peermatch.services.snapshot import Snapshot
from peermatch.words import tr


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    """All that a plan for one day is made from; it serves every new solution until the picture changes."""

    snapshot: Snapshot
    on: date
    supply: Supply
    row_of: Mapping[str, int]
    offers: Mapping[str, Offers]
    held: tuple[str, ...]

    @classmethod
    def of(cls, snapshot: Snapshot, on: date) -> "_Waiting":
        ids, capacity = rooms(snapshot.register)
        row_of = {id: row for row, id in enumerate(ids)}
        in_hand = Counter(each.supporter for each in snapshot.introductions.in_hand)
        busy = {each.enquiry for each in snapshot.introductions.in_hand}
        free = (each for each in snapshot.cases.open if each.reference not in busy)
        waiting = sorted(free, key=lambda each: each.reference)
        supply = Supply(ids, capacity, np.array([in_hand[id] for id in ids], np.int64))
        offers = {
            enquiry.reference: Offers.of(snapshot.register, enquiry, on, snapshot.policy, row_of)
            for enquiry in waiting
            if not enquiry.held
        }
        held = tuple(enquiry.reference for enquiry in waiting if enquiry.held)
        return cls(snapshot, on, supply, row_of, offers, held)

    def solve(self, pinned: Mapping[str, str], forbidden: Iterable[tuple[str, str]]) -> Solution:
        """The best plan that keeps these choices."""
        without: defaultdict[str, list[int]] = defaultdict(list)
        for reference, supporter in forbidden:
            if supporter in self.row_of:
                without[reference].append(self.row_of[supporter])
        candidates = [
            each.candidates(np.array(without.get(reference, ()), np.int32))
            for reference, each in self.offers.items()
        ]
        return solve(candidates, self.supply, pinned)


class Plans:
    """Proposes who could be asked for whom; a person presses for each, as for any other suggestion."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept: _Waiting | None = None

    def of(
        self,
        on: date,
        *,
        pinned: Mapping[str, str] = NO_PINS,
        forbidden: Iterable[tuple[str, str]] = (),
    ) -> Plan:
        """The best plan for all waiting enquiries, keeping pairs chosen by hand and leaving out those ruled out.

        ``pinned`` is a supporter by reference, ``forbidden`` pairs of reference and supporter. A pin that nobody could
        keep is bad input, and each is named; ruling out a pair that is not suggested changes nothing.
        """
        ruled_out = tuple(sorted(set(forbidden)))
        waiting = self._waiting(on)
        faults = _faults(waiting, pinned, frozenset(ruled_out))
        if faults:
            raise BadInput(
                tr("The plan cannot keep every pair that was chosen."), tr("Please let go of these:"), faults
            )
        best = waiting.solve(pinned, ruled_out)
        by_hand = bool(pinned or ruled_out)
        cost = _cost(waiting.solve(NO_PINS, ()), best) if by_hand else None
        return _plan(waiting, best, dict(pinned), ruled_out, cost)

    def cost_of(self, plan: Plan, reference: str) -> Cost:
        """What one pinned pair costs: the plan beside the one that keeps all other choices and lets this go."""
        others = {enquiry: supporter for enquiry, supporter in plan.pinned if enquiry != reference}
        waiting = self._waiting(plan.on)
        return _cost(
            waiting.solve(others, plan.forbidden),
            waiting.solve(dict(plan.pinned), plan.forbidden),
        )

    def _waiting(self, on: date) -> _Waiting:
        """The shortlists of all who wait, asked for once for each picture and day."""
        snapshot, kept = self._desk.snapshot, self._kept
        if kept is None or kept.snapshot is not snapshot or kept.on != on:
            kept = self._kept = _Waiting.of(snapshot, on)
        return kept


def _plan(
    waiting: _Waiting,
    best: Solution,
    pinned: dict[str, str],
    forbidden: tuple[tuple[str, str], ...],
    cost: Cost | None,
) -> Plan:
    given = dict(best.pairs)
    pairs = tuple(
        _pair(waiting, reference, supporter, reference in pinned) for reference, supporter in best.pairs
    )
    ruled_out = Counter(
        reference for reference, supporter in forbidden if _fits(waiting, reference, supporter)
    )
    return Plan(
        on=waiting.on,
        pairs=pairs,
        unserved=tuple(
            Unserved(reference, _why_nobody(waiting, reference, ruled_out[reference]))
            for reference in waiting.offers
            if reference not in given
        ),
        held=waiting.held,
        total=fsum(pair.score for pair in pairs),
        load=best.load,
        pinned=tuple(sorted(pinned.items())),
        forbidden=forbidden,
        cost=cost,
    )


def _pair(waiting: _Waiting, reference: str, supporter: str, pinned: bool) -> Pair:
    offers = waiting.offers[reference]
    place = offers.place(waiting.row_of[supporter])
    score = float(offers.scores[place - 1])
    return Pair(reference, supporter, score, place, len(offers.supporters), pinned)


def _fits(waiting: _Waiting, reference: str, supporter: str) -> bool:
    offers, row = waiting.offers.get(reference), waiting.row_of.get(supporter)
    return offers is not None and row is not None and row in offers.supporters


def _why_nobody(waiting: _Waiting, reference: str, ruled_out: int) -> str:
    """Why an enquiry is left without anybody."""
    offers, people = waiting.offers[reference], len(waiting.row_of)
    fit = len(offers.supporters) - ruled_out
    if fit:
        whoever = {1: tr("The only person who fits is"), 2: tr("Both who fit are")}.get(
            fit, tr("All {fit} who fit are").format(fit=fit)
        )
        by_hand = tr("; {ruled_out} more ruled out by hand").format(ruled_out=ruled_out) if ruled_out else ""
        return tr("{whoever} given to others in this plan{by_hand}.").format(whoever=whoever, by_hand=by_hand)
    if ruled_out:
        return tr("Nobody is left: all who fit ({ruled_out}) were ruled out by hand.").format(
            ruled_out=ruled_out
        )
    if not waiting.snapshot.enquiries[reference].needs:
        return tr("Nothing is confirmed yet of what they need.")
    if not offers.why_not:
        return tr("Nobody fits: there are no supporters in this network yet.")
    code, count = offers.why_not[0]
    return tr("Nobody fits; the commonest reason, for {count} of {people} people: {reason}.").format(
        count=count, people=people, reason=CODE_WORDS[code].reason
    )


def _cost(without: Solution, best: Solution) -> Cost:
    before, after = dict(without.pairs).keys(), dict(best.pairs).keys()
    return Cost(
        served=without.served - best.served,
        total=(without.total - best.total) / 1e9,
        left=tuple(sorted(before - after)),
        gained=tuple(sorted(after - before)),
    )


def _faults(
    waiting: _Waiting, pinned: Mapping[str, str], forbidden: frozenset[tuple[str, str]]
) -> tuple[Fault, ...]:
    """Each pin that cannot be kept, and why."""
    said = [
        Fault(tr("{reference} with {supporter}").format(reference=reference, supporter=supporter), why)
        for reference, supporter in sorted(pinned.items())
        if (why := _why_not(waiting, reference, supporter, (reference, supporter) in forbidden))
    ]
    return (*said, *(() if said else _crowded(waiting, pinned)))


def _why_not(waiting: _Waiting, reference: str, supporter: str, forbidden: bool) -> str:
    """Why one pin cannot be kept; nothing when it can."""
    if reference not in waiting.offers:
        return _why_not_waiting(waiting, reference)
    if supporter not in waiting.row_of:
        return tr("There is no supporter {supporter} in this network.").format(supporter=supporter)
    if forbidden:
        return tr("This pair is chosen and ruled out at the same time.")
    if _fits(waiting, reference, supporter):
        return ""
    snapshot = waiting.snapshot
    answer = match(snapshot.register, snapshot.enquiry(reference), waiting.on, snapshot.policy)
    return next(refusal.text for refusal in answer.refused if refusal.supporter == supporter)


def _why_not_waiting(waiting: _Waiting, reference: str) -> str:
    if reference not in waiting.snapshot.enquiries:
        return tr("There is no enquiry {reference} in this network.").format(reference=reference)
    if reference in waiting.held:
        return tr("Safety comes first: what was done about risk is not noted yet.")
    if not waiting.snapshot.enquiries[reference].open:
        return tr("This enquiry is not open.")
    return tr("Somebody is asked for this enquiry already.")


def _crowded(waiting: _Waiting, pinned: Mapping[str, str]) -> Iterable[Fault]:
    """Supporters who are chosen more often than they have room."""
    room = waiting.supply.capacity - waiting.supply.in_hand
    for supporter, times in sorted(Counter(pinned.values()).items()):
        free = int(room[waiting.row_of[supporter]])
        if times > free:
            references = ", ".join(sorted(r for r, s in pinned.items() if s == supporter))
            yield Fault(
                supporter,
                tr("There is room for {free}, and {times} are chosen: {references}.").format(
                    free=free, times=times, references=references
                ),
            )
