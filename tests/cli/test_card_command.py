"""The command card with a locked PDF and a time to talk: files that other programs read, and what is refused."""

from io import BytesIO
from pathlib import Path

import icalendar
import pytest
from pypdf import PdfReader

from tests.cli.conftest import Run

PAIR = ("E-0142", "S-0001")
WORDS = "sturdy teapot grazing violet"


@pytest.fixture
def words(tmp_path: Path) -> Path:
    file = tmp_path / "words.txt"
    file.write_text(f"{WORDS}\n", "utf-8")
    return file


def agree(peermatch: Run) -> None:
    for step in ("ask", "accept", "enquirer-agrees"):
        assert peermatch(step, *PAIR).code == 0


def test_a_locked_page_and_a_time_to_talk(peermatch: Run, tmp_path: Path, words: Path) -> None:
    agree(peermatch)
    out = tmp_path / "Siân’s cards"
    asked = ("--format", "eml,vcf,html,pdf,ics", "--pdf-passphrase-file", words, "--at", "2026-12-01T18:30")
    ended = peermatch("card", *PAIR, "--to", out, *asked)
    assert ended.code == 0
    assert "by phone or in another way, never by e-mail" in ended.out
    assert "unlocked in: eml, vcf, html" in ended.out
    assert WORDS not in ended.out + ended.err
    files = {path.suffix: path.read_bytes() for path in out.iterdir()}
    assert sorted(files) == [".eml", ".html", ".ics", ".pdf", ".vcf"]
    reader = PdfReader(BytesIO(files[".pdf"]))
    assert not reader.decrypt("")
    assert reader.decrypt(WORDS)
    assert "amina@example.org" in reader.pages[0].extract_text()
    (event,) = icalendar.Calendar.from_ical(files[".ics"]).events
    assert event.start.isoformat() == "2026-12-01T18:30:00+00:00"


def test_what_does_not_go_together_writes_nothing(peermatch: Run, tmp_path: Path, words: Path) -> None:
    agree(peermatch)
    empty, short = tmp_path / "empty", tmp_path / "short"
    empty.touch()
    short.write_text("short", "utf-8")
    out = tmp_path / "out"
    for code, said, options in (
        (2, "locks a PDF", ("--format", "eml", "--pdf-passphrase-file", words)),
        (2, "its format and its time", ("--format", "eml,ics")),
        (6, "is empty", ("--format", "pdf", "--pdf-passphrase-file", empty)),
        (6, "too short", ("--format", "pdf", "--pdf-passphrase-file", short)),
    ):
        ended = peermatch("card", *PAIR, "--to", out, *options)
        assert (ended.code, said in ended.err) == (code, True)
    assert not out.exists()
