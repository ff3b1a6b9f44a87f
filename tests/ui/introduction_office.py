"""What the tests of introductions share: the screen on the sample network, and what it would ask of the computer."""

from datetime import date
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtCore import QUrl
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QWidget

from peermatch.model.introduction import State
from peermatch.ui.screens.introduction_ways import CardDoors
from peermatch.ui.screens.introductions import IntroductionsScreen
from tests.ui.sample_office import Bench

DAY = date(2026, 11, 20)
AGREED, ACCEPTED, ASKED = ("E-0137", "S-0048"), ("E-0141", "S-0044"), ("E-0137", "S-0004")
SENT = ("E-0127", "S-0002")


class Ways:
    """What the computer was asked to open, and the folder that a person would choose."""

    def __init__(self, folder: Path) -> None:
        self.opened: list[Path] = []
        self.held: list[bytes] = []
        self.opens = True
        self.folder: Path | None = folder
        self.paper = folder.parent / "paper.pdf"
        self.prints = True
        self.links: list[str] = []
        self.hold_ms = 0

    def open_file(self, path: Path) -> bool:
        self.opened.append(path)
        self.held.append(path.read_bytes())
        return self.opens

    def choose_folder(self, parent: QWidget) -> Path | None:
        return self.folder

    def open_link(self, link: QUrl) -> bool:
        self.links.append(link.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        return self.opens

    def choose_printer(self, parent: QWidget) -> QPrinter | None:
        """A printer whose paper is a file."""
        return printer_to(self.paper) if self.prints else None


def doors_of(ways: Ways) -> CardDoors:
    """The computer as the test answers for it."""
    return CardDoors(
        ways.open_file, ways.choose_folder, ways.choose_printer, ways.open_link, hold_ms=ways.hold_ms
    )


def printer_to(file: Path) -> QPrinter:
    """A printer whose paper is a PDF file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


def printed_words(file: Path) -> str:
    """What another program reads on the paper."""
    pages = PdfReader(file).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def screen_of(desk: Bench) -> IntroductionsScreen:
    assert isinstance(desk.screen, IntroductionsScreen)
    return desk.screen


def at(desk: Bench, key: tuple[str, str]) -> IntroductionsScreen:
    screen_of(desk).open_at(*key)
    desk.rest()
    return screen_of(desk)


def state(desk: Bench, key: tuple[str, str]) -> State:
    found = desk.services.desk.snapshot.introductions
    return next(i.state for i in found if (i.enquiry, i.supporter) == key)


def words_on(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
