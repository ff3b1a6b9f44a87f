"""The sheets of a report as plain rows, for every format that it is written in."""

from peermatch.model.disclosure import Figure
from peermatch.model.insight_report import Cell, Sheet

FIRST = "What"
"""The title of the first column of every table."""


def plain(cell: Cell) -> int | str | None:
    """A figure as a number, or none where it is hidden; words as they are."""
    return cell.value if isinstance(cell, Figure) else cell


def sheet_rows(sheet: Sheet) -> dict[str, object]:
    """One table as data."""
    return {
        "title": sheet.title,
        "note": sheet.note,
        "first": FIRST,
        "columns": list(sheet.columns),
        "lines": [{"label": e.label, "cells": [plain(cell) for cell in e.cells]} for e in sheet.lines],
    }
