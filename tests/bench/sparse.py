"""The same answer from a sparse matrix of people and topics (scipy) and plain arrays (numpy)."""

from importlib import import_module
from typing import Any

import numpy as np

from tests.bench.asking import Asked
from tests.bench.columns import GATES, Coded, Columns, Need, Numbers, coded
from tests.bench.gates import TODAY, busy, gates, said, table, wishes_of
from tests.bench.loop import VALID, Said


class Sparse:
    """Answers by multiplying a matrix."""

    def __init__(self, columns: Columns) -> None:
        self._columns, size = columns, (len(columns.ids), len(columns.codes) + 1)
        self._ids = np.array(columns.ids)
        made: Any = import_module("scipy.sparse").csr_array
        people, topics, levels = columns.pairs["link"]
        words = np.unique(topics)
        self._place = dict(zip(words.tolist(), range(len(words)), strict=True))
        places = np.searchsorted(words, topics)
        self._at_least = {
            level: made(
                (
                    np.ones(int((levels >= level).sum()), np.float32),
                    (people[levels >= level], places[levels >= level]),
                ),
                shape=(size[0], len(words)),
            )
            for level in (1, 2, VALID)
        }
        order = {name: np.argsort(cells[1], kind="stable") for name, cells in columns.pairs.items()}
        self._pairs = {name: tuple(c[order[name]] for c in cells) for name, cells in columns.pairs.items()}

    def __call__(self, asked: Asked) -> Said:
        """The first few, and how many each gate is the first to refuse."""
        question, people = coded(asked, self._columns.codes), self._columns.people
        close = [self._closeness(need) for need in question.needs]
        least = np.full(len(self._ids), VALID)
        for need in question.needs:
            if need.essential:
                least = np.minimum(least, sum(self._has(level, need.meeting) for level in (1, 2, VALID)))
        closest = np.max(close, axis=0) if close else np.zeros(len(self._ids))
        masks = gates(self, question, least, closest)
        first = np.select(masks, list(range(len(GATES))), len(GATES))
        rows = np.flatnonzero(first == len(GATES))
        score = self._worth(question, [each[rows] for each in close], rows) / question.total
        score *= busy(*(people[name][rows] for name in ("in_hand", "capacity", "times_asked")))
        return said(first, self._ids[rows], score, people["last_asked"][rows])

    def _has(self, level: int, words: list[int]) -> Numbers:
        """Who has one of these topics at this level or better."""
        wanted = np.zeros(len(self._place), np.float32)
        wanted[[self._place[word] for word in words if word in self._place]] = 1
        found: Numbers = self._at_least[level] @ wanted > 0
        return found

    def _closeness(self, need: Need) -> Numbers:
        close = np.zeros(len(self._ids))
        for worth in sorted(set(need.closeness.values())):
            words = [word for word, value in need.closeness.items() if value == worth]
            close[self._has(VALID, words)] = worth
        return close

    def _worth(self, question: Coded, close: list[Numbers], rows: Numbers) -> Numbers:
        total = np.zeros(len(rows))
        for need, values in zip(question.needs, close, strict=True):
            total += need.weight * values
        for name, worth in wishes_of(question):
            if name == "language":
                total += self.marked("language", list(worth))[rows] * max(worth.values(), default=0.0)
            else:
                total += table(worth, len(self._columns.codes) + 1)[self._columns.people[name][rows]]
        return total

    def column(self, name: str) -> Numbers:
        """A column of people."""
        return self._columns.people[name]

    def within(self, column: str, words: list[int]) -> Numbers:
        """Whose column holds one of these words."""
        return np.isin(self._columns.people[column], words)

    def marked(self, table: str, words: list[int]) -> Numbers:
        """Who stands beside one of these words."""
        rows, listed, *days = self._pairs[table]
        mask = np.zeros(len(self._ids), np.bool_)
        for word in words:
            here = slice(*np.searchsorted(listed, (word, word + 1)).tolist())
            holds = (days[0][here] <= TODAY) & (days[1][here] >= TODAY) if len(days) == 2 else slice(None)
            mask[rows[here][holds]] = True
        return mask
