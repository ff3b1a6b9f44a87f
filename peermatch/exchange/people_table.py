"""A table of supporters for the lead, as text or a workbook: what they agreed to, and never a formula or a link."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time

from peermatch.exchange.report_csv import harmless
from peermatch.exchange.workbook_looks import for_paper, height_of
from peermatch.model.people_table import HEADINGS, TableRow

_MARK = "\ufeff"
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDTHS = (9, 20, 11, 30, 16, 8, 27, 27, 30, 14, 27, 9, 10, 12, 12)
"""Of the columns, in signs: narrow enough for a sheet of paper on its side."""


def people_csv(rows: Sequence[TableRow]) -> bytes:
    """A line for each person, which any program reads."""
    written = io.StringIO()
    out = csv.writer(written, lineterminator="\r\n")
    out.writerow(HEADINGS)
    out.writerows([_text(cell) for cell in row] for row in rows)
    return (_MARK + written.getvalue()).encode()


def people_xlsx(rows: Sequence[TableRow], network: str, made: date) -> bytes:
    """A workbook of one sheet; days and numbers are days and numbers."""
    import xlsxwriter

    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, _OPTIONS)
    book.set_properties({"title": "Supporters", "author": network, "created": datetime.combine(made, time())})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    a_day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    page = book.add_worksheet("Supporters")
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    page.set_row(0, max(map(height_of, HEADINGS, _WIDTHS)))
    page.freeze_panes(1, 2)
    for_paper(page, wide=True)
    for column, title in enumerate(HEADINGS):
        page.write_string(0, column, title, bold)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(number, column, datetime.combine(cell, time()), a_day)
            elif isinstance(cell, int):
                page.write_number(number, column, cell, wrapped)
            elif cell:
                page.write_string(number, column, harmless(cell), wrapped)
        page.set_row(number, max(map(height_of, map(_text, row), _WIDTHS)))
    book.close()
    return kept.getvalue()


def _text(cell: str | int | date | None) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else harmless(str(cell))
