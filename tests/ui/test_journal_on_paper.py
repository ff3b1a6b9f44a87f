"""A page of the journal on paper: its lines, its head and numbers, and names that stay covered."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from peermatch.services.journal import Told
from peermatch.services.journal_words import Kind
from peermatch.ui.cover import Cover
from peermatch.ui.printing import put_on_paper
from peermatch.ui.screens.journal_paper import journal_page
from tests.networks import DAY
from tests.ui.introduction_office import printer_to

WHO = "Ruth Hale"


def lines(number: int) -> tuple[Told, ...]:
    """So many lines, two on each day."""
    begin = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    return tuple(
        Told(
            seq=number - each,
            at=begin - timedelta(hours=12 * each),
            who=WHO,
            action="needs",
            words=f"Set what is needed for E-{each:04} <b>",
            kind=Kind.ENQUIRIES,
            records=(),
            taken_back=each == 1,
        )
        for each in range(number)
    )


def on_paper(number: int, cover: Cover, file: Path, only: str = "") -> list[str]:
    """The words of each sheet."""
    printer: QPrinter = printer_to(file)
    put_on_paper(printer, journal_page(lines(number), only, cover, DAY))
    texts = (unicodedata.normalize("NFKC", page.extract_text()) for page in PdfReader(file).pages)
    # Ligatures, tabs and how a font spells its hyphens are the writer's own.
    return [" ".join(re.sub(r"(?<=E)\W(?=\d)", "-", text).split()) for text in texts]


def test_every_sheet_says_that_it_is_confidential_and_which_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    sheets = on_paper(100, Cover(), tmp_path / "journal.pdf")
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, start=1):
        assert "Confidential" in sheet
        assert f"Page {number} of {len(sheets)}" in sheet
    whole = " ".join(sheets)
    assert all(f"E-{each:04} <b>" in whole for each in range(100))
    assert "Friday 20 November 2026" in sheets[0]
    assert whole.count("(taken back)") == 1
    assert WHO in whole


def test_covered_names_stay_covered_and_what_was_looked_for_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    cover = Cover()
    cover.set_on(True)
    (sheet,) = on_paper(3, cover, tmp_path / "journal.pdf", "E-0001")
    assert WHO not in sheet
    assert "Only E-0001, newest first." in sheet
    assert "Printed on 20 November 2026." in sheet
