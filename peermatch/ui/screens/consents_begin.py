"""The form that begins a campaign: up to which day, until when they may answer, and under which wording."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal

from peermatch.model.consent import Wording
from peermatch.services.campaigns import LONGEST_REACH, TIME_TO_ANSWER, Reach
from peermatch.services.desk import Desk
from peermatch.services.due import DUE_WITHIN
from peermatch.ui.screens.consents_read import Bench
from peermatch.ui.screens.day_field import WRITE_IT, DayField
from peermatch.ui.screens.duties_form import DutyForm
from peermatch.ui.soon import soon
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.fields import Choice, InlineField
from peermatch.ui.widgets.text import SMALL, STRONG, Text
from peermatch.words import count_of, in_words, tr

SOON_MS = 200
TITLE = tr("Begin a campaign")
ACT = tr("Write the letters")
NOTE = tr(
    "Nothing is sent by this. Each letter can be read before, and says only what that person is asked for."
)
NO_WORDING = tr("No wording is kept yet. Write one on the page Wordings first.")


@dataclass(frozen=True, slots=True)
class Begin:
    """What a campaign is begun with."""

    until: date
    answer_by: date
    wording: str


class BeginForm(DutyForm):
    """``wanted`` brings a `Begin`; ``reach_changed`` asks how many people that would be."""

    reach_changed = Signal()

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__(theme)
        self._desk = desk
        self._wordings: tuple[Wording, ...] = ()
        self.until = DayField(theme, name=tr("Consent that ends by"))
        self.answer_by = DayField(theme, name=tr("They may answer until"))
        self.wording = Choice(theme, (), name=tr("Wording that they are shown"))
        self.reach = Text(theme, "", STRONG)
        self._text = Text(theme, "", SMALL)
        self.lay_out(
            {
                "until": InlineField(
                    theme, tr("Consent that ends by"), self.until, hint=tr("Also what has ended already.")
                ),
                "answer_by": InlineField(theme, tr("They may answer until"), self.answer_by),
                "wording": InlineField(theme, tr("Wording that they are shown"), self.wording),
            }
        )
        place = self.body.count() - 1
        self.body.insertWidget(place, self._text)
        self.body.insertWidget(place + 1, self.reach)
        self.cancel.hide()
        self._soon = soon(self, self.reach_changed, SOON_MS)
        self.until.textChanged.connect(self._soon.start)
        self.wording.currentIndexChanged.connect(self._show_text)

    def open_for(self, bench: Bench) -> None:
        """Begin with what is likely; without stealing the keyboard from whoever is elsewhere."""
        self._wordings = tuple(each.wording for each in bench.wordings)
        self.wording.clear()
        for each in self._wordings:
            self.wording.addItem(each.id, each.id)
        self.wording.set_current(bench.wording)
        self.wording.updateGeometry()
        self.until.set_day(self._desk.today + DUE_WITHIN)
        self.answer_by.set_day(self._desk.today + TIME_TO_ANSWER)
        self.title.set_text(TITLE)
        self.note.set_text(NOTE)
        self.confirm.set_text(ACT)
        for part in self.fields.values():
            part.set_error("")
        self.banner.hide()
        self.hold(False)
        self._show_text()
        self.show()
        self.body.invalidate()  # the words were set while it was hidden, and their height is known only now
        self._soon.start()

    def tell_reach(self, reach: Reach) -> None:
        """How many people, and how many lines, where that was counted."""
        people = count_of(reach.people, "person", "people")
        if not reach.people:
            self.reach.set_text(tr("Nobody would be asked."))
        elif reach.lines is None:
            self.reach.set_text(tr("{people} would be asked.").format(people=people))
        else:
            lines = count_of(reach.lines, "line")
            self.reach.set_text(
                tr("{people} would be asked, {count_of} in all.").format(people=people, count_of=lines)
            )

    def faults(self) -> dict[str, str]:
        """What is wrong now, by field."""
        found, today = {}, self._desk.today
        until, answer_by = self.until.day(), self.answer_by.day()
        if until is None:
            found["until"] = WRITE_IT
        elif not today <= until <= today + LONGEST_REACH:
            found["until"] = tr("Choose a day from today to {in_words}.").format(
                in_words=in_words(today + LONGEST_REACH)
            )
        if answer_by is None:
            found["answer_by"] = WRITE_IT
        elif answer_by <= today:
            found["answer_by"] = tr("Choose a day after today.")
        if not self.wording.count():
            found["wording"] = NO_WORDING
        return found

    def answer(self) -> object:
        """What was chosen."""
        today = self._desk.today
        return Begin(self.until.day() or today, self.answer_by.day() or today, self.wording.current())

    def _show_text(self) -> None:
        texts = {each.id: each.text for each in self._wordings}
        self._text.set_text(texts.get(self.wording.current(), NO_WORDING))
