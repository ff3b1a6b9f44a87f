"""Introductions: who was asked, what is due, and the way from the asking to the card and after."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Slot

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done, Touched
from peermatch.model.enquiry import Requester
from peermatch.model.introduction import Introduction, State, Step
from peermatch.services.introductions import LetterDraft
from peermatch.services.office import Services
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screen import Screen, TopChip, TopItems
from peermatch.ui.screens.answer_note import AnswerNote
from peermatch.ui.screens.introduction_board import IntroductionBoard
from peermatch.ui.screens.introduction_card import LEFT_BEFORE, CardAtHand
from peermatch.ui.screens.introduction_list import BOARD, OPEN, IntroductionList
from peermatch.ui.screens.introduction_order import Lineup
from peermatch.ui.screens.introduction_pane import IntroductionPane, Shown
from peermatch.ui.screens.introduction_ways import CardDoors, WaysOut
from peermatch.ui.screens.introduction_words import (
    IS_OUT,
    LEFT,
    NOT_OUT,
    STATE_CHIPS,
    Key,
    first_name_of,
    in_order,
    key_of,
    letters_of,
    name_of,
    one_of,
    pair_words,
    parted,
)
from peermatch.ui.screens.posted_letters import WRITTEN_FOR, Due, PostedKeeper
from peermatch.ui.screens.step_letters import StepLetterBox
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Panel, Scroll
from peermatch.ui.widgets.columns import Columns, Pane
from peermatch.ui.widgets.stack import Stack
from peermatch.ui.widgets.states import EmptyState
from peermatch.words import tr


class IntroductionsScreen(Screen):
    """One introduction at a time, each step a press; nothing leaves that was not on the screen."""

    title = tr("Introductions")

    def __init__(
        self, services: Services, tasks: Tasks, theme: Theme, *, doors: CardDoors | None = None
    ) -> None:
        super().__init__(services, tasks, theme)
        self.ways = WaysOut(services, tasks, doors or CardDoors(), self, theme)
        self._key: Key = ("", "")
        self._revealed = ""
        self._card_again = False
        self.banner = Banner(theme, "error", "")
        self.banner.hide()
        self.list = IntroductionList(theme)
        self.pane = IntroductionPane(theme, lambda: services.desk.today)
        self.at_hand = CardAtHand(services, tasks, self.ways, self.pane.card, self)
        self.letters = StepLetterBox(services, tasks, theme)
        self.answer = AnswerNote(services, tasks, theme)
        self.posts = PostedKeeper(services, tasks, self)
        self.empty = EmptyState(
            theme,
            "handshake",
            tr("Introductions will stand here."),
            tr("Ask somebody who could help with an enquiry."),
            action=tr("Go to the enquiries"),
        )
        self._lay_out()
        self._connect()
        self.refresh(Touched())

    def _lay_out(self) -> None:
        theme = self.theme
        right = Panel(theme, "canvas")
        self.columns = Columns(
            theme, [Pane(self.list, 264, 220), Pane(right, 0, 420)], fold=(tr("List"), tr("Introduction"))
        )
        column = Column(theme, self, spacing=0)
        strip = Column(theme, spacing=0, margins=(16, 0, 16, 0))
        for part in (self.banner, self.ways.hold, self.ways.unopened):
            strip.addWidget(part)
        column.addLayout(strip)
        column.addWidget(self.columns, 1)
        self._stack = Stack(right)
        Column(theme, right).addWidget(self._stack)
        self._scroll = Scroll(self.pane, name=tr("The introduction"), parent=self._stack)
        self.board = IntroductionBoard(theme)
        self._board_page = Scroll(self.board, name=tr("Board of introductions"))
        for page in (self._scroll, self.empty, self._board_page):
            self._stack.addWidget(page)

    def _connect(self) -> None:
        self.list.chosen.connect(self._chosen)
        self.list.which.chosen.connect(self._part_chosen)
        self.list.facets.chosen.connect(self._part_chosen)
        self.empty.acted.connect(self._go_to_enquiries)
        self.pane.stepped.connect(self._take)
        self.pane.wanted_address.connect(self._reveal)
        self.pane.again.connect(self._show_card_again)
        self.pane.noted.connect(self._note_sent)
        self.posts.changed.connect(self._show)
        self.posts.did.connect(self._taken)
        self.posts.failed.connect(self.show_error)
        self.pane.add_letters(self.letters, self.answer)
        for box in (self.answer, self.letters):
            box.did.connect(self.did)
            box.failed.connect(self.show_error)
        self.pane.elsewhere.connect(self._go_to_enquiry)
        self.at_hand.previewed.connect(self._previewed)
        self.at_hand.refused.connect(self._no_card)
        self.board.opened.connect(self._opened_from_board)
        self.ways.began.connect(self._hand_over_began)
        self.ways.stopped.connect(self._hand_over_stopped)
        self.ways.did.connect(self._taken)
        self.ways.did.connect(self.list.take_keyboard)
        self.ways.said.connect(self.banner.show_message)
        self.ways.failed.connect(self._not_handed_over)
        self.theme.cover.changed.connect(self._covered)

    # What the window asks of every screen.

    @property
    def current(self) -> Introduction | None:
        """The introduction that is shown."""
        return one_of(self._picture, self._key)

    def refresh(self, touched: Touched) -> None:
        """The present picture; a preview stays as long as nothing that it rests on changed."""
        reference, supporter = self._key
        if touched.network or reference in touched.enquiries or supporter in touched.supporters:
            self.at_hand.preview = None
        if self.current is None:
            self._key = parted(self.list.first(self._picture, self._today))
        self._show()
        self.posts.read()

    def open_at(self, reference: str = "", supporter: str = "") -> None:
        """Show one introduction, or the one of an enquiry that waits for a step."""
        wanted = [i for i in self._picture.introductions_of(reference) if supporter in ("", i.supporter)]
        for each in (*in_order(wanted, self._today, over=False, written=self.posts.written), *wanted)[:1]:
            self.list.show_where(each)
            self._choose((each.enquiry, each.supporter))
            self.list.list.scrollTo(self.list.list.currentIndex())

    def top_items(self) -> TopItems:
        """Which enquiry with whom, and how it stands."""
        introduction = self.current
        if introduction is None or self.list.which.current() == BOARD:
            return TopItems()
        name = self.theme.cover.shown(name_of(self._picture, introduction.supporter))
        words, kind = STATE_CHIPS[introduction.state]
        return TopItems((TopChip(pair_words(introduction.enquiry, name)), TopChip(words, kind)))

    def count(self) -> str:
        """How many wait for a step of the coordinator's."""
        return str(self._lineup.due or "")

    def leave(self) -> None:
        """Hide the trainee's address again; the network may be locking, so nothing is asked of it."""
        self._revealed = ""
        if self.ways.hold.waiting:
            self.ways.put_away()
            self.banner.show_message("wait", LEFT_BEFORE)
        introduction = self.current
        if introduction is not None and introduction.state is not State.ASKED:
            self.pane.conceal(in_sight=self._shown(introduction).address_in_sight)

    def show_error(self, error: PeerMatchError) -> None:
        """What went wrong, above the list and the introduction."""
        self.pane.set_busy(self.ways.busy)
        self.banner.show_message("error", error.what, error.hint)

    # Choosing and showing.

    @property
    def _picture(self) -> Snapshot:
        return self.services.desk.snapshot

    @property
    def _lineup(self) -> Lineup:
        return self.list.lineups.of(self._picture.introductions, self._today, self.posts.written)

    @property
    def _today(self) -> date:
        return self.services.desk.today

    @Slot(str)
    def _chosen(self, key: str) -> None:
        if self.list.which.current() == BOARD:
            self.list.which.set_current(OPEN)
        self._choose(parted(key))
        self.columns.show_main()

    @Slot()
    def _part_chosen(self) -> None:
        """Another half or part of the list: what is shown is one of those that are listed."""
        current = self.current
        if current is None or not self.list.lists(current):
            self._choose(parted(self.list.first(self._picture, self._today)))
        self._show()
        if self.list.which.current() == BOARD:
            self.columns.show_main()

    @Slot(str)
    def _opened_from_board(self, key: str) -> None:
        self.open_at(*parted(key))
        self.list.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, key: Key) -> None:
        if key[0] != self._key[0]:
            self._revealed = ""
        self._key = key
        too_early = self.ways.hold.waiting
        self.at_hand.forget()
        self._card_again = False
        self.banner.hide()
        if too_early:
            self.banner.show_message("wait", LEFT_BEFORE)
        self._scroll.verticalScrollBar().setValue(0)
        self._show()

    @Slot()
    def _covered(self) -> None:
        self.ways.put_away()
        self._show()

    @Slot()
    def _show(self) -> None:
        introduction = self.current
        self.list.written = self.posts.written
        self.list.show_list(self._picture, self._today, key_of(introduction) if introduction else "")
        on_board = self.list.which.current() == BOARD
        page = self._board_page if on_board else self._scroll
        self._stack.setCurrentWidget(page if introduction else self.empty)
        if on_board:
            self.board.show_board(self._picture, self._lineup.in_hand, self._today, self.posts.written)
        elif introduction is not None:
            self.pane.set_busy(self.ways.busy)
            self.pane.show_introduction(self._shown(introduction), self._today)
            self._show_paper(introduction)
            self.letters.show_for(*self._key)
            self.answer.show_for(introduction)
        self.changed.emit()

    def _shown(self, introduction: Introduction) -> Shown:
        enquiry = self._picture.enquiries[introduction.enquiry]
        name = first_name_of(self._picture, introduction.supporter)
        return Shown(
            introduction=introduction,
            name=tr("They") if self.theme.cover.on else name,
            address_in_sight=enquiry.consent is not None or self._revealed == introduction.enquiry,
            safe=enquiry.requester.safe_contact or "",
            letters=letters_of(introduction, self.posts.written),
            agreed=self.posts.agreed.get((introduction.enquiry, introduction.supporter)),
        )

    def _show_paper(self, introduction: Introduction) -> None:
        """The letter or card of the next step, written on the worker."""
        steps, reference, supporter = (
            self.services.introductions,
            introduction.enquiry,
            introduction.supporter,
        )
        wants_card = introduction.state is State.AGREED or self._card_again
        turn = self._shown(introduction).turn(self._today)
        if turn in WRITTEN_FOR and not self._card_again:
            self.posts.write(turn, self._key, self._today, partial(self._posts_written, self._key))
        elif introduction.state is State.ASKED:
            self._write(partial(steps.ask_draft, reference, supporter))
        elif introduction.state is State.ACCEPTED:
            self._write(partial(steps.offer_draft, reference))
        elif wants_card and introduction.in_hand:
            self._show_card(introduction)
        else:
            self.pane.show_no_paper()

    def _write(self, work: Callable[[], LetterDraft]) -> None:
        self.tasks.run(
            self, work, partial(self._letter_written, self._key), partial(self._refused, self._key)
        )

    def _letter_written(self, key: Key, draft: LetterDraft) -> None:
        introduction = self.current
        if key == self._key and introduction is not None:
            fits = self.services.shortlists.described(introduction.enquiry, self._today)
            self.pane.show_letter(draft, self._shown(introduction), fits)

    def _posts_written(self, key: Key, letters: Due) -> None:
        introduction = self.current
        if key == self._key and introduction is not None:
            enquiry = self._picture.enquiries[introduction.enquiry]
            self.pane.show_posted(letters, self._shown(introduction), enquiry)

    def _show_card(self, introduction: Introduction) -> None:
        if self.at_hand.preview is not None:
            self.pane.show_card(self.at_hand.preview, self._shown(introduction))
        else:
            self.at_hand.look(self._key, self._today)

    @Slot()
    def _previewed(self) -> None:
        introduction, preview = self.current, self.at_hand.preview
        if preview is not None and (preview.reference, preview.supporter) == self._key and introduction:
            self.pane.show_card(preview, self._shown(introduction))

    @Slot(object)
    def _no_card(self, error: PeerMatchError) -> None:
        self._refused(self._key, error)

    def _refused(self, key: Key, error: PeerMatchError) -> None:
        if key == self._key:
            self.pane.show_refusal(error.what, error.hint)
            self.show_error(error)

    # Steps.

    @Slot(object)
    def _take(self, step: Step) -> None:
        reference, supporter = self._key
        self.pane.set_busy(True)
        work = partial(self.services.introductions.take, step, reference, supporter, self._today)
        self.tasks.run(self, work, self._taken, self.show_error)

    @Slot()
    def _note_sent(self) -> None:
        introduction = self.current
        if introduction is not None:
            self.pane.set_busy(True)
            self.posts.note(self._shown(introduction).turn(self._today), self._key, self._today)

    @Slot(Done)
    def _taken(self, done: Done) -> None:
        self.pane.set_busy(False)
        self.banner.hide()
        self._card_again = self.ways.unopened.offered
        if (introduction := self.current) is not None:
            self.list.show_where(introduction)
        self.did.emit(done)

    @Slot()
    def _reveal(self) -> None:
        reference = self._key[0]
        work = partial(self.services.enquiries.reveal, reference)
        self.tasks.run(self, work, partial(self._was_revealed, reference), self.show_error)

    def _was_revealed(self, reference: str, person: Requester) -> None:
        if reference == self._key[0]:
            self._revealed = reference
            self._show()

    @Slot()
    def _show_card_again(self) -> None:
        self._card_again = True
        self._show()

    @Slot()
    def _go_to_enquiry(self) -> None:
        self.go.emit("enquiries", self._key[0], "")

    @Slot()
    def _go_to_enquiries(self) -> None:
        self.go.emit("enquiries", "", "")

    # The ways out.

    @Slot()
    def _hand_over_began(self) -> None:
        self.banner.hide()
        self.pane.set_busy(True)

    @Slot()
    def _hand_over_stopped(self) -> None:
        self.pane.set_busy(False)

    @Slot(object)
    def _not_handed_over(self, error: PeerMatchError) -> None:
        """Nothing left; what changed meanwhile is shown anew."""
        self.at_hand.preview = None
        self._show()
        self.show_error(error)

    def take_draft(self, values: Mapping[str, str]) -> None:
        """A lock or the end of the program came while a card was on its way out: say so, for nobody saw how it went."""
        key = (values["reference"], values["supporter"])
        self.open_at(*key)
        introduction = self.current
        if introduction is not None and self._key == key:
            hint = IS_OUT if introduction.introduced else NOT_OUT
            self.banner.show_message("wait", LEFT.format(reference=key[0]), hint)
