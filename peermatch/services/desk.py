"""The unlocked network at work: one place where commands run and the picture in memory is kept true."""

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from peermatch.mail.wording import Templates
from peermatch.matching.register import Register
from peermatch.model.changes import Done, Touched
from peermatch.model.introduction import Introduction
from peermatch.model.letter_text import OwnText
from peermatch.model.people import Supporter
from peermatch.services import snapshot
from peermatch.services.own_reader import OwnReader
from peermatch.services.people import Packed, People
from peermatch.services.shipped import Shipped
from peermatch.services.snapshot import Snapshot
from peermatch.services.steps import Steps
from peermatch.store import introductions, journal, supporters
from peermatch.store.bands import Told, nobody_listens
from peermatch.store.network import Clock, Store
from peermatch.store.transaction import Transaction

T = TypeVar("T")


class Desk:
    """Holds the store and the snapshot; all commands pass through `command` and end with `done`.

    With ``people_at_once`` all records and introductions are read whenever the whole network is: a window shows names,
    and reads the file on its worker alone. ``told`` hears how far what is packed of them is made, where it has to be.
    """

    def __init__(
        self,
        store: Store,
        shipped: Shipped,
        clock: Clock,
        *,
        people_at_once: bool = True,
        told: Told = nobody_listens,
    ) -> None:
        self.store, self.shipped, self.clock = store, shipped, clock
        self._told = told
        self._people_at_once = people_at_once
        self._under_way: Transaction | None = None
        self.reader = OwnReader(shipped)
        self._worded: tuple[tuple[OwnText, ...], Templates] = ((), shipped.templates)
        self._answers: dict[Hashable, Any] = {}
        self._answered_at = 0
        self.snapshot: Snapshot = self._taken()
        with store.read() as tx:
            self._line = journal.newest(tx)

    @property
    def today(self) -> date:
        """The day by the clock."""
        return self.clock().date()

    @property
    def templates(self) -> Templates:
        """The letters as this network words them."""
        own, made = self._worded
        if own is not self.snapshot.letters:
            own, made = self.snapshot.letters, self.shipped.templates.with_own(self.snapshot.letters)
            self._worded = (own, made)
        return made

    @contextmanager
    def command(self, action: str, about: str = "") -> Iterator[Transaction]:
        """One transaction and its journal line; records that were not read yet are read through it."""
        try:
            with self.store.write(action, about) as tx:
                self._under_way = tx
                yield tx
        except BaseException:
            if not self._people_at_once:
                self.snapshot = self._unread(self.snapshot)
            raise
        finally:
            self._under_way = None

    def done(self, tx: Transaction, touched: Touched, notice: str) -> Done:
        """Renew the picture and say what was done, with the step that can be undone."""
        self.renew(touched)
        return Done(touched, notice, tx.seq if tx.undoable else None)

    def renew(self, touched: Touched) -> None:
        """Read again what a command touched."""
        self._answers.clear()
        with self.store.read() as tx:
            changed = journal.tables_since(tx, self._line)
            if not touched.network:
                self.snapshot = snapshot.renew(self.snapshot, touched, tx)
            elif changed <= snapshot.SETTINGS:
                self.snapshot = snapshot.with_settings(self.snapshot, tx)
            self._line = journal.newest(tx)
        if touched.network and not changed <= snapshot.SETTINGS:
            self.snapshot = self._taken()

    def once(self, question: Hashable, work_out: Callable[[], T]) -> T:
        """The answer to a question that rests on the network alone: worked out again after the next step only."""
        with self.store.read() as tx:
            line = journal.newest(tx)
        if line != self._answered_at:
            self._answers.clear()
            self._answered_at = line
        if question not in self._answers:
            self._answers[question] = work_out()
        found: T = self._answers[question]
        return found

    def read_anew(self) -> None:
        """Take the whole picture again, after a step of which no image says what it changed."""
        self._answers.clear()
        self.snapshot = self._taken()
        with self.store.read() as tx:
            self._line = journal.newest(tx)

    def _taken(self) -> Snapshot:
        """The whole network, with the packed columns that the store keeps."""
        register, people, steps = self._register(), self._people(), Steps(self._every_step)
        if self._people_at_once:
            people.read()
            people.roll.in_order()
            steps.ready()
        with self.store.read() as tx:
            return snapshot.take(register, tx, people, steps)

    def _register(self) -> Register:
        """What rankings need; the packed bytes are let go before anything else is read."""
        packed = self.store.packed(self.shipped.reference.vocabulary, self._told)
        with self.store.read() as tx:
            return snapshot.ranked(self.shipped.reference, packed, tx)

    def _people(self) -> People:
        return People(self._everybody, read_one=self._somebody)

    def _unread(self, picture: Snapshot) -> Snapshot:
        """The same picture, without records that a command read before it failed: they may be as it left them."""
        return replace(picture, supporters=self._people(), introductions=Steps(self._every_step))

    def _everybody(self) -> Mapping[str, Supporter]:
        """All records: as the file keeps them packed, or within a command as its rows then are."""
        if self._under_way is None:
            return Packed(_let_go(self.store.records(self.shipped.reference.vocabulary, self._told)))
        return {each.id: each for each in supporters.every(self._under_way)}

    def _somebody(self, id: str) -> Supporter | None:
        with self._reading() as tx:
            return next(iter(supporters.some(tx, (id,))), None)

    def _every_step(self) -> Mapping[int, Introduction]:
        with self._reading() as tx:
            return introductions.numbered(tx)

    @contextmanager
    def _reading(self) -> Iterator[Transaction]:
        """There is one connection: what is asked for within a command is read through the command."""
        if self._under_way is not None:
            yield self._under_way
            return
        with self.store.read() as tx:
            yield tx


def _let_go(bodies: Iterable[bytes]) -> Iterator[bytes]:
    """One after the other, none of which is kept: together they have as many bytes as what is made of them."""
    waiting = deque(bodies)
    del bodies
    while waiting:
        yield waiting.popleft()
