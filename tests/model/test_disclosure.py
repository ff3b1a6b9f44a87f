"""The small-number rule: as the rules have it by example, and as laws against somebody who subtracts."""

from bisect import bisect_left
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.model.disclosure import (
    LEAST,
    LEAST_SENSITIVE,
    Figure,
    Part,
    Span,
    chosen_spans,
    disclosed,
    may_be_shown,
    middle,
    percent,
    shown_parts,
    told_again,
    withheld,
)

FIRST = date(2026, 1, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def test_the_examples_of_the_rules() -> None:
    said = {3: "*", 7: "*", 8: "10", 12: "10", 13: "15", 0: "0", 1: "*", 17: "15", 18: "20"}
    assert {count: str(disclosed(count)) for count in said} == said
    assert [str(disclosed(count, LEAST_SENSITIVE)) for count in (0, 8, 9, 10, 12)] == [
        "0",
        "*",
        "*",
        "10",
        "10",
    ]
    assert percent(disclosed(6), disclosed(40)) is None
    assert percent(disclosed(12), disclosed(44)) == 22
    assert percent(disclosed(0), disclosed(0)) is None
    assert percent(disclosed(44), disclosed(12)) is None
    assert percent(disclosed(8), withheld()) is None


def test_nobody_else_makes_a_figure_or_changes_one() -> None:
    with pytest.raises(TypeError):
        Figure(object(), 3)
    found = disclosed(20)
    with pytest.raises(TypeError):
        found.value = 3
    assert found == disclosed(22)
    assert found != 20
    assert {disclosed(8), disclosed(9)} == {disclosed(10)}
    assert repr(withheld()) == "Figure(*)"
    assert (withheld().hidden, found.hidden) == (True, False)


def test_what_was_published_is_told_again_as_it_was() -> None:
    assert (str(told_again(15)), str(told_again(None))) == ("15", "*")
    for never in (3, -5):
        with pytest.raises(ValueError, match="ever published"):
            told_again(never)


def test_the_middle_is_of_eight_or_more() -> None:
    assert middle([1] * 7) is None
    assert middle([1, 2, 3, 4, 5, 6, 7, 8]) == 4.5


@given(st.integers(0, 2_000), st.sampled_from((LEAST, LEAST_SENSITIVE)))
def test_a_figure_is_near_and_never_tells_a_small_count(count: int, least: int) -> None:
    found = disclosed(count, least)
    if found.value is None:
        assert 0 < count < least
    else:
        assert abs(found.value - count) <= 2
        assert found.value % 5 == 0
        assert count == 0 or found.value >= 10


MEMBERS = st.frozensets(st.integers(0, 60), max_size=40)


@given(
    st.lists(MEMBERS, max_size=8),
    st.frozensets(st.integers(0, 60)),
    st.lists(st.sampled_from((8, 10)), min_size=8, max_size=8),
)
def test_what_is_left_of_a_whole_is_never_small(
    cells: list[frozenset[int]], more: frozenset[int], leasts: list[int]
) -> None:
    whole = more.union(*cells)
    parts = [Part(str(n), cell, leasts[n]) for n, cell in enumerate(cells)]
    shown = shown_parts(whole, parts)
    left = whole.difference(*(p.members for p in parts if p.key in shown))
    hidden = [p for p in parts if p.key not in shown]
    if any(p.members for p in parts if p.key in shown):
        assert not 0 < len(left) < max((LEAST, *(p.least for p in hidden)))
    for part in parts:
        assert part.members or part.key in shown
        assert not 0 < len(part.members) < part.least or part.key not in shown


def test_one_hidden_cell_takes_the_next_with_it() -> None:
    cells = {"open": range(3), "helped": range(3, 23), "withdrawn": range(23, 32), "none": range(0)}
    parts = [Part(key, frozenset(members)) for key, members in cells.items()]
    assert shown_parts(range(32), parts) == {"helped", "none"}
    barred = [*parts[:3], Part("none", frozenset(), barred=True)]
    assert shown_parts(range(32), barred) == {"helped"}


SPANS = st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda p: Span(day(p[0]), day(p[0] + p[1])))
DAYS = st.lists(st.integers(0, 18).map(day), max_size=90).map(sorted)


def derivable(spans: frozenset[Span]) -> set[tuple[date, date]]:
    """Every span of which the count follows by adding and taking away, found by walking from day to day."""
    points = {each for span in spans for each in (span.start, span.after)}
    reach = {point: {point} for point in points}
    for _ in points:
        for span in spans:
            both = reach[span.start] | reach[span.after]
            for point in both:
                reach[point] = reach[point] | both
    return {(a, b) for a, b in combinations(sorted(points), 2) if b in reach[a]}


@given(st.lists(SPANS, max_size=9), st.lists(SPANS, max_size=5), DAYS, st.sampled_from((8, 10)))
def test_nothing_small_follows_from_all_that_was_ever_shown(
    first: list[Span], second: list[Span], days: list[date], least: int
) -> None:
    before = chosen_spans(first, (), days, least)
    shown = before | chosen_spans(second, before, days, least)
    for earlier, later in derivable(shown):
        count = bisect_left(days, later) - bisect_left(days, earlier)
        assert not 0 < count < least


def test_a_later_report_cannot_be_subtracted_from_an_earlier_one() -> None:
    days = [day(n) for n in range(0, 40)]
    half = Span(day(0), day(20))
    assert may_be_shown(half, (), days)
    assert not may_be_shown(Span(day(0), day(23)), [half], days)
    assert may_be_shown(Span(day(0), day(28)), [half], days)
    assert may_be_shown(Span(day(3), day(23)), [half], days), "without a common day nothing can be taken away"
    assert may_be_shown(half, [half], days)


def test_three_quarters_and_their_year_tell_the_fourth() -> None:
    days = sorted([day(n) for n in range(30)] * 1 + [day(35)])
    quarters = [Span(day(a), day(b)) for a, b in pairwise((0, 10, 20, 30, 40))]
    year = Span(day(0), day(40))
    assert chosen_spans(quarters, (), days) == set(quarters[:3])
    assert year not in chosen_spans([year], quarters[:3], days)
    assert chosen_spans([year], quarters[:2], days) == {year}
    assert chosen_spans((*quarters, year), (), days) == {year, *quarters[:2]}


def test_a_span_inside_another_leaves_nothing_small_at_its_two_ends() -> None:
    days = [day(n) for n in range(40)]
    half = Span(day(0), day(20))
    assert not may_be_shown(Span(day(1), day(19)), [half], days)
    assert not may_be_shown(half, [Span(day(1), day(19))], days)
    assert not may_be_shown(Span(day(1), day(29)), [half, Span(day(20), day(30))], days)
    assert may_be_shown(Span(day(4), day(16)), [half], days)
    assert may_be_shown(Span(day(21), day(39)), [half], days)


def test_a_cell_that_is_barred_is_not_all_that_is_left() -> None:
    parts = [
        Part("helped", frozenset(range(20))),
        Part("open", frozenset(range(20, 30))),
        Part("withdrawn", frozenset(range(30, 40)), barred=True),
    ]
    assert shown_parts(range(40), parts) == {"helped"}
    assert shown_parts(range(41), parts) == {"helped", "open"}
