"""The rows of the network's own letters."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, Index, Text
from sqlmodel import Field, SQLModel

from peermatch.store.tables import a_day, checks


class LetterTextRow(SQLModel, table=True):
    """A version of one letter, kept in full; the newest counts, and one without words means the letter that ships."""

    __tablename__ = "letter_text"
    __table_args__ = (
        *checks(a_day("kept")),
        CheckConstraint("(subject IS NULL) = (body IS NULL)"),
        Index("ix_letter_text_letter", "letter"),
    )

    id: int | None = Field(default=None, primary_key=True)
    letter: str
    kept: date
    subject: str | None = None
    body: str | None = Field(default=None, sa_column=Column(Text))
