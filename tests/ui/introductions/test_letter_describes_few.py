"""The warning above a letter to the trainee that describes so few people that they may guess who it is."""

from peermatch.model.introduction import Step
from tests.ui.introduction_office import ACCEPTED, ASKED, DAY, at
from tests.ui.readable import problems
from tests.ui.sample_office import Bench


def test_the_letter_to_the_trainee_warns_where_it_fits_few(desk: Bench) -> None:
    desk.services.introductions.take(Step.ACCEPT, *ASKED, DAY)
    screen = at(desk, ASKED)
    few = screen.pane.sheet.few
    screen.refresh(desk.services.enquiries.set_needs(ASKED[0], ("neuro.dyslexia",), ()).touched)
    desk.rest()
    assert few.isVisible()
    assert few.sentence().startswith("This description would fit only 1 person.")
    assert problems(desk.page) == []
    screen.refresh(desk.services.enquiries.set_needs(ASKED[0], ("neuro.adhd",), ()).touched)
    desk.rest()
    assert not few.isVisible()


def test_the_letter_to_the_supporter_and_one_that_names_nothing_do_not_warn(desk: Bench) -> None:
    screen = at(desk, ASKED)
    screen.refresh(desk.services.enquiries.set_needs(ASKED[0], ("neuro.dyslexia",), ()).touched)
    desk.rest()
    assert not screen.pane.sheet.few.isVisible()
    # There was a risk cue here, so the letter names no topics.
    screen.refresh(desk.services.enquiries.set_needs(ACCEPTED[0], ("neuro.dyslexia",), ()).touched)
    at(desk, ACCEPTED)
    assert screen.pane.sheet.isVisible()
    assert not screen.pane.sheet.few.isVisible()
