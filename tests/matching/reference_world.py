"""What the slow reader of the rules knows of a network: consent, topics, names and places, read from plain rows."""

import math
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from peermatch.model.barred import Barred
from peermatch.model.consent import ConsentRecord, Wording
from peermatch.model.introduction import Introduction
from peermatch.model.organisations import Organisation, Site
from peermatch.model.people import Supporter
from peermatch.model.reference import Reference

IN_HAND = {"asked", "accepted", "agreed", "introduced"}
_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "vocabulary"
TITLES = {"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor"}


def further_towns(text: str) -> tuple[dict[str, Any], ...]:
    """The rows of further towns in the text of ``organisations.toml``."""
    return tuple(tomllib.loads(text).get("town", ()))


SHIPPED_TOWNS = further_towns((_FOLDER / "organisations.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class World:
    """Everything that the rules may look at.

    ``agreed`` says otherwise than the records: how a purpose and topic of somebody would stand after a change.
    """

    reference: Reference
    supporters: tuple[Supporter, ...]
    introductions: tuple[Introduction, ...]
    barred: tuple[Barred, ...]
    wordings: tuple[Wording, ...]
    towns: tuple[dict[str, Any], ...] = SHIPPED_TOWNS
    agreed: Mapping[tuple[str, str, str | None], str] = field(default_factory=dict)

    # ------------------------------------------------------------------ the vocabulary, read from its rows

    def above(self, id: str) -> list[str]:
        """What is broader, nearest first, the group last."""
        found: list[str] = []
        terms = self.reference.vocabulary.terms
        while id in terms:
            id = terms[id].broader
            found.append(id)
        return found

    def meets(self, characteristic: str, need: str) -> bool:
        """Only a term can be a characteristic; what the vocabulary does not know meets nothing."""
        known = characteristic in self.reference.vocabulary.terms
        return known and (characteristic == need or need in self.above(characteristic))

    def strength(self, a: str, b: str) -> float:
        terms = self.reference.vocabulary.terms
        both = [(a, b), (b, a)]
        return max(
            (s for x, y in both if x in terms for other, s in terms[x].related if other == y), default=0.0
        )

    def closeness_of(self, characteristic: str, need: str) -> float:
        if self.meets(characteristic, need):
            return 1.0
        above = self.above(need)[:-1]
        steps = above.index(characteristic) + 1 if characteristic in above else None
        return max(self.strength(characteristic, need), 0.5**steps if steps else 0.0)

    # ------------------------------------------------------------------------------------------ consent

    def last(
        self, records: Iterable[ConsentRecord], purpose: str, topic: str | None, on: date
    ) -> ConsentRecord | None:
        exact = [
            r for r in records if r.purpose.value == purpose and r.characteristic == topic and r.given <= on
        ]
        given_last = [r for r in exact if r.given == max(x.given for x in exact)]
        return given_last[-1] if given_last else None

    def standing(self, who: Supporter, purpose: str, topic: str | None, on: date) -> str:
        if (who.id, purpose, topic) in self.agreed:
            return self.agreed[who.id, purpose, topic]
        record = self.last(who.consents, purpose, topic, on)
        if record is None and topic is not None:
            for broader in self.above(topic)[:-1]:
                candidate = self.last(who.consents, purpose, broader, on)
                if candidate is not None and any(
                    w.id == candidate.wording and w.covers_narrower for w in self.wordings
                ):
                    record = candidate
                    break
        if record is None:
            return "never"
        if record.withdrawn is not None and record.withdrawn <= on:
            return "withdrawn"
        return "ended" if record.expires is not None and on >= record.expires else "valid"

    def topics(self, who: Supporter, on: date, standings: str) -> list[str]:
        """Listed characteristics whose `match` stands in one of these ways."""
        return [c for c in who.characteristics if self.standing(who, "match", c, on) in standings.split()]

    # ---------------------------------------------------------------------------------- people and places

    def in_hand(self, who: Supporter) -> int:
        return sum(i.supporter == who.id and i.state.value in IN_HAND for i in self.introductions)

    def at_one(self, a: str | None, b: str | None) -> bool:
        return a is not None and b is not None and bool(self.kin(a) & self.kin(b))

    def kin(self, id: str) -> set[str]:
        organisations = self.reference.organisations
        if id in organisations.sites:
            id = organisations.sites[id].organisation
        found = {id}
        while True:
            known = [
                organisations.organisations[each] for each in found if each in organisations.organisations
            ]
            more = {s for each in known for s in each.successors} - found
            if not more:
                return found
            found |= more

    def is_person(self, who: Supporter, name: str | None, addresses: Iterable[str | None]) -> bool:
        if written(who.email, *who.other_emails) & written(*addresses):
            return True
        return bool(spelt(name or "")) and spelt(name or "") == spelt(who.name)

    def where(self, organisation: str | None, place: str | None) -> tuple[float, float] | None:
        """Coordinates of the organisation or site, else of the town that is named, else of its own town."""
        lists = self.reference.organisations
        here: Organisation | Site | None = lists.sites.get(organisation or "")
        here = here or lists.organisations.get(organisation or "")
        if here is not None and here.latitude is not None and here.longitude is not None:
            return here.latitude, here.longitude
        named = self.town(place or "")
        return named if named or here is None else self.town(here.town)

    def town(self, name: str) -> tuple[float, float] | None:
        """The middle of what lies in a town, else where the list of further towns has it."""
        lists = self.reference.organisations
        own = " ".join(name.lower().split())
        every: list[Organisation | Site] = [*lists.organisations.values(), *lists.sites.values()]
        inside = [
            (each.latitude, each.longitude)
            for each in every
            if own and each.town.lower() == own and each.latitude is not None and each.longitude is not None
        ]
        if inside:
            return sum(lat for lat, _ in inside) / len(inside), sum(lon for _, lon in inside) / len(inside)
        for row in self.towns:
            if own == row["name"].lower():
                return row["latitude"], row["longitude"]
            if own in [each.lower() for each in row.get("also_written", ())]:
                return self.town(row["name"])
        return None


def written(*addresses: str | None) -> set[str]:
    """Addresses without case."""
    return {a.strip().lower() for a in addresses if a and a.strip()}


def spelt(name: str) -> str:
    """A name without case, marks, spaces and titles, letter by letter."""
    letters = [c for c in unicodedata.normalize("NFKD", name) if unicodedata.combining(c) == 0]
    words = "".join(letters).lower().split()
    return "".join(word for word in words if word.strip(".") not in TITLES)


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """By the cross and dot products of the two directions."""
    lat1, lon1, lat2, lon2 = (math.radians(x) for x in (*a, *b))
    across = math.hypot(
        math.cos(lat2) * math.sin(lon2 - lon1),
        math.cos(lat1) * math.sin(lat2) - math.sin(lat1) * math.cos(lat2) * math.cos(lon2 - lon1),
    )
    along = math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(lon2 - lon1)
    return 6371.0088 * math.atan2(across, along)
