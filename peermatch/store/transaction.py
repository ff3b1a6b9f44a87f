"""One open transaction: what the repositories work in, and what a command's journal line is made from."""

from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

Row = TypeVar("Row", bound=SQLModel)


@dataclass(slots=True)
class Transaction:
    """A session that ends with the command; rows stay inside it, and `seq` is its journal line once written."""

    session: Session
    about: str = ""
    detail: list[str] = field(default_factory=list)
    seq: int | None = None
    undoable: bool = False

    def note(self, text: str) -> None:
        """Add a word to the journal line: ids and kinds, never names."""
        self.detail.append(text)


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a row class, for statements that make no objects."""
    return model.metadata.tables[str(model.__tablename__)]


def next_position(session: Session, model: type[SQLModel]) -> int:
    """The place after the last row, so that lists keep the order in which they were made."""
    table = table_of(model)
    last = session.execute(select(func.max(table.columns["position"]))).scalar()
    return 0 if last is None else int(last) + 1


def assign(row: SQLModel, columns: dict[str, object]) -> None:
    """Set the columns of a row; unchanged ones make no image."""
    for name, value in columns.items():
        setattr(row, name, value)
