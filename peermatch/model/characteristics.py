"""The characteristics that people may share: a hierarchy, how each is written, and how sensitive it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from types import MappingProxyType

from peermatch.errors import BadInput, Fault
from peermatch.model.rows import Document, Row, by_id, rows_of
from peermatch.model.text import lower


@dataclass(frozen=True, slots=True)
class Group:
    """One of the top headings; a need or a boundary may name it, a supporter's characteristic may not."""

    id: str
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class Term:
    """One characteristic with the fields of ``characteristics.toml``; ``given`` are those that stood.

    ``phrase`` is the label within a sentence, as after "knows from their own life about"; "" where it reads well.
    """

    id: str
    label: str
    description: str
    broader: str
    leaf: bool
    synonyms: tuple[str, ...]
    abbreviations: tuple[str, ...]
    misspellings: tuple[str, ...]
    weak_cues: tuple[str, ...]
    related: tuple[tuple[str, float], ...]
    special_category: bool
    art9: tuple[str, ...]
    inferred: bool
    extra_sensitive: bool
    equality_act: tuple[str, ...]
    criminal_offence_data: bool
    risk_first: bool
    signposts: tuple[str, ...]
    source: tuple[str, ...]
    verified: bool
    nhs_ethnic_code: str = ""
    phrase: str = ""
    given: frozenset[str] = field(default=frozenset(), compare=False, repr=False)


TERM_FIELDS = frozenset(each.name for each in fields(Term)) - {"given"}


class Vocabulary:
    """All groups and terms, with what stands above, below and beside each; it never changes."""

    __slots__ = ("_above", "_below", "_related", "_upward", "groups", "terms")

    def __init__(self, groups: Mapping[str, Group], terms: Mapping[str, Term]) -> None:
        self.groups: Mapping[str, Group] = MappingProxyType(dict(groups))
        self.terms: Mapping[str, Term] = MappingProxyType(dict(terms))
        faults = _reference_faults(groups, terms)
        if faults:
            raise BadInput(
                "The list of characteristics cannot be used.", "Put right what is listed.", tuple(faults)
            )
        self._upward = {id: _upward(id, self.terms) for id in terms}
        self._above = {id: frozenset(above) for id, above in self._upward.items()}
        self._below = _below(self._upward)
        self._related = _symmetric(self.terms.values())

    @classmethod
    def parse(cls, text: str) -> "Vocabulary":
        """The vocabulary from the text of ``characteristics.toml``; every fault is listed."""
        document = Document(text, "characteristics")
        groups = [
            Group(row.required("id"), row.required("label"), row.text("description"))
            for row in document.rows("group")
        ]
        terms = [_term(row) for row in document.rows("term")]
        known_groups = by_id(groups, "group", document.faults)
        known_terms = by_id(terms, "term", document.faults)
        document.finish()
        return cls(known_groups, known_terms)

    def extended(self, own: Sequence[Term]) -> "Vocabulary":
        """This vocabulary and a network's own terms."""
        faults = [
            Fault(f"vocabulary[{number}].id", f"{term.id} is already in use")
            for number, term in enumerate(own)
            if self.knows(term.id)
        ]
        added = by_id(own, "vocabulary", faults)
        if faults:
            raise BadInput(
                "The network's own terms cannot be used.", "Put right what is listed.", tuple(faults)
            )
        return Vocabulary(self.groups, {**self.terms, **added})

    def knows(self, id: str) -> bool:
        """Whether this is the id of a group or a term."""
        return id in self.terms or id in self.groups

    def is_term(self, id: str) -> bool:
        """Whether a supporter may have this as a characteristic."""
        return id in self.terms

    def label(self, id: str) -> str:
        """The words for a reader; the id itself when it is not known."""
        named = self.terms.get(id) or self.groups.get(id)
        return named.label if named else id

    def phrase(self, id: str) -> str:
        """The words within a sentence: "being Muslim", "an eating disorder"."""
        named = self.terms.get(id)
        return (named.phrase if named else "") or lower(self.label(id))

    def group_of(self, id: str) -> str:
        """The top heading that this stands under (a group is its own)."""
        upward = self._upward.get(id)
        return upward[-1] if upward else id

    def broader(self, id: str) -> tuple[str, ...]:
        """All that stands above, nearest first, up to and including the group."""
        return self._upward.get(id, ())

    def broader_terms(self, id: str) -> tuple[str, ...]:
        """All terms that stand above, nearest first, without the group."""
        return self._upward.get(id, ())[:-1]

    def narrower(self, id: str) -> frozenset[str]:
        """All terms that stand below, at any depth."""
        return self._below.get(id, frozenset())

    def is_leaf(self, id: str) -> bool:
        """Whether no term stands below this one, the network's own terms counted."""
        return id in self.terms and id not in self._below

    def meets(self, characteristic: str, need: str) -> bool:
        """Whether a characteristic is what is needed, or something narrower (matching, gates).

        What is no term, or no term any more, meets nothing, not even itself: the ranking answers so too.
        """
        above = self._above.get(characteristic)
        return above is not None and (characteristic == need or need in above)

    def related(self, id: str) -> Mapping[str, float]:
        """The terms beside this one; of two strengths given for a pair the greater counts."""
        return self._related.get(id, MappingProxyType({}))


