"""Finds people of a great network by what they are called, from the roll: nothing is taken apart beforehand.

Whoever could be meant is picked out by the letters that were typed; those few are then ranked as everything else is.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import islice
from operator import itemgetter
from typing import Generic

from peermatch.model.roll import Line, Roll, fold
from peermatch.services.finding import CLOSE, SHORTEST_SLIPPED, Key, Named, Names, codes_of, worth

MANY = 6_000
"""Of more people no index of names is made."""
_MOST = 300
_MOST_SLIPS = 20


class Called(Generic[Key]):
    """Everything but people by its names, and people by the roll; ``named`` makes a thing of a line."""

    __slots__ = ("_known", "_named", "_roll", "_things")

    def __init__(self, things: Names[Key], roll: Roll, named: Callable[[Line], Named[Key]]) -> None:
        self._things, self._roll, self._named = things, roll, named
        self._known = sorted(
            (code, number) for number in roll.order for code in codes_of(roll.id(number))[:1]
        )

    def __len__(self) -> int:
        """How many things and people there are."""
        return len(self._things) + len(self._roll)

    def find(self, typed: str, most: int) -> tuple[tuple[Key, float], ...]:
        """What fits everything that was typed, the best first, each with how well it fits."""
        found = [*self._things.find(typed, most), *self._people(typed, most)]
        found.sort(key=itemgetter(1), reverse=True)
        return tuple((key, score) for key, score in found[:most] if score > worth(found[0][1]))

    def _people(self, typed: str, most: int) -> tuple[tuple[Key, float], ...]:
        wanted = fold(typed).split()
        numbers = (self._spelt(wanted) or self._slipped(wanted)) if wanted else ()
        meant = dict.fromkeys((*self._coded(typed.strip()), *numbers))
        return Names(self._named(self._roll.line(number)) for number in meant).find(typed, most)

    def _coded(self, typed: str) -> list[int]:
        """Whose id it is, or begins."""
        found = []
        for code in codes_of(typed):
            start = bisect_left(self._known, (code, -1))
            several = islice(self._known[start : start + _MOST], _MOST)
            found += [number for known, number in several if known.startswith(code)]
        return found

    def _spelt(self, wanted: Sequence[str]) -> Sequence[int]:
        """Whose name has every word in it; of too many, those in whose name a word begins so."""
        found = self._roll.called(" ".join(wanted), self._roll.order)
        if len(found) > _MOST:
            first = wanted[0]
            begin = (n for n in found if self._roll.key(n).startswith(first))
            inside = (n for n in found if f" {first}" in self._roll.key(n))
            found = (*islice(begin, _MOST), *islice(inside, _MOST))
        if found:
            return found
        also = ((n, self._roll.also(n).casefold()) for n in self._roll.order)
        return [*islice((n for n, text in also if all(word in text for word in wanted)), _MOST)]

    def _slipped(self, wanted: Sequence[str]) -> Sequence[int]:
        """Who was perhaps meant: of each word those that are most like it, where nobody is called so."""
        # Only for who mistypes: no window waits for it.
        from rapidfuzz import process
        from rapidfuzz.distance import DamerauLevenshtein

        alike = DamerauLevenshtein.normalized_similarity
        spoken = sorted(
            {word for n in self._roll.order for word in self._roll.key(n).partition("\n")[0].split()}
        )
        among = self._roll.order
        for word in wanted:
            near = [word]
            if len(word) >= SHORTEST_SLIPPED and not word.isdecimal():
                near += [
                    each
                    for each, _, _ in process.extract(
                        word, spoken, scorer=alike, score_cutoff=CLOSE, limit=_MOST_SLIPS
                    )
                ]
            among = [n for n in among if any(each in self._roll.key(n) for each in near)]
        return among[:_MOST]
