"""The answer of matching: who could help and why, who not and why not, and the policy that was used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from peermatch.model.policy import Policy


class Code(StrEnum):
    """Why a supporter is not suggested, in the order in which the gates stand."""

    NOT_ACTIVE = "not_active"
    PAUSED = "paused"
    UNAVAILABLE = "unavailable"
    OTHER_PROGRAMME = "other_programme"
    SAME_PERSON = "same_person"
    EXCLUDED_BY_ENQUIRER = "excluded_by_enquirer"
    POWER_RELATION = "power_relation"
    OWN_BOUNDARY = "own_boundary"
    ALREADY_ASKED = "already_asked"
    NO_ROOM = "no_room"
    ESSENTIAL_NOT_SHARED = "essential_not_shared"
    CONSENT_ENDED = "consent_ended"
    CONSENT_MISSING = "consent_missing"
    NOTHING_IN_COMMON = "nothing_in_common"


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of why: the rule, the points that it gives or takes, and a sentence."""

    rule: str
    points: float
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A supporter who may be asked; the points of the reasons add up to the score."""

    supporter: str
    score: float
    rare: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A supporter who is not suggested: the first code that refused, all that did, and a sentence."""

    supporter: str
    code: Code
    codes: tuple[Code, ...]
    text: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What one change would bring a refused supporter in, and at which place (1 is first)."""

    supporter: str
    change: str
    place: int


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The whole answer for one enquiry on one day: everybody is in it exactly once.

    Both lists make their items when they are read, so a few of many cost little; ``counts`` says how many each code
    is the first to refuse, most first, without reading them.
    """

    enquiry: str
    on: date
    policy: Policy
    ambiguous: bool
    suggested: Sequence[Suggestion]
    refused: Sequence[Refusal]
    counts: tuple[tuple[Code, int], ...]
