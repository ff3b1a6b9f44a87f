"""Unlocking a network: one field, quick, and nothing said that would help somebody who guesses."""

import math
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from peermatch.errors import CannotUnlock, HeldElsewhere, PeerMatchError
from peermatch.services.office import Doors, Services, may_be_taken
from peermatch.services.sample import is_sample
from peermatch.ui.screens.welcome_start import HEADLINE
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.fields import InlineField, LineField, SecretField
from peermatch.ui.widgets.text import SMALL, TINY, Text

PASSPHRASE, RECOVERY = "Passphrase", "Recovery key"
OpenBackup = Callable[[Path], None]
"""Shows the newest backup of a network that somebody else holds open."""


class UnlockForm(QWidget):
    """``entered`` brings the open network; ``sample_wanted`` the folder of a sample, which needs no passphrase."""

    entered = Signal(object)
    sample_wanted = Signal(object)

    def __init__(
        self,
        doors: Doors,
        tasks: Tasks,
        theme: Theme,
        folder: Path,
        open_backup: OpenBackup | None = None,
    ) -> None:
        super().__init__()
        self._doors, self._tasks, self._folder = doors, tasks, folder
        self._open_backup = open_backup
        self._by_recovery = False
        self._busy = False
        self._unwanted = ""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._waited)
        self._laid_out = QTimer(self)
        self._laid_out.setSingleShot(True)
        self._laid_out.timeout.connect(self._into_sight)
        self._secret = SecretField(theme)
        self._key = LineField(theme, name=RECOVERY, placeholder="fourteen groups of four")
        self.fields = (InlineField(theme, PASSPHRASE, self._secret), InlineField(theme, RECOVERY, self._key))
        self._unlock = Button(theme, "Unlock", kind="primary", wide=True)
        self._other = Button(theme, "Use the recovery key", kind="link", small=True)
        self._banner = Banner(theme, "error", "", dismissible=False)
        self._sample = Button(theme, "Open the sample network", kind="primary", wide=True)
        self._progress = Text(theme, "Unlocking. This takes a moment.", SMALL)
        column = Column(theme, self, spacing=12)
        self._title = Text(theme, f"Unlock {folder.name.removesuffix('.peermatch')}", HEADLINE)
        column.addWidget(self._title)
        column.addWidget(Text(theme, str(folder.parent), TINY))
        self._backup = Button(theme, "Look at the newest backup", note="Nothing in it can be changed.")
        for part in (self._banner, self._backup, *self.fields, self._unlock, self._sample, self._progress):
            column.addWidget(part)
        column.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._arrange(is_sample(folder))
        self._connect()
        self._pause(doors.pause(folder))

    def _arrange(self, sample: bool) -> None:
        self._banner.hide()
        self._backup.hide()
        self._progress.hide()
        self._sample.setVisible(sample)
        for part in (self._unlock, self._other, self.fields[0]):
            part.setVisible(not sample)
        self.fields[1].hide()

    def _connect(self) -> None:
        self._sample.clicked.connect(self._want_sample)
        self._unlock.clicked.connect(self._submit)
        self._other.clicked.connect(self._switch)
        self._banner.acted.connect(self._take_over)
        self._backup.clicked.connect(self._look_at_backup)
        for line in (self._secret, self._key):
            line.returnPressed.connect(self._submit)

    def take_focus(self) -> None:
        """Begin with the field; Enter is all that is needed then."""
        self._line().setFocus(Qt.FocusReason.OtherFocusReason)
        self._laid_out.start(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the form stands below what it is for: it must not have to be looked for."""
        super().resizeEvent(event)
        self._laid_out.start(0)

    @Slot()
    def _into_sight(self) -> None:
        above: QWidget | None = self
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea) and self._line().hasFocus():
            for part in (self._unlock, self._line(), self._title):
                above.ensureWidgetVisible(part, 0, self._line().height() // 2)

    def show_note(self, words: str) -> None:
        """Say calmly why the network is locked."""
        self._banner.show_message("info", words)

    def lock_when_open(self, reason: str) -> None:
        """The computer locks while a passphrase is being tried: what opens is closed again at once."""
        self._unwanted = reason if self._busy else ""

    def show_progress(self, busy: bool) -> None:
        """Say that it is being unlocked, when that takes longer than a blink."""
        self._progress.setVisible(busy and self._busy)

    def _line(self) -> QLineEdit:
        return self._key if self._by_recovery else self._secret

    @Slot()
    def _switch(self) -> None:
        self._by_recovery = not self._by_recovery
        self.fields[0].setVisible(not self._by_recovery)
        self.fields[1].setVisible(self._by_recovery)
        self._other.set_text("Use the passphrase" if self._by_recovery else "Use the recovery key")
        self._banner.hide()
        self.take_focus()

    @Slot()
    def _want_sample(self) -> None:
        self.sample_wanted.emit(self._folder)

    @Slot()
    def _submit(self) -> None:
        self._try(take=False)

    @Slot()
    def _take_over(self) -> None:
        self._try(take=True)

    def _try(self, *, take: bool) -> None:
        typed = self._line().text()
        if self._busy or self._wait.isActive():
            return
        field = self.fields[1 if self._by_recovery else 0]
        field.set_error("" if typed.strip() else f"Type the {'key' if self._by_recovery else 'passphrase'}.")
        if not typed.strip():
            return
        self._banner.hide()
        self._backup.hide()
        self._hold(True)
        self._tasks.run(self, self._work(typed, take), self._done, self._failed)

    def _work(self, typed: str, take: bool) -> Callable[[], Services]:
        if self._by_recovery:
            return partial(self._doors.recover, self._folder, typed)
        return partial(self._doors.open, self._folder, typed, break_foreign=take)

    def _done(self, services: Services) -> None:
        self._secret.clear()
        self._key.clear()
        if self._unwanted:
            self._tasks.run(self, services.lock, self._closed_again, self._failed)
        else:
            self.entered.emit(services)

    def _closed_again(self, _nothing: object) -> None:
        self._hold(False)
        self.show_note(self._unwanted)
        self._unwanted = ""

    def _failed(self, error: PeerMatchError) -> None:
        self._hold(False)
        self._unwanted = ""
        if isinstance(error, CannotUnlock):
            self._pause(self._doors.pause(self._folder))
        action = "Open it here" if may_be_taken(error) and not self._by_recovery else ""
        self._banner.show_message("error", error.what, error.hint, action=action)
        self._backup.setVisible(self._open_backup is not None and isinstance(error, HeldElsewhere))
        self.take_focus()
        self._line().selectAll()

    def _pause(self, left: float) -> None:
        """After several failures the next attempt has to wait, also where the program was started anew meanwhile."""
        seconds = math.ceil(left)
        if seconds:
            self._wait.start(seconds * 1000)
            self._unlock.setEnabled(False)
            self._unlock.set_text(f"Please wait {seconds} second{'' if seconds == 1 else 's'}")

    @Slot()
    def _look_at_backup(self) -> None:
        if self._open_backup is not None:
            self._open_backup(self._folder)

    @Slot()
    def _waited(self) -> None:
        self._unlock.set_text("Unlock")
        self._unlock.setEnabled(not self._busy)

    def _hold(self, held: bool) -> None:
        self._busy = held
        for part in (self._secret, self._key, self._unlock, self._other):
            part.setEnabled(not held)
        self._progress.hide()
