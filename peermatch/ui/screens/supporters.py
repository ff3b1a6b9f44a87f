"""The supporters' screen: who is here, how they stand today, and one record at a time."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done, Touched
from peermatch.model.people import Supporter
from peermatch.services.office import Services
from peermatch.services.snapshot import Snapshot
from peermatch.ui.choosers import Choosers
from peermatch.ui.screen import Screen, TopItems
from peermatch.ui.screens.consents_words import WITHDRAW
from peermatch.ui.screens.pages import FORM_PLACE, WORDINGS
from peermatch.ui.screens.supporter_facets import NEVER_ASKED_PLACE, TOPIC_PLACE, WAITING_PLACE
from peermatch.ui.screens.supporter_list import SupporterList
from peermatch.ui.screens.supporter_record import SupporterRecord
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Scroll
from peermatch.ui.widgets.columns import Columns, Pane
from peermatch.ui.widgets.stack import Stack
from peermatch.ui.widgets.states import EmptyState
from peermatch.words import count_of, tr

if TYPE_CHECKING:
    from peermatch.services.people_table import SavedTable
    from peermatch.ui.screens.form_page import FormPage
    from peermatch.ui.screens.supporter_editor import SupporterEditor

CHOOSE, NOBODY_YET = tr("Choose somebody on the left."), tr("Nobody is listed yet.")
RECORD_HERE = tr("Their record will be here.")


class SupportersScreen(Screen):
    """List on the left; record or editor on the right. A draft in the editor survives every refresh."""

    title = tr("Supporters")

    def __init__(
        self, services: Services, tasks: Tasks, theme: Theme, choosers: Choosers | None = None
    ) -> None:
        super().__init__(services, tasks, theme)
        self._choosers = choosers or Choosers()
        self._form: FormPage | None = None
        self._editor: SupporterEditor | None = None
        self.list = SupporterList(theme, self._picture)
        self.record = SupporterRecord(services, tasks, theme)
        self._lay_out(theme)
        self._current = ""
        self._connect()
        self.refresh(Touched(network=True))

    def _lay_out(self, theme: Theme) -> None:
        """What is full comes last: whatever gets a place is dressed anew with all that is in it."""
        self._whole, self._pages = Stack(self), Stack()
        panes = [Pane(self.list, 330, 250), Pane(self._pages, 0, 560)]
        self._columns = Columns(theme, panes, fold=(tr("List"), tr("Record")))
        self._whole.addWidget(self._columns)
        Column(theme, self, spacing=0).addWidget(self._whole)
        self._nothing = EmptyState(theme, "users", CHOOSE, RECORD_HERE)
        self._record_page = Scroll(self.record, name=tr("Record"), squeezes=True, parent=self._pages)
        for page in (self._record_page, self._nothing):
            self._pages.addWidget(page)

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        self.list.wanted.connect(self.act)
        self.list.form_wanted.connect(self._open_form)
        self.list.table_wanted.connect(self._save_table)
        self.record.did.connect(self.did)
        self.record.see.connect(self._see)
        self.record.edit.connect(self._edit)
        self.record.duty.connect(self._to_duties)
        self.theme.cover.changed.connect(self._show_record)

    @property
    def form(self) -> "FormPage":
        """Where a form of volunteers is taken in, built when it is first wanted."""
        from peermatch.ui.screens.form_page import FormPage

        if self._form is None:
            self._form = FormPage(self.services, self.tasks, self.theme, self._choosers.form)
            self._form.did.connect(self.did)
            self._form.closed.connect(self._leave_form)
            self._form.wordings_wanted.connect(self._to_wordings)
            self._whole.addWidget(self._form)
        return self._form

    @property
    def taking_form(self) -> bool:
        """Whether the page of a form is open."""
        return self._form is not None and self._whole.currentWidget() is self._form

    def form_draft(self) -> dict[str, object]:
        """How a form was being read that is not taken in yet."""
        return self._form.draft() if self._form is not None and self.taking_form else {}

    def take_form_draft(self, told: dict[str, object]) -> None:
        """Its page again."""
        self._whole.setCurrentWidget(self.form)
        self.form.take_draft(told)

    @property
    def editor(self) -> "SupporterEditor":
        """Where a record is written, built when it is first wanted."""
        from peermatch.ui.screens.supporter_editor import SupporterEditor

        if self._editor is None:
            self._editor = SupporterEditor(self.services, self.theme)
            self._editor.saved.connect(self._save)
            self._editor.cancelled.connect(self._leave_editor)
            self._editor_page = Scroll(self._editor, name=tr("Edit the record"))
            self._pages.addWidget(self._editor_page)
        return self._editor

    @property
    def editing(self) -> bool:
        """Whether a record is being written."""
        return self._editor is not None and self._editor.open

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins in the list; as a proxy it would let Tab pass by what stands above."""
        super().focusInEvent(event)
        if self._whole.currentWidget() is self._form:
            self.form.pick.setFocus(event.reason())
        else:
            self.list.take_focus(event.reason())

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody comes to look for a person; who is at work in the editor stays there."""
        super().showEvent(event)
        if not event.spontaneous() and not self.editing:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, touched: Touched) -> None:
        """Show the present picture; who was chosen stays so, and a draft stays as it is."""
        self.list.show_people(self.services.desk.today)
        people = self._picture().supporters
        if self._current not in people:
            self._current = self.list.first()
        if self._current and touched.network:
            self.list.show_current(self._current)
        self._show_record()
        if not self.editing:
            self._pages.setCurrentWidget(self._record_page if self._current else self._nothing)
            self._nothing.set_words(CHOOSE if people else NOBODY_YET, RECORD_HERE)
        if self._form is not None and self._form.isVisible():
            self._form.renew()
        self.changed.emit()

    def open_at(self, reference: str = "", supporter: str = "") -> None:
        """Show one supporter's record, or the list of those who can be found by a topic (``"topic:neuro.adhd"``).

        ``"withdraw"`` opens what withdrawing everything of theirs would bring about, ``"form"`` a form of volunteers:
        the place of a file with answers that was dropped comes instead of the supporter.
        """
        if reference == FORM_PLACE:
            self._open_form()
            if supporter:
                self.form.read(Path(supporter))
            return
        self._whole.setCurrentWidget(self._columns)
        if reference == NEVER_ASKED_PLACE:
            self.list.narrow_to_never_asked()
        elif reference == WAITING_PLACE:
            self.list.narrow_to_waiting()
            supporter = supporter or self.list.first()
        elif reference.startswith(TOPIC_PLACE):
            self.list.narrow_to(reference.removeprefix(TOPIC_PLACE))
        if reference == NEVER_ASKED_PLACE or reference.startswith(TOPIC_PLACE):
            self._columns.show_aside()
            self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if supporter in self._picture().supporters:
            self._current = supporter
            self.list.show_current(supporter)
            self._show_record()
            self._pages.setCurrentWidget(self._editor_page if self.editing else self._record_page)
            self._columns.show_main()
        if reference == WITHDRAW:
            self.record.consent.withdraw_all.click()

    def top_items(self) -> TopItems:
        """How many are here, and the way to add one."""
        here, able = len(self._picture().supporters), self.list.matchable()
        note = (
            tr("{count_of} · {able:,} can be matched today").format(
                count_of=count_of(here, "person", "people"), able=able
            )
            if here
            else ""
        )
        return TopItems(note=note, action=tr("Add supporter"))

    @Slot()
    def _open_form(self) -> None:
        self._whole.setCurrentWidget(self.form)
        self.form.open()

    @Slot()
    def _save_table(self) -> None:
        """Only what they agreed to leaves, and nobody's topics but those that they let be listed."""
        today = self.services.desk.today
        file = self._choosers.place(self, Path.home() / f"supporters-{today.isoformat()}.xlsx")
        if file is not None:
            work = partial(self.services.supporters.tables.save, file, today)
            self.tasks.run(self, work, self._table_saved, self.show_error)

    def _table_saved(self, saved: "SavedTable") -> None:
        self.record.banner.show_message(
            "success", tr("Saved: {names}.").format(names=saved.file.name), saved.done.notice
        )
        self.did.emit(saved.done)

    @Slot()
    def _leave_form(self) -> None:
        self._whole.setCurrentWidget(self._columns)
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def act(self) -> None:
        """Begin a new record."""
        self._whole.setCurrentWidget(self._columns)
        self._open_editor(None)

    @classmethod
    def first_count(cls, services: Services) -> str:
        """How many supporters there are."""
        return str(len(services.desk.snapshot.supporters) or "")

    def show_error(self, error: PeerMatchError) -> None:
        """Say it above the record."""
        self.record.banner.show_message("error", error.what, error.hint)

    def _picture(self) -> Snapshot:
        return self.services.desk.snapshot

    @Slot(str)
    def _choose(self, id: str) -> None:
        self._current = id
        self._show_record()
        if not self.editing:
            self._pages.setCurrentWidget(self._record_page)
            self._record_page.verticalScrollBar().setValue(0)

    @Slot(str)
    def _open(self, id: str) -> None:
        self._choose(id)
        self._columns.show_main()
        self.record.edit_button.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _show_record(self) -> None:
        person = self._picture().supporters.get(self._current)
        if person is not None:
            self.record.show_person(person)

    @Slot(QWidget)
    def _see(self, part: QWidget) -> None:
        top = part.mapTo(self.record, QPoint(0, 0)).y()
        bar = self._record_page.verticalScrollBar()
        if top < bar.value():
            bar.setValue(max(0, top - self.theme.px(12)))

    @Slot()
    def _edit(self) -> None:
        self._open_editor(self._picture().supporters.get(self._current))

    @Slot(str)
    def _to_duties(self, place: str) -> None:
        self.go.emit("duties", place, "")

    @Slot()
    def _to_wordings(self) -> None:
        self.go.emit("consent", WORDINGS, "")

    def _open_editor(self, person: Supporter | None) -> None:
        self.editor.begin(person)
        self._pages.setCurrentWidget(self._editor_page)
        self._editor_page.verticalScrollBar().setValue(0)
        self._columns.show_main()
        self.editor.take_focus()

    @Slot()
    def _leave_editor(self) -> None:
        self._pages.setCurrentWidget(self._record_page if self._current else self._nothing)
        self.record.edit_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _save(self, person: Supporter) -> None:
        if person.id:
            work = partial(self.services.supporters.change, person, self.editor.seen)
        else:
            work = partial(self.services.onboarding.receive, person, self.services.desk.today)
        self.tasks.run(self, work, self._saved, self._not_saved)

    def _saved(self, done: Done) -> None:
        self.editor.finish()
        self._current = next(iter(done.touched.supporters), self._current)
        self.did.emit(done)
        self.open_at(supporter=self._current)
        self._leave_editor()

    def _not_saved(self, error: PeerMatchError) -> None:
        self.editor.show_refusal(error)
