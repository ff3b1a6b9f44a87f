"""Reads the rows of a workbook (.xlsx) as they stand: nothing is worked out, and no more is unpacked than is looked at.

Written by hand because a library that builds the whole grid can be made to ask for more memory than there is, by a file
of a few kilobytes with one cell in its last corner (ECMA-376, part 1, sections 18.3 and 18.8).
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from xml.parsers import expat

MOST_READ = 60_000_000
"""Bytes of a workbook that are unpacked to find its answers; a form of five thousand answers has far fewer."""
MOST_STRINGS = 300_000
LONGEST = 20_000
_STEP = 1 << 16
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_HIDDEN = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_DAYS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""The numbers of built-in formats that show a day or an hour (ECMA-376, 18.8.30)."""
_FIRST_DAY, _FIRST_DAY_1904 = datetime.fromisoformat("1899-12-30"), datetime.fromisoformat("1904-01-01")
_LATEST = 2_958_466

Value = str | int | float | bool | date | time | datetime | None
Attributes = Mapping[str, str]


class Unreadable(Exception):
    """The file is no workbook, is damaged, or is made to be too much."""


class TooMuch(Exception):
    """More stands in it than any form's answers need."""


class TooManyRows(Exception):
    """Something stands below the last row that is read."""


@dataclass(slots=True)
class _Handlers:
    """What is done at the begin and the end of an element (by its name without prefix), and with text."""

    begin: Callable[[str, dict[str, str]], None]
    end: Callable[[str], None]
    text: Callable[[str], None]


def _nothing(*_: object) -> None:
    """For what need not be heard."""


