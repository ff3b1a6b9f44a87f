"""The rows of the directory page. What was published refers to nothing: it stays as it left, whoever goes."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, String, Text
from sqlmodel import Field, SQLModel

from peermatch.store.tables import a_day, a_list, checks


class DirectoryEntryRow(SQLModel, table=True):
    """How somebody wishes to stand on the page, and the day on which they said so."""

    __tablename__ = "directory_entry"
    __table_args__ = checks(a_day("said"))

    supporter: str = Field(sa_column=Column(String, ForeignKey("supporter.id"), primary_key=True))
    name: str
    words: str = Field(sa_column=Column(Text, nullable=False))
    said: date


class DirectoryLinkRow(SQLModel, table=True):
    """A useful link, and the day on which somebody last followed it."""

    __tablename__ = "directory_link"
    __table_args__ = checks(a_day("checked"))

    id: int | None = Field(default=None, primary_key=True)
    title: str
    url: str
    checked: date


class DirectoryPageRow(SQLModel, table=True):
    """A page that left, with its figures; ``fresh`` where supporters were counted for it."""

    __tablename__ = "directory_page"
    __table_args__ = checks(a_list("body"), a_day("made"))

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    made: date
    fresh: bool
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class DirectoryListedRow(SQLModel, table=True):
    """Somebody on a page that left; nobody and nothing once they are erased, for the page still stands elsewhere."""

    __tablename__ = "directory_listed"
    __table_args__ = checks(a_list("entry"))

    id: int | None = Field(default=None, primary_key=True)
    page: int
    supporter: str | None = Field(default=None, index=True)
    entry: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class DirectoryPlaceRow(SQLModel, table=True):
    """A place where the page is put, and which page stands there since when; none where it was taken down."""

    __tablename__ = "directory_place"
    __table_args__ = checks(a_day("since"))

    id: int | None = Field(default=None, primary_key=True)
    name: str
    page: int | None = None
    since: date
