"""A report on its way out: sheets of figures that the small-number rule made, and nothing else that was counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from peermatch.errors import Damaged
from peermatch.model.dates import in_words
from peermatch.model.disclosure import HIDDEN, Figure, Span, told_again
from peermatch.model.insight_period import Period

Cell = Figure | str
"""A figure, or words that were made from figures alone."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet: by what it is known again, its words, and a cell for each column."""

    key: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its title, what stands above it, the titles of its columns, and its lines."""

    key: str
    title: str
    note: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]

    def figure(self, key: str, column: int) -> Figure | None:
        """What stands in a line, where there is such a line and it is a figure."""
        cells = next((each.cells for each in self.lines if each.key == key), ())
        cell = cells[column] if column < len(cells) else None
        return cell if isinstance(cell, Figure) else None


Spans = Mapping[str, tuple[Span, ...]]
"""Of each measure the stretches of time of which a count is shown."""


@dataclass(frozen=True, slots=True)
class Report:
    """What leaves: of which network and time, made and counted when, and the sheets.

    ``counted`` is the day on which supporters were counted.
    """

    network: str
    period: Period
    made: date
    counted: date
    sheets: tuple[Sheet, ...]
    spans: Spans

    @property
    def title(self) -> str:
        """What it is."""
        return f"{self.network}: peer support in numbers"

    @property
    def times(self) -> str:
        """Of which time it is, in words."""
        return f"{in_words(self.period.start)} to {in_words(self.period.end)}"

    @property
    def stem(self) -> str:
        """How its files are named: by their days, and by nothing else."""
        return f"peer-support-{self.period.start.isoformat()}-to-{self.period.end.isoformat()}"

    @property
    def rules(self) -> tuple[str, ...]:
        """How it is to be read."""
        return (
            f"A star ({HIDDEN}) stands for a small number, or for one that would give a small number away. "
            "Other numbers are rounded to the nearest 5, so lines need not add up. Percentages are made from "
            "rounded numbers.",
            f"Supporters were counted on {in_words(self.counted)}, and by topic only where they agreed to be.",
        )

    def sheet(self, key: str) -> Sheet | None:
        """One of its sheets."""
        return next((each for each in self.sheets if each.key == key), None)


def report_to_dict(report: Report) -> dict[str, Any]:
    """All of it, as the network keeps what was published."""
    return {
        "network": report.network,
        "from": report.period.start.isoformat(),
        "to": report.period.end.isoformat(),
        "made": report.made.isoformat(),
        "counted": report.counted.isoformat(),
        "sheets": [_sheet_to_dict(each) for each in report.sheets],
        "spans": {
            key: [[each.start.isoformat(), each.after.isoformat()] for each in spans]
            for key, spans in report.spans.items()
        },
    }


def _sheet_to_dict(sheet: Sheet) -> dict[str, Any]:
    lines = [
        {
            "key": each.key,
            "label": each.label,
            "cells": [cell.value if isinstance(cell, Figure) else cell for cell in each.cells],
        }
        for each in sheet.lines
    ]
    return {
        "key": sheet.key,
        "title": sheet.title,
        "note": sheet.note,
        "columns": list(sheet.columns),
        "lines": lines,
    }


def report_from_dict(kept: Mapping[str, Any]) -> Report:
    """The same again, as it was published."""
    try:
        return Report(
            network=kept["network"],
            period=Period(date.fromisoformat(kept["from"]), date.fromisoformat(kept["to"])),
            made=date.fromisoformat(kept["made"]),
            counted=date.fromisoformat(kept["counted"]),
            sheets=tuple(_sheet(each) for each in kept["sheets"]),
            spans={key: tuple(_span(*each) for each in spans) for key, spans in kept["spans"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Damaged(
            "A report that was published is not as it was kept.", "Restore the newest backup."
        ) from None


def _sheet(kept: Mapping[str, Any]) -> Sheet:
    lines = (Line(e["key"], e["label"], tuple(_cell(cell) for cell in e["cells"])) for e in kept["lines"])
    return Sheet(kept["key"], kept["title"], kept["note"], tuple(kept["columns"]), tuple(lines))


def _cell(kept: object) -> Cell:
    if isinstance(kept, str):
        return kept
    if kept is not None and (not isinstance(kept, int) or isinstance(kept, bool)):
        raise TypeError("no figure")
    return told_again(kept)


def _span(start: str, after: str) -> Span:
    return Span(date.fromisoformat(start), date.fromisoformat(after))
