"""The one worker: what touches the store, files or keys runs there, in order, and answers on the GUI thread."""

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from peermatch.errors import PeerMatchError
from peermatch.ui.soon import soon

T = TypeVar("T")
P = ParamSpec("P")
SLOW_MS = 400
RETIRED = "retired"


class AtOnce(Executor):
    """One worker whose work is waited for: for pictures, where order is all and nobody watches the clock."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="peermatch-at-once")

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do it now; the future is finished when it is handed back."""
        future = self._worker.submit(fn, *args, **kwargs)
        future.exception()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the worker."""
        self._worker.shutdown(wait, cancel_futures=cancel_futures)


class Crowd:
    """How much is under way; long work on the worker asks it whether somebody waits behind."""

    def __init__(self) -> None:
        self.size = 0

    def others_wait(self) -> bool:
        """Whether there is more than the one that asks."""
        return self.size > 1


class Tasks(QObject):
    """Runs work on one thread and brings the answer, or the sentence of failure, back to who asked.

    Work takes and gives plain values and never holds a Qt object. An answer for a widget that is gone is dropped.
    `busy` says that something has been under way for longer than a blink; `crashed` carries a fault of the program.
    """

    busy = Signal(bool)
    crashed = Signal(object)
    _answered = Signal(object)

    def __init__(self, executor: Executor | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = executor or ThreadPoolExecutor(max_workers=1, thread_name_prefix="peermatch-worker")
        self.crowd = Crowd()
        self._stopped = False
        self._slow = soon(self, self._say_busy, SLOW_MS)
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[PeerMatchError], None],
    ) -> None:
        """Do `work` on the worker; then `then(result)`, or `failed(error)`, on the GUI thread while `owner` lives."""
        if self._stopped or not _lives(owner):
            return
        self.crowd.size += 1
        if not self._slow.isActive():
            self._slow.start()
        future: Future[Any] = self._executor.submit(work)
        future.add_done_callback(_Answer(self, owner, then, failed).come)

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return self.crowd.size == 0

    def stop(self, last: Callable[[], object] | None = None) -> None:
        """Finish what is under way, do one last thing such as locking, and end the worker; answers are dropped."""
        self._stopped = True
        self._slow.stop()
        ending = self._executor.submit(last) if last is not None else None
        self._executor.shutdown(wait=True)
        if ending is not None:
            ending.result()

    @Slot()
    def _say_busy(self) -> None:
        if not self.idle:
            self.busy.emit(True)

    @Slot(object)
    def _deliver(self, answer: "_Answer") -> None:
        self.crowd.size -= 1
        if self.idle:
            self._slow.stop()
            self.busy.emit(False)
        if self._stopped or not _lives(answer.owner):
            return
        error = answer.future.exception()
        if error is None:
            answer.then(answer.future.result())
        elif isinstance(error, PeerMatchError):
            answer.failed(error)
        else:
            self.crashed.emit(error)


def retire(page: QObject) -> None:
    """From now on nothing below this page gets an answer or may ask for work: its network is about to be locked."""
    page.setProperty(RETIRED, True)


def _lives(owner: QObject) -> bool:
    """Whether who asked is still there, and on a page that is in use."""
    above: QObject | None = owner if shiboken6.isValid(owner) else None
    if above is None:
        return False
    while above is not None:
        if above.property(RETIRED):
            return False
        above = above.parent()
    return True


class _Answer:
    """One answer on its way from the worker to the GUI thread."""

    def __init__(
        self,
        tasks: Tasks,
        owner: QObject,
        then: Callable[[Any], None],
        failed: Callable[[PeerMatchError], None],
    ) -> None:
        self._tasks, self.owner, self.then, self.failed = tasks, owner, then, failed
        self.future: Future[Any] = Future()

    def come(self, future: Future[Any]) -> None:
        """Called on the worker when the work has ended."""
        self.future = future
        self._tasks._answered.emit(self)
