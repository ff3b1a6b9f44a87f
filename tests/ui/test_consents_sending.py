"""Letters of a campaign one after another, and a person's page as answers come: where the keyboard is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from peermatch.ui.screens.consents import ConsentsScreen
from peermatch.ui.screens.consents_answers import CHANGE, NO
from peermatch.ui.screens.consents_read import read_bench
from peermatch.ui.screens.consents_words import TO_SEND
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.text import Text
from tests.ui.real_networks import focused
from tests.ui.sample_office import Bench, bench


@pytest.fixture
def asked(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Bench]:
    """Somebody is about to begin a campaign."""
    with bench(tmp_path, lambda s, t: ConsentsScreen(s, t, theme)) as made:
        with qtbot.waitActive(made.page):
            made.page.activateWindow()
        made.rest()
        screen_of(made).open_at("campaign")
        made.rest()
        yield made


@pytest.fixture
def desk(asked: Bench) -> Bench:
    """The letters are written, and the first is shown."""
    screen = screen_of(asked)
    press(asked, screen.campaign.form.confirm)
    screen.open_at("people")
    asked.rest()
    screen.people.narrow(TO_SEND)
    asked.rest()
    return asked


def screen_of(desk: Bench) -> ConsentsScreen:
    assert isinstance(desk.screen, ConsentsScreen)
    return desk.screen


def press(desk: Bench, button: QAbstractButton) -> None:
    assert button.isVisible()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Return)
    desk.rest()


def test_tab_comes_to_the_letter_before_the_answers_below_it(desk: Bench) -> None:
    letter = screen_of(desk).people.person.letter
    press(desk, letter.show_button)
    letter.sent_button.setFocus()
    QTest.keyClick(letter.sent_button, Qt.Key.Key_Tab)
    assert focused() is letter.sheet.letter


def test_tab_comes_to_the_ticks_of_a_line_right_after_its_answer(desk: Bench) -> None:
    people, first_person = screen_of(desk).people, screen_of(desk).people.person.id
    for id in (next(id for id in people.list.everyone if id != first_person), first_person):
        people.open_person(id)
        desk.rest()
    first, second = people.person.reply.lines.lines
    first.put_back({"answer": CHANGE})
    desk.rest()
    first.answer.segments()[0].setFocus()
    for tick in first.ticks.values():
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        assert focused() is tick
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused() in second.answer.segments()


@pytest.mark.parametrize("facet", [TO_SEND, ""])
def test_whose_letter_was_sent_stays_with_the_keyboard(desk: Bench, facet: str) -> None:
    """Whoever records an answer at once records it for the person whose letter it was."""
    people = screen_of(desk).people
    people.narrow(facet)
    desk.rest()
    first = people.person.id
    press(desk, people.person.letter.sent_button)
    assert people.person.id == first
    assert focused() is people.person.letter.show_button


def test_what_is_proved_says_an_answer_as_soon_as_it_is_recorded(desk: Bench) -> None:
    person = screen_of(desk).people.person
    press(desk, person.proof.show_button)
    assert person.proof.proof is not None
    before = len(person.proof.proof.no_more)
    for line in person.reply.lines.lines:
        line.put_back({"answer": NO})
    press(desk, person.reply.save)
    assert focused() is person.record
    assert person.proof.proof is not None
    assert len(person.proof.proof.no_more) > before


def test_once_the_day_to_answer_by_is_over_it_says_what_to_do(desk: Bench) -> None:
    screen, today = screen_of(desk), desk.services.desk.today
    press(desk, screen.people.person.letter.sent_button)
    read = read_bench(desk.services, today)
    assert read.progress is not None
    for by, told in ((today, False), (today - timedelta(days=1), True)):
        campaign = replace(read.progress.campaign, answer_by=by)
        screen.campaign.show_bench(replace(read, progress=replace(read.progress, campaign=campaign)))
        said = " ".join(part.words() for part in screen.campaign.card.findChildren(Text))
        assert ("send their letter once more" in said) is told


def test_where_a_campaign_cannot_begin_the_keyboard_stays_on_its_button(asked: Bench) -> None:
    form, campaigns, today = (
        screen_of(asked).campaign.form,
        asked.services.campaigns,
        asked.services.desk.today,
    )
    later = today + timedelta(days=28)
    campaigns.begin(today, until=later, answer_by=later, wording="2026-1")  # meanwhile
    press(asked, form.confirm)
    assert "There is a campaign already" in form.banner.sentence()
    assert focused() is form.confirm
