"""How what is held becomes fields of a report: words for values, stable keys, and other people's ids left out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from peermatch.model.access import Field
from peermatch.model.consent import Purpose
from peermatch.model.dates import in_words
from peermatch.model.enquiry import Enquiry
from peermatch.model.reference import Reference
from peermatch.model.rights import Subject
from peermatch.services.snapshot import Snapshot

SOMEBODY = "[left out]"
_AN_ID = re.compile(r"(?<![\w-])[SE]-\d{4,}(?![\w-])")
_PURPOSES = {
    Purpose.HOLD: "to keep your record",
    Purpose.MATCH: "to find you for people who look for it",
    Purpose.SHARE: "to tell somebody that you know about it",
    Purpose.CONTACT_EMAIL: "to give your e-mail address",
    Purpose.CONTACT_PHONE: "to give your phone number",
    Purpose.CONTACT_NAME: "to give your surname",
    Purpose.CONTACT_ROLE: "to say what work you do",
    Purpose.CONTACT_ORGANISATION: "to say where you work",
    Purpose.LIST: "to name it on a list",
    Purpose.COUNT: "to count it",
}
Fields = tuple[Field, ...]


def told(key: str, label: str, value: object, *, about_others: bool = False) -> Fields:
    """One field, or none where nothing is held."""
    text = _text(value)
    return (Field(key, label, text, about_others),) if text else ()


def each(key: str, label: str, values: Iterable[object], *, about_others: bool = False) -> Fields:
    """A field for each value, numbered from 0."""
    return joined(
        told(f"{key}[{n}]", label, value, about_others=about_others) for n, value in enumerate(values)
    )


def joined(parts: Iterable[Fields]) -> Fields:
    """Several runs of fields as one."""
    return tuple(field for part in parts for field in part)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{in_words(value.date())} at {value:%H:%M} UTC"
    return in_words(value) if isinstance(value, date) else str(value)


@dataclass(frozen=True, slots=True)
class Words:
    """What stands for ids in a report on one person; ids of all others are taken out of any text."""

    picture: Snapshot
    own: str
    others: frozenset[str]

    @classmethod
    def of(cls, picture: Snapshot, subject: Subject) -> "Words":
        """The words for a report on one person."""
        ids = (*picture.supporters.read(), *picture.enquiries)
        return cls(picture, subject.id, frozenset(id for id in ids if id.strip()) - {subject.id})

    @property
    def lists(self) -> Reference:
        """The lists that ids are looked up in."""
        return self.picture.reference

    def topic(self, id: str | None) -> str | None:
        """A characteristic in words, with its id."""
        return None if id is None else _with_id(self.lists.vocabulary.label(id), id)

    def grade(self, id: str | None) -> str | None:
        """A grade in words."""
        return None if id is None else _with_id(self.lists.grades.label(id), id)

    def specialty(self, id: str | None) -> str | None:
        """A specialty in words."""
        return None if id is None else _with_id(self.lists.specialties.label(id), id)

    def organisation(self, id: str | None) -> str | None:
        """An organisation in words."""
        return None if id is None else _with_id(self.lists.organisations.name(id), id)

    def purpose(self, purpose: Purpose) -> str:
        """What consent is for, in words."""
        return _with_id(_PURPOSES[purpose], purpose.value)

    def an_enquiry(self, reference: str) -> str:
        """An enquiry as a supporter may hear of it: its month, and nothing that points to a person."""
        enquiry = self.picture.enquiries.get(reference)
        return "an enquiry" if enquiry is None else f"an enquiry of {month_of(enquiry)}"

    def without_ids(self, text: str) -> str:
        """A text without the ids of other people, also of those who were erased since.

        A longer id is not taken for a shorter one that it holds.
        """
        for id in sorted((each for each in self.others if each in text), key=len, reverse=True):
            text = re.sub(rf"(?<![\w-]){re.escape(id)}(?![\w-])", SOMEBODY, text)
        return _AN_ID.sub(lambda found: found[0] if found[0] == self.own else SOMEBODY, text)


def month_of(enquiry: Enquiry) -> str:
    """The month in which an enquiry came: ``May 2026``."""
    return in_words(enquiry.received).partition(" ")[2]


def _with_id(label: str, id: str) -> str:
    return label if label == id else f"{label} ({id})"
