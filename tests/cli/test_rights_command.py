"""Subject access, requests, incidents and withdrawals on the command line, with their exit codes."""

import json
import stat
from pathlib import Path

import pytest

from peermatch.model.rights import RequestKind
from tests.cli.conftest import Run


def card(peermatch: Run, tmp_path: Path) -> None:
    for step in ("ask", "accept", "enquirer-agrees"):
        assert peermatch(step, "E-0142", "S-0001").code == 0
    assert peermatch("card", "E-0142", "S-0001", "--to", tmp_path / "card").code == 0


def test_subject_access_shows_then_writes(peermatch: Run, tmp_path: Path) -> None:
    shown = peermatch("subject-access", "supporter", "S-0001")
    assert shown.code == 0
    assert "supporter.name: Amina Rahman" in shown.out
    assert "Nothing was written" in shown.out
    keys = [
        f["key"]
        for s in peermatch("subject-access", "supporter", "S-0001", "--json").json["sections"]
        for f in s["fields"]
    ]
    assert {"supporter.id", "consents[0].purpose", "wordings[0].text"} <= set(keys)
    written = peermatch(
        "subject-access", "supporter", "S-0001", "--to", tmp_path / "out",
        "--redact", "supporter.phone", "supporter.place", "--json",
    )  # fmt: skip
    assert written.code == 0
    assert written.json["redacted"] == ["supporter.phone", "supporter.place"]
    page, document = map(Path, written.json["files"])
    assert stat.S_IMODE(page.stat().st_mode) == stat.S_IMODE(document.stat().st_mode) == 0o600
    assert b"07700 900123" not in page.read_bytes() + document.read_bytes()
    values = {
        f["key"]: f["value"] for s in json.loads(document.read_bytes())["sections"] for f in s["fields"]
    }
    assert values["supporter.name"] == "Amina Rahman"
    again = peermatch("subject-access", "supporter", "S-0001", "--to", tmp_path / "out")
    assert (again.code, "already a file" in again.err) == (6, True)


def test_subject_access_of_an_enquirer_says_what_to_read_first(peermatch: Run, tmp_path: Path) -> None:
    written = peermatch("subject-access", "enquirer", "E-0142", "--to", tmp_path / "out")
    assert written.code == 0
    assert "enquiry.letter" in written.err
    assert "not encrypted" in written.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("supporter", "S-0099"), 6),
        (("enquirer", "S-0001"), 6),
        (("neither", "S-0001"), 2),
        (("supporter", "S-0001", "--redact", "supporter.notes"), 2),
        (("supporter", "S-0001", "--to", "{out}", "--redact", "supporter.shoe"), 6),
        (("supporter", "S-0001", "--to", "{network}"), 6),
        (("supporter", "S-0001", "--to", "{network}/backups"), 6),
    ],
)
def test_subject_access_that_is_refused_writes_nothing(
    peermatch: Run, tmp_path: Path, folder: Path, words: tuple[str, ...], code: int
) -> None:
    places = {"{out}": str(tmp_path / "out"), "{network}": str(folder)}
    named = [
        word.replace("{network}", places["{network}"]).replace("{out}", places["{out}"]) for word in words
    ]
    assert peermatch("subject-access", *named).code == code
    assert not (tmp_path / "out").exists()
    assert [path for path in folder.rglob("*") if "subject" in path.name] == []


def test_a_request_from_open_to_closed(peermatch: Run) -> None:
    assert "Nobody has asked" in peermatch("requests", "list").out
    opened = peermatch(
        "requests", "open", "access", "--summary", "all of it", "--received", "2026-11-03",
        "--about", "supporter", "S-0001", "--json",
    )  # fmt: skip
    assert opened.code == 0
    assert (opened.json["id"], opened.json["due"], opened.json["about"]) == (
        "R-0001",
        "2026-12-03",
        {"side": "supporter", "id": "S-0001"},
    )
    assert peermatch("requests", "acknowledge", "R-0001").code == 0
    assert "Waiting for them since" in peermatch("requests", "pause", "R-0001", "--for", "who they are").out
    resumed = peermatch("requests", "resume", "R-0001", "--on", "2026-11-22", "--json").json
    assert (resumed["due"], resumed["paused_days"]) == ("2026-12-07", 2)
    extended = peermatch("requests", "extend", "R-0001", "--why", "many letters", "--json").json
    assert (extended["due"], extended["extended_why"]) == ("2027-02-05", "many letters")
    assert "Late by 2 days" in peermatch("requests", "list", "--on", "2027-02-07").out
    assert peermatch("requests", "close", "R-0001", "--outcome", "sent").code == 0
    listed = peermatch("requests", "list", "--json").json
    assert [(each["id"], each["stage"], each["outcome"]) for each in listed["requests"]] == [
        ("R-0001", "closed", "sent")
    ]
    assert peermatch("requests", "close", "R-0001", "--outcome", "sent").code == 3


