"""Phrases to look for, written as data: words, alternatives, classes of words, and gaps.

``failed <exam>`` finds the word fail in any form and then one of the words of the class ``exam``;
``tell|told ..3 boss`` allows up to three words between; ``a|b-c`` is either ``a`` or ``b c``; ``?`` after a word
makes it optional. Between two words of a loose phrase small words (the, my, really) may stand. A phrase never matches
a part of a word.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from peermatch.errors import BadInput
from peermatch.matching.suggesting.words import Stemmer, Text, Word, phrase

Meaning = TypeVar("Meaning")
_GAP = re.compile(r"\.\.(\d*)")
_DEFAULT_GAP = 4
_COMMON = 1000
"""As often as this a small word stands in letters, however few phrases it stands in."""


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
    book: "Phrasebook" = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "book", Phrasebook(self.common))

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


@dataclass(frozen=True, slots=True, eq=False)
class _Pattern(Generic[Meaning]):
    """A phrase ready to be found: its steps, the forms it must have, what may stand between, and whose it is."""

    number: int
    steps: tuple[Step, ...]
    exact: frozenset[str]
    small: frozenset[str]
    meaning: Meaning
    owner: "Phrases[Meaning]"


_Standing = tuple[_Pattern[Any], tuple[frozenset[str], ...]]
"""A phrase, and what each of its steps but the rarest may begin with."""


class Phrasebook:
    """All phrases of a language: a text is looked through once, for whoever asks of it.

    Each stands at the words of its rarest step, so that most of them cost a letter nothing; word by word are tried
    those alone for each of whose steps a word stands in the sentence.
    """

    __slots__ = ("_common", "_patterns", "_standing")

    def __init__(self, common: frozenset[str]) -> None:
        self._common = common
        self._patterns: list[_Pattern[Any]] = []
        self._standing: dict[str, list[_Standing]] = {}

    def write(
        self,
        steps: tuple[Step, ...],
        exact: frozenset[str],
        small: frozenset[str],
        meaning: Meaning,
        owner: "Phrases[Meaning]",
    ) -> None:
        """Take in a phrase; whatever was searched before does not know it."""
        self._patterns.append(_Pattern(len(self._patterns), steps, exact, small, meaning, owner))
        self._standing.clear()

    def _index(self) -> None:
        """Put each phrase where it is rarest: words that stand in many phrases stand in many letters."""
        often = Counter(stem for each in self._patterns for step in each.steps for stem in step.begins)
        often.update(dict.fromkeys(self._common, _COMMON))
        weighed: dict[frozenset[str], int] = {}
        for each in self._patterns:
            for step in each.steps:
                if step.begins not in weighed:
                    weighed[step.begins] = sum(often[stem] for stem in step.begins)
            rarest, *others = sorted((step.begins for step in each.steps), key=weighed.__getitem__)
            for stem in rarest:
                self._standing.setdefault(stem, []).append((each, tuple(others)))

    def search(self, text: Text) -> Mapping[object, Sequence[Found[Any]]]:
        """Every phrase at every place of a text in its order, by the phrases it belongs to."""
        found: dict[object, list[tuple[int, int, int, Found[Any]]]] = {}
        for start, end in text.sentences:
            stems = text.stems[start:end]
            for pattern in self._possible(frozenset(stems)):
                begins = pattern.steps[0].begins
                for first in [at for at, stem in enumerate(stems, start) if stem in begins]:
                    if (last := _matched(text, first, end, pattern)) is not None:
                        here = Found(pattern.meaning, first, last)
                        found.setdefault(pattern.owner, []).append((first, last, pattern.number, here))
        return {owner: tuple(each for *_, each in sorted(seen)) for owner, seen in found.items()}

    def _possible(self, stems: frozenset[str]) -> Iterable[_Pattern[Any]]:
        """The phrases for each of whose steps a word stands in a sentence, each once."""
        if not self._standing:
            self._index()
        standing, absent = self._standing, stems.isdisjoint
        once: dict[_Pattern[Any], None] = {}
        for stem in stems:
            for pattern, others in standing.get(stem, ()):
                for each in others:
                    if absent(each):
                        break
                else:
                    once[pattern] = None
        return once


class Phrases(Generic[Meaning]):
    """Phrases of one kind, each with what it means; they stand in the book of their language."""

    __slots__ = ("_book",)

    def __init__(
        self, entries: Iterable[tuple[str, Meaning]], language: Language, *, loose: bool = False
    ) -> None:
        self._book = language.book
        small = language.small if loose else frozenset[str]()
        for text, meaning in entries:
            exact = language.kept_forms(text)
            for steps in language.compile(text):
                self._book.write(steps, exact, small, meaning, self)

    def find(self, words: Sequence[Word]) -> Sequence[Found[Meaning]]:
        """Every phrase at every place, in the order of the text."""
        text = words if isinstance(words, Text) else Text(words)
        known = text.found.get(self._book)
        if known is None:
            known = text.found[self._book] = self._book.search(text)
        here: Sequence[Found[Meaning]] = known.get(self, ())
        return here


def _matched(text: Text, first: int, end: int, pattern: _Pattern[Any]) -> int | None:
    """Where a phrase ends that begins at a word, within its sentence; None where it does not stand there."""
    if pattern.exact and text[first].plain not in pattern.exact:
        return None
    stems, steps, small = text.stems, iter(pattern.steps), pattern.small
    taken = next(steps).taken(stems, first)
    at = first + taken
    for step in steps if taken else ():
        left = step.gap
        while True:
            if at >= end:
                return None
            taken = step.taken(stems, at)
            if taken:
                at += taken
                break
            if text[at].plain not in small:
                if left == 0:
                    return None
                left -= 1
            at += 1
    return at - 1 if taken else None


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
