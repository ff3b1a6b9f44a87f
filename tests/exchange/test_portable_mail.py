"""Later letters, files and marks in a portable file: they come back equal, and what is wrong is named at its place."""

import base64
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from peermatch.errors import BadInput
from peermatch.exchange.portable import dump_network, parse_network
from peermatch.mail.mime import Contents
from peermatch.model.carried_mail import CarriedFile, CarriedMail
from peermatch.model.mail import MailState, Says, name_to_save
from tests.exchange.example import MINIMAL, encoded
from tests.exchange.networks import RESOURCES, shipped

SCHEMA = jsonschema.Draft202012Validator(
    json.loads((RESOURCES / "portable.schema.json").read_text("utf-8")),
    format_checker=jsonschema.FormatChecker(),
)
BODY = bytes(range(256)) * 3
LETTER: dict[str, object] = {
    "id": "M-0007",
    "came": "2026-11-20",
    "kind": "reply",
    "state": "joined",
    "enquiry": "E-0142",
    "supporter": "S-0001",
    "sender_name": "Amina Rahman",
    "sender": "amina@example.org",
    "subject": "Re: A question for you",
    "body": "Yes, gladly.\n\nAmina",
    "why": "",
    "answer": {"says": "yes", "words": "Yes, gladly."},
    "failed": [],
    "risk": False,
    "marks": ["mid:0a1b", "zqx"],
}
LAID: dict[str, object] = {
    "id": "M-0009",
    "came": "2026-11-18",
    "kind": "returned",
    "state": "aside",
    "failed": ["gone@example.org"],
}
FILE: dict[str, object] = {"name": "plan.pdf", "letter": "M-0007", "body": base64.b64encode(BODY).decode()}
MARK = {"enquiry": "E-0142", "mark": "first"}
WHOLE: dict[str, object] = {
    **MINIMAL,
    "supporters": [{"id": "S-0001", "name": "Amina Rahman"}],
    "enquiries": [{"reference": "E-0142", "received": "2026-11-19", "requester": {"email": "t@example.org"}}],
    "later_letters": [LETTER, LAID],
    "letter_files": [{**FILE, "enquiry": "E-0142", "kept": True}, FILE],
    "letter_marks": [MARK],
    "unmarked_domains": ["nhs.net"],
}
NEW = ("later_letters", "letter_files", "letter_marks", "unmarked_domains")


def test_all_of_it_comes_back_equal_and_in_the_shape_that_is_written_down() -> None:
    SCHEMA.validate(WHOLE)
    network = parse_network(encoded(WHOLE), shipped())
    written = dump_network(network)
    SCHEMA.validate(json.loads(written))
    assert parse_network(written, shipped()) == network
    first, aside = (each.mail for each in network.mail.letters)
    assert (first.number, first.answer and first.answer.says) == (7, Says.YES)
    assert (aside.state, aside.failed, aside.enquiry) == (MailState.ASIDE, ("gone@example.org",), None)
    assert [(each.body, each.letter, each.kept) for each in network.mail.files] == [
        (BODY, 7, True),
        (BODY, 7, False),
    ]
    assert json.loads(written)["later_letters"][0] == LETTER


@pytest.mark.parametrize("name", ["", "..", "a/..", "x" * 500, "Re: rota?.eml", "a\u202eb\x07"])
def test_a_file_moves_by_whatever_name_its_letter_gave_it(name: str) -> None:
    found = Contents()
    found.attach(name, "image/png", BODY)
    files = tuple(CarriedFile(each.name, each.body, "E-0142") for each in found.files)
    network = replace(parse_network(encoded(WHOLE), shipped()), mail=CarriedMail(files=files))
    assert parse_network(dump_network(network), shipped()) == network
    (kept,) = files
    offered = Path("folder") / name_to_save(kept.name)
    assert (offered.parent, offered.name) == (Path("folder"), name_to_save(kept.name))


def test_a_file_without_them_is_as_it_always_was() -> None:
    assert not set(NEW) & set(json.loads(dump_network(parse_network(encoded(MINIMAL), shipped()))))


@pytest.mark.parametrize(
    ("name", "row", "fault"),
    [
        ("later_letters", {**LETTER, "id": "L-1"}, "later_letters[0].id"),
        ("later_letters", {**LETTER, "enquiry": "E-0999"}, "later_letters[0].enquiry"),
        ("later_letters", {**LETTER, "enquiry": None}, "later_letters[0].enquiry"),
        ("later_letters", {**LETTER, "supporter": "S-0999"}, "later_letters[0].supporter"),
        ("later_letters", {**LETTER, "answer": {"says": "so"}}, "later_letters[0].answer.says"),
        ("later_letters", {**LETTER, "state": "lost"}, "later_letters[0].state"),
        ("later_letters", {**LETTER, "colour": "red"}, "later_letters[0].colour"),
        ("letter_files", {**FILE, "name": "a" * 256}, "letter_files[0].name"),
        ("letter_files", {**FILE, "name": "a\x00b"}, "letter_files[0].name"),
        ("letter_files", {**FILE, "body": "not base64"}, "letter_files[0].body"),
        ("letter_files", {**FILE, "letter": "M-0001"}, "letter_files[0].letter"),
        ("letter_files", {**FILE, "letter": None}, "letter_files[0].enquiry"),
        ("letter_marks", {"enquiry": "E-1", "mark": "x"}, "letter_marks[0].enquiry"),
        ("unmarked_domains", 5, "unmarked_domains[0]"),
    ],
)
def test_what_is_wrong_is_named_at_its_place(name: str, row: object, fault: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_network(encoded({**WHOLE, name: [row]}), shipped())
    assert fault in [each.place for each in refused.value.faults]


def test_no_letter_stands_there_twice() -> None:
    with pytest.raises(BadInput) as refused:
        parse_network(encoded({**WHOLE, "later_letters": [LETTER, LETTER]}), shipped())
    assert [each.place for each in refused.value.faults] == ["later_letters[1].id"]
