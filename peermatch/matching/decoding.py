"""Packed chunks into columns: many chunks at once, without a step for each person."""

from collections.abc import Callable, Mapping, Sequence

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
from peermatch.model.packed import SECTIONS, Layout

_TYPES = {"B": "<u1", "H": "<u2", "i": "<i4", "I": "<u4", "Q": "<u8"}
_KIND = {section.name: section.kind for section in SECTIONS}


def facts_of(layouts: Sequence[Layout]) -> tuple[Facts, Table]:
    """Everybody in these chunks, sorted by id, and each time that somebody was asked."""
    read = _reader(layouts)
    people, counts = _people(read)
    row_of = _sorting(people.id)
    in_chunk = np.array([each.counts["people"] for each in layouts], dtype=np.int64)
    before = np.cumsum(in_chunk) - in_chunk
    step_count = read("step_count")
    rows = np.repeat(np.arange(len(people.id), dtype=np.uint32), counts)
    if row_of is not None:
        people = People._make(column[np.argsort(row_of)] for column in people)
        rows = row_of[rows].astype(np.uint32)
    tables = {
        name: _table(name, read, np.repeat(before, [each.counts[name] for each in layouts]), row_of)
        for name in (*Tables._fields, "asked")
    }
    asked = tables.pop("asked")
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
    return links_of(rows[order], narrow[order], topics[order])


def _people(read: Callable[[str], Column]) -> tuple[People, Column]:
    """The people, and how many characteristics each lists."""
    name = read("name")
    course_count = read("course_count")
    made = {
        "name_head": np.ascontiguousarray(name[:, 0]),
        "name_tail": np.ascontiguousarray(name[:, 1:]),
        "first_course": starts_of(course_count),
        "course_count": course_count,
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
        rows, values = row_of[rows][order], [column[order] for column in values]
    return Table(rows.astype(np.uint32), tuple(values))


def _reader(layouts: Sequence[Layout]) -> Callable[[str], Column]:
    """Reads one section of all chunks; where widths differ between chunks, the widest holds all."""
    code_widths = {each.code_width for each in layouts}
    id_widths = {each.id_width for each in layouts}

    def kind_of(name: str, widths: Mapping[str, int]) -> str:
        kind = _KIND[name]
        if kind == "id":
            return f"S{widths['id']}"
        return f"<u{widths['code']}" if kind == "code" else _TYPES.get(kind, "<u4")

    def read(name: str) -> Column:
        differ = {"id": id_widths, "code": code_widths}.get(_KIND[name], set())
        widest = {"id": max(id_widths, default=1), "code": max(code_widths, default=2)}
        if len(differ) < 2:
            column: Column = np.frombuffer(
                b"".join([each.sections[name] for each in layouts]), kind_of(name, widest)
            )
        else:
            parts = [
                np.frombuffer(
                    each.sections[name], kind_of(name, {"id": each.id_width, "code": each.code_width})
                ).astype(kind_of(name, widest))
                for each in layouts
            ]
            column = np.concatenate(parts)
        return column.reshape(-1, KEY_WORDS) if _KIND[name] == "key" else column

    return read
