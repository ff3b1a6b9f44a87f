"""Letters that wait for a word and those that were set aside: each with its reason, to be placed or let go."""

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

from peermatch.model.mail import Mail, MailState
from peermatch.services.mailbag import Bag
from peermatch.ui.screens.clock_words import day_words
from peermatch.ui.screens.duties_page import Lines
from peermatch.ui.screens.mail_words import (
    CHIPS,
    NO_WORDS,
    SAFETY,
    bag_words,
    came_with_words,
    kept_until_words,
    why_words,
)
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Row, Scroll
from peermatch.ui.widgets.buttons import Button, ButtonKind
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.covered import CoveredLabel
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.letter import LetterView
from peermatch.ui.widgets.text import HEADING, SMALL, STRONG, TINY, Text
from peermatch.words import tr

NOTE = tr("Nothing here was lost, and nothing was decided. The sender of a letter is never proved.")
NOTHING = Bag()
SURE = tr("It is gone for good then, from the journal too.")


class BagLine(Card):
    """One letter with its reason; who wrote is hidden until somebody asks."""

    def __init__(
        self, theme: Theme, mail: Mail, references: tuple[str, ...], on: date, bag: Bag = NOTHING
    ) -> None:
        super().__init__(theme, margins=(16, 12, 16, 14), spacing=6)
        self.mail = mail
        day = day_words(mail.came, on)
        self.setAccessibleName(f"{CHIPS[mail.kind][0]}, {day}")
        chips: list[QWidget] = [Chip(theme, *CHIPS[mail.kind])]
        chips += [Chip(theme, *SAFETY)] if mail.risk else []
        self.body.addWidget(Spread(theme, Text(theme, day, STRONG), Flow(theme, chips)))
        self.body.addWidget(Text(theme, why_words(mail), SMALL))
        self.who = CoveredLabel(theme, _who(mail), SMALL)
        self.who.hide()
        self.body.addWidget(self.who)
        view = LetterView(theme, name=tr("Letter of {day}").format(day=day), most_lines=10, private=True)
        view.set_letter(mail.body or NO_WORDS)
        self.body.addWidget(view)
        if files := bag.files_of(mail):
            self.body.addWidget(CoveredLabel(theme, came_with_words(files), SMALL))
        if (last := bag.last_day(mail)) is not None:
            self.body.addWidget(Text(theme, kept_until_words(mail, last), TINY))
        self.reveal = Button(theme, tr("Show who wrote"), kind="quiet", small=True)
        self.pick = QComboBox()
        self.pick.setAccessibleName(tr("The enquiry that it belongs to"))
        self.pick.addItems(list(references))
        if mail.enquiry in references:
            self.pick.setCurrentText(mail.enquiry or "")
        self.join = Button(theme, tr("It belongs there"), kind=_first(mail, join=True), small=True)
        self.begin = Button(theme, tr("Begin a new enquiry"), kind=_first(mail, join=False), small=True)
        self.away = Button(theme, tr("Put it away"), small=True)
        self.delete = Button(theme, tr("Delete …"), kind="quiet", small=True)
        self.sure = Button(theme, tr("Delete this letter for good"), kind="danger", small=True)
        self.sure.setToolTip(SURE)
        self.sure.hide()
        theme.read_only.bar(self.join, self.begin, self.away, self.delete, self.sure)
        self.pick.setVisible(bool(references))
        self.join.setVisible(bool(references))
        buttons = (self.pick, self.join, self.begin, self.away, self.reveal, self.delete, self.sure)
        self.body.addWidget(Flow(theme, buttons, gap=8))
        self.delete.clicked.connect(self._ask)

    @Slot()
    def _ask(self) -> None:
        self.sure.show()
        self.delete.hide()
        self.sure.setFocus(Qt.FocusReason.OtherFocusReason)


class BagPage(QWidget):
    """Signals bring the number of a letter, and where it goes; ``closed`` puts the page away."""

    joined = Signal(int, str)
    begun = Signal(int)
    put_away = Signal(int)
    deleted = Signal(int)
    reveal = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bag, self._references = Bag(), tuple[str, ...]()
        column = Column(theme, self, spacing=10)
        self.title = Text(theme, tr("Letters to place, and set aside"), HEADING)
        self.close_it = Button(theme, tr("Done"), small=True)
        self.lines = Lines(theme, spacing=10)
        inner = QWidget()
        inside = Column(theme, inner, spacing=10, margins=(4, 2, 11, 4))
        inside.addWidget(Text(theme, NOTE, SMALL))
        inside.addWidget(self.lines)
        inside.addStretch(1)
        above = Row(theme, margins=(4, 0, 0, 0))
        above.addWidget(Spread(theme, self.title, self.close_it))
        column.addLayout(above)
        column.addWidget(Scroll(inner, name=tr("Letters to place, and set aside")), 1)
        self.close_it.clicked.connect(self.closed)

    def show_bag(self, bag: Bag, references: tuple[str, ...], on: date) -> None:
        """What waits first, then what was set aside; what may be about safety before all."""
        self.title.set_text(bag_words(bag) or tr("Nothing waits, and nothing is set aside."))
        if (bag, references) == (self._bag, self._references):
            return
        self._bag, self._references = bag, references
        ordered = sorted((*bag.waiting, *bag.aside), key=lambda mail: not mail.risk)
        self.lines.put((str(mail.number), self._line(mail, references, on)) for mail in ordered)

    def line(self, number: int) -> BagLine:
        """The line of one letter."""
        found = self.lines.parts()[str(number)]
        if not isinstance(found, BagLine):
            raise LookupError(number)
        return found

    def revealed(self, number: int) -> None:
        """Who wrote it may be seen now, unless names are covered."""
        line = self.line(number)
        line.who.show()
        line.reveal.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _line(self, mail: Mail, references: tuple[str, ...], on: date) -> BagLine:
        line = BagLine(self._theme, mail, references, on, self._bag)
        for button, slot in (
            (line.join, self._join),
            (line.begin, self._begin),
            (line.away, self._away),
            (line.sure, self._delete),
            (line.reveal, self._reveal),
        ):
            button.setProperty("number", mail.number)
            button.clicked.connect(slot)
        return line

    def _number(self) -> int:
        return int(self.sender().property("number"))

    @Slot()
    def _join(self) -> None:
        number = self._number()
        self.joined.emit(number, self.line(number).pick.currentText())

    @Slot()
    def _begin(self) -> None:
        self.begun.emit(self._number())

    @Slot()
    def _away(self) -> None:
        self.put_away.emit(self._number())

    @Slot()
    def _delete(self) -> None:
        self.deleted.emit(self._number())

    @Slot()
    def _reveal(self) -> None:
        self.reveal.emit(self._number())


def _first(mail: Mail, *, join: bool) -> ButtonKind:
    """The likelier way is the plain button, and nothing is pressed by itself."""
    likely = mail.state is MailState.WAITING and (mail.enquiry is not None) == join
    return "primary" if likely else "plain"


def _who(mail: Mail) -> str:
    name, address = mail.sender_name or "", mail.sender or ""
    return tr("From {name} <{address}>: {subject}").format(name=name, address=address, subject=mail.subject)
