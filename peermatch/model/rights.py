"""The words of data protection that a network keeps records by: whom a record is about, and what they ask for."""

from dataclasses import dataclass
from enum import Enum


class SubjectKind(Enum):
    """On which side a person stands."""

    SUPPORTER = "supporter"
    ENQUIRER = "enquirer"


class RequestKind(Enum):
    """What a person may ask for (UK GDPR articles 15 to 18, 20 and 21), or complain about."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    OBJECTION = "objection"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class Subject:
    """One person: a supporter by id, or the person behind an enquiry by its reference."""

    kind: SubjectKind
    id: str


class CaseKind(Enum):
    """What is kept about people beside their own records, each for a time of its own."""

    REQUEST = "request"
    INCIDENT = "incident"
    LETTER = "letter"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Case:
    """A request or complaint, an incident, a letter of an erasure that nobody has sent, or one under no enquiry."""

    kind: CaseKind
    id: str
