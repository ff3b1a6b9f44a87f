"""Introductions: who was asked, what is due, and the way from the asking to the card and after."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTemporaryDir, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done, Touched
from peermatch.model.enquiry import Requester
from peermatch.model.introduction import Introduction, State, Step
from peermatch.services.handing_out import HandedOver, Preview
from peermatch.services.introductions import LetterDraft
from peermatch.services.office import Services
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screen import Screen, TopChip, TopItems
from peermatch.ui.screens.introduction_list import IntroductionList
from peermatch.ui.screens.introduction_pane import IntroductionPane, Shown
from peermatch.ui.screens.introduction_words import (
    STATE_CHIPS,
    Key,
    first_name_of,
    in_order,
    key_of,
    letters_of,
    name_of,
    needs_you,
)
from peermatch.ui.screens.posted_letters import WRITTEN_FOR, Due, PostedKeeper
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Panel, Scroll
from peermatch.ui.widgets.columns import Columns, Pane
from peermatch.ui.widgets.states import EmptyState

OpenFile = Callable[[Path], bool]
ChooseFolder = Callable[[QWidget], Path | None]
E_MAIL = "eml"


def open_with_system(path: Path) -> bool:
    """Let the computer's own e-mail program open the draft."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def ask_for_folder(parent: QWidget) -> Path | None:
    """The computer's own folder chooser."""
    chosen = QFileDialog.getExistingDirectory(parent, "Where to save the contact card")
    return Path(chosen) if chosen else None


