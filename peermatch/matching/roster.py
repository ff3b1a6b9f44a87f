"""Who is who, told by the columns: by status, topic, place of work, pauses and room; no record is read."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date

import numpy as np

from peermatch.matching.columns import Column, Ints, Mask, Rows, found
from peermatch.matching.register import Register
from peermatch.matching.segment import Segment
from peermatch.matching.supply import present, segments
from peermatch.model.packed import COUNTED, STATUSES, TOOK_BACK, key
from peermatch.model.people import SupporterStatus


def took_back(register: Register) -> tuple[str, ...]:
    """Of whom a withdrawal is on record, whatever it was and whether it counts already."""
    return _with(register, lambda segment: (segment.facts.people.outlook & TOOK_BACK) != 0)


def standing_as(register: Register, statuses: Collection[SupporterStatus]) -> tuple[str, ...]:
    """Who stands so with the network."""
    codes = [STATUSES.index(each) for each in statuses]
    return _with(register, lambda segment: np.isin(segment.facts.people.status, codes))


def listing(register: Register, terms: Iterable[str]) -> tuple[str, ...]:
    """Whoever lists one of these characteristics, whatever they agreed to: whoever asks has to ask for consent."""
    codes = [code for term in terms if (code := register.words.known(term))]

    def mask(segment: Segment) -> Mask:
        theirs = segment.nobody()
        for code in codes:
            where = segment.slices.get(code)
            if where is not None:
                theirs[segment.facts.links.rows[where]] = True
        return theirs

    return _with(register, mask)


def paused(register: Register, on: date) -> tuple[str, ...]:
    """Whose pause lasts up to a day or longer."""

    def mask(segment: Segment) -> Mask:
        rows, (until, *_) = segment.facts.tables.paused
        return segment.marked(rows[until >= on.toordinal()])

    return _with(register, mask)


def countable(register: Register, on: date) -> tuple[str, ...]:
    """Active supporters who agree to be on record, and who said yes at some time to be counted."""

    def mask(segment: Segment) -> Mask:
        counted: Mask = (segment.facts.people.outlook & COUNTED) != 0
        return counted & ~segment.day(on).not_active

    return _with(register, mask)


def reached_at(register: Register, address: str) -> tuple[str, ...]:
    """Who is reached at an address, which is folded; nobody is reached at none."""
    if not address:
        return ()
    wanted = _digest(address)

    def mask(segment: Segment) -> Mask:
        rows, (head, tail) = segment.facts.tables.address
        return segment.marked(rows[found(head, tail, wanted)])

    return _with(register, mask)


def named(register: Register, name: str) -> tuple[str, ...]:
    """Who bears a name, which is folded; nobody bears none."""
    if not name:
        return ()
    wanted = _digest(name)

    def mask(segment: Segment) -> Mask:
        people = segment.facts.people
        return segment.marked(found(people.name_head, people.name_tail, wanted))

    return _with(register, mask)


def _digest(folded: str) -> Column:
    return np.frombuffer(key(folded), "<u4")


def at_places(register: Register) -> Counter[str]:
    """How many work at each organisation or site; those who named none are not counted."""
    counted = Counter[str]()
    for start, segment in segments(register):
        codes: Column = segment.facts.people.organisation[present(register, segment, start)]
        for code in np.flatnonzero(counts := np.bincount(codes)).tolist():
            if code:
                counted[register.words.text(code)] += int(counts[code])
    return counted


def rooms(register: Register) -> tuple[list[str], Ints]:
    """Everybody by rising id, and for how many people at once each has room."""
    ids, capacity = list[str](), list[int]()
    for start, segment in segments(register):
        rows = np.flatnonzero(present(register, segment, start))
        ids += ids_at(segment, rows)
        capacity += segment.facts.people.capacity[rows].tolist()
    if register.lines:
        order = sorted(range(len(ids)), key=ids.__getitem__)
        ids, capacity = [ids[place] for place in order], [capacity[place] for place in order]
    return ids, np.array(capacity, dtype=np.int64)


def ids_at(segment: Segment, rows: Rows) -> list[str]:
    """Who stands in these rows."""
    return [raw.decode("utf-8", "surrogatepass") for raw in segment.facts.people.id[rows].tolist()]


def _with(register: Register, choose: Callable[[Segment], Mask]) -> tuple[str, ...]:
    """By rising id, whoever a mask chooses."""
    ids = list(_chosen(register, choose))
    return tuple(sorted(ids) if register.lines else ids)


def _chosen(register: Register, choose: Callable[[Segment], Mask]) -> Iterator[str]:
    for start, segment in segments(register):
        yield from ids_at(segment, np.flatnonzero(choose(segment) & present(register, segment, start)))
