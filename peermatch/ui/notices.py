"""What the whole network should hear about: it is a sample, nobody is named as controller, no recovery key."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from peermatch.model.text import one_line
from peermatch.services.trial import Tried
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.fields import InlineField, LineField

ROOM_FOR_TWO = 1000
VIEW_HINT = "Somebody else has the network open. You can read everything here; nothing can be changed."
DAMAGE_HINT = "Nothing more is written to this network. Go back to the newest backup."
FAILURES_HINT = "If it was not you, tell the others who can open this network."


class ControllerNotice(QWidget):
    """A banner that opens a field in its place; ``stated`` brings what was written there."""

    stated = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = Column(theme, self, spacing=8)
        self.banner = Banner(
            theme,
            "wait",
            "The controller is not stated: who decides about the data?",
            action="State it",
            dismissible=False,  # without it no consent can be recorded
        )
        self.line = LineField(theme, name="Who decides about the data")
        self.field = InlineField(theme, "Who decides about the data", self.line)
        self.save = Button(theme, "Save", kind="primary")
        self._editor = QWidget()
        row = Row(theme, self._editor, spacing=10)
        row.addWidget(self.field, 1)
        row.addWidget(self.save, 0, Qt.AlignmentFlag.AlignBottom)
        column.addWidget(self.banner)
        column.addWidget(self._editor)
        self._editor.hide()
        self.banner.acted.connect(self._open)
        self.save.clicked.connect(self._submit)
        self.line.returnPressed.connect(self._submit)

    @Slot()
    def _open(self) -> None:
        self._editor.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _submit(self) -> None:
        words = one_line(self.line.text())
        self.field.set_error("" if words else "Write the name of the organisation.")
        if words:
            self.stated.emit(words)


class Notices(QWidget):
    """All standing notices of a network, in one column above the screens; nothing when there are none."""

    stated = Signal(str)
    recovery_wanted = Signal()
    backups_wanted = Signal()
    journal_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._put_away: set[Banner] = set()
        self.sample = Banner(theme, "info", "Sample network: nobody here is real.")
        self.controller = ControllerNotice(theme)
        self.recovery = Banner(
            theme,
            "wait",
            "There is no recovery key.",
            "Without the passphrase nobody could open this network.",
            action="Make one",
        )
        self.error = Banner(theme, "error", "")
        self.view = Banner(theme, "wait", "", dismissible=False)
        self.damage = Banner(theme, "error", "", dismissible=False)
        self.failures = Banner(theme, "info", "", action="Show the journal")
        column = Column(theme, self, spacing=6, margins=(20, 8, 20, 8))
        self.trial = Banner(theme, "error", "", action="Show the backups")
        over = (self.view, self.damage, self.trial, self.failures)
        self._parts: tuple[QWidget, ...] = (*over, self.sample, self.controller, self.recovery, self.error)
        for banner in over:
            column.addWidget(banner)
        self._beside = Row(theme, spacing=8)
        column.addLayout(self._beside)
        column.addWidget(self.error)
        for part in (self.sample, self.controller, self.recovery):
            self._beside.addWidget(part, 1)
        for part in self._parts:
            part.hide()
        self.hide()
        self.controller.stated.connect(self.stated)
        self.recovery.acted.connect(self.recovery_wanted)
        for banner in (self.sample, self.recovery):
            banner.dismissed.connect(self._put_banner_away)
        for banner in (self.damage, self.trial):
            banner.acted.connect(self.backups_wanted)
        self.failures.acted.connect(self._to_journal)
        for banner in (self.error, self.failures, self.trial):
            banner.dismissed.connect(self._fold)

    def show_standing(self, *, sample: bool, controller: bool, recovery: bool) -> None:
        """Which of the three apply now."""
        self._show(self.sample, self.sample, sample)
        self._show(self.controller, self.controller.banner, not controller)
        self._show(self.recovery, self.recovery, not recovery and not sample)
        self._fold()

    def _show(self, part: QWidget, banner: Banner, wanted: bool) -> None:
        """What a person has put away stays away until the window opens anew."""
        part.setVisible(wanted and banner not in self._put_away)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where there is room, below each other where there is not."""
        super().resizeEvent(event)
        wide = self.width() >= self._theme.px(ROOM_FOR_TWO)
        self._beside.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def show_view(self, words: str) -> None:
        """That a backup is only looked at; it stays as long as it is."""
        if words:
            self.view.show_message("wait", words, VIEW_HINT)
        self._fold()

    def show_damage(self, what: str) -> None:
        """That the file is not as it was written; it stays."""
        self.damage.show_message("error", what, DAMAGE_HINT, action="Show the backups")
        self._fold()

    @Slot(object)
    def show_trial(self, tried: Tried) -> None:
        """That the newest backup could not be restored when it was tried; one that could is no news."""
        if tried.well:
            self.trial.hide()
        else:
            self.trial.show_message("error", tried.what, tried.hint, action="Show the backups")
        self._fold()

    def show_failures(self, words: str) -> None:
        """That somebody tried to open the network in vain: told once."""
        self.failures.show_message("info", words, FAILURES_HINT, action="Show the journal")
        self._fold()

    @Slot()
    def _to_journal(self) -> None:
        self.failures.dismiss()
        self.journal_wanted.emit()

    def show_error(self, what: str, hint: str) -> None:
        """What could not be done."""
        self.error.show_message("error", what, hint)
        self._fold()

    @Slot()
    def _put_banner_away(self) -> None:
        sender = self.sender()
        if isinstance(sender, Banner):
            self._put_away.add(sender)
        self._fold()

    @Slot()
    def _fold(self) -> None:
        self.setVisible(any(not part.isHidden() for part in self._parts))
