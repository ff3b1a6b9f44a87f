"""Requests and complaints: noted on the day they come, each with its clock, the most pressing first."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from peermatch.model.requests import Stage
from peermatch.model.rights import RequestKind
from peermatch.ui.screens.duties_page import HALF_TYPED
from peermatch.ui.screens.duties_request_card import RequestCard
from peermatch.ui.screens.duties_request_words import Act
from peermatch.ui.screens.duties_requests import RequestsPanel
from peermatch.ui.screens.duties_words import NOBODY_OF_THAT, REQUESTS
from peermatch.ui.theme import Theme
from tests.ui.duties.duty_office import (
    OPEN_CASE,
    TOM,
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
def panel(desk: Bench) -> RequestsPanel:
    return turn_to(desk, REQUESTS).requests


def card(panel: RequestsPanel, id: str) -> RequestCard:
    found = {**panel.lines.parts(), **panel.closed_lines.parts()}[id]
    assert isinstance(found, RequestCard)
    return found


def note(desk: Bench, kind: RequestKind, days: int, about: str = TOM) -> str:
    """A request that came so many days ago; its id."""
    subject = supporter(about) if about.startswith("S") else enquirer(about)
    today = desk.services.desk.today
    desk.services.requests.open(kind, today - timedelta(days=days), "Please see the letter", subject)
    screen_of(desk).requests.look()
    desk.rest()
    return max(each.id for each in desk.services.requests.every(today))


def test_at_first_it_says_that_nobody_has_asked(desk: Bench, panel: RequestsPanel) -> None:
    assert "Nobody has asked for anything" in words_on(panel)
    assert focused() is panel.new


def test_a_request_is_noted_from_the_day_on_which_it_came(desk: Bench, panel: RequestsPanel) -> None:
    press(desk, panel.new)
    form = panel.form
    assert focused() is form.kind
    form.kind.set_current(RequestKind.ERASURE.value)
    form.received.set_day(date(2026, 11, 2))
    QTest.keyClicks(form.whom, f" {TOM.lower()} ")
    QTest.keyClicks(form.summary, "Wants to be erased")
    QTest.keyClick(form.summary, Qt.Key.Key_Return)
    desk.rest()
    (only,) = panel.requests
    assert (only.kind, only.subject, only.received) == (
        RequestKind.ERASURE,
        supporter(TOM),
        date(2026, 11, 2),
    )
    assert only.due == date(2026, 12, 2)
    assert "Answer by 2 December 2026" in desk.notices[0]
    assert f"{only.id} · {TOM}" in words_on(card(panel, only.id))
    assert not form.isVisible()


def test_everything_that_is_missing_is_said_at_once(desk: Bench, panel: RequestsPanel) -> None:
    press(desk, panel.new)
    form = panel.form
    form.received.setText("soon")
    form.whom.setText("somebody")
    press(desk, form.confirm)
    told = {name: part.error() for name, part in form.fields.items() if part.error()}
    assert set(told) == {"received", "whom", "summary"}
    assert told["whom"] == NOBODY_OF_THAT
    form.received.set_day(date(2026, 12, 24))
    press(desk, form.confirm)
    assert form.fields["received"].error() == "This day has not come yet."
    QTest.keyClick(form, Qt.Key.Key_Escape)
    desk.rest()
    assert not form.isVisible()
    assert desk.notices == []


def test_the_most_pressing_comes_first_and_lateness_is_counted(desk: Bench, panel: RequestsPanel) -> None:
    new, old = note(desk, RequestKind.ACCESS, 3), note(desk, RequestKind.ACCESS, 80)
    assert tuple(panel.lines.parts()) == (old, new)
    assert card(panel, old).clock.kind == "risk"
    assert panel.late == 1
    assert screen_of(desk).top_items().chips[0].text == "1 request late"


def test_what_can_be_done_depends_on_how_it_stands(desk: Bench, panel: RequestsPanel) -> None:
    access = note(desk, RequestKind.ACCESS, 3)
    complaint = note(desk, RequestKind.COMPLAINT, 3)
    late = note(desk, RequestKind.ACCESS, 80)
    assert tuple(card(panel, access).buttons) == (Act.ACKNOWLEDGE, Act.PAUSE, Act.EXTEND, Act.CLOSE)
    assert tuple(card(panel, complaint).buttons) == (Act.ACKNOWLEDGE, Act.CLOSE)
    assert tuple(card(panel, late).buttons) == (Act.ACKNOWLEDGE, Act.CLOSE)


def test_a_complaint_is_acknowledged_by_one_press_and_the_keyboard_stays(
    desk: Bench, panel: RequestsPanel
) -> None:
    id = note(desk, RequestKind.COMPLAINT, 29)
    assert "Acknowledge by" in words_on(card(panel, id))
    button = card(panel, id).buttons[Act.ACKNOWLEDGE]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    desk.rest()
    assert desk.notices == [f"{id} is acknowledged."]
    assert Act.ACKNOWLEDGE not in card(panel, id).buttons
    assert card(panel, id).isAncestorOf(focused())


def test_the_clock_stands_while_something_is_needed_from_them(desk: Bench, panel: RequestsPanel) -> None:
    id = note(desk, RequestKind.ACCESS, 10)
    press(desk, card(panel, id).buttons[Act.PAUSE])
    press(desk, panel.step.confirm)
    assert panel.step.fields["words"].error() == "Say what you need from them."
    QTest.keyClicks(panel.step.words, "a copy of their staff card")
    press(desk, panel.step.confirm)
    assert card(panel, id).request.stage is Stage.WAITING
    assert "waiting for a copy of their staff card" in words_on(card(panel, id))
    press(desk, card(panel, id).buttons[Act.RESUME])
    assert card(panel, id).request.stage is Stage.RUNNING


def test_more_time_and_the_answer_are_kept_with_their_words(desk: Bench, panel: RequestsPanel) -> None:
    id = note(desk, RequestKind.ACCESS, 10)
    press(desk, card(panel, id).buttons[Act.EXTEND])
    QTest.keyClicks(panel.step.words, "There are many letters")
    press(desk, panel.step.confirm)
    assert "extended on 20 November 2026: There are many letters" in words_on(card(panel, id))
    press(desk, card(panel, id).buttons[Act.CLOSE])
    QTest.keyClicks(panel.step.words, "Sent two files")
    panel.step.when.time.setText("noon")
    press(desk, panel.step.confirm)
    assert panel.step.fields["when"].error() == "Write the time like 14:05."
    panel.step.when.time.setText("12.00")
    QTest.keyClick(panel.step.words, Qt.Key.Key_Return)
    desk.rest()
    assert panel.lines.parts() == {}
    press(desk, panel.show_closed)
    assert "Sent two files" in words_on(card(panel, id))
    press(desk, panel.show_closed)
    assert not panel.closed_lines.isVisible()


def test_a_refusal_stands_in_the_form_and_what_was_typed_stays(desk: Bench, panel: RequestsPanel) -> None:
    id = note(desk, RequestKind.ACCESS, 3)
    press(desk, card(panel, id).buttons[Act.CLOSE])
    QTest.keyClicks(panel.step.words, "Sent")
    panel.step.when.day.set_day(date(2026, 11, 1))
    press(desk, panel.step.confirm)
    assert "which is later" in panel.step.banner.sentence()
    assert panel.step.words.text() == "Sent"
    press(desk, panel.step.cancel)
    assert not panel.step.isVisible()


def test_a_step_that_came_too_late_is_told_on_the_page(desk: Bench, panel: RequestsPanel) -> None:
    id = note(desk, RequestKind.COMPLAINT, 3)
    desk.services.requests.acknowledge(id, desk.services.desk.today)
    press(desk, card(panel, id).buttons[Act.ACKNOWLEDGE])
    assert "was acknowledged on" in panel.banner.sentence()


def test_free_words_are_covered(desk: Bench, panel: RequestsPanel, theme: Theme) -> None:
    id = note(desk, RequestKind.ACCESS, 3, OPEN_CASE)
    assert "Please see the letter" in words_on(card(panel, id))
    theme.cover.set_on(True)
    assert "Please see the letter" not in words_on(card(panel, id))
    theme.cover.set_on(False)


def test_from_a_request_to_what_is_held_and_to_the_erasure(desk: Bench, panel: RequestsPanel) -> None:
    id = note(desk, RequestKind.ACCESS, 3)
    press(desk, card(panel, id).held)
    held = screen_of(desk).held
    assert held.isVisible()
    assert held.subject == supporter(TOM)
    press(desk, held.back)
    press(desk, card(panel, id).erase)
    assert held.form.isVisible()


def test_anybody_on_record_can_be_looked_up(desk: Bench, panel: RequestsPanel) -> None:
    QTest.keyClicks(panel.whom, "E-9999")
    press(desk, panel.held)
    assert panel.field.error() == NOBODY_OF_THAT
    panel.whom.setText(OPEN_CASE)
    press(desk, panel.erase)
    assert screen_of(desk).held.subject == enquirer(OPEN_CASE)
    assert panel.whom.text() == ""


def test_what_is_half_typed_is_shown_again_rather_than_wiped(desk: Bench, panel: RequestsPanel) -> None:
    complaint = note(desk, RequestKind.COMPLAINT, 3)
    press(desk, panel.new)
    QTest.keyClicks(panel.form.summary, "Wants to see it")
    press(desk, panel.new)
    assert panel.form.summary.text() == "Wants to see it"
    assert focused() is panel.form.kind
    for act in (Act.ACKNOWLEDGE, Act.CLOSE):
        press(desk, card(panel, complaint).buttons[act])
        assert panel.form.summary.text() == "Wants to see it"
        assert panel.form.banner.sentence() == HALF_TYPED
    assert desk.notices == []
    press(desk, panel.form.cancel)
    press(desk, card(panel, complaint).buttons[Act.CLOSE])
    QTest.keyClicks(panel.step.words, "Answered by post")
    press(desk, panel.new)
    assert panel.step.words.text() == "Answered by post"
    assert panel.form.isHidden()


def test_somebody_on_record_is_found_by_their_full_name(
    desk: Bench, panel: RequestsPanel, theme: Theme
) -> None:
    press(desk, panel.new)
    tom = desk.services.desk.snapshot.supporters[TOM]
    name, shown = tom.name, tom.shown_name
    QTest.keyClicks(panel.form.whom, f" {name.lower()} ")
    QTest.keyClicks(panel.form.summary, "Wants to see it all")
    press(desk, panel.form.confirm)
    (only,) = panel.requests
    assert only.subject == supporter(TOM)
    assert shown in words_on(card(panel, only.id))
    theme.cover.set_on(True)
    assert shown not in words_on(card(panel, only.id))
    theme.cover.set_on(False)
    QTest.keyClicks(panel.whom, name)
    press(desk, panel.held)
    assert screen_of(desk).held.subject == supporter(TOM)


def test_of_two_of_one_name_neither_is_taken_by_chance(desk: Bench, panel: RequestsPanel) -> None:
    tom = desk.services.desk.snapshot.supporters[TOM]
    desk.services.supporters.add(replace(tom, id="", email="another@example.org"))
    press(desk, panel.new)
    panel.form.whom.setText(tom.name)
    panel.form.submit()
    said = panel.form.fields["whom"].error()
    assert said.startswith(f"Several supporters are called that: {TOM}, S-")
    assert panel.requests == ()
