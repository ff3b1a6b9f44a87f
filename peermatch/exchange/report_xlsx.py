"""The report as a workbook: a sheet for each table, numbers as numbers, and never a formula or a link."""

import io
import re
from datetime import datetime, time

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from peermatch.exchange.report_csv import harmless
from peermatch.exchange.report_rows import FIRST, plain
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
_WIDE, _NARROW = 46, 18


def report_xlsx(report: Report) -> bytes:
    """The bytes of the file."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, _OPTIONS)
    made_on = datetime.combine(report.made, time())
    book.set_properties({"title": report.title, "author": report.network, "created": made_on})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    about = book.add_worksheet("About")
    about.set_column(0, 0, 2 * _WIDE)
    about.write_string(0, 0, harmless(report.title), bold)
    for row, words in enumerate((report.times, *report.rules), start=1):
        about.write_string(row, 0, harmless(words), wrapped)
    for sheet in report.sheets:
        _filled(book.add_worksheet(_name(sheet)), sheet, bold, wrapped)
    book.close()
    return made.getvalue()


def _name(sheet: Sheet) -> str:
    return _NOT_IN_NAMES.sub(" ", sheet.title)[:_LONGEST_NAME].strip()


def _filled(page: Worksheet, sheet: Sheet, bold: object, wrapped: object) -> None:
    page.set_column(0, 0, _WIDE)
    page.set_column(1, len(sheet.columns), _NARROW)
    page.freeze_panes(1, 1)
    for column, title in enumerate((FIRST, *sheet.columns)):
        page.write_string(0, column, harmless(title), bold)
    for row, line in enumerate(sheet.lines, start=1):
        page.write_string(row, 0, harmless(line.label), wrapped)
        for column, cell in enumerate(line.cells, start=1):
            value = plain(cell)
            if isinstance(value, int):
                page.write_number(row, column, value)
            else:
                page.write_string(row, column, HIDDEN if value is None else harmless(value))
    if sheet.note:
        page.write_string(len(sheet.lines) + 2, 0, harmless(sheet.note), wrapped)
