"""The one window: the way in, the recovery sheet, the workplace, or the page of a fault, one at a time."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent

from peermatch.errors import PeerMatchError
from peermatch.services.office import Doors, NewNetwork, Services
from peermatch.ui.choosers import Choosers
from peermatch.ui.messages import Fault
from peermatch.ui.screens.crash_page import CrashPage
from peermatch.ui.screens.recovery_sheet import RecoverySheet
from peermatch.ui.screens.welcome import Welcome
from peermatch.ui.tasks import Tasks, retire
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel
from peermatch.ui.workplace import Workplace

SMALLEST = (960, 600)
Page = Welcome | RecoverySheet | Workplace | CrashPage


class MainWindow(Panel):
    """Holds the services of the open network and gives them to one page at a time.

    Locking destroys the pages first and closes the network on the worker then. ``closed`` comes when all has ended.
    """

    closed = Signal()

    def __init__(
        self,
        doors: Doors,
        tasks: Tasks,
        theme: Theme,
        *,
        folder: Path | None = None,
        services: Services | None = None,
        choosers: Choosers | None = None,
    ) -> None:
        super().__init__(theme, "canvas")
        self._doors, self._tasks = doors, tasks
        self._choosers = choosers or Choosers()
        self._folder = folder
        self._services: Services | None = None
        self._ended = False
        self._column = Column(theme, self, spacing=0)
        self._page: Page | None = None
        self.setWindowTitle("PeerMatch")
        self.setMinimumSize(*SMALLEST)
        if services is not None:
            self.enter(services)
        else:
            self._welcome()

    @property
    def page(self) -> Page | None:
        """What is shown."""
        return self._page

    @property
    def locked(self) -> bool:
        """Whether no network is open here."""
        return self._services is None

    @Slot(object)
    def enter(self, services: Services) -> None:
        """Work on an open network."""
        self._services, self._folder = services, services.folder
        work = Workplace(services, self._tasks, self._theme)
        work.lock_wanted.connect(self.lock)
        work.recovery_made.connect(self._show_recovery)
        self.setWindowTitle(f"{services.desk.snapshot.name} – PeerMatch")
        self._show(work)

    @Slot(object)
    def begin(self, made: NewNetwork) -> None:
        """A network was just made: its recovery sheet comes first."""
        if made.recovery is None:
            self.enter(made.services)
            return
        self._services, self._folder = made.services, made.services.folder
        self._show_recovery(made.recovery)

    @Slot()
    def lock(self) -> None:
        """Take everything off the screen, then close the network on the worker and ask for the passphrase."""
        services = self._let_go()
        if services is not None:
            self._clear()
            self._tasks.run(self, services.lock, self._locked, self._not_locked)

    @Slot(object)
    def show_fault(self, fault: Fault) -> None:
        """A fault of the program: lock, and say so calmly."""
        services = self._let_go()
        page = CrashPage(self._theme, fault)
        page.again.connect(self._welcome)
        page.leave.connect(self.close)
        self._show(page)
        if services is not None and not self._ended:
            self._tasks.run(self, services.lock, _nothing, self._not_locked)

    def renew(self) -> None:
        """Show everything anew: somebody else has worked on the network."""
        if isinstance(self._page, Workplace):
            self._page.renew()

    def show_screen(self, key: str, reference: str = "", supporter: str = "") -> None:
        """Go to a screen, where a network is open."""
        if isinstance(self._page, Workplace):
            self._page.show_screen(key, reference, supporter)

    def release(self) -> None:
        """Give the network back to who opened it: closing the window does not lock it then."""
        self._let_go()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lock cleanly and end the worker."""
        services = self._let_go()
        self._clear()
        if not self._ended:
            self._ended = True
            self._tasks.stop(services.lock if services is not None else None)
            self.closed.emit()
        super().closeEvent(event)

    def _let_go(self) -> Services | None:
        if isinstance(self._page, Workplace):
            self._page.leave()
        services, self._services = self._services, None
        self._theme.cover.set_on(False)
        self.setWindowTitle("PeerMatch")
        return services

    @Slot()
    def _welcome(self) -> None:
        page = Welcome(self._doors, self._tasks, self._theme, self._choosers, self._folder)
        page.entered.connect(self.enter)
        page.created.connect(self.begin)
        self._show(page)
        page.form.take_focus()

    def _locked(self, _nothing: object) -> None:
        self._welcome()

    def _not_locked(self, error: PeerMatchError) -> None:
        self._welcome()
        if isinstance(self._page, Welcome):
            self._page.show_error(error)

    @Slot(str)
    def _show_recovery(self, key: str) -> None:
        if self._services is None:
            return
        name = self._services.desk.snapshot.name
        sheet = RecoverySheet(self._tasks, self._theme, self._choosers, self._services.folder, name, key)
        sheet.finished.connect(self._recovery_kept)
        self._show(sheet)

    @Slot()
    def _recovery_kept(self) -> None:
        if self._services is not None:
            self.enter(self._services)

    def _show(self, page: Page) -> None:
        self._clear()
        self._page = page
        self._column.addWidget(page)
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
            self._page = None


def _nothing(_done: object) -> None:
    """Locked already, and the page says so."""
