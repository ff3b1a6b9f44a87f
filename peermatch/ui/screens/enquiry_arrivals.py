"""Many letters at once: read one after the other with a way to stop, and kept in one step when all were read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done, Touched
from peermatch.services.incoming import Received
from peermatch.services.office import Services
from peermatch.ui.screens.enquiry_intake import Arrived, Read, Source, as_values, from_values, read, unfolded
from peermatch.ui.soon import soon
from peermatch.ui.tasks import SLOW_MS, Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.states import Meter
from peermatch.ui.widgets.text import SMALL_STRONG, Text
from peermatch.words import tr


@dataclass(slots=True)
class Batch:
    """Letters that come in together: what is still to be read, and what was."""

    all: tuple[Source, ...]
    waiting: list[Source] = field(default_factory=list)
    found: list[Read] = field(default_factory=list)

    @property
    def pasted(self) -> bool:
        """Whether all of it are words and no e-mails."""
        return all(source.text is not None for source in self.all)


class Arrivals(QObject):
    """``arrived`` brings what became of them, ``stopped`` how many were read for nothing, ``failed`` why none is kept.

    Nothing is kept before all were read: whoever stops, locks or closes in the middle has added nothing, and what was
    under way then is read again after the network is unlocked.
    """

    arrived = Signal(object)
    stopped = Signal(int)
    failed = Signal(object)

    def __init__(self, services: Services, tasks: Tasks, bar: "ArrivalBar", parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._tasks, self.bar = services, tasks, bar
        self._batch: Batch | None = None
        self._next: tuple[Source, ...] = ()
        bar.stop.clicked.connect(self.stop)

    @property
    def under_way(self) -> bool:
        """Whether letters are being read or kept."""
        return self._batch is not None

    def take(self, sources: tuple[Source, ...]) -> None:
        """Read letters and keep those that are new; what comes in meanwhile is next."""
        if self._batch is not None:
            self._next = (*self._next, *sources)
        elif sources:
            batch = self._batch = Batch(sources)
            self._tasks.run(self, partial(unfolded, sources), partial(self._begin, batch), self._not_kept)

    @Slot()
    def stop(self) -> None:
        """Read no further and keep nothing of it."""
        batch, self._batch = self._batch, None
        self._next = ()
        self.bar.end()
        if batch is not None:
            self.stopped.emit(len(batch.found))

    def draft(self) -> list[dict[str, str]]:
        """What is under way, for the moment after a lock."""
        here = self._batch.all if self._batch is not None else ()
        return as_values((*here, *self._next))

    def take_draft(self, values: Sequence[Mapping[str, str]]) -> None:
        """Read them again from the beginning; those that were kept before the lock are recognised."""
        self.take(from_values(values))

    def _begin(self, batch: Batch, sources: tuple[Source, ...]) -> None:
        if batch is self._batch:
            batch.waiting = list(sources)
            self.bar.begin(len(sources))
            self._go_on(batch)

    def _go_on(self, batch: Batch) -> None:
        if batch.waiting:
            work = partial(read, self._services, batch.waiting.pop(0))
            self._tasks.run(self, work, partial(self._was_read, batch), self._not_kept)
        else:
            self.bar.keep()
            work_all = partial(_kept, self._services, tuple(batch.found), pasted=batch.pasted)
            self._tasks.run(self, work_all, self._all_kept, self._not_kept)

    def _was_read(self, batch: Batch, found: tuple[Read, ...]) -> None:
        if batch is self._batch:
            batch.found += found
            self.bar.step()
            self._go_on(batch)

    def _all_kept(self, arrived: Arrived) -> None:
        self._end()
        self.arrived.emit(arrived)
        self._take_next()

    def _not_kept(self, error: PeerMatchError) -> None:
        self._end()
        self.failed.emit(error)
        self._take_next()

    def _end(self) -> None:
        self._batch = None
        self.bar.end()

    def _take_next(self) -> None:
        following, self._next = self._next, ()
        self.take(following)


def _kept(services: Services, found: tuple[Read, ...], *, pasted: bool) -> Arrived:
    """On the worker: the new ones in one step; one that could not be read does not stop the others."""
    letters = [(each.name, each.draft) for each in found if each.draft is not None]
    problems = tuple((each.name, each.problem) for each in found if each.problem is not None)
    done, received = Done(Touched(), ""), tuple[Received, ...]()
    if letters:
        drafts, on = tuple(draft for _, draft in letters), services.desk.today
        received, done = services.enquiries.receive_all(drafts, on, "pasted" if pasted else "email")
    return Arrived(tuple(name for name, _ in letters), received, done, problems)


class ArrivalBar(QWidget):
    """How many of them are read, and the way to stop; it stays away from what is done in a blink."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = self._read = 0
        row = Row(theme, self, spacing=12, margins=(4, 10, 4, 6))
        self._words = Text(theme, "", SMALL_STRONG, wrap=False)
        self._meter = Meter(theme, height=8)
        self.stop = Button(theme, tr("Stop"), small=True, note=tr("Nothing is kept of what was read so far"))
        row.addWidget(self._words)
        row.addWidget(self._meter, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.stop)
        self._slow = soon(self, self._appear, SLOW_MS)
        self.hide()

    def words(self) -> str:
        """What it says."""
        return self._words.words()

    def begin(self, count: int) -> None:
        """So many will be read."""
        self._count, self._read = count, 0
        self._say()
        self.stop.setEnabled(True)
        if count > 1:
            self._slow.start()

    def step(self) -> None:
        """One more was read."""
        self._read += 1
        self._say()

    def keep(self) -> None:
        """All were read and are being kept: now it cannot be stopped, only undone."""
        self._words.set_text(tr("Keeping them …"))
        self.stop.setEnabled(False)

    def end(self) -> None:
        """All is done."""
        self._slow.stop()
        self.hide()

    def _say(self) -> None:
        self._words.set_text(
            tr("Reading letter {min} of {count}").format(
                min=min(self._read + 1, self._count), count=self._count
            )
        )
        self._meter.set_share(self._read / self._count if self._count else 0)

    @Slot()
    def _appear(self) -> None:
        self.show()
        announce(self, tr("{count} letters are being read. You can stop.").format(count=self._count))
