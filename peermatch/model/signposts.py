"""Services that a coordinator can offer before, or beside, an introduction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from peermatch.errors import BadInput, Fault
from peermatch.model.characteristics import Vocabulary
from peermatch.model.rows import Document, Row, by_id
from peermatch.model.signpost_own import NetworkSignpost, ServiceWords

_BESIDE_RISK = 6
_OWN_URGENT, _OWN_ORDER = 7, 9
"""Services of the network's own come after the crisis lines that everybody knows, and before all others."""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the country that a service is for, and the larger part that it lies in."""

    id: str
    label: str
    within: str


@dataclass(frozen=True, slots=True)
class Signpost:
    """One service; ``recheck`` asks the lead to confirm it, ``source_date`` tells when it was last seen.

    ``checked`` is the day on which the network checked it; ``own`` and ``corrected`` tell whose words these are.
    """

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
    checked: date | None = None
    own: bool = False
    corrected: bool = False


class Signposts:
    """All services that are offered, the most urgent first; it never changes.

    ``shipped`` are those that came with the program, ``sources`` the titles of where they were seen.
    """

    __slots__ = ("_topics", "areas", "shipped", "signposts", "sources")

    def __init__(
        self,
        areas: Mapping[str, Area],
        signposts: Mapping[str, Signpost],
        topics: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
        shipped: Mapping[str, Signpost] | None = None,
        sources: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.areas = MappingProxyType(dict(areas))
        self.signposts = MappingProxyType(
            dict(sorted(signposts.items(), key=lambda pair: (pair[1].order, pair[0])))
        )
        self.shipped = MappingProxyType(dict(signposts if shipped is None else shipped))
        self.sources = sources
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
        sources = {row.required("id"): row.text("title") for row in document.rows("source")}
        document.finish()
        return cls(areas, signposts, sources=MappingProxyType(sources))

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
        return Signposts(
            self.areas, self.signposts, _inherited(topics, vocabulary), self.shipped, self.sources
        )

    def of_network(self, said: Iterable[NetworkSignpost], vocabulary: Vocabulary) -> "Signposts":
        """The shipped services as a network knows them: checked, in its own words, some not offered, some its own.

        What a characteristic names that nobody knows any more is passed over.
        """
        found = dict(self.shipped)
        topics = {term.id: term.signposts for term in vocabulary.terms.values() if term.signposts}
        for each in said:
            known = known_as(self.shipped.get(each.id), each)
            found.pop(each.id, None)
            if known is not None and each.offered:
                found[each.id] = known
            for topic in each.words.topics if each.words else ():
                topics[topic] = (*topics.get(topic, ()), each.id)
        offered = {topic: tuple(id for id in ids if id in found) for topic, ids in topics.items()}
        return Signposts(self.areas, found, _inherited(offered, vocabulary), self.shipped, self.sources)

    def topics_of(self, id: str) -> tuple[str, ...]:
        """The characteristics that lead to a service."""
        return tuple(topic for topic, ids in self._topics.items() if id in ids)

    @property
    def all(self) -> tuple[Signpost, ...]:
        """Every service, the most urgent first."""
        return tuple(self.signposts.values())

    @property
    def urgent(self) -> tuple[Signpost, ...]:
        """Help for somebody in danger or crisis now."""
        return tuple(each for each in self.all if each.urgent)

    def beside_risk(self, topics: Iterable[str]) -> tuple[Signpost, ...]:
        """Help in a crisis, and the first few services for what somebody wrote about."""
        fitting = [each for each in self.for_topics(topics) if not each.urgent]
        return (*self.urgent, *fitting[:_BESIDE_RISK])

    def for_topics(self, topics: Iterable[str], area: str | None = None) -> tuple[Signpost, ...]:
        """The services that these characteristics, or broader ones, point to; local ones only for that area.

        Without an area every service is given, since nothing is known of where the person lives.
        """
        named = {id for topic in topics for id in self._topics.get(topic, ())}
        found = (self.signposts[id] for id in named)
        serving = (each for each in found if area is None or self.serves(each.area, area))
        return tuple(sorted(serving, key=lambda each: (each.order, each.id)))

    def serves(self, served: str, area: str) -> bool:
        """Whether a service for one area is for people in another: the same, or a part of it.

        A service of the person's own trust or practice (area ``site``) is for people anywhere in the region.
        """
        around = {area}
        while (within := self.areas[area].within if area in self.areas else "") and within not in around:
            around.add(within)
            area = within
        return served in around or (served in self.areas and served == "site")


def line_of(service: Signpost) -> str:
    """Who, how and when on one line, as a letter says it."""
    ways = [way for way in (service.phone, f"text {service.text}" if service.text else "") if way]
    reach = " or ".join(ways or [way for way in (service.url, service.email) if way])
    first = f"{service.name}: {reach or service.summary}"
    return ", ".join(part for part in (first, service.hours) if part)


def known_as(shipped: Signpost | None, said: NetworkSignpost) -> Signpost | None:
    """A service as the network knows it; None where neither the program nor the network has words for it."""
    if said.words is not None:
        return _in_words(
            shipped or _of_own(said.id, said.words), said.words, said.checked, own=shipped is None
        )
    return replace(shipped, checked=said.checked) if shipped else None


def _in_words(behind: Signpost, words: ServiceWords, checked: date | None, *, own: bool) -> Signpost:
    return replace(
        behind,
        name=words.name,
        summary=words.summary,
        phone=words.phone,
        text=words.text,
        email=words.email,
        url=words.url,
        hours=words.hours,
        audience=words.audience,
        safe_note=words.safe_note,
        checked=checked,
        own=own,
        corrected=not own,
    )


def _of_own(id: str, words: ServiceWords) -> Signpost:
    """A service that did not come with the program."""
    return Signpost(
        id=id,
        name=words.name,
        kind="service",
        audience=words.audience,
        area=words.area,
        order=_OWN_URGENT if words.urgent else _OWN_ORDER,
        summary=words.summary,
        phone=words.phone,
        text=words.text,
        email=words.email,
        url=words.url,
        hours=words.hours,
        safe_note=words.safe_note,
        note="",
        urgent=words.urgent,
        source=(),
        source_strength="none",
        source_date="",
        recheck=True,
        verified=True,
    )


def _inherited(
    topics: Mapping[str, tuple[str, ...]], vocabulary: Vocabulary
) -> Mapping[str, tuple[str, ...]]:
    found = {id: _with_broader(id, vocabulary, topics) for id in vocabulary.terms}
    return MappingProxyType({id: ids for id, ids in found.items() if ids})


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
