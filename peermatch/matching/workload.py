"""What the introductions say of each supporter: in hand, asked when and for which enquiry."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from peermatch.matching.columns import Column, Ints, Rows, new_rows
from peermatch.model.introduction import IN_HAND, Introduction
from peermatch.model.packed import Words


class Asked(NamedTuple):
    """One time that somebody was asked: for which enquiry (a code), on which day, and whether it is in hand."""

    enquiry: int
    day: int
    in_hand: bool


def asked(introductions: Iterable[Introduction], references: Words) -> tuple[Asked, ...]:
    """What introductions say of the one supporter whose they are."""
    return tuple(Asked(references.code(i.enquiry), i.asked.toordinal(), i.in_hand) for i in introductions)


def workload(
    people: int, rows: Sequence[int], introductions: Sequence[Introduction], references: Words
) -> "Workload":
    """The workload of so many people: in which row each of these introductions belongs."""
    busy = tuple(IN_HAND)
    return Workload.of_columns(
        people,
        np.array(rows, dtype=np.uint32),
        np.array([references.code(each.enquiry) for each in introductions], dtype=np.uint32),
        np.array([each.asked.toordinal() for each in introductions], dtype=np.int32),
        np.array([each.state in busy for each in introductions], dtype=np.bool_),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Workload:
    """One item a person, and one a time that somebody was asked; `last_asked` is 0 for those never asked."""

    in_hand: Column
    last_asked: Column
    rows: Column
    enquiries: Column
    days: Column
    busy: Column

    @classmethod
    def of(cls, people: int, rows: Sequence[int], times: Sequence[Asked]) -> "Workload":
        """The workload of so many people: in which row somebody was asked, and what of it is known."""
        table = np.array(times, dtype=np.int64).reshape(-1, 3)
        return cls.of_columns(
            people,
            np.array(rows, dtype=np.uint32),
            table[:, 0].astype(np.uint32),
            table[:, 1].astype(np.int32),
            table[:, 2].astype(np.bool_),
        )

    @classmethod
    def of_columns(
        cls, people: int, rows: Column, enquiries: Column, days: Column, busy: Column
    ) -> "Workload":
        """The same from one column for each thing that is known of a time."""
        last_asked = np.zeros(people, dtype=np.int32)
        np.maximum.at(last_asked, rows, days)
        in_hand = np.bincount(rows[busy], minlength=people).astype(np.int32)
        return cls(in_hand, last_asked, rows, enquiries, days, busy)

    def times_asked(self, after: int, until: int) -> Ints:
        """How often each was asked after one day and up to another."""
        within = (self.days > after) & (self.days <= until)
        return np.bincount(self.rows[within], minlength=len(self.in_hand))

    def for_enquiry(self, code: int) -> Rows:
        """Who was asked for one enquiry; code 0 is none."""
        found: Rows = self.rows[np.flatnonzero(self.enquiries == code)].astype(np.intp) if code else _NOBODY
        return found

    def of_row(self, row: int) -> tuple[Asked, ...]:
        """All that is known of one person."""
        here = np.flatnonzero(self.rows == row)
        columns = (self.enquiries[here].tolist(), self.days[here].tolist(), self.busy[here].tolist())
        return tuple(map(Asked._make, zip(*columns, strict=True)))

    def with_rows(self, changed: Mapping[int, Sequence[Asked]]) -> "Workload":
        """The same with all that is known of a few people replaced."""
        others = ~np.isin(self.rows, np.array(list(changed), dtype=np.uint32))
        rows = [row for row, times in changed.items() for _ in times]
        new = Workload.of(len(self.in_hand), rows, [each for times in changed.values() for each in times])
        return Workload.of_columns(
            len(self.in_hand),
            np.concatenate((self.rows[others], new.rows)),
            np.concatenate((self.enquiries[others], new.enquiries)),
            np.concatenate((self.days[others], new.days)),
            np.concatenate((self.busy[others], new.busy)),
        )

    def taken(self, rows: Rows) -> "Workload":
        """The workload of these people alone."""
        moved = new_rows(len(self.in_hand), rows)[self.rows]
        stays = moved >= 0
        return Workload(
            self.in_hand[rows],
            self.last_asked[rows],
            moved[stays].astype(np.uint32),
            self.enquiries[stays],
            self.days[stays],
            self.busy[stays],
        )

    def joined(self, other: "Workload", ours: Rows, theirs: Rows) -> "Workload":
        """The workload of the people of both, who stand in these rows of the whole."""
        return Workload.of_columns(
            len(ours) + len(theirs),
            np.concatenate((ours[self.rows], theirs[other.rows])).astype(np.uint32),
            np.concatenate((self.enquiries, other.enquiries)),
            np.concatenate((self.days, other.days)),
            np.concatenate((self.busy, other.busy)),
        )


_NOBODY: Rows = np.zeros(0, dtype=np.intp)
