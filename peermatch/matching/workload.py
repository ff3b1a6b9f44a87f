"""What the introductions say of each supporter: in hand, asked when and for which enquiry."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from peermatch.matching.columns import Column, Ints, Rows, Table, new_rows
from peermatch.model.introduction import Introduction
from peermatch.model.packed import mark


class Asked(NamedTuple):
    """One time that somebody was asked: for which enquiry (its mark), on which day, and whether it is in hand."""

    enquiry: int
    day: int
    in_hand: bool


def asked(introductions: Iterable[Introduction]) -> tuple[Asked, ...]:
    """What introductions say of the one supporter whose they are."""
    return tuple(Asked(mark(i.enquiry), i.asked.toordinal(), i.in_hand) for i in introductions)


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
        return cls.of_columns(
            people,
            np.array(rows, dtype=np.uint32),
            np.array([each.enquiry for each in times], dtype=np.uint64),
            np.array([each.day for each in times], dtype=np.int32),
            np.array([each.in_hand for each in times], dtype=np.bool_),
        )

    @classmethod
    def of_table(cls, people: int, table: Table) -> "Workload":
        """The same from what was packed with these people."""
        enquiries, days, busy = table.values
        return cls.of_columns(people, table.rows, enquiries, days, busy.astype(np.bool_))

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

    def for_enquiry(self, reference: str) -> Rows:
        """Who was asked for one enquiry."""
        found: Rows = self.rows[np.flatnonzero(self.enquiries == np.uint64(mark(reference)))].astype(np.intp)
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
