"""What is shown when the program itself has failed: calm words, where it happened, and no name."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from peermatch.ui.messages import Fault
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Row, Scroll
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import HERO, SMALL, Look, Text
from peermatch.words import tr

CALM = tr(
    "This is a fault of PeerMatch, not yours. The network is locked and whole: what was finished is kept, "
    "what was half done was not begun."
)
REPORT = tr("What stands below names places in the program, nobody's name and nothing that anybody wrote.")


class CrashPage(QWidget):
    """``again`` goes back to the first page, ``leave`` closes the window."""

    again = Signal()
    leave = Signal()

    def __init__(self, theme: Theme, fault: Fault) -> None:
        super().__init__()
        self._text = fault.text()
        self._copy = Button(theme, tr("Copy"), icon="copy")
        again = Button(theme, tr("Unlock again"), kind="primary")
        leave = Button(theme, tr("Close PeerMatch"))
        report = QPlainTextEdit(self._text)
        report.setReadOnly(True)
        report.setTabChangesFocus(True)
        report.setAccessibleName(tr("Report"))
        report.setMinimumHeight(theme.px(150))
        page = QWidget()
        outer = Row(theme, page, margins=(16, 16, 16, 16))
        card = Card(theme, margins=(40, 36, 40, 36), spacing=12)
        card.setMaximumWidth(theme.px(720))
        for part in (
            Text(theme, tr("Something went wrong"), HERO),
            Text(theme, CALM, Look(14, 400, "ink_2")),
            Text(theme, REPORT, SMALL),
            report,
            Flow(theme, (again, self._copy, leave), gap=10),
        ):
            card.body.addWidget(part)
        outer.addStretch(1)
        outer.addWidget(card, 100, Qt.AlignmentFlag.AlignVCenter)
        outer.addStretch(1)
        Column(theme, self).addWidget(Scroll(page, name=tr("Something went wrong")))
        self._copy.clicked.connect(self._copy_report)
        again.clicked.connect(self.again)
        leave.clicked.connect(self.leave)
        self._again = again

    def take_focus(self) -> None:
        """Begin with the way back."""
        self._again.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _copy_report(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self._copy.set_text(tr("Copied"))
