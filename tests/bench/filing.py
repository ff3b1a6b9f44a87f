"""Files: one library with and without a key, and a whole network as the program keeps it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlcipher3 import dbapi2

from peermatch.matching.register import Register
from peermatch.model.enquiry import Enquiry, EnquiryStatus
from peermatch.model.introduction import Introduction, State, Step
from peermatch.model.network import Network
from peermatch.model.reference import Reference
from peermatch.store import introductions, settings, supporters, vault
from peermatch.store.engine import KEPT_STATEMENTS, PROFILE, open_database
from peermatch.store.hold import Hold
from peermatch.store.kdf import LEAST
from peermatch.store.keyfile import KeyFile
from peermatch.store.keys import StoreKey
from peermatch.store.network import APP, Store
from tests.bench.asking import enquiries
from tests.bench.columns import Columns
from tests.bench.network import DAY, WORDINGS, People
from tests.bench.sql import Connection, fill

PASSPHRASE = "three quiet herons walk home"
_SAID_YES = ((Step.ACCEPT, 2),)
_BOTH_DID = (*_SAID_YES, (Step.ENQUIRER_AGREES, 3))
_WAY = {
    State.ASKED: (),
    State.ACCEPTED: _SAID_YES,
    State.DECLINED: ((Step.DECLINE, 2),),
    State.LAPSED: ((Step.LAPSE, 7),),
    State.AGREED: _BOTH_DID,
    State.REFUSED: (*_SAID_YES, (Step.ENQUIRER_REFUSES, 3)),
    State.INTRODUCED: (*_BOTH_DID, (Step.HAND_OVER, 4)),
    State.ENDED: (*_BOTH_DID, (Step.HAND_OVER, 4), (Step.END, 56)),
    State.STOPPED: ((Step.STOP, 7),),
}
"""By which steps an introduction came to where it stands, and how many days after the asking."""
_OUT_OF_HAND = {
    State.ASKED: (Step.LAPSE, 14),
    State.ACCEPTED: (Step.ENQUIRER_REFUSES, 21),
    State.AGREED: (Step.STOP, 21),
    State.INTRODUCED: (Step.END, 56),
}
"""What comes of one that is in hand when nobody does anything else, and after how many days."""
_NEXT_WITHIN = timedelta(days=14)
_FOR_EACH_NEW = 500


@dataclass(frozen=True, slots=True)
class Library:
    """A file of the library that the program uses, with the program's own settings."""

    connection: Connection

    @classmethod
    def with_key(cls, folder: Path) -> "Library":
        """As the program opens its file."""
        connection: Any = open_database(folder / f"{token_hex(4)}.db", StoreKey.random(), create=True)
        return cls(connection)

    @classmethod
    def without_key(cls, folder: Path) -> "Library":
        """The same in the clear."""
        path = folder / f"{token_hex(4)}.db"
        connection = dbapi2.connect(path, isolation_level=None, cached_statements=KEPT_STATEMENTS)
        for name, value, _ in PROFILE:
            connection.execute(f"PRAGMA {name}={value}")
        return cls(connection)

    def fill(self, columns: Columns, chunks: Sequence[bytes]) -> None:
        """Everybody in one transaction, and the packed chunks in another."""
        fill(self.connection, columns)
        self.connection.execute("BEGIN")
        self.connection.execute("CREATE TABLE chunk (number INTEGER PRIMARY KEY, body BLOB)")
        self.connection.executemany("INSERT INTO chunk VALUES (?, ?)", list(enumerate(chunks)))
        self.connection.execute("COMMIT")

    def withdraw(self, person: int) -> None:
        """One change of one consent, safe on the disk."""
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute("UPDATE person SET times_asked = times_asked + 1 WHERE number = ?", (person,))
        self.connection.execute("COMMIT")

    def read(self, person: int) -> object:
        """One person by number."""
        return self.connection.execute("SELECT * FROM person WHERE number = ?", (person,)).fetchone()

    def load(self) -> int:
        """All chunks; gives how many bytes."""
        return sum(len(row[0]) for row in self.connection.execute("SELECT body FROM chunk"))


