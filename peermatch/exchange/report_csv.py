"""The report as one table of text: a line for each number, which any program reads."""

import csv
import io

from peermatch.exchange.report_rows import FIRST
from peermatch.model.insight_report import Report

_MARK = "\ufeff"
"""By what Excel knows that the text is UTF-8."""
_STEERS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
"""What a table program would take for the beginning of a formula (OWASP ASVS 1.2.10)."""


def report_csv(report: Report) -> bytes:
    """The bytes of the file; no cell can be taken for a formula."""
    written = io.StringIO()
    out = csv.writer(written, lineterminator="\r\n")
    rows = [("Table", FIRST, "Column", "Number")]
    rows += [("About", report.title, "", report.times), *(("About", each, "", "") for each in report.rules)]
    for sheet in report.sheets:
        rows += [
            (sheet.title, line.label, column, str(cell))
            for line in sheet.lines
            for column, cell in zip(sheet.columns, line.cells, strict=True)
            if str(cell)
        ]
    out.writerows([harmless(each) for each in row] for row in rows)
    return (_MARK + written.getvalue()).encode()


def harmless(text: str) -> str:
    """The same words, on one line, with a mark before them where they would be taken for a formula."""
    plain = " ".join(text.replace("\0", " ").split())
    return f"'{plain}" if text.startswith(_STEERS) or plain.startswith(_STEERS) else plain
