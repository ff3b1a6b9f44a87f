"""What the whole network should hear about: it is a sample, nobody is named as controller, no recovery key."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from peermatch.model.text import one_line
from peermatch.services.trial import Tried
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.fields import InlineField, LineField
from peermatch.words import tr

ROOM_FOR_TWO = 1000
SAMPLE = tr("Sample network: nobody here is real.")
VIEW_HINT = tr("Somebody else has the network open. You can read everything here; nothing can be changed.")
DAMAGE_HINT = tr("Nothing more is written to this network. Go back to the newest backup.")
FAILURES_HINT = tr("If it was not you, tell the others who can open this network.")


class ControllerNotice(QWidget):
    """A banner that opens a field in its place; ``stated`` brings what was written there."""

    stated = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = Column(theme, self, spacing=8)
        self.banner = Banner(
            theme,
            "wait",
            tr("The controller is not stated: who decides about the data?"),
            action=tr("State it"),
            dismissible=False,  # without it no consent can be recorded
        )
        self.line = LineField(theme, name=tr("Who decides about the data"))
        self.field = InlineField(theme, tr("Who decides about the data"), self.line)
        self.save = Button(theme, tr("Save"), kind="primary")
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
        self.field.set_error("" if words else tr("Write the name of the organisation."))
        if words:
            self.stated.emit(words)


class Notices(QWidget):
    """All standing notices of a network, in one column above the screens; nothing when there are none."""

    stated = Signal(str)
    recovery_wanted = Signal()
    backups_wanted = Signal()
    journal_wanted = Signal()
    tour_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._put_away: set[Banner] = set()
        self.sample = Banner(theme, "info", SAMPLE, action=tr("Take the tour"))
        self._touring = False
        self.controller = ControllerNotice(theme)
        self.recovery = Banner(
            theme,
            "wait",
            tr("There is no recovery key."),
            tr("Without the passphrase nobody could open this network."),
            action=tr("Make one"),
        )
        self.error = Banner(theme, "error", "")
        self.view = Banner(theme, "wait", "", dismissible=False)
        self.damage = Banner(theme, "error", "", dismissible=False)
        self.failures = Banner(theme, "info", "", action=tr("Show the journal"))
        self._column = column = Column(theme, self, spacing=6, margins=(20, 8, 20, 8))
        self.trial = Banner(theme, "error", "", action=tr("Show the backups"))
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
        self.sample.acted.connect(self.tour_wanted)
        for banner in (self.error, self.failures, self.trial):
            banner.dismissed.connect(self._fold)

    def show_standing(self, *, sample: bool, controller: bool, recovery: bool) -> None:
        """Which of the three apply now."""
        self._show(self.sample, self.sample, sample and not self._touring)
        self._show(self.controller, self.controller.banner, not controller)
        self._show(self.recovery, self.recovery, not recovery and not sample)
        self._fold()

    def take_in(self, part: QWidget) -> None:
        """Something else that stands above the screens from time to time."""
        self._parts = (*self._parts, part)
        self._column.addWidget(part)
        part.installEventFilter(self)
        if isinstance(part, Banner):
            part.dismissed.connect(self._fold)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What was taken in is shown or hidden by whoever it belongs to."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._fold()
        return super().eventFilter(watched, event)

    def offer_tour(self, words: str, *, offered: bool) -> None:
        """The sample says how to begin the tour, or goes while the tour is under way."""
        self._touring = not offered
        if offered:
            self.sample.show_message("info", SAMPLE, action=words)
        else:
            self.sample.hide()
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
        self.damage.show_message("error", what, DAMAGE_HINT, action=tr("Show the backups"))
        self._fold()

    @Slot(object)
    def show_trial(self, tried: Tried) -> None:
        """That the newest backup could not be restored when it was tried; one that could is no news."""
        if tried.well:
            self.trial.hide()
        else:
            self.trial.show_message("error", tried.what, tried.hint, action=tr("Show the backups"))
        self._fold()

    def show_failures(self, words: str) -> None:
        """That somebody tried to open the network in vain: told once."""
        self.failures.show_message("info", words, FAILURES_HINT, action=tr("Show the journal"))
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
