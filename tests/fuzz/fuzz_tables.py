"""Changed tables and portable files for their readers: ``python -m tests.fuzz.fuzz_tables MINUTES [SEED]``."""

import io
import json
import sys
import zipfile
import zlib
from datetime import datetime
from functools import partial
from random import Random

import xlsxwriter

from peermatch.exchange.form_mapping import read_mapping
from peermatch.exchange.portable import dump_network, parse_network
from peermatch.exchange.sheets import read_sheet
from peermatch.model.reference import Reference
from peermatch.services.form_guess import guess
from peermatch.services.form_words import FormWords
from tests.attacks.fuzzing import changed
from tests.exchange.networks import shipped
from tests.exchange.test_portable_mail import WHOLE as CARRIED
from tests.exchange.test_portable_own import WHOLE
from tests.fuzz.trying import Reader, main
from tests.fuzz.within import changed_json, changed_xml

HEADINGS = ("Timestamp", "Your name", "E-mail", "What have you been through?", "May we keep this on record?")
ANN = ("2026/11/18 10:39:41 AM GMT", "Siân Ó", "ann@example.org", "ADHD;Seeing stars", "Yes")
MAPPING = {
    "columns": {
        "Your name": {"meaning": "name"},
        "May we keep this on record?": {"meaning": "consent", "purpose": "hold"},
    },
    "wording": "2026-1",
    "months": 12,
}
PARTS = (
    b'r="XFD1048576"',
    b'r="A1048576"',
    b"<row>",
    b"<c>",
    b"<v>",
    b"</sst>",
    b"<!DOCTYPE a>",
    b'encoding="utf-7"',
    b't="s"',
    b"&#x1F;",
)


def workbook() -> bytes:
    """As a form program saves one."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    page = book.add_worksheet("Form1")
    for number, row in enumerate((HEADINGS, ANN, ANN)):
        page.write_row(number, 0, row)
    page.write_datetime(3, 0, datetime.fromisoformat("2026-11-18"), book.add_format({"num_format": 14}))
    page.write_formula(3, 1, "=1+1", None, "2")
    page.write_boolean(3, 2, True)
    book.close()
    return kept.getvalue()


def texts() -> list[bytes]:
    """Text in several separators, quotes and encodings."""
    rows = (HEADINGS, ANN, tuple(f'"{cell}\n""x"""' for cell in ANN))
    return [
        "\r\n".join(separator.join(row) for row in rows).encode(encoding)
        for separator, encoding in ((",", "utf-8"), (";", "cp1252"), ("\t", "utf-16"), ("|", "utf-8-sig"))
    ]


def changed_parts(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    """Mostly a part of the packed file is changed and packed again, so that it is read and not only found broken."""
    if chance.random() < 0.2:
        return changed(data, chance, others)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = {entry.filename: packed.read(entry) for entry in packed.infolist()}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError, KeyError):
        return changed(data, chance, others)
    if not parts:
        return changed(data, chance, others)
    name = chance.choice(sorted(parts))
    parts[name] = _changed_part(name, parts[name], chance, list(parts.values()))
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as new:
        for each, inside in parts.items():
            new.writestr(each, inside[:5_000_000])
    return kept.getvalue()


def _changed_part(name: str, part: bytes, chance: Random, others: list[bytes]) -> bytes:
    """Mostly within the values of an XML part, else anywhere in it."""
    if name.endswith((".xml", ".rels")) and chance.random() < 0.75:
        return changed_xml(part, chance, others)
    body = changed(part, chance, others)
    place = chance.randrange(len(body) + 1)
    return body[:place] + chance.choice(PARTS) + body[place:] if chance.random() < 0.4 else body


def _understood(words: FormWords, data: bytes) -> object:
    """Read, and what its columns seem to mean."""
    return guess(read_sheet(data), words)


def _both_ways(reference: Reference, data: bytes) -> None:
    """What is taken comes back equal."""
    network = parse_network(data, reference)
    if parse_network(dump_network(network), reference) != network:
        raise ValueError("a portable file did not come back equal")


def readers() -> list[Reader]:
    """Every reader of tables and of portable files."""
    reference = shipped()
    understood = partial(_understood, FormWords(reference))
    portable = json.dumps(WHOLE, ensure_ascii=False).encode()
    letters = json.dumps(CARRIED, ensure_ascii=False).encode()
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr("answers.csv", texts()[0])
    return [
        Reader("workbook", understood, [workbook()], changed_parts),
        Reader("text", understood, texts()),
        Reader("packed-text", understood, [kept.getvalue()], changed_parts),
        Reader("mapping", read_mapping, [json.dumps(MAPPING).encode()], changed_json),
        Reader("portable", partial(_both_ways, reference), [portable, letters], changed_json),
    ]


if __name__ == "__main__":
    sys.exit(main(readers(), sys.argv[1:]))
