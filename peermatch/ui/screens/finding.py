"""Forgiving search in a list of named things: other words for them, beginnings and slips of the keyboard count."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from peermatch.model.characteristics import Vocabulary
from peermatch.model.reference import Reference

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


def find(options: Sequence[Option], typed: str, limit: int = 6) -> tuple[Option, ...]:
    """The options that fit what was typed, best first; near spellings only where nothing else fits."""
    wanted = fold(typed)
    if not wanted:
        return ()
    ranked = [(rank, number) for number, option in enumerate(options) if (rank := _rank(option, wanted)) < 9]
    if not ranked and len(wanted) >= SHORTEST_INSIDE:
        near = ((1 - _likeness(option, wanted), number) for number, option in enumerate(options))
        ranked = [(distance, number) for distance, number in near if distance <= 1 - CLOSE]
    return tuple(options[number] for _, number in sorted(ranked)[:limit])


def fold(text: str) -> str:
    """Words without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())


def _rank(option: Option, wanted: str) -> float:
    """0 is the name itself, 8 a part of another word for it, 9 nothing; a shorter name comes first."""
    label = fold(option.label)
    others = [fold(each) for each in option.also]
    own = _place(label, wanted)
    best = min((_place(other, wanted) for other in others), default=9)
    rank = min(own * 2, best * 2 + 1)
    return rank + min(len(label), 99) / 100 if rank < 9 else 9


def _place(words: str, wanted: str) -> int:
    if words == wanted:
        return 0
    if words.startswith(wanted):
        return 1
    if f" {wanted}" in words:
        return 2
    return 3 if len(wanted) >= SHORTEST_INSIDE and wanted in words else 9


def _likeness(option: Option, wanted: str) -> float:
    matcher = SequenceMatcher(b=wanted, autojunk=False)
    best = 0.0
    for words in (fold(option.label), *(fold(each) for each in option.also)):
        for part in {words, *words.split()}:
            matcher.set_seq1(part)
            if matcher.real_quick_ratio() >= CLOSE and matcher.quick_ratio() >= CLOSE:
                best = max(best, matcher.ratio())
    return best


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
