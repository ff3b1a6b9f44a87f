"""What another list of characteristics or organisations would change in today's shortlists; nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from peermatch.matching.engine import match, refusal_codes
from peermatch.matching.register import Register
from peermatch.model.enquiry import Enquiry
from peermatch.model.reference import Reference
from peermatch.model.verdict import Code
from peermatch.services.snapshot import Snapshot
from peermatch.words import tr

SEEN = 20
"""How far down a shortlist is compared: nobody looks further."""
_WHY: dict[Code, str] = {
    Code.EXCLUDED_BY_ENQUIRER: tr("the trainee asked to keep away from where they work"),
    Code.OWN_BOUNDARY: tr("they asked not to be asked about it"),
    Code.ESSENTIAL_NOT_SHARED: tr("they do not share what is needed any more"),
    Code.NOTHING_IN_COMMON: tr("they would have nothing in common any more"),
}


@dataclass(frozen=True, slots=True)
class Moved:
    """One person who would come onto a list or go from it; ``why`` says it for who goes."""

    supporter: str
    name: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What would change for one open enquiry."""

    enquiry: str
    comes: tuple[Moved, ...]
    goes: tuple[Moved, ...]
    other_first: bool


def effects(picture: Snapshot, reference: Reference, on: date) -> tuple[Effect, ...]:
    """The enquiries whose list would be another; an enquiry with a risk that nobody saw to has no list."""
    then = Register.build(
        reference,
        picture.supporters.values(),
        picture.introductions,
        picture.barred,
        picture.wordings,
    )
    asked = (each for each in picture.cases.open if not each.held)
    found = (_effect(picture, then, each, on) for each in asked)
    return tuple(each for each in found if each is not None)


def _effect(picture: Snapshot, then: Register, enquiry: Enquiry, on: date) -> Effect | None:
    now_ids = _first(picture.register, enquiry, picture, on)
    then_ids = _first(then, enquiry, picture, on)
    if now_ids == then_ids:
        return None
    gone = [(id, refusal_codes(then, enquiry, id, on)) for id in now_ids if id not in then_ids]
    new = [id for id in then_ids if id not in now_ids]
    return Effect(
        enquiry=enquiry.reference,
        comes=tuple(
            Moved(id, _name(picture, id)) for id in new if refusal_codes(picture.register, enquiry, id, on)
        ),
        goes=tuple(Moved(id, _name(picture, id), _WHY.get(codes[0], "")) for id, codes in gone if codes),
        other_first=now_ids[:1] != then_ids[:1],
    )


def _first(register: Register, enquiry: Enquiry, picture: Snapshot, on: date) -> Sequence[str]:
    suggested = match(register, enquiry, on, picture.policy).suggested[:SEEN]
    return [each.supporter for each in suggested]


def _name(picture: Snapshot, id: str) -> str:
    return picture.supporters[id].shown_name
