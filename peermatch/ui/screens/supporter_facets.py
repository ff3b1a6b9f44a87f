"""Which supporters the list shows: a state, a topic, a specialty, a place, a part of a name; all as plain values."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from peermatch.model.people import SupporterStatus
from peermatch.model.roll import Roll
from peermatch.services.listing import Listing
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.finding import Option
from peermatch.ui.screens.supporter_words import about, presence
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


def chosen(listing: Listing, facets: Facets) -> Sequence[int]:
    """The numbers of those who fit every facet, by name; who is called so is looked for last."""
    roll = listing.roll
    found = roll.order
    for true_of in (listing.able,) * facets.matchable + (listing.fresh,) * facets.never_asked:
        found = [number for number in found if true_of[number]]
    if facets.waiting:
        found = [number for number in found if roll.status(number) in ON_THE_WAY]
    if facets.topic:
        holding = listing.found_by(facets.topic)
        found = [number for number in found if number in holding]
    if facets.specialty:
        specialties = roll.said("specialty")
        found = [number for number in found if specialties[number] == facets.specialty]
    if facets.place:
        towns = _Towns(listing)
        found = [number for number in found if towns.of(number) == facets.place]
    return roll.called(facets.name, found)


ON_THE_WAY = (SupporterStatus.APPLIED, SupporterStatus.CHECKED)


def waiting(roll: Roll) -> int:
    """How many are on the way in."""
    return roll.count(*ON_THE_WAY)


class Narrowing:
    """The list as somebody types a name: each key looks through those alone whom the last one left."""

    def __init__(self) -> None:
        self._of: tuple[Listing, Facets] | None = None
        self._all: Sequence[int] = ()
        self._left: Sequence[int] = ()
        self._typed = ""

    def narrowed(self, listing: Listing, facets: Facets) -> Sequence[int]:
        """Whom the facets choose, and who is called as was typed."""
        plain, typed = replace(facets, name=""), facets.name
        if self._of is None or self._of[0] is not listing or self._of[1] != plain:
            self._of, self._all, self._typed = (listing, plain), chosen(listing, plain), ""
        among = self._left if self._typed and typed.startswith(self._typed) else self._all
        self._typed, self._left = typed, listing.roll.called(typed, among)
        return self._left


def row(snapshot: Snapshot, supporter: str, on: date) -> QueueRow:
    """One line of the list."""
    person = snapshot.supporters[supporter]
    how = presence(snapshot, person, on)
    return QueueRow(
        key=person.id,
        title=person.name,
        summary=about(snapshot.reference, person),
        chip=how.text,
        chip_kind=how.kind,
        covered=True,
    )


def topics_held(listing: Listing, numbers: Sequence[int]) -> tuple[Option, ...]:
    """The topics that these can be found by, and the headings above them."""
    vocabulary = listing.snapshot.reference.vocabulary
    held = listing.topics(numbers)
    named = {id: vocabulary.terms.get(id) for id in held}
    return tuple(
        Option(id, vocabulary.label(id), (*term.abbreviations, *term.synonyms) if term else (), str(held[id]))
        for id, term in sorted(named.items())
    )


def specialties_held(listing: Listing, numbers: Sequence[int]) -> tuple[Option, ...]:
    """The specialties of these."""
    lists = listing.snapshot.reference.specialties
    held = {id: many for id, many in listing.said("specialty", numbers).items() if id}
    also = {each.id: each.also_written for each in lists.all}
    return tuple(Option(id, lists.label(id), also.get(id, ()), str(held[id])) for id in sorted(held))


def places_held(listing: Listing, numbers: Sequence[int]) -> tuple[Option, ...]:
    """The towns of these."""
    towns = Counter(map(_Towns(listing).of, numbers))
    return tuple(Option(town, town, (), str(towns[town])) for town in sorted(towns.keys() - {""}))


class _Towns:
    """The town of each line, stated or of the organisation."""

    def __init__(self, listing: Listing) -> None:
        organisations = listing.snapshot.reference.organisations
        self._stated, self._at = listing.roll.said("place"), listing.roll.said("organisation")
        self._towns = {id: organisations.town(id) or "" if id else "" for id in set(self._at)}
        self._spelt = {town: organisations.spelling(town) for town in set(self._stated) if town}

    def of(self, number: int) -> str:
        stated = self._stated[number]
        return self._spelt[stated] if stated else self._towns[self._at[number]]
