"""The printed page of services, read back from the PDF that a printer would get: what may lie open, and no more."""

from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from peermatch.exchange.signpost_page import printable, signpost_page
from peermatch.model.signposts import Signpost, Signposts

FOLDER = Path(__file__).parents[2] / "resources" / "vocabulary"
EVERY = Signposts.parse((FOLDER / "signposts.toml").read_text("utf-8")).all
LINE = next(each for each in EVERY if each.id == "gm-da-helpline")
TELLING = ("abuse", "suicid", "rape", "violence", "miscarriage", "http", "@", "manchester", "peer")


def on_paper(page: str, place: Path) -> PdfReader:
    """The page as a printer takes it."""
    document = QTextDocument()
    document.setHtml(page)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(place / "page.pdf"))
    document.print_(printer)
    return PdfReader(place / "page.pdf")


def text_of(reader: PdfReader) -> str:
    lines = "\n".join(page.extract_text() for page in reader.pages).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines)


def test_discreetly_every_number_is_there_and_nothing_that_tells(qapp: QApplication, tmp_path: Path) -> None:
    shown = printable(EVERY, discreet=True)
    reader = on_paper(signpost_page(shown, discreet=True), tmp_path)
    said = text_of(reader)
    assert [each.phone for each in shown if each.phone not in said] == []
    # Hours are the only words of a service that stand there.
    assert [word for word in TELLING if word in said.casefold()] == []
    assert reader.metadata is not None
    assert not reader.metadata.title, "a printer's list of jobs shows no title"
    assert all(each.phone or each.text for each in shown)


def test_in_full_it_names_the_service_and_no_heading(qapp: QApplication, tmp_path: Path) -> None:
    reader = on_paper(signpost_page((LINE,), discreet=False), tmp_path)
    lines = text_of(reader).splitlines()
    assert lines[0].strip() == LINE.name
    assert LINE.phone in lines[1]
    assert printable(EVERY, discreet=False) == EVERY


@pytest.mark.parametrize("discreet", [True, False])
def test_words_are_shown_as_they_are(discreet: bool) -> None:
    sly: Signpost = replace(LINE, name="<b>A</b> & B", hours="<script>alert(1)</script>\n9 to 5\u202e")
    page = signpost_page((sly,), discreet=discreet)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page
    assert "src=" not in page
