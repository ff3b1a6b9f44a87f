"""Every field of every screen: empty, far too long, line ends, odd spaces, emoji, right-to-left; none of it breaks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from peermatch import paths
from peermatch.model.people import Supporter
from peermatch.ui.main_window import MainWindow
from peermatch.ui.screen import Screen
from peermatch.ui.screens.paged import PagedScreen
from peermatch.ui.screens.register import SCREENS
from peermatch.ui.screens.supporters import SupportersScreen
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.fields import LineField
from peermatch.ui.widgets.one_line import LONGEST
from tests.ui.real_networks import doors, in_sight, opened, settled, work_of

pytestmark = pytest.mark.qt_log_ignore("does not support raise", "propagateSizeHints")
PASTED = (
    "  \u00a0\t ",
    "x" * 30_000,
    "Kim\r\nLi\u2028\u00a0🙂\u202eאבג\u202c\x00%s {name} <b>&amp;</b> ' OR 1=1 --",
)
OPENERS = ("Add", "Change", "New", "Note", "Record", "Write", "Edit", "Give", "Make")
UNSEEN = frozenset("\n\r\t\x00\u2028\u2029\u202c\u202e")


@contextmanager
def window_on(place: Path, theme: Theme, qtbot: QtBot) -> Iterator[tuple[MainWindow, list[object]]]:
    crashes: list[object] = []
    tasks = Tasks(AtOnce())
    tasks.crashed.connect(crashes.append)
    with in_sight(MainWindow(doors(), tasks, theme, services=opened(place)), qtbot) as window:
        yield window, crashes


def fields_of(screen: QWidget) -> list[QWidget]:
    """What can be typed into now."""
    found = (each for each in screen.findChildren(QWidget) if isinstance(each, QLineEdit | QPlainTextEdit))
    return [each for each in found if each.isVisible() and each.isEnabled() and not each.isReadOnly()]


def type_into(field: QWidget, text: str) -> None:
    """Paste it over what stands there, and commit."""
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    field.selectAll()
    QGuiApplication.clipboard().setText(text)
    field.paste()
    if isinstance(field, LineField):
        assert not UNSEEN & set(field.text()), field.accessibleName()
        assert len(field.text()) <= LONGEST, field.accessibleName()
        QTest.keyClick(field, Qt.Key.Key_Return)


def pages_of(screen: Screen) -> Iterator[str]:
    """Turn to each page of a screen, or stay on its only one."""
    if not isinstance(screen, PagedScreen):
        yield ""
        return
    for key in tuple(screen._pages):
        screen.turn_to(key)
        yield key


def openers_of(screen: QWidget) -> list[Button]:
    """The buttons that open a form, by their words; none that asks the computer for a file."""
    found = (each for each in screen.findChildren(Button) if each.isVisible() and each.isEnabled())
    return [each for each in found if each.accessibleName().startswith(OPENERS) and "…" not in each.text()]


class Walk:
    """Types everything into every field that it comes by, once."""

    def __init__(self, window: MainWindow, crashes: list[object]) -> None:
        self.window, self.crashes, self.seen = window, crashes, set[str]()

    def screen(self, key: str) -> None:
        """All pages of a screen with all forms that can be opened there."""
        work = work_of(self.window)
        work.show_screen(key)
        settled(self.window)
        for page in pages_of(work.current):
            settled(self.window)
            self._type(f"{key} {page}", work.current)
            if not page:
                work.current.act()
                settled(self.window)
                self._type(key, work.current)
                work.show_screen(key)
            for opener in openers_of(work.current):
                if shiboken6.isValid(opener) and opener.isVisible() and opener.isEnabled():
                    opener.click()
                    settled(self.window)
                    self._type(f"{key} {page}", work.current)
        assert self.window.page is work, key

    def _type(self, place: str, screen: Screen) -> None:
        for field in fields_of(screen):
            name = f"{place}: {field.accessibleName()}" if shiboken6.isValid(field) else ""
            if name in self.seen or not name:
                continue
            self.seen.add(name)
            for text in PASTED:
                if shiboken6.isValid(field) and field.isVisible():
                    type_into(field, text)
                    settled(self.window)
            assert self.crashes == [], name


def test_no_field_breaks_whatever_is_pasted_into_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theme: Theme, qtbot: QtBot
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    paths.make_private(paths.data_folder())
    with window_on(tmp_path, theme, qtbot) as (window, crashes):
        walk = Walk(window, crashes)
        for place, _ in SCREENS:
            walk.screen(place.key)
        assert window.services is not None
        assert window.services.upkeep.check().damage == ()
    assert len(walk.seen) > 30, walk.seen
    assert not [name for name in walk.seen if name.endswith(": ")]


def editor(window: MainWindow) -> SupportersScreen:
    work = work_of(window)
    work.show_screen("supporters", "", "S-0002")
    screen = work.current
    assert isinstance(screen, SupportersScreen)
    screen.record.edit.emit()
    settled(window)
    return screen


def test_a_form_says_everything_that_is_wrong_at_once_and_keeps_what_was_typed(
    tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    with window_on(tmp_path, theme, qtbot) as (window, crashes):
        screen = editor(window)
        fields = screen.editor.fields
        wrong = {
            "name": (fields.name, "  "),
            "email": (fields.email, "kim@li@example.org"),
            "languages": (fields.languages.finder.line, "Welsh 🙂"),
            "programmes": (fields.programmes, "Peer Support"),
            "capacity": (fields.capacity, "-1"),
            "paused_until": (fields.paused_until, "30 Feb 2027"),
        }
        for field, text in wrong.values():
            field.setText(text)
        fields.notes.setPlainText("n" * 30_000)
        screen.editor.save.click()
        settled(window)
        assert {name for name in (*wrong, "notes") if screen.editor.beside[name].error()} == {*wrong, "notes"}
        assert [field.text() for field, _ in wrong.values()] == [text for _, text in wrong.values()]
        assert fields.name.hasFocus()
        assert screen.editor.open
        assert crashes == []


def test_names_of_every_script_are_kept_as_they_are_written(
    tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    with window_on(tmp_path, theme, qtbot) as (window, crashes):
        screen = editor(window)
        for name in ("שרה לוי", "Ŵyn ap Siôn 🙂", "علي\u200cرضا"):
            screen.record.edit.emit()
            QGuiApplication.clipboard().setText(f"\n{name}\r\n")
            screen.editor.fields.name.selectAll()
            screen.editor.fields.name.paste()
            screen.editor.save.click()
            settled(window)
            assert not screen.editor.open, screen.editor.banner.sentence()
            assert window.services is not None
            held: Supporter = window.services.desk.snapshot.supporter("S-0002")
            assert held == replace(held, name=name)
        assert crashes == []
