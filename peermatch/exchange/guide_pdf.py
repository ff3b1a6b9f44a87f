"""Pages of the help or one document as a tagged PDF (PDF/UA-1), to read, print or hear without the program."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from peermatch.errors import SystemRefused
from peermatch.exchange.press import NotSet, Press
from peermatch.model.pages import Block, Kind, Page, Run

_TOGETHER = frozenset({Kind.STEP, Kind.POINT, Kind.ROW})


@dataclass(frozen=True, slots=True)
class Chapter:
    """Pages that belong together; without a title they are the whole of a document."""

    title: str
    pages: tuple[Page, ...]


def guide_pdf(title: str, version: str, chapters: Sequence[Chapter], press: Press) -> bytes:
    """The bytes of the file. Same words, same bytes: the day of making stands nowhere in it."""
    within = frozenset(page.key for chapter in chapters for page in chapter.pages)
    book = {
        "title": title,
        "version": version,
        "chapters": [
            {"title": chapter.title, "pages": [_page(page, within) for page in chapter.pages]}
            for chapter in chapters
        ],
    }
    try:
        return press.pdf({"guide": json.dumps(book, ensure_ascii=False)}, 0)
    except NotSet as error:
        raise SystemRefused("The guide could not be made as a PDF.", "Install the program again.") from error


def _page(page: Page, within: frozenset[str]) -> dict[str, object]:
    return {"key": page.key, "title": page.title, "parts": list(_parts(page, within))}


def _parts(page: Page, within: frozenset[str]) -> Iterator[dict[str, object]]:
    """Steps, points and rows that follow each other are one list or one table."""
    for kind, group in groupby(page.blocks, key=lambda block: block.kind):
        if kind in _TOGETHER:
            yield {"kind": kind.value, "items": [_item(block, within) for block in group]}
        else:
            yield from ({"kind": kind.value, "runs": _runs(block.runs, within)} for block in group)


def _item(block: Block, within: frozenset[str]) -> list[object]:
    if block.kind is Kind.ROW:
        return [_runs(cell, within) for cell in block.cells]
    return list(_runs(block.runs, within))


def _runs(runs: tuple[Run, ...], within: frozenset[str]) -> list[dict[str, object]]:
    """A link to a page that is not in the file is its words alone."""
    return [
        {"text": run.text, "strong": run.strong, "code": run.code, "to": run.to if run.to in within else ""}
        for run in runs
    ]
