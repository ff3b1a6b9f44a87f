"""The five steps of the tour, and which of them comes next: read from the sample network itself, so none is lost."""

from dataclasses import dataclass
from enum import IntEnum

from peermatch.model.introduction import State
from peermatch.services.snapshot import Snapshot
from peermatch.services.tour import TourLetter, in_hand, is_through
from peermatch.words import tr

Target = tuple[str, str, str]
"""A screen, and the record and the supporter that it opens at."""


class Stage(IntEnum):
    """Where the tour is; `THROUGH` comes after the last step."""

    LETTER = 1
    NEEDS = 2
    LIST = 3
    ASK = 4
    CARD = 5
    THROUGH = 6


STEPS = 5


@dataclass(frozen=True, slots=True)
class TourStep:
    """What to do now; ``press`` is the button that does it for whoever would rather watch."""

    stage: Stage
    title: str
    words: str
    press: str
    place: Target

    @property
    def number(self) -> str:
        """How far the tour has come."""
        return (
            tr("Step {stage} of {steps}").format(stage=self.stage, steps=STEPS)
            if self.stage <= STEPS
            else tr("The tour")
        )

    def sentence(self) -> str:
        """All of it, as a screen reader hears it."""
        return f"{self.number}: {self.title} {self.words}"


def step_of(letter: TourLetter | None, picture: Snapshot, *, list_seen: bool) -> TourStep:
    """The first step that is not done yet."""
    if letter is None or is_through(picture, letter.reference):
        return _through(letter)
    if letter.reference not in picture.enquiries:
        return _letter()
    reference = letter.reference
    if in_hand(picture, reference) is not None:
        return _card(reference, picture)
    if not picture.enquiries[reference].needs:
        return _needs(reference)
    return _ask(reference) if list_seen else _list(reference)


def _letter() -> TourStep:
    return TourStep(
        Stage.LETTER,
        tr("A letter comes in."),
        tr(
            "Drop an e-mail anywhere on the window, or paste one here with Ctrl+V. "
            "For the tour there is an invented letter."
        ),
        tr("Put the letter in"),
        ("enquiries", "", ""),
    )


def _needs(reference: str) -> TourStep:
    return TourStep(
        Stage.NEEDS,
        tr("Say what is needed."),
        tr(
            "The words that tell are marked in the letter. Under it, press the suggested topics that are right."
        ),
        tr("Confirm them for me"),
        ("enquiries", reference, ""),
    )


def _list(reference: str) -> TourStep:
    return TourStep(
        Stage.LIST,
        tr("See who could help."),
        tr(
            "On the right stands everybody who could, the best first. Why? shows each reason, "
            "and below the list you see why others are not on it."
        ),
        tr("I have seen it"),
        ("enquiries", reference, ""),
    )


def _ask(reference: str) -> TourStep:
    return TourStep(
        Stage.ASK,
        tr("Ask one person."),
        tr(
            "Press Ask beside a name. You read the letter first: it does not say who wrote. "
            "In the sample nothing is sent."
        ),
        tr("Ask the first for me"),
        ("enquiries", reference, ""),
    )


def _card(reference: str, picture: Snapshot) -> TourStep:
    asked = in_hand(picture, reference)
    supporter = asked.supporter if asked is not None else ""
    place = ("introductions", reference, supporter)
    if asked is not None and asked.state is State.AGREED:
        return TourStep(
            Stage.CARD,
            tr("Hand over the card."),
            tr(
                "Look at exactly what leaves, and at what stays. Then open it in your e-mail program, or save it "
                "in a folder. Nobody in the sample is real, so it can go nowhere."
            ),
            "",
            place,
        )
    return TourStep(
        Stage.CARD,
        tr("Both say yes, then the card."),
        tr("Note the supporter's yes here, then offer them to the trainee, and note that yes as well."),
        tr("Let both say yes"),
        place,
    )


def _through(letter: TourLetter | None) -> TourStep:
    more = "" if letter is None else tr("Once more, with another letter")
    return TourStep(
        Stage.THROUGH,
        tr("That is the whole job."),
        tr("Everything can be taken back with Ctrl+Z until a card has left. F1 helps on every screen."),
        more,
        ("today", "", ""),
    )
