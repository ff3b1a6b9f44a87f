"""The window's frame around each replica of a design picture, with invented counters."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.nav import NavList, Place
from peermatch.ui.widgets.text import (
    TINY,
    Look,
)
from peermatch.ui.widgets.top_bar import TopBar

PLACES = (
    Place("today", "Today", "sun"),
    Place("enquiries", "Enquiries", "inbox"),
    Place("introductions", "Introductions", "handshake"),
    Place("supporters", "Supporters", "users"),
    Place("consent", "Consent", "file-check"),
    Place("insight", "Insight", "chart-column"),
    Place("resources", "Resources", "life-buoy"),
)
COUNTERS = {"today": "7", "enquiries": "5", "introductions": "9", "supporters": "84", "consent": "6 due"}


class Shell(QWidget):
    """The window: navigation, bar, screen."""

    def __init__(self, theme: Theme, current: str, bar: TopBar, content: QWidget) -> None:
        super().__init__()
        self.setMinimumSize(960, 640)
        row = Row(theme, self, spacing=0)
        self._nav = NavList(theme, PLACES)
        for key, counter in COUNTERS.items():
            self._nav.set_counter(key, counter)
        self._nav.set_current(current)
        network = "North West peer support\nLocks in 9 min · "
        self._nav.set_foot([(network, TINY), ("backed up today", Look(12, 400, "good"))])
        row.addWidget(self._nav)
        main = Column(theme, spacing=0)
        main.addWidget(bar)
        main.addWidget(content, 1)
        row.addLayout(main, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Small windows get a narrow navigation."""
        self._nav.fit_to(self.width())
        super().resizeEvent(event)
