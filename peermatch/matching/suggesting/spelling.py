"""Recognises misspelt names of topics; only words that no dictionary knows are ever taken for something else."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, Levenshtein

from peermatch.matching.suggesting.cues import Cues, words
from peermatch.matching.suggesting.words import Word

_SHORTEST = 6


class Spelling:
    """Compares unknown words with the one-word names of topics."""

    __slots__ = ("_known", "_names", "_terms")

    def __init__(self, cues: Cues, named: Sequence[tuple[str, str]]) -> None:
        self._known = frozenset(words(cues.tables["ordinary"], "words"))
        self._terms: dict[str, str] = {}
        for text, term in named:
            if len(text) >= _SHORTEST and text.isalpha():
                self._terms.setdefault(text.casefold(), term)
        self._names = list(self._terms)

    def find(self, letter: Sequence[Word]) -> list[tuple[int, str, float]]:
        """The places of misspelt names with their topic and how near they come."""
        found = []
        for number, word in enumerate(letter):
            if len(word.plain) >= _SHORTEST and self._unknown(word):
                term, share = self._nearest(word.plain)
                if term:
                    found.append((number, term, share))
        return found

    def _unknown(self, word: Word) -> bool:
        # A capital within a text is a name, of a person or a place; nothing is guessed from names.
        name = word.written[:1].isupper()
        return (
            not name
            and word.plain.isalpha()
            and word.plain not in self._known
            and word.plain not in self._terms
        )

    def _nearest(self, plain: str) -> tuple[str, float]:
        most = 1 if len(plain) < 9 else 2
        # Two letters that changed places are one mistake, but two to the quicker measure that leaves few to look at.
        near = process.extract(
            plain, self._names, scorer=Levenshtein.distance, score_cutoff=2 * most, processor=None, limit=None
        )
        names = [self._names[place] for place in sorted(place for _, _, place in near)]
        best = process.extractOne(
            plain, names, scorer=DamerauLevenshtein.distance, score_cutoff=most, processor=None
        )
        if best is None or best[0][0] != plain[0]:
            return "", 0.0
        return self._terms[best[0]], 1 - 0.15 * float(best[1])
