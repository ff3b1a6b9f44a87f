"""Workbooks read by hand: what another reader of them finds, and files that are made to fill memory or to mislead."""

import io
import subprocess
import sys
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from peermatch.errors import BadInput
from peermatch.exchange.sheets import MOST_ROWS, read_sheet

CELLS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)).map(lambda day: datetime.combine(day, time(9, 30))),
)
SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
NAMES = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>E-mail</t></is></c></row>'
)


def workbook(rows: list[list[object]], merged: str = "") -> bytes:
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"})
    sheet = book.add_worksheet("Answers")
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell)
    if merged:
        sheet.merge_range(merged, "together")
    book.close()
    return kept.getvalue()


def with_part(raw: bytes, name: str, body: str | bytes) -> bytes:
    """The same workbook with another part."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry.filename, old.read(entry))
        new.writestr(name, body)
    return kept.getvalue()


SOUND = workbook([["Name", "E-mail"], ["Ann", "ann@example.org"]])


def sheet_of(rows: str) -> bytes:
    return with_part(SOUND, SHEET, f"{HEAD}{rows}</sheetData></worksheet>")


def plain(cell: object) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.isoformat("T", "minutes")
    return str(int(cell)) if isinstance(cell, float) else str(cell)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_another_reader_finds_the_same(answers: list[list[object]]) -> None:
    raw = workbook([["Name", "E-mail", "More"], *answers])
    other = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()
    wanted = [tuple(map(plain, row)) for row in other[1:]]
    assert [tuple(cell.replace("\u00a0", " ") for cell in row) for row in read_sheet(raw).rows] == wanted


def test_merged_cells_macros_and_formulas_are_harmless() -> None:
    merged = read_sheet(
        workbook([["Name", "E-mail", "x"], ["Ann", "a@example.org"], ["", ""]], merged="A3:C3")
    )
    assert merged.rows[1] == ("together", "", "")
    with_macro = with_part(SOUND, "xl/vbaProject.bin", bytes(5000))
    assert read_sheet(with_macro).rows == (("Ann", "ann@example.org"),)
    formula = '<row r="2"><c r="A2" t="str"><f>WEBSERVICE("http://x")</f><v>Ann</v></c><c r="B2"><f>1+1</f></c></row>'
    assert read_sheet(sheet_of(NAMES + formula + '<row r="3"><c r="A3"><v>7</v></c></row>')).rows == (
        ("Ann", ""),
        ("7", ""),
    )


def test_days_hours_errors_and_hidden_signs() -> None:
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "date_1904": True})
    page = book.add_worksheet()
    for place, name in enumerate(("Name", "Day", "Hour", "Rate", "Note")):
        page.write(0, place, name)
    page.write(1, 0, "Ann")
    page.write_datetime(1, 1, date(2026, 11, 20), book.add_format({"num_format": 'ddd "the" d mmm yyyy'}))
    page.write_number(1, 2, 0.5, book.add_format({"num_format": "hh:mm"}))
    page.write_number(1, 3, 0.25, book.add_format({"num_format": '0.00" days"'}))
    page.write_string(1, 4, "two_x000D_\nlines")
    book.close()
    assert read_sheet(kept.getvalue()).rows == (
        ("Ann", "2026-11-20", "12:00:00", "0.25", "two_x000D_\nlines"),
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (f'{NAMES}<row r="{MOST_ROWS + 200}"><c r="A{MOST_ROWS + 200}"><v>1</v></c></row>', "rows"),
        ('<!DOCTYPE a [<!ENTITY b "c">]>', "damaged"),
        ("<row", "damaged"),
    ],
)
def test_what_is_not_right_is_one_sentence(rows: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_sheet(sheet_of(rows))


def test_a_cell_in_the_last_corner_takes_no_memory() -> None:
    far = '<row r="2"><c r="A2"><v>1</v></c><c r="XFD2"><v>9</v></c></row>'
    assert read_sheet(sheet_of(NAMES + far)).rows == (("1", ""),)
    with pytest.raises(BadInput, match="rows"):
        read_sheet(sheet_of(NAMES + '<row r="1048576"><c r="A1048576"><v>9</v></c></row>'))


BOMBS = {
    "entities": '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><sst>&b;</sst>',
    "strings": f"<sst>{'<si/>' * 400_000}</sst>",
    "one": f"<sst><si><t>{'a' * 70_000_000}</t></si></sst>",
}


@pytest.mark.parametrize("bomb", sorted(BOMBS))
def test_a_bomb_is_refused_within_seconds_and_little_memory(bomb: str, tmp_path: Path) -> None:
    file = tmp_path / "bomb.xlsx"
    file.write_bytes(with_part(SOUND, "xl/sharedStrings.xml", BOMBS[bomb]))
    program = (
        "import sys, resource; from pathlib import Path\n"
        "from peermatch.errors import BadInput; from peermatch.exchange.sheets import read_sheet\n"
        "raw = Path(sys.argv[1]).read_bytes()\n"
        "resource.setrlimit(resource.RLIMIT_AS, (600_000_000,) * 2)\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (8, 8))\n"
        "try: read_sheet(raw)\nexcept BadInput: sys.exit(7)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(file)], timeout=60, check=False)
    assert ended.returncode == 7


def test_two_hundred_thousand_rows_are_said_at_once() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, 200_000))
    with pytest.raises(BadInput, match=f"more than {MOST_ROWS} rows"):
        read_sheet(sheet_of(NAMES + rows))


def test_text_with_too_many_cells_is_refused_at_once() -> None:
    with pytest.raises(BadInput, match="too many cells"):
        read_sheet(b"Name,E-mail\n" + b"," * 5_000_000)
