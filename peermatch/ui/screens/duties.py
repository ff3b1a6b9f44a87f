"""Data protection: what is due for erasure, what people ask of us, what went wrong, and handing over an office."""

from typing import TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Touched
from peermatch.model.rights import Subject
from peermatch.services.office import Services
from peermatch.ui.locking.forms import Values, fill, values_of
from peermatch.ui.screen import TopChip, TopItems
from peermatch.ui.screens.duties_breach import BreachPanel
from peermatch.ui.screens.duties_changeover import ChangeoverPanel
from peermatch.ui.screens.duties_counts import DutyCounts
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
from peermatch.ui.soon import soon
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.made_late import MadeLate
from peermatch.words import count_of, tr

AnyPage = TypeVar("AnyPage", bound=DutyPage)

BACK = frozenset({"request", "wrong", "request-step", "wrong-step", "keep"})
"""What may be half-typed on these pages, by its name in a draft."""


class DutiesScreen(PagedScreen):
    """A page for each duty; what is held on one person lies behind the page on requests.

    The first page is there at once; each other one is built when somebody first comes to it.
    """

    title = tr("Data protection")

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        theme: Theme,
        *,
        choose_folder: ChooseFolder = ask_for_folder,
    ) -> None:
        super().__init__(services, tasks, theme, PAGES, tr("Page of data protection"))
        self._choose_folder = choose_folder
        self.counts = DutyCounts(services, tasks, self)
        self.due = self._joined(DuePanel(services, tasks, theme))
        self._requests = MadeLate(self._make_requests)
        self._held = MadeLate(self._make_held)
        self._wrong = MadeLate(self._make_wrong)
        self._changeover = MadeLate(self._make_changeover)
        self.lay_out(
            {DUE: self.due, REQUESTS: self._requests, WRONG: self._wrong, CHANGEOVER: self._changeover},
            self._held,
        )
        self.counts.learned.connect(self.changed)
        self.counts.failed.connect(self.show_error)
        soon(self, self._learn).start()

    def _joined(self, page: AnyPage) -> AnyPage:
        """What it tells is told by this screen."""
        page.did.connect(self.did)
        page.go.connect(self.go)
        page.changed.connect(self.changed)
        return page

    def _make_requests(self) -> RequestsPanel:
        page = self._joined(RequestsPanel(self.services, self.tasks, self.theme))
        page.held_wanted.connect(self._show_held)
        page.erase_wanted.connect(self._show_erasing)
        page.learned.connect(self.counts.take_requests)
        return page

    def _make_changeover(self) -> ChangeoverPanel:
        return self._joined(ChangeoverPanel(self.services, self.tasks, self.theme))

    def _make_wrong(self) -> BreachPanel:
        page = self._joined(BreachPanel(self.services, self.tasks, self.theme))
        page.learned.connect(self.counts.take_incidents)
        return page

    def _make_held(self) -> HeldPanel:
        page = HeldPanel(self.services, self.tasks, self.theme, choose_folder=self._choose_folder)
        page.closed.connect(self._back)
        page.letters_left.connect(self._show_letters)
        return self._joined(page)

    @property
    def requests(self) -> RequestsPanel:
        """The page on requests and complaints."""
        return self._requests.made

    @property
    def held(self) -> HeldPanel:
        """What is held on one person."""
        return self._held.made

    @property
    def wrong(self) -> BreachPanel:
        """The page on what went wrong."""
        return self._wrong.made

    @property
    def changeover(self) -> ChangeoverPanel:
        """The page on handing over an office."""
        return self._changeover.made

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
        for page in self._beyond_the_first():
            page.refresh()
        self.due.refresh()
        self._learn()

    def top_items(self) -> TopItems:
        """What presses: late requests, and what went wrong and is not dealt with."""
        late, wrong = self.counts.late, self.counts.wrong
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
        return str(self.due.count + self.counts.requests + self.counts.wrong or "")

    def leave(self) -> None:
        """What was held up about somebody goes."""
        if self._held.built is not None:
            self._held.built.forget()
        if self._stack.currentWidget() is self._held:
            self._turn_to(REQUESTS)

    def draft(self) -> Values:
        """What is half-typed: a request, what went wrong, a step, why somebody is kept back, or ticks on a copy."""
        found: Values = {}
        requests, wrong, held = self._requests.built, self._wrong.built, self._held.built
        if requests is not None and requests.form.typed:
            found["request"] = values_of(requests.form.editors())
        if wrong is not None and wrong.form.typed:
            found["wrong"] = values_of(wrong.form.editors())
        if held is not None and held.subject is not None and held.redacted():
            found["held"] = {"id": held.subject.id, "keys": sorted(held.redacted())}
        steps = {
            "request-step": requests.half.draft() if requests is not None else None,
            "wrong-step": wrong.half.draft() if wrong is not None else None,
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
        for key, late in (("request-step", self._requests), ("wrong-step", self._wrong)):
            if key in values:
                late.made.half.keep(values[key])
                late.made.refresh()
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
        return self._page_of(self._stack.currentWidget()) or self.due

    def _page_of(self, part: QWidget | None) -> DutyPage | None:
        """The page itself: built now if nobody came to it before."""
        page = part.made if isinstance(part, MadeLate) else part
        return page if isinstance(page, DutyPage) else None

    def _beyond_the_first(self) -> tuple[DutyPage, ...]:
        """Those that stand already."""
        late = (self._requests, self._wrong, self._changeover, self._held)
        return tuple(each.built for each in late if each.built is not None)

    @Slot()
    def _learn(self) -> None:
        """What is due is known from the start, without anybody looking; whoever looks has it read."""
        if not self.due.isVisible():
            self.due.learn()
        self.counts.learn()

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
        self._stack.setCurrentWidget(self._held)
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
