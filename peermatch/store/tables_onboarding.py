"""The rows of how volunteers come in, and of the lists that a network keeps for itself."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from peermatch.model.onboarding import Stage
from peermatch.store.tables import a_day, a_list, checks

_STAGES = ", ".join(f"'{stage.value}'" for stage in Stage)


class OnboardingRow(SQLModel, table=True):
    """One stage of somebody's way in: on which day, and who did it."""

    __tablename__ = "onboarding"
    __table_args__ = (
        CheckConstraint(f"stage IS NULL OR stage IN ({_STAGES})"),
        *checks(a_day("day")),
        UniqueConstraint("supporter", "stage"),
    )

    id: int | None = Field(default=None, primary_key=True)
    supporter: str = Field(sa_column=Column(String, ForeignKey("supporter.id"), nullable=False))
    stage: str
    day: date
    by: str = ""


class TermStandingRow(SQLModel, table=True):
    """Since when an own term stands where it stands, and since when it is not offered any more."""

    __tablename__ = "term_standing"
    __table_args__ = checks(a_day("placed"), a_day("retired"))

    id: str = Field(primary_key=True)
    placed: date
    retired: date | None = None


class OwnOrganisationRow(SQLModel, table=True):
    """An organisation or site of the network's own, or its own word over one that ships with the program."""

    __tablename__ = "own_organisation"
    __table_args__ = checks(a_list("body"), a_day("closed"))

    id: str = Field(primary_key=True)
    position: int
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    closed: date | None = None
