"""The tour of the sample network: one invented letter taken through the whole job; no real network is ever touched."""

from dataclasses import dataclass
from datetime import date
from functools import reduce

from peermatch.errors import Refused
from peermatch.model.changes import Done, Touched
from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.introduction import Introduction, State, Step
from peermatch.services.office import Services
from peermatch.services.sample import HERO, SampleLetter, is_sample, sample_letters
from peermatch.services.snapshot import Snapshot

_SECOND = "11-a-break-at-sunset.eml"
_NEEDS = {
    HERO: (("neuro.adhd",), ("training.progress.exam-failure", "training.ltft")),
    _SECOND: (("faith.observance",), ("faith.muslim",)),
}
"""The letters of the tour, and what a person would confirm as needed: essential, helpful."""
_OVER = frozenset({EnquiryStatus.CLOSED, EnquiryStatus.WITHDRAWN})
_HANDED_OVER = frozenset({State.INTRODUCED, State.ENDED})


@dataclass(frozen=True, slots=True)
class TourLetter:
    """The letter that a tour goes with; ``reference`` is empty until it has come in."""

    name: str
    reference: str = ""


def tour_letter(services: Services) -> TourLetter | None:
    """The first letter of the tour that has not been through the whole job; None when all have."""
    _refuse_real_networks(services)
    picture = services.desk.snapshot
    for name in _NEEDS:
        reference = services.enquiries.draft(_letter(name).raw).known_as or ""
        if not is_through(picture, reference):
            return TourLetter(name, reference)
    return None


def is_through(picture: Snapshot, reference: str) -> bool:
    """Whether nothing is left to do for a letter of the tour."""
    enquiry = picture.enquiries.get(reference)
    if enquiry is None:
        return False
    return enquiry.status in _OVER or any(
        each.state in _HANDED_OVER for each in picture.introductions_of(reference)
    )


def in_hand(picture: Snapshot, reference: str) -> Introduction | None:
    """Who was asked for it and has not said no."""
    return next((each for each in picture.introductions_of(reference) if each.in_hand), None)


def bring_in(services: Services, letter: TourLetter, on: date) -> tuple[TourLetter, Done]:
    """The letter comes in, as if somebody had dropped it on the window."""
    _refuse_real_networks(services)
    received = services.enquiries.receive(services.enquiries.draft(_letter(letter.name).raw), on)
    return TourLetter(letter.name, received.reference), received.done


def confirm_needs(services: Services, letter: TourLetter) -> Done:
    """What the letter asks for, as a person would confirm it."""
    _refuse_real_networks(services)
    return services.enquiries.set_needs(letter.reference, *_NEEDS[letter.name])


def ask_first(services: Services, letter: TourLetter, on: date) -> Done:
    """Ask whoever stands first on the shortlist."""
    _refuse_real_networks(services)
    first = next(iter(services.shortlists.of(letter.reference, on).suggested), None)
    if first is None:
        raise Refused(
            "Nobody in the sample can be asked for this letter today.",
            "Make an essential topic helpful, or leave the tour and look around.",
        )
    return services.introductions.ask(letter.reference, first.supporter, on)


def let_both_agree(services: Services, letter: TourLetter, on: date) -> Done:
    """The supporter says yes, then the trainee: as far as each has not yet."""
    _refuse_real_networks(services)
    asked = in_hand(services.desk.snapshot, letter.reference)
    if asked is None:
        raise Refused("Nobody is asked for this letter at the moment.", "Ask somebody first.")
    left = [step for step in (Step.ACCEPT, Step.ENQUIRER_AGREES) if _still_to_come(asked.state, step)]
    done = [services.introductions.take(step, asked.enquiry, asked.supporter, on) for step in left]
    return reduce(_joined, done, Done(Touched(), "Both have said yes."))


def _still_to_come(state: State, step: Step) -> bool:
    return state is State.ASKED or (state is State.ACCEPTED and step is Step.ENQUIRER_AGREES)


def _joined(one: Done, two: Done) -> Done:
    return Done(one.touched.joined(two.touched), two.notice, two.undo)


def _letter(name: str) -> SampleLetter:
    return next(letter for letter in sample_letters() if letter.name == name)


def _refuse_real_networks(services: Services) -> None:
    if not is_sample(services.folder) or services.viewed is not None:
        raise Refused("The tour is for the sample network alone.", "Open it on the first page.")
