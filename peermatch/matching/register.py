"""The register: everybody in columns, and beside them the few who changed since; any enquiry is answered at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from peermatch.matching.columns import KEY_WORDS, Rows, Table
from peermatch.matching.decoding import facts_of
from peermatch.matching.segment import Segment
from peermatch.matching.workload import Asked, Workload, asked, workload
from peermatch.model.consent import ConsentRules, Wording
from peermatch.model.introduction import Introduction
from peermatch.model.network import Barred
from peermatch.model.packed import Layout, Packer, Words, key, layout
from peermatch.model.people import Supporter
from peermatch.model.reference import Reference
from peermatch.model.text import fold_address

MOST_CHANGED = 64
"""Beyond so many changed people the columns are written anew."""

_FEW = 1000


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
    references: Words
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
        chunks = list(Packer(_rules(reference, shown), words).chunks(people))
        return cls.of_chunks(reference, chunks, words, introductions, barred, shown)

    @classmethod
    def of_chunks(
        cls,
        reference: Reference,
        chunks: Iterable[bytes],
        words: Words,
        introductions: Iterable[Introduction],
        barred: Iterable[Barred],
        wordings: Iterable[Wording],
    ) -> "Register":
        """The register of people who were packed before, with the words that their codes stand for.

        The chunks may stand in any order, but nobody in two of them. The words are copied: the register adds its own.
        """
        rules, own, references = _rules(reference, wordings), words.copy(), Words()
        facts, pairs = facts_of([layout(chunk) for chunk in chunks]), tuple(barred)
        columns = Segment.of(facts, Workload.of(len(facts.people.id), (), ()), _no_pairs())
        columns = columns.with_work(_workload(columns, introductions, references))
        columns = replace(columns, barred=_pairs(pairs, columns.row_of))
        return cls(reference, rules, own, references, Packer(rules, own), pairs, columns, {}, frozenset())

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

    def id(self, row: int) -> str:
        """Who stands in a row."""
        segment, local = self.at(row)
        return segment.id(local)

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
        theirs = {id: asked(each, self.references) for id, each in (introductions_of or {}).items()}
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
        lines = {id: replace(self.lines[id], asked=times) for id, times in theirs.items() if id in self.lines}
        rows = {row: times for id, times in theirs.items() if (row := self.columns.row_of(id)) is not None}
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
        columns = replace(self.columns, barred=_pairs(pairs, self.columns.row_of))
        return replace(self, barred=pairs, columns=columns, _changed=[])

    def _with_introductions(self, introductions: tuple[Introduction, ...]) -> "Register":
        columns = self.columns.with_work(_workload(self.columns, introductions, self.references))
        theirs: dict[str, list[Introduction]] = {id: [] for id in self.lines}
        for each in introductions:
            if each.supporter in theirs:
                theirs[each.supporter].append(each)
        lines = {
            id: replace(line, asked=asked(theirs[id], self.references)) for id, line in self.lines.items()
        }
        return replace(self, columns=columns, lines=lines, _changed=[])

    def _columns_of_lines(self) -> Changed:
        facts = facts_of([line.packed for line in self.lines.values()])
        ids = [raw.decode("utf-8", "surrogatepass") for raw in facts.people.id.tolist()]
        rows = [row for row, id in enumerate(ids) for _ in self.lines[id].asked]
        work = Workload.of(len(ids), rows, [each for id in ids for each in self.lines[id].asked])
        columns = Segment.of(facts, work, _no_pairs())
        columns = replace(columns, barred=_pairs(self.barred, columns.row_of))
        return Changed(columns, np.array([self.columns.place_of(id) for id in ids], dtype=np.intp))


def _rules(reference: Reference, wordings: Iterable[Wording]) -> ConsentRules:
    return ConsentRules({each.id: each for each in wordings}, reference.vocabulary.broader_terms)


def _workload(columns: Segment, introductions: Iterable[Introduction], references: Words) -> Workload:
    """What whole lists of introductions say of those in the columns; of others they say nothing."""
    listed = tuple(introductions)
    row_of: Callable[[str], int | None] = columns.row_of
    if len(listed) > _FEW:
        ids = columns.facts.people.id.tolist()
        row_of = {raw.decode("utf-8", "surrogatepass"): row for row, raw in enumerate(ids)}.get
    rows = [row_of(each.supporter) for each in listed]
    held = [each for each, row in zip(listed, rows, strict=True) if row is not None]
    return workload(len(columns), [row for row in rows if row is not None], held, references)


def _pairs(barred: Iterable[Barred], row_of: Callable[[str], int | None]) -> Table:
    """Whom somebody must never meet: the digests of the enquirers' addresses, by row."""
    known = sorted(
        (row, key(fold_address(b.enquirer))) for b in barred if (row := row_of(b.supporter)) is not None
    )
    digests = np.frombuffer(b"".join(digest for _, digest in known), "<u4").reshape(-1, KEY_WORDS)
    rows = np.array([row for row, _ in known], dtype=np.uint32)
    return Table(rows, (digests[:, 0].copy(), digests[:, 1:].copy()))


def _no_pairs() -> Table:
    return _pairs((), lambda _: None)
