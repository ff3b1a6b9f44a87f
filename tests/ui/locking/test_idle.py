"""The time without use: warned before, heeded by a key or the mouse, and over for a window of any kind."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QElapsedTimer, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from peermatch.ui.locking.idle import IdleWatch, idle_words, time_words
from tests.ui.real_networks import wait_until

Use = Callable[[QWidget], None]


class Heard:
    """What the watch said, with the moment of the last lock."""

    def __init__(self, watch: IdleWatch) -> None:
        self.said: list[object] = []
        watch.lock_wanted.connect(self.said.append)
        watch.nearing.connect(self.said.append)
        watch.back.connect(self._back)

    def _back(self) -> None:
        self.said.append("back")


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot) -> QWidget:
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.resize(300, 200)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    return shown


def press(page: QWidget) -> None:
    handle = page.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_A)


def move(page: QWidget) -> None:
    handle = page.windowHandle()
    assert handle is not None
    QTest.mouseMove(handle, QPoint(5, 5))
    QTest.mouseMove(handle, QPoint(9, 9))


def test_it_warns_and_then_locks_after_the_time(page: QWidget) -> None:
    watch = IdleWatch(lambda: 1)
    heard, clock = Heard(watch), QElapsedTimer()
    clock.start()
    watch.start()
    wait_until(lambda: not watch.watching)
    assert clock.elapsed() >= 900  # never before its time; how long after depends on the machine
    assert heard.said == [1, "Locked after 1 second without use."]


@pytest.mark.parametrize("use", [press, move])
def test_a_key_or_the_mouse_begins_the_time_anew(page: QWidget, use: Use) -> None:
    watch = IdleWatch(lambda: 1)
    heard = Heard(watch)
    watch.start()
    for _ in range(3):
        QTest.qWait(400)
        use(page)
    assert watch.watching
    assert not any(str(each).startswith("Locked") for each in heard.said)
    watch.stop()


def test_who_heeds_the_warning_is_told_that_it_is_off(page: QWidget) -> None:
    watch = IdleWatch(lambda: 1)
    heard = Heard(watch)
    watch.start()
    wait_until(lambda: bool(heard.said))
    press(page)
    assert heard.said == [1, "back"]
    watch.stop()


def test_typing_in_a_dialog_is_use(page: QWidget, qtbot: QtBot) -> None:
    watch = IdleWatch(lambda: 1)
    watch.start()
    dialog = QDialog(page)
    line = QLineEdit(dialog)
    with qtbot.waitActive(dialog):
        dialog.open()
        dialog.activateWindow()
    for _ in range(3):
        QTest.qWait(400)
        press(dialog)
    assert watch.watching
    assert line.text() == "aaa"
    watch.stop()
    dialog.close()


def test_nothing_is_counted_while_nothing_is_open(page: QWidget) -> None:
    watch = IdleWatch(lambda: 0)
    heard = Heard(watch)
    press(page)
    QTest.qWait(20)
    assert heard.said == []


def test_another_limit_counts_at_once(page: QWidget) -> None:
    limit = [600]
    watch = IdleWatch(lambda: limit[0])
    heard = Heard(watch)
    watch.start()
    QTest.qWait(100)
    limit[0] = 0
    wait_until(lambda: bool(heard.said))
    assert not watch.watching


def test_a_clock_that_was_set_forward_locks(page: QWidget) -> None:
    """The computer slept: the steady clock stood still, the day did not."""
    watch = IdleWatch(lambda: 600)
    heard = Heard(watch)
    watch.start()
    watch._wall -= 11 * 60 * 1000
    watch._look()
    assert heard.said == ["Locked after 10 minutes without use."]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(30, "30 seconds"), (1, "1 second"), (60, "1 minute"), (600, "10 minutes"), (5400, "90 minutes")],
)
def test_times_are_said_as_people_say_them(seconds: int, words: str) -> None:
    assert time_words(seconds) == words
    assert words in idle_words(seconds)
