"""What an introduction rests on, and whether that is withdrawn: the record itself, or what meets an essential need."""

from datetime import date

from peermatch.model.consent import Purpose, Standing
from peermatch.model.enquiry import Enquiry
from peermatch.model.people import Supporter
from peermatch.services.snapshot import Snapshot


def lost_between(picture: Snapshot, before: Supporter, after: Supporter, on: date) -> frozenset[str | None]:
    """What is withdrawn now and was not before: listed characteristics to match, None for the record itself."""
    then, now = (picture.gate(each, on) for each in (before, after))
    asked: list[tuple[Purpose, str | None]] = [(Purpose.HOLD, None)]
    asked += [(Purpose.MATCH, characteristic) for characteristic in after.characteristics]
    return frozenset(
        characteristic
        for purpose, characteristic in asked
        if now.ruling(purpose, characteristic).standing is Standing.WITHDRAWN
        and then.ruling(purpose, characteristic).standing is not Standing.WITHDRAWN
    )


def rests_on(picture: Snapshot, enquiry: Enquiry, lost: frozenset[str | None]) -> bool:
    """Whether an introduction for an enquiry rests on what is lost; without an essential need, on all asked for."""
    meets = picture.reference.vocabulary.meets
    needs = enquiry.essential or enquiry.wanted
    # The same id counts even where no vocabulary knows it any more: a withdrawal is always taken as meant.
    topics = [each for each in lost if each is not None]
    return None in lost or any(each == need or meets(each, need) for each in topics for need in needs)
