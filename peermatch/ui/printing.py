"""Paper: the computer's own question which printer, and a page put on it; nothing in a page is fetched or run."""

from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from peermatch.errors import SystemRefused
from peermatch.words import tr

ChoosePrinter = Callable[[QWidget], QPrinter | None]
PAPER_POINTS = 11
"""The size of plain words on paper, whatever size the window has."""


class Page(QTextDocument):
    """A page for the printer, in plain black words; it loads nothing from anywhere."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing is ever loaded."""
        return None


def ask_printer(parent: QWidget) -> QPrinter | None:
    """A printer of the person's choice; None where they chose none."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    chosen = QPrintDialog(printer, parent).exec() == QPrintDialog.DialogCode.Accepted
    return printer if chosen else None


def page_of(html: str, title: str) -> Page:
    """A page made of HTML; the title says nothing of persons, for the printer's own list shows it."""
    page = Page()
    font = QFont(page.defaultFont())
    font.setPointSize(PAPER_POINTS)
    page.setDefaultFont(font)
    page.setHtml(html)
    page.setMetaInformation(QTextDocument.MetaInformation.DocumentTitle, title)
    return page


def put_on_paper(printer: QPrinter, page: QTextDocument) -> None:
    """Print it; a printer that refuses is said in one sentence."""
    title = page.metaInformation(QTextDocument.MetaInformation.DocumentTitle)
    printer.setDocName(title or "PeerMatch")
    page.print_(printer)
    if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise SystemRefused(
            tr("The printer did not take the page."), tr("Look at the printer, and print it again.")
        )
