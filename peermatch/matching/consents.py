"""The courses of consent on a day: a cut through the steps gives the level of each."""

from datetime import date

import numpy as np

from peermatch.matching.columns import Courses, Facts, Levels
from peermatch.model.spans import ENDED, NEVER


def levels_on(courses: Courses, day: int) -> Levels:
    """The level of each course on a day: that of the last step up to it, and `NEVER` before the first."""
    if not len(courses.steps):
        return np.full(len(courses.starts), NEVER, dtype=np.uint8)
    begun = np.zeros(len(courses.steps) + 1, dtype=np.int32)
    np.cumsum(courses.steps <= (day << 2 | 3), out=begun[1:])
    starts = courses.starts.astype(np.int32)
    taken = begun[starts + courses.counts] - begun[starts]
    last = (courses.steps & 3).astype(np.uint8)[np.maximum(starts + taken - 1, 0)]
    found: Levels = np.where(taken > 0, last, np.uint8(NEVER))
    return found


def ended_on(facts: Facts, row: int, course: int, day: int) -> date:
    """The day on which somebody's consent ended that stands as ended on a day; ``course`` counts all courses."""
    start = int(facts.courses.starts[course])
    steps = facts.courses.steps[start : start + int(facts.courses.counts[course])].tolist()
    step = max((each >> 2 for each in steps if each >> 2 <= day and each & 3 == ENDED), default=day)
    early = facts.tables.early_end
    for line in range(*early.of(row).indices(len(early.rows))):
        own, at, ended = (int(values[line]) for values in early.values)
        if (int(facts.people.first_course[row]) + own, at) == (course, step):
            return date.fromordinal(ended)
    return date.fromordinal(step)
