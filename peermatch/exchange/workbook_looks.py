"""How a sheet that leaves as a workbook looks in any program: rows as high as their words, and printed whole."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_LINE = 15
"""Points: as high as a line is in the usual letters of a workbook."""
_A4 = 9


def for_paper(page: "Worksheet", *, wide: bool = False) -> None:
    """As it prints: on A4, no column cut off, its headings on every page."""
    page.set_paper(_A4)
    if wide:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def height_of(words: str, width: int) -> int:
    """How high a row is in which these words are wrapped: not every program works that out by itself."""
    lines = sum(-(-max(len(line), 1) * 10 // (width * 9)) for line in words.split("\n"))
    return _LINE * max(lines, 1)
