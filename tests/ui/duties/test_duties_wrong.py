"""If something went wrong: noted with its moment, 72 hours in sight, and a checklist that ends in closing it."""

from datetime import time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from peermatch.model.incidents import KeptIncident, at_the_moment
from peermatch.ui.screens.duties_breach import BreachPanel, IncidentCard
from peermatch.ui.screens.duties_breach_words import Act, clock_words, exposed_words, share_left
from peermatch.ui.screens.duties_moment import typed_time
from peermatch.ui.screens.duties_page import HALF_TYPED
from peermatch.ui.screens.duties_words import WRONG
from peermatch.ui.theme import Theme
from tests.networks import clock
from tests.ui.duties.duty_office import (
    AMINA,
    OPEN_CASE,
    enquirer,
    press,
    screen_of,
    supporter,
    turn_to,
    words_on,
)
from tests.ui.real_networks import focused
from tests.ui.sample_office import Bench


@pytest.fixture
def panel(desk: Bench) -> BreachPanel:
    return turn_to(desk, WRONG).wrong


def card(panel: BreachPanel, id: str = "I-0001") -> IncidentCard:
    found = {**panel.lines.parts(), **panel.closed_lines.parts()}[id]
    assert isinstance(found, IncidentCard)
    return found


def noted(desk: Bench, panel: BreachPanel, hours: int = 30) -> IncidentCard:
    """An incident that was noticed so many hours ago."""
    exposed = (enquirer(OPEN_CASE), supporter(AMINA))
    desk.services.incidents.open(clock() - timedelta(hours=hours), "A letter went to another person", exposed)
    panel.look()
    desk.rest()
    return card(panel)


def test_the_first_question_is_when_it_was_noticed(desk: Bench, panel: BreachPanel) -> None:
    assert focused() is panel.new
    press(desk, panel.new)
    form = panel.form
    assert next(iter(form.fields)) == "noticed"
    assert focused() is form.noticed.day
    assert form.noticed.moment() == clock()
    press(desk, form.confirm)
    assert form.fields["what"].error() == "Say in a few words what happened."
    form.noticed.day.set_day(None)
    press(desk, form.confirm)
    assert form.fields["noticed"].error() == "Say on which day."
    form.noticed.set_moment(clock() + timedelta(minutes=5))
    press(desk, form.confirm)
    assert form.fields["noticed"].error() == "That moment has not come yet."


def test_it_is_noted_with_whose_data_it_is(desk: Bench, panel: BreachPanel) -> None:
    press(desk, panel.new)
    form = panel.form
    form.noticed.set_moment(clock() - timedelta(hours=2))
    QTest.keyClicks(form.what, "A letter went to another person")
    QTest.keyClicks(form.whose.finder.line, "amina")
    QTest.keyClick(form.whose.finder.line, Qt.Key.Key_Return)
    QTest.keyClicks(form.whose.finder.line, OPEN_CASE)
    QTest.keyClick(form.whose.finder.line, Qt.Key.Key_Return)
    assert form.whose.keys() == (AMINA, OPEN_CASE)
    press(desk, form.confirm)
    (only,) = panel.incidents
    assert only.noticed == clock() - timedelta(hours=2)
    assert only.exposed == (supporter(AMINA), enquirer(OPEN_CASE))
    assert desk.notices[0].startswith("I-0001 is noted.")
    assert "70 hours of 72 left" in card(panel).clock.text()
    assert not form.isVisible()
    assert screen_of(desk).top_items().chips[-1].text == "1 incident open"


def test_no_name_is_offered_while_names_are_covered(desk: Bench, panel: BreachPanel, theme: Theme) -> None:
    theme.cover.set_on(True)
    press(desk, panel.new)
    QTest.keyClicks(panel.form.whose.finder.line, "amina")
    assert panel.form.whose.finder.offered() == ()
    theme.cover.set_on(False)


def test_the_checklist_leads_to_the_end(desk: Bench, panel: BreachPanel) -> None:
    shown = noted(desk, panel)
    assert not shown.buttons[Act.CLOSE].isEnabled()
    assert f"{OPEN_CASE}, {AMINA}." in words_on(shown)
    press(desk, shown.buttons[Act.REPORTED])
    QTest.keyClicks(panel.step.words, "IC-12345")
    press(desk, panel.step.confirm)
    assert "reference IC-12345" in words_on(card(panel))
    assert Act.REPORTED not in card(panel).buttons
    press(desk, card(panel).buttons[Act.TOLD])
    QTest.keyClicks(panel.step.words, "Both, by phone")
    press(desk, panel.step.confirm)
    assert "Noted on 20 November 2026: Both, by phone" in words_on(card(panel))
    press(desk, card(panel).buttons[Act.CLOSE])
    QTest.keyClicks(panel.step.words, "Addresses are read aloud before sending")
    QTest.keyClick(panel.step.words, Qt.Key.Key_Return)
    desk.rest()
    assert panel.lines.parts() == {}
    assert panel.count == 0
    press(desk, panel.show_closed)
    assert "Addresses are read aloud" in words_on(card(panel))


