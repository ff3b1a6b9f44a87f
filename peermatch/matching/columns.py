"""What is known of many people in columns: one item a person, or small tables of those whom something concerns."""

from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Mask: TypeAlias = npt.NDArray[np.bool_]
Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Levels: TypeAlias = npt.NDArray[np.uint8]
Rows: TypeAlias = npt.NDArray[np.intp]
Column: TypeAlias = npt.NDArray[Any]
"""Numbers as narrow as they come, or ids as bytes."""

KEY_WORDS = 4
"""A digest is kept as so many numbers: the first is looked through, the others confirm."""


class People(NamedTuple):
    """One item a person; `first_course` and `course_count` say which courses of consent are theirs."""

    id: Column
    status: Column
    flags: Column
    capacity: Column
    organisation: Column
    specialty: Column
    grade: Column
    where: Column
    programmes: Column
    languages: Column
    outlook: Column
    settled: Column
    over: Column
    name_head: Column
    name_tail: Column
    first_course: Column
    course_count: Column


class Table(NamedTuple):
    """Rows that something is known of, rising, and what: one item a row in each of the values."""

    rows: Column
    values: tuple[Column, ...]

    def of(self, row: int) -> slice:
        """Where one person's lines stand."""
        place = np.uint32(row)
        return slice(int(self.rows.searchsorted(place)), int(self.rows.searchsorted(place, "right")))

    def lines(self, row: int) -> int:
        """How many lines one person has."""
        where = self.of(row)
        count: int = where.stop - where.start
        return count


class Tables(NamedTuple):
    """The small tables, named as in `model.packed`; keys are a head and a tail."""

    early_end: Table
    paused: Table
    starting: Table
    leaving: Table
    address: Table
    relation: Table
    away_organisation: Table
    away_specialty: Table
    away_topic: Table
    agreed: Table


class Courses(NamedTuple):
    """The courses of consent, person after person: where the steps of each begin and how many they are."""

    starts: Column
    counts: Column
    steps: Column


class Links(NamedTuple):
    """The listed characteristics, topic by topic: who, rising, and which of their own courses the consent takes.

    Those of the topic with the code ``topics[n]`` stand from ``starts[n]`` up to ``starts[n + 1]``.
    """

    rows: Column
    courses: Column
    topics: Column
    starts: Ints


class Facts(NamedTuple):
    """All columns of the same people."""

    people: People
    tables: Tables
    courses: Courses
    links: Links


def found(head: Column, tail: Column, key: Column) -> Rows:
    """Where a digest stands."""
    places: Rows = np.flatnonzero(head == key[0])
    if len(places):
        places = places[(tail[places] == key[1:]).all(axis=1)]
    return places


def taken(facts: Facts, rows: Rows) -> Facts:
    """These people alone; their rows rise."""
    people, links = facts.people, facts.links
    new_row = new_rows(len(people.id), rows)
    first, courses = _taken_courses(facts, rows)
    linked = new_row[links.rows]
    stays = np.flatnonzero(linked >= 0)
    return Facts(
        People._make(column[rows] for column in people)._replace(first_course=first),
        Tables._make(taken_table(table, new_row) for table in facts.tables),
        courses,
        Links(
            linked[stays].astype(np.uint32),
            links.courses[stays],
            links.topics,
            stays.searchsorted(links.starts),
        ),
    )


def _taken_courses(facts: Facts, rows: Rows) -> tuple[Column, Courses]:
    """Where the courses of these people begin, and the courses; those of a few who leave may stay behind unread."""
    people, courses = facts.people, facts.courses
    if 2 * len(rows) >= len(people.id):
        return people.first_course[rows], courses
    count = people.course_count[rows]
    picked = ranges(people.first_course[rows], count)
    step_count = courses.counts[picked]
    steps = courses.steps[ranges(courses.starts[picked], step_count)]
    return starts_of(count), Courses(starts_of(step_count), step_count, steps)


def new_rows(people: int, rows: Rows) -> Column:
    """The new row of each of so many people when only these stay; -1 for the others."""
    new_row: Column = np.full(people, -1, dtype=np.int32)
    new_row[rows] = np.arange(len(rows), dtype=np.int32)
    return new_row


def taken_table(table: Table, new_row: Column) -> Table:
    """The lines of those who have a new row (-1 is none); the order of rows stays."""
    rows = new_row[table.rows]
    stays = rows >= 0
    return Table(rows[stays].astype(np.uint32), tuple(values[stays] for values in table.values))


def joined(one: Facts, two: Facts, rows_one: Rows, rows_two: Rows) -> Facts:
    """The people of both, who stand in these rows of the whole; each rise."""
    order = np.argsort(np.concatenate((rows_one, rows_two)))
    behind = np.uint32(len(one.courses.counts))
    two_people = two.people._replace(first_course=two.people.first_course + behind)
    starts = np.concatenate((one.courses.starts, two.courses.starts + np.uint32(len(one.courses.steps))))
    return Facts(
        People._make(np.concatenate(pair)[order] for pair in zip(one.people, two_people, strict=True)),
        Tables._make(
            joined_table(a, b, rows_one, rows_two) for a, b in zip(one.tables, two.tables, strict=True)
        ),
        Courses(
            starts,
            np.concatenate((one.courses.counts, two.courses.counts)),
            np.concatenate((one.courses.steps, two.courses.steps)),
        ),
        _joined_links(one.links, two.links, rows_one, rows_two),
    )


def joined_table(one: Table, two: Table, rows_one: Rows, rows_two: Rows) -> Table:
    """Both tables of people who stand in these rows of the whole."""
    rows = np.concatenate((rows_one[one.rows], rows_two[two.rows]))
    order = np.argsort(rows, kind="stable")
    values = tuple(np.concatenate(pair)[order] for pair in zip(one.values, two.values, strict=True))
    return Table(rows[order].astype(np.uint32), values)


def _joined_links(one: Links, two: Links, rows_one: Rows, rows_two: Rows) -> Links:
    rows = np.concatenate((rows_one[one.rows], rows_two[two.rows]))
    topics = np.concatenate([np.repeat(each.topics, np.diff(each.starts)) for each in (one, two)])
    # Two lists that are sorted already: a stable sort merges them in one pass.
    order = np.argsort(topics.astype(np.int64) << 32 | rows, kind="stable")
    courses = np.concatenate((one.courses, two.courses))
    return links_of(rows[order].astype(np.uint32), courses[order], np.bincount(topics))


def links_of(rows: Column, courses: Column, often: Ints) -> Links:
    """Links that stand in the order of topics and rows; ``often`` counts those of each topic, by its code."""
    topics = np.flatnonzero(often)
    return Links(rows, courses, topics, np.concatenate(([0], np.cumsum(often[topics]))))


def ranges(starts: Column, counts: Column) -> Rows:
    """All places of several stretches, each given by its first place and its length, one behind the other."""
    ends = np.cumsum(counts, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    places: Rows = np.repeat(starts - (ends - counts), counts) + np.arange(total)
    return places


def starts_of(counts: Column) -> Column:
    """Where each stretch begins when all stand one behind the other."""
    ends = np.cumsum(counts, dtype=np.int64)
    return (ends - counts).astype(np.uint32)
