"""Data protection: what is due for erasure, what people ask of us, what went wrong, and handing over an office."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Slot

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Touched
from peermatch.model.rights import Subject
from peermatch.services.office import Services
from peermatch.ui.locking.forms import Values, fill, values_of
from peermatch.ui.screen import TopChip, TopItems
from peermatch.ui.screens.duties_breach import BreachPanel
from peermatch.ui.screens.duties_changeover import ChangeoverPanel
from peermatch.ui.screens.duties_due import DuePanel
from peermatch.ui.screens.duties_held import ChooseFolder, HeldPanel, ask_for_folder
from peermatch.ui.screens.duties_page import DutyPage
from peermatch.ui.screens.duties_requests import RequestsPanel
from peermatch.ui.screens.duties_words import (
    CHANGEOVER,
    DUE,
    ERASING,
    PAGES,
    REQUESTS,
    WRONG,
    subject_at,
    subject_named,
)
from peermatch.ui.screens.paged import PagedScreen
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.words import count_of, tr

BACK = frozenset({"request", "wrong", "request-step", "wrong-step", "keep"})
"""What may be half-typed on these pages, by its name in a draft."""


class DutiesScreen(PagedScreen):
    """A page for each duty; what is held on one person lies behind the page on requests."""

    title = tr("Data protection")
    _pages: Mapping[str, DutyPage]

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        theme: Theme,
        *,
        choose_folder: ChooseFolder = ask_for_folder,
    ) -> None:
        super().__init__(services, tasks, theme, PAGES, tr("Page of data protection"))
        self.due = DuePanel(services, tasks, theme)
        self.requests = RequestsPanel(services, tasks, theme)
        self.held = HeldPanel(services, tasks, theme, choose_folder=choose_folder)
        self.wrong = BreachPanel(services, tasks, theme)
        self.changeover = ChangeoverPanel(services, tasks, theme)
        pages: dict[str, DutyPage] = {
            DUE: self.due,
            REQUESTS: self.requests,
            WRONG: self.wrong,
            CHANGEOVER: self.changeover,
        }
        self.lay_out(pages, self.held)
        for page in (*pages.values(), self.held):
            page.did.connect(self.did)
            page.go.connect(self.go)
            page.changed.connect(self.changed)
        self.requests.held_wanted.connect(self._show_held)
        self.requests.erase_wanted.connect(self._show_erasing)
        self.held.closed.connect(self._back)
        self.held.letters_left.connect(self._show_letters)
        QTimer.singleShot(0, self, self._count)

    def begin(self, reason: Qt.FocusReason) -> None:
        """Begin where the page says."""
        self._shown.take_focus()

    def open_at(self, reference: str = "", supporter: str = "") -> None:
        """Show a page by its name, or what is held on one person, or their erasure (``"erase:E-0142"``)."""
        place = reference or supporter
        if place in self._pages:
            self.turn_to(place)
            self._shown.take_focus()
            return
        subject = subject_at(place, self.services.desk.snapshot)
        if subject is not None:
            self._hold_up(subject, erasing=place.startswith(ERASING))

    def refresh(self, touched: Touched) -> None:
        """Show the present picture; what is typed stays."""
        self.changeover.refresh()
        self.held.refresh()
        self._count()

    def top_items(self) -> TopItems:
        """What presses: late requests, and what went wrong and is not dealt with."""
        late, wrong = self.requests.late, self.wrong.count
        chips = (
            (TopChip(tr("{count_of} late").format(count_of=count_of(late, "request")), "risk"),)
            if late
            else ()
        )
        if wrong:
            chips = (
                *chips,
                TopChip(tr("{count_of} open").format(count_of=count_of(wrong, "incident")), "risk"),
            )
        return TopItems(chips)

    @property
    def counted(self) -> bool:
        """Whether it is known what is due."""
        return self.due.known

    def count(self) -> str:
        """How much waits: what is due, open requests, and what went wrong."""
        return str(self.due.count + self.requests.count + self.wrong.count or "")

    def leave(self) -> None:
        """What was held up about somebody goes."""
        self.held.forget()
        if self._stack.currentWidget() is self.held:
            self._turn_to(REQUESTS)

    def draft(self) -> Values:
        """What is half-typed: a request, what went wrong, a step, why somebody is kept back, or ticks on a copy."""
        found: Values = {}
        if self.requests.form.typed:
            found["request"] = values_of(self.requests.form.editors())
        if self.wrong.form.typed:
            found["wrong"] = values_of(self.wrong.form.editors())
        if self.held.subject is not None and self.held.redacted():
            found["held"] = {"id": self.held.subject.id, "keys": sorted(self.held.redacted())}
        steps = {
            "request-step": self.requests.half.draft(),
            "wrong-step": self.wrong.half.draft(),
            "keep": self.due.keep.draft(),
        }
        found |= {key: values for key, values in steps.items() if values}
        return {**found, "page": self.page} if found else {}

    def take_draft(self, values: Values) -> bool:
        """Put it back as it was; whether anything has come back."""
        page = str(values.get("page", DUE))
        if page in self._pages:
            self.open_at(page)
        if "request" in values:
            self.requests.new.click()
            fill(self.requests.form.editors(), values["request"])
        if "wrong" in values:
            self.wrong.new.click()
            fill(self.wrong.form.editors(), values["wrong"])
        for key, panel in (("request-step", self.requests), ("wrong-step", self.wrong)):
            if key in values:
                panel.half.keep(values[key])
                panel.refresh()
        if "keep" in values:
            self.due.resume(values["keep"])
        held = values.get("held", {})
        subject = subject_named(str(held.get("id", "")), self.services.desk.snapshot)
        if subject is not None:
            self._hold_up(subject, redacted=frozenset(str(key) for key in held["keys"]))
        return bool(BACK & values.keys()) or subject is not None

    def show_error(self, error: PeerMatchError) -> None:
        """Say it on the page that is shown."""
        self._shown.show_error(error)

    @property
    def _shown(self) -> DutyPage:
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, DutyPage) else self._pages[self.page]

    @Slot()
    def _count(self) -> None:
        """What is due is known from the start, without anybody looking."""
        for page in (self.due, self.requests, self.wrong):
            page.refresh()
            if not page.isVisible():
                page.learn()

    @Slot(object)
    def _show_held(self, subject: Subject) -> None:
        self._hold_up(subject)

    @Slot(object)
    def _show_erasing(self, subject: Subject) -> None:
        self._hold_up(subject, erasing=True)

    def _hold_up(
        self, subject: Subject, *, erasing: bool = False, redacted: frozenset[str] = frozenset()
    ) -> None:
        self.switch.set_current(REQUESTS)
        self._stack.setCurrentWidget(self.held)
        self.held.open_for(subject, erasing=erasing, redacted=redacted)
        self.held.take_focus()
        self.changed.emit()

    @Slot()
    def _show_letters(self) -> None:
        """Somebody was erased whose data others were given: the letters to them stand on the first page."""
        self.open_at(DUE)

    @Slot()
    def _back(self) -> None:
        self._turn_to(REQUESTS)
        self._shown.take_focus()
