"""Supporters: names as they are called, addresses and names as they are compared, and relations in time."""

from datetime import date, timedelta

import pytest

from peermatch.model.people import (
    RELATION_KINDS,
    Boundaries,
    Channel,
    Relation,
    Supporter,
    SupporterStatus,
    first_name,
    surname,
)

DAY = date(2026, 11, 20)
ONE = timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "known_as", "first", "rest"),
    [
        ("Amina Rahman", None, "Amina", "Rahman"),
        ("Amina Rahman", "Amina", "Amina", "Rahman"),
        ("Amina Rahman", "amina", "amina", "Rahman"),
        ("Amina Rahman", "Mina", "Mina", "Rahman"),
        ("Amina Rahman", "  Mina ", "Mina", "Rahman"),
        ("Amina Rahman", "   ", "Amina", "Rahman"),
        ("  Amina   Bint  Rahman ", None, "Amina", "Bint Rahman"),
        ("Mary Ann Bell", "Mary Ann", "Mary Ann", "Bell"),
        ("Amina  Rahman", "Amina Rahman", "Amina Rahman", ""),
        ("Yusuf Tariq Khan", "Tariq", "Tariq", "Khan"),
        ("Wang Li", "Li", "Li", "Wang"),
        ("Annabel Bell", "Anna", "Anna", "Bell"),
        ("Amina", None, "Amina", ""),
        ("Amina", "Mina", "Mina", ""),
        ("", None, "", ""),
        ("Dr Amina Rahman", None, "Amina", "Rahman"),
        ("Prof. Wei Li", "Li", "Li", "Wei"),
        ("DR", None, "DR", ""),
        ("Prof. Dr Jo Miss", None, "Jo", "Miss"),
        ("Jo MR", "Jo", "Jo", "MR"),
        ("Ἀγάπη Ὀδυσσεύς", None, "Ἀγάπη", "Ὀδυσσεύς"),
    ],
)
def test_what_they_are_called_and_what_is_left(
    name: str, known_as: str | None, first: str, rest: str
) -> None:
    assert first_name(name, known_as) == first
    assert surname(name, known_as) == rest


@pytest.mark.parametrize(
    ("name", "known_as", "shown"),
    [
        ("Amina Rahman", None, "Amina R."),
        ("Amina Bint Rahman", "Mina", "Mina R."),
        ("Amina", None, "Amina"),
        ("Wang Li", "Li", "Li W."),
    ],
)
def test_lists_show_a_first_name_and_an_initial(name: str, known_as: str | None, shown: str) -> None:
    assert Supporter(id="S-1", name=name, known_as=known_as).shown_name == shown


def test_all_addresses_are_compared_without_case_and_spaces() -> None:
    person = Supporter(
        id="S-1",
        name="Jo Kay",
        email=" Jo@Example.org",
        other_emails=("jo@example.org", "", "  ", "K@x.example"),
    )
    assert person.addresses == {"jo@example.org", "k@x.example"}
    assert Supporter(id="S-2", name="Jo Kay").addresses == frozenset()


def test_a_name_is_compared_folded() -> None:
    assert Supporter(id="S-1", name="Dr. José  Núñez").folded_name == "josenunez"
    assert Supporter(id="S-1", name="Amina Rahman").first_name == "Amina"


@pytest.mark.parametrize(
    ("start", "until", "holds"),
    [
        (DAY, None, True),
        (DAY, DAY, True),
        (DAY - ONE, DAY, True),
        (DAY + ONE, None, False),
        (DAY - ONE, DAY - ONE, False),
    ],
)
def test_a_relation_holds_from_its_first_to_its_last_day(
    start: date, until: date | None, holds: bool
) -> None:
    assert Relation("t@example.org", "trainer", start, until).holds(DAY) is holds


def test_what_is_left_out_is_as_the_portable_format_says() -> None:
    person = Supporter(id="S-1", name="Jo Kay")
    assert (person.status, person.capacity, person.programmes) == (
        SupporterStatus.ACTIVE,
        1,
        ("peer-support",),
    )
    assert person.boundaries == Boundaries(same_organisation=True, same_specialty=True)
    assert (person.prefers, person.notes, person.consents) == (None, "", ())


def test_the_words_of_the_format() -> None:
    assert [s.value for s in SupporterStatus] == ["applied", "checked", "active", "left"]
    assert [c.value for c in Channel] == ["email", "phone"]
    assert {"trainer", "supervisor", "assessor", "partner", "same team"} <= set(RELATION_KINDS)
