"""Why one person is not suggested: what it rests on, what would change it, and where they would stand then."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from peermatch.matching.engine import refusal_codes
from peermatch.matching.register import Register
from peermatch.matching.shortlists import Answer
from peermatch.model.consent import ConsentGate, ConsentRecord, Method, Purpose, Standing
from peermatch.model.dates import in_words, short
from peermatch.model.enquiry import Enquiry, Importance
from peermatch.model.explanation import Explanation
from peermatch.model.introduction import Introduction, State
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.model.policy import Policy
from peermatch.model.text import fold_address, fold_name
from peermatch.model.verdict import Code, Refusal

_STATE_WORDS = {
    State.ASKED: "no reply yet",
    State.ACCEPTED: "they said yes",
    State.DECLINED: "they said no",
    State.LAPSED: "they did not answer",
    State.AGREED: "both said yes",
    State.REFUSED: "the trainee said no",
    State.INTRODUCED: "they are introduced",
    State.ENDED: "it has ended",
    State.STOPPED: "it was stopped",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One person and one enquiry on a day; a remedy makes another case of it."""

    register: Register
    enquiry: Enquiry
    on: date
    policy: Policy
    person: Supporter
    introductions: tuple[Introduction, ...]

    @property
    def gate(self) -> ConsentGate:
        """Their consent on the day."""
        return ConsentGate(self.person.consents, self.register.rules, self.on)

    @property
    def in_hand(self) -> tuple[Introduction, ...]:
        """What takes up their room."""
        return tuple(each for each in self.introductions if each.in_hand)

    def labels(self, topics: Iterable[str]) -> str:
        """Topics of the enquiry in words; never the supporter's own."""
        label = self.register.reference.vocabulary.label
        return " and ".join(label(each) for each in dict.fromkeys(topics))

    def codes(self) -> tuple[Code, ...]:
        """What refuses them as the case stands."""
        return refusal_codes(self._changed(), self.enquiry, self.person.id, self.on)

    def place(self) -> int:
        """Where they stand among those suggested, as the case stands; the caller knows that nothing refuses."""
        register = self._changed()
        answer = Answer.to(register, self.enquiry, self.on, self.policy)
        standings = answer.standings
        (here,) = np.flatnonzero(standings.rows == register.row_of(self.person.id)).tolist()
        score, asked, id = standings.scores[here], standings.asked[here], standings.ids[here]
        return 1 + standings.before(float(score), int(asked), int(id))

    def _changed(self) -> Register:
        theirs = {self.person.id: self.introductions}
        return self.register.replaced(supporters=(self.person,), introductions_of=theirs)


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would have to happen, in words, and the case once it had; no case: it is not for anybody here to ask."""

    words: str
    after: Case | None = None


def explain(case: Case, refusal: Refusal) -> Explanation:
    """One refusal in full. What was withdrawn is nowhere looked at but to be left out."""
    words, end = _followed(case)
    return Explanation(
        supporter=refusal.supporter,
        codes=refusal.codes,
        sentence=refusal.text,
        rests_on=_FACTS[refusal.code](case),
        change=" ".join(dict.fromkeys(words)),
        place=end.place() if end is not None else None,
    )


def _followed(case: Case) -> tuple[list[str], Case | None]:
    """All that would have to happen, one thing after the other, and the case at the end of it, if there is one."""
    words: list[str] = []
    present = case
    for _ in Code:
        codes = present.codes()
        if not codes:
            return words, present
        remedies = [_REMEDIES[code](present) for code in codes]
        final = [each.words for each in remedies if each.after is None]
        if final:
            # Nothing else is worth asking of anybody while this stands.
            return final[:1], None
        words.append(remedies[0].words)
        present = remedies[0].after or present
    return words, None


# What it rests on: facts about the one code that came first.


def _status(case: Case) -> tuple[str, ...]:
    ruling = case.gate.ruling(Purpose.HOLD)
    if case.person.status is not SupporterStatus.ACTIVE or ruling.standing is not Standing.ENDED:
        return ()
    if ruling.record is None or ruling.record.expires is None:
        return ()
    given, ended = in_words(ruling.record.given), in_words(ruling.record.expires)
    return (f"They agreed on {given} that their record is kept, until {ended}",)


def _pause(case: Case) -> tuple[str, ...]:
    until = case.person.paused_until
    return (f"Back on {in_words(until)}",) if until else ()


def _availability(case: Case) -> tuple[str, ...]:
    start, end = case.person.available_from, case.person.available_until
    said = [f"Available from {in_words(start)}"] if start else []
    said += [f"Available until {in_words(end)}"] if end else []
    return tuple(said)


def _programmes(case: Case) -> tuple[str, ...]:
    return (
        f"They take part in: {', '.join(case.person.programmes) or 'none'}",
        f"This enquiry belongs to: {case.enquiry.programme}",
    )


def _exclusion(case: Case) -> tuple[str, ...]:
    away, person, lists = case.enquiry.exclusions, case.person, case.register.reference
    said = []
    if person.id in away.supporters or _named(person, away.people):
        said.append("Named by the enquirer among the people to keep away from")
    organisations, own = lists.organisations, person.organisation
    for each in away.organisations:
        if own is not None and organisations.at_one(each, own):
            where = organisations.name(own)
            joined = "" if each == own else f", which belongs with {organisations.name(each)}"
            said.append(f"They work at {where}{joined}")
    if person.specialty is not None and person.specialty in away.specialties:
        said.append(f"They work in {lists.specialties.label(person.specialty)}")
    return tuple(said)


def _named(person: Supporter, people: Sequence[str]) -> bool:
    folded = {fold_name(each) for each in people} - {""}
    return person.folded_name in folded or bool(person.addresses & {fold_address(each) for each in people})


def _asked_before(case: Case) -> tuple[str, ...]:
    own = next((each for each in case.introductions if each.enquiry == case.enquiry.reference), None)
    if own is None:
        return ("Somebody noted that the two must not meet",)
    return (f"Asked for this enquiry on {in_words(own.asked)}: {_STATE_WORDS[own.state]}",)


def _room(case: Case) -> tuple[str, ...]:
    held = ", ".join(f"{each.enquiry} since {_day(each.asked, case.on)}" for each in case.in_hand)
    number = len(case.in_hand)
    return (f"Capacity {case.person.capacity}", f"{number} in hand: {held}" if number else "Nothing in hand")


def _day(day: date, on: date) -> str:
    return short(day) if day.year != on.year else short(day).rsplit(" ", 1)[0]


def _essential(case: Case) -> tuple[str, ...]:
    return (f"Essential for this enquiry: {case.labels(case.enquiry.essential)}",)


def _wanted(case: Case) -> tuple[str, ...]:
    return (f"This enquiry asks for: {case.labels(case.enquiry.wanted)}",) if case.enquiry.needs else ()


def _same_person(case: Case) -> tuple[str, ...]:
    requester = case.enquiry.requester
    by_address = bool(requester.addresses & case.person.addresses)
    return ("They have an e-mail address in common" if by_address else "The two names are the same",)


_FACTS: dict[Code, Callable[[Case], tuple[str, ...]]] = {
    Code.NOT_ACTIVE: _status,
    Code.PAUSED: _pause,
    Code.UNAVAILABLE: _availability,
    Code.OTHER_PROGRAMME: _programmes,
    Code.SAME_PERSON: _same_person,
    Code.EXCLUDED_BY_ENQUIRER: _exclusion,
    # Neither the kind of a relation nor its days: both would tell which one it is, and so who asked.
    Code.POWER_RELATION: lambda _case: ("A relation that stands on their record today",),
    # Not which limit: a topic on that list may be their own story.
    Code.OWN_BOUNDARY: lambda _case: (),
    Code.ALREADY_ASKED: _asked_before,
    Code.NO_ROOM: _room,
    Code.ESSENTIAL_NOT_SHARED: _essential,
    Code.CONSENT_ENDED: _essential,
    Code.CONSENT_MISSING: _essential,
    Code.NOTHING_IN_COMMON: _wanted,
}


# What would change it.


def _final(words: str) -> Callable[[Case], Remedy]:
    return lambda _case: Remedy(words)


def _active(case: Case) -> Remedy:
    if case.person.status is SupporterStatus.LEFT:
        return Remedy("They have left, so this is not for us to change.")
    if case.person.status is not SupporterStatus.ACTIVE:
        active = replace(case.person, status=SupporterStatus.ACTIVE)
        return Remedy("They would have to become active first.", replace(case, person=active))
    standing = case.gate.ruling(Purpose.HOLD).standing
    if standing not in (Standing.ENDED, Standing.NEVER):
        return Remedy("Only they can change this.")
    words = {
        Standing.ENDED: "They would have to agree once more that their record is kept: ask them.",
        Standing.NEVER: "They would have to agree that their record is kept: ask them first.",
    }[standing]
    return Remedy(words, _agreeing(case, Purpose.HOLD, (None,)))


def _back(case: Case) -> Remedy:
    until = case.person.paused_until or case.on
    there = replace(case.person, paused_until=None)
    return Remedy(f"They are back on {in_words(until)}.", replace(case, person=there))


def _available(case: Case) -> Remedy:
    start, end = case.person.available_from, case.person.available_until
    there = replace(case.person, available_from=None, available_until=None)
    words = "They would have to be available again: ask them."
    if start is not None and start > case.on and (end is None or start <= end):
        words = f"They are available from {in_words(start)}."
    return Remedy(words, replace(case, person=there))


def _programme(case: Case) -> Remedy:
    name = case.enquiry.programme
    joined = replace(case.person, programmes=(*case.person.programmes, name))
    return Remedy(f"They would have to take part in {name} as well: ask them.", replace(case, person=joined))


def _more_room(case: Case) -> Remedy:
    if case.person.capacity < 1:
        return Remedy("They take nobody on at the moment, and only they can change that.")
    over = case.in_hand[: len(case.in_hand) - case.person.capacity + 1]
    rest = [each for each in case.introductions if not each.in_hand]
    kept = (*rest, *(replace(each, state=State.ENDED) for each in over), *case.in_hand[len(over) :])
    few = "It" if len(case.in_hand) == 1 else "One of these"
    ending = few if len(over) == 1 else f"{len(over)} of these"
    return Remedy(f"{ending} would have to end first.", replace(case, introductions=kept))


def _less_strict(case: Case) -> Remedy:
    meets, gate = case.register.reference.vocabulary.meets, case.gate
    known = [
        topic
        for topic in case.person.characteristics
        if gate.ruling(Purpose.MATCH, topic).standing is not Standing.WITHDRAWN
    ]
    missing = {need for need in case.enquiry.essential if not any(meets(topic, need) for topic in known)}
    needs = tuple(
        replace(need, importance=Importance.HELPFUL) if need.characteristic in missing else need
        for need in case.enquiry.needs
    )
    named = case.labels(need for need in case.enquiry.essential if need in missing)
    words = f"{named} would have to be helpful instead of essential, if the trainee says so."
    return Remedy(words, replace(case, enquiry=replace(case.enquiry, needs=needs)))


def _renewing(*standings: Standing) -> Callable[[Case], Remedy]:
    """Consent for what is essential, as far as it stands like this; what was withdrawn stays as it is."""

    def remedy(case: Case) -> Remedy:
        meets, gate = case.register.reference.vocabulary.meets, case.gate
        topics = tuple(
            topic
            for topic in dict.fromkeys(case.person.characteristics)
            if gate.ruling(Purpose.MATCH, topic).standing in standings
            and any(meets(topic, need) for need in case.enquiry.essential)
        )
        named = case.labels(case.enquiry.essential)
        again = Standing.NEVER not in standings
        words = f"They would have to renew their consent for {named}: ask them."
        if not again:
            words = f"They would have to agree to be found for {named}: ask them first."
        return Remedy(words, _agreeing(case, Purpose.MATCH, topics))

    return remedy


def _agreeing(case: Case, purpose: Purpose, topics: Iterable[str | None]) -> Case:
    """The case as it would be had they agreed today to just this."""
    given = tuple(ConsentRecord(purpose, each, case.on, None, None, Method.SPOKEN, "") for each in topics)
    return replace(case, person=replace(case.person, consents=(*case.person.consents, *given)))


def _never_again(case: Case) -> Remedy:
    if any(each.enquiry == case.enquiry.reference for each in case.introductions):
        return Remedy("Nothing would change this: nobody is asked twice for the same enquiry.")
    return Remedy("Nothing would change this.")


def _other_things(case: Case) -> Remedy:
    if not case.enquiry.needs:
        return Remedy("Say what is needed first.")
    return Remedy(
        "Nothing needs to change: they know about other things, and may be right for somebody else."
    )


_REMEDIES: dict[Code, Callable[[Case], Remedy]] = {
    Code.NOT_ACTIVE: _active,
    Code.PAUSED: _back,
    Code.UNAVAILABLE: _available,
    Code.OTHER_PROGRAMME: _programme,
    Code.SAME_PERSON: _final(
        "If they are two people, look at both records: a name or an address is the same."
    ),
    Code.EXCLUDED_BY_ENQUIRER: _final("This is the trainee's wish, and only they can change it."),
    Code.POWER_RELATION: _final("Nothing would change this while the relation stands."),
    Code.OWN_BOUNDARY: _final("This is their own limit, and only they can change it."),
    Code.ALREADY_ASKED: _never_again,
    Code.NO_ROOM: _more_room,
    Code.ESSENTIAL_NOT_SHARED: _less_strict,
    Code.CONSENT_ENDED: _renewing(Standing.ENDED),
    Code.CONSENT_MISSING: _renewing(Standing.ENDED, Standing.NEVER),
    Code.NOTHING_IN_COMMON: _other_things,
}
