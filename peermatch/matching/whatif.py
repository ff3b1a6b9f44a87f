"""What one change would bring somebody refused in, and at which place: it is made, and matching answers."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from peermatch.matching.engine import match, place_of
from peermatch.matching.register import Register
from peermatch.model.consent import ConsentRecord, Method, Purpose, Standing
from peermatch.model.dates import in_words
from peermatch.model.enquiry import Enquiry
from peermatch.model.introduction import Introduction, State
from peermatch.model.people import Supporter
from peermatch.model.policy import Policy
from peermatch.model.verdict import Code, Refusal, Shortlist, WhatIf


@dataclass(frozen=True, slots=True)
class _Case:
    """Where a change is tried: a supporter, the enquiry, the day."""

    register: Register
    enquiry: Enquiry
    on: date
    supporter: Supporter

    def standing(self, purpose: Purpose, characteristic: str | None = None) -> Standing:
        return self.register.rules.rule(self.supporter.consents, purpose, characteristic, self.on).standing

    def needed(self, standings: Iterable[Standing]) -> list[str]:
        """The supporter's characteristics that meet a need and whose consent stands so."""
        meets = self.register.reference.vocabulary.meets
        wanted = self.enquiry.wanted
        return [
            topic
            for topic in dict.fromkeys(self.supporter.characteristics)
            if any(meets(topic, need) for need in wanted) and self.standing(Purpose.MATCH, topic) in standings
        ]

    def essential(self) -> str:
        """The enquiry's essential needs in words; never the supporter's own characteristic."""
        label = self.register.reference.vocabulary.label
        return " and ".join(label(each) for each in dict.fromkeys(self.enquiry.essential))


@dataclass(frozen=True, slots=True)
class _Change:
    """A supporter as they would be, and the words that follow "If Sam O. ..."."""

    supporter: Supporter
    words: str


def what_if(
    register: Register, enquiry: Enquiry, on: date, policy: Policy, shortlist: Shortlist, limit: int = 3
) -> tuple[WhatIf, ...]:
    """The changes that would bring somebody in highest, best first; nothing is guessed.

    Each `change` reads on after "If" and the name, such as ``renewed consent for ADHD``.
    """
    changes = [
        change
        for refusal in shortlist.refused
        if (change := _change(_Case(register, enquiry, on, register.supporters[refusal.supporter]), refusal))
    ]
    words = {change.supporter.id: change.words for change in changes}
    others = _with_changes(register, changes)
    sorted_places = [place_of(register, each) for each in shortlist.suggested]
    found = [
        WhatIf(each.supporter, words[each.supporter], 1 + bisect_left(sorted_places, place_of(others, each)))
        for each in match(others, enquiry, on, policy).suggested
    ]
    return tuple(found[:limit])


def _change(case: _Case, refusal: Refusal) -> _Change | None:
    """The one change that may help; none where more than one thing stands in the way, or it cannot change."""
    if len(refusal.codes) > 1:
        return None
    return _CHANGES[refusal.code](case) if refusal.code in _CHANGES else None


def _renewed_hold(case: _Case) -> _Change | None:
    if case.standing(Purpose.HOLD) is not Standing.ENDED:
        return None
    return _Change(_consenting(case, Purpose.HOLD, (None,)), "renewed consent to keep their record")


def _renewed_match(case: _Case) -> _Change:
    topics = case.needed({Standing.ENDED})
    return _Change(_consenting(case, Purpose.MATCH, topics), f"renewed consent for {case.essential()}")


def _given_match(case: _Case) -> _Change:
    topics = case.needed({Standing.ENDED, Standing.NEVER})
    return _Change(_consenting(case, Purpose.MATCH, topics), f"gave consent for {case.essential()}")


def _consenting(case: _Case, purpose: Purpose, topics: Sequence[str | None]) -> Supporter:
    """The supporter with a new yes, given on the day, to each topic."""
    given = [ConsentRecord(purpose, topic, case.on, None, None, Method.FORM, "") for topic in topics]
    return replace(case.supporter, consents=(*case.supporter.consents, *given))


def _back(case: _Case) -> _Change:
    until = case.supporter.paused_until or case.on
    words = f"were back already (paused until {in_words(until)})"
    return _Change(replace(case.supporter, paused_until=None), words)


def _available(case: _Case) -> _Change:
    start, end = case.supporter.available_from, case.supporter.available_until
    words = "were available again"
    if start is not None and start > case.on and (end is None or start <= end):
        words = f"were available already (from {in_words(start)})"
    return _Change(replace(case.supporter, available_from=None, available_until=None), words)


def _room(case: _Case) -> _Change | None:
    if case.supporter.capacity < 1:
        return None
    return _Change(case.supporter, "had room again")


_CHANGES: dict[Code, Callable[[_Case], _Change | None]] = {
    Code.NOT_ACTIVE: _renewed_hold,
    Code.PAUSED: _back,
    Code.UNAVAILABLE: _available,
    Code.NO_ROOM: _room,
    Code.CONSENT_ENDED: _renewed_match,
    Code.CONSENT_MISSING: _given_match,
}


def _with_changes(register: Register, changes: Sequence[_Change]) -> Register:
    """A small register of those who would have changed; the others' scores do not depend on them."""
    capacity = {change.supporter.id: change.supporter.capacity for change in changes}
    return Register.build(
        register.reference,
        [change.supporter for change in changes],
        _with_room(register.introductions, capacity),
        register.barred,
        register.rules.wordings.values(),
    )


def _with_room(introductions: Iterable[Introduction], capacity: dict[str, int]) -> list[Introduction]:
    """The introductions of these people, as many of them ended as it takes for one more to fit."""
    found = []
    in_hand: dict[str, int] = dict.fromkeys(capacity, 0)
    for each in introductions:
        if each.supporter in capacity:
            in_hand[each.supporter] += each.in_hand
            full = each.in_hand and in_hand[each.supporter] >= capacity[each.supporter]
            found.append(replace(each, state=State.ENDED) if full else each)
    return found
