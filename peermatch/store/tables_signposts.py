"""The rows of what the network says of signposts itself."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from peermatch.store.tables import a_day, a_list, checks


class SignpostRow(SQLModel, table=True):
    """When a service was checked, the network's own words for it (none: an empty object), and whether it is offered."""

    __tablename__ = "signpost"
    __table_args__ = checks(a_day("checked"), a_list("words"))

    id: str = Field(primary_key=True)
    checked: date | None = None
    offered: bool
    words: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
