"""Phrases to look for, written as data: words, alternatives, classes of words, and gaps.

``failed <exam>`` finds the word fail in any form and then one of the words of the class ``exam``;
``tell|told ..3 boss`` allows up to three words between; ``a|b-c`` is either ``a`` or ``b c``; ``?`` after a word
makes it optional. Between two words of a loose phrase small words (the, my, really) may stand. A phrase never matches
a part of a word.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from peermatch.errors import BadInput
from peermatch.matching.suggesting.words import Stemmer, Text, Word, phrase

Meaning = TypeVar("Meaning")
_GAP = re.compile(r"\.\.(\d*)")
_DEFAULT_GAP = 4


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a phrase: the stems that may stand there, or runs of them, and how many words may come before."""

    stems: frozenset[str]
    runs: tuple[tuple[str, ...], ...]
    gap: int
    begins: frozenset[str]

    def taken(self, stems: tuple[str, ...], at: int) -> int:
        """How many words from here this place takes; 0 when they are not its own."""
        if stems[at] in self.stems:
            return 1
        for run in self.runs:
            if stems[at : at + len(run)] == run:
                return len(run)
        return 0


@dataclass(frozen=True, slots=True)
class Found(Generic[Meaning]):
    """A phrase found at words [first, last] of a text."""

    meaning: Meaning
    first: int
    last: int


def _is_inflected(word: str, stemmer: Stemmer) -> bool:
    return word.isalpha() and (word.endswith(("ed", "ing")) or stemmer.is_irregular(word))


@dataclass(frozen=True, slots=True)
class Language:
    """What phrases are compiled with: stems, classes of words, and the small words that may stand between."""

    stemmer: Stemmer
    classes: Mapping[str, frozenset[str]]
    small: frozenset[str]
    common: frozenset[str]
    known: dict[tuple[str, int], Step] = field(default_factory=dict, compare=False, repr=False)

    def compile(self, text: str) -> list[tuple[Step, ...]]:
        """The steps of a phrase, once for each way of taking or leaving its optional words."""
        ways: list[tuple[Step, ...]] = [()]
        gap = 0
        for piece in text.split():
            if piece.startswith("..") and (found := _GAP.fullmatch(piece)):
                gap = int(found.group(1) or _DEFAULT_GAP)
                continue
            key = (piece.removesuffix("?"), gap)
            step = self.known.get(key) or self.known.setdefault(key, self._step(*key, text))
            kept = ways if piece.endswith("?") else []
            ways = [(*way, step) for way in ways] + kept
            gap = 0
        return [way for way in ways if way]

    def kept_forms(self, text: str) -> frozenset[str]:
        """The forms that a phrase of one word must have when another form means something else: outed, but not out."""
        options = text.casefold().split("|")
        if " " in text or not any(_is_inflected(each, self.stemmer) for each in options):
            return frozenset()
        bare = {each for each in options if not _is_inflected(each, self.stemmer)}
        return frozenset(options) | {form for each in bare for form in (each, each + "s")}

    def _step(self, piece: str, gap: int, text: str) -> Step:
        stems: set[str] = set()
        runs: list[tuple[str, ...]] = []
        for option in piece.split("|"):
            if option.startswith("<") and option.endswith(">"):
                if option[1:-1] not in self.classes:
                    raise BadInput(f"The phrase “{text}” names a class of words that does not exist.")
                stems |= self.classes[option[1:-1]]
                continue
            reading = phrase(option, self.stemmer)
            if len(reading) == 1:
                stems.add(reading[0])
            elif reading:
                runs.append(reading)
        alone = frozenset(stems)
        if not runs:
            return Step(alone, (), gap, alone)
        return Step(alone, tuple(sorted(runs, key=len, reverse=True)), gap, alone | {run[0] for run in runs})


@dataclass(frozen=True, slots=True)
class _Pattern(Generic[Meaning]):
    """A phrase ready to be found: its steps, what each may begin with (rarest first), and the forms it must have.

    ``others`` are all of ``begins`` but the first, by which it is indexed.
    """

    steps: tuple[Step, ...]
    begins: tuple[frozenset[str], ...]
    others: tuple[frozenset[str], ...]
    exact: frozenset[str]
    meaning: Meaning


