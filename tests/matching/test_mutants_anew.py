"""Columns that are written anew, because many changed or few stayed, answer as columns of the same people do."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from peermatch.matching.columns import Table, new_rows
from peermatch.matching.engine import match
from peermatch.matching.register import MOST_CHANGED, Register
from peermatch.model.barred import Barred
from peermatch.model.introduction import State
from peermatch.model.people import Supporter
from tests.matching.cases import ON, WORDINGS, introduction, register
from tests.matching.wider_chance import OWN, WideChance


def many(seed: int, people: int) -> tuple[WideChance, list[Supporter]]:
    """Many people at the edges of the rules; the first and the last are troubled in every way a table can hold."""
    chance = WideChance(seed, OWN)
    chance.trouble = 0.3
    made = [chance.supporter(f"S-{n:03}") for n in range(people)]
    for place in (0, 1, people - 1):
        limits = replace(
            chance.boundaries(), organisations=("new",), specialties=("surgery",), topics=("sea.squid",)
        )
        made[place] = replace(
            made[place],
            email=f"{made[place].id}@example.org",
            boundaries=limits,
            relations=(chance.relation(),),
            characteristics=("sea.whale", "land.horse"),
            paused_until=chance.on + timedelta(days=1) if place else None,
            available_until=None if place else chance.on,
        )
    return chance, made


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("changed", "removed"), [(80, 0), (70, 10), (0, 70), (0, 140), (66, 100)])
def test_as_a_register_of_those_who_are_there_now(seed: int, changed: int, removed: int) -> None:
    chance, people = many(seed, 160)
    ids = [each.id for each in people]
    times = [chance.introduction(ids) for _ in range(200)]
    pairs = [Barred(address, ids[n]) for n, address in enumerate(("t@example.org", "u@example.org") * 80)]
    pairs = chance.random.sample(pairs, 30) + pairs[:2]
    there = Register.build(OWN, people, times, pairs, WORDINGS)
    match(there, chance.enquiry(2), chance.on)
    leaving = ids[-removed:] if removed else []
    again = chance.random.sample(ids[: 160 - removed], min(changed, 160 - removed))
    new = {id: chance.supporter(id) for id in (*again, *(f"T-{n:02}" for n in range(changed - len(again))))}
    after = there.replaced(supporters=new.values(), removed=leaving)
    assert max(len(new), len(leaving)) > MOST_CHANGED
    assert (after.lines, after.gone) == ({}, frozenset())
    now = {each.id: each for each in people if each.id not in leaving} | new
    afresh = Register.build(OWN, now.values(), times, pairs, WORDINGS)
    assert len(after) == len(afresh) == len(now)
    for _ in range(8):
        asked = chance.enquiry(3)
        for on in (chance.on, chance.on + timedelta(days=30)):
            assert match(after, asked, on) == match(afresh, asked, on)


def test_whoever_stands_first_keeps_what_stands_in_the_small_tables() -> None:
    _, people = many(1, 100)
    times = [introduction(people[0].id, State.ASKED, ON, "E-1")]
    pairs = [Barred("t@example.org", people[0].id)]
    there = register(*people, introductions=times, barred=pairs)
    after = there.replaced(removed=[each.id for each in people[1 : MOST_CHANGED + 2]])
    assert not after.gone
    for table, old in zip(after.columns.facts.tables, there.columns.facts.tables, strict=True):
        assert table.lines(0) == old.lines(0)
        assert [v[table.of(0)].tolist() for v in table.values] == [v[old.of(0)].tolist() for v in old.values]
    tables = after.columns.facts.tables
    assert (tables.leaving.lines(0), tables.paused.lines(0)) == (1, 0)
    assert [each.lines(0) for each in (tables.address, tables.relation, after.columns.barred)] == [1, 1, 1]
    assert len(after.columns.work.of_row(0)) == 1


def test_whoever_does_not_stay_has_no_new_row() -> None:
    assert new_rows(4, np.array([1, 3])).tolist() == [-1, 0, -1, 1]


def test_lines_are_counted_for_each_alone() -> None:
    table = Table(np.array([1, 1, 3], dtype=np.uint32), (np.array([7, 8, 9]),))
    assert [table.lines(row) for row in range(5)] == [0, 2, 0, 1, 0]
