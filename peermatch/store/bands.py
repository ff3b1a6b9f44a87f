"""What is kept beside the rows of supporters, band by band: who is in a band, the journal's head, sums of bytes."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from typing import Any, Protocol, TypeVar
from zlib import crc32

from sqlalchemy import bindparam, select

from peermatch.errors import SystemRefused
from peermatch.model.packed import CHUNK
from peermatch.store import tables as t
from peermatch.store.engine import Connection
from peermatch.store.sealing import Seal
from peermatch.store.transaction import Transaction, table_of

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
SUM = 2**64
_SIDES = (("INSERT", ("new",)), ("UPDATE", ("old", "new")), ("DELETE", ("old",)))
HELD = "SELECT count(*) FROM supporter"
_HEADS = "SELECT seq, hex(mac) FROM journal ORDER BY seq DESC LIMIT 2"
_PEOPLE = table_of(t.SupporterRow).columns
_ORDER = (_PEOPLE["position"], _PEOPLE["id"])
_IN_BAND = (
    select(_PEOPLE["id"])
    .where(_PEOPLE["id"].in_(bindparam("ids", expanding=True)))
    .where(_PEOPLE["position"].between(bindparam("first"), bindparam("last")))
    .order_by(*_ORDER)
)


class Kept(Protocol[T_co]):
    """What follows from the rows and is kept beside them."""

    def load(self, tx: Transaction) -> T_co | None:
        """As it is kept; None where it does not hold."""

    def keep(self, tx: Transaction) -> T_co:
        """Made from the rows and written."""

    def made(self, tx: Transaction) -> T_co:
        """Made from the rows alone."""

    def differences(self, tx: Transaction) -> tuple[str, ...]:
        """Where what would be used differs from the rows."""


class Open(Protocol):
    """An open network, as far as what stands beside the rows needs it."""

    seal: Seal

    def read(self) -> AbstractContextManager[Transaction]:
        """A transaction that changes nothing."""

    def write_aside(self) -> AbstractContextManager[Transaction]:
        """A transaction of what is no step."""


def have(store: Open, kept: Kept[T]) -> T:
    """What is kept, or made from the rows and written where it does not hold."""
    with store.read() as tx:
        found = kept.load(tx)
    return _anew(store, kept) if found is None else found


def put_right(store: Open, kept: Kept[T]) -> tuple[str, ...]:
    """In which ways what is kept differs from the rows; then it is written again."""
    with store.read() as tx:
        found = kept.differences(tx)
    if found:
        _anew(store, kept)
    return found


def _anew(store: Open, kept: Kept[T]) -> T:
    """A disk that takes no more is no reason not to work with what can be read."""
    if not store.seal.on:
        with suppress(SystemRefused), store.write_aside() as tx:
            return kept.keep(tx)
    with store.read() as tx:
        return kept.made(tx)


def watch(connection: Connection, kind: str, noted_of: Mapping[str, str], size: int) -> None:
    """Let the file itself note whose rows a statement touches, in memory and for this connection alone.

    ``noted_of`` says whom a change of each table touches; SIDE in it is the row before or after the change,
    SIZE how many positions share a band.
    """
    connection.execute(
        f"CREATE TEMP TABLE IF NOT EXISTS {kind}_touched"
        " (band INTEGER NOT NULL, supporter TEXT NOT NULL, PRIMARY KEY (band, supporter)) WITHOUT ROWID"
    )
    for table, noted in noted_of.items():
        for act, sides in _SIDES:
            whom = (noted.replace("SIDE", side).replace("SIZE", str(size)) for side in sides)
            notes = "".join(f"INSERT OR IGNORE INTO {kind}_touched {each};" for each in whom)
            connection.execute(
                f"CREATE TEMP TRIGGER IF NOT EXISTS {kind}_{table}_{act} AFTER {act} ON main.{table} BEGIN {notes} END"
            )


def touched_by(tx: Transaction, noted: str, forget: str) -> dict[int, set[str]]:
    """Who was noted since, by their bands; they are forgotten now."""
    touched: defaultdict[int, set[str]] = defaultdict(set)
    for band, supporter in run(tx, noted):
        touched[band].add(supporter)
    if touched:
        run(tx, forget)
    return touched


def run(tx: Transaction, statement: str, *values: str | int | bytes) -> list[Any]:
    """The rows that a plain statement gives, none for one that writes."""
    found = tx.session.connection().exec_driver_sql(statement, values)
    return [tuple(row) for row in found] if found.returns_rows else []


def heads(tx: Transaction) -> tuple[str, str]:
    """The journal's newest line and the one before it."""
    lines = [f"{seq}:{mac}" for seq, mac in run(tx, _HEADS)]
    newest, before = (*lines, "", "")[:2]
    return newest, before


def sum_of(bodies: Mapping[int, bytes]) -> int:
    """A sum from which one body's part can be taken, and to which it can be added."""
    return sum(crc32(body, number % 2**32) + (len(body) << 32) for number, body in bodies.items()) % SUM


def everybody(tx: Transaction, size: int = CHUNK) -> Mapping[int, Sequence[str]]:
    """Who is in each band, in order."""
    bands: defaultdict[int, list[str]] = defaultdict(list)
    for id, position in tx.session.execute(select(_PEOPLE["id"], _PEOPLE["position"]).order_by(*_ORDER)):
        bands[position // size].append(id)
    return bands


def members(tx: Transaction, band: int, ids: Collection[str], size: int = CHUNK) -> Sequence[str]:
    """Who of these stands in a band, in order; there is no way from a band to its people but through its body."""
    first = band * size
    return tx.session.scalars(_IN_BAND, {"ids": list(ids), "first": first, "last": first + size - 1}).all()
