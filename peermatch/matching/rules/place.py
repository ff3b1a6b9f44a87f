"""The wish for somebody near, or for somebody far away."""

from collections.abc import Sequence

from peermatch.matching.question import Part, Question
from peermatch.model.enquiry import PlaceWish
from peermatch.model.organisations import Position, distance_km
from peermatch.model.policy import Policy


def parts(question: Question) -> Sequence[Part]:
    """Near is full up to one distance and nothing from another; far is the rest; not known gives nothing."""
    wish = question.enquiry.preferences.place
    if wish is PlaceWish.ANY:
        return ()
    enquiry, policy = question.enquiry, question.policy
    here = question.register.reference.organisations.position(enquiry.organisation, enquiry.place)

    def worth(there: Position) -> float:
        if here is None:
            return 0.0
        near = _nearness(distance_km(here, there), policy)
        return near if wish is PlaceWish.NEAR else 1.0 - near

    def text(row: int) -> str:
        there = question.person(row).position
        if here is None or there is None:
            return "place not known"
        return f"about {distance_km(here, there):.0f} km away"

    return (Part("place", text, policy.preference, question.columns.position.values(worth)),)


def _nearness(kilometres: float, policy: Policy) -> float:
    return min(1.0, max(0.0, (policy.far_km - kilometres) / (policy.far_km - policy.near_km)))
