"""Whom a letter asks to keep away: workplaces, specialties and people, in the sentences that turn somebody away."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from peermatch.matching.suggesting.cues import Cues, strings
from peermatch.matching.suggesting.patterns import Phrases
from peermatch.matching.suggesting.places import Places
from peermatch.matching.suggesting.reading import Reading
from peermatch.matching.suggesting.training import Training
from peermatch.matching.suggesting.words import Word

_LONGEST = 28
_NO = frozenset({"no", "not"})
_PEOPLE = ("ists", "ians", "eons", "gps")
_TITLED = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Sister)\b\.?\s+(?:[A-Z][\w'’\-]+|[A-Z]\.)(?:\s+[A-Z][\w'’\-]+){0,3}"
)
_NAMED = re.compile(r"\b(?:not|except|avoid|but)\s+((?:[A-Z][\w'’\-]+)(?:\s+[A-Z][\w'’\-]+){1,2})")

_Named: TypeAlias = tuple[int, tuple[str, ...]]
"""Where something is named, and what it stands for."""


@dataclass(frozen=True, slots=True)
class KeptAway:
    """Whom the writer must not be introduced to, and the words of the letter that say so."""

    organisations: tuple[str, ...]
    specialties: tuple[str, ...]
    people: tuple[str, ...]
    unwanted: frozenset[int]


class Exclusions:
    """Finds the sentences that turn somebody away, and who it is."""

    def __init__(self, places: Places, training: Training, cues: Cues) -> None:
        data = cues.tables["stated"]
        self._places = places
        self._training = training
        self._away = _phrases(strings(data, "exclusions", "turned_away"), cues)
        self._tells = _phrases(strings(data, "exclusions", "tells"), cues)
        self._until = _phrases(strings(data, "exclusions", "until"), cues)
        own = strings(data, "exclusions", "own_place") + strings(data, "exclusions", "own_department")
        self._own_place = _phrases(own, cues)

    def read(self, reading: Reading) -> KeptAway:
        """All that a letter asks to keep away; a site is given as its trust."""
        words = reading.words
        places = self._places.find(words)
        named = self._training.specialties_in(words)
        spans = self._spans(words) + self._named_at_once(words, places, named)
        turned = frozenset(at for span in spans for at in span)
        away = [ids for at, ids in places if at in turned]
        away += self._own(words, turned, places)
        specialties = [(at, ids) for at, ids in named if at in turned]
        people = _people(reading, spans, {words[at].start for at, _ in places})
        marked = {at for at, _ in places if at in turned} | {at for at, _ in specialties}
        unwanted = frozenset(at for span in spans if not marked.isdisjoint(span) for at in span)
        return KeptAway(_flat(away), _flat([ids for _, ids in specialties]), people, unwanted)

    def _spans(self, words: Sequence[Word]) -> list[range]:
        telling = {at for each in self._tells.find(words) for at in range(each.first, each.last + 1)}
        stops = {each.first for each in self._until.find(words)}
        spans = []
        for each in self._away.find(words):
            if telling.isdisjoint(range(each.first, each.last + 1)):
                spans.append(range(each.first, _end(words, each.first, each.last, stops)))
        return spans

    def _named_at_once(
        self, words: Sequence[Word], places: Sequence[_Named], specialties: Sequence[_Named]
    ) -> list[range]:
        """What stands right behind "no" or "not": "not Chester", "no urologists", "not of neurosurgery"."""
        telling = {at for each in self._tells.find(words) for at in range(each.first, each.last + 1)}
        people = [at for at, _ in specialties if _is_people(words, at)]
        behind = [at - 1 for at in (*people, *(at for at, _ in places)) if at and words[at - 1].plain in _NO]
        behind += [
            at - 2
            for at, _ in specialties
            if [each.plain for each in words[max(0, at - 2) : at]] == ["not", "of"]
        ]
        return [range(at, _end(words, at, at, set())) for at in sorted(set(behind) - telling)]

    def _own(
        self, words: Sequence[Word], turned: frozenset[int], places: Sequence[_Named]
    ) -> list[tuple[str, ...]]:
        """What "nobody from my own trust" means: the first single workplace that the letter names elsewhere."""
        if not any(each.first in turned for each in self._own_place.find(words)):
            return []
        own: list[tuple[str, ...]] = [ids for at, ids in places if at not in turned and len(ids) == 1]
        return own[:1]


def _end(words: Sequence[Word], first: int, last: int, stops: set[int]) -> int:
    """Where a sentence stops turning away: at its end, at "because", or where nobody would still mean the same."""
    end = last + 1
    sentence = words[first].sentence
    while (
        end < len(words) and end not in stops and end - first < _LONGEST and words[end].sentence == sentence
    ):
        end += 1
    return end


def _is_people(words: Sequence[Word], at: int) -> bool:
    """Whether those who work in a specialty are named, and not the specialty: "no surgery" is no wish."""
    near = (word for word in words[at : at + 2] if word.clause == words[at].clause)
    return any(word.plain.endswith(_PEOPLE) for word in near)


def _people(reading: Reading, spans: Sequence[range], places: set[int]) -> tuple[str, ...]:
    text = reading.letter.text
    found: list[str] = []
    for span in spans:
        start, end = reading.words[span[0]].start, reading.words[span[-1]].end
        found += [" ".join(each.group().split()) for each in _TITLED.finditer(text, start, end)]
        for each in _NAMED.finditer(text, start, end):
            if each.start(1) not in places and not _TITLED.match(each.group(1)):
                found.append(" ".join(each.group(1).split()))
    return tuple(dict.fromkeys(found))


def _flat(lists: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for ids in lists for id in ids))


def _phrases(texts: Sequence[str], cues: Cues) -> Phrases[bool]:
    return Phrases(((text, True) for text in texts), cues.language, loose=True)
