"""Names of specialties, grades and workplaces in a letter: as lists write them and as people say them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peermatch.matching.suggesting.patterns import Found, Language, Phrases, outermost
from peermatch.matching.suggesting.words import Word


@dataclass(frozen=True, slots=True)
class Name:
    """What a name stands for; `written` is kept where capitals matter, `faint` marks an ordinary word."""

    id: str
    text: str
    capital: bool = False
    faint: bool = False


class Names:
    """Finds names, the longest at each place, capitals kept where a name is an ordinary word or an abbreviation."""

    __slots__ = ("_phrases",)

    def __init__(self, names: Iterable[Name], language: Language) -> None:
        self._phrases = Phrases(((name.text.replace("|", " "), name) for name in names), language)

    def find(self, words: Sequence[Word]) -> list[Found[Name]]:
        """The names in a text, none within a longer one."""
        found = [each for each in self._phrases.find(words) if _written_so(words, each)]
        return _apart(outermost(found, within=found))


def _apart(found: Sequence[Found[Name]]) -> list[Found[Name]]:
    """Of names that share a word the longer one, "the" not counted: "the Royal Bolton" is not "the Royal"."""
    taken: dict[int, tuple[int, int]] = {}
    kept = []
    for each in sorted(found, key=_weight):
        places = range(each.first, each.last + 1)
        if all(taken.get(at, (each.first, each.last)) == (each.first, each.last) for at in places):
            taken.update(dict.fromkeys(places, (each.first, each.last)))
            kept.append(each)
    return sorted(kept, key=lambda each: (each.first, each.last))


def _weight(found: Found[Name]) -> tuple[int, int]:
    article = found.meaning.text.casefold().startswith("the ")
    return -(found.last - found.first + 1 - article), found.first


def _written_so(words: Sequence[Word], found: Found[Name]) -> bool:
    if not found.meaning.capital:
        return True
    written = [word.written for word in words[found.first : found.last + 1]]
    if found.meaning.text.isupper():
        return "".join(written).replace("&", "") == "".join(c for c in found.meaning.text if c.isalnum())
    return written[-1][:1].isupper() or written[0][:1].isupper()


def is_abbreviation(text: str) -> bool:
    """Whether a name is short capitals, which must be kept: ED, but not ed."""
    letters = [c for c in text if c.isalpha()]
    return 1 < len(letters) <= 5 and all(c.isupper() for c in letters)
