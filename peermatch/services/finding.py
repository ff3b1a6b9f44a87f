"""Ranks named things against what somebody types: whole words, beginnings, parts, and slips of the keyboard."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice
from typing import Generic, TypeVar

from peermatch.model.searching import Words
from peermatch.model.searching import words as words_of
from peermatch.model.text import fold_saint

Key = TypeVar("Key", bound=Hashable)
Fits = dict[int, float]
"""How well things fit, by their number."""

SHORTEST_INSIDE = 3
SHORTEST_SLIPPED = 4
CLOSE = 0.72
"""How alike a slip must be to the word that was meant, from 0 to 1."""
WORTH = 0.35
"""What fits less than this part of the best is not worth a line."""
_MOST_SLIPS = 60
_MOST_INSIDE = 200
_MOST_CODES = 60
_ALSO, _FAINT = 0.8, 0.25
_BEGINS, _EXACT = 0.3, 0.6
_LAST = "\U0010ffff"
_CODE = re.compile(r"([a-z]?)[-\s]?0*([1-9]\d*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named(Generic[Key]):
    """Something to be found: what it is called, what else leads to it, and the references that it is known by.

    ``faint`` words lead to it where nothing else is called that: an ordinary word of theirs means something else.
    ``exact`` are its id and abbreviations: whoever types one of them, or the name, to its end means this before all.
    """

    key: Key
    name: str
    also: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    faint: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()


def words(text: str) -> Words:
    """The words of a name, folded; ``Saint Helens`` is ``St Helens``."""
    return tuple(map(fold_saint, words_of(text)))


class Names(Generic[Key]):
    """Many named things, taken apart once, so that each key pressed costs little; it never changes."""

    __slots__ = ("_codes", "_exact", "_keys", "_own", "_spoken", "_words")

    def __init__(self, entries: Iterable[Named[Key]]) -> None:
        keys: list[Key] = []
        own: list[Words] = []
        codes: list[tuple[str, int]] = []
        spoken: defaultdict[str, Fits] = defaultdict(dict)
        exact: defaultdict[Words, list[int]] = defaultdict(list)
        for number, entry in enumerate(entries):
            keys.append(entry.key)
            own.append(words(entry.name))
            for texts, weight in ((entry.faint, _FAINT), (entry.also, _ALSO)):
                for word in (each for text in texts for each in words(text)):
                    spoken[word][number] = weight
            for word in own[-1]:
                spoken[word][number] = 1.0
            for each in (entry.name, *entry.exact):
                exact[_wholes(each)[0]].append(number)
            codes += ((code, number) for each in entry.codes for code in codes_of(each)[:1])
        self._keys, self._own = tuple(keys), tuple(own)
        self._spoken: Mapping[str, Fits] = dict(spoken)
        self._exact = {each: frozenset(numbers) for each, numbers in exact.items() if each}
        self._words, self._codes = sorted(spoken), sorted(codes)

    def __len__(self) -> int:
        """How many things there are."""
        return len(self._keys)

    def find(self, typed: str, most: int) -> tuple[tuple[Key, float], ...]:
        """What fits everything that was typed, the best first, each with how well it fits."""
        parts = [part for part in typed.split() if words(part)]
        if not parts:
            return ()
        fits = self._fitting(parts[0])
        for part in parts[1:]:
            more = self._fitting(part)
            fits = {number: fits[number] + more[number] for number in fits.keys() & more.keys()}
        asked = words(typed)
        meant = frozenset().union(*(self._exact.get(each, frozenset()) for each in _wholes(typed)))
        fits |= {number: float(len(parts)) for number in meant - fits.keys()}
        ranked = (
            (self._ranked(number, fit / len(parts), asked) + (_EXACT if number in meant else 0.0), -number)
            for number, fit in fits.items()
        )
        best = nlargest(most, ranked)
        return tuple((self._keys[-n], score) for score, n in best if score > worth(best[0][0]))

    def _ranked(self, number: int, fit: float, asked: Words) -> float:
        """A name that begins as was typed comes first, and of those the shorter one."""
        own, last = self._own[number], len(asked) - 1
        begins = len(own) > last and own[last].startswith(asked[-1]) and own[:last] == asked[:-1]
        return fit + (_BEGINS if begins else 0.0) - min(sum(map(len, own)), 99) / 1000

    def _fitting(self, part: str) -> Fits:
        """Which things a typed part could mean, and how well."""
        found = self._coded(part)
        if found:
            return found
        of_words: Fits | None = None
        for word in words(part):
            meant = self._of_word(word)
            both = meant if of_words is None else {n: of_words[n] + meant[n] for n in of_words.keys() & meant}
            of_words = both
        return {number: fit / len(words(part)) for number, fit in (of_words or {}).items()}

    def _coded(self, part: str) -> Fits:
        """Those whose reference it is, or begins, with or without letter, dash and zeros."""
        found: Fits = {}
        for code in codes_of(part):
            start = bisect_left(self._codes, (code, -1))
            for spoken, number in islice(self._codes[start : start + _MOST_CODES], _MOST_CODES):
                if not spoken.startswith(code):
                    break
                found[number] = 1.2 if spoken == code else 0.7
        return found

    def _of_word(self, word: str) -> Fits:
        found: Fits = {}
        for spoken, fit in self._meant(word):
            for number, weight in self._spoken[spoken].items():
                found[number] = max(found.get(number, 0.0), fit * weight)
        return found

    def _meant(self, word: str) -> list[tuple[str, float]]:
        """The words of the things that a typed one could be; slips only where nothing else fits."""
        first, last = bisect_left(self._words, word), bisect_left(self._words, word + _LAST)
        meant = [(each, 0.75 + 0.25 * len(word) / len(each)) for each in self._words[first:last]]
        if len(word) >= SHORTEST_INSIDE:
            inside = (each for each in self._words if word in each and not each.startswith(word))
            meant += [(each, 0.5) for each in islice(inside, _MOST_INSIDE)]
        if not meant and len(word) >= SHORTEST_SLIPPED and not word.isdecimal():
            return self._slipped(word)
        return meant

    def _slipped(self, word: str) -> list[tuple[str, float]]:
        """Words that were perhaps meant, typed to their end or only begun."""
        # Only for who mistypes: no window waits for it.
        from rapidfuzz import process
        from rapidfuzz.distance import DamerauLevenshtein

        alike = DamerauLevenshtein.normalized_similarity
        begun = [each[: len(word)] for each in self._words]
        return [
            (self._words[place], 0.5 * fit)
            for choices in (self._words, begun)
            for _, fit, place in process.extract(
                word, choices, scorer=alike, score_cutoff=CLOSE, limit=_MOST_SLIPS
            )
        ]


def worth(best: float) -> float:
    """What fits no better than this is left out; that the best was typed to its end leaves out no more."""
    return WORTH * min(best, 1.0 + _BEGINS)


def _wholes(text: str) -> tuple[Words, ...]:
    """What a name or a reference may be as one thing; a number alone may be that of an enquiry or of a supporter."""
    return tuple((code,) for code in codes_of(text.strip())) or (words(text),)


def codes_of(typed: str) -> tuple[str, ...]:
    """A reference without dash and zeros: ``E-0142`` is ``e142``; a number alone may be anybody's."""
    found = _CODE.fullmatch(typed)
    if found is None:
        return ()
    letter, number = found[1].casefold(), found[2]
    return (f"{letter}{number}",) if letter else (f"e{number}", f"s{number}")
