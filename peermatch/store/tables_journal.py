"""The rows of the journal: one for each step, and what each row of the network was before it and after it."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Text, text
from sqlmodel import Field, SQLModel


class JournalRow(SQLModel, table=True):
    """One committed command: when, by which key slot, what kind, about which record; chained by `mac`."""

    __tablename__ = "journal"

    seq: int | None = Field(default=None, primary_key=True)
    at: str
    slot: str
    action: str
    object: str
    detail: str = ""
    undoes: int | None = None
    images_mac: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    mac: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class ImageRow(SQLModel, table=True):
    """A row before and after a command; may be wiped (both null) while the chain stays whole."""

    __tablename__ = "journal_image"
    __table_args__ = (
        Index(
            "ix_journal_image_gone",
            "table_name",
            "key",
            sqlite_where=text("after IS NULL AND before IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    seq: int = Field(sa_column=Column(Integer, ForeignKey("journal.seq"), nullable=False, index=True))
    table_name: str
    key: str
    before: str | None = Field(default=None, sa_column=Column(Text))
    after: str | None = Field(default=None, sa_column=Column(Text))
