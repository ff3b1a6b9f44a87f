"""Services that a coordinator can offer before, or beside, an introduction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from peermatch.errors import BadInput, Fault
from peermatch.model.characteristics import Vocabulary
from peermatch.model.rows import Document, Row, by_id


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the country that a service is for, and the larger part that it lies in."""

    id: str
    label: str
    within: str


@dataclass(frozen=True, slots=True)
class Signpost:
    """One service; ``recheck`` asks the lead to confirm it, ``source_date`` tells when it was last seen."""

    id: str
    name: str
    kind: str
    audience: str
    area: str
    order: int
    summary: str
    phone: str
    text: str
    email: str
    url: str
    hours: str
    safe_note: str
    note: str
    urgent: bool
    source: tuple[str, ...]
    source_strength: str
    source_date: str
    recheck: bool
    verified: bool


class Signposts:
    """All services, the most urgent first; it never changes."""

    __slots__ = ("_topics", "areas", "signposts")

    def __init__(
        self,
        areas: Mapping[str, Area],
        signposts: Mapping[str, Signpost],
        topics: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    ) -> None:
        self.areas = MappingProxyType(dict(areas))
        self.signposts = MappingProxyType(
            dict(sorted(signposts.items(), key=lambda pair: (pair[1].order, pair[0])))
        )
        self._topics = topics

    @classmethod
    def parse(cls, text: str) -> "Signposts":
        """The services from the text of ``signposts.toml``; every fault is listed."""
        document = Document(text, "signposts")
        areas = by_id(map(_area, document.rows("area")), "area", document.faults)
        signposts = by_id(map(_signpost, document.rows("signpost")), "signpost", document.faults)
        for area in areas.values():
            if area.within and area.within not in areas:
                document.faults.append(Fault(area.id, f"{area.within} is not known"))
        for each in signposts.values():
            if each.area not in areas:
                document.faults.append(Fault(each.id, f"{each.area} is not known"))
        document.finish()
        return cls(areas, signposts)

    def linked(self, vocabulary: Vocabulary) -> "Signposts":
        """The same services, found by the characteristics that name them."""
        topics = {term.id: term.signposts for term in vocabulary.terms.values() if term.signposts}
        faults = tuple(
            Fault(f"{id}.signposts", f"{each} is not known")
            for id, named in topics.items()
            for each in named
            if each not in self.signposts
        )
        if faults:
            raise BadInput("The list of characteristics cannot be used.", "Put right what is listed.", faults)
        inherited = {id: _with_broader(id, vocabulary, topics) for id in vocabulary.terms}
        return Signposts(self.areas, self.signposts, MappingProxyType(inherited))

    @property
    def all(self) -> tuple[Signpost, ...]:
        """Every service, the most urgent first."""
        return tuple(self.signposts.values())

    @property
    def urgent(self) -> tuple[Signpost, ...]:
        """Help for somebody in danger or crisis now."""
        return tuple(each for each in self.all if each.urgent)

    def for_topics(self, topics: Iterable[str], area: str | None = None) -> tuple[Signpost, ...]:
        """The services that these characteristics, or broader ones, point to; local ones only for that area.

        Without an area every service is given, since nothing is known of where the person lives.
        """
        named = {id for topic in topics for id in self._topics.get(topic, ())}
        found = (self.signposts[id] for id in named)
        serving = (each for each in found if area is None or self._serves(each.area, area))
        return tuple(sorted(serving, key=lambda each: (each.order, each.id)))

    def _serves(self, served: str, area: str) -> bool:
        """Whether a service for one area is for people in another: the same, or a part of it.

        A service of the person's own trust or practice (area ``site``) is for people anywhere in the region.
        """
        around = {area}
        while (within := self.areas[area].within if area in self.areas else "") and within not in around:
            around.add(within)
            area = within
        return served in around or (served in self.areas and served == "site")


def _with_broader(id: str, vocabulary: Vocabulary, topics: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(each for one in (id, *vocabulary.broader_terms(id)) for each in topics.get(one, ()))
    )


def _area(row: Row) -> Area:
    return Area(row.required("id"), row.required("label"), row.text("within"))


def _signpost(row: Row) -> Signpost:
    return Signpost(
        id=row.required("id"),
        name=row.required("name"),
        kind=row.required("kind"),
        audience=row.required("audience"),
        area=row.required("area"),
        order=row.order("order"),
        summary=row.required("summary"),
        phone=row.text("phone"),
        text=row.text("text"),
        email=row.text("email"),
        url=row.text("url"),
        hours=row.text("hours"),
        safe_note=row.text("safe_note"),
        note=row.text("note"),
        urgent=row.flag("urgent"),
        source=row.texts("source"),
        source_strength=row.text("source_strength"),
        source_date=row.text("source_date"),
        recheck=row.flag("recheck"),
        verified=row.flag("verified"),
    )
