"""A network's own organisations in a portable file: what comes back, and what is wrong with them at its place."""

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
TRUST = {
    "id": "own.valley",
    "name": "Valley Trust",
    "kind": "acute",
    "region": "greater-manchester",
    "status": "open",
    "town": "Bury",
    "closed": None,
}
MERGED = {**TRUST, "id": "elht", "status": "closed", "successors": ["own.valley"], "closed": "2027-04-01"}
SITE = {"id": "own.clinic", "name": "Valley Clinic", "organisation": "own.valley", "closed": None}


def with_places(*places: object, **more: object) -> dict[str, object]:
    return {**MINIMAL, "organisations": list(places), **more}


def test_they_come_back_equal_and_people_may_work_there() -> None:
    person = {"id": "S-0001", "name": "Amina Rahman", "organisation": "own.clinic"}
    tree = with_places(TRUST, MERGED, SITE, supporters=[person])
    SCHEMA.validate(tree)
    network = parse_network(encoded(tree), shipped())
    assert [each.id for each in network.organisations] == ["own.valley", "elht", "own.clinic"]
    written = dump_network(network)
    SCHEMA.validate(json.loads(written))
    assert parse_network(written, shipped()) == network


def test_a_file_without_them_is_as_it_always_was() -> None:
    assert "organisations" not in json.loads(dump_network(parse_network(encoded(MINIMAL), shipped())))


@pytest.mark.parametrize(
    ("places", "fault", "shape"),
    [
        ([5], "organisations[0]", True),
        ([{**TRUST, "colour": "red"}], "organisations[0].colour", True),
        ([{**TRUST, "name": ""}], "organisations[0].name", True),
        ([{**TRUST, "closed": "2027-02-30"}], "organisations[0].closed", True),
        ([{**TRUST, "closed": 5}], "organisations[0].closed", True),
        ([{**TRUST, "region": "atlantis"}], "organisations[0].region", False),
        ([{**TRUST, "successors": ["nowhere"]}], "organisations[0].successors", False),
        ([{**SITE, "organisation": "nowhere"}], "organisations[0].organisation", False),
        ([TRUST, TRUST], "organisations[1].id", False),
    ],
)
def test_what_is_wrong_is_named_at_its_place(places: list[object], fault: str, *, shape: bool) -> None:
    tree = with_places(*places)
    with pytest.raises(BadInput) as refused:
        parse_network(encoded(tree), shipped())
    assert [each.place for each in refused.value.faults] == [fault]
    assert SCHEMA.is_valid(tree) is not shape


def test_a_list_that_is_none_is_said() -> None:
    with pytest.raises(BadInput) as refused:
        parse_network(encoded({**MINIMAL, "organisations": {}}), shipped())
    assert [each.place for each in refused.value.faults] == ["organisations"]
