"""Consent: who must be asked again, the campaign that asks them, the words, and the record as proof."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done, Touched
from peermatch.services.office import Services
from peermatch.ui.choosers import Choosers
from peermatch.ui.locking.forms import Values
from peermatch.ui.screen import TopChip, TopItems
from peermatch.ui.screens.consents_campaign import CampaignPage
from peermatch.ui.screens.consents_people import PeoplePage
from peermatch.ui.screens.consents_read import Bench, read_bench
from peermatch.ui.screens.consents_wordings import WordingsPage
from peermatch.ui.screens.consents_words import ENDED, WITHDRAW
from peermatch.ui.screens.directory_page import DirectoryPage
from peermatch.ui.screens.duties_page import DutyPage
from peermatch.ui.screens.paged import PagedScreen
from peermatch.ui.screens.pages import CAMPAIGN, DIRECTORY, PEOPLE, WORDINGS
from peermatch.ui.screens.pages import OF_CONSENT as PAGES
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.made_late import MadeLate
from peermatch.words import count_of, tr

NOTHING_READ = Bench()


class ConsentsScreen(PagedScreen):
    """What is shown is read on the worker when somebody looks, and again when something was done."""

    title = tr("Consent")

    def __init__(
        self, services: Services, tasks: Tasks, theme: Theme, *, choosers: Choosers | None = None
    ) -> None:
        super().__init__(services, tasks, theme, PAGES, tr("Page of consent"))
        self.bench = NOTHING_READ
        self._stale, self._waiting = True, 0
        self._read_on = date.min
        self._draft: Values = {}
        self.people = PeoplePage(services, tasks, theme, choosers or Choosers())
        self._campaign, self._wordings = MadeLate(self._make_campaign), MadeLate(self._make_wordings)
        self._choosers = choosers or Choosers()
        self._directory = MadeLate(self._make_directory)
        pages = {
            PEOPLE: self.people,
            CAMPAIGN: self._campaign,
            WORDINGS: self._wordings,
            DIRECTORY: self._directory,
        }
        self.lay_out(pages, ruled=True)
        self._connect()

    def _connect(self) -> None:
        self.people.did.connect(self._did)
        self.people.record_wanted.connect(self._to_record)
        self.people.withdraw_wanted.connect(self._to_withdrawal)

    def _make_campaign(self) -> CampaignPage:
        page = CampaignPage(self.services, self.tasks, self.theme)
        page.did.connect(self._did)
        page.list_wanted.connect(self._to_list)
        page.show_bench(self.bench)
        return page

    def _make_wordings(self) -> WordingsPage:
        page = WordingsPage(self.services, self.tasks, self.theme)
        page.did.connect(self._did)
        page.show_bench(self.bench)
        return page

    def _make_directory(self) -> DirectoryPage:
        page = DirectoryPage(self.services, self.tasks, self.theme, self._choosers)
        page.did.connect(self._did)
        return page

    @property
    def campaign(self) -> CampaignPage:
        """The page on the campaign, built now if nobody was there before."""
        return self._campaign.made

    @property
    def wordings(self) -> WordingsPage:
        """The page on the wordings, built now if nobody was there before."""
        return self._wordings.made

    @property
    def directory(self) -> DirectoryPage:
        """The directory page, built now if nobody was there before."""
        return self._directory.made

    def _duty_page(self) -> DutyPage:
        """The page that is shown, where it is not the one on people."""
        if self.page == DIRECTORY:
            return self.directory
        return self.campaign if self.page == CAMPAIGN else self.wordings

    def begin(self, reason: Qt.FocusReason) -> None:
        """Begin with the first thing to do on the page."""
        self.take_focus()

    def take_focus(self) -> None:
        """Begin with the first thing to do on the page."""
        if self.page == PEOPLE:
            self.people.take_focus()
        else:
            self._duty_page().take_focus()

    def showEvent(self, event: QShowEvent) -> None:
        """Only what is looked at is read, and again when another day has begun since."""
        if self._stale or self._read_on != self.services.desk.today:
            self.look()
        super().showEvent(event)

    def look(self) -> None:
        """Read it all on the worker."""
        self._stale, self._read_on = False, self.services.desk.today
        self.tasks.run(self, partial(read_bench, self.services, self._read_on), self._show, self.show_error)

    def refresh(self, touched: Touched) -> None:
        """Something was done: read it now, or when somebody looks."""
        self._stale = True
        if self._directory.built is not None:
            self._directory.built.refresh()
        if self.isVisible():
            self.look()
            return
        self.people.hold_back()
        if self.counted:
            work = partial(self.services.campaigns.count, self.services.desk.today)
            self.tasks.run(self, work, self._counted, self.show_error)

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
        ended = self.people.list.counts.get(ENDED, 0)
        chips = (
            (
                TopChip(
                    tr("ended for {count_of}").format(count_of=count_of(ended, "person", "people")),
                    "risk",
                ),
            )
            if ended
            else ()
        )
        if stale := self.bench.stale_pages:
            page = (
                tr("a published page must be replaced")
                if stale == 1
                else tr("published pages must be replaced")
            )
            chips = (*chips, TopChip(page, "risk"))
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

    @property
    def counted(self) -> bool:
        """Whether it was read."""
        return self.bench is not NOTHING_READ

    def count(self) -> str:
        """How many people must be asked."""
        return str(self._waiting or "")

    def _counted(self, waiting: int) -> None:
        self._waiting = waiting
        self.changed.emit()

    def leave(self) -> None:
        """No letter and no proof stays open."""
        self.people.forget()

    def show_error(self, error: PeerMatchError) -> None:
        """Say it on the page that is shown."""
        if self.page == PEOPLE:
            self.people.person.failed(error)
        else:
            self._duty_page().show_error(error)

    def draft(self) -> Values:
        """What is half typed: answers, or a wording; what has not come back yet stays as it was kept."""
        if self._draft:
            return dict(self._draft)
        worded = self._wordings.built
        found = {PEOPLE: self.people.draft(), WORDINGS: worded.draft() if worded is not None else {}}
        if self._directory.built is not None:
            found[DIRECTORY] = self._directory.built.draft()
        kept = {key: values for key, values in found.items() if values}
        return {**kept, "page": self.page} if kept else {}

    def take_draft(self, values: Values) -> bool:
        """Put it back as it was, once it is known what must be asked."""
        self._draft = dict(values)
        if not self._stale and self.counted:
            return self._put_back()
        self.look()
        return bool(values)

    def _put_back(self) -> bool:
        values, self._draft = self._draft, {}
        back = []
        if WORDINGS in values:
            back.append(self.wordings.take_draft(values[WORDINGS]))
        if DIRECTORY in values:
            back.append(self.directory.take_draft(values[DIRECTORY]))
        if PEOPLE in values:
            back.append(self.people.take_draft(values[PEOPLE]))
        if values.get("page") in self._pages:
            self.turn_to(str(values["page"]))
        return any(back)

    def _show(self, bench: Bench) -> None:
        self.bench, self._waiting = bench, len(bench.due)
        self.people.show_bench(bench)
        for page in (self._campaign.built, self._wordings.built):
            if page is not None:
                page.show_bench(bench)
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
