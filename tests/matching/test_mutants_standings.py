"""The first sixty-four of many, where their scores lie close to the line that parts them from the others."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

import numpy as np
import pytest

from peermatch.matching.engine import match
from peermatch.matching.standings import Standings
from peermatch.matching.whatif import what_if
from peermatch.model.policy import Policy
from peermatch.model.verdict import WhatIf
from tests.matching.cases import ON, enquiry, register, supporter

PEOPLE = 300
FIRST = 64
NEAR = 2e-9


def standings(scores: Sequence[float], seed: int = 0) -> Standings:
    """People with these scores; the others, if they are few, follow far behind."""
    chance = Random(seed)
    everybody = [*scores, *(-1.0 - n for n in range(PEOPLE - len(scores)))]
    chance.shuffle(everybody)
    people = len(everybody)
    return Standings(
        rows=np.arange(people),
        scores=np.array(everybody),
        asked=np.array([chance.choice((0, 700_000, 739_000)) for _ in range(people)], dtype=np.int32),
        ids=np.array(chance.sample(range(3 * people), people), dtype=np.int64),
    )


def keys(found: Standings) -> list[tuple[float, int, int]]:
    """What each is sorted by."""
    columns = (found.scores.tolist(), found.asked.tolist(), found.ids.tolist())
    return [(-round(score, 9), asked, id) for score, asked, id in zip(*columns, strict=True)]


def assert_first_in_order(found: Standings) -> None:
    """The first are those of a plain sort."""
    known = keys(found)
    assert [known[place] for place in found.first(FIRST).tolist()[:FIRST]] == sorted(known)[:FIRST]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("better", [0, 1, 40, 62, 63])
@pytest.mark.parametrize("equal", [1, 2, 3, 24, 25, 26, 200])
def test_many_equals_at_the_line_and_some_before_it(better: int, equal: int, seed: int) -> None:
    """By turn among the equals: by the day last asked, then by id."""
    chance = Random(seed)
    nearly = (0.5, 0.5, 0.5 + 4e-10, 0.5 - 4e-10) if seed % 2 else (0.5,)
    scores = [0.5 + chance.choice((1e-9, 2.5e-9, 0.1, 0.2)) for _ in range(better)]
    found = standings([*scores, *(chance.choice(nearly) for _ in range(equal))], seed)
    assert_first_in_order(found)


@pytest.mark.parametrize("better", range(0, 64, 7))
def test_thousands_of_equals_at_the_line(better: int) -> None:
    assert_first_in_order(standings([*(0.6 for _ in range(better)), *(0.5 for _ in range(5_000))], better))


def test_a_score_that_lies_right_at_the_border_of_what_is_near_stands_once() -> None:
    found = standings([NEAR, *(0.0 for _ in range(100))])
    assert (found.scores - 0.0 == NEAR).sum() == 1
    assert_first_in_order(found)
    # And it counts once among those who stand before somebody.
    assert found.before(0.0, 0, -1) == 1
    assert found.before(NEAR, 0, -1) == 0


@pytest.mark.parametrize("id", ["S-0", "S-11", "S-15", "S-2", "S-21", "S-3"])
def test_whoever_changed_since_would_come_in_the_place_of_their_id(id: str) -> None:
    """Between the others, who stand in the columns, all equally near."""
    plain = [supporter(each, "sea.whale") for each in ("S-1", "S-2", "S-21", "S-22") if each != id]
    mine = supporter(id, "sea.whale", paused_until=ON + timedelta(days=1))
    before = replace(mine, characteristics=("void",))
    asked = enquiry("sea.whale")
    place = sorted([id, *(each.id for each in plain)]).index(id) + 1
    for there in (register(*plain), register(*plain, before)):
        changed = there.replaced(supporters=[mine])
        (found,) = what_if(changed, asked, ON, Policy(), match(changed, asked, ON))
        assert found == WhatIf(id, found.change, place)


def test_nobody_falls_between_those_above_and_those_about_as_near() -> None:
    scores = np.array([0.5 + 2e-9] * 10 + [0.5] * 54 + [0.1] * 336)
    standings = Standings(
        rows=np.arange(400), scores=scores, asked=np.zeros(400, np.int32), ids=np.arange(400)
    )
    assert sorted(standings.first(64).tolist()) == list(range(64))
