"""The rows of letters that came later or were set aside, and of the files that came with letters."""

from datetime import date

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
    text,
)
from sqlmodel import Field, SQLModel

from peermatch.model.mail import MailKind, MailState, Says
from peermatch.store.tables import a_day, a_list, checks
from peermatch.store.tables_journal import ImageRow


def _one_of(column: str, values: type[MailKind | MailState | Says]) -> str:
    words = ", ".join(f"'{value.value}'" for value in values)
    return f"{column} IS NULL OR {column} IN ({words})"


class MailRow(SQLModel, table=True):
    """A letter beside the one that began an enquiry; its marks are those by which the same one is known again."""

    __tablename__ = "mail"
    __table_args__ = checks(
        _one_of("kind", MailKind),
        _one_of("state", MailState),
        _one_of("says", Says),
        a_day("came"),
        a_list("failed"),
        a_list("marks"),
    )

    id: int | None = Field(default=None, primary_key=True)
    came: date
    kind: str
    state: str
    enquiry: str | None = Field(
        default=None, sa_column=Column(String, ForeignKey("enquiry.reference"), index=True)
    )
    supporter: str | None = Field(
        default=None, sa_column=Column(String, ForeignKey("supporter.id"), index=True)
    )
    sender_name: str | None = None
    sender: str | None = None
    subject: str
    body: str = Field(sa_column=Column(Text, nullable=False))
    why: str
    says: str | None = None
    words: str = ""
    failed: list[str] = Field(sa_column=Column(JSON, nullable=False))
    marks: list[str] = Field(sa_column=Column(JSON, nullable=False))
    risk: bool = False


class MailFileRow(SQLModel, table=True):
    """That a file came with a letter, and whether somebody said that it is kept; the file itself stands beside it."""

    __tablename__ = "mail_file"
    __table_args__ = (CheckConstraint("size > 0"),)

    id: int | None = Field(default=None, primary_key=True)
    enquiry: str | None = Field(
        default=None, sa_column=Column(String, ForeignKey("enquiry.reference"), index=True)
    )
    mail: int | None = Field(default=None, sa_column=Column(Integer, ForeignKey("mail.id"), index=True))
    name: str
    size: int
    sha256: str
    kept: bool = False


# The bytes are in no image: the journal would hold them twice more. They go with the row that names them.
MAIL_BODY = Table(
    "mail_body",
    SQLModel.metadata,
    Column("file", Integer, ForeignKey("mail_file.id", ondelete="CASCADE"), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
# Since when a letter is here is asked whenever letters are shown; the journal's images are many.
Index(
    "ix_journal_image_mail",
    SQLModel.metadata.tables[str(ImageRow.__tablename__)].c.key,
    sqlite_where=text("table_name = 'mail'"),
)
