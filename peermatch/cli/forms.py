"""The command that takes in what volunteers answered: looked at first, then written as one step."""

import json
from pathlib import Path

from peermatch.cli.main import Answer, Call
from peermatch.errors import BadInput
from peermatch.model.consent import ConsentRecord
from peermatch.model.form import FormMapping, FormPreview, FormRow, Sheet
from peermatch.services.form_told import told
from peermatch.services.forms import LARGEST
from peermatch.services.office import Services


def import_supporters(call: Call) -> Answer:
    """Answers as records: all that were given, or none while anything is wrong with one of them."""
    services, file = call.services(), call.arguments.file
    sheet = services.forms.read(_bytes(file))
    mapping = _mapping(services, sheet, call.arguments.mapping)
    if not call.arguments.dry_run:
        done = services.forms.take_in(sheet, mapping, file.name, call.on)
        return Answer({"taken_in": done.notice, "step": done.undo}, (done.notice,))
    preview = services.forms.preview(sheet, mapping, file.name, call.on)
    document = {
        "rows": [_row(row) for row in preview.rows],
        "problems": [str(fault) for fault in preview.faults],
        "mapping": services.forms.document(mapping),
    }
    return Answer(document, (*_lines(preview), "Nothing was written."), 6 if preview.faults else 0)


def _mapping(services: Services, sheet: Sheet, file: Path | None) -> FormMapping:
    return (
        services.forms.guess(sheet) if file is None else services.forms.read_mapping(_reading(_bytes(file)))
    )


def _reading(raw: bytes) -> bytes:
    """The mapping within the whole answer of a dry run, where that is what was kept; else the file as it is."""
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError):
        return raw
    whole = isinstance(document, dict) and document.keys() == {"rows", "problems", "mapping"}
    return json.dumps(document["mapping"]).encode() if whole else raw


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as source:
            return source.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(f"{file} could not be read: {error.strerror}.", "Check its name.") from error


def _row(row: FormRow) -> dict[str, object]:
    return {
        "row": row.number,
        "standing": row.standing.value,
        "supporter": row.supporter.id or None,
        "name": row.supporter.name,
        "changes": list(row.changes),
        "agreed": _points(row.agreed),
        "refused": _points(row.refused),
        "remark": row.remark,
    }


def _points(records: tuple[ConsentRecord, ...]) -> list[dict[str, str | None]]:
    return [{"purpose": each.purpose.value, "characteristic": each.characteristic} for each in records]


def _lines(preview: FormPreview) -> tuple[str, ...]:
    return (*map(_line, preview.rows), *(str(fault) for fault in preview.faults), told(preview))


def _line(row: FormRow) -> str:
    who = f" {row.supporter.id}" if row.supporter.id else ""
    what = f" ({', '.join(row.changes)})" if row.changes else ""
    return f"row {row.number}: {row.standing.value}{who}{what}{f', {row.remark}' if row.remark else ''}"
