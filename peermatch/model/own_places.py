"""Organisations and sites of a network's own, and its own word over shipped ones: one trust goes into another."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from peermatch.errors import BadInput, Fault
from peermatch.model.organisations import Organisation, Organisations, Site, organisation_of, site_of
from peermatch.model.rows import Row

OPEN, CLOSED = "open", "closed"
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """One of them; ``closed`` is the day on which it closed, or went into its successors."""

    place: Organisation | Site
    closed: date | None = None

    @property
    def id(self) -> str:
        """Its id, which never changes."""
        return self.place.id


def blank_organisation(id: str, name: str, kind: str, region: str, town: str = "") -> Organisation:
    """An open organisation with nothing but what everybody knows."""
    return Organisation(
        id=id,
        name=name,
        kind=kind,
        region=region,
        status=OPEN,
        successors=(),
        town=town,
        postcode="",
        latitude=None,
        longitude=None,
        also_written=(),
        weak_cues=(),
        ods_code="",
        note="",
        source=(),
        verified=False,
    )


def blank_site(id: str, name: str, organisation: str, town: str = "") -> Site:
    """A site of an organisation."""
    return Site(
        id=id,
        name=name,
        organisation=organisation,
        town=town,
        postcode="",
        latitude=None,
        longitude=None,
        also_written=(),
        weak_cues=(),
        ods_code="",
        note="",
        source=(),
        verified=False,
    )


def parse_place(body: Mapping[str, Any], closed: date | None = None) -> OwnPlace:
    """From a row with the fields of ``organisations.toml``; every fault is listed."""
    faults: list[Fault] = []
    row = Row(body, "", faults)
    site = "organisation" in body
    row.only(frozenset(each.name for each in fields(Site if site else Organisation)))
    place: Organisation | Site = site_of(row) if site else organisation_of(row)
    if faults:
        named = tuple(Fault(fault.place.removeprefix("."), fault.text) for fault in faults)
        raise BadInput(
            "An organisation of the network's own cannot be used.", "Put right what is listed.", named
        )
    return OwnPlace(place, closed)


def place_to_dict(own: OwnPlace) -> dict[str, Any]:
    """The row: every field that holds something, with those that must be there."""
    must = {"id", "name", "kind", "region", "status", "organisation"}
    values = {each.name: getattr(own.place, each.name) for each in fields(own.place)}
    kept = {
        name: value for name, value in values.items() if name in must or value not in ("", (), None, False)
    }
    return {name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()}


def extended(lists: Organisations, own: Iterable[OwnPlace]) -> Organisations:
    """The organisations with a network's own over them; BadInput where they do not hold together."""
    own = tuple(own)
    if not own:
        return lists
    organisations, sites = dict(lists.organisations), dict(lists.sites)
    for each in own:
        if isinstance(each.place, Site):
            sites[each.id] = each.place
        else:
            organisations[each.id] = each.place
    if faults := tuple(_references(lists, organisations, sites)):
        raise BadInput("The network's own organisations cannot be used.", "Put right what is listed.", faults)
    return Organisations(lists.regions, organisations, sites, {each.id: each for each in lists.towns})


def _references(
    lists: Organisations, organisations: Mapping[str, Organisation], sites: Mapping[str, Site]
) -> Iterator[Fault]:
    for each in organisations.values():
        if each.region not in lists.regions:
            yield Fault(f"{each.id}.region", f"{each.region} is not known")
        for successor in each.successors:
            if successor not in organisations or successor == each.id:
                yield Fault(f"{each.id}.successors", f"{successor} is not another organisation")
    for site in sites.values():
        if site.organisation not in organisations:
            yield Fault(f"{site.id}.organisation", f"{site.organisation} is not known")
        if site.id in organisations:
            yield Fault(f"{site.id}.id", "this id is an organisation and a site")


def place_faults(place: Organisation | Site, lists: Organisations) -> tuple[Fault, ...]:
    """Everything wrong with what was typed, each under its field."""
    return tuple(_faults(place, lists))


def _faults(place: Organisation | Site, lists: Organisations) -> Iterator[Fault]:
    if not place.name:
        yield Fault("name", "Write its name.")
    elif len(place.name) > LONGEST_NAME:
        yield Fault("name", "This name is too long.")
    elif other := _called(place, lists):
        yield Fault("name", f"There is already “{other}”.")
    if isinstance(place, Site):
        if place.organisation not in lists.organisations:
            yield Fault("organisation", "Choose the organisation that it belongs to.")
    elif place.region not in lists.regions:
        yield Fault("region", "Choose the part of the region.")


def _called(place: Organisation | Site, lists: Organisations) -> str:
    """Another of the same name, or written so."""
    wanted = place.name.casefold()
    others: tuple[Organisation | Site, ...] = (*lists.organisations.values(), *lists.sites.values())
    written = ((each.id, each.name, (each.name, *each.also_written)) for each in others)
    return next(
        (
            name
            for id, name, all_of_it in written
            if id != place.id and wanted in map(str.casefold, all_of_it)
        ),
        "",
    )


def merged(place: Organisation, into: str, on: date) -> OwnPlace:
    """A trust that closes on a day and goes into another; an exclusion of it holds for that other one as well."""
    successors = tuple(dict.fromkeys((*place.successors, into)))
    return OwnPlace(replace(place, successors=successors, status=CLOSED), on)


def leads_back(lists: Organisations, start: str, into: str) -> bool:
    """Whether ``into`` has itself gone into ``start``, so that the two would follow each other in a ring."""
    return start in lists.family(into)


def renamed(place: Organisation | Site, name: str) -> Organisation | Site:
    """Under its new name; it is still found by the old one."""
    also = tuple(each for each in dict.fromkeys((*place.also_written, place.name)) if each != name)
    return replace(place, name=name, also_written=also)
