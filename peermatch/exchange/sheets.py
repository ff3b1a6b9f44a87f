"""Reads the table that a form program saved: a workbook, text with separators, or a zip with such a text in it."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from peermatch.errors import BadInput
from peermatch.exchange.workbook import TooManyRows, TooMuch, Unreadable, Value, Workbook
from peermatch.model.form import Sheet
from peermatch.model.text import one_line, readable

LARGEST = 20_000_000
"""Bytes of a file of answers."""
LARGEST_INSIDE = 200_000_000
"""Bytes of a workbook when it is unpacked; a file that grows larger is made to fill memory."""
MOST_ROWS = 5_000
MOST_COLUMNS = 300
LONGEST_CELL = 20_000
_SEPARATORS = ";,\t|"
_LOOKED_AT, _LOOKED_INTO = 20, 100_000
_MOST_CELLS = (MOST_ROWS + 100) * MOST_COLUMNS
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NEITHER = "This file holds no table of answers."
_SAVE_AS = "Download the answers again as .xlsx or .csv, and choose that file."


def read_sheet(raw: bytes) -> Sheet:
    """The answers in a file, whatever it is called; one sentence says why it cannot be read."""
    if len(raw) > LARGEST:
        raise BadInput(
            f"This file is larger than {LARGEST // 1_000_000} MB.", "Choose the file with the answers."
        )
    if not raw.strip():
        raise BadInput("This file is empty.", _SAVE_AS)
    if raw.startswith(_OLD_OFFICE):
        raise BadInput(
            "This file is protected by a password or of an old kind (.xls).",
            "Open it, and save it as .xlsx without a password.",
        )
    return _sheet(_from_zip(raw) if raw.startswith(b"PK\x03\x04") else _from_text(raw))


def _from_zip(raw: bytes) -> Iterator[Sequence[Value]]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            entries = packed.infolist()
            if sum(entry.file_size for entry in entries) > LARGEST_INSIDE:
                raise BadInput(
                    "This file is far larger inside than it looks, so it was not opened.", _SAVE_AS
                )
            texts = [entry for entry in entries if entry.filename.lower().endswith(".csv")]
            if len(texts) == 1:
                with packed.open(texts[0]) as inside:
                    return _from_text(inside.read(LARGEST))
            if not any(entry.filename == "[Content_Types].xml" for entry in entries):
                raise BadInput(_NEITHER, _SAVE_AS)
            return _from_workbook(packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError) as error:
        raise BadInput("This file is damaged or not complete.", _SAVE_AS) from error


def _from_workbook(packed: zipfile.ZipFile) -> Iterator[Sequence[Value]]:
    """The first sheet that holds anything; formulas are not worked out, and macros are not looked at."""
    try:
        rows = Workbook(packed).rows(MOST_ROWS + 100, MOST_COLUMNS + 1)
    except Unreadable as error:
        raise BadInput("This workbook is damaged, or it is not one.", _SAVE_AS) from error
    except TooMuch as error:
        raise BadInput(f"This workbook holds far more than {MOST_ROWS} answers.", _SAVE_AS) from error
    except TooManyRows as error:
        raise _too_many_rows() from error
    if not rows:
        raise BadInput(_NEITHER, _SAVE_AS)
    return iter(rows)


def _from_text(raw: bytes) -> Iterator[Sequence[Value]]:
    text = _decoded(raw)
    if "\x00" in text:
        raise BadInput(_NEITHER, _SAVE_AS)
    separator = max(_SEPARATORS, key=lambda each: _columns(text[:_LOOKED_INTO], each))
    if text.count(separator) > _MOST_CELLS:
        raise BadInput("This table has far too many cells.", _SAVE_AS)
    csv.field_size_limit(LARGEST)
    try:
        return iter(
            list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), MOST_ROWS + 100))
        )
    except csv.Error as error:
        raise BadInput("This table cannot be read to its end.", _SAVE_AS) from error


def _decoded(raw: bytes) -> str:
    """Text in the encodings that form programs and Excel write; what fits none of them is read as Windows text."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _columns(text: str, separator: str) -> int:
    """How well a separator fits: the most columns that lines have, times the lines that have so many."""
    try:
        first = islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), _LOOKED_AT)
        widths = [len(row) for row in first]
    except csv.Error:
        return 0
    most = max(widths, default=0)
    return most * widths.count(most) if most > 1 else 0


def _sheet(rows: Iterator[Sequence[Value]]) -> Sheet:
    table = [tuple(map(_words, row)) for row in rows]
    heading = next((place for place, row in enumerate(table) if sum(map(bool, row)) > 1), None)
    if heading is None:
        raise BadInput(_NEITHER, _SAVE_AS)
    names = table[heading]
    width = max(place + 1 for place, name in enumerate(names) if name)
    if width > MOST_COLUMNS:
        raise BadInput(f"This table has more than {MOST_COLUMNS} columns.", _SAVE_AS)
    answers = [(*row[:width], *("",) * (width - len(row))) for row in table[heading + 1 :]]
    while answers and not any(answers[-1]):
        answers.pop()
    if not answers:
        raise BadInput(
            "Nobody has answered this form yet: the table has headings only.", "Try again when somebody has."
        )
    if len(answers) > MOST_ROWS:
        raise _too_many_rows()
    return Sheet(_told_apart(names[:width]), tuple(answers), heading + 2)


def _too_many_rows() -> BadInput:
    return BadInput(
        f"This table has more than {MOST_ROWS} rows.", "Split it, and take in one part at a time."
    )


def _words(cell: Value) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat("T", "minutes")
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if cell is None:
        return ""
    return re.sub(r"[ \t\u00a0\u202f]+", " ", readable(str(cell))).strip()[:LONGEST_CELL]


def _told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Headings on one line; a second one of the same words gets a number, an empty one its letter."""
    seen: dict[str, int] = {}
    told = []
    for place, name in enumerate(names):
        plain = one_line(name) or f"Column {place + 1}"
        seen[plain] = seen.get(plain, 0) + 1
        told.append(plain if seen[plain] == 1 else f"{plain} ({seen[plain]})")
    return tuple(told)