class IntroductionsScreen(Screen):
    """One introduction at a time, each step a press; nothing leaves that was not on the screen."""

    title = "Introductions"

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        theme: Theme,
        *,
        open_file: OpenFile = open_with_system,
        choose_folder: ChooseFolder = ask_for_folder,
    ) -> None:
        super().__init__(services, tasks, theme)
        self._open_file, self._choose_folder = open_file, choose_folder
        self._key: Key = ("", "")
        self._revealed = ""
        self._preview: Preview | None = None
        self._card_again = False
        # Drafts for the e-mail program lie in a folder of their owner alone, which goes with this screen.
        self._drafts = QTemporaryDir(str(Path(tempfile.gettempdir()) / "peermatch-XXXXXX"))
        self.banner = Banner(theme, "error", "")
        self.banner.hide()
        self.list = IntroductionList(theme)
        self.pane = IntroductionPane(theme)
        self.posts = PostedKeeper(services, tasks, self)
        self.empty = EmptyState(
            theme,
            "handshake",
            "Introductions will stand here.",
            "Ask somebody who could help with an enquiry.",
            action="Go to the enquiries",
        )
        self._lay_out()
        self._connect()
        self.refresh(Touched())

    def _lay_out(self) -> None:
        theme = self.theme
        right = Panel(theme, "canvas")
        self._scroll = Scroll(self.pane, name="The introduction")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self.empty)
        Column(theme, right).addWidget(self._stack)
        self.columns = Columns(
            theme, [Pane(self.list, 264, 220), Pane(right, 0, 420)], fold=("List", "Introduction")
        )
        column = Column(theme, self, spacing=0)
        strip = Column(theme, spacing=0, margins=(16, 0, 16, 0))
        strip.addWidget(self.banner)
        column.addLayout(strip)
        column.addWidget(self.columns, 1)

    def _connect(self) -> None:
        self.list.chosen.connect(self._chosen)
        self.list.which.chosen.connect(self._half_chosen)
        self.empty.acted.connect(self._go_to_enquiries)
        self.pane.stepped.connect(self._take)
        self.pane.wanted_address.connect(self._reveal)
        self.pane.again.connect(self._show_card_again)
        self.pane.noted.connect(self._note_sent)
        self.posts.changed.connect(self._show)
        self.posts.did.connect(self._taken)
        self.posts.failed.connect(self.show_error)
        self.pane.elsewhere.connect(self._go_to_enquiry)
        self.pane.card.opened.connect(self._open_mail)
        self.pane.card.saved.connect(self._save_files)
        self.theme.cover.changed.connect(self._covered)

    # What the window asks of every screen.

    @property
    def current(self) -> Introduction | None:
        """The introduction that is shown."""
        found = (i for i in self._picture.introductions if (i.enquiry, i.supporter) == self._key)
        return next(found, None)

    def refresh(self, touched: Touched) -> None:
        """The present picture; a preview stays as long as nothing that it rests on changed."""
        reference, supporter = self._key
        if touched.network or reference in touched.enquiries or supporter in touched.supporters:
            self._preview = None
        if self.current is None:
            self._key = _key(self.list.first(self._picture, self._today))
        self._show()
        self.posts.read()

    def open_at(self, reference: str = "", supporter: str = "") -> None:
        """Show one introduction, or the one of an enquiry that waits for a step."""
        found = [i for i in self._picture.introductions if i.enquiry == reference]
        wanted = [i for i in found if supporter in ("", i.supporter)]
        for each in (*in_order(wanted, self._today, over=False, written=self.posts.written), *wanted)[:1]:
            self.list.show_where(each)
            self._choose((each.enquiry, each.supporter))
            self.list.list.scrollTo(self.list.list.currentIndex())

    def top_items(self) -> TopItems:
        """Which enquiry with whom, and how it stands."""
        introduction = self.current
        if introduction is None:
            return TopItems()
        name = self.theme.cover.shown(name_of(self._picture, introduction.supporter))
        words, kind = STATE_CHIPS[introduction.state]
        return TopItems((TopChip(f"{introduction.enquiry} with {name}"), TopChip(words, kind)))

    @classmethod
    def first_count(cls, services: Services) -> str:
        """How many wait for a step of the coordinator's."""
        today = services.desk.today
        return str(sum(1 for i in services.desk.snapshot.introductions if needs_you(i, today)) or "")

    def count(self) -> str:
        """The same, with what was noted since."""
        picture, written = self._picture, self.posts.written
        return str(sum(1 for i in picture.introductions if needs_you(i, self._today, written)) or "")

    def leave(self) -> None:
        """Hide the trainee's address again; the network may be locking, so nothing is asked of it."""
        self._revealed = ""
        introduction = self.current
        if introduction is not None and introduction.state is not State.ASKED:
            self.pane.conceal(in_sight=self._shown(introduction).address_in_sight)

    def show_error(self, error: PeerMatchError) -> None:
        """What went wrong, above the list and the introduction."""
        self.pane.set_busy(False)
        self.banner.show_message("error", error.what, error.hint)

    # Choosing and showing.

    @property
    def _picture(self) -> Snapshot:
        return self.services.desk.snapshot

    @property
    def _today(self) -> date:
        return self.services.desk.today

    @Slot(str)
    def _chosen(self, key: str) -> None:
        self._choose(_key(key))
        self.columns.show_main()

    @Slot()
    def _half_chosen(self) -> None:
        self._choose(_key(self.list.first(self._picture, self._today)))

    def _choose(self, key: Key) -> None:
        if key[0] != self._key[0]:
            self._revealed = ""
        self._key = key
        self._preview = None
        self._card_again = False
        self.banner.hide()
        self._scroll.verticalScrollBar().setValue(0)
        self._show()

    @Slot()
    def _covered(self) -> None:
        self._show()

    @Slot()
    def _show(self) -> None:
        introduction = self.current
        self.list.written = self.posts.written
        self.list.show_list(self._picture, self._today, key_of(introduction) if introduction else "")
        self._stack.setCurrentWidget(self._scroll if introduction else self.empty)
        if introduction is not None:
            self.pane.set_busy(False)
            self.pane.show_introduction(self._shown(introduction), self._today)
            self._show_paper(introduction)
        self.changed.emit()

    def _shown(self, introduction: Introduction) -> Shown:
        enquiry = self._picture.enquiries[introduction.enquiry]
        name = first_name_of(self._picture, introduction.supporter)
        return Shown(
            introduction=introduction,
            name="They" if self.theme.cover.on else name,
            address_in_sight=enquiry.consent is not None or self._revealed == introduction.enquiry,
            safe=enquiry.requester.safe_contact or "",
            letters=letters_of(introduction, self.posts.written),
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
        if self._preview is not None:
            self.pane.show_card(self._preview, self._shown(introduction))
            return
        reference, supporter = self._key
        work = partial(self.services.handing_out.preview, reference, supporter, self._today)
        self.tasks.run(self, work, partial(self._previewed, self._key), partial(self._refused, self._key))

    def _previewed(self, key: Key, preview: Preview) -> None:
        introduction = self.current
        if key == self._key and introduction is not None:
            self._preview = preview
            self.pane.show_card(preview, self._shown(introduction))

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
        self._card_again = False
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

    # The two ways out.

    @Slot()
    def _open_mail(self) -> None:
        preview = self._in_sight()
        if preview is not None:
            mail = tuple(file for file in preview.files if file.format == E_MAIL)
            folder = Path(self._drafts.path())
            self._hand_over(replace(preview, files=mail), folder, self._mail_ready)

    @Slot()
    def _save_files(self) -> None:
        preview = self._in_sight()
        folder = self._choose_folder(self) if preview is not None else None
        if preview is not None and folder is not None:
            self._hand_over(preview, folder, self._files_ready)

    def _in_sight(self) -> Preview | None:
        """The preview, as long as the whole address stands on the screen beside it."""
        return self._preview if self.pane.card.to.in_sight else None

    def _hand_over(self, preview: Preview, folder: Path, then: Callable[[HandedOver], None]) -> None:
        self.pane.set_busy(True)
        work = partial(self.services.handing_out.hand_over, preview, self._today, folder)
        self.tasks.run(self, work, then, self._not_handed_over)

    def _not_handed_over(self, error: PeerMatchError) -> None:
        """Nothing left; what changed meanwhile is shown anew."""
        self._preview = None
        self._show()
        self.show_error(error)

    def _mail_ready(self, handed: HandedOver) -> None:
        self._taken(handed.done)
        draft = handed.files[0]
        if self._open_file(draft):
            self.banner.show_message("success", "The draft is open in your e-mail program. Press send there.")
        else:
            self.banner.show_message("wait", "No e-mail program opened.", f"The draft is here: {draft}")

    def _files_ready(self, handed: HandedOver) -> None:
        self._taken(handed.done)
        names = ", ".join(path.name for path in handed.files)
        self.banner.show_message("success", f"Saved: {names}.", f"They are in {handed.files[0].parent}.")


def _key(text: str) -> Key:
    reference, _, supporter = text.partition(" ")
    return reference, supporter
