"""Trusts, employers, training sites and towns: what belongs together, and how far apart two places are."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from peermatch.errors import Fault
from peermatch.model.rows import Document, Row, by_id
from peermatch.model.text import fold_place

EARTH_RADIUS_KM = 6371.0088
"""The mean radius of the earth (matching, rules)."""

Position: TypeAlias = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the training region; ``whole`` marks the one that stands for all of it."""

    id: str
    label: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """A trust, employer or kind of workplace; a closed one stays, so that an old exclusion still counts."""

    id: str
    name: str
    kind: str
    region: str
    status: str
    successors: tuple[str, ...]
    town: str
    postcode: str
    latitude: float | None
    longitude: float | None
    also_written: tuple[str, ...]
    weak_cues: tuple[str, ...]
    ods_code: str
    note: str
    source: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Site:
    """A hospital or clinic of an organisation."""

    id: str
    name: str
    organisation: str
    town: str
    postcode: str
    latitude: float | None
    longitude: float | None
    also_written: tuple[str, ...]
    weak_cues: tuple[str, ...]
    ods_code: str
    note: str
    source: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Town:
    """A further town with the place of its centre, for people who name no organisation."""

    id: str
    name: str
    latitude: float
    longitude: float
    also_written: tuple[str, ...]


class Organisations:
    """All organisations, sites and towns; it never changes."""

    __slots__ = (
        "_families",
        "_positions",
        "_spelt",
        "_towns",
        "known_towns",
        "organisations",
        "regions",
        "sites",
        "towns",
    )

    def __init__(
        self,
        regions: Mapping[str, Region],
        organisations: Mapping[str, Organisation],
        sites: Mapping[str, Site],
        towns: Mapping[str, Town],
    ) -> None:
        self.regions = MappingProxyType(dict(regions))
        self.organisations = MappingProxyType(dict(organisations))
        self.sites = MappingProxyType(dict(sites))
        self.towns = tuple(towns.values())
        places: tuple[Organisation | Site, ...] = (*organisations.values(), *sites.values())
        self._families = {each.id: _family(self.trust_of(each.id), organisations) for each in places}
        self._positions = {each.id: at for each in places if (at := _at(each)) is not None}
        self._towns = _town_positions(places, towns.values())
        names = {fold_place(each.town): each.town for each in places} | {
            fold_place(t.name): t.name for t in towns.values()
        }
        self._spelt = {folded: name for folded, name in names.items() if folded}
        self.known_towns = tuple(sorted(name for folded, name in names.items() if folded in self._towns))

    @classmethod
    def parse(cls, text: str) -> "Organisations":
        """The organisations from the text of ``organisations.toml``; every fault is listed."""
        document = Document(text, "organisations")
        faults = document.faults
        regions = by_id(map(_region, document.rows("region")), "region", faults)
        organisations = by_id(map(organisation_of, document.rows("organisation")), "organisation", faults)
        sites = by_id(map(site_of, document.rows("site")), "site", faults)
        towns = by_id(map(_town, document.rows("town")), "town", faults)
        for each in organisations.values():
            wrong = [id for id in each.successors if id not in organisations]
            wrong += [id for id in (each.region,) if id not in regions]
            faults += [Fault(each.id, f"{id} is not known") for id in wrong]
        for site in sites.values():
            if site.organisation not in organisations:
                faults.append(Fault(site.id, f"{site.organisation} is not known"))
            if site.id in organisations:
                faults.append(Fault(site.id, "this id is an organisation and a site"))
        document.finish()
        return cls(regions, organisations, sites, towns)

    @property
    def all(self) -> tuple[Organisation, ...]:
        """Every organisation in the order of the file."""
        return tuple(self.organisations.values())

    def knows(self, id: str) -> bool:
        """Whether this is the id of an organisation or a site."""
        return id in self.organisations or id in self.sites

    def name(self, id: str) -> str:
        """The words for a reader; the id itself when it is not known."""
        found = self.organisations.get(id) or self.sites.get(id)
        return found.name if found else id

    def trust_of(self, id: str) -> str:
        """The organisation that a site belongs to; an organisation is its own."""
        return self.sites[id].organisation if id in self.sites else id

    def family(self, id: str) -> frozenset[str]:
        """The organisation (a site first becoming its organisation) and all its successors, step by step."""
        return self._families.get(id) or frozenset({id})

    def at_one(self, a: str, b: str) -> bool:
        """Whether two organisations or sites count as one, as a closed trust and the one it went into do."""
        return not self.family(a).isdisjoint(self.family(b))

    def county(self, id: str) -> str | None:
        """The part of the region where it lies; nothing for one that serves the whole region."""
        found = self.organisations.get(self.trust_of(id))
        region = self.regions[found.region] if found else None
        return region.label if region and not region.whole else None

    def town(self, id: str) -> str | None:
        """The town of an organisation or site, if it has one."""
        found = self.sites.get(id) or self.organisations.get(id)
        return (found.town or None) if found else None

    def position(self, organisation: str | None, place: str | None) -> Position | None:
        """Where somebody is: at the organisation or site, else in the town they name, else in its town.

        A town lies at the mean of the organisations and sites in it that have a place of their own; a town
        without any, and another way to write one, is looked up under ``[[town]]`` in ``organisations.toml``.
        """
        if organisation is not None and organisation in self._positions:
            return self._positions[organisation]
        named = self._towns.get(fold_place(place or ""))
        if named is not None or organisation is None:
            return named
        return self._towns.get(fold_place(self.town(organisation) or ""))

    def spelling(self, place: str) -> str:
        """A town as it is written here, so that ``St. Helens`` and ``Saint Helens`` are one; others as they stand."""
        return self._spelt.get(fold_place(place), place)


