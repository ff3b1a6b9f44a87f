"""By what an erased person is recognised in other texts: names, addresses and numbers, as they may be written."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from peermatch.model.text import fold_address, is_title

_ADDRESS = re.compile(r"[^\s<>,;:\"'()\[\]]+@[^\s<>,;:\"'()\[\]]+")
_NUMBER = re.compile(r"\d(?:[\s().-]*\d){6,}")
_WORD = re.compile(r"\w+")
# A name of one short word (Jo, May) stands in too many texts that speak of nobody.
_SHORTEST_ALONE = 4
# +44 7700 900123 and 07700 900123 are one number.
_DIGITS = 9
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """What one person is called and reached by."""

    names: frozenset[Words] = frozenset()
    addresses: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, names: Iterable[str | None], addresses: Iterable[str | None], numbers: Iterable[str | None]
    ) -> "Identity":
        """From the fields of a record; what is empty is nothing."""
        words = (_name(each) for each in names if each)
        folded = (fold_address(each) for each in addresses if each)
        digits = (_number(each) for each in numbers if each)
        return cls(
            frozenset(each for each in words if _telling(each)),
            frozenset(each for each in folded if each),
            frozenset(each for each in digits if each),
        )

    def joined(self, other: "Identity") -> "Identity":
        """Both together."""
        return Identity(
            self.names | other.names, self.addresses | other.addresses, self.numbers | other.numbers
        )

    def less(self, other: "Identity") -> "Identity":
        """What is not the other's as well."""
        return Identity(
            self.names - other.names, self.addresses - other.addresses, self.numbers - other.numbers
        )


@dataclass(frozen=True, slots=True)
class Traces:
    """Recognises erased people in texts; what belongs to somebody who stays as well is no trace of them."""

    identity: Identity = Identity()
    ids: frozenset[str] = frozenset()
    _by_first: Mapping[str, frozenset[Words]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_first: defaultdict[str, set[Words]] = defaultdict(set)
        for name in self.identity.names:
            by_first[name[0]].add(name)
        object.__setattr__(self, "_by_first", {word: frozenset(names) for word, names in by_first.items()})

    def in_text(self, text: str | None) -> bool:
        """Whether a text names one of them, gives an address or a number of theirs, or is one of their ids."""
        if not text:
            return False
        return (
            text in self.ids
            or fold_address(text) in self.identity.addresses
            or any(each.rstrip(".") in self.identity.addresses for each in _ADDRESS.findall(text.casefold()))
            or any(_number(each) in self.identity.numbers for each in _NUMBER.findall(text))
            or self._named_in(text)
        )

    def _named_in(self, text: str) -> bool:
        if not self._by_first:
            return False
        words = _words(text)
        return any(
            tuple(words[place : place + len(name)]) == name
            for place, word in enumerate(words)
            for name in self._by_first.get(word, ())
        )

    def is_theirs(self, to: str) -> bool:
        """Whether an address or id is exactly one of theirs."""
        return to in self.ids or fold_address(to) in self.identity.addresses

    def in_values(self, value: Any) -> bool:
        """The same of every text in a JSON document."""
        if isinstance(value, str):
            return self.in_text(value)
        if isinstance(value, Mapping):
            return any(map(self.in_values, value.values()))
        return isinstance(value, list) and any(map(self.in_values, value))


def _words(text: str) -> list[str]:
    """The words of a text without case and combining marks."""
    decomposed = unicodedata.normalize("NFKD", text)
    return _WORD.findall("".join(c for c in decomposed if not unicodedata.combining(c)).casefold())


def _name(name: str) -> Words:
    return tuple(word for word in _words(name) if not is_title(word))


def _telling(name: Words) -> bool:
    return len(name) > 1 or (len(name) == 1 and len(name[0]) >= _SHORTEST_ALONE)


def _number(text: str) -> str:
    digits = "".join(c for c in text if c.isdecimal())
    return digits[-_DIGITS:] if len(digits) >= _DIGITS - 2 else ""
