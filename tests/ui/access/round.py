"""The way through all screens of the window: each page and each part that a switch shows."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from peermatch.services.office import Services
from peermatch.ui.main_window import MainWindow
from peermatch.ui.screens.register import SCREENS
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.segmented import Segmented
from peermatch.ui.workplace import Workplace
from tests.ui.access.keyboard import takes_tab
from tests.ui.real_networks import doors, settled

ROUNDS = 50
Choices = tuple[str, ...]
KEYS = tuple(place.key for place, _ in SCREENS)


class Round:
    """One window on one network, for all tests of a module; its worker answers at once."""

    def __init__(self, services: Services, theme: Theme, size: tuple[int, int] = (1440, 900)) -> None:
        self.services, self.theme = services, theme
        self.walks = self.turns = True
        """Whether the keyboard walks, and whether all pages are looked at or only the first of each screen."""
        QAccessible.setActive(True)  # as with a screen reader: lists tell that their rows changed
        self.tasks = Tasks(AtOnce())
        self.window = MainWindow(doors(), self.tasks, theme, services=services)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        self.rest()

    @property
    def work(self) -> Workplace:
        """What the window shows."""
        assert isinstance(self.window.page, Workplace)
        return self.window.page

    def rest(self) -> None:
        """Every answer has come and every layout stands."""
        for _ in range(ROUNDS):
            settled(self.window)
            if self.tasks.idle:
                return
        raise AssertionError("the window never came to rest")

    def pages(self, key: str) -> Iterator[str]:
        """Show a screen, then each page and each part that its switches lead to; gives where it is, in words."""
        self.work.show_screen(key)
        self.rest()
        yield key
        yield from self._turned(key, self.work.current, frozenset())

    def opened(self, key: str) -> str:
        """Go to a screen and press the button of the bar above it; what it says, or nothing if there is none."""
        self.work.show_screen(key)
        self.rest()
        button = self.work.bar.action
        words = button.text() if button.isVisible() and button.isEnabled() else ""
        if words:
            button.click()
            self.rest()
        return words

    def first_stop(self) -> QWidget:
        """Where Tab begins: at the navigation."""
        return next(each for each in self.work.nav.findChildren(QWidget) if takes_tab(each))

    def _turned(self, where: str, within: QWidget, known: frozenset[Choices]) -> Iterator[str]:
        """Of switches that offer the same, such as one for each answer, one is enough; inner ones come first."""
        shown = [each for each in within.findChildren(Segmented) if each.isVisible()]
        new = {choices_of(each): each for each in reversed(shown) if choices_of(each) not in known}
        for switch in new.values():
            for segment in switch.segments():
                if not switch.isVisible():
                    break
                here = f"{where} / {segment.text()}"
                if not segment.isChecked():
                    segment.click()
                    self.rest()
                    yield here
                yield from self._turned(here, within, known | new.keys())

    def close(self) -> None:
        """Lock it all."""
        self.window.release()
        self.window.close()
        self.window.deleteLater()
        self.services.lock()


def choices_of(switch: Segmented) -> Choices:
    """What a switch offers."""
    return tuple(segment.text() for segment in switch.segments())


@contextmanager
def round_on(services: Services, theme: Theme, size: tuple[int, int] = (1440, 900)) -> Iterator[Round]:
    """A way through the window, ended well."""
    made = Round(services, theme, size)
    try:
        yield made
    finally:
        made.close()
