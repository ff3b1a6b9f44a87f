"""A name is told once: neither grey words in a field nor a tooltip say it again to somebody who hears the screen."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from peermatch.ui.screens.finder import HOW, EditableText, Finder
from peermatch.ui.screens.finding import Option
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import Button, IconButton
from peermatch.ui.widgets.fields import LineField
from peermatch.ui.widgets.told_once import NOTHING_NEW, besides
from tests.ui.access.heard import faults, heard, repeated

OPTIONS = [Option("a", "Apple"), Option("b", "Apricot")]


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("Search by name", "Search by name (Ctrl+F)", "Ctrl+F"),
        ("Dismiss", "Dismiss", NOTHING_NEW),
        ("Save …", "save", NOTHING_NEW),
        ("Help (F1)", "Help (F1)", NOTHING_NEW),
        ("Lock", "Lock the network (Ctrl+L)", "Lock the network (Ctrl+L)"),
        ("Time", "14:05", "14:05"),
        ("Search", "Search the letters", "Search the letters"),
    ],
)
def test_only_what_is_new_is_told_besides(name: str, words: str, told: str) -> None:
    assert besides(name, words) == told


def told(widget: QWidget) -> tuple[str, str]:
    interface = QAccessible.queryAccessibleInterface(widget)
    return tuple(interface.text(each) for each in (QAccessible.Text.Name, QAccessible.Text.Description))  # type: ignore[return-value]  # there are two


def test_qt_alone_would_tell_it_twice(qtbot: QtBot, theme: Theme) -> None:
    plain = QLineEdit()
    qtbot.addWidget(plain)
    plain.setAccessibleName("Add a topic")
    plain.setPlaceholderText("Add a topic")
    assert told(plain) == ("Add a topic", "Add a topic")
    line = LineField(theme, name="Add a topic", placeholder="Add a topic")
    qtbot.addWidget(line)
    assert told(line) == ("Add a topic", NOTHING_NEW)
    assert told(LineField(theme, name="Time", placeholder="14:05")) == ("Time", "14:05")


def test_a_search_line_says_its_name_once_and_how_it_is_used(qtbot: QtBot, theme: Theme) -> None:
    finder = Finder(theme, lambda: OPTIONS, name="Add a topic")
    qtbot.addWidget(finder)
    finder.open()
    finder.line.setText("ap")
    finder.line.textEdited.emit("ap")
    assert told(finder.line) == ("Add a topic", HOW)
    names = [each.name for each in heard(finder) if each.name]
    assert names == ["Add a topic", "Apple", "Apricot"]
    assert faults(finder) == []


def test_words_that_are_changed_in_place_are_named_once(qtbot: QtBot, theme: Theme) -> None:
    text = EditableText(theme, name="How to reach them safely", nothing="Not said.")
    qtbot.addWidget(text)
    text.show()
    assert told(text.change) == ("Change: How to reach them safely", "")
    text.change.click()
    assert told(text.line) == ("How to reach them safely", "Not said.")


def test_a_picture_and_a_button_are_named_once_and_still_explained_to_the_eye(
    qtbot: QtBot, theme: Theme
) -> None:
    for button in (IconButton(theme, "x", "Dismiss"), Button(theme, "Dismiss", note="Dismiss")):
        qtbot.addWidget(button)
        assert told(button) == ("Dismiss", NOTHING_NEW)
        assert button.toolTip() == "Dismiss"
    barred = Button(theme, "Ask", note="Ask")
    qtbot.addWidget(barred)
    barred.bar("Note what was done first.")
    assert told(barred) == ("Ask", "Note what was done first.")


def test_the_reader_of_these_tests_notices_a_name_that_is_told_again(qtbot: QtBot) -> None:
    plain = QLineEdit()
    qtbot.addWidget(plain)
    plain.setAccessibleName("Search")
    plain.setPlaceholderText("Search (Ctrl+F)")
    plain.show()
    (each,) = heard(plain)
    assert repeated(each).startswith("its name is told again")