def _upward(id: str, terms: Mapping[str, Term]) -> tuple[str, ...]:
    """The ids above a term, nearest first; it stops where a ring closes, which the caller reports."""
    found: list[str] = []
    while id in terms and terms[id].broader not in found:
        id = terms[id].broader
        found.append(id)
    return tuple(found)


def _below(upward: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    gathered: dict[str, set[str]] = {}
    for id, above in upward.items():
        for each in above:
            gathered.setdefault(each, set()).add(id)
    return {id: frozenset(below) for id, below in gathered.items()}


def _symmetric(terms: Iterable[Term]) -> dict[str, Mapping[str, float]]:
    strengths: dict[str, dict[str, float]] = {}
    for term in terms:
        for other, strength in term.related:
            for one, two in ((term.id, other), (other, term.id)):
                pairs = strengths.setdefault(one, {})
                pairs[two] = max(strength, pairs.get(two, 0.0))
    return {id: MappingProxyType(pairs) for id, pairs in strengths.items()}


def _reference_faults(groups: Mapping[str, Group], terms: Mapping[str, Term]) -> list[Fault]:
    """Every reference that does not resolve, every ring, and every id that is group and term at once."""
    faults = [Fault(id, "this id is a group and a term") for id in terms if id in groups]
    for term in terms.values():
        if term.broader not in terms and term.broader not in groups:
            faults.append(Fault(f"{term.id}.broader", f"{term.broader} is not known"))
        elif term.id in _upward(term.id, terms):
            faults.append(Fault(f"{term.id}.broader", "the term stands above itself"))
        for other, strength in term.related:
            if other not in terms or other == term.id:
                faults.append(Fault(f"{term.id}.related", f"{other} is not another term"))
            if not 0 < strength < 1:
                faults.append(
                    Fault(f"{term.id}.related", f"the strength for {other} must lie between 0 and 1")
                )
    return faults


def _term(row: Row) -> Term:
    row.only(TERM_FIELDS)
    return Term(
        id=row.required("id"),
        label=row.required("label"),
        description=row.text("description"),
        broader=row.required("broader"),
        leaf=row.flag("leaf"),
        synonyms=row.texts("synonyms"),
        abbreviations=row.texts("abbreviations"),
        misspellings=row.texts("misspellings"),
        weak_cues=row.texts("weak_cues"),
        related=tuple(_related(each) for each in row.children("related")),
        special_category=row.flag("special_category"),
        art9=row.texts("art9"),
        inferred=row.flag("inferred"),
        extra_sensitive=row.flag("extra_sensitive"),
        equality_act=row.texts("equality_act"),
        criminal_offence_data=row.flag("criminal_offence_data"),
        risk_first=row.flag("risk_first"),
        signposts=row.texts("signposts"),
        source=row.texts("source"),
        verified=row.flag("verified"),
        nhs_ethnic_code=row.text("nhs_ethnic_code"),
        phrase=row.text("phrase"),
        given=frozenset(row.fields) & TERM_FIELDS,
    )


def _related(row: Row) -> tuple[str, float]:
    row.only(frozenset({"id", "strength"}))
    strength = row.number("strength")
    if strength is None:
        row.fault("strength", "this field is missing")
    return row.required("id"), strength or 0.0


def parse_terms(rows: object) -> tuple[Term, ...]:
    """A network's own terms from JSON-like rows with the fields of the TOML; every fault is listed."""
    faults: list[Fault] = []
    terms = tuple(_term(row) for row in rows_of(rows, "vocabulary", faults))
    by_id(terms, "vocabulary", faults)
    if faults:
        raise BadInput("The network's own terms cannot be used.", "Put right what is listed.", tuple(faults))
    return terms


def term_to_dict(term: Term) -> dict[str, object]:
    """The row that a term came from, so that what is loaded and exported again stays equal."""
    row: dict[str, object] = {}
    for each in fields(Term):
        value = getattr(term, each.name)
        if each.name in TERM_FIELDS and (value or each.name in term.given):
            row[each.name] = list(value) if isinstance(value, tuple) else value
    if "related" in row:
        row["related"] = [{"id": id, "strength": strength} for id, strength in term.related]
    return row
