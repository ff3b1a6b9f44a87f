"""The tour: one invented letter through the whole job, known again after each step, and in the sample network alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from peermatch.errors import Refused
from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.introduction import State, Step
from peermatch.services import tour
from peermatch.services.office import Services
from peermatch.services.sample import DAY, HERO
from peermatch.services.tour import TourLetter
from tests.ui.real_networks import opened
from tests.ui.sample_office import sample

REFERENCE = "E-0142"


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """One sample network; its tests stand in the order of the tour."""
    made = sample(tmp_path_factory.mktemp("tour"))
    yield made
    made.lock()


@pytest.fixture
def letter(services: Services) -> TourLetter:
    found = tour.tour_letter(services)
    assert found is not None
    return found


def test_it_begins_with_a_letter_that_has_not_come_yet(services: Services, letter: TourLetter) -> None:
    assert letter == TourLetter(HERO)
    with pytest.raises(Refused, match="Nobody is asked"):
        tour.let_both_agree(services, TourLetter(HERO, REFERENCE), DAY)
    came, done = tour.bring_in(services, letter, DAY)
    assert came.reference == REFERENCE
    assert done.touched.enquiries == {REFERENCE}
    assert done.undo is not None


def test_it_is_known_again_and_goes_on(services: Services, letter: TourLetter) -> None:
    assert letter == TourLetter(HERO, REFERENCE)
    tour.confirm_needs(services, letter)
    picture = services.desk.snapshot
    assert all(
        picture.reference.vocabulary.knows(need.characteristic) for need in picture.enquiries[REFERENCE].needs
    )
    assert tour.in_hand(picture, REFERENCE) is None
    tour.ask_first(services, letter, DAY)
    asked = tour.in_hand(services.desk.snapshot, REFERENCE)
    assert asked is not None
    assert asked.state is State.ASKED


def test_both_say_yes_from_wherever_it_stands(services: Services, letter: TourLetter) -> None:
    done = tour.let_both_agree(services, letter, DAY)
    asked = tour.in_hand(services.desk.snapshot, REFERENCE)
    assert asked is not None
    assert asked.state is State.AGREED
    assert done.touched.enquiries == {REFERENCE}
    services.upkeep.undo(done)
    tour.let_both_agree(services, letter, DAY)
    again = tour.in_hand(services.desk.snapshot, REFERENCE)
    assert again is not None
    assert again.state is State.AGREED
    assert not tour.is_through(services.desk.snapshot, REFERENCE)


def test_when_one_letter_is_through_another_is_taken_and_then_none(
    services: Services, letter: TourLetter
) -> None:
    asked = tour.in_hand(services.desk.snapshot, REFERENCE)
    assert asked is not None
    services.introductions.take(Step.STOP, REFERENCE, asked.supporter, DAY)
    services.enquiries.set_status(REFERENCE, EnquiryStatus.CLOSED, DAY)
    second = tour.tour_letter(services)
    assert second is not None
    assert second.name != letter.name
    came, _ = tour.bring_in(services, second, DAY)
    tour.confirm_needs(services, came)
    tour.ask_first(services, came, DAY)
    services.enquiries.set_status(came.reference, EnquiryStatus.WITHDRAWN, DAY)
    assert tour.tour_letter(services) is None


def test_a_real_network_is_never_touched(tmp_path: Path) -> None:
    real = opened(tmp_path)
    letter = TourLetter(HERO, "E-0142")
    try:
        for attempt in (
            lambda: tour.tour_letter(real),
            lambda: tour.bring_in(real, letter, DAY),
            lambda: tour.confirm_needs(real, letter),
            lambda: tour.ask_first(real, letter, DAY),
            lambda: tour.let_both_agree(real, letter, DAY),
        ):
            with pytest.raises(Refused, match="sample network alone"):
                attempt()
    finally:
        real.lock()