class Phrases(Generic[Meaning]):
    """All phrases of one kind, each indexed by its rarest place, so that most of them cost a letter nothing."""

    __slots__ = ("_anchors", "_common", "_loose", "_small")

    def __init__(
        self, entries: Iterable[tuple[str, Meaning]], language: Language, *, loose: bool = False
    ) -> None:
        self._anchors: dict[str, list[_Pattern[Meaning]]] = {}
        self._small = language.small if loose else frozenset()
        self._common = language.common
        for text, meaning in entries:
            exact = language.kept_forms(text)
            for steps in language.compile(text):
                begins = tuple(sorted((step.begins for step in steps), key=self._frequency))
                pattern = _Pattern(steps, begins, begins[1:], exact, meaning)
                for stem in begins[0]:
                    self._anchors.setdefault(stem, []).append(pattern)

    def _frequency(self, stems: frozenset[str]) -> int:
        return len(stems) + 100 * len(stems & self._common)

    def find(self, words: Sequence[Word]) -> Sequence[Found[Meaning]]:
        """Every phrase at every place, in the order of the text."""
        if not isinstance(words, Text):
            return self._found(Text(words))
        known: Sequence[Found[Meaning]] | None = words.found.get(self)
        if known is None:
            known = words.found[self] = self._found(words)
        return known

    def _found(self, text: Text) -> Sequence[Found[Meaning]]:
        found: list[Found[Meaning]] = []
        beside = text.beside
        for pattern in self._possible(text):
            begins = pattern.begins if pattern.others else ()
            for first in text.starts(pattern.steps[0].begins):
                absent = beside[first].isdisjoint
                for each in begins:
                    if absent(each):
                        break
                else:
                    last = self._matched(text, first, pattern)
                    if last is not None:
                        found.append(Found(pattern.meaning, first, last))
        found.sort(key=_place)
        return tuple(found)

    def _possible(self, text: Text) -> Iterable[_Pattern[Meaning]]:
        """The phrases for each of whose steps a word stands somewhere in the text."""
        anchors, absent = self._anchors, text.known.isdisjoint
        once: dict[int, _Pattern[Meaning]] = {}
        for stem in [stem for stem in text.places if stem in anchors]:
            for pattern in anchors[stem]:
                for begins in pattern.others:
                    if absent(begins):
                        break
                else:
                    once[id(pattern)] = pattern
        return once.values()

    def _matched(self, text: Text, first: int, pattern: _Pattern[Meaning]) -> int | None:
        if pattern.exact and text[first].plain not in pattern.exact:
            return None
        stems, end = text.stems, text.ends[first]
        taken = pattern.steps[0].taken(stems, first)
        at = first + taken
        for step in pattern.steps[1:] if taken else ():
            left = step.gap
            while True:
                if at >= end:
                    return None
                taken = step.taken(stems, at)
                if taken:
                    at += taken
                    break
                if text[at].plain not in self._small:
                    if left == 0:
                        return None
                    left -= 1
                at += 1
        return at - 1 if taken else None


def _place(found: Found[Meaning]) -> tuple[int, int]:
    return found.first, found.last


def outermost(found: Sequence[Found[Meaning]], *, within: Sequence[Found[Meaning]]) -> list[Found[Meaning]]:
    """Those that stand in no longer phrase: "postnatal depression" holds no depression of its own."""
    longer: dict[int, set[tuple[int, int]]] = {}
    for each in within:
        for at in range(each.first, each.last + 1):
            longer.setdefault(at, set()).add((each.first, each.last))
    return [each for each in found if not any(_holds(span, each) for span in longer.get(each.first, ()))]


def _holds(span: tuple[int, int], found: Found[Meaning]) -> bool:
    first, last = span
    return first <= found.first and found.last <= last and (first, last) != (found.first, found.last)
