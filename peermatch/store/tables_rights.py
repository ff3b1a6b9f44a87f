"""The rows that data protection asks for: who was erased or kept back, what is counted, requests and incidents."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, String, Text
from sqlmodel import Field, SQLModel

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


class RequestRow(SQLModel, table=True):
    """A request or complaint under data protection law, with its clock."""

    __tablename__ = "request"
    __table_args__ = checks(
        one_of("kind", RequestKind),
        one_of("subject_kind", SubjectKind),
        *(a_day(d) for d in ("received", "acknowledged", "extended", "paused", "closed")),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    subject_kind: str | None = None
    subject: str | None = None
    received: date
    summary: str = Field(sa_column=Column(Text, nullable=False))
    acknowledged: date | None = None
    extended: date | None = None
    paused: date | None = None
    paused_days: int = 0
    closed: date | None = None
    outcome: str | None = None


class IncidentRow(SQLModel, table=True):
    """Something that went wrong with personal data: when it was noticed, what was exposed, who was told."""

    __tablename__ = "incident"
    __table_args__ = checks(a_list("exposed"), *(a_day(d) for d in ("told", "closed")))

    id: int | None = Field(default=None, primary_key=True)
    noticed: str
    what: str = Field(sa_column=Column(Text, nullable=False))
    exposed: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    reported: str | None = None
    told: date | None = None
    closed: date | None = None
