"""Two answers side by side: every kind of change, and why."""

from collections.abc import Iterable

import pytest

from peermatch.model.comparison import Answer, Change, Kind, changes_between
from peermatch.model.decision import Passed, Stood
from peermatch.model.verdict import Code


def stood(supporter: str, **points: float) -> Stood:
    return Stood(supporter, sum(points.values()), False, tuple(points.items()))


def passed(supporter: str, *codes: Code) -> Passed:
    return Passed(supporter, codes)


def answer(suggested: Iterable[Stood] = (), refused: Iterable[Passed] = ()) -> Answer:
    return Answer(tuple(suggested), tuple(refused))


def only(then: Answer, now: Answer) -> Change:
    (change,) = changes_between(then, now)
    return change


def test_what_stands_as_it_did_is_no_change() -> None:
    same = answer([stood("S-1", essential=0.6, load=-0.1)], [passed("S-2", Code.PAUSED)])
    assert changes_between(same, same) == ()
    hardly = answer([stood("S-1", essential=0.6 + 1e-12, load=-0.1)], [passed("S-2", Code.PAUSED)])
    assert changes_between(same, hardly) == ()


def test_rules_are_compared_one_by_one() -> None:
    then = answer([stood("S-1", essential=0.6, helpful=0.2, load=-0.01)])
    now = answer([stood("S-1", essential=0.6, load=-0.05, grade=0.1, contact=0.001)])
    change = only(then, now)
    assert change.why == (
        "what is helpful gave 20 points less",
        "load took 4 points more",
        "grade gave 10 points more",
        "way of contact gave less than a point more",
    )
    assert (change.place_then, change.place_now, change.kind) == (1, 1, Kind.CHANGED)
    assert change.score_then == pytest.approx(0.79)
    assert change.score_now == pytest.approx(0.651)


def test_load_that_went_took_less() -> None:
    change = only(answer([stood("S-1", load=-0.05)]), answer([stood("S-1", load=0.0)]))
    assert change.why == ("load took 5 points less",)


def test_needs_of_one_kind_are_told_together() -> None:
    then = answer([Stood("S-1", 0.4, False, (("helpful", 0.2), ("helpful", 0.2)))])
    change = only(then, answer([stood("S-1", helpful=0.3)]))
    assert change.why == ("what is helpful gave 10 points less",)


def test_somebody_who_only_moved_says_that_others_did() -> None:
    then = answer([stood("S-1", essential=0.6), stood("S-2", essential=0.5)])
    now = answer([stood("S-2", essential=0.5)], [passed("S-1", Code.PAUSED, Code.NO_ROOM)])
    first, second = changes_between(then, now)
    assert (first.supporter, first.place_then, first.place_now, first.score_now) == ("S-1", 1, None, None)
    assert first.why == ("paused now", "capacity reached")
    assert (second.supporter, second.place_then, second.place_now) == ("S-2", 2, 1)
    assert second.why == ("others changed places",)


def test_codes_that_went_are_told() -> None:
    then = answer(refused=[passed("S-1", Code.PAUSED, Code.CONSENT_ENDED)])
    change = only(then, answer([stood("S-1", essential=0.5)]))
    assert change.why == ("back from a pause", "consent renewed")
    assert (change.place_then, change.score_then, change.place_now) == (None, None, 1)


def test_of_the_last_four_only_the_new_one_is_told() -> None:
    then = answer(refused=[passed("S-1", Code.NO_ROOM, Code.CONSENT_ENDED)])
    now = answer(refused=[passed("S-1", Code.ESSENTIAL_NOT_SHARED)])
    assert only(then, now).why == ("does not share what is essential now", "room again")


def test_newcomers_are_told_and_of_those_gone_only_the_id() -> None:
    then = answer([stood("S-1", essential=0.6), stood("S-5", essential=0.5)], [passed("S-9", Code.PAUSED)])
    now = answer(
        [stood("S-5", essential=0.5), stood("S-2", essential=0.4)],
        [passed("S-3", Code.NO_ROOM), passed("S-9", Code.PAUSED)],
    )
    new, refused, gone = changes_between(then, now)
    assert gone == Change("S-1", Kind.GONE, None, None, None, None, ())
    assert new == Change("S-2", Kind.NEW, None, 2, None, 0.4, ())
    assert refused == Change("S-3", Kind.NEW, None, None, None, None, ("capacity reached",))


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_words_for_both_ways(code: Code) -> None:
    without, refused = answer([stood("S-1", essential=0.5)]), answer(refused=[passed("S-1", code)])
    (came,), (went,) = only(without, refused).why, only(refused, without).why
    assert came != went


def test_without_somebody_the_others_move_up() -> None:
    whole = answer([stood("S-1", essential=0.6), stood("S-2", essential=0.5)], [passed("S-3", Code.PAUSED)])
    assert whole.supporters == {"S-1", "S-2", "S-3"}
    assert whole.without({"S-1", "S-3"}) == answer([stood("S-2", essential=0.5)])
