"""How supporters are ranked: change the weights, see at once what it would do today, then keep it or cancel."""

from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.policy import Policy, PolicyHistory
from peermatch.services.office import Services
from peermatch.services.policies import PolicyPreview
from peermatch.ui.screens.policy_fields import PolicyFields
from peermatch.ui.screens.policy_preview import PolicyPreviewPanel
from peermatch.ui.screens.policy_words import change_words, version_lines
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Panel, Scroll
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.columns import Columns, Pane
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.seen import ReadWhenSeen
from peermatch.ui.widgets.segmented import Segmented
from peermatch.ui.widgets.text import TITLE, Text
from peermatch.words import tr

UNCHANGED = tr("Nothing is changed yet.")
STANDARD_NOW = tr("These are the standard weights.")


class PolicyPanel(ReadWhenSeen):
    """``did``: a version was kept; ``opened``: an enquiry is wanted; ``changed``: ``dirty`` is different now.

    What is typed stays until it is kept or cancelled, also while other screens are looked at.
    """

    did = Signal(Done)
    opened = Signal(str)
    changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self._services, self._tasks, self._theme = services, tasks, theme
        self._filled = services.policies.current()
        self._under_way = self._again = False
        # Not one more than the version in force: another may have been kept after it and undone. The file knows.
        self._next = 0
        self.fields = PolicyFields(theme)
        self.preview = PolicyPreviewPanel(theme)
        self.keep = Button(theme, "", kind="primary", note="Ctrl+Enter")
        self.cancel = Button(theme, tr("Cancel"), note=tr("Back to what is in force (Esc)"))
        self.standard = Button(theme, tr("Back to the standard weights"))
        theme.read_only.bar(self.keep)
        self.banner = Banner(theme, "error", "")
        self.standing = Banner(theme, "wait", "", dismissible=False)
        self._lay_out()
        self._order_keys()
        self.fields.fill(self._filled)
        self._connect()
        self._show_standing()

    def _lay_out(self) -> None:
        theme = self._theme
        head = Panel(theme, "canvas", edge="bottom")
        above = Column(theme, head, spacing=8, margins=(20, 12, 20, 12))
        buttons = Flow(theme, (self.standard, self.cancel, self.keep), gap=10)
        above.addWidget(Spread(theme, Text(theme, tr("How supporters are ranked"), TITLE), buttons))
        for banner in (self.standing, self.banner):
            above.addWidget(banner)
            banner.hide()
        self._scroll = Scroll(self.fields, name=tr("Weights and limits"))
        panes = [Pane(self._scroll, 0, 400), Pane(self.preview, 440, 340)]
        self._columns = Columns(theme, panes, fold=(tr("Weights"), tr("What changes")), aside=1)
        column = Column(theme, self, spacing=0)
        column.addWidget(head)
        column.addWidget(self._columns, 1)

    def _order_keys(self) -> None:
        """Tab goes as one reads: the buttons above, the numbers on the left, what they do on the right."""
        switch = [part for each in self._columns.findChildren(Segmented) for part in each.segments()]
        numbers = (self._scroll, *self.fields.lines.values(), self.fields.name)
        way = (self.standard, self.cancel, self.keep, *switch, *numbers, self.preview.list)
        for before, after in pairwise(way):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.fields.edited.connect(self._edited)
        self.preview.opened.connect(self.opened)
        self.keep.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.take_back)
        self.standard.clicked.connect(self._use_standard)

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not in force."""
        draft = self.fields.draft()
        return draft is None or not draft.same_as(self._filled)

    def refresh(self) -> None:
        """Show the present picture; what is typed stays."""
        dirty, current = self.dirty, self._services.policies.current()
        self._filled = current
        if not dirty:
            self.fields.fill(current)
        super().refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter keeps, Esc takes back."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        elif event.key() == Qt.Key.Key_Escape and self.dirty:
            self.take_back()
        else:
            super().keyPressEvent(event)

    def show_error(self, error: PeerMatchError) -> None:
        """Say what went wrong above the fields."""
        self.banner.show_message("error", error.what, error.hint)

    @Slot()
    def submit(self) -> None:
        """Keep what is typed as the next version, or mark everything that is wrong."""
        draft = self.fields.draft()
        if draft is None:
            self._columns.show_main()
            self.fields.mark_all()
        elif self.dirty:
            work = partial(self._services.policies.keep, draft, self._services.desk.today)
            self._tasks.run(self, work, self._kept, self.show_error)

    @Slot()
    def take_back(self) -> None:
        """Show what is in force again."""
        self.banner.hide()
        self.fields.put(self._filled)
        self.fields.take_focus()

    @Slot()
    def _use_standard(self) -> None:
        self.fields.put(Policy())
        self.fields.take_focus()

    def _kept(self, done: Done) -> None:
        self.banner.hide()
        self._filled = self._services.policies.current()
        self._next = self._filled.version + 1
        self.fields.fill(self._filled)
        self.fields.take_focus()
        self.did.emit(done)

    def read(self) -> None:
        """Read the versions, and work out the preview anew."""
        self._tasks.run(self, self._services.policies.history, self._show_history, self.show_error)
        self._edited()

    def _show_history(self, history: PolicyHistory) -> None:
        self.fields.show_versions(version_lines(history.versions, self._services.desk.today))
        self._next = history.next
        self._show_standing()
        if not history.notice:
            self.standing.hide()
        elif history.notice != self.standing.sentence():
            self.standing.show_message("wait", history.notice)

    @Slot()
    def _edited(self) -> None:
        self._show_standing()
        draft = self.fields.draft()
        if draft is None:
            self.preview.show_fault(len(self.fields.faults()))
        elif draft.same_as(self._filled):
            waiting = self._services.desk.snapshot.cases.open
            self.preview.show_nothing(sum(1 for each in waiting if not each.held))
        else:
            self._ask(draft)

    def _ask(self, draft: Policy) -> None:
        """One preview at a time: while one is worked out, only the last wish is remembered."""
        if self._under_way:
            self._again = True
            return
        self._under_way = True
        work = partial(self._services.policies.preview, draft, self._services.desk.today)
        self._tasks.run(self, work, self._answered, self._not_answered)

    def _answered(self, preview: PolicyPreview) -> None:
        self._under_way = False
        if self._again:
            self._again = False
            self._edited()
            return
        draft = self.fields.draft()
        if draft is not None and draft.same_as(preview.draft) and self.dirty:
            self.preview.show_preview(preview, change_words(self._filled, preview.draft))

    def _not_answered(self, error: PeerMatchError) -> None:
        self._under_way = self._again = False
        self.show_error(error)

    def _show_standing(self) -> None:
        dirty = self.dirty
        self.keep.set_text(
            tr("Keep as version {next}").format(next=self._next)
            if self._next
            else tr("Keep as a new version")
        )
        self.keep.bar("" if dirty else UNCHANGED)
        self.cancel.bar("" if dirty else UNCHANGED)
        draft = self.fields.draft()
        self.standard.bar("" if draft is None or not draft.same_as(Policy()) else STANDARD_NOW)
        self.changed.emit()
