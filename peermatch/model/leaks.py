"""Whether a text says something that it must not: whole words, whatever their case and however they are written."""

import re
import unicodedata
from collections.abc import Iterable

from peermatch.model.text import one_line

_TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor"})
_SHORTEST = 2
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s().\-–/]+(?=\d)")
# A number is known by its last nine digits, so that +44 7700 900123 and 07700 900123 are one.
_DIGITS_OF_A_NUMBER = 9


def name_words(name: str) -> tuple[str, ...]:
    """The words that a name could be known by, without titles and single letters."""
    words = re.split(r"[\s\-]+", one_line(name))
    return tuple(
        word for word in words if len(word) >= _SHORTEST and word.rstrip(".").casefold() not in _TITLES
    )


def leaked(text: str, forbidden: Iterable[str], permitted: Iterable[str], fixed: str) -> tuple[str, ...]:
    """The forbidden strings that stand in a text more often than in its fixed words, permitted values apart.

    A surname may be an everyday word (``May``): it leaks only when it stands there more often than the template
    itself says it. A permitted value may hold a forbidden word (an address with the surname): it is taken out first.
    """
    left = _without(_folded(text), permitted)
    usual = _folded(fixed)
    return tuple(each for each in forbidden if _count(each, left) > _count(each, usual))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _without(text: str, permitted: Iterable[str]) -> str:
    """A text without the permitted values, the longest taken out first."""
    for value in sorted(map(_folded, permitted), key=len, reverse=True):
        if value:
            text = _whole(value).sub("\x00", text)
    return text


def _whole(folded: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(folded)}(?!\w)")


def _count(secret: str, text: str) -> int:
    folded = _folded(one_line(secret))
    digits = re.sub(r"\D", "", folded)
    if len(digits) >= _DIGITS_OF_A_NUMBER and not re.search(r"[^\W\d_]", folded):
        return _BETWEEN_DIGITS.sub("", text).count(digits[-_DIGITS_OF_A_NUMBER:])
    return len(_whole(folded).findall(text)) if len(folded) >= _SHORTEST else 0
