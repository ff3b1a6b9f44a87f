"""What the tests of data protection share: the screen on the sample network, and the words on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from peermatch.model.rights import Subject, SubjectKind
from peermatch.ui.screens.duties import DutiesScreen
from peermatch.ui.theme import Theme
from tests.ui.sample_office import Bench, bench

DUE_CASE, DUE_CARD, DUE_PERSON = "E-0104", "E-0119", "S-0059"
"""What is due in the sample: an enquiry, one whose trainee holds a card, and a supporter whose consent has ended."""
RAVI = "Ravi S."
AMINA, TOM = "S-0001", "S-0002"
OPEN_CASE = "E-0137"


class Folder:
    """The folder that a person would choose."""

    def __init__(self, place: Path | None) -> None:
        self.place = place

    def choose(self, _parent: QWidget) -> Path | None:
        return self.place


@contextmanager
def office(place: Path, theme: Theme, qtbot: QtBot, folder: Folder) -> Iterator[Bench]:
    """The screen on a network of its own, with the keyboard."""
    made_by = lambda services, tasks: DutiesScreen(services, tasks, theme, choose_folder=folder.choose)  # noqa: E731 - one expression
    with bench(place, made_by) as made:
        with qtbot.waitActive(made.page):
            made.page.activateWindow()
        made.rest()
        yield made


def screen_of(desk: Bench) -> DutiesScreen:
    assert isinstance(desk.screen, DutiesScreen)
    return desk.screen


def turn_to(desk: Bench, page: str) -> DutiesScreen:
    screen_of(desk).open_at(page)
    desk.rest()
    return screen_of(desk)


def press(desk: Bench, button: QPushButton) -> None:
    """As a person presses it: only where it is in sight and can be pressed."""
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.rest()


def words_on(part: QWidget) -> str:
    """Everything that can be read there now."""
    told = (getattr(each, "words", None) for each in part.findChildren(QLabel) if each.isVisible())
    plain = [each.text() for each in part.findChildren(QPushButton) if each.isVisible()]
    chips = [
        each.text() for each in part.findChildren(QLabel) if each.isVisible() and not hasattr(each, "words")
    ]
    return "\n".join([*(said() for said in told if said), *plain, *chips])


def supporter(id: str) -> Subject:
    return Subject(SubjectKind.SUPPORTER, id)


def enquirer(reference: str) -> Subject:
    return Subject(SubjectKind.ENQUIRER, reference)
