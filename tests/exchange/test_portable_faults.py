"""A portable file with faults: each is listed at its place, in file order, and nothing is loaded."""

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.errors import BadInput
from peermatch.exchange.json_tree import LARGEST, read_tree
from peermatch.exchange.portable import dump_network, parse_network
from peermatch.model.reference import Reference
from tests.exchange.example import EXAMPLE, MINIMAL, encoded, example
from tests.exchange.networks import RESOURCES, shipped
from tests.exchange.portable_changes import MEANING, SHAPE, Change, put

SHIPPED = shipped()


@pytest.fixture(scope="module")
def reference() -> Reference:
    return SHIPPED


def faults_of(raw: bytes, reference: Reference) -> list[str]:
    """What is wrong with a file, one line a fault."""
    with pytest.raises(BadInput) as refusal:
        parse_network(raw, reference)
    assert refusal.value.exit_code == 6
    return [str(fault) for fault in refusal.value.faults]


@pytest.mark.parametrize(("change", "fault"), SHAPE, ids=[fault for _, fault in SHAPE])
def test_a_wrong_shape_is_named_and_the_schema_says_the_same(
    change: Change, fault: str, reference: Reference
) -> None:
    tree = example()
    change(tree)
    schema = json.loads((RESOURCES / "portable.schema.json").read_text("utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(tree)
    assert fault in faults_of(encoded(tree), reference)


@pytest.mark.parametrize(("change", "faults"), MEANING, ids=[faults[0] for _, faults in MEANING])
def test_what_a_schema_cannot_see_is_named(change: Change, faults: list[str], reference: Reference) -> None:
    tree = example()
    change(tree)
    raw = json.dumps(tree).encode()
    assert faults_of(raw, reference) == faults


def test_a_field_that_stands_twice_is_not_silently_the_last(reference: Reference) -> None:
    raw = EXAMPLE.replace('"known_as":"Amina"', '"known_as":"Amina","known_as":"Mina"').encode()
    assert faults_of(raw, reference) == ["supporters[0].known_as: this field stands here more than once"]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none_are_refused(number: str, reference: Reference) -> None:
    raw = EXAMPLE.replace('"policy":null', f'"policy":{{"essential":{number}}}').encode()
    (fault,) = faults_of(raw, reference)
    assert fault.startswith("policy.essential: this must")


@pytest.mark.parametrize("raw", [b'"\\ud800"', b'{"\\ud800": 1}', b"[]", b"null", b'{"a": {"b.c[0]": NaN}}'])
def test_whatever_json_it_is_the_message_can_be_shown(raw: bytes, reference: Reference) -> None:
    assert "\n".join(faults_of(raw, reference)).encode("utf-8")


HOSTILE = {
    "empty": b"",
    "blank": b" \n\t",
    "binary": bytes(range(256)) * 20,
    "utf-16": EXAMPLE.encode("utf-16"),
    "latin-1": EXAMPLE.replace("Amina", "Am\u00edna").encode("latin-1"),
    "cut off": EXAMPLE.encode()[:900],
    "two documents": EXAMPLE.encode() * 2,
    "deep lists": b"[" * 200_000,
    "deep objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "endless number": b'{"version":' + b"9" * 10_000 + b"}",
    "html": b"<!doctype html><p>Please sign in",
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_file_of_this_kind_gets_one_sentence(raw: bytes, reference: Reference) -> None:
    with pytest.raises(BadInput) as refusal:
        parse_network(raw, reference)
    assert refusal.value.what.startswith("This file cannot be read: ")
    assert len(refusal.value.what) < 120
    assert len(refusal.value.faults) == 1


def test_fifty_megabytes_are_refused_before_they_are_read(reference: Reference) -> None:
    assert faults_of(b'"' + b"x" * 50_000_000 + b'"', reference) == ["the file is larger than 40 MB"]
    assert LARGEST < 50_000_000
    own = read_tree(b'"' + b"x" * 50_000_000 + b'"', bounded=False).value
    assert isinstance(own, str)
    assert len(own) == 50_000_000


def test_a_small_file_with_a_million_values_is_refused_before_it_is_read(reference: Reference) -> None:
    assert faults_of(b"[" + b"0," * 1_000_001 + b"0]", reference) == ["it holds more than 1,000,000 values"]


def test_a_file_with_a_hundred_thousand_faults_does_not_fill_the_memory(reference: Reference) -> None:
    raw = encoded(MINIMAL | {"supporters": [{}] * 50_000})
    assert 10_000 <= len(faults_of(raw, reference)) < 10_010


FORTY = """
{"format": "peermatsch", "version": 3, "network": {"name": "", "controler": "x", "controller": 1},
 "wordings": [{"id": "w"}, {"id": "w", "language": 5}],
 "barred": [{"enquirer": "a@example.org"}],
 "policy": {"near_km": NaN, "load_asked": "much"},
 "vocabulary": [{"id": "own.x", "label": "X", "broader": "none.such"},
  {"id": "faith", "label": "F", "broader": "own.x"}],
 "supporters": [
  {"id": "S-1", "name": "A", "known_as": 4, "known_as": 4, "email": [], "other_emails": [null], "prefers": "post",
   "grade": "st77", "specialty": "medicine", "organisation": "nowhere", "programmes": ["PEER"], "status": "gone",
   "paused_until": "2027-02-29", "capacity": -2,
   "boundaries": {"same_organisation": "no", "topics": ["x"]},
   "relations": [{"to": "b@example.org", "kind": "boss", "from": "yesterday"}],
   "characteristics": ["neuro", "own.x"],
   "consents": [{"purpose": "everything", "given": "2026-13-01", "method": "fax", "wording": "none"}], "hobby": "golf"},
  {"id": "S-1", "notes": null}],
 "enquiries": [
  {"reference": "E-1", "received": "2026-11-31", "requester": {"nmae": "x"}, "programme": "", "status": "lost",
   "needs": [{"characteristic": "zzz", "importance": "very"}], "exclusions": {"supporters": ["S-2"]},
   "risk": [{"kind": "boredom"}]}],
 "introductions": [
  {"enquiry": "E-2", "supporter": "S-3", "state": "maybe", "asked": null},
  {"enquiry": "E-2", "supporter": "S-3", "state": "asked", "asked": "2026-11-20"}]}
"""

FORTY_PLACES = [
    "format", "version", "network.name", "network.controler", "network.controller",
    "wordings[1].id", "wordings[1].language",
    "barred[0].supporter",
    "policy.near_km", "policy.load_asked",
    "vocabulary[0].broader", "vocabulary[1].id",
    "supporters[0].known_as", "supporters[0].known_as",
    "supporters[0].email", "supporters[0].other_emails[0]", "supporters[0].prefers",
    "supporters[0].grade", "supporters[0].specialty", "supporters[0].organisation", "supporters[0].programmes[0]",
    "supporters[0].status", "supporters[0].paused_until", "supporters[0].capacity",
    "supporters[0].boundaries.same_organisation", "supporters[0].boundaries.topics[0]",
    "supporters[0].relations[0].kind", "supporters[0].relations[0].from",
    "supporters[0].characteristics[0]",
    "supporters[0].consents[0].purpose", "supporters[0].consents[0].given", "supporters[0].consents[0].method",
    "supporters[0].consents[0].wording", "supporters[0].hobby",
    "supporters[1].name", "supporters[1].id", "supporters[1].notes",
    "enquiries[0].received", "enquiries[0].requester.nmae", "enquiries[0].programme", "enquiries[0].status",
    "enquiries[0].needs[0].characteristic", "enquiries[0].needs[0].importance",
    "enquiries[0].exclusions.supporters[0]", "enquiries[0].risk[0].kind",
    "introductions[0].enquiry", "introductions[0].supporter", "introductions[0].state", "introductions[0].asked",
    "introductions[1]", "introductions[1].enquiry", "introductions[1].supporter",
]  # fmt: skip


def test_more_than_forty_different_faults_are_all_listed_in_file_order(reference: Reference) -> None:
    with pytest.raises(BadInput) as refusal:
        parse_network(FORTY.encode(), reference)
    assert [fault.place for fault in refusal.value.faults] == FORTY_PLACES
    assert len({str(fault) for fault in refusal.value.faults}) > 40
    assert f"{len(FORTY_PLACES)} problems" in refusal.value.what


def test_one_problem_is_one_problem(reference: Reference) -> None:
    with pytest.raises(BadInput, match="The file has one problem"):
        parse_network(encoded(MINIMAL | {"colour": 1}), reference)


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
PLACES = [
    "network", "wordings", "barred", "policy", "vocabulary", "supporters", "supporters/0/boundaries",
    "supporters/0/relations", "supporters/0/consents/0", "supporters/0/characteristics", "enquiries",
    "enquiries/0/requester", "enquiries/0/needs", "enquiries/0/exclusions", "introductions", "introductions/0",
]  # fmt: skip


@given(place=st.sampled_from(PLACES), value=junk)
def test_anything_anywhere_is_a_network_or_a_list_of_faults(place: str, value: object) -> None:
    tree = example()
    put(place, value)(tree)
    raw = json.dumps(tree).encode()
    if not any_faults(raw):
        network = parse_network(raw, SHIPPED)
        assert parse_network(dump_network(network), SHIPPED) == network


def any_faults(raw: bytes) -> bool:
    """Whether a file is refused; a refusal must say why."""
    try:
        parse_network(raw, SHIPPED)
    except BadInput as error:
        return bool(error.faults)
    return False
