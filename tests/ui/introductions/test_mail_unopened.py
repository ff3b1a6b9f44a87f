"""No e-mail program answers: the person has something to press, and no path of a file that goes at the lock."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from peermatch.model.consent import Purpose
from peermatch.model.introduction import State
from peermatch.ui.screens.card_views import read_mail
from peermatch.ui.screens.introductions import IntroductionsScreen
from peermatch.ui.screens.mail_unopened import DO_THIS, LOOK_FIRST, NO_ANSWER, NOT_RECORDED, RECORDED
from peermatch.ui.theme import Scheme, Theme
from tests.ui.introduction_office import AGREED, DAY, SENT, Ways, at, state, words_on
from tests.ui.readable import problems
from tests.ui.sample_office import Bench


@pytest.fixture(autouse=True)
def clipboard(qtbot: object) -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


def unanswered(desk: Bench, ways: Ways) -> IntroductionsScreen:
    ways.opens = False
    screen = at(desk, AGREED)
    screen.pane.card.open.click()
    desk.rest()
    return screen


def copied() -> str:
    return QGuiApplication.clipboard().text()


def test_other_ways_are_offered_and_no_path_is_told(desk: Bench, ways: Ways) -> None:
    screen = unanswered(desk, ways)
    strip = screen.ways.unopened
    assert strip.isVisible()
    assert strip.sentence() == f"{NO_ANSWER} {RECORDED} {DO_THIS}"
    assert not screen.banner.isVisible()
    said = words_on(screen)
    assert ways.opened[0].name not in said
    assert str(ways.opened[0].parent) not in said
    assert state(desk, AGREED) is State.INTRODUCED
    assert screen.pane.card.isVisible()
    assert QApplication.focusWidget() is strip.save


def test_a_draft_that_no_program_took_does_not_stay_on_the_disk(desk: Bench, ways: Ways) -> None:
    unanswered(desk, ways)
    assert not ways.opened[0].parent.exists()
    assert ways.opened[0].parent.parent.is_dir()


def test_the_draft_is_saved_where_the_person_chooses(desk: Bench, ways: Ways) -> None:
    screen = unanswered(desk, ways)
    shown = screen.at_hand.preview
    assert shown is not None
    assert ways.folder is not None
    screen.ways.unopened.save.click()
    desk.rest()
    (saved,) = ways.folder.iterdir()
    assert saved.suffix == ".eml"
    mail = message_from_bytes(saved.read_bytes(), policy=policy.default)
    assert mail["To"] == shown.recipient
    assert saved.name in screen.banner.sentence()
    assert not screen.ways.unopened.offered
    assert not screen.pane.card.isVisible()
    assert desk.actions(AGREED[0])[:2] == ["card", "card"]


def test_no_folder_chosen_leaves_the_other_ways(desk: Bench, ways: Ways) -> None:
    screen = unanswered(desk, ways)
    ways.folder = None
    screen.ways.unopened.save.click()
    desk.rest()
    assert screen.ways.unopened.offered
    assert screen.ways.unopened.save.isEnabled()


def test_address_subject_and_letter_are_copied_one_after_the_other(desk: Bench, ways: Ways) -> None:
    screen = unanswered(desk, ways)
    strip, shown = screen.ways.unopened, screen.at_hand.preview
    assert shown is not None
    mail = read_mail(next(file.data for file in shown.files if file.format == "eml"))
    strip.letter.click()
    desk.rest()
    assert copied() == mail.plain
    assert strip.offered
    strip.address.click()
    assert copied() == shown.recipient
    assert "The address is on the clipboard" in strip.sentence()
    QTest.keyClick(strip.subject, Qt.Key.Key_Space)
    assert copied() == mail.subject
    assert "Lucy" not in mail.subject
    assert desk.actions(AGREED[0])[:2] == ["card", "card"]


def test_consent_withdrawn_meanwhile_stops_the_other_ways_too(desk: Bench, ways: Ways) -> None:
    screen = unanswered(desk, ways)
    desk.services.consent.withdraw(AGREED[1], Purpose.CONTACT_PHONE, None, DAY)
    screen.ways.unopened.save.click()
    desk.rest()
    assert screen.banner.kind == "error"
    assert ways.folder is not None
    assert not ways.folder.exists() or list(ways.folder.iterdir()) == []
    screen.ways.unopened.address.click()
    assert desk.actions(AGREED[0]).count("card") == 1


def test_nothing_is_copied_while_names_are_covered(desk: Bench, ways: Ways, theme: Theme) -> None:
    screen = unanswered(desk, ways)
    theme.cover.toggle()
    screen.ways.unopened.address.click()
    assert copied() == ""
    assert LOOK_FIRST in screen.ways.unopened.sentence()
    theme.cover.toggle()
    screen.ways.unopened.address.click()
    assert copied() != ""


def test_another_introduction_has_nothing_of_it(desk: Bench, ways: Ways) -> None:
    screen = unanswered(desk, ways)
    at(desk, SENT)
    assert not screen.ways.unopened.offered
    assert not screen.pane.card.isVisible()


def test_a_program_that_answers_the_second_time_ends_it(desk: Bench, ways: Ways) -> None:
    screen = unanswered(desk, ways)
    ways.opens = True
    screen.pane.card.open.click()
    desk.rest()
    assert len(ways.opened) == 2
    assert ways.opened[1].exists()
    assert not screen.ways.unopened.offered
    assert screen.banner.kind == "success"


def test_a_new_message_that_does_not_open_is_no_dead_end_either(desk: Bench, ways: Ways) -> None:
    ways.opens = False
    screen = at(desk, AGREED)
    screen.pane.card.begin.click()
    strip = screen.ways.unopened
    assert strip.sentence() == f"{NO_ANSWER} {NOT_RECORDED} {DO_THIS}"
    strip.address.click()
    assert copied() == screen.pane.card.to.words().rpartition(" · ")[2]
    assert state(desk, AGREED) is State.AGREED


def test_a_letter_whose_details_stand_in_the_locked_file_is_not_copied(desk: Bench, ways: Ways) -> None:
    screen = at(desk, AGREED)
    screen.pane.card.extras.pdf.click()
    screen.pane.card.extras.lock.click()
    desk.rest()
    ways.opens = False
    screen.pane.card.open.click()
    desk.rest()
    assert screen.ways.unopened.offered
    assert screen.ways.unopened.save.isVisible()
    assert not screen.ways.unopened.letter.isVisible()


def test_a_way_that_is_taken_back_frees_the_others(desk: Bench, ways: Ways) -> None:
    screen = unanswered(desk, ways)
    strip, hold = screen.ways.unopened, screen.ways.hold
    hold._hold_ms = 600_000
    strip.save.click()
    assert not strip.isEnabled()
    QTest.keyClick(hold.undo, Qt.Key.Key_Escape)
    assert strip.isEnabled()
    assert desk.actions(AGREED[0]).count("card") == 1
    assert isinstance(ways.folder, Path)
    assert not ways.folder.exists()


@pytest.mark.parametrize(
    ("size", "scheme", "percent"),
    [((1232, 844), Scheme.LIGHT, 100), ((928, 506), Scheme.DARK, 100), ((928, 506), Scheme.LIGHT, 150)],
)
def test_everything_on_the_strip_can_be_read_at_every_size(
    desk: Bench, ways: Ways, theme: Theme, size: tuple[int, int], scheme: Scheme, percent: int
) -> None:
    theme.choose(scheme)
    theme.set_scale(percent)
    desk.page.resize(*size)
    screen = unanswered(desk, ways)
    assert problems(desk.page) == []
    screen.ways.unopened.subject.click()
    desk.rest()
    assert problems(desk.page) == []
