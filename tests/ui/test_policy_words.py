"""The weights of ranking in plain words: typed numbers, faults, versions, and what a change would do."""

from dataclasses import replace

import pytest

from peermatch.model.policy import BOUNDS, Policy, PolicyVersion
from peermatch.services.policies import ListChange, Move, PolicyPreview
from peermatch.services.sample import DAY
from peermatch.ui.cover import Cover
from peermatch.ui.screens.policy_words import (
    FIGURES,
    NEXT_LINE,
    UNUSABLE,
    YOUR_CHANGE,
    change_words,
    fault_words,
    headline,
    hint,
    preview_rows,
    rest_words,
    shown,
    stepped,
    typed,
    version_lines,
)


def test_every_number_of_a_policy_has_a_field() -> None:
    assert set(FIGURES) == set(BOUNDS) - {"version"}
    assert all(hint(shape).endswith(shown(shape, getattr(Policy(), key))) for key, shape in FIGURES.items())


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("helpful", " 2.50 ", 2.5), ("helpful", ".5", 0.5), ("helpful", "2.", 2.0), ("helpful", "-1", -1.0),
        ("load_asked", "7.1", 0.071), ("load_asked", "7.1 %", 0.071), ("load_in_hand", "29", 0.29),
        ("near_km", "15 km", 15.0), ("asked_limit", "6", 6), ("asked_limit", "6 times", 6),
        ("asked_limit", "6.0", 6), ("asked_limit", "6.5", 6.5), ("ambiguous", "2", 0.02),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(key: str, text: str, value: float) -> None:
    assert typed(FIGURES[key], text) == value
    assert isinstance(typed(FIGURES[key], text), type(value))


@pytest.mark.parametrize(
    "text", ["", " ", "NaN", "Infinity", "1e3", "1_0", "٣", "1,000", "0x10", "3 3", "1" * 40]
)
def test_what_is_no_number_stays_text(text: str) -> None:
    assert typed(FIGURES["helpful"], text) == text
    assert fault_words("helpful", text) == "Write a number, such as 3 or 0.5."


@pytest.mark.parametrize("key", list(FIGURES))
def test_every_value_comes_back_from_its_field_as_it_was(key: str) -> None:
    shape, bound = FIGURES[key], BOUNDS[key]
    for part in range(101):
        value = bound.least + (bound.most - bound.least) * part / 100
        value = int(value) if bound.whole else round(value, 4)
        assert typed(shape, shown(shape, value)) == value


def test_steps_stop_at_the_edges() -> None:
    assert stepped(FIGURES["load_in_hand"], "99.5", 1) == "100"
    assert stepped(FIGURES["asked_limit"], "1", -1) == "1"
    assert stepped(FIGURES["near_km"], "15", 10) == "65"


def test_versions_are_told_beside_the_one_before() -> None:
    first = PolicyVersion(2, DAY.replace(year=2025), Policy("ours", 2, helpful=2.0))
    second = PolicyVersion(3, DAY, Policy("ours", 3, helpful=2.0, load_asked=0.0725))
    lines = version_lines((second, first), DAY)
    assert [line.title for line in lines] == [
        "ours 3 · since 20 Nov · in force",
        "ours 2 · since 20 Nov 2025",
    ]
    assert lines[0].changes == "Being asked often costs: 4 → 7.25 % of the score at most"
    assert lines[1].changes == "Name: standard → ours; A helpful need counts: 1 → 2"
    assert version_lines((), DAY) == ()
    assert version_lines((PolicyVersion(1, DAY, Policy()),), DAY)[0].changes == "As the one before."


def test_a_version_that_cannot_be_used_is_listed_and_stands_for_the_standard() -> None:
    old = PolicyVersion(3, DAY.replace(year=2025), None)
    (line,) = version_lines((old,), DAY)
    assert (line.title, line.changes) == ("Version 3 · since 20 Nov 2025", UNUSABLE)
    after = PolicyVersion(4, DAY, Policy("ours", 4, helpful=2.0))
    newest, _ = version_lines((after, old), DAY)
    assert newest.title == "ours 4 · since 20 Nov · in force"
    assert newest.changes == "Name: standard → ours; A helpful need counts: 1 → 2"


def change(reference: str, *, first: bool = False, moved: bool = False, close: bool = False) -> ListChange:
    now, then = ("S-1", "S-2"), ("S-2", "S-1") if first else ("S-1", "S-2")
    moves = (Move("S-2", "Sam O.", None, 1, 0.754), Move("S-1", "Amina R.", 1, None, None))
    return ListChange(reference, now, then, moves if first or moved else (), not close, True)


def test_the_preview_in_words() -> None:
    lists = (
        change("E-1", first=True),
        change("E-2", moved=True),
        change("E-3", moved=True),
        change("E-4", close=True),
        change("E-5"),
    )
    preview = PolicyPreview(replace(Policy(), helpful=2.0), DAY, lists)
    assert headline(preview) == "1 of 5 shortlists would begin with somebody else"
    assert (
        rest_words(preview) == "2 change further down, 1 becomes a closer or clearer call, 1 stays as it is."
    )
    rows = preview_rows(preview, change_words(Policy(), preview.draft), Cover())
    assert [row.key for row in rows] == [YOUR_CHANGE, "E-1", "E-2", "E-3", "E-4"]
    assert [row.chip for row in rows] == ["", "new first", "new order", "new order", "close call"]
    assert rows[1].summary.split(NEXT_LINE) == [
        "1st Sam O., was far down · 75 points",
        "far down Amina R., was 1st",
    ]
    assert rows[4].state == "The first two would count as equal."
    same = PolicyPreview(Policy(), DAY, (change("E-1"), change("E-2")))
    assert headline(same) == "Nobody else would come first"
    assert rest_words(same) == "2 stay as they are."
    clearer = replace(lists[3], close_now=True, close_then=False)
    (_, row) = preview_rows(PolicyPreview(Policy(), DAY, (clearer,)), (), Cover())
    assert (row.chip, row.state) == ("clearer", "The first two would no longer count as equal.")
