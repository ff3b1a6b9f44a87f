"""The report as a workbook: a sheet for each table, numbers as numbers, and never a formula or a link."""

import io
import re
from dataclasses import dataclass
from datetime import datetime, time

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from peermatch.exchange.report_csv import harmless
from peermatch.exchange.report_rows import FIRST, plain
from peermatch.exchange.workbook_looks import for_paper, height_of
from peermatch.model.disclosure import HIDDEN
from peermatch.model.insight_report import Report, Sheet

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_WIDE, _NARROW, _ABOUT = 46, 18, 78


@dataclass(frozen=True, slots=True)
class _Looks:
    """How cells are written: headings and words, and the same over and in columns of numbers."""

    bold: object
    wrapped: object
    over_numbers: object
    number: object


def report_xlsx(report: Report) -> bytes:
    """The bytes of the file."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, _OPTIONS)
    made_on = datetime.combine(report.made, time())
    book.set_properties({"title": report.title, "author": report.network, "created": made_on})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    about = book.add_worksheet("About")
    about.set_column(0, 0, _ABOUT)
    for_paper(about)
    about.write_string(0, 0, harmless(report.title), bold)
    for row, words in enumerate((report.times, *report.rules), start=1):
        about.write_string(row, 0, harmless(words), wrapped)
        about.set_row(row, height_of(words, _ABOUT))
    right = {"align": "right", "valign": "top", "text_wrap": True}
    looks = _Looks(bold, wrapped, book.add_format({**right, "bold": True}), book.add_format(right))
    for sheet in report.sheets:
        _filled(book.add_worksheet(_name(sheet)), sheet, looks)
    book.close()
    return made.getvalue()


def _name(sheet: Sheet) -> str:
    return _NOT_IN_NAMES.sub(" ", sheet.title)[:_LONGEST_NAME].strip()


def _filled(page: Worksheet, sheet: Sheet, looks: _Looks) -> None:
    page.set_column(0, 0, _WIDE)
    page.set_column(1, len(sheet.columns), _NARROW)
    page.freeze_panes(1, 1)
    for_paper(page)
    page.set_row(0, max(height_of(title, _NARROW) for title in (FIRST, *sheet.columns)))
    for column, title in enumerate((FIRST, *sheet.columns)):
        page.write_string(0, column, harmless(title), looks.over_numbers if column else looks.bold)
    for row, line in enumerate(sheet.lines, start=1):
        page.write_string(row, 0, harmless(line.label), looks.wrapped)
        page.set_row(row, height_of(line.label, _WIDE))
        for column, cell in enumerate(line.cells, start=1):
            value = plain(cell)
            if isinstance(value, int):
                page.write_number(row, column, value, looks.number)
            else:
                page.write_string(row, column, HIDDEN if value is None else harmless(value), looks.number)
    if sheet.note:
        page.write_string(len(sheet.lines) + 2, 0, harmless(sheet.note), looks.wrapped)
        page.set_row(len(sheet.lines) + 2, height_of(sheet.note, _WIDE))
