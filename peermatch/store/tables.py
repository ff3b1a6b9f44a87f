"""The rows of the encrypted file, as SQLModel tables; they never leave the store."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Integer, LargeBinary, String, Table, Text
from sqlmodel import Field, SQLModel

from peermatch.model.consent import Method, Purpose
from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.holders import Role
from peermatch.model.introduction import State
from peermatch.model.people import Channel, SupporterStatus
from peermatch.model.rights import RequestKind, SubjectKind


def one_of(
    column: str,
    values: type[
        Purpose
        | Method
        | EnquiryStatus
        | State
        | Channel
        | SupporterStatus
        | Role
        | SubjectKind
        | RequestKind
    ],
) -> str:
    """The CHECK that a column holds one of an enumeration's words (or nothing)."""
    words = ", ".join(f"'{value.value}'" for value in values)
    return f"{column} IS NULL OR {column} IN ({words})"


def a_day(column: str) -> str:
    """The CHECK that a column holds an ISO day (or nothing)."""
    return f"{column} IS NULL OR {column} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"


def a_list(column: str) -> str:
    """The CHECK that a column holds a JSON document."""
    return f"json_valid({column})"


def checks(*conditions: str) -> tuple[CheckConstraint, ...]:
    """Table arguments from conditions."""
    return tuple(CheckConstraint(condition) for condition in conditions)


class NetworkRow(SQLModel, table=True):
    """The network's own settings: exactly one row."""

    __tablename__ = "network"
    __table_args__ = checks("id = 1")

    id: int = Field(default=1, primary_key=True)
    name: str
    controller: str | None = None
    wordings_listed: bool = False


class PolicyRow(SQLModel, table=True):
    """The network's own weights and limits, each version kept; the one with the highest number is in force."""

    __tablename__ = "policy_version"
    __table_args__ = checks(a_day("since"), a_list("body"))

    version: int = Field(primary_key=True)
    since: date
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class SecretRow(SQLModel, table=True):
    """A key that belongs to the data, carried from epoch to epoch (the journal's, the erasure ledger's)."""

    __tablename__ = "secret"

    name: str = Field(primary_key=True)
    value: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class WordingRow(SQLModel, table=True):
    """A version of the consent text, in full."""

    __tablename__ = "wording"

    id: str = Field(primary_key=True)
    position: int
    text: str
    language: str
    covers_narrower: bool


class TermRow(SQLModel, table=True):
    """A characteristic of the network's own."""

    __tablename__ = "own_term"
    __table_args__ = checks(a_list("body"))

    id: str = Field(primary_key=True)
    position: int
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class BarredRow(SQLModel, table=True):
    """A pair that must never meet; both may name people no longer held."""

    __tablename__ = "barred"

    id: int | None = Field(default=None, primary_key=True)
    enquirer: str
    supporter: str


class SupporterRow(SQLModel, table=True):
    """A volunteer's record, but for consent."""

    __tablename__ = "supporter"
    __table_args__ = checks(
        "capacity >= 0",
        one_of("status", SupporterStatus),
        one_of("prefers", Channel),
        *(a_day(day) for day in ("paused_until", "available_from", "available_until")),
        *(
            a_list(name)
            for name in (
                "other_emails",
                "languages",
                "programmes",
                "boundaries",
                "relations",
                "characteristics",
            )
        ),
    )

    id: str = Field(primary_key=True)
    position: int
    name: str
    known_as: str | None = None
    pronouns: str | None = None
    email: str | None = None
    other_emails: list[str] = Field(sa_column=Column(JSON, nullable=False))
    phone: str | None = None
    prefers: str | None = None
    languages: list[str] = Field(sa_column=Column(JSON, nullable=False))
    grade: str | None = None
    specialty: str | None = None
    organisation: str | None = None
    place: str | None = None
    programmes: list[str] = Field(sa_column=Column(JSON, nullable=False))
    status: str
    paused_until: date | None = None
    available_from: date | None = None
    available_until: date | None = None
    capacity: int
    boundaries: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    relations: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    characteristics: list[str] = Field(sa_column=Column(JSON, nullable=False))
    notes: str = ""


class ConsentRow(SQLModel, table=True):
    """One act of consent; triggers let only a withdrawal date be set, once, and nothing be removed."""

    __tablename__ = "consent"
    __table_args__ = checks(
        one_of("purpose", Purpose),
        one_of("method", Method),
        *(a_day(d) for d in ("given", "expires", "withdrawn")),
    )

    id: int | None = Field(default=None, primary_key=True)
    supporter: str = Field(sa_column=Column(String, ForeignKey("supporter.id"), nullable=False, index=True))
    purpose: str
    characteristic: str | None = None
    given: date
    expires: date | None = None
    withdrawn: date | None = None
    method: str
    wording: str
    recorded_by: str | None = None
    evidence: str | None = None


class EnquiryRow(SQLModel, table=True):
    """What was asked for, under a reference; the person stands in `RequesterRow`."""

    __tablename__ = "enquiry"
    __table_args__ = checks(
        one_of("status", EnquiryStatus),
        a_day("received"),
        *(a_list(name) for name in ("needs", "preferences", "exclusions", "risk")),
    )

    reference: str = Field(primary_key=True)
    position: int
    received: date
    channel: str | None = None
    programme: str
    status: str
    letter: str | None = Field(default=None, sa_column=Column(Text))
    grade: str | None = None
    specialty: str | None = None
    organisation: str | None = None
    place: str | None = None
    needs: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    preferences: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    exclusions: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    choice: bool = False
    risk: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    risk_done: str | None = None


