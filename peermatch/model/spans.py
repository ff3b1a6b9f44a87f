"""Consent over time: how one person's yes stands from day to day, worked out once by the rule of `model.consent`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from peermatch.model.consent import ConsentRecord, ConsentRules, Purpose, Ruling, Standing

UNKNOWN, NEVER, ENDED, VALID = range(4)
"""How much a characteristic may count; a withdrawn one is unknown, exactly as one that was never listed."""

_LEVELS = {
    Standing.WITHDRAWN: UNKNOWN,
    Standing.NEVER: NEVER,
    Standing.ENDED: ENDED,
    Standing.VALID: VALID,
}


@dataclass(frozen=True, slots=True)
class Course:
    """How one consent stands from day to day: `NEVER` before the first step, then what the last step says.

    A step is ``day << 2 | level`` with the day as an ordinal; steps rise. Consent ended on the day of its step,
    but for the few that stand in ``endings`` as (day of the step, day on which it had ended already).
    """

    steps: tuple[int, ...] = ()
    endings: tuple[tuple[int, int], ...] = ()


_NOTHING = Course()


class Courses:
    """Makes courses by the rules of consent; equal histories, which most are, are worked out once."""

    __slots__ = ("_plain", "_rules", "_wide")

    def __init__(self, rules: ConsentRules) -> None:
        self._rules = rules
        self._wide = frozenset(id for id, wording in rules.wordings.items() if wording.covers_narrower)
        self._plain: dict[tuple[date, date | None, date | None], Course] = {}

    def of(
        self, records: Iterable[ConsentRecord], topics: Iterable[str]
    ) -> tuple[Course, list[tuple[str, Course]]]:
        """Consent to keep the record, and consent to `match` of each topic, each topic once."""
        hold: list[ConsentRecord] = []
        match: dict[str | None, list[ConsentRecord]] = {}
        wide = False
        for record in records:
            if record.purpose is Purpose.MATCH:
                match.setdefault(record.characteristic, []).append(record)
                wide = wide or record.wording in self._wide
            elif record.purpose is Purpose.HOLD and record.characteristic is None:
                hold.append(record)
        by_topic = self._covered if wide else self._own
        return (
            self._of_one(hold, Purpose.HOLD, None),
            [(topic, by_topic(match, topic)) for topic in dict.fromkeys(topics)],
        )

    def _own(self, match: dict[str | None, list[ConsentRecord]], topic: str) -> Course:
        """Where no wording of the person covers narrower terms: only records for exactly this topic."""
        return self._of_one(match.get(topic, ()), Purpose.MATCH, topic)

    def _covered(self, match: dict[str | None, list[ConsentRecord]], topic: str) -> Course:
        bearing = (topic, *self._rules.broader_terms(topic))
        records = tuple(chain.from_iterable(match.get(each, ()) for each in bearing))
        return self._ruled(records, Purpose.MATCH, topic) if records else _NOTHING

    def _of_one(
        self, records: tuple[ConsentRecord, ...] | list[ConsentRecord], purpose: Purpose, topic: str | None
    ) -> Course:
        if not records:
            return _NOTHING
        if len(records) > 1:
            return self._ruled(tuple(records), purpose, topic)
        only = records[0]
        key = only.given, only.expires, only.withdrawn
        known = self._plain.get(key)
        if known is None:
            known = self._plain[key] = self._ruled((only,), purpose, topic)
        return known

    def _ruled(self, records: tuple[ConsentRecord, ...], purpose: Purpose, topic: str | None) -> Course:
        """Between two days on which something is dated, the ruling stands still."""
        days = {day for r in records for day in (r.given, r.expires, r.withdrawn) if day is not None}
        steps: list[int] = []
        endings: list[tuple[int, int]] = []
        before = NEVER, 0
        for day in sorted(days):
            now = _standing(self._rules.rule(records, purpose, topic, day))
            if now != before:
                start = day.toordinal()
                steps.append(start << 2 | now[0])
                if now[0] == ENDED and now[1] != start:
                    endings.append((start, now[1]))
            before = now
        return Course(tuple(steps), tuple(endings))


def _standing(ruling: Ruling) -> tuple[int, int]:
    """The level, and the day on which it ended where it has."""
    record = ruling.record
    if ruling.standing is not Standing.ENDED or record is None or record.expires is None:
        return _LEVELS[ruling.standing], 0
    return ENDED, record.expires.toordinal()
