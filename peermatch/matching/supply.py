"""How many there are for a topic, and who waits in vain: counted in columns, whatever the size of the network."""

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np

from peermatch.matching.columns import Mask
from peermatch.matching.question import views
from peermatch.matching.register import Register
from peermatch.matching.segment import Segment
from peermatch.model.enquiry import Importance, Need
from peermatch.model.spans import VALID


def supply(register: Register, topics: Iterable[str], on: date) -> Mapping[str, int]:
    """For each topic how many may be found by it on a day: active, with valid consent to it or to a part of it."""
    needs = [Need(topic, Importance.ESSENTIAL) for topic in dict.fromkeys(topics)]
    counts = dict.fromkeys((need.characteristic for need in needs), 0)
    for start, segment in segments(register):
        here = ~segment.day(on).not_active & present(register, segment, start)
        for view in views(register, needs):
            terms = [choice.term for choice in view.choices[: view.meeting]]
            found = _sharing(register, segment, terms, on) & here
            counts[view.need.characteristic] += int(found.sum())
    return counts


def never_asked(register: Register, on: date) -> int:
    """How many could be asked on a day, for something, and never were."""
    count = 0
    for start, segment in segments(register):
        day, links = segment.day(on), segment.facts.links
        here = ~(day.not_active | day.paused | day.unavailable) & present(register, segment, start)
        waiting = here & (segment.work.last_asked == 0) & (segment.facts.people.capacity > 0)
        levels = day.levels[segment.facts.people.first_course[links.rows] + links.courses]
        count += int(np.count_nonzero(waiting & segment.marked(links.rows[levels == VALID])))
    return count


def segments(register: Register) -> Iterable[tuple[int, Segment]]:
    """Each with the row at which it begins."""
    start = 0
    for segment in register.segments:
        yield start, segment
        start += len(segment)


def present(register: Register, segment: Segment, start: int) -> Mask:
    """Who still stands there: whoever changed stands in another segment now."""
    here = ~segment.nobody()
    gone = [row - start for row in register.gone if start <= row < start + len(segment)]
    here[np.array(gone, dtype=np.intp)] = False
    return here


def _sharing(register: Register, segment: Segment, terms: Iterable[str], on: date) -> Mask:
    mask = segment.nobody()
    for term in terms:
        rows, levels = segment.standing(register.words.known(term), on)
        mask[rows[levels == VALID]] = True
    return mask
