"""Consent as spans of days, worked out once by the rule of `model.consent`, so that any day is at hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

import numpy as np
import numpy.typing as npt

from peermatch.model.consent import ConsentRecord, ConsentRules, Purpose, Standing
from peermatch.model.people import Supporter

Ints = npt.NDArray[np.int64]
Levels = npt.NDArray[np.uint8]

UNKNOWN, NEVER, ENDED, VALID = range(4)
"""How much a characteristic may count; a withdrawn one is unknown, exactly as one that was never listed."""

_LEVELS = {
    Standing.WITHDRAWN: UNKNOWN,
    Standing.NEVER: NEVER,
    Standing.ENDED: ENDED,
    Standing.VALID: VALID,
}
_AFTER_ALL_DAYS = date.max.toordinal() + 1


@dataclass(frozen=True, slots=True)
class Span:
    """The level of one characteristic (by its column) from one day up to, but not including, another."""

    column: int
    start: int
    end: int
    level: int


def _changes(records: Iterable[ConsentRecord]) -> list[date]:
    """The days on which the ruling may change; between two of them it stands still."""
    days = chain.from_iterable((r.given, r.expires, r.withdrawn) for r in records)
    return sorted({date.min, *(day for day in days if day is not None)})


def _spans(
    records: tuple[ConsentRecord, ...], rules: ConsentRules, purpose: Purpose, topic: str | None, column: int
) -> list[Span]:
    starts = _changes(records)
    ends = [day.toordinal() for day in starts[1:]] + [_AFTER_ALL_DAYS]
    levels = [_LEVELS[rules.rule(records, purpose, topic, day).standing] for day in starts]
    return [
        Span(column, start.toordinal(), end, level)
        for start, end, level in zip(starts, ends, levels, strict=True)
        if level != UNKNOWN
    ]


def match_spans(supporter: Supporter, rules: ConsentRules, columns: dict[str, int]) -> tuple[Span, ...]:
    """Consent to `match` of every listed characteristic; one that the vocabulary lacks counts as unknown."""
    by_topic: dict[str | None, list[ConsentRecord]] = {}
    for record in supporter.consents:
        if record.purpose is Purpose.MATCH:
            by_topic.setdefault(record.characteristic, []).append(record)
    found: list[Span] = []
    for topic in supporter.characteristics:
        if topic in columns:
            bearing = (topic, *rules.broader_terms(topic))
            records = tuple(chain.from_iterable(by_topic.get(each, ()) for each in bearing))
            found += _spans(records, rules, Purpose.MATCH, topic, columns[topic])
    return tuple(found)


def hold_spans(supporter: Supporter, rules: ConsentRules) -> tuple[Span, ...]:
    """Consent to keep the record, in the one column 0."""
    records = tuple(r for r in supporter.consents if r.purpose is Purpose.HOLD)
    return tuple(_spans(records, rules, Purpose.HOLD, None, 0))


class SpanTable:
    """The spans of all supporters as arrays; `levels` cuts through them on a day."""

    __slots__ = ("_columns", "_ends", "_levels", "_rows", "_shape", "_starts")

    def __init__(self, spans: Sequence[tuple[Span, ...]], columns: int) -> None:
        flat = [(row, s.column, s.start, s.end, s.level) for row, each in enumerate(spans) for s in each]
        table: Ints = np.array(flat, dtype=np.int64).reshape(-1, 5).T
        self._rows, self._columns, self._starts, self._ends, self._levels = table
        self._shape = (columns, len(spans))

    def levels(self, day: int) -> Levels:
        """A line for each characteristic, a place for each supporter, and in it the level on that day."""
        now = (self._starts <= day) & (day < self._ends)
        standing: Levels = np.zeros(self._shape, dtype=np.uint8)
        standing[self._columns[now], self._rows[now]] = self._levels[now]
        standing.setflags(write=False)
        return standing
