"""Chips, buttons, cards, segments and fields: names, keys, signals, targets."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from peermatch.ui.screens.day_field import DayField
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import Button, IconButton, Offer
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import COLOURS, Chip, ChipButton
from peermatch.ui.widgets.fields import Choice, InlineField, LineField, SecretField, StrengthMeter, Tick
from peermatch.ui.widgets.score_ring import ScoreRing
from peermatch.ui.widgets.segmented import Segmented
from tests.ui.conftest import Stage
from tests.ui.readable import accessible_name


def role(widget: QWidget) -> QAccessible.Role:
    """What a screen reader takes it for."""
    return QAccessible.queryAccessibleInterface(widget).role()


ENTER_AND_SPACE = [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter]


@pytest.mark.parametrize("kind", COLOURS)
def test_a_chip_says_its_words_and_is_no_button(theme: Theme, kind: str) -> None:
    chip = Chip(theme, "consent ends 3 Dec")
    chip.set_chip("consent ended", kind)  # type: ignore[arg-type]  # the keys are the kinds
    assert accessible_name(chip) == "consent ended"
    assert role(chip) == QAccessible.Role.StaticText
    assert chip.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert chip.kind == kind


def test_a_long_chip_takes_a_second_line_instead_of_being_cut(theme: Theme) -> None:
    chip = Chip(theme, "own educational supervisor's team", "mute")
    whole = chip.sizeHint()
    assert chip.heightForWidth(whole.width()) == whole.height()
    assert chip.heightForWidth(whole.width() // 2) > whole.height()
    assert chip.minimumSizeHint().width() < whole.width() // 2


@pytest.mark.parametrize("key", ENTER_AND_SPACE)
def test_keys_press_a_chip(theme: Theme, qtbot: QtBot, stage: Stage, key: Qt.Key) -> None:
    chip = ChipButton(theme, "+ Diagnosed as an adult?", "suggested")
    stage.show(chip)
    with qtbot.waitSignal(chip.clicked, timeout=500):
        QTest.keyClick(chip, key)
    assert role(chip) == QAccessible.Role.Button
    assert chip.height() >= 24


@pytest.mark.parametrize("key", [*ENTER_AND_SPACE, Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_a_chip_with_only_a_cross_is_taken_away_by_every_key(
    theme: Theme, qtbot: QtBot, stage: Stage, key: Qt.Key
) -> None:
    chip = ChipButton(theme, "Oakfield Hospital", removable=True, pressable=False)
    page = stage.show(chip)
    with qtbot.waitSignal(chip.removed, timeout=500):
        QTest.keyClick(chip, key)
    assert page.isVisible()
    assert accessible_name(chip) == "Remove Oakfield Hospital"
    assert "Delete" in chip.accessibleDescription()


def test_the_cross_removes_and_the_words_press(theme: Theme, qtbot: QtBot, stage: Stage) -> None:
    chip = ChipButton(theme, "ADHD · essential", "essential", removable=True)
    page = stage.show(chip)
    middle = chip.height() // 2
    with qtbot.assertNotEmitted(chip.clicked), qtbot.waitSignal(chip.removed, timeout=500):
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, middle))
    with qtbot.assertNotEmitted(chip.removed), qtbot.waitSignal(chip.clicked, timeout=500):
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(20, middle))
    assert page.isVisible()


def test_a_chip_that_changes_tells_its_new_words(theme: Theme) -> None:
    chip = ChipButton(theme, "ADHD · essential", "essential", note="Press to make it helpful")
    chip.set_chip("ADHD · helpful", "helpful")
    assert accessible_name(chip) == "ADHD · helpful"
    assert chip.accessibleDescription() == "Press to make it helpful"
    assert (chip.words(), chip.kind) == ("ADHD · helpful", "helpful")


@pytest.mark.parametrize("key", ENTER_AND_SPACE)
def test_keys_press_a_button_outside_dialogs(theme: Theme, qtbot: QtBot, stage: Stage, key: Qt.Key) -> None:
    button = Button(theme, "Ask Amina", kind="primary", small=True)
    stage.show(button)
    with qtbot.waitSignal(button.clicked, timeout=500):
        QTest.keyClick(button, key)


def test_a_button_tells_its_keys_and_keeps_its_ampersand(theme: Theme) -> None:
    button = Button(theme, "O&G", note="Open the list", shortcut="Ctrl+L")
    assert accessible_name(button) == "O&G"
    assert button.toolTip() == "Open the list (Ctrl+L)"
    assert button.shortcut().toString() == "Ctrl+L"
    button.set_text("Rock & Roll")
    button.set_kind("danger")
    assert button.text() == "Rock && Roll"
    assert accessible_name(button) == "Rock & Roll"


def test_an_icon_button_has_a_name_and_a_large_enough_target(theme: Theme, stage: Stage) -> None:
    button = IconButton(theme, "pencil", "Edit", size=12)
    stage.show(button)
    assert accessible_name(button) == "Edit"
    assert min(button.width(), button.height()) >= 24


def test_an_offer_says_both_lines_and_wraps(theme: Theme) -> None:
    offer = Offer(theme, "Look around with a sample network", "60 invented people and 12 letters")
    assert accessible_name(offer) == "Look around with a sample network"
    assert offer.accessibleDescription() == "60 invented people and 12 letters"
    assert offer.heightForWidth(160) > offer.heightForWidth(500)


@pytest.mark.parametrize(("asked", "told"), [(94, 94), (-3, 0), (250, 100)])
def test_a_score_is_told_in_words(theme: Theme, asked: int, told: int) -> None:
    ring = ScoreRing(theme, asked)
    assert ring.score == told
    assert accessible_name(ring) == f"score {told} of 100"


@pytest.mark.parametrize("key", ENTER_AND_SPACE)
def test_a_card_is_chosen_by_keys_and_by_a_click(
    theme: Theme, qtbot: QtBot, stage: Stage, key: Qt.Key
) -> None:
    card = Card(theme, selectable=True)
    stage.show(card)
    with qtbot.waitSignal(card.pressed, timeout=500):
        QTest.keyClick(card, key)
    with qtbot.waitSignal(card.pressed, timeout=500):
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    card.set_selected(True)
    assert card.selected
    assert card.accessibleDescription() == "selected"


def test_a_plain_card_cannot_be_pressed(theme: Theme, qtbot: QtBot, stage: Stage) -> None:
    card = Card(theme)
    stage.show(card)
    with qtbot.assertNotEmitted(card.pressed):
        QTest.keyClick(card, Qt.Key.Key_Space)
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)


def test_segments_are_radio_buttons_that_arrows_move(theme: Theme, stage: Stage) -> None:
    choices = [("letter", "Letter"), ("details", "Details"), ("history", "History")]
    segmented = Segmented(theme, choices, name="Show")
    page = stage.show(segmented)
    heard: list[str] = []
    segmented.chosen.connect(heard.append)
    first = segmented.segments()[0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Right)
    assert heard == ["details", "history"]
    assert segmented.current() == "history"
    assert [role(segment) for segment in segmented.segments()] == [QAccessible.Role.RadioButton] * 3
    assert [accessible_name(segment) for segment in segmented.segments()] == ["Letter", "Details", "History"]


def test_setting_a_segment_tells_nobody(theme: Theme, qtbot: QtBot) -> None:
    segmented = Segmented(theme, [("a", "A"), ("b", "B")], name="Show")
    with qtbot.assertNotEmitted(segmented.chosen):
        segmented.set_current("b")
    assert segmented.current() == "b"


def test_a_segment_does_not_move_its_neighbours_when_taken(theme: Theme, stage: Stage) -> None:
    segmented = Segmented(theme, [("a", "Best match"), ("b", "Least busy")], name="Order")
    stage.show(segmented)
    before = [segment.geometry() for segment in segmented.segments()]
    segmented.set_current("b")
    assert [segment.geometry() for segment in segmented.segments()] == before


def test_leaving_a_line_commits_a_change_once(theme: Theme, stage: Stage) -> None:
    line, other = LineField(theme, "Preston", name="Place"), QLineEdit()
    stage.show(line, other)
    heard: list[str] = []
    line.committed.connect(heard.append)
    line.setFocus()
    line.setText("Bolton")
    QTest.keyClick(line, Qt.Key.Key_Return)
    other.setFocus()
    assert heard == ["Bolton"]


def test_escape_brings_the_old_text_back(theme: Theme, stage: Stage) -> None:
    line = LineField(theme, "Preston", name="Place")
    stage.show(line)
    heard: list[str] = []
    line.committed.connect(heard.append)
    line.setFocus()
    line.setText("Bolt")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "Preston"
    line.clearFocus()
    assert heard == []
    line.set_value("Leeds")
    line.setFocus()
    line.clearFocus()
    assert heard == []


def test_an_error_stands_beside_the_field_and_is_told(theme: Theme, stage: Stage) -> None:
    line = LineField(theme, "x", name="Email")
    field = InlineField(theme, "Email", line, hint="Used once.")
    page = stage.show(field)
    assert line.accessibleDescription() == "Used once."
    field.set_error("This is not an e-mail address.")
    assert line.property("wrong") is True
    assert line.accessibleDescription() == "This is not an e-mail address."
    field.set_error("")
    assert line.property("wrong") is False
    assert field.error() == ""
    assert line.accessibleDescription() == "Used once."
    assert field.editor is line
    assert page.isVisible()


def test_a_field_names_an_editor_that_has_no_name(theme: Theme) -> None:
    editor = QLineEdit()
    field = InlineField(theme, "Surname", editor)
    assert accessible_name(field.editor) == "Surname"


def test_a_secret_is_shown_and_hidden_by_keyboard(theme: Theme, stage: Stage) -> None:
    secret = SecretField(theme)
    page = stage.show(secret)
    secret.setFocus()
    assert secret.echoMode() == QLineEdit.EchoMode.Password
    QTest.keyClick(secret, Qt.Key.Key_Tab)
    assert page.focusWidget() is secret.show_button
    assert accessible_name(secret.show_button) == "Show passphrase"
    QTest.keyClick(secret.show_button, Qt.Key.Key_Return)
    assert secret.echoMode() == QLineEdit.EchoMode.Normal
    assert accessible_name(secret.show_button) == "Hide passphrase"
    QTest.keyClick(secret.show_button, Qt.Key.Key_Space)
    assert secret.echoMode() == QLineEdit.EchoMode.Password


def test_a_hidden_secret_is_not_read_aloud(theme: Theme) -> None:
    secret = SecretField(theme)
    secret.setText("correct horse")
    interface = QAccessible.queryAccessibleInterface(secret)
    assert "horse" not in interface.text(QAccessible.Text.Value)
    assert accessible_name(secret) == "Passphrase"


@pytest.mark.parametrize(("share", "words"), [(0.1, "Weak"), (0.5, "Fair"), (0.9, "Strong")])
def test_strength_stands_in_words(theme: Theme, share: float, words: str) -> None:
    meter = StrengthMeter(theme)
    meter.show_strength(share, words)
    assert meter.words() == words


def test_a_tick_is_a_check_box_with_words_that_wrap(theme: Theme, stage: Stage) -> None:
    tick = Tick(theme, "Unlock with my account on this computer", "kept in the system's keychain")
    stage.show(tick)
    assert role(tick) == QAccessible.Role.CheckBox
    assert accessible_name(tick) == "Unlock with my account on this computer"
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert tick.isChecked()
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    assert not tick.isChecked()
    assert tick.heightForWidth(150) > tick.heightForWidth(600)


def test_a_choice_tells_what_it_is_about_when_the_text_changes(theme: Theme, stage: Stage) -> None:
    choice = Choice(theme, [("email", "E-mail first"), ("phone", "Phone")], name="How to reach them")
    stage.show(choice)
    heard: list[str] = []
    choice.chosen.connect(heard.append)
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert choice.current() == "phone"
    interface = QAccessible.queryAccessibleInterface(choice)
    assert interface.text(QAccessible.Text.Description) == "How to reach them"
    choice.set_current("email")
    assert heard == ["phone"]


def test_a_day_says_that_the_day_beside_it_is_an_example(theme: Theme, stage: Stage) -> None:
    day = DayField(theme, name="Came on")
    field = InlineField(theme, "Came on", day)
    stage.show(field)
    assert day.accessibleDescription() == "for example 3 Mar 2027"
    field.set_error("Write the day.")
    assert day.accessibleDescription() == "Write the day."
    field.set_error("")
    assert day.accessibleDescription() == "for example 3 Mar 2027"
