"""What the ids in a portable file may point to: the shipped lists, and what the file itself holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from peermatch.exchange.json_tree import JsonObject
from peermatch.model.reference import Reference


@dataclass(frozen=True, slots=True)
class KnownIds:
    """Ids are gathered before anything is read, so that one faulty row makes no other look faulty."""

    reference: Reference
    own_terms: frozenset[str]
    own_places: frozenset[str]
    wordings: frozenset[str] | None
    supporters: frozenset[str]
    enquiries: frozenset[str]
    later_letters: frozenset[str] = frozenset()

    def term(self, id: str) -> bool:
        """A term of the vocabulary or of the network's own."""
        return id in self.own_terms or self.reference.vocabulary.is_term(id)

    def topic(self, id: str) -> bool:
        """A term or a group, as a need or a boundary may name it."""
        return id in self.own_terms or self.reference.vocabulary.knows(id)

    def specialty(self, id: str) -> bool:
        """A specialty."""
        return self.reference.specialties.knows(id)

    def grade(self, id: str) -> bool:
        """A grade."""
        return self.reference.grades.knows(id)

    def organisation(self, id: str) -> bool:
        """An organisation or a site, shipped or of the network's own."""
        return id in self.own_places or self.reference.organisations.knows(id)

    def wording(self, id: str) -> bool:
        """A wording of the file; any, where the file does not list them (formats, portable file)."""
        return self.wordings is None or id in self.wordings

    def supporter(self, id: str) -> bool:
        """A supporter of the file."""
        return id in self.supporters

    def enquiry(self, reference: str) -> bool:
        """An enquiry of the file."""
        return reference in self.enquiries

    def later_letter(self, id: str) -> bool:
        """A later letter of the file."""
        return id in self.later_letters


def gather(root: JsonObject, reference: Reference) -> KnownIds:
    """All ids that a file brings, whatever else may be wrong with their rows."""
    wordings = frozenset(_ids(root, "wordings", "id")) if "wordings" in root else None
    return KnownIds(
        reference=reference,
        own_terms=frozenset(_ids(root, "vocabulary", "id")),
        own_places=frozenset(_ids(root, "organisations", "id")),
        wordings=wordings,
        supporters=frozenset(_ids(root, "supporters", "id")),
        enquiries=frozenset(_ids(root, "enquiries", "reference")),
        later_letters=frozenset(_ids(root, "later_letters", "id")),
    )


def _ids(root: JsonObject, list_name: str, key: str) -> Iterable[str]:
    rows = root.get(list_name)
    for row in rows if isinstance(rows, list) else ():
        value = row.get(key) if isinstance(row, JsonObject) else None
        if isinstance(value, str):
            yield value


def repeated(keys: Iterable[str | None]) -> list[tuple[int, str]]:
    """The places at which something stands that stood earlier, with it; what could not be read is let be."""
    seen: set[str] = set()
    again = []
    for number, key in enumerate(keys):
        if key and key in seen:
            again.append((number, key))
        seen.add(key or "")
    return again
