"""The sheet of help: beside or over what is shown, by keyboard, readable at every size, and it fetches nothing."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from peermatch.ui.help_door import HelpDoor, help_book
from peermatch.ui.help_sheet import HelpSheet
from peermatch.ui.theme import Scheme, Theme
from tests.ui.readable import problems
from tests.ui.real_networks import focused, settled

ALT = Qt.KeyboardModifier.AltModifier


class Room:
    """A page with a button on it, and the way to the help."""

    def __init__(self, qtbot: QtBot, theme: Theme, size: tuple[int, int]) -> None:
        self.page = QWidget()
        qtbot.addWidget(self.page)
        self.button = QPushButton("Below")
        QHBoxLayout(self.page).addWidget(self.button)
        self.shown = ("enquiries",)
        self.door = HelpDoor(theme, self.page, lambda: self.shown, keys=True)
        self.page.resize(*size)
        with qtbot.waitActive(self.page):
            self.page.show()
            self.page.activateWindow()
        self.button.setFocus()

    def is_beside(self) -> bool:
        return self.sheet.beside

    @property
    def sheet(self) -> HelpSheet:
        assert self.door.sheet is not None
        return self.door.sheet

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(focused(), key, modifier)
        settled(self.page)


@pytest.fixture
def room(qtbot: QtBot, theme: Theme) -> Room:
    return Room(qtbot, theme, (1440, 900))


@pytest.fixture
def small(qtbot: QtBot, theme: Theme) -> Room:
    return Room(qtbot, theme, (1024, 700))


def test_f1_opens_the_page_of_what_is_shown_and_gives_the_keyboard_back(room: Room) -> None:
    assert room.door.sheet is None
    room.press(Qt.Key.Key_F1)
    assert room.sheet.page.key == "enquiries"
    assert focused() is room.sheet.text
    assert room.sheet.text.accessibleName() == "Help: Enquiries"
    room.press(Qt.Key.Key_F1)
    assert room.sheet.isHidden()
    assert focused() is room.button
    room.press(Qt.Key.Key_F1)
    room.press(Qt.Key.Key_Escape)
    assert room.sheet.isHidden()
    assert focused() is room.button


def test_it_stands_beside_where_there_is_room(room: Room, theme: Theme) -> None:
    room.press(Qt.Key.Key_F1)
    assert room.is_beside()
    assert room.button.geometry().right() < room.sheet.x()
    room.button.setFocus()
    settled(room.page)
    assert room.sheet.isVisible()
    theme.set_scale(150)
    settled(room.page)
    assert not room.is_beside()
    theme.set_scale(100)
    room.sheet.put_away()
    settled(room.page)
    assert room.button.geometry().right() > room.sheet.x()


def test_over_the_screen_it_never_hides_what_has_the_keyboard(small: Room) -> None:
    small.press(Qt.Key.Key_F1)
    assert not small.sheet.beside
    assert small.sheet.isVisible()
    small.button.setFocus()
    settled(small.page)
    assert small.sheet.isHidden()
    assert focused() is small.button


def test_links_are_followed_by_keyboard_and_back(room: Room) -> None:
    room.press(Qt.Key.Key_F1)
    room.press(Qt.Key.Key_Tab)
    room.press(Qt.Key.Key_Return)
    assert room.sheet.page.key == "danger"
    assert room.sheet.back.isVisible()
    room.press(Qt.Key.Key_Left, ALT)
    assert room.sheet.page.key == "enquiries"
    assert not room.sheet.back.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_tab_goes_from_link_to_link_and_then_on(room: Room, key: Qt.Key) -> None:
    room.press(Qt.Key.Key_F1)
    stops = []
    for _ in range(12):
        room.press(key)
        stops.append(focused())
    links = len(room.sheet.page.links())
    assert room.button in stops
    assert stops.count(room.sheet.text) <= 2 * (links + 1)
    assert room.sheet.cross in stops


def test_all_pages_lead_to_each(room: Room) -> None:
    room.door.open()
    room.sheet.contents.click()
    words = room.sheet.text.toPlainText()
    assert [page.title for page in help_book().values() if page.title not in words] == []
    room.sheet.text.anchorClicked.emit(QUrl("plan"))
    assert room.sheet.page.key == "plan"
    room.sheet.text.anchorClicked.emit(QUrl("https://example.org/"))
    assert room.sheet.page.key == "plan"


def test_it_follows_the_screen_and_leaves_the_keyboard(room: Room) -> None:
    room.door.open()
    room.button.setFocus()
    room.shown = ("today",)
    room.door.follow()
    assert room.sheet.page.key == "today"
    assert focused() is room.button


def test_the_keys_are_a_press_away(room: Room) -> None:
    asked: list[bool] = []
    room.door.keys_wanted.connect(lambda: asked.append(True))
    room.door.open()
    room.sheet.keys.click()
    assert asked == [True]
    assert room.sheet.isHidden()


def test_nothing_is_fetched(room: Room, tmp_path: Path) -> None:
    secret = tmp_path / "x.txt"
    secret.write_text("not for the help", "utf-8")
    room.door.open()
    address = QUrl.fromLocalFile(str(secret))
    assert room.sheet.text.loadResource(QTextDocument.ResourceType.HtmlResource.value, address) is None


@pytest.mark.parametrize(
    ("size", "scale", "scheme"),
    [
        ((1440, 900), 100, Scheme.DARK),
        ((1024, 700), 150, Scheme.HIGH_CONTRAST),
        ((960, 600), 200, Scheme.LIGHT),
    ],
)
def test_nothing_of_it_is_cut(
    qtbot: QtBot, theme: Theme, size: tuple[int, int], scale: int, scheme: Scheme
) -> None:
    theme.choose(scheme)
    theme.set_scale(scale)
    room = Room(qtbot, theme, size)
    room.press(Qt.Key.Key_F1)
    for key in help_book():
        room.door.open(key)
        settled(room.page)
        assert problems(room.sheet) == []
        assert room.sheet.text.document().idealWidth() <= room.sheet.text.viewport().width() + 1, key
