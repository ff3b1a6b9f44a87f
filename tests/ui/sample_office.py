"""The sample network, open and encrypted, with a worker that works at once or only when the test lets it."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from peermatch.services.office import Services
from peermatch.services.sample import NAME, PASSPHRASE, make_sample, sample_letters
from peermatch.ui.screen import Screen
from peermatch.ui.tasks import AtOnce, Tasks
from tests.ui.real_networks import doors, settled

T = TypeVar("T")
HERO = "E-0142"
"""The reference that the first letter of the sample gets."""


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="sample-", dir=Path.home())) / NAME
    make_sample(doors(), folder).lock()
    return folder


def sample(place: Path) -> Services:
    """A sample network of one's own, open."""
    folder = place / NAME
    shutil.copytree(_template(), folder)
    return doors().open(folder, PASSPHRASE)


class WhenTold(AtOnce):
    """Keeps the work until the test lets it go: what the screen shows meanwhile can be seen."""

    def __init__(self) -> None:
        super().__init__()
        self.holding = False
        self._kept: list[Callable[[], None]] = []

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Do it, now or later."""
        if not self.holding:
            return super().submit(fn, *args, **kwargs)
        answer: Future[T] = Future()
        self._kept.append(lambda: self._answer(answer, super(WhenTold, self).submit(fn, *args, **kwargs)))
        return answer

    def let_go(self) -> None:
        """Do all that waits."""
        self.holding = False
        kept, self._kept = self._kept, []
        for work in kept:
            work()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Finish what waits, as a worker does that is told to end."""
        self.let_go()
        super().shutdown(wait, cancel_futures=cancel_futures)

    @staticmethod
    def _answer(later: Future[T], now: Future[T]) -> None:
        error = now.exception()
        if error is not None:
            later.set_exception(error)
        else:
            later.set_result(now.result())


class Bench:
    """A page with one screen on it, refreshed after each command as the window does."""

    def __init__(self, services: Services, make: Callable[[Tasks], Screen]) -> None:
        self.services = services
        self.worker = WhenTold()
        self.tasks = Tasks(self.worker)
        self.notices: list[str] = []
        self.went: list[tuple[str, str, str]] = []
        self.crashes: list[BaseException] = []
        self.tasks.crashed.connect(self.crashes.append)
        self.page = QWidget()
        self.screen = make(self.tasks)
        row = QHBoxLayout(self.page)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.screen)
        self.screen.did.connect(self._did)
        self.screen.go.connect(self._went)
        self.page.resize(1232, 844)
        self.page.show()
        self.rest()

    def rest(self) -> None:
        """Let answers come and layouts settle; nothing may have crashed."""
        settled(self.page)
        assert self.crashes == []

    def letters(self) -> tuple[bytes, ...]:
        """The invented letters, in order."""
        return tuple(letter.raw for letter in sample_letters())

    def actions(self, about: str) -> list[str]:
        """What the journal says about a record, newest first."""
        return [entry.action for entry in self.services.upkeep.journal(about=about)]

    def _did(self, done: Any) -> None:
        self.notices.append(done.notice)
        self.screen.refresh(done.touched)

    def _went(self, screen: str, reference: str, supporter: str) -> None:
        self.went.append((screen, reference, supporter))


@contextmanager
def bench_on(services: Services, make: Callable[[Services, Tasks], Screen]) -> Iterator[Bench]:
    """A screen on a network that stays open: for tests that change nothing in it."""
    made = Bench(services, lambda tasks: make(services, tasks))
    try:
        yield made
    finally:
        made.page.close()
        made.page.deleteLater()
        made.tasks.stop()


@contextmanager
def bench(place: Path, make: Callable[[Services, Tasks], Screen]) -> Iterator[Bench]:
    """A screen on a sample network of its own, locked again at the end."""
    services = sample(place)
    try:
        with bench_on(services, make) as made:
            yield made
    finally:
        services.lock()
