"""Introductions are read when somebody asks for one; after a change they are what the file says, in its order."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random

import pytest

from peermatch.model.introduction import Introduction, State
from peermatch.services.steps import Steps
from tests.networks import DAY

FIRST = Introduction("E-1", "S-1", State.ASKED, DAY)
SECOND = Introduction("E-2", "S-1", State.DECLINED, DAY)
THIRD = Introduction("E-1", "S-2", State.ENDED, DAY)
FILE = {3: FIRST, 5: SECOND, 9: THIRD}
E1 = frozenset({"E-1"})


def test_they_are_read_once_and_only_when_asked_for() -> None:
    reads: list[int] = []

    def read() -> dict[int, Introduction]:
        reads.append(1)
        return FILE

    steps = Steps(read)
    assert reads == []
    assert (list(steps), len(steps), steps[0], steps[1:]) == (
        [FIRST, SECOND, THIRD],
        3,
        FIRST,
        (SECOND, THIRD),
    )
    assert steps.of("E-1") == (FIRST, THIRD)
    assert steps.with_supporter("S-1") == (FIRST, SECOND)
    assert steps.of("S-1") == steps.with_supporter("E-1") == ()
    assert reads == [1]


def test_a_change_before_the_first_reading_is_read_from_the_file() -> None:
    file = dict(FILE)
    steps = Steps(lambda: dict(file))
    del file[9]
    assert steps.changed(E1, {3: FIRST}) == (FIRST, SECOND)


def test_a_change_leaves_the_former_list_alone_and_keeps_the_order_of_the_file() -> None:
    steps = Steps(lambda: FILE)
    assert len(steps) == 3
    accepted, back = replace(FIRST, state=State.ACCEPTED), Introduction("E-1", "S-4", State.ASKED, DAY)
    assert steps.changed(E1, {3: accepted, 4: back, 9: THIRD}) == (accepted, back, SECOND, THIRD)
    assert steps.changed(E1, {}) == (SECOND,)
    assert steps == (FIRST, SECOND, THIRD)


def test_nothing_changed_is_the_same_list() -> None:
    steps = Steps.given((FIRST, SECOND, THIRD))
    both = frozenset({"E-2", "E-1"})
    assert steps.changed(E1, {0: FIRST, 2: THIRD}) is steps
    assert steps.changed(both, {0: FIRST, 1: SECOND, 2: THIRD}) is steps
    assert steps.changed(frozenset(), {}) is steps


def test_they_equal_any_list_of_the_same() -> None:
    steps = Steps.given((FIRST,))
    same: tuple[object, ...] = ([FIRST], (FIRST,), Steps(lambda: {7: FIRST}))
    unlike: tuple[object, ...] = ((), [SECOND], "a text", 3)
    assert all(steps == each for each in same)
    assert not any(steps == each for each in unlike)


def test_those_in_hand_are_known_after_each_change() -> None:
    steps = Steps(lambda: FILE)
    assert steps.in_hand == (FIRST,)
    accepted = replace(SECOND, state=State.ACCEPTED)
    changed = steps.changed(frozenset({"E-2"}), {5: accepted})
    assert changed.in_hand == (FIRST, accepted)
    assert steps.in_hand == (FIRST,)
    every = tuple(replace(FIRST, state=state) for state in State)
    assert Steps.given(every).in_hand == tuple(each for each in every if each.in_hand)


def everything(steps: Steps) -> dict[str, object]:
    """What a list of steps says to each question."""
    return {
        "in order": list(steps),
        "how many": len(steps),
        "in hand": steps.in_hand,
        "of each": [steps.of(f"E-{number}") for number in range(6)],
        "with each": [steps.with_supporter(f"S-{number}") for number in range(4)],
        "latest": dict(steps.latest()),
    }


@pytest.mark.parametrize("seed", range(12))
def test_after_any_changes_they_say_what_the_file_says(seed: int) -> None:
    chance = Random(seed)

    def introduction(enquiry: int) -> Introduction:
        asked = DAY - timedelta(days=chance.randrange(60))
        ended = chance.choice((None, asked + timedelta(days=chance.randrange(30))))
        state = chance.choice(list(State))
        return Introduction(f"E-{enquiry}", f"S-{chance.randrange(4)}", state, asked, ended=ended)

    file = {number: introduction(chance.randrange(6)) for number in range(0, 40, 2)}
    steps = Steps(partial(dict, file)).ready()
    for _ in range(6):
        touched = chance.sample(range(6), 2)
        references = frozenset(f"E-{number}" for number in touched)
        before = everything(steps)
        others = {number: each for number, each in file.items() if each.enquiry not in references}
        free = [number for number in range(60) if number not in others]
        numbers = chance.sample(free, chance.randrange(6))
        now = {number: introduction(chance.choice(touched)) for number in sorted(numbers)}
        file = dict(sorted({**others, **now}.items()))
        after = steps.changed(references, now)
        assert everything(steps) == before
        assert everything(after) == everything(Steps(partial(dict, file)))
        steps = after
