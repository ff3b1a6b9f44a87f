"""The page on letters: every letter by its step, its words to edit, and beside them how it reads."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.enquiry import Requester
from peermatch.model.letter_kinds import with_labels
from peermatch.model.letter_text import LetterText, Remark
from peermatch.services.letter_texts import Known, LetterTexts, OnShelf
from peermatch.services.office import Services
from peermatch.services.step_letters import Case
from peermatch.ui.locking.forms import Values
from peermatch.ui.screens.letters_editor import LetterEditor
from peermatch.ui.screens.letters_list import LetterList
from peermatch.ui.screens.letters_preview import LetterPreview
from peermatch.ui.screens.letters_words import CHOOSE, CHOOSE_NOTE, TOO_LONG
from peermatch.ui.soon import soon
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Scroll
from peermatch.ui.widgets.columns import Columns, Pane
from peermatch.ui.widgets.seen import ReadWhenSeen
from peermatch.ui.widgets.stack import Stack
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.tab_order import come_as_laid_out
from peermatch.ui.widgets.text import dress_anew
from peermatch.words import tr

LONGEST_SHOWN = 20_000
LOW = 430
Shelf = tuple[OnShelf, ...]


class LettersPage(ReadWhenSeen):
    """``did``: a command was committed; ``changed``: how many letters wait for somebody is another number.

    What is typed stays with its letter until it is kept or taken back, also while others are looked at.
    """

    did = Signal(Done)
    changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self._services, self._tasks, self._theme = services, tasks, theme
        self._texts: LetterTexts = services.letter_texts
        self._shelf: dict[str, OnShelf] = {}
        self._known: Known | None = None
        self._learning = False
        self._typed: dict[str, tuple[str, str]] = {}
        self._begun: dict[str, LetterText] = {}
        self._current, self._wanted = "", ""
        self.list, self.editor, self.preview = LetterList(theme), LetterEditor(theme), LetterPreview(theme)
        self.case = self.preview.case
        self._nothing = EmptyState(theme, "mail", CHOOSE, CHOOSE_NOTE)
        self._scroll = Scroll(self.editor, name=tr("The words of one letter"))
        self._middle, self._words = Stack(), QWidget()
        self._above = Column(theme, self._words, spacing=0)
        self._above.addWidget(self.editor.head)
        self._above.addWidget(self._scroll, 1)
        for page in (self._nothing, self._words):
            self._middle.addWidget(page)
        side = Scroll(self.preview, name=tr("How it reads"))
        beside = [Pane(self._middle, 0, 360), Pane(side, 400, 280)]
        self._letter = Columns(theme, beside, fold=(tr("The words"), tr("How it reads")), aside=1)
        panes = [Pane(self.list, 300, 240), Pane(self._letter, 0, 360)]
        self._columns = Columns(theme, panes, fold=(tr("List"), tr("Letter")))
        Column(theme, self, spacing=0).addWidget(self._columns)
        self._follow = soon(self, self._show_cursor)  # once the words have their height
        self._connect()

    def _connect(self) -> None:
        self.list.chosen.connect(self.choose)
        self.list.opened.connect(self._open)
        self.editor.edited.connect(self._edited)
        self.editor.body.moved.connect(self._follow.start)
        self._theme.changed.connect(self._place_head)
        self.editor.keep_wanted.connect(self.keep)
        self.editor.cancel_wanted.connect(self.take_back)
        self.editor.shipped_wanted.connect(self._take_shipped)
        self.case.wanted.connect(self._write)
        self.case.sent.connect(self._note_sent)
        self.case.reveal_wanted.connect(self._reveal)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be less room, or more."""
        super().resizeEvent(event)
        self._place_head()

    @Slot()
    def _place_head(self) -> None:
        """Where there is little room, what stands above the words scrolls with them."""
        home = self.editor.column if self.height() < self._theme.px(LOW) else self._above
        if home.indexOf(self.editor.head) < 0:
            home.insertWidget(0, self.editor.head)
            self.editor.set_head_within(home is self.editor.column)
            dress_anew(self.editor.head)

    @property
    def current(self) -> str:
        """The letter that is shown."""
        return self._current

    @property
    def waiting(self) -> int:
        """How many letters of the network's own can no longer be used."""
        return sum(1 for each in self._shelf.values() if each.fallen)

    def take_focus(self) -> None:
        """Begin in the list, or with the words where the list has no room beside them."""
        first = self.list.view if self.list.view.isVisible() else self.editor.body
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """On the worker."""
        self._known = None
        self._tasks.run(self, self._texts.shelf, self._show, self.show_error)

    def _learn(self) -> None:
        """Everybody's names, to compare the words with: read only where somebody edits."""
        if self._typed and self._known is None and not self._learning:
            self._learning = True
            self._tasks.run(self, self._texts.known, self._learned, self._not_learned)

    def _learned(self, known: Known) -> None:
        self._learning, self._known = False, known
        if not self.isVisible():
            self.forget()
        elif (shelf := self._shelf.get(self._current)) is not None:
            self._judge(shelf)

    def _not_learned(self, error: PeerMatchError) -> None:
        self._learning = False
        self.show_error(error)

    def open_letter(self, id: str) -> None:
        """Show one letter, now or once they were read."""
        self._wanted = "" if self._shelf else id
        if id in self._shelf:
            self.list.show_current(id)
            self.choose(id)
            self._columns.show_main()

    def forget(self) -> None:
        """Nobody's names stay where nobody edits; they are read again when somebody looks."""
        self._known = None
        self._stale = True
        self.case.forget()

    def show_error(self, error: PeerMatchError) -> None:
        """Say it above the words."""
        self.editor.banner.show_message("error", error.what, error.hint)
        self._scroll.verticalScrollBar().setValue(0)

    def draft(self) -> Values:
        """What is half written."""
        typed = {id: list(words) for id, words in self._typed.items()}
        return {"current": self._current, "typed": typed} if typed else {}

    def take_draft(self, values: Values) -> bool:
        """Put it back, now or once the letters were read."""
        typed = values.get("typed", {})
        self._typed |= {id: (str(words[0]), str(words[1])) for id, words in typed.items()}
        self._wanted = str(values.get("current", "")) or self._wanted
        if self._shelf:
            self._put()
        else:
            self.look()
        return bool(typed)

    @Slot(str)
    def choose(self, id: str) -> None:
        """Show a letter of the list."""
        if id != self._current:
            self._scroll.verticalScrollBar().setValue(0)
        self._current = id
        self._show_current()

    @Slot()
    def keep(self) -> None:
        """These words from now on, unless something stands in the way: then the keyboard goes there."""
        grave = next((each for each in self._remarks(self.editor.words()) if each.grave), None)
        if grave is not None:
            self._letter.show_main()
            self.editor.go_to(grave.line)
        elif self._current in self._typed:
            words, begun = self.editor.words(), self._begun.get(self._current)
            on = self._services.desk.today
            work = partial(self._texts.keep, self._current, words.subject, words.body, on, instead_of=begun)
            self._run(work, self._current)

    @Slot()
    def take_back(self) -> None:
        """The words that count, instead of what was typed."""
        self._let_go(self._current)
        self._put()

    @Slot()
    def _take_shipped(self) -> None:
        self._run(partial(self._texts.restore, self._current, self._services.desk.today), self._current)

    def _run(self, work: partial[Done], id: str) -> None:
        self._tasks.run(self, work, partial(self._kept, id), self._not_kept)

    def _kept(self, id: str, done: Done) -> None:
        self._let_go(id)
        self.editor.banner.hide()
        self.did.emit(done)

    def _not_kept(self, error: PeerMatchError) -> None:
        """Somebody else was quicker, or the network has changed: what counts is read again, what is typed stays."""
        self._begun.pop(self._current, None)
        self.look()
        self.show_error(error)

    def _let_go(self, id: str) -> None:
        self._typed.pop(id, None)
        self._begun.pop(id, None)

    def _show(self, shelf: Shelf) -> None:
        self._shelf = {each.letter.id: each for each in shelf}
        self._typed = {id: words for id, words in self._typed.items() if id in self._shelf}
        self._put()
        self.changed.emit()

    def _put(self) -> None:
        """The list, and the letter that was or is to be shown."""
        self.list.show_letters(tuple(self._shelf.values()), frozenset(self._typed))
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.open_letter(wanted)
        elif self._current not in self._shelf and self.list.shown:
            self._current = self.list.shown[0].letter.id
            self.list.view.set_current(self._current)
        self._show_current()

    def _show_current(self) -> None:
        shelf = self._shelf.get(self._current)
        self._middle.setCurrentWidget(self._nothing if shelf is None else self._words)
        self.preview.setVisible(shelf is not None)
        if shelf is not None:
            self.editor.show_letter(shelf, self._typed.get(self._current))
            come_as_laid_out(self._words)
            self._letter.put_in_turn()
            self._judge(shelf)
            self._find_cases()

    def _find_cases(self) -> None:
        """Whom the letter fits today, on the worker: everybody is looked at."""
        by_hand, letter = self._texts.by_hand, self._current
        if not by_hand.writes(letter):
            self.case.forget()
            return
        work = partial(by_hand.cases, letter, self._services.desk.today)
        self._tasks.run(self, work, partial(self._show_cases, letter), self.show_error)

    def _show_cases(self, letter: str, cases: tuple[Case, ...]) -> None:
        if letter == self._current and self.isVisible():
            kind, picture = self._shelf[letter].letter, self._services.desk.snapshot
            self.case.show_cases(kind, cases, picture, dirty=letter in self._typed)

    @Slot(object)
    def _write(self, case: Case) -> None:
        work = partial(self._texts.by_hand.write, self._current, case, self._services.desk.today)
        self._tasks.run(self, work, partial(self.case.show_letter, case), self.show_error)

    @Slot(object)
    def _note_sent(self, case: Case) -> None:
        """A person has sent it: noted with its enquiry or supporter, and the sheet is put away."""
        work = partial(self._texts.by_hand.note, self._current, case, self._services.desk.today)
        self._tasks.run(self, work, self._noted, self.show_error)

    def _noted(self, done: Done) -> None:
        self.case.who.set_keys(())
        self.case.put_away()
        self._find_cases()
        self.did.emit(done)

    @Slot(str)
    def _reveal(self, reference: str) -> None:
        work = partial(self._services.enquiries.reveal, reference)
        self._tasks.run(self, work, partial(self._revealed, reference), self.show_error)

    def _revealed(self, reference: str, _person: Requester) -> None:
        self.case.revealed(reference)

    @Slot()
    def _edited(self) -> None:
        shelf = self._shelf.get(self._current)
        if shelf is None:
            return
        typed, was = self.editor.typed(), self._current in self._typed
        same = typed == (with_labels(shelf.text.subject), with_labels(shelf.text.body))
        if same:
            self._let_go(self._current)
        else:
            self._typed[self._current] = typed
            self._begun.setdefault(self._current, shelf.text)
        self.list.show_letters(tuple(self._shelf.values()), frozenset(self._typed))
        self._judge(shelf)
        if was != (self._current in self._typed):
            self._find_cases()

    def _judge(self, shelf: OnShelf) -> None:
        """What is said about the words, and how they read."""
        self._learn()
        words = self.editor.words()
        self.editor.show_standing(self._current in self._typed, self._remarks(words))
        if len(words.body) > LONGEST_SHOWN:
            self.preview.show_words(shelf.letter, "", TOO_LONG)
            return
        subject, text = self._texts.preview(words, self._texts.samples(self._current))
        self.preview.show_words(shelf.letter, subject, text)

    def _remarks(self, words: LetterText) -> tuple[Remark, ...]:
        if self._current not in self._shelf:
            return ()
        return self._texts.remarks(self._current, words, self._known)

    @Slot()
    def _show_cursor(self) -> None:
        """Scroll to where somebody writes."""
        body = self.editor.body
        place = body.viewport().mapTo(self.editor, body.cursorRect().center())
        self._scroll.ensureVisible(place.x(), place.y(), 0, self._theme.px(48))

    @Slot(str)
    def _open(self, id: str) -> None:
        self.choose(id)
        self._columns.show_main()
        self._letter.show_main()
        self.editor.body.setFocus(Qt.FocusReason.TabFocusReason)
