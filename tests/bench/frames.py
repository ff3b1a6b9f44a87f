"""The same answer from data frames, by pandas and by polars."""

from functools import reduce
from importlib import import_module
from typing import Any

import numpy as np

from tests.bench.asking import Asked
from tests.bench.columns import GATES, Coded, Columns, Need, coded
from tests.bench.gates import TODAY, busy, gates, said, wishes_of
from tests.bench.loop import VALID, Said

_MORE = {"relation": ("since", "until"), "link": ("level",)}


def _cells(columns: Columns, name: str) -> dict[str, Any]:
    names = ("person", "word", *_MORE.get(name, ()))
    return dict(zip(names, columns.pairs[name], strict=True))


class Pandas:
    """Answers by pandas."""

    def __init__(self, columns: Columns) -> None:
        self._pd: Any = import_module("pandas")
        self._codes = columns.codes
        self._people = self._pd.DataFrame({"id": columns.ids, **columns.people})
        # Sorted by word, so that those of a word are found without a scan.
        self._pairs = {
            name: self._pd.DataFrame(_cells(columns, name)).set_index("word").sort_index(kind="stable")
            for name in columns.pairs
        }

    def __call__(self, asked: Asked) -> Said:
        """The first few, and how many each gate is the first to refuse."""
        question, people = coded(asked, self._codes), self._people
        close = [self._closeness(need) for need in question.needs]
        levels = [self._level(need) for need in question.needs if need.essential]
        least = reduce(np.minimum, levels, self._pd.Series(VALID, people.index))
        closest = reduce(np.maximum, close, self._pd.Series(0.0, people.index))
        masks = [np.asarray(mask) for mask in gates(self, question, least, closest)]
        first = np.select(masks, list(range(len(GATES))), len(GATES))
        passing = people[first == len(GATES)]
        score = sum(n.weight * c[passing.index] for n, c in zip(question.needs, close, strict=True))
        for name, worth in wishes_of(question):
            if name == "language":
                score = score + self.marked(name, list(worth))[passing.index] * max(
                    worth.values(), default=0.0
                )
            else:
                score = score + passing[name].map(worth).fillna(0.0)
        score = score / question.total * busy(passing.in_hand, passing.capacity, passing.times_asked)
        return said(first, passing.id.to_numpy(), np.asarray(score), passing.last_asked.to_numpy())

    def _beside(self, table: str, words: list[int]) -> Any:
        frame = self._pairs[table]
        return frame.loc[[word for word in words if word in frame.index]]

    def _closeness(self, need: Need) -> Any:
        found = self._beside("link", list(need.closeness))
        found = found[found["level"] == VALID]
        worth = self._pd.Series(found.index.map(need.closeness), found.person).groupby(level=0).max()
        return worth.reindex(self._people.index, fill_value=0.0)

    def _level(self, need: Need) -> Any:
        best = self._beside("link", need.meeting).groupby("person")["level"].max()
        return best.reindex(self._people.index, fill_value=0)

    def column(self, name: str) -> Any:
        """A column of people."""
        return self._people[name]

    def within(self, column: str, words: list[int]) -> Any:
        """Whose column holds one of these words."""
        return self._people[column].isin(words)

    def marked(self, table: str, words: list[int]) -> Any:
        """Who stands beside one of these words."""
        found = self._beside(table, words)
        if table == "relation":
            found = found[(found.since <= TODAY) & (found.until >= TODAY)]
        mask = self._pd.Series(False, self._people.index)
        mask.iloc[found.person.to_numpy()] = True
        return mask


class Polars:
    """Answers by polars."""

    def __init__(self, columns: Columns) -> None:
        self._pl: Any = import_module("polars")
        self._codes = columns.codes
        numbers = np.arange(len(columns.ids), dtype=np.int32)
        self._people = self._pl.DataFrame({"person": numbers, "id": columns.ids, **columns.people})
        self._pairs = {name: self._pl.DataFrame(_cells(columns, name)).sort("word") for name in columns.pairs}

    def __call__(self, asked: Asked) -> Said:
        """The first few, and how many each gate is the first to refuse."""
        question, pl = coded(asked, self._codes), self._pl
        frame = self._people.lazy()
        for number, need in enumerate(question.needs):
            frame = frame.join(self._shared(number, need), on="person", how="left")
        essential = [
            pl.col(f"level{number}").fill_null(0)
            for number, need in enumerate(question.needs)
            if need.essential
        ]
        close = [pl.col(f"close{number}").fill_null(0.0) for number in range(len(question.needs))]
        masks = gates(self, question, pl.min_horizontal(pl.lit(VALID), *essential), pl.max_horizontal(*close))
        first = pl.lit(len(GATES))
        for number in reversed(range(len(GATES))):
            first = pl.when(masks[number]).then(number).otherwise(first)
        score = self._score(question, close)
        columns = (first.alias("first"), score.alias("score"), "id", "last_asked")
        done = frame.with_columns(*columns).select("first", "score", "id", "last_asked").collect()
        passing = done.filter(pl.col("first") == len(GATES))
        ids, scores, asked_on = (passing[name].to_numpy() for name in ("id", "score", "last_asked"))
        return said(done["first"].to_numpy(), ids, scores, asked_on)

    def _shared(self, number: int, need: Need) -> Any:
        """What each person brings to a need, and the best level at which they meet it."""
        pl = self._pl
        words = np.array(list(need.closeness), np.int32)
        worth = pl.LazyFrame({"word": words, "worth": [*need.closeness.values()]})
        meets = pl.col("word").is_in(need.meeting)
        return (
            self._pairs["link"].lazy().join(worth, on="word").group_by("person").agg(
                pl.col("worth").filter(pl.col("level") == VALID).max().alias(f"close{number}"),
                pl.col("level").filter(meets).max().alias(f"level{number}"),
            )
        )  # fmt: skip

    def _score(self, question: Coded, close: list[Any]) -> Any:
        pl = self._pl
        total = sum((need.weight * c for need, c in zip(question.needs, close, strict=True)), pl.lit(0.0))
        for name, worth in wishes_of(question):
            if name == "language":
                total += self.marked(name, list(worth)).cast(pl.Float64) * max(worth.values(), default=0.0)
            else:
                total += pl.col(name).replace_strict(worth, default=0.0, return_dtype=pl.Float64)
        share = pl.min_horizontal(1.0, pl.col("in_hand") / pl.max_horizontal(1, pl.col("capacity")))
        often = pl.min_horizontal(1.0, pl.col("times_asked") / 6)
        return total / question.total * (1 - 0.06 * share - 0.04 * often)

    def column(self, name: str) -> Any:
        """A column of people."""
        return self._pl.col(name)

    def within(self, column: str, words: list[int]) -> Any:
        """Whose column holds one of these words."""
        return self._pl.col(column).is_in(words)

    def marked(self, table: str, words: list[int]) -> Any:
        """Who stands beside one of these words."""
        pl = self._pl
        found = self._pairs[table].filter(pl.col("word").is_in(words))
        if table == "relation":
            found = found.filter((pl.col("since") <= TODAY) & (pl.col("until") >= TODAY))
        return pl.col("person").is_in(found["person"].implode())
