"""What is new: said once after an upgrade, in a quiet banner that leads to the page of the help."""

from PySide6.QtCore import QObject, Slot

from peermatch.errors import PeerMatchError
from peermatch.services.this_computer import news_of_upgrade
from peermatch.ui.help_pages import WHATS_NEW
from peermatch.ui.main_window import MainWindow
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.words import tr


class WhatsNew(QObject):
    """Looks once, when the first network is opened."""

    def __init__(self, window: MainWindow, tasks: Tasks, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._tasks, self._theme = window, tasks, theme
        self._looked = False
        self.banner: Banner | None = None
        window.opened.connect(self.look)
        if window.services is not None:
            self.look()

    @Slot()
    def look(self) -> None:
        """Find out whether another version ran here before."""
        if not self._looked:
            self._looked = True
            self._tasks.run(self, news_of_upgrade, self._known, self._not_kept)

    def _known(self, version: str) -> None:
        page = self._window.work
        if version and page is not None:
            what = tr("PeerMatch is now version {version}.").format(version=version)
            self.banner = Banner(self._theme, "info", what, action=tr("See what is new"))
            self.banner.acted.connect(self._open)
            page.notices.take_in(self.banner)
            self.banner.show()

    @Slot()
    def _open(self) -> None:
        page = self._window.work
        if page is not None:
            page.guidance.help.open(WHATS_NEW)
        if self.banner is not None:
            self.banner.dismiss()

    def _not_kept(self, _error: PeerMatchError) -> None:
        """The settings of this computer cannot be written: that is no news."""
