"""Pages of which one is seen at a time, none of them dressed before the stack itself is seen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

SAID = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
HIDDEN = Qt.WidgetAttribute.WA_WState_Hidden


class Stack(QStackedWidget):
    """Qt shows the page that is turned to, also of a stack that has no window yet.

    To show is to dress and to measure everything on it; and what is dressed is dressed anew each time that something
    around it gets its place. So a page of such a stack is only noted as shown: it follows when the stack is seen.
    """

    def addWidget(self, page: QWidget) -> int:
        """One more page; the first is the one that is turned to."""
        if self.count() == 0 and not self.isVisible():
            page.setParent(self)
            page.setAttribute(SAID)
        return super().addWidget(page)

    def setCurrentWidget(self, page: QWidget) -> None:
        """Turn to a page."""
        if not self.isVisible() and self.indexOf(page) >= 0:
            page.setAttribute(HIDDEN, False)
        super().setCurrentWidget(page)
