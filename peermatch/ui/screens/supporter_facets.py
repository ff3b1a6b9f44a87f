"""Which supporters the list shows: a state, a topic, a specialty, a place, a part of a name; all as plain values."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from peermatch.model.consent import Purpose, Standing
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.finding import Option, fold
from peermatch.ui.screens.supporter_words import Presence, about, presence, where
from peermatch.ui.widgets.queue_list import QueueRow

MATCHABLE, NEVER, TOPIC, SPECIALTY, PLACE = "matchable", "never_asked", "topic", "specialty", "place"
WAITING = "waiting"
WAITING_PLACE = "waiting"
"""The list narrowed to volunteers who wait for their checks, as a place to go to."""
TOPIC_PLACE = "topic:"
"""Before the id of a topic: the list narrowed to those who can be found by it, as a place to go to."""
NEVER_ASKED_PLACE = "never-asked"
"""The list narrowed to those who could be asked and never were, as a place to go to."""


@dataclass(frozen=True, slots=True)
class Facets:
    """What was chosen; an empty text chooses everybody."""

    matchable: bool = False
    never_asked: bool = False
    waiting: bool = False
    topic: str = ""
    specialty: str = ""
    place: str = ""
    name: str = ""

    @property
    def any(self) -> bool:
        """Whether the list is narrowed at all."""
        return self != Facets()


@dataclass(frozen=True, slots=True)
class Seen:
    """One supporter with how they stand on the day, and the topics that a list may say they are found by."""

    person: Supporter
    presence: Presence
    topics: tuple[str, ...] = ()
    never_asked: bool = False


def everybody(snapshot: Snapshot, on: date) -> tuple[Seen, ...]:
    """All supporters by name."""
    people = sorted(snapshot.supporters.values(), key=_by_name)
    return tuple(_seen(snapshot, person, on) for person in people)


def _seen(snapshot: Snapshot, person: Supporter, on: date) -> Seen:
    how = presence(snapshot, person, on)
    never = how.matchable and not snapshot.introductions_with(person.id)
    return Seen(person, how, _shown_topics(snapshot, person, on), never)


def _by_name(person: Supporter) -> tuple[str, str]:
    return fold(person.name), person.id


def chosen(seen: Iterable[Seen], facets: Facets, snapshot: Snapshot) -> tuple[Seen, ...]:
    """Those who fit every facet."""
    return tuple(each for each in seen if _fits(each, facets, snapshot))


def _fits(seen: Seen, facets: Facets, snapshot: Snapshot) -> bool:
    person, vocabulary = seen.person, snapshot.reference.vocabulary
    if facets.matchable and not seen.presence.matchable:
        return False
    if (facets.never_asked and not seen.never_asked) or (facets.waiting and not waits(person)):
        return False
    if facets.topic and not any(vocabulary.meets(c, facets.topic) for c in seen.topics):
        return False
    if facets.specialty and person.specialty != facets.specialty:
        return False
    if facets.place and where(snapshot.reference, person) != facets.place:
        return False
    wanted = fold(facets.name)
    return not wanted or wanted in fold(f"{person.name} {person.known_as or ''} {person.id}")


def waits(person: Supporter) -> bool:
    """Whether somebody is on the way in."""
    return person.status in (SupporterStatus.APPLIED, SupporterStatus.CHECKED)


def row(seen: Seen, snapshot: Snapshot) -> QueueRow:
    """One line of the list."""
    return QueueRow(
        key=seen.person.id,
        title=seen.person.name,
        summary=about(snapshot.reference, seen.person),
        chip=seen.presence.text,
        chip_kind=seen.presence.kind,
        covered=True,
    )


def topics_held(seen: Sequence[Seen], snapshot: Snapshot) -> tuple[Option, ...]:
    """The topics that these can be found by, and the headings above them."""
    vocabulary = snapshot.reference.vocabulary
    held: Counter[str] = Counter()
    for each in seen:
        held.update({above for c in each.topics for above in (c, *vocabulary.broader(c))})
    named = {id: vocabulary.terms.get(id) for id in held}
    return tuple(
        Option(id, vocabulary.label(id), (*term.abbreviations, *term.synonyms) if term else (), str(held[id]))
        for id, term in sorted(named.items())
    )


def specialties_held(seen: Sequence[Seen], snapshot: Snapshot) -> tuple[Option, ...]:
    """The specialties of these."""
    lists = snapshot.reference.specialties
    held = Counter(each.person.specialty for each in seen if each.person.specialty)
    also = {each.id: each.also_written for each in lists.all}
    return tuple(Option(id, lists.label(id), also.get(id, ()), str(held[id])) for id in sorted(held))


def places_held(seen: Sequence[Seen], snapshot: Snapshot) -> tuple[Option, ...]:
    """The towns of these."""
    towns = Counter(where(snapshot.reference, each.person) for each in seen)
    return tuple(Option(town, town, (), str(towns[town])) for town in sorted(towns.keys() - {""}))


def _shown_topics(snapshot: Snapshot, person: Supporter, on: date) -> tuple[str, ...]:
    """What a list may say that somebody can be found by: what they took back counts as unknown."""
    if not any(record.withdrawn for record in person.consents):
        return person.characteristics
    gate = snapshot.gate(person, on)
    if gate.ruling(Purpose.HOLD).standing is Standing.WITHDRAWN:
        return ()
    return tuple(
        c for c in person.characteristics if gate.ruling(Purpose.MATCH, c).standing is not Standing.WITHDRAWN
    )
