"""The order of the suggested is that of a plain sort, however few of them are read and however close they are."""

from random import Random

import numpy as np
import pytest

from peermatch.matching.standings import Standings


def standings(seed: int, people: int) -> Standings:
    """People with few different scores, some of which differ by less than is counted."""
    chance = Random(seed)
    scores = [
        chance.choice((0.25, 0.5)) + chance.choice((0, 0, 4e-10, 6e-10, 1e-9, -5e-10)) for _ in range(people)
    ]
    return Standings(
        rows=np.arange(people),
        scores=np.array(scores),
        asked=np.array([chance.choice((0, 0, 700_000, 739_000)) for _ in range(people)], dtype=np.int32),
        ids=np.array(chance.sample(range(people * 3), people), dtype=np.int64),
    )


def plainly(found: Standings) -> list[tuple[float, int, int]]:
    """What everybody is sorted by, in order."""
    columns = (found.scores.tolist(), found.asked.tolist(), found.ids.tolist())
    return sorted((-round(score, 9), asked, id) for score, asked, id in zip(*columns, strict=True))


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("people", [0, 1, 200, 300, 900])
def test_as_far_as_it_is_read_and_to_the_end(seed: int, people: int) -> None:
    for count in (1, 2, 64, 65, people):
        found = standings(seed, people)
        order = found.first(count)
        assert len(order) >= min(count, people)
        places = order.tolist()
        read = [(-round(float(found.scores[p]), 9), int(found.asked[p]), int(found.ids[p])) for p in places]
        assert read == plainly(found)[: len(read)]


@pytest.mark.parametrize("seed", range(10))
def test_how_many_stand_before_somebody(seed: int) -> None:
    found = standings(seed, 300)
    keys = plainly(found)
    for place in range(0, 300, 7):
        score, asked, id = (float(found.scores[place]), int(found.asked[place]), int(found.ids[place]))
        assert found.before(score, asked, id) == keys.index((-round(score, 9), asked, id))
