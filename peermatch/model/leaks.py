"""Whether a text says something that it must not: whole words, whatever their case and however they are written."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from peermatch.model.text import one_line

_TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor"})
_SHORTEST = 2
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s().\-–/]+(?=\d)")
# A number is known by its last nine digits, so that +44 7700 900123 and 07700 900123 are one.
_DIGITS_OF_A_NUMBER = 9

Span = tuple[int, int]


def name_words(name: str) -> tuple[str, ...]:
    """The words that a name could be known by, without titles and single letters."""
    words = re.split(r"[\s\-]+", one_line(name))
    return tuple(
        word for word in words if len(word) >= _SHORTEST and word.rstrip(".").casefold() not in _TITLES
    )


def leaked(text: str, forbidden: Iterable[str], permitted: Iterable[str], fixed: str) -> tuple[str, ...]:
    """The forbidden strings that stand in a text, outside permitted values, more often than in its fixed words.

    A surname may be an everyday word (``May``): it leaks only when it stands there more often than the template
    itself says it. A permitted value may hold a forbidden word: an address that has the surname in it does not leak it.
    """
    seen, usual = _folded(text), _folded(fixed)
    allowed = [_folded(each) for each in permitted]
    spans = [found.span() for each in allowed if each for found in _whole(each).finditer(seen)]
    return tuple(each for each in forbidden if _leaks(_folded(one_line(each)), seen, usual, spans))


def _leaks(secret: str, seen: str, usual: str, spans: Sequence[Span]) -> bool:
    digits = re.sub(r"\D", "", secret)
    if len(digits) >= _DIGITS_OF_A_NUMBER and not re.search(r"[^\W\d_]", secret):
        return digits[-_DIGITS_OF_A_NUMBER:] in _BETWEEN_DIGITS.sub("", _blotted(seen, spans))
    if len(secret) < _SHORTEST:
        return False
    found = [match.span() for match in _whole(secret).finditer(seen)]
    outside = [one for one in found if not any(start <= one[0] and one[1] <= end for start, end in spans)]
    return len(outside) > len(_whole(secret).findall(usual))


def _blotted(text: str, spans: Sequence[Span]) -> str:
    """A text without the permitted values that hold a number of their own."""
    numbers = [
        text[start:end]
        for start, end in spans
        if sum(map(str.isdigit, text[start:end])) >= _DIGITS_OF_A_NUMBER
    ]
    for number in numbers:
        text = text.replace(number, "\x00")
    return text


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _whole(folded: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(folded)}(?!\w)")
