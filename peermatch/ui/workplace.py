"""The window while a network is open: navigation, bar, notices, screens, and the way back from each step."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done, Touched
from peermatch.services.checking import Checked
from peermatch.services.drafts import Draft
from peermatch.services.duties import consents_due, waiting
from peermatch.services.office import Services
from peermatch.services.sample import is_sample
from peermatch.services.upkeep import Info
from peermatch.ui.day_watch import DayWatch
from peermatch.ui.foot_words import BACK_AGAIN, foot_runs, read_only_words
from peermatch.ui.frame import ScreenBar, SideNav
from peermatch.ui.guidance import Guidance
from peermatch.ui.keys import bind
from peermatch.ui.locking.keeper import DraftKeeper
from peermatch.ui.locking.warning import LockWarning
from peermatch.ui.notices import Notices
from peermatch.ui.palette_door import PaletteDoor
from peermatch.ui.palette_steps import ADD_SUPPORTER, COVER, KEYS, KEYS_OF, LOCK, NEW_ENQUIRY, REDO, UNDO
from peermatch.ui.read_only import DAMAGED, VIEWED
from peermatch.ui.screen import Screen
from peermatch.ui.screens.drop_cue import from_outside
from peermatch.ui.screens.first_counts import FIRST_COUNTS
from peermatch.ui.screens.reaching import ask_for_sheet, follow, letter_door
from peermatch.ui.screens.register import SCREENS, Kind
from peermatch.ui.screens.shelf import ScreenShelf
from peermatch.ui.shortcuts import ShortcutSheet
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.undoing import Undoing
from peermatch.ui.watching import FileWatch
from peermatch.ui.widgets.banner import UndoBar
from peermatch.ui.widgets.boxes import Column, Row

LETTERS = "enquiries"
PEOPLE = "supporters"
COUNTED = {"duties": waiting, "consent": consents_due}
"""What waits on screens that nobody has been to yet, read on the worker."""


class Workplace(QWidget):
    """``lock_wanted`` asks the window to lock, ``lock_explained`` too and says why."""

    lock_wanted = Signal()
    lock_explained = Signal(str)

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self._services, self._tasks, self._theme = services, tasks, theme
        theme.read_only.set_reason(VIEWED if services.viewed is not None else "")
        self._recovery = True
        self.nav = SideNav(theme, tuple(place for place, _ in SCREENS))
        self.bar = ScreenBar(theme)
        self.notices = Notices(theme)
        self.undo_bar = UndoBar(theme)
        self.undoing = Undoing(services.upkeep, tasks, self)
        self.watch = FileWatch(services.checking, tasks, self)
        self.warning = LockWarning(theme)
        self._foot = QWidget()
        self.screens = ScreenShelf(
            {place.key: partial(self._made, kind) for place, kind in SCREENS}, self._take_in
        )
        self._first_counts: dict[str, str] = {}
        self._stale: dict[str, Touched] = {}
        self.sheet = ShortcutSheet(theme)
        self.door = PaletteDoor(services, tasks, theme, self)
        self.guidance = Guidance(services, tasks, theme, self)
        self._steps: dict[str, Callable[[], None]] = {
            NEW_ENQUIRY: self._new_enquiry,
            ADD_SUPPORTER: self._add_supporter,
            UNDO: self._undo,
            REDO: self._redo,
            COVER: theme.cover.toggle,
            LOCK: self._lock,
            KEYS: self._open_sheet,
            **self.guidance.steps,
        }
        self._stack = QStackedWidget()
        self.current_key = SCREENS[0][0].key
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.drafts = DraftKeeper(services, tasks, self.screens, self)
        self.drafts.place_known.connect(self._go_to)
        self.drafts.came_back.connect(self._drafts_back)
        self._show_standing()
        self.drafts.start()  # before what the first screen asks: whoever comes back is soon where they were
        self.show_screen(self.current_key)
        self._ask_for_facts()
        self._begin_watching()
        self._count_duties()
        self.days = DayWatch(services.desk, self.renew, self)

    @property
    def current(self) -> Screen:
        """The screen that is shown, or lies below the sheet of keys."""
        return self.screens[self.current_key]

    def show_screen(self, key: str, reference: str = "", supporter: str = "") -> None:
        """Go to a screen, at one record if one is named."""
        self.door.put_away()
        moved = key != self.current_key
        if moved:
            self.current.leave()
        self.current_key = key
        self.nav.set_current(key)
        screen = self.screens[key]
        self._refresh_if_stale(key)
        self._stack.setCurrentWidget(screen)
        if reference or supporter:
            self.current.open_at(reference, supporter)
        if moved and self.current.focusProxy() is not None:
            self.current.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_top()

    @Slot()
    def renew(self) -> None:
        """Show everything anew, as when another day begins; what is typed stays."""
        for key, screen in self.screens.built.items():
            self._stale[key] = Touched()
            screen.refresh(Touched(network=True))
        self._ask_for_facts()
        self._count_duties()
        self._show_top()

    def leave(self) -> None:
        """Hide what was revealed: the window locks or closes."""
        for screen in self.screens.built.values():
            screen.leave()

    def half_typed(self) -> tuple[Draft, ...] | None:
        """What is not finished, taken before the pages go; None: what is kept already stays as it is."""
        return self.drafts.taken(self.current_key)

    @Slot()
    def _drafts_back(self) -> None:
        """Say that nothing is lost."""
        self._foot.show()
        self.undo_bar.offer(BACK_AGAIN, undo=False)

    def take_focus(self) -> None:
        """Begin with the screen."""
        self.current.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        row = Row(self._theme, self, spacing=0)
        row.addWidget(self.nav)
        main = Column(self._theme, spacing=0)
        main.addWidget(self.warning)
        main.addWidget(self.bar)
        main.addWidget(self.notices)
        self._stack.addWidget(self.sheet)
        main.addWidget(self._stack, 1)
        Row(self._theme, self._foot, margins=(20, 4, 20, 12)).addWidget(self.undo_bar)
        self._foot.hide()
        main.addWidget(self._foot)
        row.addLayout(main, 1)

    def _connect(self) -> None:
        self.nav.chosen.connect(self._go_to)
        self.nav.locked.connect(self.lock_wanted)
        self.nav.worried.connect(self._show_backups)
        self.bar.acted.connect(self._act)
        self.bar.searched.connect(self.door.open)
        self.door.go.connect(self._go_and_stay)
        self.door.command.connect(self._do)
        self.notices.stated.connect(self._state_controller)
        self.notices.recovery_wanted.connect(self._make_recovery)
        for again in (self.undo_bar.undone, self.undo_bar.redone):
            again.connect(self._foot.hide)
        self.undo_bar.undone.connect(self._undo)
        self.undo_bar.redone.connect(self._redo)
        self.undoing.done.connect(self._show_done)
        self.undoing.failed.connect(self._failed)
        self.notices.backups_wanted.connect(self._show_backups)
        self.notices.journal_wanted.connect(self._show_journal)
        self.watch.checked.connect(self._checked)
        self.undo_bar.dismissed.connect(self._foot.hide)
        self.sheet.closed.connect(self._close_sheet)
        self.bar.help.clicked.connect(self.guidance.help.toggle)
        self.guidance.help.keys_wanted.connect(self._open_sheet)
        self.guidance.go.connect(self._go_and_stay)
        self.guidance.did.connect(self.take_note)
        self.guidance.failed.connect(self._failed)
        by_keys = [(keys, self._steps[step]) for step, keys in KEYS_OF.items()]
        bind(self, [("Ctrl+K", self.door.open), *by_keys])

    def _made(self, kind: Kind) -> Screen:
        return kind()(self._services, self._tasks, self._theme)

    def _take_in(self, key: str, screen: Screen) -> None:
        """A screen was built: it stands with the others, and what it says is heard."""
        self._stale[key] = Touched()
        self._stack.addWidget(screen)
        screen.did.connect(self.take_note)
        screen.go.connect(self.show_screen)
        screen.changed.connect(self._show_top)
        screen.lock_wanted.connect(self.lock_explained)
        follow(key, screen, self.watch)

    @Slot(str)
    def _go_to(self, key: str) -> None:
        self.show_screen(key)

    @Slot()
    def _lock(self) -> None:
        self.lock_wanted.emit()

    @Slot()
    def _act(self) -> None:
        self.current.act()

    @Slot()
    def _new_enquiry(self) -> None:
        if LETTERS in self.screens and not self._theme.read_only.reason:
            self.show_screen(LETTERS)
            self.current.act()

    @Slot(str, str, str)
    def _go_and_stay(self, key: str, reference: str, supporter: str) -> None:
        """Go there, and have the keyboard there."""
        self.show_screen(key, reference, supporter)
        self.take_focus()

    @Slot(str)
    def _do(self, step: str) -> None:
        if not self.guidance.read(step):
            self._steps[step]()

    @Slot()
    def _add_supporter(self) -> None:
        self.show_screen(PEOPLE)
        if self.bar.action.isEnabled():
            self.current.act()

    @Slot()
    def _open_sheet(self) -> None:
        self._stack.setCurrentWidget(self.sheet)
        self.sheet.take_focus()

    @Slot()
    def _close_sheet(self) -> None:
        self.show_screen(self.current_key)
        self.take_focus()

    @Slot()
    def _show_top(self) -> None:
        self.bar.show_items(self.current.title, self.current.top_items())
        for place, _ in SCREENS:
            screen = self.screens.built.get(place.key)
            stale = place.key in COUNTED and self._stale.get(place.key, Touched()) != Touched()
            known = screen.count() if screen and screen.counted and not stale else None
            self.nav.set_counter(place.key, self._first_count(place.key) if known is None else known)
        self.guidance.look()

    def _first_count(self, key: str) -> str:
        if key in FIRST_COUNTS and key not in self._first_counts:
            self._first_counts[key] = FIRST_COUNTS[key](self._services)
        return self._first_counts.get(key, "")

    def _count_duties(self) -> None:
        """What is due is known from the start, without anybody looking, and while its screen is hidden."""
        for key, count in COUNTED.items():
            self._tasks.run(self, partial(count, self._services), partial(self._counted, key), self._failed)

    def _counted(self, key: str, count: int) -> None:
        before, self._first_counts[key] = self._first_counts.get(key), str(count or "")
        if self._first_counts[key] != before:
            self._show_top()

    @Slot(Done)
    def take_note(self, done: Done) -> None:
        """A command was committed: show the new picture, and offer the way back."""
        self.undoing.take_note(done)
        self._show_done(done)

    @Slot(object)
    def _show_done(self, done: Done) -> None:
        for key in self._stale:
            self._stale[key] = self._stale[key].joined(done.touched)
        self._refresh_if_stale(self.current_key)
        self._show_standing()
        self._first_counts = {key: said for key, said in self._first_counts.items() if key in COUNTED}
        self._count_duties()
        self._show_top()
        if done.touched == Touched():  # keys or backups: what the foot and the notices say of them
            self._tasks.run(self, self._services.upkeep.info, self._facts, self._failed)
        self.notices.error.hide()
        self._foot.show()
        self.undo_bar.offer(done.notice, undo=done.undo is not None, redo=done.redo is not None)
        self.drafts.look_soon()

    def _refresh_if_stale(self, key: str) -> None:
        touched, self._stale[key] = self._stale[key], Touched()
        if touched != Touched():
            self.screens[key].refresh(touched)

    @Slot()
    def _undo(self) -> None:
        self.undoing.undo()

    @Slot()
    def _redo(self) -> None:
        self.undoing.redo()

    def _begin_watching(self) -> None:
        """A backup that is looked at was proved when it was opened; the network itself is looked at from now on."""
        viewed, failures = self._services.viewed, self._services.journal.failures()
        self.notices.show_view(read_only_words(viewed.date(), self._services.desk.today) if viewed else "")
        if failures is not None:
            from peermatch.ui.screens.journal_labels import failures_words

            self.notices.show_failures(failures_words(failures, self._services.desk.today))
        if viewed is None:
            self.watch.start()

    @Slot(object)
    def _checked(self, found: Checked) -> None:
        if found.damage:
            self.notices.show_damage(found.damage)
            self._theme.read_only.set_reason(DAMAGED)

    @Slot()
    def _show_backups(self) -> None:
        self.show_screen("settings", "backups")

    @Slot()
    def _show_journal(self) -> None:
        self.show_screen("journal")

    @Slot(object)
    def _failed(self, error: PeerMatchError) -> None:
        self.notices.show_error(error.what, error.hint)

    @Slot(str)
    def _state_controller(self, controller: str) -> None:
        work = partial(self._services.upkeep.set_controller, controller)
        self._tasks.run(self, work, self.take_note, self._failed)

    @Slot()
    def _make_recovery(self) -> None:
        """Where keys are kept: the sheet counts once two of its groups were typed back."""
        self.show_screen("settings", "keys")
        ask_for_sheet(self.screens)

    def _show_standing(self, info: Info | None = None) -> None:
        picture = self._services.desk.snapshot
        self._recovery = info.recovery if info is not None else self._recovery
        self.notices.show_standing(
            sample=is_sample(self._services.folder),
            controller=picture.controller is not None or self._services.viewed is not None,
            recovery=self._recovery or self._services.viewed is not None,
        )

    def _ask_for_facts(self) -> None:
        self._show_foot(None)
        self._tasks.run(self, self._services.upkeep.info, self._facts, self._failed)

    def _facts(self, info: Info) -> None:
        self._show_standing(info)
        self._show_foot(info)

    def _show_foot(self, info: Info | None) -> None:
        desk = self._services.desk
        self.nav.set_foot(foot_runs(desk.snapshot.name, info, desk.today))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Small windows get a narrow navigation."""
        self.nav.fit_to(self.width())
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A question mark that no field has taken opens the sheet of keys."""
        if event.text() == "?":
            self._open_sheet()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Letters are welcome on the whole window."""
        door = None if self._theme.read_only.reason else letter_door(self.screens)
        if door is not None and from_outside(event) and door.can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A letter was dropped: it goes to the enquiries."""
        door = letter_door(self.screens)
        if door is not None:
            self.show_screen(LETTERS)
            door.take(event.mimeData())
            event.acceptProposedAction()
