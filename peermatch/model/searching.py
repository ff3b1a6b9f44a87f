"""Where the words that somebody looks for stand in a text, and the piece of it that a list may show.

Some words of a text may be hidden: a name that nobody revealed, a topic that was taken back. What is hidden is not
found, and a piece that is shown ends before it as it ends anywhere else.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from peermatch.model.text import one_line

Words = tuple[str, ...]
"""Words without case and accents, one after the other."""
Span = tuple[int, int]

LONGEST = 200_000
"""So many characters of a text are looked at."""
_BEFORE, _SHOWN = 48, 150
_CUT = "…"
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_ADDRESS = re.compile(r"[^\s<>,;:\"'()\[\]]+@[^\s<>,;:\"'()\[\]]+")
_NUMBER = re.compile(r"\+?\d(?:[\s().-]*\d){8,}")


class TextKind(StrEnum):
    """What sort of text of the network it is."""

    LETTER = "letter"
    NOTES = "notes"
    SENT = "sent"
    OUTCOME = "outcome"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, folded, and where it stands."""

    word: str
    start: int
    end: int


def fold(text: str) -> str:
    """Without case and accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text."""
    found = _WORD.finditer(text, 0, LONGEST)
    return tuple(Token(fold(each.group()), *each.span()) for each in found)


def words(text: str) -> Words:
    """The words of a text, folded."""
    if text.isascii():
        return tuple(_WORD.findall(text.lower(), 0, LONGEST))
    return tuple(each.word for each in tokens(text))


def wanted_words(typed: str) -> tuple[Words, ...]:
    """What somebody typed, as the words that must all be found; one with an apostrophe is several in a row."""
    return tuple(found for part in typed.split() if (found := words(part)))


def reachable_spans(text: str) -> tuple[Span, ...]:
    """Where a text gives an address or a number by which somebody is reached."""
    return tuple(
        each.span() for pattern in (_ADDRESS, _NUMBER) for each in pattern.finditer(text, 0, LONGEST)
    )


@dataclass(frozen=True, slots=True)
class Phrases:
    """Runs of words, to be found quickly in a text."""

    by_first: Mapping[str, frozenset[Words]]

    @classmethod
    def of(cls, phrases: Iterable[Words]) -> "Phrases":
        """From the runs themselves; an empty one is nothing."""
        by_first: dict[str, set[Words]] = {}
        for each in phrases:
            if each:
                by_first.setdefault(each[0], set()).add(each)
        return cls({first: frozenset(runs) for first, runs in by_first.items()})

    def places(self, text: Sequence[Token]) -> frozenset[int]:
        """The numbers of the words of a text that belong to one of them."""
        found: set[int] = set()
        for number, token in enumerate(text):
            for run in self.by_first.get(token.word, ()):
                if tuple(each.word for each in text[number : number + len(run)]) == run:
                    found.update(range(number, number + len(run)))
        return frozenset(found)


def excerpt(
    text: str, wanted: Sequence[Words], hidden: Iterable[Phrases] = (), veiled: Iterable[Span] = ()
) -> str | None:
    """The piece of a text around the first word that is wanted; None unless each of them stands there unhidden.

    The last of ``wanted`` may be the beginning of a word. ``hidden`` are words that no list shows, ``veiled`` pieces.
    """
    found, veils = tokens(text), tuple(veiled)
    dark = frozenset().union(*(each.places(found) for each in hidden))
    dark |= {n for n, each in enumerate(found) if any(a < each.end and each.start < b for a, b in veils)}
    firsts = [_first(found, dark, each, begins=n == len(wanted) - 1) for n, each in enumerate(wanted)]
    places = [place for place in firsts if place is not None]
    if not places or len(places) < len(firsts):
        return None
    return _piece(text, found, dark, min(places))


def _first(found: Sequence[Token], dark: frozenset[int], run: Words, *, begins: bool) -> int | None:
    """The first place where these words stand in a row, none of them hidden."""
    for number in range(len(found) - len(run) + 1):
        if found[number].word[: len(run[0])] != run[0]:
            continue
        there = [each.word for each in found[number : number + len(run)]]
        same = there[:-1] == list(run[:-1]) and (
            there[-1].startswith(run[-1]) if begins else there[-1] == run[-1]
        )
        if same and dark.isdisjoint(range(number, number + len(run))):
            return number
    return None


def _piece(text: str, found: Sequence[Token], dark: frozenset[int], place: int) -> str:
    """One line of what stands around a word, up to the nearest hidden words."""
    first = last = place
    while first - 1 not in dark and first > 0 and found[place].start - found[first - 1].start <= _BEFORE:
        first -= 1
    while (
        last + 1 not in dark and last + 1 < len(found) and found[last + 1].end - found[first].start <= _SHOWN
    ):
        last += 1
    start = 0 if first == 0 else found[first].start
    end = min(len(text), LONGEST) if last == len(found) - 1 else found[last].end
    end = min(end, start + 2 * _SHOWN)
    return f"{_CUT if start > 0 else ''}{one_line(text[start:end])}{_CUT if end < len(text) else ''}"
