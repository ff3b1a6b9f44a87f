"""Which supporters the list shows: a state, a topic, a specialty, a place, a part of a name; all as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from peermatch.model.people import Supporter
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.finding import Option, fold
from peermatch.ui.screens.supporter_words import Presence, about, presence, where
from peermatch.ui.widgets.queue_list import QueueRow

MATCHABLE, TOPIC, SPECIALTY, PLACE = "matchable", "topic", "specialty", "place"


@dataclass(frozen=True, slots=True)
class Facets:
    """What was chosen; an empty text chooses everybody."""

    matchable: bool = False
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
    """One supporter with how they stand on the day."""

    person: Supporter
    presence: Presence


def everybody(snapshot: Snapshot, on: date) -> tuple[Seen, ...]:
    """All supporters by name."""
    people = sorted(snapshot.supporters.values(), key=_by_name)
    return tuple(Seen(person, presence(snapshot, person, on)) for person in people)


def _by_name(person: Supporter) -> tuple[str, str]:
    return fold(person.name), person.id


def chosen(seen: Iterable[Seen], facets: Facets, snapshot: Snapshot) -> tuple[Seen, ...]:
    """Those who fit every facet."""
    return tuple(each for each in seen if _fits(each, facets, snapshot))


def _fits(seen: Seen, facets: Facets, snapshot: Snapshot) -> bool:
    person, vocabulary = seen.person, snapshot.reference.vocabulary
    if facets.matchable and not seen.presence.matchable:
        return False
    if facets.topic and not any(vocabulary.meets(c, facets.topic) for c in person.characteristics):
        return False
    if facets.specialty and person.specialty != facets.specialty:
        return False
    if facets.place and where(snapshot.reference, person) != facets.place:
        return False
    wanted = fold(facets.name)
    return not wanted or wanted in fold(f"{person.name} {person.known_as or ''} {person.id}")


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


def topics_held(snapshot: Snapshot) -> tuple[Option, ...]:
    """The topics that somebody here has, and the headings above them."""
    vocabulary = snapshot.reference.vocabulary
    held = {c for person in snapshot.supporters.values() for c in person.characteristics}
    held |= {above for c in held for above in vocabulary.broader(c)}
    named = {id: vocabulary.terms.get(id) for id in held}
    return tuple(
        Option(id, vocabulary.label(id), (*term.abbreviations, *term.synonyms) if term else ())
        for id, term in sorted(named.items())
    )


def specialties_held(snapshot: Snapshot) -> tuple[Option, ...]:
    """The specialties of those who are here."""
    lists = snapshot.reference.specialties
    held = sorted({p.specialty for p in snapshot.supporters.values() if p.specialty})
    also = {each.id: each.also_written for each in lists.all}
    return tuple(Option(id, lists.label(id), also.get(id, ())) for id in held)


def places_held(snapshot: Snapshot) -> tuple[Option, ...]:
    """The towns of those who are here."""
    towns = {where(snapshot.reference, person) for person in snapshot.supporters.values()}
    return tuple(Option(town, town) for town in sorted(towns - {""}))
