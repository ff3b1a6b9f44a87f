"""All tables are known to whoever knows one of them, and none is read before a statement needs it."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import peermatch.store
from peermatch.store import statements
from peermatch.store.sql import Words, sql

READ_LATE = """
import sys
from peermatch.store.sql import sql
assert "peermatch.store.statements" not in sys.modules
assert sql.WatchRow.__tablename__ == "watch"
from peermatch.store import statements
assert sql.WatchRow is statements.WatchRow
"""


def tables_modules() -> list[str]:
    folder = Path(peermatch.store.__path__[0])
    return [f"peermatch.store.{each.stem}" for each in sorted(folder.glob("tables*.py"))]


def test_every_table_that_is_written_down_is_among_the_statements() -> None:
    assert len(tables_modules()) > 8
    for name in tables_modules():
        module = importlib.import_module(name)
        rows = [
            each
            for each in vars(module).values()
            if isinstance(each, type) and issubclass(each, SQLModel) and each is not SQLModel
        ]
        assert [row for row in rows if statements.ROWS.get(str(row.__tablename__)) is not row] == []
    plain = set(SQLModel.metadata.tables) - set(statements.ROWS)
    named = {each.name for each in vars(statements).values() if isinstance(each, statements.Table)}
    assert plain == named


def test_each_word_is_the_one_of_the_statements() -> None:
    words = Words()
    for name in statements.__all__:
        assert getattr(words, name) is getattr(statements, name) is getattr(sql, name)
    with pytest.raises(AttributeError):
        _ = words.no_such_word


def test_they_are_read_when_one_is_asked_for() -> None:
    subprocess.run([sys.executable, "-c", READ_LATE], check=True)
