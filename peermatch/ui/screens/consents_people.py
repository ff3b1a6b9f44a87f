"""The page on people: who must be asked on the left, one of them on the right."""

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from peermatch.model.campaign import Asked
from peermatch.model.changes import Done
from peermatch.services.office import Services
from peermatch.services.snapshot import Snapshot
from peermatch.ui.choosers import Choosers
from peermatch.ui.locking.forms import Values
from peermatch.ui.screens.consents_list import AskList
from peermatch.ui.screens.consents_person import AskedPerson
from peermatch.ui.screens.consents_read import Bench
from peermatch.ui.screens.consents_words import Listed
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Scroll
from peermatch.ui.widgets.columns import Columns, Pane
from peermatch.ui.widgets.stack import Stack
from peermatch.ui.widgets.states import EmptyState
from peermatch.words import tr

CHOOSE = tr("Choose somebody on the left.")
CHOOSE_NOTE = tr("Their letter, their answers and the proof of consent will be here.")


class PeoplePage(QWidget):
    """``did``: a command was committed; ``record_wanted`` and ``withdraw_wanted`` bring an id."""

    did = Signal(Done)
    record_wanted = Signal(str)
    withdraw_wanted = Signal(str)

    def __init__(self, services: Services, tasks: Tasks, theme: Theme, choosers: Choosers) -> None:
        super().__init__()
        self._services, self._theme = services, theme
        self._bench = Bench()
        self._current, self._settling = "", False
        self._held_back = self._early = self._sent = False
        self.list = AskList(theme)
        self.person = AskedPerson(services, tasks, theme, choosers)
        self._scroll = Scroll(self.person, name=tr("Asking one person"))
        self._nothing = EmptyState(theme, "shield-check", CHOOSE, CHOOSE_NOTE)
        self._pages = Stack()
        for page in (self._nothing, self._scroll):
            self._pages.addWidget(page)
        panes = [Pane(self.list, 330, 250), Pane(self._pages, 0, 520)]
        self._columns = Columns(theme, panes, fold=(tr("List"), tr("Person")))
        Column(theme, self, spacing=0).addWidget(self._columns)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        self.person.did.connect(self.did)
        self.person.record_wanted.connect(self.record_wanted)
        self.person.withdraw_wanted.connect(self.withdraw_wanted)
        self.person.letter_sent.connect(self._after_letter)
        self.person.see.connect(self._see)

    @property
    def current(self) -> str:
        """Who is shown."""
        return self._current

    def take_focus(self) -> None:
        """Begin in the list, or with the person where the list has no room beside them; or as soon as there is one."""
        firsts = [self.list.view, *([self.person.record] if self.person.standing else [])]
        first = next((each for each in firsts if each.isVisible()), None)
        self._early = first is None
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_bench(self, bench: Bench) -> None:
        """What was read; who was chosen stays so."""
        self._bench, self._held_back = bench, False
        self.list.show_people(bench.everyone, bench.counts, self._services.desk.today)
        if self._current not in self.list.everyone and not self._keeps():
            self._current = next((each.id for each in self.list.shown), "")
        if self._current in self.list.everyone:
            self._settling = True  # it is shown below, once
            self.list.view.set_current(self._current)
            self._settling = False
        self._show()
        if self._sent:
            # Its button is gone. Nobody else comes by themselves, for an answer could be taken as theirs.
            self.person.letter.show_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._sent = False
        if self._early and self._unmoved():  # now there is one to begin in
            self.take_focus()

    def _unmoved(self) -> bool:
        """Whether the keyboard is still where it was when somebody came: on the screen as a whole."""
        now = QApplication.focusWidget()
        return now is not None and now.isAncestorOf(self)

    def hold_back(self) -> None:
        """Something was done elsewhere: nobody's questions are shown, for one may be taken back, until all is read."""
        self._held_back = True
        self._pages.setCurrentWidget(self._nothing)

    def open_person(self, id: str) -> None:
        """Show one person, also one who need not be asked for anything."""
        if id in self._picture().supporters:
            self._current = id
            self.list.show_current(id)
            self._show()
            self._columns.show_main()

    def narrow(self, facet: str) -> None:
        """Show one heading of the list, and the first under it."""
        self.list.narrow(facet)
        if self.list.shown:
            self._choose(self.list.shown[0].id)
        self._columns.show_aside()

    def forget(self) -> None:
        """Nothing about anybody stays open."""
        self.person.forget()

    def draft(self) -> Values:
        """Answers that are half marked."""
        found = self.person.reply.values() if self.person.standing else {}
        return {"id": self._current, **found} if found and self._current else {}

    def take_draft(self, values: Values) -> bool:
        """Put them back as they were."""
        id = str(values.get("id", ""))
        if id not in self._picture().supporters:
            return False
        self.open_person(id)
        self.person.reply.put_back(values)
        return self.person.reply.typed

    def _keeps(self) -> bool:
        """Somebody who was just answered for stays on the page, though nothing waits any more."""
        return self._current in self._picture().supporters and self.person.id == self._current

    def _picture(self) -> Snapshot:
        return self._services.desk.snapshot

    def _listed(self) -> Listed | None:
        picture, id = self._picture(), self._current
        if id not in picture.supporters:
            return None
        found = self.list.everyone.get(id)
        progress = self._bench.progress
        asked: Asked | None = progress.people.get(id) if progress else None
        return found or Listed(id, picture, None, asked)

    def _show(self) -> None:
        listed = self._listed()
        if listed is not None:
            self.person.show_person(listed, self._bench.wording)
        else:
            self.person.forget()
        nobody = listed is None or self._held_back
        self._pages.setCurrentWidget(self._nothing if nobody else self._scroll)

    @Slot(str)
    def _choose(self, id: str) -> None:
        if self._settling:
            return
        if id != self._current:
            self._scroll.verticalScrollBar().setValue(0)
        self._current = id
        self._show()

    @Slot(str)
    def _open(self, id: str) -> None:
        self._choose(id)
        self._columns.show_main()
        self.person.record.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _after_letter(self) -> None:
        self._sent = True

    @Slot(QWidget)
    def _see(self, part: QWidget) -> None:
        top = part.mapTo(self.person, QPoint(0, 0)).y()
        self._scroll.verticalScrollBar().setValue(max(0, top - self._theme.px(12)))
