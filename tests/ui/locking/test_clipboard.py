"""What is copied: marked, gone after its time, at lock and at the end, and never somebody else's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from peermatch.ui.clipboard import KEPT_MS, OURS, ClipboardKeeper, marked, marks
from peermatch.ui.pasteboard import conceal
from tests.ui.real_networks import wait_until

SECRET = "amina.rahman@example.org"


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    found = QGuiApplication.clipboard()
    found.clear()
    yield found
    found.clear()


def test_it_is_gone_after_its_time(clipboard: QClipboard) -> None:
    keeper = ClipboardKeeper(clipboard, kept_ms=60)
    clipboard.setText(SECRET)
    assert keeper.waiting
    assert clipboard.text() == SECRET
    wait_until(lambda: clipboard.text() == "")
    assert not keeper.waiting


def test_half_a_minute_is_its_time() -> None:
    assert KEPT_MS == 30_000


def test_what_is_copied_is_marked_as_a_secret(clipboard: QClipboard) -> None:
    keeper = ClipboardKeeper(clipboard)
    clipboard.setText(SECRET)
    formats = clipboard.mimeData().formats()
    assert set(marks()) <= set(formats)
    assert set(marks("darwin")) == {OURS}
    assert "text/plain" in formats
    keeper.clear()
    assert clipboard.text() == ""


@pytest.mark.parametrize(
    ("platform", "format"),
    [
        ("win32", "ExcludeClipboardContentFromMonitorProcessing"),
        ("win32", "CanIncludeInClipboardHistory"),
        ("win32", "CanUploadToCloudClipboard"),
        ("linux", "x-kde-passwordManagerHint"),
    ],
)
def test_each_system_has_its_own_mark(platform: str, format: str) -> None:
    found = marks(platform)
    assert any(format in name for name in found)
    assert OURS in found


class Objects:
    """Stands for the Objective-C runtime: each class, text and answer is a number, each message is kept."""

    def __init__(self) -> None:
        self.names: list[str] = [""]
        self.sent: list[tuple[str, ...]] = []

    def named(self, name: str) -> int:
        self.names.append(name)
        return len(self.names) - 1

    string = named

    def send(self, receiver: int, selector: str, *words: int) -> int:
        told = (self.names[receiver], selector, *(self.names[word] for word in words))
        self.sent.append(told)
        return self.named(f"[{' '.join(told)}]")


def test_macos_is_told_to_conceal_what_lies_on_its_pasteboard() -> None:
    objects = Objects()
    conceal(objects)
    board, mark = "[NSPasteboard generalPasteboard]", "org.nspasteboard.ConcealedType"
    assert objects.sent == [
        ("NSPasteboard", "generalPasteboard"),
        ("NSArray", "arrayWithObject:", mark),
        (board, "addTypes:owner:", f"[NSArray arrayWithObject: {mark}]", ""),
        (board, "setString:forType:", "", mark),
    ]


def test_it_is_concealed_after_each_copy_and_only_then(clipboard: QClipboard) -> None:
    told: list[str] = []
    keeper = ClipboardKeeper(clipboard, conceal=lambda: told.append(clipboard.text()))
    clipboard.setText("first")
    clipboard.setText("second")
    keeper.clear()
    assert told == ["first", "second"]


def test_everything_that_was_copied_stays_in_its_own_form() -> None:
    held = QMimeData()
    held.setText("Amina")
    held.setHtml("<b>Amina</b>")
    made = marked(held)
    assert (made.text(), made.html()) == ("Amina", "<b>Amina</b>")


def test_a_copy_by_the_keyboard_is_noticed_as_well(clipboard: QClipboard, qtbot: QtBot) -> None:
    keeper = ClipboardKeeper(clipboard)
    line = QLineEdit(SECRET)
    qtbot.addWidget(line)
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == SECRET
    assert keeper.waiting
    keeper.clear()
    assert clipboard.text() == ""


def test_a_second_copy_has_its_own_time(clipboard: QClipboard) -> None:
    keeper = ClipboardKeeper(clipboard, kept_ms=200)
    clipboard.setText("first")
    QTest.qWait(120)
    clipboard.setText("second")
    QTest.qWait(120)
    assert clipboard.text() == "second"
    wait_until(lambda: clipboard.text() == "")
    assert not keeper.waiting


class Elsewhere(QMimeData):
    """What another program put there: it can be read, and it is not ours."""


def test_what_somebody_else_copied_since_stays(clipboard: QClipboard) -> None:
    """Without the mark of ours it is another's, whoever Qt holds for the owner on this screen."""
    keeper = ClipboardKeeper(clipboard)
    clipboard.setText(SECRET)
    keeper.rest_while(lambda: True)
    other = Elsewhere()
    other.setText("from elsewhere")
    clipboard.setMimeData(other)
    keeper.rest_while(lambda: False)
    keeper.clear()
    assert clipboard.text() == "from elsewhere"
    assert not keeper.waiting


def test_at_rest_nothing_is_marked_or_cleared(clipboard: QClipboard) -> None:
    keeper = ClipboardKeeper(clipboard, kept_ms=1)
    keeper.rest_while(lambda: True)
    clipboard.setText("KeyError at a.py:1")
    QTest.qWait(20)
    assert clipboard.text() == "KeyError at a.py:1"
    assert OURS not in clipboard.mimeData().formats()
    assert not keeper.waiting


def test_clearing_nothing_is_no_trouble(clipboard: QClipboard, tmp_path: Path) -> None:
    keeper = ClipboardKeeper(clipboard)
    keeper.clear()
    keeper.clear()
    assert clipboard.text() == ""