def clock() -> datetime:
    """A moment that does not move."""
    return datetime(DAY.year, DAY.month, DAY.day, 9, 30, tzinfo=UTC)


def settled(introductions: Iterable[Introduction]) -> tuple[Introduction, ...]:
    """The same as time left them: with the days of their steps, and none in hand that was asked long ago."""
    return tuple(map(_settled, introductions))


def _settled(given: Introduction) -> Introduction:
    way, ending = _WAY[given.state], _OUT_OF_HAND.get(given.state)
    if ending and given.asked + timedelta(days=ending[1]) <= DAY:
        way = (*way, ending)
    now = replace(given, state=State.ASKED)
    for step, days in way:
        now = now.after(step, min(given.asked + timedelta(days=days), DAY))
    return now


def _status(asked: Introduction) -> EnquiryStatus:
    """How an enquiry stands by its one introduction: it is open while that is in hand, or another may be asked."""
    next_one = asked.state in (State.DECLINED, State.LAPSED) and asked.asked + _NEXT_WITHIN > DAY
    if asked.in_hand or next_one:
        return EnquiryStatus.TRIAGED
    return EnquiryStatus.WITHDRAWN if asked.state is State.REFUSED else EnquiryStatus.CLOSED


def enquiries_behind(network: People, introductions: Sequence[Introduction]) -> tuple[Enquiry, ...]:
    """One behind each introduction, as it then stands; before them a few that are new: the first is ranked."""
    new = len(introductions) // _FOR_EACH_NEW + 1
    made = enquiries(network.reference, new + len(introductions))
    fresh = (replace(each, received=DAY - timedelta(days=place % 3)) for place, each in enumerate(made[:new]))
    older = (
        replace(
            each,
            reference=asked.enquiry,
            received=asked.asked - timedelta(days=1),
            status=_status(asked),
        )
        for each, asked in zip(made[new:], introductions, strict=True)
    )
    return (*fresh, *older)


@dataclass(frozen=True, slots=True)
class Folder:
    """A whole network on the disk, with its key at hand."""

    path: Path
    reference: Reference
    keyfile: KeyFile

    @classmethod
    def of(cls, network: People, folder: Path) -> "Folder":
        """A new folder, with all chunks written; introductions stand there as time left them (`settled`)."""
        path, steps = folder / f"{token_hex(4)}.peermatch", settled(network.introductions)
        whole = Network(
            "Bench",
            wordings=WORDINGS,
            barred=network.barred,
            supporters=network.supporters,
            introductions=steps,
            enquiries=enquiries_behind(network, steps),
        )
        store = Store.create(path, whole, PASSPHRASE, clock, cost=LEAST).store
        store.packed(network.reference.vocabulary)
        store.lock()
        keyfile, _ = vault.read_keys(path)
        return cls(path, network.reference, keyfile)

    def unlocked(self) -> tuple[StoreKey, str]:
        """The key, and the way in that gave it: slow on purpose."""
        return vault.unlock(self.keyfile, vault.PassphraseSecret(PASSPHRASE))

    def open(self, key: StoreKey, slot: str) -> Store:
        """The store, once the key is known."""
        return Store(self.path, self.keyfile, key, slot, Hold.acquire(self.path, APP), clock)

    def by_chunks(self, store: Store) -> Register:
        """The register as matching can be given it at once."""
        packed = store.packed(self.reference.vocabulary)
        with store.read() as tx:
            barred, wordings = settings.barred(tx), settings.wordings(tx) or ()
        return Register.of_chunks(self.reference, packed.chunks, packed.words, barred, wordings)

    def by_rows(self, store: Store) -> Register:
        """The register from all rows as objects, as programs usually begin."""
        with store.read() as tx:
            people, listed = supporters.every(tx), introductions.every(tx)
            barred, wordings = settings.barred(tx), settings.wordings(tx) or ()
        return Register.build(self.reference, people, listed, barred, wordings)
