"""The rows of the consent workbench: campaigns, the letters that ask, and files that prove consent."""

from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from peermatch.store.tables import a_day, a_list, checks


class CampaignRow(SQLModel, table=True):
    """One round of asking everybody whose consent ends."""

    __tablename__ = "campaign"
    __table_args__ = (
        *checks(*(a_day(day) for day in ("begun", "until", "answer_by", "closed"))),
        # There is never more than one that is not closed, also where a closing is taken back.
        Index("ux_campaign_open", text("(closed IS NULL)"), unique=True, sqlite_where=text("closed IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    begun: date
    until: date
    answer_by: date
    wording: str
    closed: date | None = None


class ConsentLetterRow(SQLModel, table=True):
    """The letter of a campaign to one person; its words are kept from the day on which it was sent."""

    __tablename__ = "consent_letter"
    __table_args__ = (
        *checks(a_list("asked"), a_day("sent")),
        UniqueConstraint("campaign", "supporter"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign: int = Field(sa_column=Column(Integer, ForeignKey("campaign.id"), nullable=False))
    supporter: str = Field(sa_column=Column(String, ForeignKey("supporter.id"), nullable=False, index=True))
    asked: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    sent: date | None = None
    recipient: str | None = None
    subject: str = ""
    body: str = Field(default="", sa_column=Column(Text, nullable=False))


class EvidenceRow(SQLModel, table=True):
    """That a file proves consent: whose, since when, and what it is; the file itself stands beside it."""

    __tablename__ = "evidence"
    __table_args__ = (*checks(a_day("added")), CheckConstraint("size > 0"))

    id: int | None = Field(default=None, primary_key=True)
    supporter: str = Field(sa_column=Column(String, ForeignKey("supporter.id"), nullable=False, index=True))
    added: date
    name: str
    size: int
    sha256: str


# The bytes of a file are in no image: the journal would hold them twice more, and their hash is on it already.
EVIDENCE_BODY = Table(
    "evidence_body",
    SQLModel.metadata,
    Column("evidence", Integer, ForeignKey("evidence.id"), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
