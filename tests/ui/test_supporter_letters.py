"""Letters to a supporter on their record: noted by a press, listed small, read again, and taken back."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from peermatch.model.posted import Posted
from peermatch.services.search import Passage
from peermatch.services.step_letters import Case
from peermatch.ui.palette_rows import Lines
from peermatch.ui.screens.supporter_letters import FEW
from peermatch.ui.screens.supporter_record import SupporterRecord
from peermatch.ui.screens.supporters import SupportersScreen
from peermatch.ui.screens.withdrawn_letters import THEM
from peermatch.ui.theme import Scheme, Theme
from tests.ui.duties.duty_office import AMINA, DUE_PERSON, TOM
from tests.ui.readable import problems
from tests.ui.real_networks import focused
from tests.ui.sample_office import Bench, bench


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[Bench]:
    with bench(tmp_path, lambda services, tasks: SupportersScreen(services, tasks, theme)) as made:
        with qtbot.waitActive(made.page):
            made.page.activateWindow()
        yield made


def record(desk: Bench, id: str = AMINA) -> SupporterRecord:
    assert isinstance(desk.screen, SupportersScreen)
    desk.screen.open_at(supporter=id)
    desk.rest()
    return desk.screen.record


def sent(desk: Bench, letter: str, days_ago: int = 0, id: str = AMINA) -> None:
    on = desk.services.desk.today - timedelta(days=days_ago)
    desk.services.letter_texts.by_hand.note(letter, Case(supporter=id, day=on), on)


def undo_last(desk: Bench) -> None:
    """As Ctrl+Z does it."""
    (line, *_) = desk.services.journal.page().lines
    desk.screen.refresh(desk.services.journal.take_back(line.seq).touched)
    desk.rest()


def tab_to(wanted: Callable[[], bool]) -> QWidget:
    """Tab until a control has the keyboard."""
    for _ in range(60):
        if wanted():
            return focused()
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    raise AssertionError("Tab does not come there")


def test_before_the_first_letter_it_takes_no_room(desk: Bench) -> None:
    shown = record(desk)
    assert shown.sent.isHidden()
    assert shown.sent.words() == ""


def test_the_letter_of_a_stage_is_noted_by_keys_stays_open_and_can_be_taken_back(desk: Bench) -> None:
    shown = record(desk)
    card = shown.standing
    card.letter_button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    desk.rest()
    press = tab_to(card.sent.note_sent.hasFocus)
    assert press.accessibleName() == "I have sent it"
    assert "can be taken back" in press.accessibleDescription()
    QTest.keyClick(press, Qt.Key.Key_Space)
    desk.rest()
    assert desk.notices == ["Noted: the letter to Amina was sent."]
    assert desk.actions(AMINA)[0] == "supporter-letter-sent"
    assert card.sheet.isVisible()
    assert not card.sent.note_sent.isVisible()
    assert card.sent.words() == "Noted as sent on 20 November 2026."
    assert card.letter_button.hasFocus()
    assert shown.sent.isVisible()
    assert shown.sent.words() == "1 letter, the last on 20 November 2026."
    undo_last(desk)
    assert card.sent.note_sent.isVisible()
    assert card.sent.words() == ""
    assert shown.sent.isHidden()


def test_two_presses_before_the_first_is_done_note_one_letter(desk: Bench) -> None:
    shown = record(desk)
    shown.standing.letter_button.click()
    desk.rest()
    desk.worker.holding = True
    shown.standing.sent.pressed.emit()
    shown.standing.sent.pressed.emit()
    desk.worker.let_go()
    desk.rest()
    assert desk.actions(AMINA).count("supporter-letter-sent") == 1
    assert "noted as sent today already" in shown.banner.sentence()
    assert shown.sent.words() == "1 letter, the last on 20 November 2026."


def test_an_answer_for_somebody_else_is_not_shown(desk: Bench) -> None:
    sent(desk, "welcome")
    shown = record(desk, TOM)
    desk.worker.holding = True
    shown.sent.show_for(AMINA)
    shown.sent.show_for(TOM)
    desk.worker.let_go()
    desk.rest()
    assert shown.sent.isHidden()


def test_each_letter_is_read_again_by_keys(desk: Bench) -> None:
    sent(desk, "applied", 40)
    sent(desk, "welcome", 3)
    shown = record(desk)
    toggle = shown.sent.toggle
    assert (toggle.accessibleName(), toggle.accessibleDescription()) == ("Show", "Show the letters to them")
    toggle.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(toggle, Qt.Key.Key_Space)
    desk.rest()
    assert [each.accessibleName() for each in shown.sent.buttons] == [
        "Welcome · 17 November 2026",
        "Thanks for the offer · 11 October 2026",
    ]
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert shown.sent.buttons[0].hasFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    desk.rest()
    assert "you are one of us" in shown.sent.sheet.letter.toPlainText()
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    desk.rest()
    assert "Thank you for offering" in shown.sent.sheet.letter.toPlainText()
    tab_to(shown.sent.sheet.copy_text.hasFocus)
    toggle.click()
    desk.rest()
    assert shown.sent.sheet.letter.toPlainText() == ""
    assert shown.sent.buttons == []
    assert not shown.sent.sheet.isVisible()


def test_names_in_them_are_covered(desk: Bench, theme: Theme) -> None:
    sent(desk, "welcome")
    shown = record(desk)
    shown.sent.toggle.click()
    shown.sent.buttons[0].click()
    desk.rest()
    theme.cover.set_on(True)
    desk.rest()
    said = shown.sent.sheet.letter.toPlainText(), shown.sent.sheet.to.words()
    theme.cover.set_on(False)
    assert not any("mina" in words for words in said)


def test_of_many_the_newest_come_first_and_the_others_with_one_more_press(desk: Bench) -> None:
    for days in range(FEW + 3, 0, -1):
        sent(desk, "welcome", days)
    shown = record(desk)
    assert shown.sent.words() == f"{FEW + 3} letters, the last on 19 November 2026."
    shown.sent.toggle.click()
    desk.rest()
    assert len(shown.sent.buttons) == FEW
    assert shown.sent.earlier.accessibleName() == "Show 3 earlier letters"
    shown.sent.earlier.click()
    desk.rest()
    assert len(shown.sent.buttons) == FEW + 3
    assert shown.sent.buttons[FEW].hasFocus()
    assert not shown.sent.earlier.isVisible()
    record(desk, TOM)
    assert shown.sent.isHidden()
    assert shown.sent.buttons == []


def test_that_consent_has_ended_is_noted_where_it_is_offered(desk: Bench) -> None:
    shown = record(desk, DUE_PERSON)
    box = shown.ended.letters
    box.buttons["consent-ended"].click()
    desk.rest()
    assert box.note_sent.isVisible()
    box.note_sent.click()
    desk.rest()
    assert shown.ended.isHidden()
    assert shown.sent.isVisible()
    undo_last(desk)
    assert "consent-ended" in shown.ended.letters.buttons
    assert shown.sent.isHidden()


def test_the_answer_to_a_withdrawal_is_noted_once_and_its_press_comes_back_with_an_undo(desk: Bench) -> None:
    shown = record(desk)
    shown.consent.withdraw_all.click()
    shown.consent.withdraw_panel.confirm.click()
    desk.rest()
    shown.letters.buttons[THEM].click()
    desk.rest()
    press = shown.letters.note_sent
    assert press.isVisible()
    press.setFocus(Qt.FocusReason.TabFocusReason)
    press.click()
    desk.rest()
    assert desk.notices[-1] == "Noted: the letter to Amina was sent."
    assert not press.isVisible()
    assert shown.letters.buttons[THEM].hasFocus()
    (letter,) = desk.services.letter_texts.by_hand.sent_to(AMINA)
    assert (letter.letter, "20 November 2026" in letter.draft.text) == (Posted.WITHDRAW, True)
    reference = next(key for key in shown.letters.buttons if key != THEM)
    shown.letters.buttons[reference].click()
    shown.letters.buttons[THEM].click()
    desk.rest()
    assert not press.isVisible()
    undo_last(desk)
    assert press.isVisible()


def test_what_is_found_in_such_a_letter_leads_to_the_supporter(desk: Bench, theme: Theme) -> None:
    sent(desk, "left")
    (found,) = desk.services.search.texts("thank you, and goodbye").shown
    lines = Lines(desk.services.desk.snapshot, desk.services.desk.today, theme.cover)
    assert isinstance(found, Passage)
    assert lines.target(found) == ("supporters", "", AMINA)
    row = lines.row(found)
    assert row is not None
    assert (row.title, row.chip) == (desk.services.desk.snapshot.supporters[AMINA].name, "letter to them")


@pytest.mark.parametrize(
    ("width", "height", "scale", "scheme"),
    [(1232, 840, 100, Scheme.LIGHT), (960, 640, 100, Scheme.DARK), (928, 560, 150, Scheme.LIGHT)],
)
def test_nothing_is_cut(
    desk: Bench, theme: Theme, width: int, height: int, scale: int, scheme: Scheme
) -> None:
    for days in range(FEW + 2, 0, -1):
        sent(desk, "welcome", days)
    theme.choose(scheme)
    theme.set_scale(scale)
    desk.page.resize(width, height)
    shown = record(desk)
    shown.standing.letter_button.click()
    shown.sent.toggle.click()
    desk.rest()
    shown.sent.buttons[-1].click()
    desk.rest()
    assert problems(desk.page) == []


def test_in_a_view_of_a_backup_the_letters_are_read_and_none_is_noted(desk: Bench, theme: Theme) -> None:
    sent(desk, "applied")
    theme.read_only.set_reason("This is a backup.")
    shown = record(desk)
    shown.standing.letter_button.click()
    shown.sent.toggle.click()
    desk.rest()
    barred, read = shown.standing.sent.note_sent, shown.sent.buttons[0]
    allowed = (barred.isEnabled(), shown.letters.note_sent.isEnabled(), read.isEnabled())
    theme.read_only.set_reason("")
    assert allowed == (False, False, True)
