"""What this one card may have beside the letter: a PDF, its lock, and a time to talk."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.card_wishes import NO_WISHES, OFFERED_MINUTES, CardWishes, Meeting
from peermatch.ui.screens.day_field import WRITE_IT, DayField
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.fields import Choice, LineField, Tick
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import SMALL, TINY, SectionLabel, Text
from peermatch.words import tr

USUAL, LOCKED_ALONE = ("eml", "vcf", "html"), ("eml",)
WRITE_TIME = tr("Write the time like 18:30.")
NEEDS_WORDS = tr("Write the words that lock the PDF, or press Draw other words.")
TELL = tr(
    "Tell them these words by phone or text message, never by e-mail: what is locked and what opens it must not travel "
    "together. They are kept nowhere; write them down until you have told them."
)
MINUTES = tr("{n} minutes")
FIRST_TIME = time(18, 30)


class CardExtras(Card):
    """``wished``: look at the card again with ``wishes``; ``words_wanted``: words that lock a PDF are to be drawn."""

    wished = Signal()
    words_wanted = Signal()

    def __init__(self, theme: Theme, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(theme, margins=(20, 14, 20, 14), spacing=8, parent=parent)
        self._today = today
        self._filling = False
        self.pdf = Tick(theme, tr("Add the card as a PDF"), tr("One page, also for screen readers."))
        self.lock = Tick(theme, tr("Lock the PDF with a passphrase"), tr("It opens with the words alone."))
        self.words = LineField(theme, name=tr("Words that open the PDF"))
        self.other = Button(theme, tr("Draw other words"), small=True)
        self.alone = Tick(
            theme,
            tr("Leave the contact details out of the letter"),
            tr("They stand in the locked PDF alone. No topic is named in the letter then."),
        )
        self.talk = Tick(theme, tr("Suggest a time to talk"), tr("A calendar entry that names nobody."))
        self.day = DayField(theme, name=tr("Day to talk"))
        self.at = LineField(theme, name=tr("Time in London"), placeholder="18:30")
        offered = [(str(each), MINUTES.format(n=each)) for each in OFFERED_MINUTES]
        self.minutes = Choice(theme, offered, name=tr("How long"))
        self.minutes.set_current("30")
        self._fault = Text(theme, "", SMALL, tone="risk")
        self._lay_out(theme)
        self._connect()
        self._follow()

    def _lay_out(self, theme: Theme) -> None:
        column = self.body
        column.addWidget(SectionLabel(theme, tr("Add to this card")))
        self._lock_part, self._talk_part = QWidget(), QWidget()
        lock = Column(theme, self._lock_part, spacing=8, margins=(28, 0, 0, 0))
        lock.addWidget(self.words)
        lock.addWidget(Flow(theme, [self.other]))
        lock.addWidget(Text(theme, TELL, TINY))
        lock.addWidget(self.alone)
        talk = Column(theme, self._talk_part, margins=(28, 0, 0, 0))
        talk.addWidget(Flow(theme, [self.day, self.at, self.minutes]))
        for part in (self.pdf, self.lock, self._lock_part, self.talk, self._talk_part, self._fault):
            column.addWidget(part)

    def _connect(self) -> None:
        self.pdf.toggled.connect(self._changed)
        self.lock.toggled.connect(self._locked)
        self.talk.toggled.connect(self._talked)
        self.alone.toggled.connect(self._changed)
        self.other.clicked.connect(self.words_wanted)
        for field in (self.words, self.day, self.at):
            field.committed.connect(self._changed)
        self.minutes.chosen.connect(self._changed)

    @property
    def formats(self) -> tuple[str, ...]:
        """The files that are wanted."""
        wishes = self.wishes
        usual = LOCKED_ALONE if wishes.alone else USUAL
        return (*usual, *(("pdf",) if wishes.pdf else ()), *(("ics",) if wishes.meeting else ()))

    @property
    def wishes(self) -> CardWishes:
        """What is ticked and filled in."""
        locked = self.pdf.isChecked() and self.lock.isChecked()
        return CardWishes(
            pdf=self.pdf.isChecked(),
            passphrase=self.words.text() if locked else "",
            alone=locked and self.alone.isChecked(),
            meeting=self._meeting(),
        )

    def fault(self) -> str:
        """Why no card can be made of what is filled in; empty where one can."""
        if self.pdf.isChecked() and self.lock.isChecked() and not self.words.text().strip():
            return NEEDS_WORDS
        if self.talk.isChecked() and (self.day.day() is None):
            return WRITE_IT
        return WRITE_TIME if self.talk.isChecked() and self._meeting() is None else ""

    def set_words(self, words: str) -> None:
        """Words that were drawn."""
        self.words.set_value(words)
        self._changed()

    def show_fault(self, words: str) -> None:
        """Why it cannot be so; empty where all is well."""
        self._fault.set_text(words)
        self._fault.setVisible(bool(words))

    def clear(self) -> None:
        """Another card: nothing of this one stays, the words least of all."""
        self._filling = True
        for tick in (self.pdf, self.lock, self.alone, self.talk):
            tick.setChecked(False)
        for field in (self.words, self.at):
            field.set_value("")
        self.day.set_day(None)
        self._filling = False
        self._follow()
        self.show_fault("")

    @property
    def plain(self) -> bool:
        """Whether nothing is wished for."""
        return self.wishes == NO_WISHES

    def _meeting(self) -> Meeting | None:
        day, at = self.day.day(), typed_time(self.at.text())
        if not self.talk.isChecked() or day is None or at is None:
            return None
        return Meeting(day, at, int(self.minutes.current()))

    @Slot()
    def _locked(self) -> None:
        if self.lock.isChecked() and not self.words.text() and not self._filling:
            self._filling = True
            self.alone.setChecked(True)
            self._filling = False
            self._follow()
            self.words_wanted.emit()
        else:
            self._changed()

    @Slot()
    def _talked(self) -> None:
        if self.talk.isChecked() and not self.day.text() and not self._filling:
            self.day.set_day(self._today() + timedelta(days=7))
            self.at.set_value(f"{FIRST_TIME:%H:%M}")
        self._changed()

    @Slot()
    def _changed(self) -> None:
        if not self._filling:
            self._follow()
            self.show_fault(self.fault())
            self.wished.emit()

    def _follow(self) -> None:
        """Each part stands there as soon as it means something."""
        self.lock.setVisible(self.pdf.isChecked())
        self._lock_part.setVisible(self.pdf.isChecked() and self.lock.isChecked())
        self._talk_part.setVisible(self.talk.isChecked())


def typed_time(text: str) -> time | None:
    """A time as people write it: 18:30, 18.30, 6 pm, 6:30pm."""
    plain = text.strip().casefold().replace(".", ":").replace(" ", "")
    for shape in ("%H:%M", "%I:%M%p", "%I%p", "%H"):
        try:
            return datetime.strptime(plain, shape).time()  # noqa: DTZ007 - a time by the clock on the wall has no zone
        except ValueError:
            continue
    return None
