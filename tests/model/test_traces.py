"""By what an erased person is recognised in other texts, and by what not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.model.traces import Identity, Traces

AMINA = Identity.of(
    ("Dr Amina Rahmán", "Amy Rahmán", None), ("Amina@Example.org", " ", None), ("07700 900123", "")
)
TRACES = Traces(AMINA, frozenset({"S-0001"}))


@pytest.mark.parametrize(
    "text",
    [
        "S-0001",
        "I met AMINA  rahman, and",
        "Prof. Amina\nRahman",
        "Amy Rahman",
        "write to amina@example.org.",
        "<AMINA@EXAMPLE.ORG>",
        "rang +44 7700 900 123 twice",
        "(07700) 900123",
    ],
)
def test_a_text_that_names_them_is_seen(text: str) -> None:
    assert TRACES.in_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "S-00011",
        "S-0001 and more words",
        "Amina alone, or Rahman alone",
        "Rahman Amina",
        "Aminar Ahman",
        "notamina@example.org",
        "07700 900124",
        "20261120",
    ],
)
def test_a_text_that_does_not_is_left_alone(text: str | None) -> None:
    assert not TRACES.in_text(text)


def test_a_short_name_alone_tells_nobody_and_a_title_is_no_name() -> None:
    assert Identity.of(("Jo", "Dr", "Mr. "), (), ()) == Identity()
    assert Traces(Identity.of(("Beyoncé",), (), ())).in_text("so says beyonce")


def test_what_somebody_else_has_too_is_no_trace() -> None:
    other = Identity.of(("Someone Else",), ("amina@example.org",), ("07700 900123",))
    left = Traces(AMINA.less(other))
    assert not left.in_text("amina@example.org, 07700 900123")
    assert left.in_text("Amina Rahman")


def test_identities_are_joined() -> None:
    both = AMINA.joined(Identity.of(("Tom Wade",), (), ()))
    assert Traces(both).in_text("Tom Wade")
    assert Traces(both).in_text("Amina Rahman")


def test_documents_are_searched_through_and_through() -> None:
    assert TRACES.in_values({"a": [1, None, {"b": ["x", "S-0001"]}]})
    assert not TRACES.in_values({"S-0001": [1, 2.5, True, None, ["x"]]})


def test_only_the_whole_address_or_id_is_theirs() -> None:
    assert TRACES.is_theirs(" AMINA@example.org ")
    assert TRACES.is_theirs("S-0001")
    assert not TRACES.is_theirs("see amina@example.org")


@given(st.text(max_size=60))
def test_nobody_leaves_no_trace(text: str) -> None:
    assert not Traces().in_text(text)


@given(st.text(max_size=30), st.text(max_size=30))
def test_an_address_is_found_wherever_it_stands(before: str, after: str) -> None:
    assert TRACES.in_text(f"{before} amina@example.org {after}")
