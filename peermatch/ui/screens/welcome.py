"""The first page: what PeerMatch is for, and a way in: look around, open a network, start or unlock one."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.services.doors import Doors
from peermatch.services.sample import is_sample, look_around
from peermatch.ui.choosers import Choosers
from peermatch.ui.screens.welcome_notice import Notice
from peermatch.ui.screens.welcome_start import StartForm
from peermatch.ui.screens.welcome_unlock import UnlockForm
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel, Row, Scroll, Tiles
from peermatch.ui.widgets.buttons import Button, Offer
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.text import HERO, Look, Text
from peermatch.words import tr

PROMISE = tr(
    "Your network's people and enquiries stay on this computer in one encrypted file. Nothing is sent "
    "anywhere unless you send it."
)
CARD_WIDTH = 880


class Welcome(QWidget):
    """``entered`` brings the services of a network that was opened, ``created`` a new network with its key.

    Without a folder the right side starts a network; with one it unlocks that network. ``by_keychain``: this computer
    may do that by itself, as at program start and never after a lock.
    """

    entered = Signal(object)
    created = Signal(object)

    def __init__(
        self,
        doors: Doors,
        tasks: Tasks,
        theme: Theme,
        choosers: Choosers,
        folder: Path | None = None,
        *,
        by_keychain: bool = False,
    ) -> None:
        super().__init__()
        self._doors, self._tasks, self._theme, self._choosers = doors, tasks, theme, choosers
        self._by_keychain = by_keychain
        self._look_around = Offer(
            theme,
            tr("Look around with a sample network"),
            tr("60 invented people, 12 letters and a tour of five steps"),
        )
        self._open = Offer(
            theme, tr("Open a network file …"), tr("from a colleague, a backup or another computer")
        )
        self._anew = Button(theme, tr("Start a new network instead"), kind="link")
        self.help = Button(theme, tr("Help with this page"), kind="link", note=tr("Opens with F1"))
        self._right = Panel(theme, "raised", edge="left")
        self._right.setProperty("corners", "right")
        self._forms = Column(theme, self._right, margins=(36, 44, 36, 44))
        self._form: StartForm | UnlockForm | None = None
        Column(theme, self).addWidget(Scroll(self._page(), name=tr("Welcome")))
        self._look_around.clicked.connect(self._enter_sample)
        self._open.clicked.connect(self._pick)
        self._anew.clicked.connect(self.start)
        tasks.busy.connect(self._show_progress)
        if folder is None:
            self.start()
        else:
            self.unlock(folder)

    @property
    def form(self) -> StartForm | UnlockForm:
        """What stands on the right now."""
        assert self._form is not None  # noqa: S101 -- the constructor puts one there
        return self._form

    @Slot()
    def start(self) -> None:
        """Offer to start a network."""
        form = StartForm(self._doors, self._tasks, self._theme)
        form.created.connect(self.created)
        self._put(form)

    def unlock(self, folder: Path) -> None:
        """Ask for the passphrase of one network."""
        form = UnlockForm(self._doors, self._tasks, self._theme, folder, by_keychain=self._by_keychain)
        form.entered.connect(self.entered)
        form.sample_wanted.connect(self._enter_here)
        self._put(form)

    def show_error(self, error: PeerMatchError) -> None:
        """Say what went wrong on the way here."""
        self._notice.show_message("error", error.what, error.hint)

    def _put(self, form: StartForm | UnlockForm) -> None:
        if self._form is not None:
            self._form.hide()
            self._forms.removeWidget(self._form)
            self._form.deleteLater()
        self._form = form
        self._forms.addWidget(form)
        self._anew.setVisible(isinstance(form, UnlockForm))
        self._notice.hide()
        if self.isVisible():  # else it comes with the page, which is measured once
            form.show()
        form.take_focus()

    def _page(self) -> QWidget:
        page = QWidget()
        outer = Row(self._theme, page, margins=(16, 16, 16, 16))
        card = Card(self._theme, margins=(1, 1, 1, 1), spacing=0)
        card.setMaximumWidth(self._theme.px(CARD_WIDTH))
        halves = Tiles(self._theme, columns=2, least=380, spacing=0, shares=(12, 10))
        halves.set_tiles([self._left(), self._right])
        card.body.addWidget(halves)
        outer.addStretch(1)
        outer.addWidget(card, 100, Qt.AlignmentFlag.AlignVCenter)
        outer.addStretch(1)
        return page

    def _left(self) -> QWidget:
        left = QWidget()
        column = Column(self._theme, left, spacing=10, margins=(40, 44, 40, 44))
        column.addWidget(Text(self._theme, tr("Bring people together,\nin confidence."), HERO))
        column.addWidget(Text(self._theme, PROMISE, Look(15, 400, "ink_2")))
        column.addSpacing(self._theme.px(16))
        for part in (self._look_around, self._open):
            column.addWidget(part)
        column.addWidget(self._anew, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.help, 0, Qt.AlignmentFlag.AlignLeft)
        self._notice = Notice(self._theme, column, dismissible=True)
        column.addStretch(1)
        return left

    @Slot()
    def _pick(self) -> None:
        folder = self._choosers.folder(self, self._doors.offered_folder("").parent)
        if folder is not None:
            self.unlock(folder)

    @Slot()
    def _enter_sample(self) -> None:
        self._enter(None)

    @Slot(object)
    def _enter_here(self, folder: object) -> None:
        if isinstance(folder, Path) and is_sample(folder):
            self._enter(folder)

    def _enter(self, sample: Path | None) -> None:
        self._look_around.setEnabled(False)
        self._notice.hide()
        self._tasks.run(self, partial(look_around, self._doors, sample), self.entered.emit, self._failed)

    def _failed(self, error: PeerMatchError) -> None:
        self._look_around.setEnabled(True)
        self.show_error(error)

    @Slot(bool)
    def _show_progress(self, busy: bool) -> None:
        self.form.show_progress(busy)
