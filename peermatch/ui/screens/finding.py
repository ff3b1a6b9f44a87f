"""Forgiving search in a list of named things: other words for them, beginnings and slips of the keyboard count."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from peermatch.model.characteristics import Vocabulary
from peermatch.model.reference import Reference
from peermatch.model.roll import fold as fold_of_lists
from peermatch.model.text import fold_saint

CLOSE = 0.76
SHORTEST_INSIDE = 3


@dataclass(frozen=True, slots=True)
class Option:
    """Something to be found: its key, what it is called, what else people call it, and how many there are."""

    key: str
    label: str
    also: tuple[str, ...] = ()
    count: str = ""

    @property
    def shown(self) -> str:
        """What it is called, with how many there are."""
        return f"{self.label} · {self.count}" if self.count else self.label


def fold(text: str) -> str:
    """Words without case, accents and punctuation; ``Saint Helens`` is ``St Helens``."""
    return " ".join(map(fold_saint, fold_of_lists(text).split()))


@dataclass(frozen=True, slots=True)
class Folded:
    """The words of an option without case and accents: what it is called, what else, and each word of these."""

    label: str
    also: tuple[str, ...]
    parts: frozenset[str]


class Folds(dict[Option, Folded]):
    """Options folded once, for whoever looks through the same ones at each key."""

    def __missing__(self, option: Option) -> Folded:
        label, also = fold(option.label), tuple(map(fold, option.also))
        parts = frozenset(part for words in (label, *also) for part in (words, *words.split()))
        folded = self[option] = Folded(label, also, parts)
        return folded


def find(
    options: Sequence[Option], typed: str, limit: int = 6, folds: Folds | None = None
) -> tuple[Option, ...]:
    """The options that fit what was typed, best first; near spellings only where nothing else fits."""
    wanted = fold(typed)
    if not wanted:
        return ()
    known = Folds() if folds is None else folds
    folded = [known[option] for option in options]
    ranked = [(rank, number) for number, each in enumerate(folded) if (rank := _rank(each, wanted)) < 9]
    if not ranked and len(wanted) >= SHORTEST_INSIDE:
        likeness = _Likeness(wanted)
        near = ((1 - likeness.of(each), number) for number, each in enumerate(folded))
        ranked = [(distance, number) for distance, number in near if distance <= 1 - CLOSE]
    return tuple(options[number] for _, number in sorted(ranked)[:limit])


def _rank(option: Folded, wanted: str) -> float:
    """0 is the name itself, 8 a part of another word for it, 9 nothing; a shorter name comes first."""
    own = _place(option.label, wanted)
    best = min((_place(other, wanted) for other in option.also), default=9)
    rank = min(own * 2, best * 2 + 1)
    return rank + min(len(option.label), 99) / 100 if rank < 9 else 9


def _place(words: str, wanted: str) -> int:
    if words == wanted:
        return 0
    if words.startswith(wanted):
        return 1
    if f" {wanted}" in words:
        return 2
    return 3 if len(wanted) >= SHORTEST_INSIDE and wanted in words else 9


class _Likeness:
    """How alike words are to what was typed; each different word is compared once."""

    def __init__(self, wanted: str) -> None:
        self._matcher, self._long = SequenceMatcher(b=wanted, autojunk=False), len(wanted)
        self._known: dict[str, float] = {}

    def of(self, option: Folded) -> float:
        return max(map(self._ratio, option.parts), default=0.0)

    def _ratio(self, part: str) -> float:
        if 2 * min(len(part), self._long) < CLOSE * (len(part) + self._long):
            return 0.0  # too short or too long, whatever its letters are
        found = self._known.get(part)
        if found is None:
            self._matcher.set_seq1(part)
            found = self._matcher.ratio() if self._matcher.quick_ratio() >= CLOSE else 0.0
            self._known[part] = found
        return found


def topic_options(vocabulary: Vocabulary) -> tuple[Option, ...]:
    """All topics and the groups above them, with everything people call them."""
    terms = (
        Option(t.id, t.label, (*t.abbreviations, *t.synonyms, *t.misspellings))
        for t in vocabulary.terms.values()
    )
    groups = (Option(g.id, g.label) for g in vocabulary.groups.values())
    return (*terms, *groups)


def organisation_options(reference: Reference) -> tuple[Option, ...]:
    """All trusts, employers and sites."""
    places = reference.organisations
    sites = tuple(Option(s.id, s.name, (*s.also_written, s.town)) for s in places.sites.values())
    return (*(Option(o.id, o.name, (*o.also_written, o.town)) for o in places.all), *sites)


def specialty_options(reference: Reference) -> tuple[Option, ...]:
    """All specialties."""
    return tuple(Option(s.id, s.label, s.also_written) for s in reference.specialties.all)


def grade_options(reference: Reference) -> tuple[Option, ...]:
    """All grades, found by their short form as well."""
    return tuple(Option(g.id, g.label, (g.short, *g.also_written)) for g in reference.grades.all)
