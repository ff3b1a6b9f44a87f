"""The file and the journal's chain looked at in the background, in slices that nobody has to wait for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from peermatch.errors import Damaged
from peermatch.services.desk import Desk
from peermatch.store import journal, settings
from peermatch.store.engine import Interrupted, check_table, tables, verify
from peermatch.store.journal import Walked
from peermatch.store.network import AUDIT_KEY
from peermatch.store.pages import damaged
from peermatch.words import tr

PAGES_AT_ONCE = 512
"""Two megabytes: some ten milliseconds."""
LINES_AT_ONCE = 50
HINT = tr("Nothing more is written to it. Go back to the newest backup.")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a whole look found: when it ended, how many pages and lines it saw, and what is wrong, if anything is."""

    at: datetime
    pages: int
    lines: int
    damage: str = ""


class Checking:
    """One look at everything, slice by slice; between two slices the worker does what people asked for.

    ``others_wait`` says whether somebody waits behind a slice: the long look at one table is broken off then, and
    made again later. Where damage is found the network is sealed: what cannot be trusted is not built upon.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._slices: Iterator[None] | None = None
        self._file = ""
        self._others_wait: Callable[[], bool] = _nobody
        self._pages = 0
        self._walked = Walked()
        self.last: Checked | None = None

    def now(self) -> datetime:
        """The moment by the clock."""
        return self._desk.clock()

    def step(self, others_wait: Callable[[], bool] | None = None) -> Checked | None:
        """Look at one slice more; the result when it was the last. The next call begins anew."""
        self._others_wait = others_wait or _nobody
        store = self._desk.store
        if store.locked:
            return None
        file = store.source().keyfile.db
        if self._slices is None or self._file != file:  # another epoch is another file
            self._slices, self._file = self._look(), file
        try:
            next(self._slices)
        except StopIteration:
            return self._ended("")
        except Damaged as error:
            store.seal.put_on(Damaged(error.what, HINT))
            return self._ended(error.what)
        return None

    def whole(self) -> Checked:
        """All slices at once."""
        while True:
            found = self.step()
            if found is not None:
                return found

    def _ended(self, damage: str) -> Checked:
        self._slices = None
        self.last = Checked(self._desk.clock(), self._pages, self._walked.seq, damage)
        return self.last

    def _look(self) -> Iterator[None]:
        self._pages, self._walked = 0, Walked()
        yield from self._look_at_pages()
        yield from self._look_at_tables()
        yield from self._follow_the_chain()

    def _look_at_pages(self) -> Iterator[None]:
        """Every page as it stands on the disk; one that seems wrong is asked for again, by SQLCipher itself."""
        store = self._desk.store
        told = store.source().connection.execute("PRAGMA page_count").fetchone()[0]
        if store.pages().count() < told:
            raise damaged(store.pages().count() + 1)
        while (start := self._pages + 1) <= (count := store.pages().count()):
            end = min(start + PAGES_AT_ONCE, count + 1)
            page = store.pages().first_damaged(store.source().key, start, end)
            if page is not None and verify(store.source().connection):
                raise damaged(page)
            self._pages = end - 1
            yield

    def _look_at_tables(self) -> Iterator[None]:
        """Structure, indexes and references, a table at a time."""
        waiting = list(tables(self._desk.store.source().connection))
        while waiting:
            try:
                found = check_table(self._desk.store.source().connection, waiting[0], self._others_wait)
            except Interrupted:
                yield
                continue
            if found:
                raise Damaged(tr("The network is damaged ({found}).").format(found=found[0]), HINT)
            del waiting[0]
            yield

    def _follow_the_chain(self) -> Iterator[None]:
        """The journal's lines from the first to the newest."""
        while not self._walked.ended:
            with self._desk.store.read() as tx:
                key = settings.secret(tx, AUDIT_KEY)
                self._walked = journal.walk(tx.session, key, self._walked, LINES_AT_ONCE)
            if self._walked.broken is not None:
                raise Damaged(
                    tr("The journal was altered at line {broken}.").format(broken=self._walked.broken), HINT
                )
            yield


def _nobody() -> bool:
    return False
