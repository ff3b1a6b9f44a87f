"""The one window: the way in, the recovery sheet, the workplace, or the page of a fault, one at a time."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent, QPaintEvent

from peermatch.errors import PeerMatchError
from peermatch.services.doors import Doors
from peermatch.ui.ahead import Ahead
from peermatch.ui.choosers import Choosers
from peermatch.ui.help_door import HelpDoor
from peermatch.ui.locking.memory import let_memory_go
from peermatch.ui.locking.shutters import close_all_over
from peermatch.ui.locking.signals import SLEEP
from peermatch.ui.messages import Fault
from peermatch.ui.screens.welcome import Welcome
from peermatch.ui.screens.welcome_unlock import UnlockForm
from peermatch.ui.soon import soon
from peermatch.ui.tasks import Tasks, retire
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel
from peermatch.words import tr

if TYPE_CHECKING:
    from peermatch.services.office import NewNetwork, Services
    from peermatch.ui.screens.crash_page import CrashPage
    from peermatch.ui.screens.recovery_sheet import RecoverySheet
    from peermatch.ui.workplace import Workplace

    Page = Welcome | RecoverySheet | Workplace | CrashPage

SMALLEST = (960, 600)
TIDY_MS = 50
"""By then Qt has deleted the pages of a network that was locked."""
NOT_REMEMBERED = tr("So the passphrase is asked for each time.")
TRY_AGAIN = tr("You can try again in the settings, under Who can open it.")


class MainWindow(Panel):
    """Holds the services of the open network and gives them to one page at a time.

    Locking destroys the pages first and closes the network on the worker then. ``opened`` brings the services of a
    network that is open now, ``covering`` comes when its pages go, ``covered`` when nothing of them is on the screen,
    ``locked_now`` when its key is forgotten, and ``closed`` when all has ended. ``painted`` comes once, after the
    window was first painted: what is not seen by then is loaded from there on, and ``warmed`` when that is done:
    with yes where no network was opened by then, nor is being opened.
    """

    opened = Signal(object)
    covering = Signal()
    covered = Signal()
    locked_now = Signal()
    closed = Signal()
    painted = Signal()
    warmed = Signal(bool)

    def __init__(
        self,
        doors: Doors,
        tasks: Tasks,
        theme: Theme,
        *,
        folder: Path | None = None,
        services: "Services | None" = None,
        choosers: Choosers | None = None,
        let_go: Callable[[], None] = let_memory_go,
    ) -> None:
        super().__init__(theme, "canvas")
        self._let_memory_go = let_go
        self._doors, self._tasks = doors, tasks
        self._choosers = choosers or Choosers()
        self._folder = folder
        self._services: Services | None = None
        self._was_open = self._ended = self._was_painted = False
        self._not_remembered: PeerMatchError | None = None
        self._begun = soon(self, self._after_paint)
        self._warm = soon(self, self._warm_up)
        self._tidy = soon(self, self._tidied, TIDY_MS)
        self._column = Column(theme, self, spacing=0)
        self._page: Page | None = None
        self.work: Workplace | None = None
        """The page of an open network while that is what is shown."""
        self.shows_fault = False
        self.setWindowTitle("PeerMatch")
        self.setMinimumSize(*SMALLEST)
        if services is not None:
            self.enter(services)
        else:
            self._welcome()

    @property
    def lists(self) -> int:
        """How wide lists are here now, in per cent of the design."""
        return self._theme.lists

    @property
    def page(self) -> "Page | None":
        """What is shown."""
        return self._page

    @property
    def services(self) -> "Services | None":
        """The open network."""
        return self._services

    @property
    def locked(self) -> bool:
        """Whether no network is open here."""
        return self._services is None

    @Slot(object)
    def enter(self, services: "Services") -> None:
        """Work on an open network."""
        from peermatch.ui.trying import TrialWatch
        from peermatch.ui.workplace import Workplace
        from peermatch.words import in_words

        self._services, self._folder = services, services.folder
        self._was_open = True
        work = Workplace(services, self._tasks, self._theme)
        work.lock_wanted.connect(self.lock)
        work.lock_explained.connect(self.lock_because)
        mark = (
            tr(", backup of {in_words}, read only").format(in_words=in_words(services.viewed))
            if services.viewed
            else ""
        )
        self.setWindowTitle(f"{services.desk.snapshot.name}{mark} – PeerMatch")
        self._show(work)
        self.work = work
        trial = TrialWatch(services.trial, self._tasks, work)
        trial.tried.connect(work.notices.show_trial)
        trial.start()
        remark, self._not_remembered = self._not_remembered, None
        if remark is not None:
            work.notices.show_error(f"{remark.what} {NOT_REMEMBERED}", TRY_AGAIN)
        self.opened.emit(services)

    @Slot(object)
    def begin(self, made: "NewNetwork") -> None:
        """A network was just made: its recovery sheet comes first."""
        self._not_remembered = made.not_remembered
        if made.recovery is None:
            self.enter(made.services)
            return
        self._services, self._folder = made.services, made.services.folder
        self._was_open = True
        self._show_recovery(made.recovery)
        self.opened.emit(made.services)

    @Slot()
    def lock(self) -> None:
        """Take everything off the screen and ask for the passphrase; the worker closes the network meanwhile."""
        self.lock_because("")

    @Slot(str)
    def lock_because(self, reason: str) -> None:
        """The same, and say why: a lock that nobody explains is taken for a fault."""
        closing = self._closing(in_haste=reason == SLEEP)
        if closing is not None:
            close_all_over(self)
            self._clear()
            self.repaint()
            self.covered.emit()
            self._tasks.run(self, closing, self._locked, self._not_locked)
            self._welcome()
            self._say(reason)
        elif isinstance(self._page, Welcome) and isinstance(self._page.form, UnlockForm):
            self._page.form.lock_when_open(reason)
            self.locked_now.emit()

    def _closing(self, *, at_end: bool = False, in_haste: bool = False) -> Callable[[], object] | None:
        """Let the network go: what is left to do for the worker, the half-typed work first.

        At the end there is a backup, at a lock one a day, and none in haste: a computer does not wait with its sleep.
        """
        typed = self.work.half_typed() if self.work is not None else None
        services = self._let_go()
        if services is None:
            return None
        lock: Callable[[], object] = partial(services.close, once_a_day=not at_end)
        if in_haste:
            lock = partial(services.lock, in_haste=True)
        return lock if typed is None else partial(services.drafts.keep_and_lock, typed, lock)

    @Slot(object)
    def show_fault(self, fault: Fault) -> None:
        """A fault of the program: lock, and say so calmly."""
        from peermatch.ui.screens.crash_page import CrashPage

        services = self._let_go()
        close_all_over(self)
        page = CrashPage(self._theme, fault)
        page.again.connect(self._welcome)
        page.leave.connect(self.close)
        self._show(page)
        self.shows_fault = True
        if services is not None and not self._ended:
            self._tasks.run(self, services.lock, self._locked, self._not_locked)

    @Slot(int)
    def warn(self, seconds: int) -> None:
        """The window locks soon, for nobody uses it."""
        if self.work is not None:
            self.work.warning.show_left(seconds)

    @Slot()
    def heed(self) -> None:
        """Somebody is here again."""
        if self.work is not None:
            self.work.warning.put_away()

    def renew(self) -> None:
        """Show everything anew: somebody else has worked on the network."""
        if self.work is not None:
            self.work.renew()

    def show_screen(self, key: str, reference: str = "", supporter: str = "") -> None:
        """Go to a screen, where a network is open."""
        if self.work is not None:
            self.work.show_screen(key, reference, supporter)

    def release(self) -> None:
        """Give the network back to who opened it: closing the window does not lock it then."""
        self._let_go()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lock cleanly and end the worker."""
        closing = self._closing(at_end=True)
        close_all_over(self)
        self._clear()
        if not self._ended:
            self._ended = True
            self._doors.leave()
            self._end(closing)
            self.closed.emit()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first time, say so once all of the window is on the screen."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self._begun.start()

    @Slot()
    def _after_paint(self) -> None:
        """Once it is on the screen; what the page asks at this moment comes first, for it is soon told."""
        self.painted.emit()
        self._warm.start()

    @Slot()
    def _warm_up(self) -> None:
        """While somebody types: the store first, for it is needed first."""
        ahead = Ahead(self._tasks, self._warmed, self._doors.before_changes(), self)
        self.opened.connect(ahead.rest)
        if self._services is not None:  # it was opened before the window was: all of that is there
            ahead.begin(None)
        else:
            self._tasks.run(self, self._doors.warm_up, ahead.begin, ahead.begin)

    def _warmed(self) -> None:
        self.warmed.emit(self._tasks.idle and not self._was_open)

    def _end(self, closing: Callable[[], object] | None) -> None:
        """End the worker; where half-typed work could not be kept, the network is locked all the same."""
        if closing is None:
            self._tasks.stop()
            return
        from peermatch.services.drafts import NotKept

        with suppress(NotKept):  # nobody is left to tell
            self._tasks.stop(closing)

    def _let_go(self) -> "Services | None":
        if self.work is not None:
            self.work.leave()
        services, self._services = self._services, None
        self._theme.cover.set_on(False)
        self.setWindowTitle("PeerMatch")
        self.covering.emit()
        return services

    @Slot()
    def _welcome(self) -> None:
        page = Welcome(
            self._doors,
            self._tasks,
            self._theme,
            self._choosers,
            self._folder,
            by_keychain=not self._was_open,
        )
        page.entered.connect(self.enter)
        page.created.connect(self.begin)
        page.help.clicked.connect(HelpDoor(self._theme, page, partial(tuple, ("welcome",))).toggle)
        self._show(page)
        page.form.take_focus()

    def _locked(self, trouble: object) -> None:
        self._tidy.start()
        if isinstance(trouble, str) and trouble and isinstance(self._page, Welcome):
            self._page.show_error(PeerMatchError(trouble))

    def _not_locked(self, error: PeerMatchError) -> None:
        if not isinstance(self._page, Welcome):
            self._welcome()
        if isinstance(self._page, Welcome):
            self._page.show_error(error)
        self._tidy.start()

    @Slot()
    def _tidied(self) -> None:
        """After the pages are gone: what they held is freed now and not some time later, before the computer sleeps."""
        self._let_memory_go()
        self.locked_now.emit()

    def _say(self, reason: str) -> None:
        if reason and isinstance(self._page, Welcome) and isinstance(self._page.form, UnlockForm):
            self._page.form.show_note(reason)

    @Slot(str)
    def _show_recovery(self, key: str) -> None:
        if self._services is None:
            return
        from peermatch.ui.screens.recovery_sheet import RecoverySheet

        name = self._services.desk.snapshot.name
        sheet = RecoverySheet(self._tasks, self._theme, self._choosers, self._services.folder, name, key)
        sheet.finished.connect(self._recovery_kept)
        HelpDoor(self._theme, sheet, partial(tuple, ("recovery",)))
        self._show(sheet)

    @Slot()
    def _recovery_kept(self) -> None:
        if self._services is not None:
            self.enter(self._services)

    def _show(self, page: "Page") -> None:
        self._clear()
        self._page = page
        self._column.addWidget(page)
        if self.isVisible():  # else it comes with the window, which is measured once
            page.show()
        if not isinstance(page, Welcome):
            page.take_focus()

    def _clear(self) -> None:
        """Nothing of the page that was shown stays: locked means that no name is left on the screen."""
        if self._page is not None:
            retire(self._page)
            self._column.removeWidget(self._page)
            self._page.hide()
            self._page.setParent(None)
            self._page.deleteLater()
            self._page = self.work = None
            self.shows_fault = False
