"""Reports as files of hostile words: no formula, no markup, no second line, no name that leaves its sheet."""

import csv
import io
import re
import zipfile
from datetime import date
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from peermatch import paths
from peermatch.errors import BadInput, SystemRefused
from peermatch.exchange.press import Press
from peermatch.exchange.report_csv import harmless, report_csv
from peermatch.exchange.report_files import report_files
from peermatch.exchange.report_pdf import report_pdf, report_png
from peermatch.exchange.report_xlsx import report_xlsx
from peermatch.model.disclosure import disclosed
from peermatch.model.insight_period import Period
from peermatch.model.insight_report import Line, Report, Sheet

LAYOUT, FONTS = paths.resources() / "report" / "report.typ", paths.resources() / "fonts"
DAY = date(2026, 11, 20)
HOSTILE = (
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\tx",
    "a\r\nb,c",
    '"quoted", and; more',
    "#set page(width: 1pt)",
    '$x^2$ *bold* _x_ <label> @ref \\ `raw` #import "x"',
    "\u202eright to left",
    "Mae hi'n anodd iawn 😀",
    "long " * 60,
)


def report(*labels: str) -> Report:
    lines = tuple(Line(str(n), each, (disclosed(20 + 5 * n), "")) for n, each in enumerate(labels))
    sheet = Sheet(
        "one", "A [title]: with / signs * that ' sheets refuse", labels[0], ("=How many", "Of all"), lines
    )
    return Report(labels[0], Period(DAY, DAY), DAY, DAY, (sheet,), {})


def test_no_cell_of_a_table_can_be_taken_for_a_formula() -> None:
    raw = report_csv(report(*HOSTILE)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(raw)))
    assert len(rows) == 1 + 3 + len(HOSTILE)
    assert not [each for row in rows for each in row if each[:1] in ("=", "+", "-", "@", "\t", "\r")]
    book = CalamineWorkbook.from_filelike(io.BytesIO(report_xlsx(report(*HOSTILE))))
    assert book.sheet_names == ["About", "A  title   with   signs   that"]
    cells = book.get_sheet_by_name(book.sheet_names[1]).to_python()
    assert cells[1][:2] == ["'" + HOSTILE[0], 20.0]
    assert cells[6][0] == "a b,c"


@given(st.text(max_size=60))
def test_what_is_harmless_is_one_line_and_no_formula(text: str) -> None:
    found = harmless(text)
    assert not found.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert len(found.splitlines()) <= 1
    assert harmless("plain words") == "plain words"


@settings(max_examples=5)
@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=4))
def test_any_words_make_a_pdf(words: list[str]) -> None:
    made = report_pdf(report(*words), Press(LAYOUT, FONTS))
    assert pypdf.PdfReader(io.BytesIO(made)).pages


def test_words_are_shown_as_they_are_and_the_page_is_tagged() -> None:
    found = report(*HOSTILE)
    pdf = pypdf.PdfReader(io.BytesIO(report_pdf(found, Press(LAYOUT, FONTS))))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "#set page(width: 1pt)" in text
    assert "Mae hi'n anodd iawn ?" in text, "what has no letter is a question mark"
    assert "$x^2$ *bold* _x_ <label> @ref \\ `raw` #import" in text
    root: Any = pdf.root_object
    assert root["/MarkInfo"]["/Marked"]
    kinds = {str(each["/S"]) for each in below(root["/StructTreeRoot"])}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= kinds
    assert report_pdf(found, Press(LAYOUT, FONTS)) == report_pdf(found, Press(LAYOUT, FONTS))


def below(node: object) -> list[pypdf.generic.DictionaryObject]:
    """All parts of the structure by which a screen reader goes."""
    found: list[pypdf.generic.DictionaryObject] = []
    waiting = [node]
    while waiting:
        here = waiting.pop()
        here = here.get_object() if isinstance(here, pypdf.generic.IndirectObject) else here
        if isinstance(here, pypdf.generic.ArrayObject):
            waiting += list(here)
        elif isinstance(here, pypdf.generic.DictionaryObject):
            found += [here] if "/S" in here else []
            waiting += [here["/K"]] if "/K" in here else []
    return found


def test_a_layout_that_is_missing_is_said() -> None:
    gone = Press(LAYOUT.with_name("gone.typ"), FONTS)
    for write in (report_pdf, report_png):
        with pytest.raises(SystemRefused, match="could not be made"):
            write(report("x"), gone)


def test_each_format_once_and_no_other() -> None:
    names = [name for name, _ in report_files(report("x"), ("csv", "csv", "xlsx"), LAYOUT, FONTS)]
    assert names == [
        "peer-support-2026-11-20-to-2026-11-20.csv",
        "peer-support-2026-11-20-to-2026-11-20.xlsx",
    ]
    with pytest.raises(BadInput):
        report_files(report("x"), ("odt",), LAYOUT, FONTS)


def test_rows_of_a_workbook_are_as_high_as_their_words_and_it_prints_whole() -> None:
    """Some programs do not work out the height of a row themselves: its words would lie over those below."""
    long = "long " * 60
    book = zipfile.ZipFile(io.BytesIO(report_xlsx(report("Short", long))))
    about, page = (book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2))
    heights = [float(each) for each in re.findall(r'<row r="[23]"[^>]* ht="([0-9.]+)"', page)]
    assert heights[-1] >= 15 * len(long) / 46
    for sheet in (about, page):
        assert 'fitToPage="1"' in sheet
        assert 'paperSize="9"' in sheet
