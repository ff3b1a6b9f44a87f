"""The row of which letters need no mark in their subject."""

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from peermatch.store.tables import a_list, checks


class MailMarkRow(SQLModel, table=True):
    """The domains whose letters need no mark: at most one row, and none where the mark is not used."""

    __tablename__ = "mail_mark"
    __table_args__ = checks("id = 1", a_list("free"))

    id: int = Field(default=1, primary_key=True)
    free: list[str] = Field(sa_column=Column(JSON, nullable=False))
