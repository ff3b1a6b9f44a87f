"""The tour through the sample network: five steps, left and taken up again at will, and never in a real network."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from peermatch.errors import PeerMatchError, Refused
from peermatch.model.changes import Done
from peermatch.services import tour as work
from peermatch.services.office import Services
from peermatch.services.sample import is_sample
from peermatch.services.tour import TourLetter
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.tour_steps import Stage, TourStep, step_of
from peermatch.ui.tour_strip import TourStrip
from peermatch.words import tr

T = TypeVar("T")


class Tour(QObject):
    """``go`` asks for a screen, ``did`` brings what was done, ``failed`` why not, ``changed`` that it runs or not."""

    go = Signal(str, str, str)
    did = Signal(Done)
    failed = Signal(object)
    changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._letter: TourLetter | None = None
        self._list_seen = False
        self._screen = ""
        self.running = self.left = False
        self.strip = TourStrip(theme)
        self.strip.pressed.connect(self._press)
        self.strip.place_wanted.connect(self._go_to_place)
        self.strip.left.connect(self.leave)

    @property
    def offered(self) -> bool:
        """Whether there is one here: in the sample network, where it can be worked on."""
        return is_sample(self._services.folder) and self._services.viewed is None

    @property
    def step(self) -> TourStep:
        """What comes next."""
        return step_of(self._letter, self._services.desk.snapshot, list_seen=self._list_seen)

    @Slot()
    def begin(self) -> None:
        """Begin, or go on where it was left."""
        if self.running:
            self.strip.take_focus()
        elif self.offered:
            find = partial(work.tour_letter, self._services)
            self._tasks.run(self, find, self._begun, self._refused)
        else:
            self.failed.emit(
                Refused(tr("The tour needs the sample network itself, where it can be worked on."))
            )

    @Slot()
    def leave(self) -> None:
        """Go on without it; what was done stays."""
        self.running, self.left = False, self.step.stage <= Stage.CARD
        self.strip.hide()
        self.changed.emit()

    def look(self, screen: str) -> None:
        """Something was done, or another screen is shown: perhaps the step has changed."""
        self._screen = screen
        if self.running:
            self._show()

    def _begun(self, letter: TourLetter | None) -> None:
        self._letter, self.running = letter, True
        self._go_on()
        self.changed.emit()

    def _go_on(self) -> None:
        """To where the step is done, the keyboard on what it offers."""
        self._show()
        self._go_to_place()
        self.strip.take_focus()

    def _show(self) -> None:
        step = self.step
        self.strip.show_step(step, here=step.place[0] == self._screen or step.stage is Stage.THROUGH)

    @Slot()
    def _go_to_place(self) -> None:
        step = self.step
        if step.stage is not Stage.THROUGH:
            self.go.emit(*step.place)

    @Slot()
    def _press(self) -> None:
        stage, letter, on = self.step.stage, self._letter, self._services.desk.today
        if stage is Stage.THROUGH:
            self.running, self._list_seen = False, False
            self.begin()
        elif stage is Stage.LIST:
            self._list_seen = True
            self._go_on()
        elif letter is not None and stage is Stage.LETTER:
            self._do(partial(work.bring_in, self._services, letter, on), self._came_in)
        elif letter is not None and stage is Stage.NEEDS:
            self._do(partial(work.confirm_needs, self._services, letter), self._done)
        elif letter is not None and stage is Stage.ASK:
            self._do(partial(work.ask_first, self._services, letter, on), self._done)
        elif letter is not None:
            self._do(partial(work.let_both_agree, self._services, letter, on), self._done)

    def _do(self, task: Callable[[], T], then: Callable[[T], None]) -> None:
        self.strip.setEnabled(False)
        self._tasks.run(self, task, then, self._refused)

    def _came_in(self, came: tuple[TourLetter, Done]) -> None:
        self._letter, done = came
        self._done(done)

    def _done(self, done: Done) -> None:
        self.strip.setEnabled(True)
        self.did.emit(done)
        self._go_on()

    def _refused(self, error: PeerMatchError) -> None:
        self.strip.setEnabled(True)
        self.failed.emit(error)
