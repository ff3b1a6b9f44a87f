"""The network's own organisations and sites: added, renamed, merged and closed; what that changes is told before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from peermatch.errors import BadInput, Fault, Refused
from peermatch.matching.roster import at_places
from peermatch.model.changes import Done, Touched
from peermatch.model.organisations import Organisation, Organisations, Site
from peermatch.model.own_places import (
    CLOSED,
    OwnPlace,
    blank_organisation,
    blank_site,
    extended,
    leads_back,
    merged,
    place_faults,
    renamed,
)
from peermatch.model.own_terms import free_id
from peermatch.model.text import one_line
from peermatch.services.desk import Desk
from peermatch.services.effects import Effect, effects
from peermatch.store import own_lists
from peermatch.words import tr

NOT_KEPT = tr("The organisation was not kept.")
FARTHEST_YEAR = 3


@dataclass(frozen=True, slots=True)
class Known:
    """One organisation or site as the page shows it."""

    place: Organisation | Site
    own: bool
    changed: bool
    closed: date | None
    into: tuple[str, ...]
    sites: tuple[Site, ...] = ()
    people: int = 0
    closed_sites: Mapping[str, date] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether it was not closed, here or in the list that ships with the program."""
        return self.closed is None and not (
            isinstance(self.place, Organisation) and self.place.status == CLOSED
        )


