"""In which part of the queue an enquiry stands: whose turn it is."""

from collections.abc import Sequence

from peermatch.model.enquiry import Enquiry
from peermatch.model.introduction import Introduction, State
from peermatch.words import tr

SAFETY, TO_READ, TO_ASK, ASKED, MET, RESTING = "safety", "to-read", "to-ask", "asked", "met", "resting"
LABELS = {
    SAFETY: tr("check safety"),
    TO_READ: tr("to read"),
    TO_ASK: tr("nobody asked"),
    ASKED: tr("under way"),
    MET: "introduced",
    RESTING: tr("on hold or closed"),
}


def turn(enquiry: Enquiry, introductions: Sequence[Introduction]) -> str:
    """The one part that it belongs to."""
    if not enquiry.open:
        return RESTING
    if enquiry.held:
        return SAFETY
    if any(each.state is State.INTRODUCED for each in introductions):
        return MET
    if any(each.in_hand for each in introductions):
        return ASKED
    return TO_ASK if enquiry.needs else TO_READ
