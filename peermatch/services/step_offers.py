"""Which letters belong to where an enquiry, an introduction or a supporter stands: the rule alone, without words."""

from collections.abc import Collection
from datetime import date

from peermatch.model.enquiry import Enquiry, EnquiryStatus
from peermatch.model.introduction import Introduction, State
from peermatch.services.clocks import working_days
from peermatch.services.today_jobs import TRAINEE_SILENT

_AT_REST = {
    State.DECLINED: "thanks-for-no",
    State.LAPSED: "lapsed",
    State.REFUSED: "not-needed",
    State.STOPPED: "ended",
    State.ENDED: "thank-you",
}
_MET = frozenset({State.INTRODUCED, State.ENDED})
SUPPORTERS = ("consent-ended",)
"""What follows from a supporter's own consent; the letters of the way in and out come with their steps."""


def for_introduction(
    introduction: Introduction, enquiry: Enquiry, beside: Collection[Introduction], on: date
) -> tuple[str, ...]:
    """One that is over is told to the supporter; ``beside`` are all introductions of its enquiry."""
    if introduction.state is State.ACCEPTED:
        since = introduction.answered or introduction.asked
        return ("offer-reminder",) if working_days(since, on) >= TRAINEE_SILENT else ()
    told = tuple(letter for state, letter in _AT_REST.items() if state is introduction.state)
    hoped = introduction.answered is not None and introduction.introduced is None
    if introduction.state is State.STOPPED and hoped and enquiry.open and not _in_hand(beside):
        return (*told, "not-after-all")  # they were told that somebody was found, and wait
    return told


def for_enquiry(enquiry: Enquiry, introductions: Collection[Introduction]) -> tuple[str, ...]:
    """What the trainee may be told: that we go on looking, found nobody, wait, stop, or have stopped."""
    if enquiry.status is EnquiryStatus.WITHDRAWN:
        return ("withdrawn",)
    if enquiry.status is EnquiryStatus.ON_HOLD:
        return ("on-hold",)
    if hand := _in_hand(introductions):
        return ("still-looking",) if enquiry.open and hand == {State.ASKED} else ()
    met = any(each.state in _MET for each in introductions)
    nobody = ("no-match",) if enquiry.needs and not met else ()
    beyond = () if introductions else ("out-of-scope",)
    return (*nobody, *beyond, "closing")


def _in_hand(introductions: Collection[Introduction]) -> set[State]:
    return {each.state for each in introductions if each.in_hand}