class Workbook:
    """One file; `rows` gives those of its first sheet that has more than one."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed, self._left = packed, MOST_READ
        self._names = {entry.filename: entry for entry in packed.infolist()}
        self._from_1904 = False

    def rows(self, most_rows: int, most_columns: int) -> list[tuple[Value, ...]]:
        """Rows from the first one on, empty ones included; none where no sheet holds a table."""
        strings, styles = self._strings(), self._styles()
        for part in self._sheets():
            sheet = _Sheet(strings, styles, self._first_day(), most_rows, most_columns)
            self._parse(part, _Handlers(sheet.begin, sheet.end, sheet.said))
            if len(sheet.rows) > 1:
                return sheet.rows
        return []

    def _first_day(self) -> datetime:
        return _FIRST_DAY_1904 if self._from_1904 else _FIRST_DAY

    def _sheets(self) -> Iterator[str]:
        """The parts of the sheets, in the order in which a person sees them."""
        wanted: list[str] = []
        targets: dict[str, str] = {}

        def begin(name: str, attributes: dict[str, str]) -> None:
            if name == "sheet":
                wanted.append(next((v for k, v in attributes.items() if _local(k) == "id"), ""))
            elif name == "workbookPr":
                self._from_1904 = attributes.get("date1904") in ("1", "true")

        def relation(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship":
                targets[attributes.get("Id", "")] = attributes.get("Target", "")

        self._parse("xl/workbook.xml", _Handlers(begin, _nothing, _nothing))
        self._parse("xl/_rels/workbook.xml.rels", _Handlers(relation, _nothing, _nothing))
        for id in wanted:
            part = posixpath.normpath(posixpath.join("/xl", targets.get(id, ""))).lstrip("/")
            if part in self._names and part.endswith(".xml"):
                yield part

    def _strings(self) -> list[str]:
        """The texts that cells point to."""
        found: list[str] = []
        pieces: list[str] = []
        inside = {"t": False, "rPh": False}

        def begin(name: str, _: dict[str, str]) -> None:
            if name in inside:
                inside[name] = True

        def end(name: str) -> None:
            if name in inside:
                inside[name] = False
            elif name == "si":
                if len(found) >= MOST_STRINGS:
                    raise TooMuch
                found.append(_text(pieces))
                pieces.clear()

        def said(text: str) -> None:
            if inside["t"] and not inside["rPh"]:
                pieces.append(text)

        self._parse("xl/sharedStrings.xml", _Handlers(begin, end, said), needed=False)
        return found

    def _styles(self) -> list[bool]:
        """For each style of a cell whether it shows a day or an hour."""
        own: dict[int, bool] = {}
        styles: list[bool] = []
        inside = [False]

        def begin(name: str, attributes: dict[str, str]) -> None:
            if name == "numFmt":
                shown = _LITERAL.sub("", attributes.get("formatCode", ""))
                own[_number(attributes.get("numFmtId", ""))] = bool(re.search(r"[dmyhs]", shown, re.I))
            elif name == "cellXfs":
                inside[0] = True
            elif name == "xf" and inside[0]:
                id = _number(attributes.get("numFmtId", ""))
                styles.append(own.get(id, id in _DAYS))

        def end(name: str) -> None:
            if name == "cellXfs":
                inside[0] = False

        self._parse("xl/styles.xml", _Handlers(begin, end, _nothing), needed=False)
        return styles

    def _parse(self, part: str, handlers: _Handlers, *, needed: bool = True) -> None:
        entry = self._names.get(part)
        if entry is None:
            if needed:
                raise Unreadable
            return
        if entry.compress_type not in _METHODS:
            raise Unreadable
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda name, attributes: handlers.begin(_local(name), attributes)
        parser.EndElementHandler = lambda name: handlers.end(_local(name))
        parser.CharacterDataHandler = handlers.text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            with self._packed.open(entry) as inside:
                while chunk := inside.read(_STEP):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise TooMuch
                    parser.Parse(chunk, False)
                parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise Unreadable from error


@dataclass(slots=True)
class _Sheet:
    """The rows of one sheet while it is read."""

    strings: list[str]
    styles: list[bool]
    first_day: datetime
    most_rows: int
    most_columns: int
    rows: list[tuple[Value, ...]] = field(default_factory=list)
    _row: int = 0
    _cells: dict[int, Value] = field(default_factory=dict)
    _column: int = 0
    _kind: str = ""
    _dated: bool = False
    _pieces: list[str] = field(default_factory=list)
    _listens: bool = False
    _phonetic: bool = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """A row, a cell, or what stands in one."""
        if name == "row":
            self._row = max(_number(attributes.get("r", "")), self._row + 1)
            self._cells, self._column = {}, 0
        elif name == "c":
            self._begin_cell(attributes)
        elif name in ("v", "t"):
            self._listens = not self._phonetic
        elif name == "rPh":
            self._phonetic = True

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = _PLACE.fullmatch(attributes.get("r", ""))
        self._column = _column(place[1]) if place else self._column + 1
        self._kind = attributes.get("t", "n")
        style = _number(attributes.get("s", "0"))
        self._dated = style < len(self.styles) and self.styles[style]
        self._pieces = []

    def said(self, text: str) -> None:
        """Words of a cell."""
        if self._listens:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """A cell or a row is complete."""
        if name in ("v", "t"):
            self._listens = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "c":
            value = self._value(_text(self._pieces))
            if value not in (None, "") and self._column <= self.most_columns:
                self._cells[self._column] = value
        elif name == "row" and self._cells:
            self._end_row()

    def _end_row(self) -> None:
        if self._row > self.most_rows:
            raise TooManyRows
        self.rows += [()] * (self._row - 1 - len(self.rows))
        self.rows.append(tuple(self._cells.get(place) for place in range(1, max(self._cells) + 1)))

    def _value(self, said: str) -> Value:
        if self._kind == "s":
            number = _number(said)
            return self.strings[number] if 0 <= number < len(self.strings) else None
        if self._kind == "b":
            return said.strip() == "1"
        if self._kind == "n":
            return self._figure(said)
        return None if self._kind == "e" else said

    def _figure(self, said: str) -> Value:
        """A number, or the day that it stands for; what is neither stays as it is written."""
        try:
            number = float(said)
        except ValueError:
            return said
        if self._dated and 0 <= number < _LATEST:
            return _day(number, self.first_day)
        return number if abs(number) < 1e15 else said


def _day(number: float, first_day: datetime) -> Value:
    """Days since the first one, as programs that make tables count them."""
    moment = first_day + timedelta(seconds=round(number * 86_400))
    if number < 1:
        return moment.time()
    return moment.date() if number == int(number) else moment


def _text(pieces: list[str]) -> str:
    """Words with what stands for signs that XML cannot hold put back."""
    return _HIDDEN.sub(lambda found: chr(int(found[1], 16)), "".join(pieces)[:LONGEST])


def _number(said: str) -> int:
    plain = said.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 9 else 0


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse_doctype(*_: object) -> None:
    """No workbook has one; entities are for attacks."""
    raise Unreadable
