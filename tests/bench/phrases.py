"""The plain way to read a letter: one long pattern of all that the vocabulary calls its terms, whole words only."""

import re
from collections import Counter

from peermatch.model.characteristics import Vocabulary
from peermatch.model.letter import Letter

MOST = 10


class Phrases:
    """Finds terms by their names, and understands nothing."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._term: dict[str, str] = {}
        for term in vocabulary.terms.values():
            for phrase in (term.label, *term.synonyms, *term.abbreviations, *term.misspellings):
                self._term.setdefault(phrase.casefold(), term.id)
        longest_first = sorted(self._term, key=len, reverse=True)
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")

    def __call__(self, letter: Letter) -> list[str]:
        """The terms that are named most often, at most ten."""
        text = f"{letter.subject}\n{letter.text}".casefold()
        return [
            term
            for term, _ in Counter(self._term[each] for each in self._pattern.findall(text)).most_common(MOST)
        ]