class OwnOrganisations:
    """What the lead keeps when trusts open, merge, change their names or close."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def lists(self) -> Organisations:
        """All of them as they stand now."""
        return self._desk.snapshot.reference.organisations

    def every(self) -> tuple[Known, ...]:
        """All organisations with their sites, by name; those that were closed come last."""
        with self._desk.store.read() as tx:
            own = {each.id: each for each in own_lists.places(tx)}
        people = self._people()
        found = [self._known(each, own, people) for each in self.lists.all]
        return tuple(sorted(found, key=lambda k: (not k.is_open, k.place.name.casefold(), k.place.id)))

    def _people(self) -> dict[str, int]:
        """How many supporters work at each organisation, its sites included."""
        counted: dict[str, int] = {}
        for place, people in at_places(self._desk.snapshot.register).items():
            trust = self.lists.trust_of(place)
            counted[trust] = counted.get(trust, 0) + people
        return counted

    def _known(self, place: Organisation, own: dict[str, OwnPlace], people: dict[str, int]) -> Known:
        mine, shipped = own.get(place.id), self._desk.shipped.reference.organisations
        sites = tuple(each for each in self.lists.sites.values() if each.organisation == place.id)
        known = place.id in shipped.organisations
        closed = {each.id: own[each.id].closed for each in sites if each.id in own}
        return Known(
            place=place,
            own=not known,
            changed=known and (mine is not None or bool(closed)),
            closed=mine.closed if mine else None,
            into=tuple(self.lists.name(each) for each in place.successors),
            sites=sites,
            people=people.get(place.id, 0),
            closed_sites={id: day for id, day in closed.items() if day is not None},
        )

    def organisation(self, name: str, kind: str, region: str, town: str) -> OwnPlace:
        """A new organisation, as it would be kept."""
        clean = one_line(name)
        id = free_id(clean, self.lists.knows)
        return OwnPlace(blank_organisation(id, clean, kind or "acute", region, one_line(town)))

    def site(self, name: str, organisation: str, town: str) -> OwnPlace:
        """A new site of an organisation, as it would be kept."""
        clean = one_line(name)
        return OwnPlace(blank_site(free_id(clean, self.lists.knows), clean, organisation, one_line(town)))

    def renamed(self, id: str, name: str) -> OwnPlace:
        """One under its new name, as it would be kept; it is found by the old one as well."""
        return self._over(id, renamed(self._place(id), one_line(name)))

    def merged(self, id: str, into: str, day: date) -> OwnPlace:
        """An organisation that goes into another from a day, as it would be kept."""
        place = self._place(id)
        if isinstance(place, Site):
            raise BadInput(NOT_KEPT, tr("A site belongs to its organisation: merge that."))
        return merged(place, into, day)

    def closing(self, id: str, day: date) -> OwnPlace:
        """One that closes on a day and goes into no other, as it would be kept."""
        place = self._place(id)
        return OwnPlace(place if isinstance(place, Site) else replace(place, status=CLOSED), day)

    def faults(self, draft: OwnPlace, on: date) -> tuple[Fault, ...]:
        """Everything wrong with a draft, each under its field."""
        found = (*place_faults(draft.place, self.lists), *self._merge_faults(draft), *_day_faults(draft, on))
        if found:
            return found
        try:
            self._with(draft)
        except BadInput as error:
            return tuple(Fault(each.place.rpartition(".")[2], each.text) for each in error.faults)
        return ()

    def _merge_faults(self, draft: OwnPlace) -> Iterator[Fault]:
        if isinstance(draft.place, Site):
            return
        for into in draft.place.successors:
            if into == draft.id:
                yield Fault("into", tr("It cannot go into itself."))
            elif into not in self.lists.organisations:
                yield Fault("into", tr("Choose the organisation that it goes into."))
            elif leads_back(self.lists, draft.id, into):
                yield Fault(
                    "into", tr("{name} has itself gone into this one.").format(name=self.lists.name(into))
                )

    def effects(self, draft: OwnPlace, on: date) -> tuple[Effect, ...]:
        """What keeping a draft would change in today's shortlists: whom an exclusion reaches, and how far away."""
        self._refuse(draft, on)
        picture = self._desk.snapshot
        return effects(picture, replace(picture.reference, organisations=self._with(draft)), on)

    def add(self, draft: OwnPlace, on: date) -> Done:
        """A new one."""
        return self._keep("organisation-add", draft, on, tr("{name} is added.").format(name=draft.place.name))

    def rename(self, draft: OwnPlace, on: date) -> Done:
        """Another name, for everybody who works there and for every exclusion."""
        if draft.place == self._place(draft.id):
            raise Refused(tr("Nothing was changed."), tr("Write another name first, or press Cancel."))
        return self._keep(
            "organisation-change",
            draft,
            on,
            tr("It is called {name} from now on.").format(name=draft.place.name),
        )

    def merge(self, draft: OwnPlace, on: date) -> Done:
        """One goes into another: from now on people at both count as being at one place."""
        into = draft.place.successors[-1] if isinstance(draft.place, Organisation) else ""
        said = tr("{name} goes into {name_2}. Wishes to keep away reach both.").format(
            name=draft.place.name, name_2=self.lists.name(into)
        )
        return self._keep("organisation-merge", draft, on, said)

    def close(self, draft: OwnPlace, on: date) -> Done:
        """It is closed; what was noted about it stays."""
        return self._keep(
            "organisation-close", draft, on, tr("{name} is closed.").format(name=draft.place.name)
        )

    def _keep(self, action: str, draft: OwnPlace, on: date, said: str) -> Done:
        self._refuse(draft, on)
        with self._desk.command(action, draft.id) as tx:
            own_lists.put_place(tx, draft)
        return self._desk.done(tx, Touched(network=True), said)

    def _refuse(self, draft: OwnPlace, on: date) -> None:
        if faults := self.faults(draft, on):
            raise BadInput(NOT_KEPT, tr("Please correct what is marked."), faults)

    def _place(self, id: str) -> Organisation | Site:
        place = self.lists.organisations.get(id) or self.lists.sites.get(id)
        if place is None:
            raise BadInput(
                tr("This organisation is not on the list any more."), tr("Look at the list again.")
            )
        return place

    def _over(self, id: str, place: Organisation | Site) -> OwnPlace:
        """Another word over a place; the day on which it closed stays."""
        with self._desk.store.read() as tx:
            mine = next((each for each in own_lists.places(tx) if each.id == id), None)
        return OwnPlace(place, mine.closed if mine else None)

    def _with(self, draft: OwnPlace) -> Organisations:
        return extended(self.lists, (draft,))


def _day_faults(draft: OwnPlace, on: date) -> Iterator[Fault]:
    if draft.closed is not None and draft.closed.year > on.year + FARTHEST_YEAR:
        yield Fault("day", tr("This day is too far away. Note it once it is known."))
