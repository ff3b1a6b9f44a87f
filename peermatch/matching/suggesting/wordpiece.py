"""Words cut into the pieces that the sentence encoder knows (WordPiece, as BERT's uncased models cut them)."""

import re
import unicodedata
from collections.abc import Sequence

LONGEST = 128
"""The most pieces of one sentence that are read, with the marks of beginning and end."""

_WORD = re.compile(r"\w+|[^\w\s]")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": ".", "_": " _ "})
_LONGEST_WORD = 100
UNKNOWN, BEGIN, END = "[UNK]", "[CLS]", "[SEP]"


class WordPieces:
    """The pieces that the encoder knows, each with its number."""

    __slots__ = ("_begin", "_end", "_numbers", "_unknown")

    def __init__(self, pieces: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self._begin, self._end, self._unknown = (self._numbers[each] for each in (BEGIN, END, UNKNOWN))

    def cut(self, text: str) -> tuple[int, ...]:
        """The numbers of a sentence's pieces between the marks of beginning and end."""
        numbers: list[int] = []
        for word in _WORD.findall(_folded(text)):
            numbers += self._word(word)
            if len(numbers) >= LONGEST - 2:
                break
        return (self._begin, *numbers[: LONGEST - 2], self._end)

    def _word(self, word: str) -> list[int]:
        """The longest known beginning, again and again; a word with an unknown rest is unknown as a whole."""
        if len(word) > _LONGEST_WORD:
            return [self._unknown]
        numbers: list[int] = []
        start = 0
        while start < len(word):
            mark = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if mark + word[start:end] in self._numbers), None)
            if end is None:
                return [self._unknown]
            numbers.append(self._numbers[mark + word[start:end]])
            start = end
        return numbers


def _folded(text: str) -> str:
    """Small letters without accents; typographic marks as a keyboard writes them."""
    apart = unicodedata.normalize("NFD", text.translate(_PLAIN).lower())
    return "".join(each for each in apart if unicodedata.category(each) != "Mn")
