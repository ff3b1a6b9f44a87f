"""The report as pages to read, print or hear: a tagged PDF for screen readers too (PDF/UA-1), or one picture."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, time

from peermatch.errors import SystemRefused
from peermatch.exchange.press import NotSet, Press
from peermatch.exchange.report_rows import sheet_rows
from peermatch.model.insight_report import Report

PICTURE_PPI = 144
_NOT_LATIN = re.compile("[^ -~\u00a0-\u017f\u2013\u2014\u2018\u2019\u201c\u201d\u2026]")
"""What the letters that ship with the program may not have; all that English and Welsh need is there."""
_MISSING = "?"


def report_pdf(report: Report, press: Press) -> bytes:
    """The bytes of the file; what it says goes in as data and is never read as markup."""
    moment = datetime.combine(report.made, time(), UTC)
    return _made(report, "pages", lambda inputs: press.pdf(inputs, moment))


def report_png(report: Report, press: Press) -> bytes:
    """The same as one picture, as high as it needs to be."""
    return _made(report, "picture", lambda inputs: press.png(inputs, PICTURE_PPI))


def _made(report: Report, form: str, make: Callable[[dict[str, str]], bytes]) -> bytes:
    """A standard page may hold no sign without a letter for it: where there is one, it is shown as a question mark."""
    document = json.dumps(_document(report), ensure_ascii=False)
    try:
        try:
            return make({"report": document, "form": form})
        except NotSet:
            return make({"report": _plain(report), "form": form})
    except NotSet as error:
        raise SystemRefused(
            "The report could not be made as a page.",
            "Save it as a table instead, and install the program again.",
        ) from error


def _document(report: Report) -> dict[str, object]:
    return {
        "title": report.title,
        "network": report.network,
        "times": report.times,
        "rules": list(report.rules),
        "sheets": [sheet_rows(each) for each in report.sheets],
    }


def _plain(report: Report) -> str:
    """The same with letters alone that are there for sure."""

    def known(value: object) -> object:
        if isinstance(value, str):
            return _NOT_LATIN.sub(_MISSING, value)
        if isinstance(value, list):
            return [known(each) for each in value]
        return {name: known(each) for name, each in value.items()} if isinstance(value, dict) else value

    return json.dumps(known(_document(report)))
