"""The plan by other means: by hand in the order of arrival, by scipy, and by OR-tools."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peermatch.matching.engine import STANDARD
from peermatch.matching.planning.problem import Candidates, Supply
from peermatch.matching.register import Register
from peermatch.matching.shortlists import Answer
from peermatch.model.enquiry import Enquiry
from tests.bench.network import DAY

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What every solver is asked for: how many are served and the sum of gains; and the most that anybody gets."""

    served: int
    total: int
    most_new: int


def offers(register: Register, asked: Sequence[Enquiry]) -> tuple[list[Candidates], Supply]:
    """What the ranking suggests for each, with its scores; rows are those of the register."""
    found = []
    for enquiry in asked:
        standings = Answer.to(register, enquiry, DAY, STANDARD).standings
        gains = np.rint(standings.scores * 1e9).astype(np.int64)
        found.append(Candidates(enquiry.reference, standings.rows.astype(np.int32), gains))
    columns = register.columns
    ids = [columns.id(row) for row in range(len(columns))]
    capacity, in_hand = columns.facts.people.capacity, columns.work.in_hand
    return found, Supply(ids, capacity.astype(np.int64), in_hand.astype(np.int64))


def pairs_of(candidates: Sequence[Candidates]) -> int:
    """How many pairs there are to choose from."""
    return sum(len(each.gains) for each in candidates)


def by_hand(candidates: Sequence[Candidates], supply: Supply) -> Outcome:
    """Each enquiry is given the best who is still free, one after the other."""
    room = supply.capacity - supply.in_hand
    chosen: list[tuple[int, int]] = []
    for each in candidates:
        free = np.flatnonzero(room[each.supporters] > 0)
        if len(free):
            best = int(free[each.gains[free].argmax()])
            room[each.supporters[best]] -= 1
            chosen.append((int(each.supporters[best]), int(each.gains[best])))
    return _outcome(chosen)


def _outcome(chosen: Sequence[tuple[int, int]]) -> Outcome:
    counts = np.bincount([row for row, _ in chosen]) if chosen else np.zeros(1, np.int64)
    return Outcome(len(chosen), sum(gain for _, gain in chosen), int(counts.max()))


def by_scipy(candidates: Sequence[Candidates], supply: Supply) -> Outcome:
    """Sparse Jonker-Volgenant on places: each supporter once for each free one, and nobody for each enquiry."""
    sparse: Any = import_module("scipy.sparse")
    graphs: Any = import_module("scipy.sparse.csgraph")
    count = len(candidates)
    rows, people, gains = _flat(candidates)
    wanted = np.bincount(people, minlength=len(supply.ids))
    room = np.minimum(np.maximum(supply.capacity - supply.in_hand, 0), wanted)
    first = np.concatenate(([0], np.cumsum(room)))
    times = room[people]
    nth = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
    places = np.concatenate((np.repeat(first[people], times) + nth, first[-1] + np.arange(count)))
    # Nobody costs more than any change of gains; all are whole and below 2**53.
    costs = np.concatenate((2.0**31 - np.repeat(gains, times), np.full(count, 2.0**44)))
    who = np.concatenate((np.repeat(rows, times), np.arange(count)))
    table = sparse.csr_array((costs, (who, places)), shape=(count, int(first[-1]) + count))
    served, given = graphs.min_weight_full_bipartite_matching(table)
    real = given < first[-1]
    owner = np.repeat(np.arange(len(room)), room)[given[real]]
    worth = 2.0**31 - table[served[real], given[real]]
    return _outcome(list(zip(owner.tolist(), np.rint(worth).astype(np.int64).tolist(), strict=True)))


def by_ortools(candidates: Sequence[Candidates], supply: Supply) -> Outcome:
    """A flow of least cost: from one source over enquiries and supporters to one sink."""
    flow: Any = import_module("ortools.graph.python.min_cost_flow").SimpleMinCostFlow()
    count, people_count = len(candidates), len(supply.ids)
    rows, people, gains = _flat(candidates)
    source, sink = count + people_count, count + people_count + 1
    enquiries, supporters = np.arange(count), np.arange(people_count)
    dear = (int(gains.max(initial=0)) + 1) * (count + 1)
    one = np.ones(count, np.int64)
    add = flow.add_arcs_with_capacity_and_unit_cost
    pairs = add(rows, count + people, np.ones(len(rows), np.int64), -gains)
    add(np.full(count, source), enquiries, one, 0 * one)
    add(enquiries, np.full(count, sink), one, dear * one)
    room = np.maximum(supply.capacity - supply.in_hand, 0)
    add(count + supporters, np.full(people_count, sink), room, 0 * room)
    flow.set_node_supply(source, count)
    flow.set_node_supply(sink, -count)
    if flow.solve() != flow.OPTIMAL:
        raise ArithmeticError("OR-tools found no plan")
    used = np.flatnonzero(flow.flows(pairs))
    return _outcome(list(zip(people[used].tolist(), gains[used].tolist(), strict=True)))


def _flat(candidates: Sequence[Candidates]) -> tuple[Ints, Ints, Ints]:
    """All pairs in three columns."""
    sizes = [len(each.gains) for each in candidates]
    return (
        np.repeat(np.arange(len(candidates)), sizes),
        np.concatenate([each.supporters for each in candidates]).astype(np.int64),
        np.concatenate([each.gains for each in candidates]),
    )
