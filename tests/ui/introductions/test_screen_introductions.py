"""Introductions: clocks, the next step, letters to copy, and a card that leaves only after all of it was seen."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from peermatch.model.changes import Touched
from peermatch.model.introduction import Introduction, State, Step
from peermatch.services.clocks import is_working_day, working_days
from peermatch.services.steps import Steps
from peermatch.ui.screens.introduction_list import IntroductionList
from peermatch.ui.screens.introduction_words import clock, in_order, key_of, needs_you, steps
from peermatch.ui.theme import Theme
from tests.ui.introduction_office import (
    ACCEPTED,
    AGREED,
    ASKED,
    DAY,
    SENT,
    Ways,
    at,
    screen_of,
    state,
    words_on,
)
from tests.ui.readable import problems
from tests.ui.sample_office import Bench

# The list and its clocks.


def test_what_needs_somebody_stands_first(look: Bench) -> None:
    picture = look.services.desk.snapshot
    listed = [row.key for row in screen_of(look).list.list.rows()]
    assert listed == [key_of(i) for i in in_order(picture.introductions, DAY, over=False)]
    assert listed[0] == " ".join(AGREED)
    assert screen_of(look).count() == str(sum(needs_you(i, DAY) for i in picture.introductions))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (date(2026, 11, 20), "reply due 27 Nov"),
        (date(2026, 11, 17), "remind once"),
        (date(2026, 11, 13), "reply due"),
        (date(2026, 11, 12), "answer overdue"),
    ],
)
def test_clocks_count_working_days(asked: date, words: str) -> None:
    assert clock(Introduction("E-1", "S-1", State.ASKED, asked), DAY)[0] == words


def test_bank_holidays_do_not_count() -> None:
    asked = Introduction("E-1", "S-1", State.ASKED, date(2026, 12, 23))
    assert clock(asked, date(2026, 12, 24))[0] == "reply due 4 Jan 2027"
    assert clock(asked, date(2026, 12, 29))[0] == "reply due 4 Jan 2027"
    assert not needs_you(asked, date(2026, 12, 29))


def test_what_is_over_stands_in_the_other_half(look: Bench) -> None:
    screen = screen_of(look)
    screen.list.which.set_current("over")
    screen.list.which.chosen.emit("over")
    look.rest()
    current = screen.current
    assert current is not None
    assert not current.in_hand
    assert screen.pane.action_keys() == ("else",)
    screen.pane.button("else").click()
    assert look.went == [("enquiries", current.enquiry, "")]


def test_the_number_of_a_part_is_that_of_its_rows_and_one_of_them_is_shown(look: Bench) -> None:
    screen, whole = screen_of(look), len(screen_of(look).list.list.rows())
    facets = screen.list.facets
    assert facets.isVisible()
    for part in tuple(facets.chips.keys()):
        facets.chips.pressed.emit(part)
        look.rest()
        chip, current = facets.chips.chip(part), screen.current
        assert chip is not None
        assert current is not None
        rows = [row.key for row in screen.list.list.rows()]
        assert chip.words().endswith(f" · {len(rows)}")
        assert (current.state.value, screen.list.list.current()) == (part, key_of(current))
        assert key_of(current) in rows
        assert screen.list.heading.words().endswith(f" of {len(rows)}")
        facets.chips.removed.emit(part)
        look.rest()
        assert len(screen.list.list.rows()) == whole
        assert screen.current == current


def test_one_that_leaves_its_part_is_seen_in_the_whole_list(desk: Bench) -> None:
    screen = at(desk, ASKED)
    screen.list.facets.chips.pressed.emit(State.ASKED.value)
    desk.rest()
    desk.services.introductions.take(Step.ACCEPT, *ASKED, desk.services.desk.today)
    screen.refresh(Touched(frozenset({ASKED[1]}), frozenset({ASKED[0]})))
    desk.rest()
    assert screen.list.facets.current == ""
    assert screen.list.list.current() == " ".join(ASKED)


def test_above_no_rows_there_is_no_heading(look: Bench, theme: Theme) -> None:
    listed = IntroductionList(theme)
    picture = look.services.desk.snapshot
    listed.show_list(replace(picture, introductions=Steps(dict)), DAY, "")
    assert listed.heading.isHidden()
    listed.show_list(picture, DAY, "")
    assert not listed.heading.isHidden()


def test_an_enquiry_alone_leads_to_its_introduction_that_waits(look: Bench) -> None:
    assert sum(1 for i in look.services.desk.snapshot.introductions if i.enquiry == AGREED[0]) > 1
    assert at(look, (AGREED[0], ""))._key == AGREED
    assert at(look, ("E-0119", "")).current is not None
    assert at(look, ("E-9999", "")).current is not None


def test_names_are_covered_everywhere(look: Bench, theme: Theme) -> None:
    screen = at(look, AGREED)
    theme.cover.set_on(True)
    look.rest()
    said = words_on(look.page) + "".join(row.summary for row in screen.list.list.rows())
    said += screen.pane.card.page.shown() + "".join(chip.text for chip in screen.top_items().chips)
    for person in look.services.desk.snapshot.supporters.values():
        assert person.shown_name not in said
        assert str(person.email) not in said
    assert "r.finnegan" not in said
    assert not screen.pane.card.open.isEnabled()


# The steps.


def test_the_five_steps_say_where_it_stands(look: Bench) -> None:
    at(look, AGREED)
    introduction = screen_of(look).current
    assert introduction is not None
    shown = steps(introduction, "Lucy", DAY)
    assert [s.title for s in shown] == [
        "Asked",
        "Lucy said yes",
        "Trainee said yes",
        "Card sent",
        "Followed up",
    ]
    assert [s.state for s in shown] == ["done", "done", "done", "now", "next"]


@pytest.mark.parametrize("ending", list(State))
def test_every_state_has_steps_words_and_a_way_on(look: Bench, ending: State) -> None:
    introduction = Introduction("E-0137", "S-0004", ending, DAY)
    assert len(steps(introduction, "Marcus", DAY)) == 5
    assert clock(introduction, DAY)[0]


def test_a_yes_leads_to_the_letter_to_the_trainee(desk: Bench) -> None:
    screen = at(desk, ASKED)
    assert (
        screen.pane.next_sentence() == "Marcus has not answered yet. Send this reminder, or note the answer."
    )
    assert "marcus.campbell" in screen.pane.posted.sheet.to.words()
    screen.pane.button("accept").click()
    desk.rest()
    assert state(desk, ASKED) is State.ACCEPTED
    assert desk.notices == ["Marcus said yes"]
    letter = screen.pane.sheet.letter.toPlainText()
    assert "Shall we introduce you?" in letter
    assert "Marcus" not in letter


@pytest.mark.parametrize(
    ("key", "step", "after"),
    [
        (ASKED, Step.DECLINE, State.DECLINED),
        (ASKED, Step.LAPSE, State.LAPSED),
        (ASKED, Step.STOP, State.STOPPED),
        (ACCEPTED, Step.ENQUIRER_AGREES, State.AGREED),
        (ACCEPTED, Step.ENQUIRER_REFUSES, State.REFUSED),
        (SENT, Step.END, State.ENDED),
    ],
)
def test_each_step_is_one_press(desk: Bench, key: tuple[str, str], step: Step, after: State) -> None:
    screen = at(desk, key)
    screen.pane.button(step.value).click()
    desk.rest()
    assert state(desk, key) is after
    assert screen.current is not None
    assert (screen.current.enquiry, screen.current.supporter) == key


def test_a_row_that_a_step_moves_stays_in_sight(desk: Bench) -> None:
    screen = at(desk, ASKED)
    view = screen.list.list
    desk.page.resize(desk.page.width(), 420)
    desk.rest()
    view.scrollToBottom()
    before = view.currentIndex().row()
    screen.pane.button(Step.ACCEPT.value).click()
    desk.rest()
    assert view.current() == " ".join(ASKED)
    assert view.currentIndex().row() < before
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_a_step_that_is_refused_is_a_banner(desk: Bench) -> None:
    screen = at(desk, ASKED)
    desk.services.introductions.take(Step.STOP, *ASKED, DAY)
    screen.pane.button("accept").click()
    desk.rest()
    assert screen.banner.kind == "error"
    assert "stopped" in screen.banner.sentence()
    assert screen.pane.buttons.isEnabled()


def test_letters_are_copied_whole(look: Bench) -> None:
    sheet = at(look, ASKED).pane.posted.sheet
    draft = look.services.letters.reminder(*ASKED)
    clipboard = QGuiApplication.clipboard()
    sheet.copy_text.click()
    assert clipboard.text() == draft.text
    sheet.copy_subject.click()
    assert clipboard.text() == draft.subject
    sheet.copy_address.click()
    assert clipboard.text() == draft.recipient


# The address.


def brokered(desk: Bench, *steps_taken: Step) -> tuple[str, str]:
    """An introduction for somebody whose own yes is not recorded yet."""
    first = desk.services.shortlists.of("E-0139", DAY).suggested[0].supporter
    desk.services.introductions.ask("E-0139", first, DAY)
    for step in steps_taken:
        desk.services.introductions.take(step, "E-0139", first, DAY)
    return "E-0139", first


def test_the_trainees_address_is_hidden_until_somebody_looks(desk: Bench) -> None:
    key = brokered(desk, Step.ACCEPT)
    screen = at(desk, key)
    assert "@" not in screen.pane.sheet.to.words()
    assert not screen.pane.sheet.copy_address.isEnabled()
    screen.pane.sheet.to.button.click()
    desk.rest()
    assert "@" in screen.pane.sheet.to.words()
    assert "reveal" in desk.actions("E-0139")
    screen.leave()
    desk.rest()
    assert "@" not in screen.pane.sheet.to.words()


def test_nothing_leaves_before_the_whole_address_was_on_the_screen(desk: Bench, ways: Ways) -> None:
    key = brokered(desk, Step.ACCEPT, Step.ENQUIRER_AGREES)
    screen = at(desk, key)
    assert not screen.pane.card.open.isEnabled()
    assert not screen.pane.card.save.isEnabled()
    screen.pane.card.opened.emit()
    screen.pane.card.saved.emit()
    desk.rest()
    assert ways.opened == []
    assert state(desk, key) is State.AGREED
    screen.pane.card.to.button.click()
    desk.rest()
    assert screen.pane.card.open.isEnabled()
    address = desk.services.desk.snapshot.enquiries["E-0139"].requester.email
    assert str(address) in screen.pane.card.to.words()


# The look.


@pytest.mark.parametrize(("width", "height", "scale"), [(1232, 844, 100), (960, 644, 100), (928, 600, 150)])
def test_no_word_is_cut_and_every_control_has_a_name(
    look: Bench, theme: Theme, width: int, height: int, scale: int
) -> None:
    theme.set_scale(scale)
    look.page.resize(width, height)
    for key in (AGREED, ACCEPTED, ASKED, SENT):
        screen = at(look, key)
        assert screen.minimumSizeHint().width() <= width
        assert problems(look.page) == []
    QTest.qWait(0)


@given(st.dates(date(2023, 1, 1), date(2028, 12, 31)), st.integers(-40, 900))
def test_working_days_are_those_counted_one_by_one(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    span = (start + timedelta(days=number) for number in range(1, days + 1))
    assert working_days(start, end) == sum(map(is_working_day, span))
