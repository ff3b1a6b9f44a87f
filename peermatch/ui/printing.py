"""Paper: the computer's own question which printer, and a page put on it; nothing in a page is fetched or run."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import QFont, QPainter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from peermatch.errors import SystemRefused
from peermatch.words import tr

ChoosePrinter = Callable[[QWidget], QPrinter | None]
PAPER_POINTS = 11
"""The size of plain words on paper, whatever size the window has."""


class Page(QTextDocument):
    """A page for the printer, in plain black words; it loads nothing from anywhere.

    ``head`` stands above each sheet of paper, and then its number stands below.
    """

    head = ""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing is ever loaded."""
        return None


def ask_printer(parent: QWidget) -> QPrinter | None:
    """A printer of the person's choice; None where they chose none."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    chosen = QPrintDialog(printer, parent).exec() == QPrintDialog.DialogCode.Accepted
    return printer if chosen else None


def page_of(html: str, title: str, head: str = "") -> Page:
    """A page made of HTML; the title says nothing of persons, for the printer's own list shows it."""
    page = Page()
    page.head = head
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
    if isinstance(page, Page) and page.head:
        _print_with_heads(printer, page, page.head)
    else:
        page.print_(printer)
    if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise SystemRefused(
            tr("The printer did not take the page."), tr("Look at the printer, and print it again.")
        )


def _print_with_heads(printer: QPrinter, page: QTextDocument, head: str) -> None:
    """Page by page, each with its head and "page 2 of 3"."""
    painter = QPainter()
    if not painter.begin(printer):
        raise SystemRefused(
            tr("The printer did not take the page."), tr("Look at the printer, and print it again.")
        )
    painter.setFont(page.defaultFont())
    area = printer.pageRect(QPrinter.Unit.DevicePixel)
    band = 2.0 * painter.fontMetrics().lineSpacing()
    page.documentLayout().setPaintDevice(printer)
    high = area.height() - 2 * band
    page.setPageSize(QSizeF(area.width(), high))
    pages = page.pageCount()
    for number in range(pages):
        if number:
            printer.newPage()
        foot = tr("Page {number} of {pages}").format(number=number + 1, pages=pages)
        painter.drawText(QRectF(0, 0, area.width(), band), Qt.AlignmentFlag.AlignRight, head)
        below = QRectF(0, high + band, area.width(), band)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, foot)
        painter.save()
        painter.translate(0, band - number * high)
        page.drawContents(painter, QRectF(0, number * high, area.width(), high))
        painter.restore()
    painter.end()
