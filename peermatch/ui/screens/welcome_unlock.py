"""Unlocking a network: one field, quick, and nothing said that would help somebody who guesses."""

import math
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from peermatch.errors import CannotUnlock, HeldElsewhere, PeerMatchError
from peermatch.services.doors import Doors
from peermatch.services.sample import is_sample
from peermatch.ui.screens.welcome_notice import Notice
from peermatch.ui.screens.welcome_start import HEADLINE
from peermatch.ui.soon import soon
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.fields import InlineField, LineField, SecretField
from peermatch.ui.widgets.text import SMALL, TINY, Text
from peermatch.words import tr

if TYPE_CHECKING:
    from peermatch.services.office import Services
    from peermatch.ui.widgets.banner import BannerKind

PASSPHRASE, RECOVERY = tr("Passphrase"), tr("Recovery key")
UNLOCKING = tr("Unlocking. This takes a moment.")
MAKING = tr("Preparing the records for this version, once: {done} of {of} people.")
LOOK_MS = 250
ASKING = tr("Asking the keychain of this computer, for ten seconds at most.")


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
        *,
        by_keychain: bool = False,
    ) -> None:
        super().__init__()
        self._doors, self._tasks, self._folder = doors, tasks, folder
        self._by_recovery = self._by_itself = self._older = self._looking = self._sent = False
        self._busy = False
        self._unwanted = ""
        self._wait = soon(self, self._waited)
        self._laid_out = soon(self, self._into_sight)
        self._asking = soon(self, self._ask_this_computer)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._tell)
        self._secret = SecretField(theme)
        self._key = LineField(theme, name=RECOVERY, placeholder=tr("fourteen groups of four"))
        self.fields = (InlineField(theme, PASSPHRASE, self._secret), InlineField(theme, RECOVERY, self._key))
        self._unlock = Button(theme, tr("Unlock"), kind="primary", wide=True)
        self._other = Button(theme, tr("Use the recovery key"), kind="link", small=True)
        self._sample = Button(theme, tr("Open the sample network"), kind="primary", wide=True)
        self._progress = Text(theme, UNLOCKING, SMALL)
        column = Column(theme, self, spacing=12)
        self._title = Text(
            theme,
            tr("Unlock {removesuffix}").format(removesuffix=folder.name.removesuffix(".peermatch")),
            HEADLINE,
        )
        column.addWidget(self._title)
        column.addWidget(Text(theme, str(folder.parent), TINY))
        self._backup = Button(
            theme, tr("Look at the newest backup"), note=tr("Nothing in it can be changed.")
        )
        self._banner = Notice(theme, column, dismissible=False)
        for part in (self._backup, *self.fields, self._unlock, self._sample, self._progress):
            column.addWidget(part)
        column.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._arrange(is_sample(folder))
        self._connect()
        self._pause(doors.pause(folder))
        self._may_ask = by_keychain and not is_sample(folder)

    def _arrange(self, sample: bool) -> None:
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
        self._banner.acted.connect(self._all_the_same)
        self._backup.clicked.connect(self._look_at_backup)
        for line in (self._secret, self._key):
            line.returnPressed.connect(self._submit)

    def take_focus(self) -> None:
        """Begin with the field, or the one button of the sample; Enter is all that is needed then."""
        first = self._line() if self._sample.isHidden() else self._sample
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._laid_out.start(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the form stands below what it is for: it must not have to be looked for."""
        super().resizeEvent(event)
        self._laid_out.start(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Once it is on the screen this computer may be asked; before that it would have to be waited for."""
        super().paintEvent(event)
        if self._may_ask:
            self._may_ask = False
            self._asking.start()

    @Slot()
    def _ask_this_computer(self) -> None:
        work = partial(self._doors.remembers, self._folder)
        self._tasks.run(self, work, self._may_ask_keychain, self._passphrase_it_is)

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
        if busy and self._busy:
            self._look.start()

    @Slot()
    def _tell(self) -> None:
        """How far the worker has come with what takes long after an update."""
        making = self._doors.making
        done, of = making.done, making.of
        if not self._busy:
            self._look.stop()
        elif of:
            self._progress.set_text(MAKING.format(done=f"{done:,}", of=f"{of:,}"))

    def _line(self) -> QLineEdit:
        return self._key if self._by_recovery else self._secret

    @Slot()
    def _switch(self) -> None:
        self._by_recovery = not self._by_recovery
        self.fields[0].setVisible(not self._by_recovery)
        self.fields[1].setVisible(self._by_recovery)
        self._other.set_text(tr("Use the passphrase") if self._by_recovery else tr("Use the recovery key"))
        self._banner.hide()
        self.take_focus()

    @Slot()
    def _want_sample(self) -> None:
        self.sample_wanted.emit(self._folder)

    @Slot()
    def _submit(self) -> None:
        self._try(take=False)

    @Slot()
    def _all_the_same(self) -> None:
        """What was refused is done because the person says so: it is in use elsewhere, or an older copy."""
        if self._by_itself:
            self._ask_keychain(older=self._older)
        else:
            self._try(take=not self._older, older=self._older)

    def _may_ask_keychain(self, remembered: bool) -> None:
        """Somebody who types already is not disturbed."""
        if remembered and not self._busy and not self._line().text():
            self._ask_keychain(older=False)

    def _passphrase_it_is(self, _error: PeerMatchError) -> None:
        """What is wrong with the network is told when it is opened."""

    def _ask_keychain(self, *, older: bool) -> None:
        """This computer may open it by itself; whatever hinders it leads back to the passphrase.

        It can be typed meanwhile, and is tried once the keychain has failed.
        """
        self._by_itself, self._sent = True, False
        self._banner.hide()
        self._hold(True)
        self._secret.setEnabled(True)
        self._progress.set_text(ASKING)
        self.take_focus()
        work = partial(self._doors.open_by_keychain, self._folder, older=older)
        self._tasks.run(self, work, self._opened_by_itself, self._failed)

    def _opened_by_itself(self, services: "Services | None") -> None:
        if services is not None:
            self._done(services)
            return
        self._by_itself = False
        self._hold(False)
        self.take_focus()

    def _try(self, *, take: bool, older: bool = False, look: bool = False) -> None:
        typed = self._line().text()
        self._sent = self._busy and self._by_itself
        if self._busy or self._wait.isActive():
            return
        field = self.fields[1 if self._by_recovery else 0]
        field.set_error(
            ""
            if typed.strip()
            else tr("Type the {part}.").format(part="key" if self._by_recovery else "passphrase")
        )
        if not typed.strip():
            return
        self._banner.hide()
        self._backup.hide()
        self._by_itself, self._looking = False, look
        self._hold(True)
        work = self._look_work(typed) if look else self._work(typed, take, older)
        self._tasks.run(self, work, self._done, self._failed)

    def _look_work(self, typed: str) -> "Callable[[], Services]":
        return partial(self._doors.look_at_newest, self._folder, typed, by_recovery_key=self._by_recovery)

    def _work(self, typed: str, take: bool, older: bool) -> "Callable[[], Services]":
        if self._by_recovery:
            return partial(self._doors.recover, self._folder, typed, older=older)
        return partial(self._doors.open, self._folder, typed, break_foreign=take, older=older)

    def _done(self, services: "Services") -> None:
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
        from peermatch.services.keychain import asks_for_passphrase
        from peermatch.services.older_copies import is_older_copy
        from peermatch.services.tries import may_be_taken

        self._hold(False)
        self._unwanted = ""
        if isinstance(error, CannotUnlock):
            self._pause(self._doors.pause(self._folder))
        if self._by_itself and self._sent and asks_for_passphrase(error):
            self._try(take=False)
            return
        self._older = is_older_copy(error)
        self._by_itself &= self._older
        action = tr("Open it here") if may_be_taken(error) and not self._by_recovery else ""
        action = tr("Open this copy") if self._older else action
        kind: BannerKind = "wait" if asks_for_passphrase(error) else "error"
        self._banner.show_message(kind, error.what, error.hint, action=action)
        self._backup.setVisible(self._looking or isinstance(error, HeldElsewhere))
        self.take_focus()
        if not asks_for_passphrase(error):
            self._line().selectAll()

    def _pause(self, left: float) -> None:
        """After several failures the next attempt has to wait, also where the program was started anew meanwhile."""
        seconds = math.ceil(left)
        if seconds:
            self._wait.start(seconds * 1000)
            self._unlock.setEnabled(False)
            self._unlock.set_text(
                tr("Please wait {seconds} second{part}").format(
                    seconds=seconds, part="" if seconds == 1 else "s"
                )
            )

    @Slot()
    def _look_at_backup(self) -> None:
        """Somebody else has the network open: what it was like can be read all the same."""
        self._try(take=False, look=True)

    @Slot()
    def _waited(self) -> None:
        self._unlock.set_text(tr("Unlock"))
        self._unlock.setEnabled(not self._busy)

    def _hold(self, held: bool) -> None:
        self._busy = held
        self._progress.set_text(UNLOCKING)
        for part in (self._secret, self._key, self._unlock, self._other):
            part.setEnabled(not held)
        self._progress.hide()
