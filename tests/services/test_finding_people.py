"""Of a great network people are found in the roll, as they would be in an index of all names."""

from dataclasses import replace

import pytest

from peermatch.model.people import Supporter
from peermatch.model.roll import Line, Roll
from peermatch.services.finding import Named, Names
from peermatch.services.finding_people import Called
from tests.networks import AMINA

FIRST = ("Amina", "Zoë", "Tom", "Bo", "Marguerite", "Élan")
LAST = ("Rahman", "O'Neill", "Ash", "Lindqvist-Berg", "Ashworth")
PEOPLE: tuple[Supporter, ...] = tuple(
    replace(
        AMINA,
        id=f"S-{number:04d}",
        name=f"{FIRST[number % 6]} {LAST[number % 5]}{'y' * (number % 7)}",
        known_as="Minnie" if number % 11 == 0 else None,
        email=f"post.{number}@example.org",
        other_emails=(),
    )
    for number in range(200)
)


def named(line: Line) -> Named[str]:
    return Named(line.id, line.name, (line.also,), (line.id,))


@pytest.fixture(scope="module")
def both() -> tuple[Names[str], Called[str]]:
    roll = Roll.of(PEOPLE)
    things = (Named("topic", "Amputation"), Named("place", "Ashton", ("Tameside",)))
    return Names((*map(named, roll), *things)), Called(Names(things), roll, named)


@pytest.mark.parametrize(
    "typed",
    ["amina", "zoe", "ash", "bo ash", "rahman amina", "minnie", "s-0042", "s42", "42", "margu", "tameside"],
)
def test_the_best_are_those_of_an_index_of_all(both: tuple[Names[str], Called[str]], typed: str) -> None:
    index, called = both
    wanted, found = index.find(typed, 400), called.find(typed, 400)
    assert found
    assert found[0][1] == pytest.approx(wanted[0][1])
    best = {key for key, score in wanted if score == wanted[0][1]}
    assert best == {key for key, score in found if score == found[0][1]}


def test_who_is_mistyped_is_found(both: tuple[Names[str], Called[str]]) -> None:
    _, called = both
    people = {each.id: each for each in PEOPLE}
    key, _ = called.find("lindqvits", 5)[0]
    assert "Lindqvist" in people[key].name


def test_what_nobody_is_called_is_not_found(both: tuple[Names[str], Called[str]]) -> None:
    index, called = both
    assert called.find("qqqqqqqq", 5) == called.find(" ", 5) == ()
    assert len(called) == len(index)


def test_an_address_leads_to_somebody_where_no_name_does(both: tuple[Names[str], Called[str]]) -> None:
    assert both[1].find("post 17", 5)
