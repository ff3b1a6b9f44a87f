"""Packed chunks into columns: many chunks at once, without a step for each person."""

from collections.abc import Callable, Sequence

import numpy as np

from peermatch.matching.columns import (
    KEY_WORDS,
    Column,
    Courses,
    Facts,
    Links,
    People,
    Rows,
    Table,
    Tables,
    links_of,
    starts_of,
)
from peermatch.model.packed import COUNTS, SECTIONS, Layout

_TYPES = {"B": "<u1", "H": "<u2", "i": "<i4", "I": "<u4", "Q": "<u8"}
_KIND = {section.name: section.kind for section in SECTIONS}
_NUMBER = {section.name: number for number, section in enumerate(SECTIONS)}


def facts_of(layouts: Sequence[Layout]) -> tuple[Facts, Table]:
    """Everybody in these chunks, sorted by id, and each time that somebody was asked."""
    read = _reader(layouts)
    people, link_count = _people(read)
    row_of = _sorting(people.id)
    rows = np.repeat(np.arange(len(people.id), dtype=np.uint32), link_count)
    if row_of is not None:
        people = People._make(column[np.argsort(row_of)] for column in people)
        rows = row_of[rows].astype(np.uint32)
    counts = np.array([each.numbers for each in layouts], dtype=np.uint32).reshape(-1, len(COUNTS))
    before = starts_of(counts[:, 0])
    tables = {
        name: _table(name, read, np.repeat(before, counts[:, COUNTS.index(name)]), row_of)
        for name in (*Tables._fields, "asked")
    }
    asked, step_count = tables.pop("asked"), read("step_count")
    return Facts(
        people,
        Tables(**tables),
        Courses(starts_of(step_count), step_count, read("step")),
        _links(rows, read("course"), read("topic"), row_of is None),
    ), asked


def _sorting(ids: Column) -> Rows | None:
    """The row of each in the order of ids; nothing where that is the order in which they stand."""
    if bool((ids[:-1] < ids[1:]).all()):
        return None
    row_of: Rows = np.argsort(np.argsort(ids, kind="stable"))
    return row_of


def _links(rows: Column, courses: Column, topics: Column, rising: bool) -> Links:
    """By topic and row; one byte for a course is enough but where somebody has more than 256 of them."""
    order = np.argsort(topics, kind="stable") if rising else np.lexsort((rows, topics))
    narrow = courses.astype(np.uint8) if courses.max(initial=0) < 256 else courses
    return links_of(rows[order], narrow[order], np.bincount(topics))


def _people(read: Callable[[str], Column]) -> tuple[People, Column]:
    """The people, and how many characteristics each lists."""
    name = read("name")
    course_count = read("course_count")
    made = {
        "name_head": np.ascontiguousarray(name[:, 0]),
        "name_tail": np.ascontiguousarray(name[:, 1:]),
        "first_course": starts_of(course_count),
        "course_count": course_count,
        "capacity": read("capacity").astype(np.int32),
    }
    people = People(**made, **{column: read(column) for column in People._fields if column not in made})
    return people, read("link_count")


def _table(name: str, read: Callable[[str], Column], before: Column, row_of: Rows | None) -> Table:
    """One small table; ``before`` says for each line how many people stand in the chunks before its own."""
    rows, values = read(f"{name}.row") + before, list[Column]()
    for section in SECTIONS:
        if section.counted == name and section.name != f"{name}.row":
            column = read(section.name)
            values += [column[:, 0].copy(), column[:, 1:].copy()] if section.kind == "key" else [column]
    if row_of is not None:
        order = np.argsort(row_of[rows], kind="stable")
        rows, values = row_of[rows][order].astype(np.uint32), [column[order] for column in values]
    return Table(rows, tuple(values))


def _reader(layouts: Sequence[Layout]) -> Callable[[str], Column]:
    """Reads one section of all chunks; where widths differ between chunks, the widest holds all."""
    chunks, ends = [each.chunk for each in layouts], list(zip(*(each.ends for each in layouts), strict=True))
    widths = {
        "id": [each.id_width for each in layouts] or [1],
        "code": [each.code_width for each in layouts] or [2],
        "few": [each.few_width for each in layouts] or [1],
    }

    def read(name: str) -> Column:
        number, kind = _NUMBER[name], _KIND[name]
        cuts = zip(chunks, ends[number], ends[number + 1], strict=True) if ends else ()
        parts = [chunk[start:end] for chunk, start, end in cuts]
        theirs = widths.get(kind, (0,))
        widest = _type(kind, max(theirs))
        if min(theirs) == max(theirs):
            column: Column = np.frombuffer(b"".join(parts), widest)
        else:
            each = zip(parts, theirs, strict=True)
            column = np.concatenate([np.frombuffer(part, _type(kind, w)).astype(widest) for part, w in each])
        return column.reshape(-1, KEY_WORDS) if kind == "key" else column

    return read


def _type(kind: str, width: int) -> str:
    """What numpy calls an item of a kind; ids, codes and small numbers are as wide as their chunk says."""
    if kind == "id":
        return f"S{width}"
    return f"<u{width}" if kind in ("code", "few") else _TYPES.get(kind, "<u4")
