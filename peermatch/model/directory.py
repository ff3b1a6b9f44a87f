"""The directory page as values: who stands on it and how, its links, where it was put, and what it says too much."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from peermatch.model.characteristics import Term, Vocabulary
from peermatch.model.consent import ConsentGate, Purpose
from peermatch.model.disclosure import Figure
from peermatch.model.insight_report import Line, Report
from peermatch.model.insight_sharing import HEADINGS, TOPICS
from peermatch.model.listing import Entry, Link, may_be_listed, taken_back
from peermatch.model.people import Supporter, SupporterStatus, first_name, surname
from peermatch.model.text import one_line

LONGEST_PLACE = 120
_LONGEST_PHRASE = 6
_WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")


class Kind(StrEnum):
    """Which page: the one for everybody names nobody, the one for members names those who agreed to be listed."""

    MEMBERS = "members"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on the page: exactly what it says of them, and nothing else that is known."""

    supporter: str
    name: str
    words: str
    topics: tuple[str, ...]

    def goes_beyond(self, now: "Listed | None") -> bool:
        """Whether it says what may not be said any more, or says it under another name or in other words."""
        if now is None or not set(self.topics) <= set(now.topics):
            return True
        return (self.name, self.words) != (now.name, now.words)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page is put, and which page stands there, by its number; None where it was taken down."""

    id: int
    name: str
    page: int | None
    since: date


@dataclass(frozen=True, slots=True)
class Draft:
    """A page as it would leave: which one, on which day, with which figures, people and links."""

    kind: Kind
    made: date
    figures: Report
    people: tuple[Listed, ...]
    links: tuple[Link, ...]
    fresh: bool
    hidden: frozenset[str] = frozenset()
    """Topics and headings whose number is left out, for with the names that are given it would tell too much."""

    @property
    def stem(self) -> str:
        """How its files are named."""
        return f"directory-{self.kind.value}-{self.made.isoformat()}"


@dataclass(frozen=True, slots=True)
class Left:
    """A page that left; who was erased since stands on it as nobody."""

    id: int
    kind: Kind
    made: date
    figures: Report
    people: tuple[Listed, ...]
    erased: int = 0


@dataclass(frozen=True, slots=True)
class TooMuch:
    """A page that must be replaced: at these places, for these people, and for so many who were erased."""

    page: Left
    places: tuple[Place, ...]
    people: tuple[str, ...]
    erased: int

    @property
    def count(self) -> int:
        """Of how many people it says too much."""
        return len(self.people) + self.erased


@dataclass(frozen=True, slots=True)
class Difference:
    """What is new against the last page of its kind, by id: who came, who went, of whom it says something else."""

    since: date
    came: tuple[str, ...]
    went: tuple[str, ...]
    other: tuple[str, ...]
    figures: bool
    erased: int = 0

    @property
    def nothing(self) -> bool:
        """Whether both pages say the same."""
        return not (self.came or self.went or self.other or self.figures or self.erased)


def permitted(
    person: Supporter, gate: ConsentGate, entry: Entry | None, vocabulary: Vocabulary
) -> Listed | None:
    """What may stand on the page of somebody today; None for whom nothing may.

    Only what they themselves let be listed is named, word for word; somebody who has not yet said how they wish to
    stand there is called as on a contact card.
    """
    if person.status is not SupporterStatus.ACTIVE or not gate.allows(Purpose.HOLD):
        return None
    topics = tuple(
        each
        for each in dict.fromkeys(person.characteristics)
        if vocabulary.is_term(each) and may_be_listed(gate, each)
    )
    if not topics:
        return None
    if entry is None:
        rest = surname(person.name, person.known_as) if gate.allows(Purpose.CONTACT_NAME) else ""
        return Listed(person.id, one_line(f"{first_name(person.name, person.known_as)} {rest}"), "", topics)
    return Listed(person.id, entry.name, entry.words, topics)


def withdrawn_topics(person: Supporter, gate: ConsentGate) -> frozenset[str]:
    """What they withdrew: their own words may not go on to say it, sensitive or not."""
    topics = {each.characteristic for each in person.consents if each.characteristic}
    return frozenset(each for each in topics if taken_back(gate, each))


class Sensitive:
    """Finds, in somebody's own words, what is sensitive or withdrawn and not among what they let be listed."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._phrases: dict[tuple[str, ...], set[str]] = {}
        self._short: dict[str, set[str]] = {}
        self._sensitive: set[str] = set()
        for term in vocabulary.terms.values():
            self._take(term)
            if term.special_category or term.extra_sensitive or term.criminal_offence_data:
                self._sensitive.add(term.id)

    def unlisted(self, listed: Listed, withdrawn: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """The topics that their words or their name as written speak of and that they did not let be listed."""
        meets = self._vocabulary.meets
        text = f"{listed.name}\n{listed.words}"
        looked_for = self._sensitive | withdrawn
        groups = [found for each in self._spoken(text) if (found := each & looked_for)]
        # One phrase may stand for several topics: it is in order as soon as one of them is.
        bad = [
            group for group in groups if not any(meets(own, each) for own in listed.topics for each in group)
        ]
        return tuple(sorted({min(group) for group in bad}))

    def _take(self, term: Term) -> None:
        for phrase in (term.label, *term.synonyms, *term.misspellings):
            words = tuple(_folded(phrase))
            if words and len(words) <= _LONGEST_PHRASE:
                self._phrases.setdefault(words, set()).add(term.id)
        for short in term.abbreviations:
            self._short.setdefault(short, set()).add(term.id)

    def _spoken(self, text: str) -> Iterable[frozenset[str]]:
        words = _folded(text)
        for start in range(len(words)):
            for length in range(1, _LONGEST_PHRASE + 1):
                found = self._phrases.get(tuple(words[start : start + length]))
                if found and start + length <= len(words):
                    yield frozenset(found)
        for word in _WORD.findall(text):
            if word in self._short:
                yield frozenset(self._short[word])


def _folded(text: str) -> list[str]:
    return [word.casefold().replace("\u2019", "'") for word in _WORD.findall(text)]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A heading (``under`` is None) or a topic under one, and about how many people; None where no number is given."""

    id: str
    label: str
    under: str | None
    people: int | None


def numbered(page: Draft, vocabulary: Vocabulary) -> tuple[Numbered, ...]:
    """The numbers in order: every heading, and under it the topics that have a number."""
    headings, topics = page.figures.sheet(HEADINGS), page.figures.sheet(TOPICS)
    found: list[Numbered] = []
    for heading in headings.lines if headings else ():
        found.append(Numbered(heading.key, heading.label, None, _people(page, heading)))
        for line in topics.lines if topics else ():
            people = _people(page, line)
            if people and vocabulary.group_of(line.key) == heading.key:
                found.append(Numbered(line.key, line.label, heading.key, people))
    return tuple(found)


def _people(page: Draft, line: Line) -> int | None:
    """About how many; None for nobody too, so that nothing tells nobody from a few."""
    cell = line.cells[1]
    return (cell.value or None) if isinstance(cell, Figure) and line.key not in page.hidden else None


def difference(before: Left, now: Draft) -> Difference:
    """What a new page says that the last one of its kind did not, and the other way round."""
    then = {each.supporter: each for each in before.people}
    here = {each.supporter: each for each in now.people}
    return Difference(
        before.made,
        came=tuple(id for id in here if id not in then),
        went=tuple(id for id in then if id not in here),
        other=tuple(id for id in here if id in then and here[id] != then[id]),
        figures=before.figures.sheets != now.figures.sheets,
        erased=before.erased,
    )


def says_too_much(
    pages: Iterable[Left], places: Iterable[Place], now: Mapping[str, Listed]
) -> tuple[TooMuch, ...]:
    """The pages that must be replaced: those that stand somewhere, and the newest one where nobody said where."""
    kept, stood = tuple(pages), tuple(places)
    newest = max((each.id for each in kept if each.kind is Kind.MEMBERS), default=0)
    found = []
    for page in kept:
        where = tuple(each for each in stood if each.page == page.id)
        if not where and (stood or page.id != newest):
            continue
        people = tuple(e.supporter for e in page.people if e.goes_beyond(now.get(e.supporter)))
        if people or page.erased:
            found.append(TooMuch(page, where, people, page.erased))
    return tuple(found)
