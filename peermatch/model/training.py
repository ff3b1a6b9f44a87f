"""Specialties and grades of training, and how near two of them are to each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from peermatch.errors import Fault
from peermatch.model.rows import Document, Row, by_id

UNSTATED_STRENGTH = 0.5
"""What a similarity group counts that gives no strength of its own (matching, rules)."""


@dataclass(frozen=True, slots=True)
class Specialty:
    """A specialty, sub-specialty or early programme; ``similar`` are groups with a shared working life."""

    id: str
    label: str
    group: str
    kind: str
    also_written: tuple[str, ...]
    weak_cues: tuple[str, ...]
    similar: tuple[str, ...]
    parent: str | None
    note: str
    source: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class SimilarityGroup:
    """Specialties that are a fair second choice for each other."""

    id: str
    label: str
    why: str
    strength: float


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that specialties or grades stand under in lists."""

    id: str
    label: str


class Specialties:
    """All specialties by id; it never changes."""

    __slots__ = ("_strengths", "groups", "similarity_groups", "specialties")

    def __init__(
        self,
        groups: Mapping[str, Heading],
        similarity_groups: Mapping[str, SimilarityGroup],
        specialties: Mapping[str, Specialty],
    ) -> None:
        self.groups = MappingProxyType(dict(groups))
        self.similarity_groups = MappingProxyType(dict(similarity_groups))
        self.specialties = MappingProxyType(dict(specialties))
        self._strengths = {
            each.id: {id: similarity_groups[id].strength for id in each.similar}
            for each in specialties.values()
        }

    @classmethod
    def parse(cls, text: str) -> "Specialties":
        """The specialties from the text of ``specialties.toml``; every fault is listed."""
        document = Document(text, "specialties")
        groups = by_id(_headings(document.rows("group")), "group", document.faults)
        similar = by_id(
            map(_similarity_group, document.rows("similarity_group")), "similarity_group", document.faults
        )
        specialties = by_id(map(_specialty, document.rows("specialty")), "specialty", document.faults)
        for each in specialties.values():
            wrong = [id for id in each.similar if id not in similar]
            wrong += [id for id in (each.group,) if id not in groups]
            wrong += [id for id in (each.parent,) if id is not None and id not in specialties]
            document.faults += [Fault(each.id, f"{id} is not known") for id in wrong]
        document.finish()
        return cls(groups, similar, specialties)

    @property
    def all(self) -> tuple[Specialty, ...]:
        """Every specialty in the order of the file."""
        return tuple(self.specialties.values())

    def knows(self, id: str) -> bool:
        """Whether this is the id of a specialty."""
        return id in self.specialties

    def label(self, id: str) -> str:
        """The words for a reader; the id itself when it is not known."""
        return self.specialties[id].label if id in self.specialties else id

    def similarity(self, a: str, b: str) -> float:
        """1 when equal, else the strength of the strongest group that both share, else 0."""
        if a == b:
            return 1.0
        other = self._strengths.get(b, {})
        shared = (strength for id, strength in self._strengths.get(a, {}).items() if id in other)
        return max(shared, default=0.0)


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade; equal ``order`` means near peers, and greater means more senior."""

    id: str
    label: str
    short: str
    band: str
    order: int
    also_written: tuple[str, ...]
    weak_cues: tuple[str, ...]
    equivalent: tuple[str, ...]
    note: str
    source: tuple[str, ...]
    verified: bool


class Grades:
    """All grades by id; it never changes."""

    __slots__ = ("_equivalent", "bands", "grades")

    def __init__(self, bands: Mapping[str, Heading], grades: Mapping[str, Grade]) -> None:
        self.bands = MappingProxyType(dict(bands))
        self.grades = MappingProxyType(dict(grades))
        pairs = {(each.id, other) for each in grades.values() for other in each.equivalent}
        self._equivalent = frozenset(pairs | {(b, a) for a, b in pairs})

    @classmethod
    def parse(cls, text: str) -> "Grades":
        """The grades from the text of ``grades.toml``; every fault is listed."""
        document = Document(text, "grades")
        bands = by_id(_headings(document.rows("band")), "band", document.faults)
        grades = by_id(map(_grade, document.rows("grade")), "grade", document.faults)
        for each in grades.values():
            wrong = [id for id in each.equivalent if id not in grades]
            wrong += [id for id in (each.band,) if id not in bands]
            document.faults += [Fault(each.id, f"{id} is not known") for id in wrong]
        document.finish()
        return cls(bands, grades)

    @property
    def all(self) -> tuple[Grade, ...]:
        """Every grade in the order of the file."""
        return tuple(self.grades.values())

    def knows(self, id: str) -> bool:
        """Whether this is the id of a grade."""
        return id in self.grades

    def label(self, id: str) -> str:
        """The words for a reader; the id itself when it is not known."""
        return self.grades[id].label if id in self.grades else id

    def short(self, id: str) -> str:
        """The grade as doctors say it, such as ST6; the id itself when it is not known."""
        return self.grades[id].short if id in self.grades else id

    def same(self, a: str, b: str) -> bool:
        """Whether two grades count as the same: equal, equivalent (either way round), or of equal order."""
        if a == b or (a, b) in self._equivalent:
            return True
        return self.knows(a) and self.knows(b) and self.grades[a].order == self.grades[b].order

    def senior(self, a: str, b: str) -> bool:
        """Whether the first grade is more senior than the second."""
        return self.knows(a) and self.knows(b) and self.grades[a].order > self.grades[b].order


def _headings(rows: Iterable[Row]) -> list[Heading]:
    return [Heading(row.required("id"), row.required("label")) for row in rows]


def _similarity_group(row: Row) -> SimilarityGroup:
    strength = row.number("strength")
    if strength is None:
        strength = UNSTATED_STRENGTH
    if not 0 < strength < 1:
        row.fault("strength", "the strength must lie between 0 and 1")
    return SimilarityGroup(row.required("id"), row.required("label"), row.text("why"), strength)


def _specialty(row: Row) -> Specialty:
    return Specialty(
        id=row.required("id"),
        label=row.required("label"),
        group=row.required("group"),
        kind=row.required("kind"),
        also_written=row.texts("also_written"),
        weak_cues=row.texts("weak_cues"),
        similar=row.texts("similar"),
        parent=row.text("parent") or None,
        note=row.text("note"),
        source=row.texts("source"),
        verified=row.flag("verified"),
    )


def _grade(row: Row) -> Grade:
    also_written = row.texts("also_written")
    return Grade(
        id=row.required("id"),
        label=row.required("label"),
        short=row.text("short") or (also_written[0] if also_written else row.text("label")),
        band=row.required("band"),
        order=row.order("order"),
        also_written=also_written,
        weak_cues=row.texts("weak_cues"),
        equivalent=row.texts("equivalent"),
        note=row.text("note"),
        source=row.texts("source"),
        verified=row.flag("verified"),
    )
