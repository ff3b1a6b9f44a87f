"""The files of a report in the formats that are asked for."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from peermatch.errors import BadInput
from peermatch.exchange.press import Press
from peermatch.model.insight_report import Report


def _csv(report: Report, _press: Press) -> bytes:
    from peermatch.exchange.report_csv import report_csv

    return report_csv(report)


def _xlsx(report: Report, _press: Press) -> bytes:
    from peermatch.exchange.report_xlsx import report_xlsx

    return report_xlsx(report)


def _pdf(report: Report, press: Press) -> bytes:
    from peermatch.exchange.report_pdf import report_pdf

    return report_pdf(report, press)


def _png(report: Report, press: Press) -> bytes:
    from peermatch.exchange.report_pdf import report_png

    return report_png(report, press)


# What writes a format is loaded when it is asked for: the window opens without it.
_WRITERS: Mapping[str, Callable[[Report, Press], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "png": _png,
}
REPORT_FORMATS = tuple(_WRITERS)
"""The formats that can be written, by the ending of their files."""


def refuse_formats(formats: Sequence[str]) -> None:
    """Refuse what cannot be written before anything is made."""
    if not formats:
        raise BadInput("No format was named.", f"Use {', '.join(REPORT_FORMATS)}.")
    if unknown := [each for each in formats if each not in REPORT_FORMATS]:
        raise BadInput(f"A report cannot be written as {unknown[0]}.", f"Use {', '.join(REPORT_FORMATS)}.")


def report_files(
    report: Report, formats: Sequence[str], layout: Path, fonts: Path
) -> tuple[tuple[str, bytes], ...]:
    """Each file with its name, which says nothing but days."""
    refuse_formats(formats)
    press = Press(layout, fonts)
    return tuple((f"{report.stem}.{each}", _WRITERS[each](report, press)) for each in dict.fromkeys(formats))
