"""Half-typed work: set aside in the encrypted file, and given back after the network is unlocked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from peermatch.errors import PeerMatchError
from peermatch.services.desk import Desk
from peermatch.store import drafts
from peermatch.words import tr

T = TypeVar("T")


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """Something that was not finished: where it stands, and what was written so far; it never shows itself."""

    key: str
    body: str


class Drafts:
    """Keeps what is half-typed. It is no step: the journal says nothing of it, and undo does not know it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def kept(self) -> tuple[Draft, ...]:
        """What was not finished when the network was locked last; nothing where a backup is only looked at."""
        if self._desk.store.seal.looking:
            return ()
        with self._desk.store.read() as tx:
            return tuple(Draft(key, body) for key, body in drafts.every(tx).items())

    def keep(self, wanted: tuple[Draft, ...]) -> None:
        """Keep exactly these; nothing is written where they are kept already, or where it is locked already."""
        if self._desk.store.locked or self._desk.store.seal.looking:
            return
        bodies = {draft.key: draft.body for draft in wanted}
        with self._desk.store.read() as tx:
            same = drafts.every(tx) == bodies
        if not same:
            with self._desk.store.write_aside() as tx:
                drafts.replace_all(tx, bodies)

    def keep_and_lock(self, wanted: tuple[Draft, ...], lock: Callable[[], object]) -> None:
        """Keep them, and close the network whether that was possible or not."""
        try:
            self.keep(wanted)
        except PeerMatchError as error:
            raise NotKept() from error
        finally:
            lock()


class NotKept(PeerMatchError):
    """The network is locked, but what was half-typed could not be written."""

    def __init__(self) -> None:
        super().__init__(
            tr("The network is locked, but what you were typing could not be kept."),
            tr("Look whether the disk is full, then write it again."),
        )