def test_a_reason_is_kept_where_no_report_is_needed(desk: Bench, panel: BreachPanel) -> None:
    press(desk, noted(desk, panel).buttons[Act.NOT_REPORTED])
    press(desk, panel.step.confirm)
    assert panel.step.fields["words"].error() == "Say why no report is needed."
    QTest.keyClicks(panel.step.words, "The stick was encrypted")
    press(desk, panel.step.confirm)
    assert "Not reported: The stick was encrypted" in words_on(card(panel))
    assert Act.REPORTED in card(panel).buttons


def test_a_refusal_stands_in_the_form(desk: Bench, panel: BreachPanel) -> None:
    press(desk, noted(desk, panel).buttons[Act.REPORTED])
    panel.step.when.set_moment(clock() - timedelta(days=9))
    press(desk, panel.step.confirm)
    assert "before the incident" in panel.step.banner.sentence()
    QTest.keyClick(panel.step, Qt.Key.Key_Escape)
    desk.rest()
    assert not panel.step.isVisible()


def test_keys_are_one_press_away(desk: Bench, panel: BreachPanel) -> None:
    press(desk, noted(desk, panel).keys)
    assert desk.went == [("settings", "keys", "")]


def test_what_happened_is_covered_with_the_names(desk: Bench, panel: BreachPanel, theme: Theme) -> None:
    shown = noted(desk, panel)
    theme.cover.set_on(True)
    assert "another person" not in words_on(shown)
    theme.cover.set_on(False)


def incident(hours: int) -> KeptIncident:
    return KeptIncident("I-0007", clock() - timedelta(hours=hours), "A stick is lost")


def test_the_hours_that_are_left_in_words() -> None:
    assert clock_words(at_the_moment(incident(0), clock())).startswith("72 hours of 72 left, until")
    assert clock_words(at_the_moment(incident(71), clock())).startswith("1 hour of 72 left")
    late = at_the_moment(incident(80), clock())
    assert clock_words(late).startswith("72 hours have passed.")
    assert (share_left(late), share_left(at_the_moment(incident(36), clock()))) == (0.0, 0.5)
    assert exposed_words(late).startswith("Nobody is named.")


def test_times_of_day_as_people_type_them() -> None:
    assert [typed_time(each) for each in ("14:05", "9.30", "0930", " 7 15 ")] == [
        time(14, 5),
        time(9, 30),
        time(9, 30),
        time(7, 15),
    ]
    assert [typed_time(each) for each in ("", "noon", "24:00", "12:60", "1:2:3")] == [None] * 5


def test_what_is_half_typed_is_shown_again_rather_than_wiped(desk: Bench, panel: BreachPanel) -> None:
    step = noted(desk, panel).buttons[Act.REPORTED]
    press(desk, panel.new)
    panel.form.noticed.time.setText("08:15")
    press(desk, panel.new)
    assert panel.form.noticed.time.text() == "08:15", "a moment alone is something typed"
    QTest.keyClicks(panel.form.what, "A stick is lost")
    press(desk, panel.new)
    assert panel.form.what.toPlainText() == "A stick is lost"
    assert focused() is panel.form.noticed.day
    press(desk, step)
    assert panel.form.what.toPlainText() == "A stick is lost"
    assert panel.form.banner.sentence() == HALF_TYPED
    assert panel.step.isHidden()
    press(desk, panel.form.cancel)
    press(desk, step)
    QTest.keyClicks(panel.step.words, "ICO 12345")
    press(desk, panel.new)
    assert panel.step.words.text() == "ICO 12345"
    assert panel.step.banner.sentence() == HALF_TYPED
    assert panel.form.isHidden()


def test_only_somebody_looked_for_is_something_typed(desk: Bench, panel: BreachPanel) -> None:
    press(desk, panel.new)
    assert not panel.form.typed
    QTest.keyClicks(panel.form.whose.finder.line, "zzz")
    assert panel.form.typed
