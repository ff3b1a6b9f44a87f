"""How an asking was decided, opened in the history, and compared with today."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from peermatch.model.consent import Purpose
from peermatch.model.enquiry import Risk, RiskKind
from peermatch.store import enquiries
from peermatch.ui.screens.decision_view import DecisionView
from peermatch.ui.screens.enquiries import EnquiriesScreen
from peermatch.ui.theme import Theme
from tests.ui.enquiry_office import ADHD, confirm
from tests.ui.readable import problems
from tests.ui.sample_office import HERO, Bench

AMINA = "S-0001"


def decided(desk: Bench) -> tuple[EnquiriesScreen, DecisionView]:
    """The history with the asking of the second on the list, and how it was decided."""
    screen = confirm(desk)
    services, day = desk.services, desk.services.desk.today
    second = screen.people.cards()[1].face.supporter
    done = services.introductions.ask(HERO, second, day, "they asked for a consultant")
    screen.refresh(done.touched)
    screen.pane.segments.set_current("history")
    screen.pane.segments.chosen.emit("history")
    desk.rest()
    view = screen.pane.history.decision(second)
    assert view is not None
    return screen, view


def test_an_asking_says_how_it_was_decided(desk: Bench, theme: Theme) -> None:
    screen, view = decided(desk)
    assert not view.compare.isVisible()
    QTest.keyClick(view.turn, Qt.Key.Key_Space)
    desk.rest()
    assert view.compare.isVisible()
    stood, reason, others, policy = view.words()
    assert stood == "Priya N. stood 2nd of 7, with 80 points."
    assert reason == "The reason given: they asked for a consultant"
    assert others == "7 people were suggested, 53 were not."
    assert policy == "Weighed by the policy standard 1."
    theme.cover.set_on(True)
    covered = screen.pane.history.decision(view.decision.supporter)
    assert covered is view
    assert "Priya" not in " ".join(view.words()) + view.turn.accessibleName()
    theme.cover.set_on(False)
    QTest.keyClick(view.turn, Qt.Key.Key_Return)
    assert view.turn.text() == "How this was decided"


def test_today_stands_beside_it_on_request(desk: Bench) -> None:
    screen, view = decided(desk)
    view.toggle()
    QTest.keyClick(view.compare, Qt.Key.Key_Return)
    desk.rest()
    assert "The same day gives the same list: yes." in view.words()
    amina = desk.services.desk.snapshot.supporter(AMINA)
    away = replace(amina, paused_until=date(2027, 3, 3))
    screen.refresh(desk.services.supporters.change(away).touched)
    desk.rest()
    assert len(view.words()) == 4, "an earlier comparison goes when the picture changes"
    view.compare.click()
    desk.rest()
    words = view.words()
    assert "The same day gives the same list: no, because records have changed since." in words
    assert any(w.startswith("Amina R. was 1st") and w.endswith("today: paused now.") for w in words)
    assert problems(desk.page) == []


def test_who_withdrew_since_is_counted_and_not_compared(desk: Bench) -> None:
    screen, view = decided(desk)
    day = desk.services.desk.today
    screen.refresh(desk.services.consent.withdraw(AMINA, Purpose.MATCH, ADHD, day).done.touched)
    desk.rest()
    view.toggle()
    view.compare.click()
    desk.rest()
    words = " ".join(view.words())
    assert "not compared" in words
    assert "Amina" not in words
    assert "withdr" not in words


def test_what_cannot_be_compared_is_told_and_may_be_tried_again(desk: Bench) -> None:
    screen, view = decided(desk)
    view.toggle()
    with desk.services.desk.command("risk", HERO) as tx:
        held = replace(enquiries.get(tx, HERO), risk=(Risk(RiskKind.CHILD),))
        enquiries.change(tx, held)
    desk.services.desk.renew(desk.services.enquiries.set_needs(HERO, (ADHD,), ()).touched)
    view.compare.click()
    desk.rest()
    assert screen.banner.isVisible()
    assert view.compare.isEnabled()


def test_an_asking_that_was_taken_back_has_no_decision(desk: Bench) -> None:
    screen = confirm(desk)
    done = desk.services.introductions.ask(HERO, AMINA, desk.services.desk.today)
    screen.refresh(desk.services.upkeep.undo(done).touched)
    screen.pane.segments.set_current("history")
    screen.pane.segments.chosen.emit("history")
    desk.rest()
    assert screen.pane.history.decision(AMINA) is None
    assert any("taken back later" in words for words, _ in screen.pane.history.lines())


@pytest.mark.parametrize(("width", "height", "scale"), [(960, 644, 100), (928, 600, 150)])
def test_no_word_is_cut_in_an_open_decision(
    desk: Bench, theme: Theme, width: int, height: int, scale: int
) -> None:
    screen, view = decided(desk)
    theme.set_scale(scale)
    desk.page.resize(width, height)
    view.toggle()
    view.compare.click()
    desk.rest()
    assert screen.minimumSizeHint().width() <= width
    assert problems(desk.page) == []


def test_that_a_trainee_was_told_not_to_use_a_card_is_said_in_words(desk: Bench, theme: Theme) -> None:
    screen = confirm(desk)
    services, day = desk.services, desk.services.desk.today
    letter = next(iter(services.consent.letters_to_come(AMINA, day))).letter
    services.consent.withdraw_everything(AMINA, day)
    for number in services.stop_letters.waiting(AMINA):
        services.stop_letters.sent(number, day)
    screen.open_at(letter.enquiry)
    screen.pane.segments.set_current("history")
    screen.pane.segments.chosen.emit("history")
    desk.rest()
    name = services.desk.snapshot.supporter(AMINA).shown_name
    told = "The trainee was told not to use {}'s details any more"
    assert told.format(name) in [words for words, _ in screen.pane.history.lines()]
    theme.cover.set_on(True)
    assert told.format("the supporter") in [words for words, _ in screen.pane.history.lines()]
    theme.cover.set_on(False)
