"""The portable file: what is left out, what comes back equal, and what the schema says of it."""

import json
from datetime import date

import jsonschema
import pytest
from hypothesis import given

from peermatch.exchange.portable import dump_network, parse_network
from peermatch.model.barred import Barred
from peermatch.model.consent import Purpose
from peermatch.model.enquiry import EnquiryStatus, Importance, Need, Preferences, Requester
from peermatch.model.introduction import State
from peermatch.model.network import Network
from peermatch.model.people import Boundaries, Supporter, SupporterStatus
from peermatch.model.policy import Policy
from peermatch.model.reference import Reference
from tests.exchange.example import EXAMPLE, MINIMAL, encoded, example
from tests.exchange.networks import OWN_ROWS, RESOURCES, networks, shipped

SHIPPED = shipped()
VALIDATOR = jsonschema.Draft202012Validator(
    json.loads((RESOURCES / "portable.schema.json").read_text("utf-8"))
)


@pytest.fixture(scope="module")
def reference() -> Reference:
    return SHIPPED


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    text = (RESOURCES / "portable.schema.json").read_text("utf-8")
    jsonschema.Draft202012Validator.check_schema(json.loads(text))
    return jsonschema.Draft202012Validator(json.loads(text))


def test_the_example_of_the_format_is_read_whole(reference: Reference) -> None:
    network = parse_network(EXAMPLE.encode(), reference)
    (amina,) = network.supporters
    (enquiry,) = network.enquiries
    assert network.wordings is not None
    assert (amina.known_as, amina.capacity, amina.boundaries.same_organisation) == ("Amina", 2, False)
    assert amina.relations[0].start == date(2026, 8, 1)
    assert [record.purpose for record in amina.consents] == [Purpose.HOLD, Purpose.MATCH]
    assert enquiry.needs[0] == Need("neuro.adhd", Importance.ESSENTIAL)
    assert enquiry.risk[0].words == ("...",)
    assert network.introductions[0].state is State.ASKED


def test_what_the_example_says_is_written_again_in_its_order(reference: Reference) -> None:
    written = json.loads(dump_network(parse_network(EXAMPLE.encode(), reference)))
    expected = example()
    expected["supporters"][0]["consents"][1] |= {"recorded_by": None, "evidence": None}
    assert json.dumps(written) == json.dumps(expected)


def test_what_is_left_out_is_empty(reference: Reference) -> None:
    assert parse_network(encoded(MINIMAL), reference) == Network("N")
    sparse = MINIMAL | {
        "supporters": [{"id": "S-1", "name": "Jo"}],
        "enquiries": [{"reference": "E-1", "received": "2026-11-19", "requester": {}}],
        "introductions": [{"enquiry": "E-1", "supporter": "S-1", "state": "asked", "asked": "2026-11-20"}],
    }
    network = parse_network(encoded(sparse), reference)
    (person,), (enquiry,) = network.supporters, network.enquiries
    assert person == Supporter("S-1", "Jo")
    assert (person.status, person.capacity, person.programmes) == (
        SupporterStatus.ACTIVE,
        1,
        ("peer-support",),
    )
    assert person.boundaries == Boundaries(same_organisation=True, same_specialty=True)
    assert (enquiry.status, enquiry.programme, enquiry.preferences) == (
        EnquiryStatus.NEW,
        "peer-support",
        Preferences(),
    )
    assert (enquiry.requester, enquiry.consent, enquiry.choice) == (Requester(), None, False)


@given(network=networks())
def test_a_network_comes_back_equal(network: Network) -> None:
    written = dump_network(network)
    again = parse_network(written, SHIPPED)
    assert again == network
    assert dump_network(again) == written


@given(network=networks())
def test_the_schema_accepts_what_is_written(network: Network) -> None:
    VALIDATOR.validate(json.loads(dump_network(network)))


def test_the_schema_accepts_the_example_and_the_smallest_file(
    schema: jsonschema.Draft202012Validator,
) -> None:
    schema.validate(example())
    schema.validate(MINIMAL)


def test_the_schema_is_found_under_a_name_and_not_at_an_address(
    schema: jsonschema.Draft202012Validator,
) -> None:
    assert schema.schema["$id"].startswith("urn:")
    assert [ref for ref in refs(schema.schema) if not ref.startswith("#/$defs/")] == []


def refs(value: object) -> list[str]:
    """Every reference within a schema."""
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [ref for each in value.values() for ref in refs(each)]
    return [ref for each in value for ref in refs(each)] if isinstance(value, list) else []


def test_wordings_are_checked_only_when_they_are_there(reference: Reference) -> None:
    tree = example()
    del tree["wordings"]
    assert parse_network(encoded(tree), reference).wordings is None
    assert "wordings" not in json.loads(dump_network(parse_network(encoded(tree), reference)))
    empty = MINIMAL | {"wordings": []}
    assert parse_network(encoded(empty), reference).wordings == ()
    assert json.loads(dump_network(Network("N", wordings=())))["wordings"] == []


def test_terms_of_the_file_count_as_known(reference: Reference) -> None:
    tree = example() | {"vocabulary": OWN_ROWS}
    tree["supporters"][0]["characteristics"] = ["own.shift-work.sleep"]
    network = parse_network(encoded(tree), reference)
    assert network.supporters[0].characteristics == ("own.shift-work.sleep",)
    assert json.loads(dump_network(network))["vocabulary"] == OWN_ROWS


def test_barred_pairs_may_name_people_who_are_no_longer_held(reference: Reference) -> None:
    tree = MINIMAL | {"barred": [{"enquirer": "t@example.org", "supporter": "S-gone"}]}
    assert parse_network(encoded(tree), reference).barred == (Barred("t@example.org", "S-gone"),)


def test_a_policy_of_the_network_is_kept(reference: Reference) -> None:
    tree = MINIMAL | {"policy": {"name": "autumn", "version": 3, "essential": 4}}
    assert parse_network(encoded(tree), reference).policy == Policy(name="autumn", version=3, essential=4.0)


def test_history_is_accepted_as_it_is(reference: Reference) -> None:
    tree = example()
    tree["supporters"][0] |= {"capacity": 0, "available_from": "2030-01-01", "available_until": "2020-01-01"}
    tree["supporters"][0]["consents"] = [
        {
            "purpose": "share",
            "given": "2031-01-01",
            "expires": "2030-01-01",
            "method": "paper",
            "wording": "2026-1",
        }
    ]
    second = {"id": "S-2", "name": "Jo"}
    tree["supporters"].append(second)
    tree["introductions"] = [
        {
            "enquiry": "E-0142",
            "supporter": id,
            "state": "introduced",
            "asked": "2031-01-01",
            "answered": "2019-01-01",
        }
        for id in ("S-0001", "S-2")
    ]
    assert len(parse_network(encoded(tree), reference).introductions) == 2


def test_names_are_kept_as_they_are(reference: Reference) -> None:
    names = [
        "  Zoë\r\nBcc: x@example.org ",
        "\u202eevE",
        "=1+1",
        "👩‍⚕️ Lee",
        "e\u0301",
        "\x00\x07x",
        "A" * 10_000,
    ]
    people = [{"id": f"S-{number}", "name": name} for number, name in enumerate(names)]
    network = parse_network(encoded(MINIMAL | {"supporters": people}), reference)
    assert [person.name for person in network.supporters] == names
    assert parse_network(dump_network(network), reference) == network


def test_a_byte_order_mark_does_no_harm(reference: Reference) -> None:
    assert parse_network(b"\xef\xbb\xbf" + encoded(MINIMAL), reference) == Network("N")
