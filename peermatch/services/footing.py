"""What an introduction rests on, whether that is withdrawn, and whether the two must never meet at all."""

from dataclasses import replace
from datetime import date

from peermatch.model.consent import Purpose, Standing
from peermatch.model.enquiry import Enquiry
from peermatch.model.people import Supporter
from peermatch.model.text import fold_address
from peermatch.services.snapshot import Snapshot
from peermatch.store import settings
from peermatch.store.transaction import Transaction


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


def withdrawn(picture: Snapshot, person: Supporter, on: date) -> frozenset[str | None]:
    """All that somebody has withdrawn by a day, whenever that was."""
    return lost_between(picture, replace(person, consents=()), person, on)


def rests_on(picture: Snapshot, enquiry: Enquiry, lost: frozenset[str | None]) -> bool:
    """Whether an introduction for an enquiry rests on what is lost; without an essential need, on all asked for."""
    meets = picture.reference.vocabulary.meets
    needs = enquiry.essential or enquiry.wanted
    # The same id counts even where no vocabulary knows it any more: a withdrawal is always taken as meant.
    topics = [each for each in lost if each is not None]
    return None in lost or any(each == need or meets(each, need) for each in topics for need in needs)


def kept_apart(tx: Transaction, enquiry: Enquiry, supporter: str) -> bool:
    """Whether the two must never meet, also where that was said after the supporter was asked."""
    theirs = enquiry.requester.addresses
    pairs = (each for each in settings.barred(tx) if each.supporter == supporter)
    return any(fold_address(each.enquirer) in theirs for each in pairs)
