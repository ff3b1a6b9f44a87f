"""On a supporter's record: the letters that they were sent, the newest first, each to be read again."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.letter_kinds import LETTERS
from peermatch.model.posted import Posted
from peermatch.services.office import Services
from peermatch.services.sent_letters import SentLetter
from peermatch.services.step_letters import Case
from peermatch.ui.screens.letter_sheet import LetterSheet
from peermatch.ui.screens.withdrawn_letters import THEM, WithdrawnLetters
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.tab_order import come_as_laid_out
from peermatch.ui.widgets.text import SMALL, STRONG, Text
from peermatch.words import count_of, in_words, tr

FEW = 12
"""So many have a button at once; the earlier ones come with one more press."""


class SupporterLetters(Card):
    """Takes no room before the first letter. ``did``: one that follows from a withdrawal was noted as sent."""

    did = Signal(Done)
    failed = Signal(object)

    def __init__(self, services: Services, tasks: Tasks, theme: Theme, withdrawn: WithdrawnLetters) -> None:
        super().__init__(theme, margins=(14, 12, 14, 14), spacing=8)
        self._services, self._tasks, self._withdrawn = services, tasks, withdrawn
        self._id = ""
        self._letters: tuple[SentLetter, ...] = ()
        self.buttons: list[Button] = []
        self._about = Text(theme, "", SMALL)
        self.toggle = Button(theme, tr("Show"), kind="quiet", small=True, note=tr("Show the letters to them"))
        self._row = Flow(theme, gap=8)
        self.earlier = Button(theme, "", kind="quiet", small=True)
        self._more = Flow(theme, (self.earlier,))
        self.sheet = LetterSheet(theme)
        self._all = QWidget()
        self._lay_out(theme)
        self.toggle.clicked.connect(self._toggle)
        self.earlier.clicked.connect(self._show_earlier)
        withdrawn.sent.connect(self._note_sent)
        self.hide()

    def _lay_out(self, theme: Theme) -> None:
        head = Row(theme)
        head.addWidget(Text(theme, tr("Letters to them"), STRONG), 1)
        head.addWidget(self.toggle)
        self.body.addLayout(head)
        self.body.addWidget(self._about)
        column = Column(theme, self._all, spacing=8)
        for part in (self._row, self._more, self.sheet):
            column.addWidget(part)
        self.body.addWidget(self._all)
        self._put_away()

    def show_for(self, id: str) -> None:
        """Somebody as they stand now; what they were sent comes from the worker a moment later."""
        if id != self._id:
            self._id, self._letters = id, ()
            self._put_away()
            self.hide()
        by_hand = self._services.letter_texts.by_hand
        self._tasks.run(self, partial(by_hand.sent_to, id), partial(self._came, id), self._could_not)

    def words(self) -> str:
        """How many there are, and since when the last."""
        return self._about.words()

    def _came(self, id: str, letters: tuple[SentLetter, ...]) -> None:
        if id != self._id:
            return
        since = self._withdrawn_on()
        told = (each.day for each in letters if each.letter == Posted.WITHDRAW)
        self._withdrawn.set_told(since is not None and any(day >= since for day in told))
        if letters == self._letters:
            return
        self._letters = letters
        self._about.set_text(_about(letters))
        self.setVisible(bool(letters))
        if letters and not self._all.isHidden():
            self._fill()
        elif not letters:
            self._put_away()

    def _put_away(self) -> None:
        self.sheet.forget()
        self.buttons = []
        self._row.set_widgets(())
        self._all.hide()
        self.toggle.set_text(tr("Show"))

    def _fill(self, most: int = FEW) -> None:
        self.sheet.forget()
        self.buttons = [self._button(number, each) for number, each in enumerate(self._letters[:most])]
        self._row.set_widgets(self.buttons)
        more = len(self._letters) - len(self.buttons)
        self.earlier.set_text(tr("Show {count_of}").format(count_of=count_of(more, "earlier letter")))
        self._more.setVisible(more > 0)
        self._all.show()
        self.toggle.set_text(tr("Hide"))
        come_as_laid_out(self)

    def _button(self, number: int, letter: SentLetter) -> Button:
        parts = (LETTERS[letter.letter].title, in_words(letter.day), letter.enquiry)
        button = Button(self._theme, " · ".join(part for part in parts if part), small=True, icon="mail")
        button.setProperty("letter", number)
        button.clicked.connect(self._pressed)
        return button

    @Slot()
    def _toggle(self) -> None:
        if self._all.isHidden():
            self._fill()
        else:
            self._put_away()

    @Slot()
    def _show_earlier(self) -> None:
        first = len(self.buttons)
        self._fill(len(self._letters))
        self.buttons[first].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _pressed(self) -> None:
        self.sheet.show_letter(self._letters[int(self.sender().property("letter"))].draft, "", shown=True)
        self.sheet.show()

    @Slot(str)
    def _note_sent(self, letter: str) -> None:
        """Somebody has told them that what they took back is taken back."""
        if letter == THEM and self._id:
            case = Case(supporter=self._id, day=self._withdrawn_on())
            note = self._services.letter_texts.by_hand.note
            work = partial(note, Posted.WITHDRAW, case, self._services.desk.today)
            self._tasks.run(self, work, self.did.emit, self._could_not)

    def _withdrawn_on(self) -> date | None:
        """The day that the letter speaks of, also when it is sent on a later one."""
        person = self._services.desk.snapshot.supporters.get(self._id)
        days = (each.withdrawn for each in (person.consents if person is not None else ()) if each.withdrawn)
        return max(days, default=None)

    def _could_not(self, error: PeerMatchError) -> None:
        self.failed.emit(error)


def _about(letters: tuple[SentLetter, ...]) -> str:
    if not letters:
        return ""
    return tr("{count_of}, the last on {in_words}.").format(
        count_of=count_of(len(letters), "letter"), in_words=in_words(letters[0].day)
    )
