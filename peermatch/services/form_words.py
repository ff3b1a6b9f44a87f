"""Finds what people wrote in a form in the vocabulary: exactly, or the nearest things to choose from."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import islice

from peermatch.model.form import Meaning
from peermatch.model.reference import Reference
from peermatch.model.text import fold_name, one_line
from peermatch.services.finding import Named

NEAREST = 3
CLOSE = 86
"""How alike a name must be to what was written, from 0 to 100, to be offered."""
SHORTEST = 4
"""An abbreviation is like too many words to be offered for one."""
_Entries = tuple[Named[str], ...]


class FormWords:
    """The lists that a form's answers are looked up in; it never changes."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference

    def find(self, meaning: Meaning, answer: str) -> str | None:
        """The one id that is called exactly so, spelling of capitals and accents apart; None where none or two are."""
        found = self._exact[meaning].get(fold_name(answer), frozenset())
        return next(iter(found)) if len(found) == 1 else None

    def near(self, meaning: Meaning, answer: str) -> tuple[str, ...]:
        """The ids that an answer may mean, the nearest first."""
        from rapidfuzz import fuzz, process

        names = self._names[meaning]
        found = process.extract(
            _plain(answer), names.keys(), scorer=fuzz.WRatio, score_cutoff=CLOSE, limit=4 * NEAREST
        )
        ids = dict.fromkeys(id for name, _, _ in found for id in names[name])
        return tuple(islice(ids, NEAREST))

    def label(self, meaning: Meaning, id: str) -> str:
        """What an id is called on the screen."""
        lists = self.reference
        told = {
            Meaning.CHARACTERISTICS: lists.vocabulary.label,
            Meaning.GRADE: lists.grades.label,
            Meaning.SPECIALTY: lists.specialties.label,
            Meaning.ORGANISATION: lists.organisations.name,
        }
        return told[meaning](id)

    def choices(self, meaning: Meaning) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """All of a list: id, name, and what else it is called."""
        return tuple((each.key, each.name, tuple(each.also)) for each in self._entries[meaning])

    def options(self, meaning: Meaning) -> tuple[str, ...]:
        """Everything that an answer may be called, the longest first: an option may have a comma in it."""
        spoken = {name for entry in self._entries[meaning] for name in (entry.name, *entry.also)}
        return tuple(sorted(spoken, key=lambda each: (-len(each), each)))

    @cached_property
    def _entries(self) -> Mapping[Meaning, _Entries]:
        lists = self.reference
        places = lists.organisations
        sites = tuple(Named(each.id, each.name, each.also_written) for each in places.sites.values())
        terms = lists.vocabulary.terms.values()
        return {
            Meaning.CHARACTERISTICS: tuple(
                Named(each.id, each.label, (*each.synonyms, *each.abbreviations)) for each in terms
            ),
            Meaning.GRADE: tuple(
                Named(each.id, each.label, (each.short, *each.also_written)) for each in lists.grades.all
            ),
            Meaning.SPECIALTY: tuple(
                Named(each.id, each.label, each.also_written) for each in lists.specialties.all
            ),
            Meaning.ORGANISATION: tuple(Named(each.id, each.name, each.also_written) for each in places.all)
            + sites,
        }

    @cached_property
    def _exact(self) -> Mapping[Meaning, Mapping[str, frozenset[str]]]:
        return {meaning: _by_name(entries) for meaning, entries in self._entries.items()}

    @cached_property
    def _names(self) -> Mapping[Meaning, Mapping[str, tuple[str, ...]]]:
        return {meaning: _by_spelling(entries) for meaning, entries in self._entries.items()}


def _by_name(entries: Iterable[Named[str]]) -> Mapping[str, frozenset[str]]:
    """A thing's own name goes before what else it is called."""
    own: dict[str, set[str]] = {}
    also: dict[str, set[str]] = {}
    for entry in entries:
        own.setdefault(fold_name(entry.name), set()).add(entry.key)
        for name in entry.also:
            also.setdefault(fold_name(name), set()).add(entry.key)
    return {name: frozenset(own.get(name) or also[name]) for name in {*own, *also}}


def _by_spelling(entries: Iterable[Named[str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        for name in map(_plain, (entry.name, *entry.also)):
            if len(name) < SHORTEST:
                continue
            found[name] = (*found.get(name, ()), entry.key)
    return found


def _plain(text: str) -> str:
    return one_line(text).casefold()
