"""The reasons of one suggestion in three groups, with points that add up to the score as it is shown."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from peermatch.model.enquiry import Enquiry, GradeWish, Importance, PlaceWish, SpecialtyWish
from peermatch.model.policy import Policy
from peermatch.model.verdict import Reason, Suggestion
from peermatch.words import tr

NEEDS = frozenset({"essential", "helpful"})
LOAD, UNKNOWN = "load", "unknown"
SHARES, NEAR, AGAINST = tr("Shares"), tr("Near"), tr("Speaks against")
AS_WISHED, SHARES_AND_WISHED = tr("As wished"), tr("Shares, and as wished")
_FULL = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One sentence and its points, of the 100 of the score ring."""

    text: str
    points: int


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """Reasons that point the same way."""

    title: str
    lines: tuple[ReasonLine, ...]


def grouped(suggestion: Suggestion, enquiry: Enquiry, policy: Policy) -> tuple[ReasonGroup, ...]:
    """What is shared, what is near, what speaks against; a group without a reason is left out."""
    points = hundredths([reason.points for reason in suggestion.reasons])
    found: dict[str, list[ReasonLine]] = {SHARES: [], NEAR: [], AGAINST: []}
    full: set[bool] = set()
    for reason, number in zip(suggestion.reasons, points, strict=True):
        if reason.rule == LOAD and not reason.points:
            continue
        side = _side(reason, enquiry, policy)
        found[side].append(ReasonLine(reason.text, number))
        if side == SHARES:
            full.add(reason.rule in NEEDS)
    titles = {SHARES: SHARES if full == {True} else AS_WISHED if full == {False} else SHARES_AND_WISHED}
    return tuple(ReasonGroup(titles.get(side, side), tuple(lines)) for side, lines in found.items() if lines)


def hundredths(points: Sequence[float]) -> tuple[int, ...]:
    """Points rounded so that they still add up to their rounded sum: the largest rests are rounded up."""
    exact = [each * 100 for each in points]
    floors = [math.floor(each) for each in exact]
    missing = round(sum(exact)) - sum(floors)
    order = sorted(range(len(exact)), key=lambda n: (floors[n] - exact[n], n))
    up = set(order[:missing])
    return tuple(floor + (number in up) for number, floor in enumerate(floors))


def figure(points: int, *, signed: bool = True) -> str:
    """``+60``, ``−3``, ``0``."""
    sign = "−" if points < 0 else "+" if points > 0 and signed else ""
    return f"{sign}{abs(points)}"


def met(reason: Reason, enquiry: Enquiry, policy: Policy) -> bool:
    """Whether a need or a wish is met in full: it gives all that it can."""
    weights = {"essential": policy.essential, "helpful": policy.helpful}
    weight = weights.get(reason.rule, policy.preference)
    return weight > 0 and reason.points * _total(enquiry, policy) >= weight * _FULL


def _side(reason: Reason, enquiry: Enquiry, policy: Policy) -> str:
    if reason.rule in (LOAD, UNKNOWN) or reason.points <= 0:
        return AGAINST
    return SHARES if met(reason, enquiry, policy) else NEAR


def _total(enquiry: Enquiry, policy: Policy) -> float:
    """The sum of all weights (matching, rules): a stated wish always counts in it."""
    wishes = enquiry.preferences
    stated = (
        wishes.specialty is not SpecialtyWish.ANY,
        wishes.grade is not GradeWish.ANY,
        wishes.place is not PlaceWish.ANY,
        wishes.language is not None,
        wishes.contact is not None,
    )
    essential = sum(need.importance is Importance.ESSENTIAL for need in enquiry.needs)
    helpful = len(enquiry.needs) - essential
    return policy.essential * essential + policy.helpful * helpful + policy.preference * sum(stated)
