"""Enquiries: the queue, one letter with what it needs, and who could help, all in sight at once."""

from datetime import date
from functools import partial

from PySide6.QtCore import Slot

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done, Touched
from peermatch.model.enquiry import Enquiry, Requester
from peermatch.services.introductions import LetterDraft
from peermatch.services.office import Services
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screen import Screen, TopChip, TopItems
from peermatch.ui.screens.enquiry_door import LetterDoor
from peermatch.ui.screens.enquiry_edits import EnquiryEdits, OpenEnquiry
from peermatch.ui.screens.enquiry_intake import Arrived, Source
from peermatch.ui.screens.enquiry_late import LateParts
from peermatch.ui.screens.enquiry_mail import EnquiryMail
from peermatch.ui.screens.enquiry_pane import HISTORY, EnquiryPane
from peermatch.ui.screens.enquiry_past import PastReader
from peermatch.ui.screens.enquiry_queue import QueuePanel
from peermatch.ui.screens.enquiry_reader import LetterReader
from peermatch.ui.screens.enquiry_reply import FirstReply
from peermatch.ui.screens.enquiry_report import told
from peermatch.ui.screens.enquiry_roads import Roads
from peermatch.ui.screens.enquiry_watch import WatchKeeper
from peermatch.ui.screens.enquiry_words import DROP_AGAIN, SAFETY_CHIP, received_words, stopped_words
from peermatch.ui.screens.new_enquiry import ChooseFiles, ask_for_files
from peermatch.ui.screens.plan_offer import PlanOffer, QueueWithOffer
from peermatch.ui.screens.shortlist_panel import ShortlistPanel
from peermatch.ui.screens.step_letters import StepLetterBox
from peermatch.ui.screens.today_mail import BAG_PLACE
from peermatch.ui.screens.today_words import DETAILS_PLACE, NEW_PLACE, REPLY_PLACE
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.columns import Columns, Pane
from peermatch.words import tr


