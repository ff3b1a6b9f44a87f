"""The page on backups: how old the newest is, where they lie, making one, and going back to one."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done, Touched
from peermatch.model.restoring import Difference
from peermatch.services import backups
from peermatch.services.backups import BackupState, Kept, Made
from peermatch.services.office import Services
from peermatch.ui.choosers import Choosers
from peermatch.ui.screens.backup_restore import BackupRestore
from peermatch.ui.screens.backup_words import (
    INTRO,
    NO_MERGE,
    SAME_DISK,
    SAME_DISK_HINT,
    covers,
    facts_of,
    headline,
    second_words,
    standing,
    title_of,
    tried_words,
)
from peermatch.ui.soon import soon
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Panel, Row, Scroll
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.seen import ReadWhenSeen
from peermatch.ui.widgets.text import HEADING, SMALL, STRONG, TITLE, SectionLabel, Text
from peermatch.words import tr

WIDEST = 860
MADE = tr("A backup was made and verified.")


class BackupPanel(ReadWhenSeen):
    """``did``: a backup was made; ``restored``: the network was put back and must be locked, with the reason."""

    did = Signal(Done)
    restored = Signal(str)

    def __init__(
        self, services: Services, tasks: Tasks, theme: Theme, choosers: Choosers | None = None
    ) -> None:
        super().__init__()
        self._services, self._tasks, self._theme = services, tasks, theme
        self._choosers = choosers or Choosers()
        self._reveal = soon(self, self._scroll_to_form)
        self.now = Button(theme, tr("Back up now"), kind="primary")
        self.copy = Button(
            theme, tr("Save a copy"), note=tr("One backup as a file of its own, where you want it")
        )
        self.from_file = Button(
            theme, tr("Go back to a file"), note=tr("Restore a backup that lies elsewhere")
        )
        self.choose = Button(theme, tr("Choose a folder"), small=True)
        self.stop = Button(theme, tr("Only here"), small=True, note=tr("Backups are put there no longer"))
        theme.read_only.bar(self.now, self.copy, self.choose, self.stop)
        theme.read_only.bar(self.from_file, mends=True)
        self.banner = Banner(theme, "error", "")
        self.same_disk = Banner(theme, "wait", SAME_DISK, SAME_DISK_HINT, dismissible=False)
        self.form = BackupRestore(theme)
        self.head_line, self.covers = Text(theme, "", HEADING, wrap=False), Text(theme, "", SMALL)
        self.chip = Chip(theme, "", "mute")
        self.second, self.tried = Text(theme, "", SMALL), Text(theme, "", SMALL)
        self.rows: list[BackupRow] = []
        self._pressed: Button = self.now
        self._kept_label = SectionLabel(theme, tr("Backups that are kept"))
        self._list = QWidget()
        self._column = Column(theme, self._list, spacing=8)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = self._theme
        head = Panel(theme, "canvas", edge="bottom")
        above = Column(theme, head, spacing=8, margins=(20, 12, 20, 12))
        buttons = Flow(theme, (self.from_file, self.copy, self.now), gap=10)
        above.addWidget(Spread(theme, Text(theme, tr("Backups"), TITLE), buttons))
        page, inner = QWidget(), QWidget()
        inner.setMaximumWidth(theme.px(WIDEST))
        outer = Row(theme, page, margins=(20, 16, 20, 20))
        outer.addWidget(inner, 1, Qt.AlignmentFlag.AlignTop)
        outer.addStretch(0)
        body = Column(theme, inner, spacing=12)
        parts = (Text(theme, INTRO, SMALL), self.banner, self.form, self._state_card(), self.same_disk)
        for part in (*parts, self._kept_label, self._list):
            body.addWidget(part)
        body.addWidget(SectionLabel(theme, tr("Sharing a network")))
        body.addWidget(Text(theme, NO_MERGE, SMALL))
        column = Column(theme, self, spacing=0)
        column.addWidget(head)
        self._page, self._scroll = page, Scroll(page, name=tr("Backups"))
        column.addWidget(self._scroll, 1)
        for hidden in (self.banner, self.same_disk, self.stop, self._kept_label):
            hidden.hide()

    def _state_card(self) -> Card:
        theme = self._theme
        card = Card(theme, margins=(18, 14, 18, 14), spacing=8)
        card.body.addWidget(Flow(theme, (self.head_line, self.chip), gap=8))
        card.body.addWidget(self.covers)
        card.body.addWidget(self.tried)
        card.body.addWidget(Spread(theme, self.second, Flow(theme, (self.choose, self.stop), gap=8)))
        return card

    def _connect(self) -> None:
        self.now.clicked.connect(self.act)
        self.copy.clicked.connect(self._copy)
        self.from_file.clicked.connect(self._open_file)
        self.choose.clicked.connect(self._choose)
        self.stop.clicked.connect(self._stop)
        self.form.looked.connect(self._compare)
        self.form.wanted.connect(self._restore)
        self.form.closed.connect(self._close_form)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes elsewhere leaves no passphrase and no open backup behind."""
        super().hideEvent(event)
        if not event.spontaneous() and self.form.kept is not None and self.form.cancel.isEnabled():
            self._close_form()

    def take_focus(self) -> None:
        """Begin with the first thing to do."""
        self.now.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Read the backups on the worker."""
        self._tasks.run(self, self._services.backups.state, self._show, self.show_error)

    def show_error(self, error: PeerMatchError) -> None:
        """Say it above everything."""
        self._hold(False)
        self.banner.show_message("error", error.what, error.hint)

    @Slot()
    def act(self) -> None:
        """Back up now."""
        self._pressed = self.now
        self._hold(True)
        self._tasks.run(self, self._services.backups.make, self._made, self.show_error)

    def _made(self, made: Made) -> None:
        self._hold(False)
        self.banner.hide()
        if made.trouble:
            self.banner.show_message("wait", made.trouble)
        self._tell(MADE)

    def _tell(self, notice: str) -> None:
        self.did.emit(Done(Touched(), notice))
        self.look()

    def _hold(self, held: bool) -> None:
        """One backup at a time; the keyboard comes back to the button that was pressed."""
        under_way = not self.now.isEnabled()
        for button in (self.now, self.copy):
            button.setEnabled(not held)
        if under_way and not held and self.isVisible():
            self._pressed.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _copy(self) -> None:
        today = self._services.desk.today.isoformat()
        place = self._choosers.place(
            self, Path.home() / tr("PeerMatch {today}{ending}").format(today=today, ending=backups.ENDING)
        )
        if place is not None:
            self._pressed = self.copy
            self._hold(True)
            self._tasks.run(self, partial(self._services.backups.write, place), self._copied, self.show_error)

    def _copied(self, kept: Kept) -> None:
        self._hold(False)
        self.banner.hide()
        self._tell(tr("Saved as {name}, and verified.").format(name=kept.path.name))

    @Slot()
    def _choose(self) -> None:
        folder = self._choosers.second_place(self, self._services.backups.offered_second())
        if folder is not None:
            self._put_too(folder)

    @Slot()
    def _stop(self) -> None:
        self._put_too(None)

    def _put_too(self, folder: Path | None) -> None:
        work = partial(self._services.backups.choose_second, folder)
        self._tasks.run(self, work, self._placed, self.show_error)

    def _placed(self, _nothing: object) -> None:
        self.banner.hide()
        self.look()

    @Slot()
    def _open_file(self) -> None:
        path = self._choosers.backup(self, Path.home())
        if path is not None:
            self._tasks.run(self, partial(backups.read, path), self.ask, self.show_error)

    @Slot(object)
    def ask(self, kept: Kept) -> None:
        """Open the form for one backup."""
        self.banner.hide()
        self.form.open_for(kept)
        self._reveal.start()

    @Slot(str)
    def _compare(self, typed: str) -> None:
        if self.form.kept is not None:
            work = partial(self._services.backups.look, self.form.kept.path, typed)
            self._tasks.run(self, work, self._compared, self._refused)

    def _compared(self, difference: Difference) -> None:
        self.form.show_difference(difference)
        self._reveal.start()

    @Slot()
    def _scroll_to_form(self) -> None:
        """What is asked and told is in sight from its first line on."""
        bar, room = self._scroll.verticalScrollBar(), self._theme.px(12)
        bar.setValue(self.form.mapTo(self._page, self.form.rect().topLeft()).y() - room)

    def _refused(self, error: PeerMatchError) -> None:
        self.form.refuse(error.what, error.hint)

    @Slot()
    def _restore(self) -> None:
        self._tasks.run(self, self._services.backups.restore, self.restored.emit, self._refused)

    @Slot()
    def _close_form(self) -> None:
        self.form.close_up()
        if self.isVisible():
            self._scroll.verticalScrollBar().setValue(0)
            self.take_focus()
        self._tasks.run(self, self._services.backups.forget, _nothing, self.show_error)

    def _show(self, state: BackupState) -> None:
        today = self._services.desk.today
        self.head_line.set_text(headline(state, today))
        self.chip.set_chip(*standing(state))
        self.covers.set_text(covers(state))
        self.second.set_text(second_words(state))
        self.tried.set_text(tried_words(state, today))
        self.choose.set_text(tr("Choose another") if state.second else tr("Choose a folder"))
        self.choose.setVisible(not state.decided)
        self.stop.setVisible(state.second is not None and not state.decided)
        self.same_disk.setVisible(state.same_disk)
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._kept_label.setVisible(bool(state.kept))
        self.rows = [BackupRow(self._theme, kept) for kept in state.kept]
        for row in self.rows:
            self._column.addWidget(row)
            row.wanted.connect(self.ask)


class BackupRow(Card):
    """One backup that is kept; ``wanted`` asks to go back to it."""

    wanted = Signal(object)

    def __init__(self, theme: Theme, kept: Kept) -> None:
        super().__init__(theme, margins=(18, 8, 12, 8))
        self.kept = kept
        self.button = Button(theme, tr("Go back to it"), small=True)
        self.button.setAccessibleName(tr("Go back to {title_of}").format(title_of=title_of(kept)))
        theme.read_only.bar(self.button, mends=True)
        self.setAccessibleName(f"{title_of(kept)}, {facts_of(kept)}")
        words = Flow(
            theme,
            (Text(theme, title_of(kept), STRONG, wrap=False), Text(theme, facts_of(kept), SMALL, wrap=False)),
            gap=10,
        )
        self.body.addWidget(Spread(theme, words, self.button))
        self.button.clicked.connect(self._pressed)

    @Slot()
    def _pressed(self) -> None:
        self.wanted.emit(self.kept)


def _nothing(_done: object) -> None:
    """Forgotten."""
