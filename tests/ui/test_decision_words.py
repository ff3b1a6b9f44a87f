"""A decision in words, and each change since in one sentence."""

from dataclasses import replace

import pytest

from peermatch.model.comparison import Change, Kind
from peermatch.model.decision import Decision
from peermatch.model.policy import Policy
from peermatch.services.decisions import Replay
from peermatch.ui.screens.decision_words import change_sentence, compared_words, decided_words
from tests.matching.cases import ON, ask, enquiry, supporter

ASKED = enquiry("sea.whale", "land.horse")
PEOPLE = (supporter("S-1", "sea.whale"), supporter("S-2", "sea.whale", "land.horse"), supporter("S-3"))
FIRST = Decision.of(ASKED, ask(ASKED, *PEOPLE), "S-2", "", "0" * 64)


def name(id: str) -> str:
    return f"Person {id[-1]}"


def test_where_they_stood_and_why() -> None:
    assert decided_words(FIRST, "Person 2") == (
        "Person 2 stood 1st of 2, with 100 points.",
        "The first of the list was chosen.",
        "2 people were suggested, 1 was not.",
        "Weighed by the policy standard 1.",
    )
    second = Decision.of(ASKED, ask(ASKED, *PEOPLE), "S-1", "they know each other's field", "0" * 64)
    assert decided_words(second, "Person 1")[1] == "The reason given: they know each other's field"
    assert decided_words(replace(second, reason=""), "Person 1")[1] == "No reason was given."
    nowhere = Decision.of(ASKED, ask(ASKED, *PEOPLE), "S-3", "", "0" * 64)
    assert decided_words(nowhere, "Person 3")[0] == "Person 3 was not on the list."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            Change("S-1", Kind.CHANGED, 2, 3, 0.81, 0.74, ("load took 4 points more",)),
            "Person 1 was 2nd (81 points) and is 3rd today (74 points): load took 4 points more.",
        ),
        (
            Change("S-1", Kind.CHANGED, 2, None, 0.81, None, ("paused now",)),
            "Person 1 was 2nd (81 points) and is not suggested today: paused now.",
        ),
        (
            Change("S-1", Kind.CHANGED, None, 4, None, 0.5, ("room again",)),
            "Person 1 was not suggested and is 4th today (50 points): room again.",
        ),
        (
            Change("S-1", Kind.CHANGED, None, None, None, None, ("paused now", "room again")),
            "Person 1 was not suggested and still is not: paused now, room again.",
        ),
        (Change("S-1", Kind.NEW, None, 1, None, 0.9, ()), "Person 1 is new and is 1st today (90 points)."),
        (
            Change("S-1", Kind.NEW, None, None, None, None, ("consent not given",)),
            "Person 1 is new and is not suggested today: consent not given.",
        ),
        (Change("S-1", Kind.GONE, None, None, None, None, ()), "Somebody has left the register since."),
    ],
)
def test_each_change_is_one_sentence(change: Change, words: str) -> None:
    assert change_sentence(change, name) == words


def test_what_is_the_same_what_moved_and_what_is_not_compared() -> None:
    passed = tuple(
        Change(f"S-{n}", Kind.CHANGED, n + 1, n, 0.5, 0.5, ("others changed places",)) for n in (4, 5)
    )
    own = Change("S-1", Kind.CHANGED, 1, None, 0.9, None, ("paused now",))
    replay = Replay(FIRST, ON, False, ("helpful 1 -> 2",), (own, *passed), 7, 2)
    assert compared_words(replay, name, Policy(helpful=2.0, version=2)) == (
        "The same day gives the same list: no, because records have changed since.",
        "Weighed differently now. A helpful need counts: 1 → 2.",
        "Person 1 was 1st (90 points) and is not suggested today: paused now.",
        "2 people moved up or down because of others.",
        "7 people stand as they did.",
        "2 people's records are not compared.",
    )
    same = compared_words(Replay(FIRST, ON, True, (), (), 1, 1), name, Policy())
    assert same == (
        "The same day gives the same list: yes.",
        "1 person stands as they did.",
        "1 person's record is not compared.",
    )


def test_many_changes_are_counted_after_the_first() -> None:
    many = tuple(Change(f"S-{n}", Kind.CHANGED, n, None, 0.9, None, ("paused now",)) for n in range(1, 15))
    words = compared_words(Replay(FIRST, ON, True, (), many, 0, 0), name, Policy())
    assert len([line for line in words if "paused now" in line]) == 12
    assert "2 more people stand elsewhere." in words
