"""The wish for somebody near, or for somebody far away."""

from collections.abc import Sequence

import numpy as np

from peermatch.matching.columns import Column, Floats, Rows
from peermatch.matching.question import Part, Question
from peermatch.model.enquiry import PlaceWish
from peermatch.model.organisations import Position, distance_km
from peermatch.model.policy import Policy


def parts(question: Question, rows: Rows) -> Sequence[Part]:
    """Near is full up to one distance and nothing from another; far is the rest; not known gives nothing."""
    wish = question.enquiry.preferences.place
    if wish is PlaceWish.ANY:
        return ()
    enquiry, policy, column = question.enquiry, question.policy, question.facts.people.where
    here = question.reference.organisations.position(enquiry.organisation, enquiry.place)
    at, known = question.segment.kept("positions", lambda: _positions(question))
    away = question.segment.kept(("away", here), lambda: _away(here, known))
    near = _nearness(away, policy)
    worth = np.where(np.isnan(away), 0.0, near if wish is PlaceWish.NEAR else 1.0 - near)

    def text(row: int) -> str:
        if here is None:
            return "Enquirer's place not known"
        there = at[column[row]]
        if np.isnan(away[there]):
            return "Place not known"
        other = "farther" if wish is PlaceWish.NEAR else "nearer"
        met = "" if worth[there] == 1.0 else f": {other} than wished"
        return f"About {away[there]:.0f} km away{met}"

    return (Part("place", text, policy.preference, worth[at[column[rows]]]),)


def _positions(question: Question) -> tuple[Column, list[Position]]:
    """The different places where people are, and by code of a place which one it means; 0 is not known."""
    words, position = question.register.words, question.reference.organisations.position
    at = np.zeros(len(words) + 1, dtype=np.uint32)
    numbers: dict[Position, int] = {}
    for code in question.segment.distinct("where").tolist():
        there = position(*words.unbundle(code))
        if there is not None:
            at[code] = numbers.setdefault(there, len(numbers) + 1)
    return at, list(numbers)


def _away(here: Position | None, known: list[Position]) -> Floats:
    """How far each of the places is from here; not a number where one of the two is not known."""
    if here is None:
        return np.full(len(known) + 1, np.nan)
    return np.array([np.nan, *(distance_km(here, there) for there in known)])


def _nearness(kilometres: Floats, policy: Policy) -> Floats:
    share = (policy.far_km - kilometres) / (policy.far_km - policy.near_km)
    return np.minimum(1.0, np.maximum(0.0, share))
