"""A new enquiry: drop the e-mail, choose the file, or paste or type the words."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import HEADING, SMALL, TINY, SectionLabel, Text
from peermatch.words import tr

ChooseFiles = Callable[[QWidget], tuple[Path, ...]]


def ask_for_files(parent: QWidget) -> tuple[Path, ...]:
    """The computer's own file chooser."""
    names, _ = QFileDialog.getOpenFileNames(
        parent, tr("Choose letters"), "", tr("E-mails (*.eml *.msg *.mbox *.txt);;All files (*)")
    )
    return tuple(Path(name) for name in names)


class NewEnquiry(QWidget):
    """``wanted_files`` asks for the file chooser, ``written`` brings text, ``closed`` steps back."""

    wanted_files = Signal()
    written = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = Column(theme, self, spacing=12, margins=(4, 0, 0, 0))
        column.addWidget(Text(theme, tr("New enquiry"), HEADING))
        how = tr("Drop one e-mail or several anywhere on this screen, or choose the files.")
        column.addWidget(Text(theme, how, SMALL))
        self.choose = Button(theme, tr("Choose files …"), kind="primary", icon="upload")
        column.addWidget(Flow(theme, [self.choose]))
        column.addWidget(SectionLabel(theme, tr("Or the words of the letter")))
        self.text = QPlainTextEdit()
        self.text.setAcceptDrops(False)
        self.text.setAccessibleName(tr("The words of the letter"))
        self.text.setPlaceholderText(tr("Paste the letter here, or write down what was said on the phone."))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.px(160))
        column.addWidget(self.text, 1)
        self.keep = Button(theme, tr("Read this letter"))
        theme.read_only.bar(self.choose, self.keep)
        self.cancel = Button(theme, tr("Cancel"), kind="quiet")
        column.addWidget(Flow(theme, [self.keep, self.cancel]))
        column.addWidget(Text(theme, tr("It is read on this computer; nothing leaves it."), TINY))
        self.choose.clicked.connect(self.wanted_files)
        self.keep.clicked.connect(self._keep)
        self.cancel.clicked.connect(self.closed)
        self.text.textChanged.connect(self._fit)
        self._fit()

    def open(self) -> None:
        """Begin anew."""
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget what was written."""
        self.text.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc steps back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _keep(self) -> None:
        self.written.emit(self.text.toPlainText())

    @Slot()
    def _fit(self) -> None:
        self.keep.bar("" if self.text.toPlainText().strip() else tr("Write or paste the letter first."))
