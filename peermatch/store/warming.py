"""What the first change to an open network would otherwise wait for: read beforehand, in steps that hold up little."""

from collections.abc import Callable
from functools import partial
from importlib import import_module

from peermatch.store.sql import sql

PARTS = (
    "sqlalchemy",
    "sqlalchemy.orm",
    "pydantic",
    "sqlmodel",
    "peermatch.store.tables",
    "peermatch.store.statements",
)
"""In the order in which each rests on those before it."""


def lay_out() -> None:
    """Load what SQLAlchemy has for this kind of file, and let it lay out all tables; a second time does nothing."""
    from sqlcipher3 import dbapi2

    sql.create_engine("sqlite://", module=dbapi2).dispose()
    sql.configure_mappers()


STEPS: tuple[Callable[[], object], ...] = (*(partial(import_module, part) for part in PARTS), lay_out)
