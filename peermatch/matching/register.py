"""The register: everybody in columns, and beside them the few who changed since; any enquiry is answered at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from peermatch.matching.columns import KEY_WORDS, Column, Rows, Table
from peermatch.matching.decoding import facts_of
from peermatch.matching.segment import Segment
from peermatch.matching.workload import Asked, Workload, asked
from peermatch.model.barred import Barred
from peermatch.model.consent import ConsentRules, Wording
from peermatch.model.introduction import Introduction
from peermatch.model.packed import Layout, Packer, key, layout
from peermatch.model.packed_words import Words
from peermatch.model.people import Supporter
from peermatch.model.reference import Reference
from peermatch.model.text import fold_address

MOST_CHANGED = 64
"""Beyond so many changed people the columns are written anew."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One person who was packed after the columns were written, and when they were asked."""

    packed: Layout
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Changed:
    """The people of the lines in columns of their own, and before which row of the others each belongs."""

    columns: Segment
    places: Rows


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """Everybody who might be asked; a change makes a new register and leaves this one alone.

    Rows count through `columns`, which are sorted by id, and on through those of `changed`. Whoever stands in a row
    of `gone` was removed, or changed and stands in a line.
    """

    reference: Reference
    rules: ConsentRules
    words: Words
    packer: Packer
    barred: tuple[Barred, ...]
    columns: Segment
    lines: Mapping[str, Line]
    gone: frozenset[int]
    # What follows from the lines, made when it is first asked for, and from needs; it changes no answer.
    _changed: list[Changed] = field(default_factory=list)
    looked_up: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def build(
        cls,
        reference: Reference,
        supporters: Iterable[Supporter],
        introductions: Iterable[Introduction],
        barred: Iterable[Barred],
        wordings: Iterable[Wording],
    ) -> "Register":
        """The register of these people; the order in which anything is given changes nothing."""
        by_id = {each.id: each for each in supporters}
        people = [by_id[id] for id in sorted(by_id)]
        words, shown = Words(), tuple(wordings)
        chunks = list(Packer(_rules(reference, shown), words).chunks(people, _by_supporter(introductions)))
        return cls.of_chunks(reference, chunks, words, barred, shown)

    @classmethod
    def of_chunks(
        cls,
        reference: Reference,
        chunks: Iterable[bytes],
        words: Words,
        barred: Iterable[Barred],
        wordings: Iterable[Wording],
    ) -> "Register":
        """The register of people who were packed before, with the words that their codes stand for.

        The chunks may stand in any order, but nobody in two of them. The words are copied: the register adds its own.
        """
        rules, own, pairs = _rules(reference, wordings), words.copy(), tuple(barred)
        facts, steps = facts_of([layout(chunk) for chunk in chunks])
        work = Workload.of_table(len(facts.people.id), steps)
        columns = Segment.of(facts, work, _pairs(pairs, facts.people.id))
        return cls(reference, rules, own, Packer(rules, own), pairs, columns, {}, frozenset())

    def __len__(self) -> int:
        return len(self.columns) - len(self.gone) + len(self.lines)

    @property
    def changed(self) -> Changed:
        """Those who changed since the columns were written."""
        if not self._changed:
            self._changed.append(self._columns_of_lines())
        return self._changed[0]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The columns, and those of the changed where there are any; rows count through both."""
        return (self.columns, self.changed.columns) if self.lines else (self.columns,)

    def row_of(self, id: str) -> int | None:
        """In which row somebody stands; none for whoever is not held."""
        if id in self.lines:
            row = self.changed.columns.row_of(id)
            return None if row is None else len(self.columns) + row
        row = self.columns.row_of(id)
        return None if row is None or row in self.gone else row

    def asked_for(self, reference: str) -> frozenset[str]:
        """Whoever was asked for one enquiry, and may be of those who are gone."""
        return frozenset(
            each.id(row) for each in self.segments for row in each.work.for_enquiry(reference).tolist()
        )

    def id(self, row: int) -> str:
        """Who stands in a row."""
        segment, local = self.at(row)
        return segment.id(local)

    def ids(self, rows: Rows) -> list[str]:
        """Who stands in each of many rows."""
        listed = [segment.facts.people.id for segment in self.segments]
        found = (listed[0] if len(listed) == 1 else np.concatenate(listed))[rows]
        return [raw.decode("utf-8", "surrogatepass") for raw in found.tolist()]

    def at(self, row: int) -> tuple[Segment, int]:
        """The columns and the row in them that a row means."""
        behind = row - len(self.columns)
        return (self.columns, row) if behind < 0 else (self.changed.columns, behind)

    def replaced(
        self,
        *,
        supporters: Iterable[Supporter] = (),
        removed: Iterable[str] = (),
        introductions: Iterable[Introduction] | None = None,
        introductions_of: Mapping[str, Sequence[Introduction]] | None = None,
        barred: Iterable[Barred] | None = None,
    ) -> "Register":
        """The register after a change: these supporters added or changed, those removed.

        ``introductions`` is a whole new list, ``introductions_of`` holds all those of a few people. Whose are not
        given keep what they had, and somebody new has none. Other wordings need a register built anew.
        """
        theirs = {id: asked(each) for id, each in (introductions_of or {}).items()}
        packed = {each.id: layout(self.packer.pack((each,))) for each in supporters}
        lines = {
            id: Line(line, theirs.pop(id) if id in theirs else self._asked(id)) for id, line in packed.items()
        }
        changed = self._with_asked(theirs)._with_lines(lines, removed)
        if barred is not None:
            changed = changed._with_barred(tuple(barred))
        if introductions is not None:
            changed = changed._with_introductions(tuple(introductions))
        return changed

    def _asked(self, id: str) -> tuple[Asked, ...]:
        """When somebody was asked, as far as the register knows."""
        if id in self.lines:
            return self.lines[id].asked
        row = self.columns.row_of(id)
        return () if row is None or row in self.gone else self.columns.work.of_row(row)

    def _with_asked(self, theirs: Mapping[str, tuple[Asked, ...]]) -> "Register":
        """The same people, of whom a few were asked at other times than before."""
        new = {id: times for id, times in theirs.items() if sorted(times) != sorted(self._asked(id))}
        lines = {id: replace(self.lines[id], asked=times) for id, times in new.items() if id in self.lines}
        rows = {row: times for id, times in new.items() if (row := self.columns.row_of(id)) is not None}
        columns = self.columns.with_work(self.columns.work.with_rows(rows)) if rows else self.columns
        return replace(self, columns=columns, lines={**self.lines, **lines}, _changed=[])

    def _with_lines(self, lines: Mapping[str, Line], removed: Iterable[str]) -> "Register":
        kept = {**self.lines, **lines}
        leaving = set(removed)
        for id in leaving:
            kept.pop(id, None)
        rows = {row for id in leaving | lines.keys() if (row := self.columns.row_of(id)) is not None}
        gone = self.gone | rows
        changed = replace(self, lines=kept, gone=gone, _changed=[])
        return changed._written_anew() if max(len(kept), len(gone)) > MOST_CHANGED else changed

    def _written_anew(self) -> "Register":
        """The same people, all in the columns."""
        stays = np.ones(len(self.columns), dtype=np.bool_)
        stays[list(self.gone)] = False
        columns = self.columns.taken(np.flatnonzero(stays))
        if self.lines:
            columns = columns.joined(self.changed.columns)
        return replace(self, columns=columns, lines={}, gone=frozenset(), _changed=[])

    def _with_barred(self, pairs: tuple[Barred, ...]) -> "Register":
        columns = replace(self.columns, barred=_pairs(pairs, self.columns.facts.people.id))
        return replace(self, barred=pairs, columns=columns, _changed=[])

    def _with_introductions(self, introductions: tuple[Introduction, ...]) -> "Register":
        columns = self.columns.with_work(_workload(self.columns, introductions))
        theirs = _by_supporter(each for each in introductions if each.supporter in self.lines)
        lines = {id: replace(line, asked=asked(theirs.get(id, ()))) for id, line in self.lines.items()}
        return replace(self, columns=columns, lines=lines, _changed=[])

    def _columns_of_lines(self) -> Changed:
        facts, _ = facts_of([line.packed for line in self.lines.values()])
        ids = [raw.decode("utf-8", "surrogatepass") for raw in facts.people.id.tolist()]
        rows = [row for row, id in enumerate(ids) for _ in self.lines[id].asked]
        work = Workload.of(len(ids), rows, [each for id in ids for each in self.lines[id].asked])
        columns = Segment.of(facts, work, _pairs(self.barred, facts.people.id))
        return Changed(columns, np.array([self.columns.place_of(id) for id in ids], dtype=np.intp))


def _rules(reference: Reference, wordings: Iterable[Wording]) -> ConsentRules:
    return ConsentRules({each.id: each for each in wordings}, reference.vocabulary.broader_terms)


def _by_supporter(introductions: Iterable[Introduction]) -> Mapping[str, Sequence[Introduction]]:
    found: defaultdict[str, list[Introduction]] = defaultdict(list)
    for each in introductions:
        found[each.supporter].append(each)
    return found


def _workload(columns: Segment, introductions: Sequence[Introduction]) -> Workload:
    """What whole lists of introductions say of those in the columns; of others they say nothing."""
    rows = _rows_of([each.supporter for each in introductions], columns.facts.people.id).tolist()
    held = [(row, each) for row, each in zip(rows, introductions, strict=True) if row >= 0]
    return Workload.of(len(columns), [row for row, _ in held], asked(each for _, each in held))


def _rows_of(wanted: Sequence[str], ids: Column) -> Rows:
    """In which row each stands among ids that rise; -1 where there is none, without a step for each."""
    raw = np.array([id.encode("utf-8", "surrogatepass") for id in wanted], dtype=np.bytes_)
    rows: Rows = ids.searchsorted(raw)
    rows[rows == len(ids)] = -1
    if len(ids):
        rows[ids[rows] != raw] = -1
    return rows


def _pairs(barred: Sequence[Barred], ids: Column) -> Table:
    """Whom somebody must never meet: the digests of the enquirers' addresses, by row."""
    rows = _rows_of([each.supporter for each in barred], ids).tolist()
    digests_of = {each: key(fold_address(each)) for each in {pair.enquirer for pair in barred}}
    known = sorted(
        (row, digests_of[each.enquirer]) for row, each in zip(rows, barred, strict=True) if row >= 0
    )
    digests = np.frombuffer(b"".join(digest for _, digest in known), "<u4").reshape(-1, KEY_WORDS)
    return Table(
        np.array([row for row, _ in known], dtype=np.uint32), (digests[:, 0].copy(), digests[:, 1:].copy())
    )
