"""The command that shares figures: counts with small numbers hidden, as text or as files."""

from pathlib import Path

from peermatch.cli.main import Answer, Call
from peermatch.errors import BadInput
from peermatch.model.disclosure import Figure
from peermatch.model.insight_period import Period, first_of_month, months_over
from peermatch.model.insight_report import Report, Sheet

_MONTHS = 12


def report(call: Call) -> Answer:
    """The figures of a stretch of time, as everybody may see them; what leaves is kept."""
    publishing, period = call.services().figures.publishing, _period(call)
    prepared = publishing.prepare(period, call.on)
    found = prepared.report
    document = {**_document(found), "again": prepared.again}
    if call.arguments.format is None:
        publishing.told(found, call.on)
        return Answer({**document, "files": []}, _lines(found))
    formats = tuple(each.strip() for each in call.arguments.format.split(","))
    published = publishing.publish(found, call.on, call.arguments.out or Path.cwd(), formats)
    files = [str(path) for path in published.files]
    return Answer({**document, "files": files}, (published.done.notice, *files))


def _period(call: Call) -> Period:
    """The twelve whole months before this one, where no days are named."""
    start, end = call.arguments.start, call.arguments.end
    if start is None or end is None:
        last = months_over(call.on, _MONTHS)
        end = end or (last.end if last else call.on)
        start = start or first_of_month(end, _MONTHS - 1)
    if start > end:
        raise BadInput("The first day is after the last one.", "Swap --from and --to.")
    return Period(start, end)


def _document(found: Report) -> dict[str, object]:
    return {
        "network": found.network,
        "from": found.period.start.isoformat(),
        "to": found.period.end.isoformat(),
        "made": found.made.isoformat(),
        "counted": found.counted.isoformat(),
        "rules": list(found.rules),
        "tables": [_table(each) for each in found.sheets],
    }


def _table(sheet: Sheet) -> dict[str, object]:
    lines = [
        {
            "id": line.key,
            "label": line.label,
            "values": [cell.value if isinstance(cell, Figure) else cell for cell in line.cells],
        }
        for line in sheet.lines
    ]
    return {"id": sheet.key, "title": sheet.title, "columns": list(sheet.columns), "lines": lines}


def _lines(found: Report) -> tuple[str, ...]:
    lines = [found.title, found.times, *found.rules]
    for sheet in found.sheets:
        lines += ["", f"{sheet.title} ({', '.join(sheet.columns)})", *([sheet.note] if sheet.note else [])]
        lines += [f"  {each.label}: {_said(each.cells)}" for each in sheet.lines]
    return tuple(lines)


def _said(cells: tuple[object, ...]) -> str:
    return ", ".join(filter(None, map(str, cells)))
