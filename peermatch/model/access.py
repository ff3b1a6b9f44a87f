"""What is held on one person, as a report that they may have (UK GDPR article 15): sections of fields with keys."""

from dataclasses import dataclass
from datetime import date

from peermatch.model.rights import Subject

LEFT_OUT = "Left out because it is about somebody else"
"""What stands in the place of a field that was redacted."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is held.

    ``key`` stays the same as long as the record does (``supporter.notes``, ``introductions[2].outcome``).
    ``about_others`` marks words that somebody wrote: a person reads them before they leave.
    """

    key: str
    label: str
    value: str
    about_others: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together, under a heading."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class AccessReport:
    """Everything that is held on one person on a day, without what is about others as far as a program can tell."""

    subject: Subject
    network: str
    made: date
    sections: tuple[Section, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in order."""
        return tuple(field for section in self.sections for field in section.fields)

    @property
    def keys(self) -> frozenset[str]:
        """The keys that can be redacted."""
        return frozenset(field.key for field in self.fields)

    @property
    def to_read(self) -> tuple[Field, ...]:
        """What a person must read before it leaves."""
        return tuple(field for field in self.fields if field.about_others)