@pytest.mark.parametrize("kind", [kind.value for kind in RequestKind])
def test_each_kind_can_be_noted_without_anybody(peermatch: Run, kind: str) -> None:
    noted = peermatch("requests", "open", kind, "--summary", "x", "--json").json
    assert (noted["kind"], noted["received"], noted["about"]) == (kind, "2026-11-20", None)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("open", "access", "--summary", "x", "--received", "2026-11-21"), 6),
        (("open", "access", "--summary", " "), 6),
        (("open", "access", "--summary", "x", "--about", "nobody", "S-0001"), 6),
        (("open", "access", "--summary", "x", "--about", "supporter", "S-0099"), 6),
        (("open", "tea", "--summary", "x"), 2),
        (("open", "access"), 2),
        (("close", "R-0009", "--outcome", "x"), 6),
        (("extend", "R-0001", "--why", "x", "--on", "2026-12-24"), 3),
        (("close", "R-0001", "--outcome", "x", "--on", "2026-11-19"), 6),
        (("resume", "R-0001"), 3),
    ],
)
def test_requests_that_make_no_sense(peermatch: Run, words: tuple[str, ...], code: int) -> None:
    assert peermatch("requests", "open", "access", "--summary", "x").code == 0
    before = peermatch("requests", "list", "--json").out
    assert peermatch("requests", *words).code == code
    assert peermatch("requests", "list", "--json").out == before


def test_an_incident_from_open_to_closed(peermatch: Run) -> None:
    assert "Nothing has gone wrong" in peermatch("incident", "list").out
    opened = peermatch(
        "incident", "open", "--what", "a card went astray", "--noticed", "2026-11-19T10:30",
        "--supporters", "S-0001", "S-0002", "--enquirers", "E-0142", "--json",
    )  # fmt: skip
    assert opened.code == 0
    assert (opened.json["hours_left"], opened.json["noticed"], len(opened.json["exposed"])) == (
        49,
        "2026-11-19T10:30:00+00:00",
        3,
    )
    assert peermatch("incident", "close", "I-0001", "--outcome", "x").code == 3
    both = peermatch("incident", "reported", "I-0001", "--not-needed", "x", "--reference", "y")
    assert both.code == 2
    assert peermatch("incident", "reported", "I-0001", "--reference", "IC-1").code == 0
    assert peermatch("incident", "told", "I-0001", "--whom", "all three").code == 0
    assert peermatch("incident", "close", "I-0001", "--outcome", "better lists").code == 0
    (listed,) = peermatch("incident", "list", "--json").json["incidents"]
    assert (listed["state"], listed["report_reference"]) == ("Closed on 20 November 2026", "IC-1")
    assert "3 exposed: Closed on 20 November 2026" in peermatch("incident", "list").out


def test_an_incident_that_needs_no_report(peermatch: Run) -> None:
    assert "within 72 hours" in peermatch("incident", "open", "--what", "a locked stick was lost").out
    found = peermatch("incident", "reported", "I-0001", "--not-needed", "it was encrypted", "--json")
    assert found.json["not_reported"] == "it was encrypted"
    assert peermatch("incident", "told", "I-0002", "--whom", "x").code == 6
    assert peermatch("incident", "open", "--what", "x", "--noticed", "2026-11-20T09:31").code == 6


def test_a_withdrawal_prints_what_follows_with_the_letter(peermatch: Run, tmp_path: Path) -> None:
    card(peermatch, tmp_path)
    ended = peermatch("consent", "withdraw", "S-0001", "hold")
    assert ended.code == 0
    for words in (
        "The consent is withdrawn.",
        "E-0142: their card was handed over on 20 November 2026.",
        "E-0142: a letter is ready, to robin@example.org.",
        "How to reach them safely: e-mail only",
        "please do not use those contact details any more",
        "Nothing allows their record to be kept any more",
    ):
        assert words in ended.out
    assert "ADHD" not in ended.out


def test_everything_is_withdrawn_in_one_act(peermatch: Run, tmp_path: Path) -> None:
    card(peermatch, tmp_path)
    found = peermatch("consent", "withdraw", "S-0001", "--everything", "--json").json
    assert (found["purpose"], found["sent"], found["erasable"]) == (None, ["E-0142"], True)
    (letter,) = found["letters"]
    assert (letter["enquiry"], letter["to"]) == ("E-0142", "robin@example.org")
    assert peermatch("consent", "withdraw", "S-0001").code == 2
    assert peermatch("consent", "withdraw", "S-0001", "hold", "--everything").code == 2
    held = peermatch("consent", "list", "S-0001", "--json").json["consents"]
    assert {each["standing"] for each in held} == {"withdrawn"}
