"""What-if and the best pair, slowly: the change is made to the plain rows, and everybody is ranked again."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from peermatch.model.dates import in_words
from peermatch.model.enquiry import Enquiry
from peermatch.model.introduction import State
from peermatch.model.people import Supporter
from peermatch.model.policy import Policy
from tests.matching.reference_ranker import Answer, answer, codes
from tests.matching.reference_world import IN_HAND, World


@dataclass(frozen=True)
class Change:
    """Whom one change brings in, what it is, and at which place they would stand."""

    supporter: str
    words: str
    place: int


def changes(world: World, enquiry: Enquiry, on: date, policy: Policy, now: Answer) -> list[Change]:
    """Every change of one thing that brings one person in, who would stand highest first."""
    found: list[tuple[int, Change]] = []
    everybody = world
    bringing = []
    for who in world.supporters:
        made = _made(world, enquiry, who, on)
        if made is None or codes(made[0], enquiry, _person(made[0], who.id), on):
            continue
        changed, words = made
        alone = answer(changed, enquiry, on, policy)
        order = [each.supporter for each in alone.suggested]
        bringing.append((who.id, changed))
        found.append((len(bringing), Change(who.id, words, order.index(who.id) + 1)))
    for id, changed in bringing:
        everybody = _both(everybody, changed, id)
    together = [each.supporter for each in answer(everybody, enquiry, on, policy).suggested]
    return sorted((each for _, each in found), key=lambda each: together.index(each.supporter))


def _person(world: World, id: str) -> Supporter:
    return next(each for each in world.supporters if each.id == id)


def _both(one: World, two: World, id: str) -> World:
    """The first world, with one person, what they were asked and what they agreed to as in the second."""
    return replace(
        one,
        supporters=tuple(_person(two, id) if each.id == id else each for each in one.supporters),
        introductions=(
            *(each for each in one.introductions if each.supporter != id),
            *(each for each in two.introductions if each.supporter == id),
        ),
        agreed={**one.agreed, **two.agreed},
    )


def _made(world: World, enquiry: Enquiry, who: Supporter, on: date) -> tuple[World, str] | None:
    """The world in which the one thing that refuses somebody is another, and the change in words."""
    refused = codes(world, enquiry, who, on)
    if len(refused) != 1:
        return None
    (code,) = refused
    if code == "paused" and who.paused_until is not None:
        words = f"were back already (paused until {in_words(who.paused_until)})"
        return _with(world, replace(who, paused_until=None)), words
    if code == "unavailable":
        start, end = who.available_from, who.available_until
        ahead = start is not None and start > on and (end is None or start <= end)
        words = (
            f"were available already (from {in_words(start)})" if start and ahead else "were available again"
        )
        return _with(world, replace(who, available_from=None, available_until=None)), words
    if code == "no_room" and who.capacity >= 1:
        return _with_room(world, who), "had room again"
    if code in ("consent_ended", "consent_missing"):
        return _with_consent(world, enquiry, who, on, code)
    if (
        code == "not_active"
        and who.status.value == "active"
        and world.standing(who, "hold", None, on) == "ended"
    ):
        agreed = {**world.agreed, (who.id, "hold", None): "valid"}
        return replace(world, agreed=agreed), "renewed consent to keep their record"
    return None


def _with(world: World, changed: Supporter) -> World:
    return replace(
        world, supporters=tuple(changed if each.id == changed.id else each for each in world.supporters)
    )


def _with_room(world: World, who: Supporter) -> World:
    """As many in hand as leave room for one."""
    over = world.in_hand(who) - who.capacity + 1
    introductions = []
    for each in world.introductions:
        ends = over > 0 and each.supporter == who.id and each.state.value in IN_HAND
        over -= ends
        introductions.append(replace(each, state=State.ENDED) if ends else each)
    return replace(world, introductions=tuple(introductions))


def _with_consent(world: World, enquiry: Enquiry, who: Supporter, on: date, code: str) -> tuple[World, str]:
    """Consent for all of theirs that meets something essential and ended (or was never given)."""
    asked_again = "ended" if code == "consent_ended" else "ended never"
    essential = [n.characteristic for n in enquiry.needs if n.importance.value == "essential"]
    topics = [
        topic
        for topic in world.topics(who, on, asked_again)
        if any(world.meets(topic, need) for need in essential)
    ]
    agreed = dict(world.agreed)
    for topic in topics:
        agreed[who.id, "match", topic] = "valid"
    labels = world.reference.vocabulary.label
    named = " and ".join(labels(each) for each in dict.fromkeys(essential))
    did = "renewed" if code == "consent_ended" else "gave"
    return replace(world, agreed=agreed), f"{did} consent for {named}"


def pair(world: World, enquiry: Enquiry, on: date, found: Answer) -> tuple[str, str] | None:
    """All pairs of those suggested, tried one by one."""
    people = {who.id: who for who in world.supporters}
    needs = {need.characteristic for need in enquiry.needs}
    meets = [
        {
            n
            for n in needs
            if any(world.meets(c, n) for c in world.topics(people[each.supporter], on, "valid"))
        }
        for each in found.suggested
    ]
    if needs in meets:
        return None
    together = [
        (one + two, one, two)
        for one, two in combinations(range(len(meets)), 2)
        if meets[one] | meets[two] == needs
    ]
    if not together:
        return None
    _, one, two = min(together)
    return found.suggested[one].supporter, found.suggested[two].supporter
