"""The rows that data protection asks for: who was erased or kept back, what is counted, requests and incidents."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from peermatch.model.consent import Method, Purpose
from peermatch.model.introduction import State
from peermatch.model.rights import RequestKind, SubjectKind
from peermatch.store.tables import a_day, a_list, checks, one_of


class ErasureRow(SQLModel, table=True):
    """That somebody was erased, as a code that says nothing without the network's key: every restore asks it."""

    __tablename__ = "erasure"
    __table_args__ = checks(one_of("kind", SubjectKind), a_day("day"))

    code: str = Field(primary_key=True)
    kind: str
    day: date


class ClosingRow(SQLModel, table=True):
    """The day on which an enquiry was closed or withdrawn: from then its time runs."""

    __tablename__ = "closing"
    __table_args__ = checks(a_day("day"))

    enquiry: str = Field(sa_column=Column(String, ForeignKey("enquiry.reference"), primary_key=True))
    day: date


class KeptBackRow(SQLModel, table=True):
    """Somebody who is kept longer than the schedule says, and why."""

    __tablename__ = "kept_back"
    __table_args__ = checks(one_of("kind", SubjectKind), a_day("since"), a_day("until"))

    kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    since: date
    until: date | None = None
    reason: str


class CountedRow(SQLModel, table=True):
    """What is left of an erased enquiry for statistics: a month, groups of topics and an outcome, and nobody."""

    __tablename__ = "counted"
    __table_args__ = checks(a_list("topics"))

    id: int | None = Field(default=None, primary_key=True)
    month: str
    programme: str
    topics: list[str] = Field(sa_column=Column(JSON, nullable=False))
    region: str | None = None
    outcome: str


class PublishedRow(SQLModel, table=True):
    """One report as it left: rounded figures of one stretch of time; it stays, for it cannot be called back."""

    __tablename__ = "published"
    __table_args__ = (
        *checks(a_list("body"), *(a_day(d) for d in ("day", "start", "until"))),
        UniqueConstraint("start", "until"),
    )

    id: int | None = Field(default=None, primary_key=True)
    day: date
    start: date
    until: date
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class KeptConsentRow(SQLModel, table=True):
    """Proof of what an erased person agreed to, under an id that names nobody; ``ended`` is when its time began."""

    __tablename__ = "kept_consent"
    __table_args__ = checks(
        one_of("kind", SubjectKind),
        one_of("purpose", Purpose),
        one_of("method", Method),
        *(a_day(d) for d in ("given", "expires", "withdrawn", "ended")),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    subject: str
    purpose: str
    characteristic: str | None = None
    given: date
    expires: date | None = None
    withdrawn: date | None = None
    method: str
    wording: str
    ended: date


class KeptIntroductionRow(SQLModel, table=True):
    """The log of an introduction whose supporter was erased: ids, dates and how it ended."""

    __tablename__ = "kept_introduction"
    __table_args__ = checks(
        one_of("state", State), *(a_day(d) for d in ("asked", "answered", "introduced", "ended"))
    )

    id: int | None = Field(default=None, primary_key=True)
    enquiry: str
    supporter: str
    state: str
    asked: date
    answered: date | None = None
    introduced: date | None = None
    ended: date | None = None


class RequestRow(SQLModel, table=True):
    """A request or complaint under data protection law, with its clock."""

    __tablename__ = "request"
    __table_args__ = checks(
        one_of("kind", RequestKind),
        one_of("subject_kind", SubjectKind),
        *(a_day(d) for d in ("received", "acknowledged", "extended", "paused", "resumed", "closed")),
        "paused_days >= 0",
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    subject_kind: str | None = None
    subject: str | None = None
    received: date
    summary: str = Field(sa_column=Column(Text, nullable=False))
    acknowledged: date | None = None
    extended: date | None = None
    extended_why: str = Field(default="", sa_column=Column(Text, nullable=False))
    paused: date | None = None
    waiting_for: str = Field(default="", sa_column=Column(Text, nullable=False))
    paused_days: int = 0
    resumed: date | None = None
    closed: date | None = None
    outcome: str = Field(default="", sa_column=Column(Text, nullable=False))


class IncidentRow(SQLModel, table=True):
    """Something that went wrong with personal data: when it was noticed, what was exposed, who was told."""

    __tablename__ = "incident"
    __table_args__ = checks(a_list("exposed"), *(a_day(d) for d in ("told", "closed")))

    id: int | None = Field(default=None, primary_key=True)
    noticed: str
    what: str = Field(sa_column=Column(Text, nullable=False))
    exposed: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    reported: str | None = None
    report_reference: str = Field(default="", sa_column=Column(Text, nullable=False))
    not_reported: str = Field(default="", sa_column=Column(Text, nullable=False))
    told: date | None = None
    told_what: str = Field(default="", sa_column=Column(Text, nullable=False))
    closed: date | None = None
    outcome: str = Field(default="", sa_column=Column(Text, nullable=False))
