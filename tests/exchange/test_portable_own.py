"""What a network words itself in a portable file: it comes back equal, and what is wrong is named at its place."""

import json

import jsonschema
import pytest

from peermatch.errors import BadInput
from peermatch.exchange.portable import dump_network, parse_network
from tests.exchange.example import MINIMAL, encoded
from tests.exchange.networks import RESOURCES, shipped

SCHEMA = jsonschema.Draft202012Validator(
    json.loads((RESOURCES / "portable.schema.json").read_text("utf-8")),
    format_checker=jsonschema.FormatChecker(),
)
TERM = {"id": "own.tinnitus", "label": "Tinnitus", "broader": "disability"}
STANDING = {"id": "own.tinnitus", "placed": "2026-01-02", "retired": "2026-10-01"}
SHIPPED = sorted(shipped().signposts.shipped)[0]
WORDS = {
    "name": "Our line",
    "summary": "Somebody to talk to.",
    "phone": "01632 960001",
    "topics": ["neuro.adhd"],
}
SIGNPOST = {"id": "own-1", "checked": "2026-03-04", "offered": True, "words": WORDS}
LETTER = {"letter": "closing", "subject": "Your message", "body": "Thank you.\n\nWe close it now."}
PERSON = {"id": "S-0001", "name": "Amina Rahman"}
LISTING = {"supporter": "S-0001", "name": "Dr Amina", "words": "Ask me\nanything.", "said": "2026-05-06"}
LINK = {"title": "Wellbeing", "url": "https://www.example.org/help", "checked": "2026-07-08"}
WHOLE: dict[str, object] = {
    **MINIMAL,
    "vocabulary": [TERM],
    "supporters": [PERSON],
    "standings": [STANDING],
    "signposts": [SIGNPOST, {"id": SHIPPED, "offered": False}],
    "letters": [LETTER],
    "listing": [LISTING],
    "links": [LINK],
}
NEW = ("standings", "signposts", "letters", "listing", "links")


def test_all_of_it_comes_back_equal_and_in_the_shape_that_is_written_down() -> None:
    SCHEMA.validate(WHOLE)
    network = parse_network(encoded(WHOLE), shipped())
    written = dump_network(network)
    SCHEMA.validate(json.loads(written))
    assert parse_network(written, shipped()) == network
    assert network.signposts[0].words is not None
    assert network.signposts[0].words.topics == ("neuro.adhd",)
    assert network.listing[0].words == "Ask me\nanything."
    told = json.loads(written)
    assert (told["letters"], told["links"], told["standings"]) == ([LETTER], [LINK], [STANDING])


def test_a_file_without_them_is_as_it_always_was() -> None:
    assert not set(NEW) & set(json.loads(dump_network(parse_network(encoded(MINIMAL), shipped()))))


@pytest.mark.parametrize(
    ("name", "row", "fault"),
    [
        ("standings", {**STANDING, "id": "own.other"}, "standings[0].id"),
        ("standings", {**STANDING, "placed": "2026-02-30"}, "standings[0].placed"),
        ("signposts", {"id": "nowhere"}, "signposts[0].id"),
        ("signposts", {"id": "own-2"}, "signposts[0].words"),
        (
            "signposts",
            {**SIGNPOST, "words": {**WORDS, "url": "javascript:alert(1)"}},
            "signposts[0].words.url",
        ),
        ("signposts", {**SIGNPOST, "words": {**WORDS, "colour": "red"}}, "signposts[0].words.colour"),
        ("letters", {**LETTER, "letter": "../x"}, "letters[0].letter"),
        ("letters", {**LETTER, "body": 5}, "letters[0].body"),
        ("listing", {**LISTING, "supporter": "S-0009"}, "listing[0].supporter"),
        ("listing", {**LISTING, "name": ""}, "listing[0].name"),
        ("links", {**LINK, "url": "http://a@b.example.org"}, "links[0].url"),
        ("links", 5, "links[0]"),
    ],
)
def test_what_is_wrong_is_named_at_its_place(name: str, row: object, fault: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_network(encoded({**WHOLE, name: [row]}), shipped())
    assert fault in [each.place for each in refused.value.faults]


@pytest.mark.parametrize("name", ["standings", "signposts", "letters", "listing"])
def test_nothing_stands_there_twice(name: str) -> None:
    rows = WHOLE[name]
    assert isinstance(rows, list)
    with pytest.raises(BadInput) as refused:
        parse_network(encoded({**WHOLE, name: [rows[0], rows[0]]}), shipped())
    assert any(each.text.endswith("stands in the file already") for each in refused.value.faults)
