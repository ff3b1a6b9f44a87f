"""The packed records of all supporters, for a fast start: plain tables, in no image and on no journal line."""

from sqlalchemy import CheckConstraint, Column, Integer, LargeBinary, String, Table
from sqlmodel import SQLModel

RECORD = Table(
    "record",
    SQLModel.metadata,
    Column("number", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
RECORD_ORIGIN = Table(
    "record_origin",
    SQLModel.metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("made_from", String, nullable=False),
)