def distance_km(a: Position, b: Position) -> float:
    """The great-circle distance between two places (haversine, which stays exact for near ones)."""
    latitude_a, longitude_a, latitude_b, longitude_b = map(math.radians, (*a, *b))
    chord = (
        math.sin((latitude_b - latitude_a) / 2) ** 2
        + math.cos(latitude_a) * math.cos(latitude_b) * math.sin((longitude_b - longitude_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def _family(id: str, organisations: Mapping[str, Organisation]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [id]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting.extend(organisations[each].successors)
    return frozenset(found)


def _at(place: Organisation | Site) -> Position | None:
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def _town_positions(places: Iterable[Organisation | Site], towns: Iterable[Town]) -> dict[str, Position]:
    gathered: dict[str, list[Position]] = {}
    for place in places:
        at = _at(place)
        if at is not None:
            gathered.setdefault(fold_place(place.town), []).append(at)
    found = {
        name: (math.fsum(each[0] for each in at) / len(at), math.fsum(each[1] for each in at) / len(at))
        for name, at in gathered.items()
    }
    for town in towns:
        at_town = found.setdefault(fold_place(town.name), (town.latitude, town.longitude))
        for name in town.also_written:
            found.setdefault(fold_place(name), at_town)
    return found


def _region(row: Row) -> Region:
    return Region(row.required("id"), row.required("label"), row.flag("whole"))


def _coordinates(row: Row) -> tuple[float | None, float | None]:
    latitude, longitude = row.number("latitude"), row.number("longitude")
    if (latitude is None) != (longitude is None):
        row.fault("latitude", "latitude and longitude go together")
    if latitude is not None and not -90 <= latitude <= 90:
        row.fault("latitude", "this is no latitude")
    if longitude is not None and not -180 <= longitude <= 180:
        row.fault("longitude", "this is no longitude")
    return latitude, longitude


def organisation_of(row: Row) -> Organisation:
    """An organisation from a row with the fields of the file."""
    latitude, longitude = _coordinates(row)
    return Organisation(
        id=row.required("id"),
        name=row.required("name"),
        kind=row.required("kind"),
        region=row.required("region"),
        status=row.required("status"),
        successors=row.texts("successors"),
        town=row.text("town"),
        postcode=row.text("postcode"),
        latitude=latitude,
        longitude=longitude,
        also_written=row.texts("also_written"),
        weak_cues=row.texts("weak_cues"),
        ods_code=row.text("ods_code"),
        note=row.text("note"),
        source=row.texts("source"),
        verified=row.flag("verified"),
    )


def site_of(row: Row) -> Site:
    """A site from a row with the fields of the file."""
    latitude, longitude = _coordinates(row)
    return Site(
        id=row.required("id"),
        name=row.required("name"),
        organisation=row.required("organisation"),
        town=row.text("town"),
        postcode=row.text("postcode"),
        latitude=latitude,
        longitude=longitude,
        also_written=row.texts("also_written"),
        weak_cues=row.texts("weak_cues"),
        ods_code=row.text("ods_code"),
        note=row.text("note"),
        source=row.texts("source"),
        verified=row.flag("verified"),
    )


def _town(row: Row) -> Town:
    latitude, longitude = _coordinates(row)
    if latitude is None or longitude is None:
        row.fault("latitude", "a town needs latitude and longitude")
    return Town(
        row.required("id"), row.required("name"), latitude or 0.0, longitude or 0.0, row.texts("also_written")
    )