class RequesterRow(SQLModel, table=True):
    """The person behind an enquiry, kept apart from what they need."""

    __tablename__ = "requester"
    __table_args__ = checks(a_list("other_emails"), a_list("consent"))

    enquiry: str = Field(sa_column=Column(String, ForeignKey("enquiry.reference"), primary_key=True))
    name: str | None = None
    email: str | None = None
    other_emails: list[str] = Field(sa_column=Column(JSON, nullable=False))
    phone: str | None = None
    safe_contact: str | None = None
    consent: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))


class LetterPrintRow(SQLModel, table=True):
    """By what a letter is recognised when it comes in again."""

    __tablename__ = "letter_print"

    id: int | None = Field(default=None, primary_key=True)
    print: str = Field(index=True)
    enquiry: str = Field(
        sa_column=Column(String, ForeignKey("enquiry.reference"), nullable=False, index=True)
    )


class IntroductionRow(SQLModel, table=True):
    """One supporter asked for one enquiry."""

    __tablename__ = "introduction"
    __table_args__ = checks(
        one_of("state", State), *(a_day(d) for d in ("asked", "answered", "introduced", "ended"))
    )

    id: int | None = Field(default=None, primary_key=True)
    enquiry: str = Field(
        sa_column=Column(String, ForeignKey("enquiry.reference"), nullable=False, index=True)
    )
    supporter: str = Field(sa_column=Column(String, ForeignKey("supporter.id"), nullable=False, index=True))
    state: str
    asked: date
    answered: date | None = None
    introduced: date | None = None
    ended: date | None = None
    outcome: str | None = None


class HandOverRow(SQLModel, table=True):
    """That a card left: to which address, what, and the consent that allowed it."""

    __tablename__ = "hand_over"
    __table_args__ = checks(a_list("permissions"), a_list("formats"), a_day("day"))

    id: int | None = Field(default=None, primary_key=True)
    enquiry: str = Field(
        sa_column=Column(String, ForeignKey("enquiry.reference"), nullable=False, index=True)
    )
    supporter: str = Field(sa_column=Column(String, ForeignKey("supporter.id"), nullable=False))
    day: date
    recipient: str
    code: str
    formats: list[str] = Field(sa_column=Column(JSON, nullable=False))
    permissions: list[Any] = Field(sa_column=Column(JSON, nullable=False))


class OutboxRow(SQLModel, table=True):
    """A letter that is ready for a person to send, or was; it names nobody whom its reader does not know."""

    __tablename__ = "outbox"
    __table_args__ = checks(a_day("written"), "enquiry IS NOT NULL OR supporter IS NOT NULL")

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    enquiry: str | None = Field(
        default=None, sa_column=Column(String, ForeignKey("enquiry.reference"), index=True)
    )
    supporter: str | None = Field(
        default=None, sa_column=Column(String, ForeignKey("supporter.id"), index=True)
    )
    written: date
    recipient: str | None = None
    subject: str
    body: str = Field(sa_column=Column(Text, nullable=False))


class DecisionRow(SQLModel, table=True):
    """The shortlist that somebody acted on, whole: `body` is packed text, so that an image holds it as it is."""

    __tablename__ = "decision"
    __table_args__ = checks(a_day("day"))

    id: int | None = Field(default=None, primary_key=True)
    enquiry: str = Field(
        sa_column=Column(String, ForeignKey("enquiry.reference"), nullable=False, index=True)
    )
    supporter: str
    day: date
    body: str = Field(sa_column=Column(Text, nullable=False))


class WatchRow(SQLModel, table=True):
    """An enquiry that waits for somebody new, and the ids of those who fitted when the watch was set."""

    __tablename__ = "watch"
    __table_args__ = checks(a_day("since"), a_list("known"))

    enquiry: str = Field(sa_column=Column(String, ForeignKey("enquiry.reference"), primary_key=True))
    since: date
    known: list[str] = Field(sa_column=Column(JSON, nullable=False))


class HolderRow(SQLModel, table=True):
    """The person behind a slot of the key file, also after the slot was removed; never taken back by an undo."""

    __tablename__ = "holder"
    __table_args__ = checks(one_of("role", Role), a_day("added"), a_day("removed"))

    slot: str = Field(primary_key=True)
    name: str
    role: str
    added: date
    owner: str | None = Field(default=None, sa_column=Column(String, ForeignKey("holder.slot")))
    removed: date | None = None


# The packed columns of all supporters, for a fast start. They are made from the tables above and made again when
# they are missing, so they are plain tables: what no object stands for is in no image and on no journal line.
CHUNK = Table(
    "chunk",
    SQLModel.metadata,
    Column("number", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
CHUNK_WORD = Table(
    "chunk_word",
    SQLModel.metadata,
    Column("code", Integer, primary_key=True),
    Column("word", String, nullable=False, unique=True),
)
CHUNK_ORIGIN = Table(
    "chunk_origin",
    SQLModel.metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("made_from", String, nullable=False),
)
# Half-typed work is nobody's step yet, so it is a plain table as well: never an image, never undone.
DRAFT = Table(
    "draft",
    SQLModel.metadata,
    Column("key", String, primary_key=True),
    Column("body", Text, nullable=False),
)
