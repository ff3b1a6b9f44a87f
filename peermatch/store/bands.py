"""What is kept beside the rows of supporters, band by band: who is in a band, the journal's head, sums of bytes."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from itertools import groupby
from json import dumps
from typing import Any, Protocol, TypeVar
from zlib import crc32

from peermatch.errors import SystemRefused
from peermatch.model.packed import CHUNK
from peermatch.model.people import Supporter
from peermatch.store.engine import Connection
from peermatch.store.many import CONSENT, SUPPORTER, people_of
from peermatch.store.sealing import Seal
from peermatch.store.transaction import Cell, Transaction

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
SUM = 2**64
_AT_ONCE = 512
_SIDES = (("INSERT", ("new",)), ("UPDATE", ("old", "new")), ("DELETE", ("old",)))
HELD = "SELECT count(*) FROM supporter"
_HEADS = "SELECT seq, hex(mac) FROM journal ORDER BY seq DESC LIMIT 2"
_EVERYBODY = " ".join(("SELECT position,", ",".join(SUPPORTER), "FROM supporter ORDER BY position, id"))
_THEIR_ACTS = " ".join(
    (
        "SELECT",
        ",".join(CONSENT),
        "FROM consent WHERE supporter IN (SELECT value FROM json_each(?)) ORDER BY supporter, id",
    )
)
_IN_BAND = (
    "SELECT id FROM supporter WHERE id IN (SELECT value FROM json_each(?)) AND position BETWEEN ? AND ?"
    " ORDER BY position, id"
)


Told = Callable[[int, int], None]
"""Hears of how many people something was made, and of how many there are."""


def nobody_listens(_done: int, _of: int) -> None:
    """For who does not wait."""


class Kept(Protocol[T_co]):
    """What follows from the rows and is kept beside them."""

    def load(self, tx: Transaction) -> T_co | None:
        """As it is kept; None where it does not hold."""

    def keep(self, tx: Transaction, told: Told = nobody_listens) -> T_co:
        """Made from the rows and written."""

    def made(self, tx: Transaction, told: Told = nobody_listens) -> T_co:
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


def have(store: Open, kept: Kept[T], told: Told = nobody_listens) -> T:
    """What is kept, or made from the rows and written where it does not hold."""
    with store.read() as tx:
        found = kept.load(tx)
    return _anew(store, kept, told) if found is None else found


def put_right(store: Open, kept: Kept[T]) -> tuple[str, ...]:
    """In which ways what is kept differs from the rows; then it is written again."""
    with store.read() as tx:
        found = kept.differences(tx)
    if found:
        _anew(store, kept, nobody_listens)
    return found


def _anew(store: Open, kept: Kept[T], told: Told) -> T:
    """A disk that takes no more is no reason not to work with what can be read."""
    if not store.seal.on:
        with suppress(SystemRefused), store.write_aside() as tx:
            return kept.keep(tx, told)
    with store.read() as tx:
        return kept.made(tx, told)


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


def run(tx: Transaction, statement: str, *values: Cell) -> list[Any]:
    """The rows that a plain statement gives, none for one that writes."""
    return tx.rows(statement, *values)


def batches(tx: Transaction, statement: str) -> Iterator[list[Any]]:
    """The same a few hundred at a time, for what is more than need be in memory at once."""
    cursor = tx.cursor(statement)
    while rows := cursor.fetchmany(_AT_ONCE):
        yield rows


def heads(tx: Transaction) -> tuple[str, str]:
    """The journal's newest line and the one before it."""
    lines = [f"{seq}:{mac}" for seq, mac in run(tx, _HEADS)]
    newest, before = (*lines, "", "")[:2]
    return newest, before


def sum_of(bodies: Mapping[int, bytes]) -> int:
    """A sum from which one body's part can be taken, and to which it can be added."""
    return sum(crc32(body, number % 2**32) + (len(body) << 32) for number, body in bodies.items()) % SUM


@dataclass(frozen=True, slots=True)
class Part:
    """Everybody in a band, in order, and at which positions they stand."""

    band: int
    positions: Sequence[int]
    people: Sequence[Supporter]

    def cut(self, size: int) -> Iterator[tuple[int, Sequence[Supporter]]]:
        """The same in smaller bands."""
        pairs = zip(self.positions, self.people, strict=True)
        for band, several in groupby(pairs, key=lambda pair: pair[0] // size):
            yield band, [person for _, person in several]


def everybody(tx: Transaction, size: int = CHUNK, told: Told = nobody_listens) -> Iterator[Part]:
    """All bands from the rows, one at a time: a whole network need not be in memory as people.

    The rows come by one statement, and consent by one for each band: to ask for so many by their ids, sorted, took
    four times as long.
    """
    rows = tx.cursor(_EVERYBODY)
    done, total = 0, run(tx, HELD)[0][0]
    for band, several in groupby(rows, key=lambda row: row[0] // size):
        people = list(several)
        acts = run(tx, _THEIR_ACTS, dumps([id for _, id, *_ in people]))
        yield Part(band, [row[0] for row in people], people_of((row[1:] for row in people), acts))
        done += len(people)
        told(done, total)


def members(tx: Transaction, band: int, ids: Collection[str], size: int = CHUNK) -> Sequence[str]:
    """Who of these stands in a band, in order; there is no way from a band to its people but through its body."""
    first = band * size
    return [id for (id,) in run(tx, _IN_BAND, dumps(list(ids)), first, first + size - 1)]
