"""A screen of several pages: a switch above, one page below it, and the keyboard where the page begins."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from peermatch.services.office import Services
from peermatch.ui.screen import Screen
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel, Row
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.segmented import Segmented
from peermatch.ui.widgets.stack import Stack


class PagedScreen(Screen):
    """Base of such screens: they make their pages, lay them out, and say where the keyboard begins."""

    def __init__(
        self, services: Services, tasks: Tasks, theme: Theme, titles: Sequence[tuple[str, str]], name: str
    ) -> None:
        super().__init__(services, tasks, theme)
        self.switch = Segmented(theme, titles, name=name, wraps=True)
        self._pages: Mapping[str, QWidget] = {}
        self._stack = Stack()
        self.switch.chosen.connect(self._turn_to)

    def lay_out(
        self,
        pages: Mapping[str, QWidget],
        *behind: QWidget,
        ruled: bool = True,
        beside: QWidget | None = None,
    ) -> None:
        """Put the switch above the pages; ``behind`` are those that it does not lead to, a rule parts them.

        ``beside`` stands at the other end of the switch's line, or below it.
        """
        self._pages = pages
        for page in (*pages.values(), *behind):
            self._stack.addWidget(page)
        above = Panel(self.theme, "canvas", edge="bottom") if ruled else Panel(self.theme, "canvas")
        row = Row(self.theme, above, margins=(20, 12, 20, 12 if ruled else 4))
        if beside is not None:
            row.addWidget(Spread(self.theme, Flow(self.theme, (self.switch,)), beside))
        else:
            row.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        column = Column(self.theme, self, spacing=0)
        column.addWidget(above)
        column.addWidget(self._stack, 1)

    @property
    def page(self) -> str:
        """Which page is shown."""
        return self.switch.current()

    def begin(self, reason: Qt.FocusReason) -> None:
        """Give the keyboard to the first thing to do on the page."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins where the page says; as a proxy it would let Tab pass by what stands above."""
        super().focusInEvent(event)
        self.begin(event.reason())

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody comes to do something."""
        super().showEvent(event)
        if not event.spontaneous():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn_to(self, page: str) -> None:
        """Show a page, and in the switch that it is shown."""
        self.switch.set_current(page)
        self._turn_to(page)

    @Slot(str)
    def _turn_to(self, page: str) -> None:
        self._stack.setCurrentWidget(self._pages[page])
        self.changed.emit()
