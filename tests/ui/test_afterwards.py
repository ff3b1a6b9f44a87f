"""What comes after the first page comes bit by bit, at once where it is needed, and not at all where it is not."""

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from peermatch.ui.afterwards import Afterwards


def test_each_step_comes_by_itself_and_people_in_between(qtbot: QtBot) -> None:
    parent, done = QObject(), list[str]()

    def first() -> None:
        done.append("first")
        QTimer.singleShot(0, lambda: done.append("somebody"))

    after = Afterwards([first, lambda: done.append("second"), lambda: done.append("third")], parent)
    assert done == []
    after.begin()
    assert done == []
    qtbot.waitUntil(lambda: len(done) == 4)
    assert done.index("somebody") < done.index("third")
    assert [each for each in done if each != "somebody"] == ["first", "second", "third"]


def test_who_needs_it_has_all_of_it_now_and_no_step_twice(qtbot: QtBot) -> None:
    parent, done = QObject(), list[int]()
    after = Afterwards([lambda: done.append(1), lambda: done.append(2)], parent)
    after.begin()
    after.finish()
    assert done == [1, 2]
    qtbot.wait(20)
    after.finish()
    assert done == [1, 2]


def test_a_window_that_was_closed_needs_nothing_more(qtbot: QtBot) -> None:
    parent, done = QObject(), list[int]()
    after = Afterwards([lambda: done.append(1)], parent)
    after.begin()
    after.forget()
    qtbot.wait(20)
    assert done == []
