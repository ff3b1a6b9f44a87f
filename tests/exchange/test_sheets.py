"""Tables that form programs save, in their real layouts, and the ways in which such a file can be wrong."""

import csv
import io
import zipfile
from contextlib import suppress
from datetime import UTC, datetime

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from peermatch.errors import BadInput
from peermatch.exchange.sheets import LARGEST_INSIDE, MOST_COLUMNS, MOST_ROWS, read_sheet

CELLS = st.text(alphabet=st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)


def workbook(rows: list[list[object]], before: int = 0) -> bytes:
    """A workbook as Microsoft Forms saves it; a date is a real date."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "remove_timezone": True})
    sheet = book.add_worksheet("Form1")
    for number, row in enumerate(rows, start=before):
        for place, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(number, place, cell, book.add_format({"num_format": "m/d/yy h:mm:ss"}))
            else:
                sheet.write(number, place, cell)
    book.close()
    return kept.getvalue()


def text(rows: list[list[str]], separator: str = ",", encoding: str = "utf-8") -> bytes:
    kept = io.StringIO(newline="")
    csv.writer(kept, delimiter=separator).writerows(rows)
    return kept.getvalue().encode(encoding)


def test_a_workbook_keeps_days_and_numbers_as_a_person_sees_them() -> None:
    answers: list[list[object]] = [
        ["ID", "Completion time", "Your\u00a0name", "How many?"],
        [1, datetime(2026, 3, 29, 2, 5, tzinfo=UTC), "Siân Ó", 2],
        [2, datetime(2026, 11, 21, 9, 15, tzinfo=UTC), "", 1.5],
    ]
    sheet = read_sheet(workbook(answers))
    assert sheet.headings == ("ID", "Completion time", "Your name", "How many?")
    assert sheet.rows == (("1", "2026-03-29T02:05", "Siân Ó", "2"), ("2", "2026-11-21T09:15", "", "1.5"))


def test_a_formula_is_never_worked_out_and_a_title_above_is_passed_over() -> None:
    rows: list[list[object]] = [
        ["Answers of the spring"],
        ["Name", "Comment"],
        ["Ann Bee", '=HYPERLINK("http://x","click")'],
    ]
    sheet = read_sheet(workbook(rows))
    assert sheet.first == 3
    assert sheet.rows[0][0] == "Ann Bee"
    assert "http" not in sheet.rows[0][1]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_every_separator_and_encoding(separator: str, encoding: str) -> None:
    rows = [["Name", "Town; or city", "Notes"], ["Siân Ó", "Bury, Lancashire", 'two\nlines, and "quotes"']]
    sheet = read_sheet(text(rows, separator, encoding))
    assert sheet.headings == ("Name", "Town; or city", "Notes")
    assert sheet.rows == (("Siân Ó", "Bury, Lancashire", 'two\nlines, and "quotes"'),)


def test_a_zip_of_google_with_one_text_in_it_is_read() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr(
            "Peer supporters.csv", text([["Timestamp", "Name"], ["2026/11/20 10:39:41 PM GMT", "Ann"]])
        )
    assert read_sheet(kept.getvalue()).rows == (("2026/11/20 10:39:41 PM GMT", "Ann"),)


def test_headings_of_the_same_words_are_told_apart() -> None:
    sheet = read_sheet(text([["Name", "Email", "Email", ""], ["Ann", "a@x.example", "b@x.example", "z"]]))
    assert sheet.headings == ("Name", "Email", "Email (2)")


def test_short_and_empty_rows_keep_their_number() -> None:
    sheet = read_sheet(text([["Name", "Email"], ["Ann"], ["", ""], ["Ben", "b@x.example"], ["", ""]]))
    assert sheet.rows == (("Ann", ""), ("", ""), ("Ben", "b@x.example"))


def huge() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", b"")
        for number in range(LARGEST_INSIDE // 10_000_000 + 1):
            packed.writestr(f"xl/worksheets/sheet{number}.xml", bytes(10_000_000))
    return kept.getvalue()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty"),
        (b"   \n ", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        (b"PK\x03\x04 not a zip", "damaged"),
        (workbook([["Name", "Email"], ["Ann", "a@x.example"]])[:900], "damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "no table"),
        (b"only one line of words", "no table"),
        (text([["Name", "Email"]]), "Nobody has answered"),
        (text([["a", "b"], *[["1", "2"]] * (MOST_ROWS + 1)]), f"more than {MOST_ROWS} rows"),
        (text([[f"c{n}" for n in range(MOST_COLUMNS + 1)], ["1"]]), "columns"),
    ],
)
def test_what_is_no_table_of_answers_is_one_sentence(raw: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_sheet(raw)


def test_a_workbook_that_would_fill_memory_is_not_opened() -> None:
    with pytest.raises(BadInput, match="larger inside"):
        read_sheet(huge())


@given(
    st.lists(CELLS, min_size=2, max_size=5, unique=True),
    st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=5),
)
@settings(max_examples=60)
def test_what_a_table_says_is_what_is_read(headings: list[str], answers: list[list[str]]) -> None:
    rows = [[*answer, *[""] * (len(headings) - 2)] for answer in answers]
    assert read_sheet(text([headings, *rows])).rows == tuple(map(tuple, rows))


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_one_sentence(raw: bytes) -> None:
    with suppress(BadInput):
        assert read_sheet(raw).rows


def test_a_packed_text_that_was_damaged_on_its_way_is_said() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.csv", "Name,Email\n" + "".join(f"Ann {n},a{n}@example.org\n" for n in range(500)))
    whole = kept.getvalue()
    for place in range(40, 400, 9):
        broken = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        with suppress(BadInput):
            read_sheet(broken)
