"""A table of supporters for the lead, as text or a workbook: what they agreed to, and never a formula or a link."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time

from peermatch.exchange.report_csv import harmless
from peermatch.model.people_table import HEADINGS, TableRow

_MARK = "\ufeff"
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDE, _NARROW = 28, 16


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
    page.set_column(0, 0, _NARROW)
    page.set_column(1, len(HEADINGS) - 1, _WIDE)
    page.freeze_panes(1, 2)
    for column, title in enumerate(HEADINGS):
        page.write_string(0, column, title, bold)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(number, column, datetime.combine(cell, time()), a_day)
            elif isinstance(cell, int):
                page.write_number(number, column, cell)
            elif cell:
                page.write_string(number, column, harmless(cell), wrapped)
    book.close()
    return kept.getvalue()


def _text(cell: str | int | date | None) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else harmless(str(cell))
