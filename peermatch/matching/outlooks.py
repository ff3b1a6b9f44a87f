"""Consent of everybody at once: who must be asked again, whose record may not be kept, who agreed to which words.

Columns answer for all whose consent is settled on the day (`model.outlook`); of the few others the ids are given, and
whoever asks reads their records. Nothing here says what was withdrawn, only that something was.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from peermatch.matching.columns import Column, Mask
from peermatch.matching.register import Register
from peermatch.matching.roster import ids_at
from peermatch.matching.segment import Segment
from peermatch.matching.supply import present, segments
from peermatch.model.packed import FIRST_DAY, NEVER_ASKED, NEVER_SETTLED, NO_END, STATUSES
from peermatch.model.people import SupporterStatus
from peermatch.model.spans import ENDED, UNKNOWN


@dataclass(frozen=True, slots=True)
class Renewals:
    """Whom to ask again so that nothing ends up to a day, by rising id.

    ``firsts`` is the first day on which something of theirs ended or ends, the last of days where nothing does;
    ``ended``, ``never`` and ``ending`` say what there is to ask for. ``unsettled``: their records must be asked.
    """

    ids: tuple[str, ...]
    firsts: tuple[date, ...]
    ended: tuple[bool, ...]
    never: tuple[bool, ...]
    ending: tuple[bool, ...]
    unsettled: tuple[str, ...]


def renewals(register: Register, on: date, until: date) -> Renewals:
    """Whom to ask again, of those who are active."""
    parts = [_renewals(register, start, segment, on, until) for start, segment in segments(register)]
    return parts[0] if len(parts) == 1 else _joined(parts)


def _joined(parts: Sequence[Renewals]) -> Renewals:
    lines = sorted(
        line
        for part in parts
        for line in zip(part.ids, part.firsts, part.ended, part.never, part.ending, strict=True)
    )
    unsettled = tuple(id for part in parts for id in part.unsettled)
    ids, firsts, ended, never, ending = zip(*lines, strict=True) if lines else _NOBODY
    return Renewals(ids, firsts, ended, never, ending, unsettled)


_NOBODY: tuple[tuple[()], ...] = ((), (), (), (), ())


def _renewals(register: Register, start: int, segment: Segment, on: date, until: date) -> Renewals:
    people, agreed = segment.facts.people, segment.facts.tables.agreed
    active = people.status == STATUSES.index(SupporterStatus.ACTIVE)
    here = present(register, segment, start) & active
    settled = here & _settled(segment, on)
    days, _, asked = agreed.values
    ends = (asked != 0) & (days <= _number(until))
    never = (people.outlook & NEVER_ASKED) != 0
    ended = segment.marked(agreed.rows[ends & (days <= _number(on))])
    ending = segment.marked(agreed.rows[ends & (days > _number(on))])
    rows = np.flatnonzero(settled & (never | ended | ending))
    firsts = np.full(len(segment), NO_END, dtype=np.int64)
    np.minimum.at(firsts, agreed.rows[ends], days[ends])
    return Renewals(
        ids=tuple(ids_at(segment, rows)),
        firsts=tuple(map(_day, firsts[rows].tolist())),
        ended=tuple(ended[rows].tolist()),
        never=tuple(never[rows].tolist()),
        ending=tuple(ending[rows].tolist()),
        unsettled=tuple(ids_at(segment, np.flatnonzero(here & ~settled))),
    )


@dataclass(frozen=True, slots=True)
class Over:
    """Whose consent to the record had ended or was withdrawn on a day, and since when; and who must be asked.

    ``ended`` and ``withdrawn`` hold days by id.
    """

    ended: Mapping[str, date]
    withdrawn: Mapping[str, date]
    unsettled: tuple[str, ...]


def over(register: Register, on: date) -> Over:
    """Whoever does not agree any more that their record is kept; who was never asked is on another list."""
    ended, withdrawn, unsettled = dict[str, date](), dict[str, date](), list[str]()
    for start, segment in segments(register):
        people, here = segment.facts.people, present(register, segment, start)
        levels = segment.day(on).levels[people.first_course]
        settled = _settled(segment, on)
        for found, level in ((ended, ENDED), (withdrawn, UNKNOWN)):
            rows = np.flatnonzero(here & settled & (levels == level))
            found.update(zip(ids_at(segment, rows), map(_day, people.over[rows].tolist()), strict=True))
        unsettled += ids_at(segment, np.flatnonzero(here & ~settled))
    return Over(ended, withdrawn, tuple(unsettled))


def wordings(register: Register, on: date) -> tuple[Counter[str], tuple[str, ...]]:
    """On how many people's records a yes under each wording counts on a day; and who must be asked."""
    counted, unsettled = Counter[str](), list[str]()
    for start, segment in segments(register):
        here = present(register, segment, start)
        settled = here & _settled(segment, on)
        unsettled += ids_at(segment, np.flatnonzero(here & ~settled))
        rows, (days, codes, _) = segment.facts.tables.agreed
        stands = settled[rows] & ((days > _number(on)) | (days == NO_END))
        # asked for no counts numpy would first load its masked arrays, which nobody here has
        pairs, _ = np.unique(rows[stands].astype(np.int64) << 32 | codes[stands], return_counts=True)
        found, counts = np.unique(pairs & (2**32 - 1), return_counts=True)
        for code, count in zip(found.tolist(), counts.tolist(), strict=True):
            counted[register.words.text(code)] += count
    return counted, tuple(unsettled)


def _settled(segment: Segment, on: date) -> Mask:
    """Of whom the columns know all that may count on a day."""
    settled: Column = segment.facts.people.settled
    known: Mask = (settled <= on.toordinal() - FIRST_DAY) & (settled < NEVER_SETTLED)
    return known


def _number(day: date) -> int:
    """A day as the columns count them; every later one comes before no end at all."""
    return max(-1, min(day.toordinal() - FIRST_DAY, NO_END - 1))


def _day(number: int) -> date:
    return date.max if number == NO_END else date.fromordinal(number + FIRST_DAY)
