"""The rows of how volunteer forms are read."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from peermatch.store.tables import a_day, a_list, checks


class FormRow(SQLModel, table=True):
    """One form by the hash of its questions, what they mean, and when it was taken in last."""

    __tablename__ = "form"
    __table_args__ = checks(a_list("reading"), a_day("used"))

    shape: str = Field(primary_key=True)
    reading: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    used: date