class EnquiriesScreen(Screen):
    """From a letter to somebody who is asked. Every change is saved at once; the shortlist follows live."""

    title = tr("Enquiries")

    def __init__(
        self, services: Services, tasks: Tasks, theme: Theme, *, choose_files: ChooseFiles = ask_for_files
    ) -> None:
        super().__init__(services, tasks, theme)
        self.edits = EnquiryEdits(services, tasks, self)
        self.reader = LetterReader(services, tasks, self)
        self.watches = WatchKeeper(services, tasks, self)
        self.banner = Banner(theme, "error", "")
        self.banner.hide()
        self.door = LetterDoor(services, tasks, theme, self, choose_files)
        self.queue = QueuePanel(theme)
        self.plan_offer = PlanOffer(theme)
        self.pane = EnquiryPane(theme)
        self.reply = FirstReply(services, tasks, theme)
        self.pane.add_reply(self.reply)
        self.roads = Roads(self.edits, self)
        self.roads.go.connect(self.go)
        self.mail = EnquiryMail(services, tasks, theme, self.pane, self)
        self.past = PastReader(services, tasks, self.pane.history, self)
        self.people = ShortlistPanel(theme, self.watches, self.pane.who)
        letters = partial(StepLetterBox, services, tasks, theme)
        self.late = LateParts(self.pane, self.people, self.edits, self.roads, self.door, letters)
        self.columns = Columns(
            theme,
            [
                Pane(QueueWithOffer(theme, self.queue, self.plan_offer), 288, 214),
                Pane(self.pane, 0, 290),
                Pane(self.people, 520, 320),
            ],
            fold=(tr("Queue"), tr("Letter and people")),
            alone=(tr("Queue"), tr("Letter"), tr("People")),
        )
        column = Column(theme, self, spacing=0)
        strip = Column(theme, spacing=0, margins=(16, 0, 16, 0))
        strip.addWidget(self.banner)
        strip.addWidget(self.door.arrivals.bar)
        strip.addWidget(self.mail.strip)
        column.addLayout(strip)
        column.addWidget(self.columns, 1)
        self._connect()
        self.refresh(Touched())

    def _connect(self) -> None:
        self.door.knocked.connect(self.banner.hide)
        self.mail.report_to(self)
        self.door.form_brought.connect(self.roads.to_form)
        self.door.arrivals.arrived.connect(self._arrived)
        self.door.arrivals.stopped.connect(self._stopped)
        self.door.arrivals.failed.connect(self.show_error)
        self.late.did.connect(self.did)
        self.late.failed.connect(self.show_error)
        self.late.wanted.connect(self.open_at)
        self.late.closed.connect(self._close_new)
        self.edits.edited.connect(self._edited)
        self.edits.saved.connect(self._saved)
        self.edits.failed.connect(self._not_saved)
        self.reader.was_read.connect(self._was_read)
        self.past.failed.connect(self.show_error)
        self.watches.changed.connect(self._show_queue)
        self.watches.failed.connect(self.show_error)
        self.people.watch_wanted.connect(self.edits.watch)
        self.queue.list.chosen.connect(self.choose)
        self.queue.list.scrolled.connect(self._read_on)
        self.queue.wanted_new.connect(self.act)
        self.queue.several.wanted.connect(self.edits.set_aside)
        self.queue.several.turned.connect(self.plan_offer.give_way)
        self.plan_offer.wanted.connect(self.roads.to_plan)
        self.pane.segments.chosen.connect(self._page_shown)
        self.pane.turned.connect(self._turned)
        self.pane.who.wanted.connect(self._reveal)
        self.pane.write_back.clicked.connect(self._write_back)
        self.reply.did.connect(self.did)
        self.reply.learned.connect(self._offer_reply)
        self.reply.learned.connect(self.changed)
        self.reply.failed.connect(self.show_error)
        self.reply.closed.connect(self._close_new)
        self.reply.wanted_address.connect(self._reveal)
        self.pane.needs.changed.connect(self.edits.set_needs)
        self.pane.away.changed.connect(self.edits.set_exclusions)
        self.pane.safe.committed.connect(self.edits.set_safe)
        self.pane.safe_offer.pressed.connect(self.edits.set_safe)
        self.people.wanted.connect(self._draft_letter)
        self.people.asked.connect(self._ask)
        self.people.introduction.connect(self.roads.to_introduction)
        self.people.supporter.connect(self.roads.to_supporter)

    # What the window asks of every screen.

    @property
    def reference(self) -> str:
        """The enquiry that is shown, or ""."""
        return self._open.reference

    def refresh(self, touched: Touched) -> None:
        """The present picture: the queue, and the enquiry unless changes of it are still being saved."""
        if touched.network:
            self.reader.forget()
        picture = self._picture
        if self.reference not in picture.enquiries:
            order = self.queue.waiting.order(picture)
            first = next(iter(order.waiting or order.met), None)
            self.edits.open = OpenEnquiry(first.reference if first else "")
        if not self._open.saving:
            self._open.draft = picture.enquiries.get(self.reference)
            self._show(keep_name=True)
        self._show_queue()
        self._load_history()
        self._read_on()
        self.watches.read(self._today)
        self.reply.learn()
        self.changed.emit()

    def open_at(self, reference: str = "", supporter: str = "") -> None:
        """Show one enquiry, with the letter ready that would ask who was named, or with its first reply open."""
        if reference == NEW_PLACE:
            self.act()
        if reference == BAG_PLACE:
            self.columns.show_main()
            self.mail.open()
        place, reference = reference, reference.removeprefix(REPLY_PLACE).removeprefix(DETAILS_PLACE)
        if reference in self._picture.enquiries:
            self.choose(reference)
            self.columns.show_main()
            if supporter and not self._picture.enquiries[reference].held:
                self.people.newcomers.wanted.emit(supporter)
                self._draft_letter(supporter)
            if place.startswith(DETAILS_PLACE):
                self.pane.show_closing()
            elif place.startswith(REPLY_PLACE):
                self._write_back()

    def top_items(self) -> TopItems:
        """The reference, how it came, and the way to a new one."""
        enquiry = self._open.draft
        if enquiry is None or self.pane.begins_new:
            return TopItems(action=tr("New enquiry"), shortcut="Ctrl+N")
        chips = [TopChip(enquiry.reference)]
        if enquiry.held:
            chips.append(TopChip(SAFETY_CHIP, "risk"))
        asked, replied = self._picture.introductions_of(enquiry.reference), self.reply.noted(enquiry)
        note = received_words(enquiry, asked, self._today, replied)
        return TopItems(tuple(chips), note, tr("New enquiry"), "Ctrl+N")

    @Slot()
    def act(self) -> None:
        """A new enquiry: nothing of the one before stands around it."""
        self.columns.show_main()
        self.pane.show_new()

    def count(self) -> str:
        """How many wait, counted once for a picture."""
        return str(self.queue.waiting.count(self._picture) or "")

    def leave(self) -> None:
        """Hide who wrote, unless they agreed."""
        self.pane.who.hide_again()
        self.reply.hide_again(in_sight=self.pane.who.shown)

    def show_error(self, error: PeerMatchError) -> None:
        """What went wrong, above the columns; letters that are open can be tried again."""
        self.banner.show_message("error", error.what, error.hint)
        for card in self.people.cards():
            if card.form is not None:
                card.form.confirm.setEnabled(True)

    # Choosing and showing.

    @Slot(str)
    def choose(self, reference: str) -> None:
        """Show another enquiry; who wrote the last one is hidden again."""
        if reference == self.reference:
            self._close_new()
            return
        self.edits.open = OpenEnquiry(reference, self._picture.enquiries[reference])
        self.banner.hide()
        self._close_new()
        self._show(keep_name=False)
        self.pane.to_top()
        self.columns.show_main()
        self._show_queue()
        self.queue.list.scrollTo(self.queue.list.currentIndex())
        self._load_history()
        self._read_on()
        self.changed.emit()

    @property
    def _open(self) -> OpenEnquiry:
        return self.edits.open

    @property
    def _picture(self) -> Snapshot:
        return self.services.desk.snapshot

    @property
    def _today(self) -> date:
        return self.services.desk.today

    def _show(self, *, keep_name: bool) -> None:
        enquiry = self._open.draft
        if enquiry is None:
            self.pane.show_empty()
        else:
            self._show_letter(enquiry, keep_name=keep_name)
        self._rank()

    def _show_letter(self, enquiry: Enquiry, *, keep_name: bool) -> None:
        letter = self.reader.letter(enquiry.reference)
        self.pane.show_enquiry(enquiry, letter, self._picture, keep_name=keep_name)
        self._offer_reply()

    @Slot()
    def _show_queue(self) -> None:
        self.plan_offer.show_number(self.queue.waiting.order(self._picture).to_plan)
        current = "" if self.pane.begins_new else self.reference
        self.queue.show_queue(
            self._picture, self.reader.proposals(), self._today, current, self.watches.fitting
        )

    def _rank(self) -> None:
        """The shortlist of the enquiry as it stands on the screen, at once."""
        enquiry = self._open.draft
        if enquiry is None or self.pane.begins_new:
            self.people.show_nothing()
            return
        if enquiry.held:
            self.people.show_closed(enquiry, self._picture, self._today)
            return
        shortlist = self.services.shortlists.of_draft(enquiry, self._today)
        kept = enquiry == self._picture.enquiries.get(enquiry.reference)
        changes = self.services.shortlists.what_if(shortlist) if kept and enquiry.needs else ()
        self.people.show_shortlist(self._picture, enquiry, shortlist, changes, self._today)

    @Slot(str)
    def _was_read(self, reference: str) -> None:
        self._show_queue()
        if reference == self.reference and self._open.draft is not None:
            self._show_letter(self._open.draft, keep_name=True)

    @Slot()
    def _read_on(self) -> None:
        self.reader.read(self.reference, self.queue.list.in_sight(), self._picture.enquiries)

    @Slot()
    def _page_shown(self) -> None:
        self._load_history()

    def _load_history(self) -> None:
        self.mail.read(self.reference)
        if self.pane.page == HISTORY and self.reference:
            self.past.read(self.reference)

    # Changes: on the screen at once, then saved.

    @Slot()
    def _edited(self) -> None:
        enquiry = self._open.draft
        if enquiry is not None:
            proposal = self.reader.proposals().get(enquiry.reference)
            self.pane.show_wanted(enquiry, proposal, self._picture)
            self._rank()

    @Slot(Done)
    def _saved(self, done: Done) -> None:
        self.banner.hide()
        self.pane.settle_lines(self.edits.answered)
        self.queue.several.done(done)
        self.did.emit(done)

    @Slot(object)
    def _not_saved(self, error: PeerMatchError) -> None:
        self.refresh(Touched())
        self.pane.settle_lines(self.edits.answered, f"{error.what} {error.hint}".strip())
        self.show_error(error)

    @Slot()
    def _reveal(self) -> None:
        reference = self.reference
        work = partial(self.services.enquiries.reveal, reference)
        self.tasks.run(self, work, partial(self._revealed, reference), self.show_error)

    def _revealed(self, reference: str, person: Requester) -> None:
        if reference == self.reference:
            self.pane.who.reveal(person)
            self.reply.reveal()
            self._load_history()

    @Slot()
    def _offer_reply(self) -> None:
        enquiry = self._open.draft
        told = any(each.told for each in self._picture.introductions_of(self.reference))
        self.pane.write_back.setVisible(enquiry is not None and self.reply.wanted(enquiry, told=told))

    @Slot()
    def _write_back(self) -> None:
        enquiry = self._picture.enquiries.get(self.reference)
        if enquiry is not None:
            self.reply.open_for(enquiry, in_sight=self.pane.who.shown)
            self.pane.show_reply()

    # Asking.

    @Slot(str)
    def _draft_letter(self, supporter: str) -> None:
        work = partial(self.services.introductions.ask_draft, self.reference, supporter)
        self.tasks.run(self, work, partial(self._letter_drafted, self.reference, supporter), self.show_error)

    def _letter_drafted(self, reference: str, supporter: str, draft: LetterDraft) -> None:
        if reference == self.reference:
            self.people.show_letter(supporter, draft)

    @Slot(str, str)
    def _ask(self, supporter: str, reason: str) -> None:
        card = self.people.card(supporter)
        if card is not None and card.form is not None:
            card.form.confirm.setEnabled(False)
        ask = self.services.introductions.ask
        self.edits.save(partial(ask, self.reference, supporter, self._today, reason))

    # New letters.

    @Slot()
    def _close_new(self) -> None:
        self.pane.close_new(empty=self._open.draft is None)

    @Slot()
    def _turned(self) -> None:
        """To a new enquiry, or away from it: the queue, the people and the bar above follow."""
        self._rank()
        self._show_queue()
        self.changed.emit()

    def take_in(self, sources: tuple[Source, ...]) -> None:
        """Read letters and keep those that are new."""
        self.door.take_in(sources)

    @Slot(object)
    def _arrived(self, arrived: Arrived) -> None:
        if arrived.kept:
            if self.pane.late_new.built is not None:
                self.pane.new.clear()
            self.did.emit(arrived.done)
        shown = [r for r in arrived.received if r.new] or [r for r in arrived.received if r.reference]
        if shown:
            self.choose(shown[0].reference)
        self.mail.read(self.reference)
        if (message := told(arrived)) is not None:
            self.banner.show_message(*message)
        if arrived.count > 1:
            self.pane.show_report(arrived)

    @Slot(int)
    def _stopped(self, read: int) -> None:
        self.banner.show_message("info", stopped_words(read), DROP_AGAIN)
