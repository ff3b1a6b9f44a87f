"""Consent: who must be asked again, the campaign that asks them, the words, and the record as proof."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done, Touched
from peermatch.services.office import Services
from peermatch.ui.choosers import Choosers
from peermatch.ui.locking.forms import Values
from peermatch.ui.screen import TopChip, TopItems
from peermatch.ui.screens.clock_words import count_of
from peermatch.ui.screens.consents_campaign import CampaignPage
from peermatch.ui.screens.consents_people import PeoplePage
from peermatch.ui.screens.consents_read import Bench, read_bench
from peermatch.ui.screens.consents_wordings import WordingsPage
from peermatch.ui.screens.consents_words import ENDED, WITHDRAW
from peermatch.ui.screens.paged import PagedScreen
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.words import tr

PEOPLE, CAMPAIGN, WORDINGS = "people", "campaign", "wordings"
PAGES = ((PEOPLE, tr("Who must be asked")), (CAMPAIGN, tr("Campaign")), (WORDINGS, tr("Wordings")))


class ConsentsScreen(PagedScreen):
    """What is shown is read on the worker when somebody looks, and again when something was done."""

    title = tr("Consent")

    def __init__(
        self, services: Services, tasks: Tasks, theme: Theme, *, choosers: Choosers | None = None
    ) -> None:
        super().__init__(services, tasks, theme, PAGES, tr("Page of consent"))
        self.bench = Bench()
        self._stale = True
        self._draft: Values = {}
        self.people = PeoplePage(services, tasks, theme, choosers or Choosers())
        self.campaign = CampaignPage(services, tasks, theme)
        self.wordings = WordingsPage(services, tasks, theme)
        pages = {PEOPLE: self.people, CAMPAIGN: self.campaign, WORDINGS: self.wordings}
        self.lay_out(pages, ruled=True)
        self._connect()

    def _connect(self) -> None:
        for page in (self.people, self.campaign, self.wordings):
            page.did.connect(self._did)
        self.people.record_wanted.connect(self._to_record)
        self.people.withdraw_wanted.connect(self._to_withdrawal)
        self.campaign.list_wanted.connect(self._to_list)

    def begin(self, reason: Qt.FocusReason) -> None:
        """Begin with the first thing to do on the page."""
        self.take_focus()

    def take_focus(self) -> None:
        """Begin with the first thing to do on the page."""
        if self.page == PEOPLE:
            self.people.take_focus()
        else:
            (self.campaign if self.page == CAMPAIGN else self.wordings).take_focus()

    def showEvent(self, event: QShowEvent) -> None:
        """Only what is looked at is read."""
        if self._stale:
            self.look()
        super().showEvent(event)

    def look(self) -> None:
        """Read it all on the worker."""
        self._stale = False
        self.tasks.run(
            self, partial(read_bench, self.services, self.services.desk.today), self._show, self.show_error
        )

    def refresh(self, touched: Touched) -> None:
        """Something was done: read it now, or when somebody looks."""
        self._stale = True
        if self.isVisible():
            self.look()

    def open_at(self, reference: str = "", supporter: str = "") -> None:
        """Show a page by its name, or one person."""
        if reference in self._pages:
            self.turn_to(reference)
            self.take_focus()
        elif supporter in self.services.desk.snapshot.supporters:
            self.turn_to(PEOPLE)
            self.people.open_person(supporter)
            self.take_focus()

    def top_items(self) -> TopItems:
        """What has ended, how far the campaign is, and the way to begin one."""
        ended = sum(1 for each in self.people.list.everyone if ENDED in each.facets)
        chips = (
            (
                TopChip(
                    tr("ended for {count_of}").format(count_of=count_of(ended, tr("person"), "people")),
                    "risk",
                ),
            )
            if ended
            else ()
        )
        progress = self.bench.progress
        if progress is not None:
            note = tr("campaign: {answered} of {people} answered").format(
                answered=len(progress.answered), people=len(progress.people)
            )
            return TopItems(chips, note=note)
        return TopItems(chips, action=tr("Ask everybody again") if self.bench.due else "")

    @Slot()
    def act(self) -> None:
        """Begin a campaign."""
        self.turn_to(CAMPAIGN)
        self.campaign.take_focus()

    def count(self) -> str:
        """How many people must be asked; nothing before it was read."""
        return str(len(self.bench.due) or "")

    def leave(self) -> None:
        """No letter and no proof stays open."""
        self.people.forget()

    def show_error(self, error: PeerMatchError) -> None:
        """Say it on the page that is shown."""
        if self.page == PEOPLE:
            self.people.person.failed(error)
        else:
            (self.campaign if self.page == CAMPAIGN else self.wordings).show_error(error)

    def draft(self) -> Values:
        """What is half typed: answers, or a wording; what has not come back yet stays as it was kept."""
        if self._draft:
            return dict(self._draft)
        found = {PEOPLE: self.people.draft(), WORDINGS: self.wordings.draft()}
        kept = {key: values for key, values in found.items() if values}
        return {**kept, "page": self.page} if kept else {}

    def take_draft(self, values: Values) -> bool:
        """Put it back as it was, once it is known what must be asked."""
        self._draft = dict(values)
        if not self._stale and self.bench != Bench():
            return self._put_back()
        self.look()
        return bool(values)

    def _put_back(self) -> bool:
        values, self._draft = self._draft, {}
        back = []
        if WORDINGS in values:
            back.append(self.wordings.take_draft(values[WORDINGS]))
        if PEOPLE in values:
            back.append(self.people.take_draft(values[PEOPLE]))
        if values.get("page") in self._pages:
            self.turn_to(str(values["page"]))
        return any(back)

    def _show(self, bench: Bench) -> None:
        self.bench = bench
        self.people.show_bench(bench)
        self.campaign.show_bench(bench)
        self.wordings.show_bench(bench)
        if self._draft:
            self._put_back()
        self.changed.emit()

    @Slot(Done)
    def _did(self, done: Done) -> None:
        self.did.emit(done)

    @Slot(str)
    def _to_list(self, facet: str) -> None:
        self.turn_to(PEOPLE)
        self.people.narrow(facet)
        self.people.take_focus()

    @Slot(str)
    def _to_record(self, id: str) -> None:
        self.go.emit("supporters", "", id)

    @Slot(str)
    def _to_withdrawal(self, id: str) -> None:
        self.go.emit("supporters", WITHDRAW, id)
