"""The form that notes that something went wrong: first when it was noticed, then what, then whose data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from peermatch.model.rights import Subject
from peermatch.services.desk import Desk
from peermatch.ui.screens.duties_form import DutyForm
from peermatch.ui.screens.duties_moment import MomentField
from peermatch.ui.screens.duties_words import subject_named
from peermatch.ui.screens.finding import Option
from peermatch.ui.screens.picking import Picked
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.fields import InlineField
from peermatch.words import tr

WHOM = tr("Search for an enquiry or a supporter")
FIXED = tr("It cannot be changed once it is noted: the hours count from it.")
WHOSE = tr("Type a reference or a name. Leave it empty while you do not know.")
WHAT = tr("What happened, in plain words. Facts are enough; nobody is blamed.")
ENOUGH = 40
"""How many people are offered to the search at a time."""


@dataclass(frozen=True, slots=True)
class NewIncident:
    """An incident as it is to be noted."""

    noticed: datetime
    what: str
    exposed: tuple[Subject, ...]


class BreachForm(DutyForm):
    """``wanted`` brings a `NewIncident`."""

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__(theme)
        self._desk = desk

    def _build(self) -> None:
        super()._build()
        theme = self._theme
        self.noticed = MomentField(theme, name=tr("When did you notice?"))
        self.what = QPlainTextEdit()
        self.what.setAcceptDrops(False)
        self.what.setTabChangesFocus(True)
        self.what.setAccessibleName(tr("What happened?"))
        self.whose = Picked(theme, self._options, self._label, name=WHOM)
        self.lay_out(
            {
                "noticed": InlineField(theme, tr("1. When did you notice?"), self.noticed, hint=FIXED),
                "what": InlineField(theme, tr("2. What happened?"), self.what, hint=WHAT),
                "whose": InlineField(theme, tr("3. Whose data is it?"), self.whose, hint=WHOSE),
            }
        )
        theme.changed.connect(self._heighten)
        self._heighten()

    def lines_of(self, editor: QWidget) -> tuple[QLineEdit, ...]:
        """Day and time; Enter in the search takes what was found."""
        return (self.noticed.day, self.noticed.time) if editor is self.noticed else ()

    def editors(self) -> dict[str, object]:
        """What is typed into, by name."""
        return {
            "day": self.noticed.day,
            "time": self.noticed.time,
            "what": self.what,
            "whose": self.whose,
        }

    @property
    def typed(self) -> bool:
        """Whether something stands here that is not noted yet."""
        if self.isHidden():
            return False
        looked_for = self.whose.finder.line.text()
        return bool(self.what.toPlainText().strip() or self.whose.keys() or looked_for.strip())

    def open_for(self) -> None:
        """Begin anew with this moment."""
        self.noticed.set_moment(self._desk.clock())
        self.what.clear()
        self.whose.set_keys(())
        self.begin(tr("Something went wrong"), tr("Note it now"))

    def close_up(self) -> None:
        """Put it away; what was typed goes."""
        if self.standing:
            self.what.clear()
            self.whose.set_keys(())
        super().close_up()

    def faults(self) -> dict[str, str]:
        """What is wrong now, by field."""
        found = {}
        if wrong := self.noticed.wrong():
            found["noticed"] = wrong
        elif self.noticed.moment() > self._desk.clock().astimezone():
            found["noticed"] = tr("That moment has not come yet.")
        if not self.what.toPlainText().strip():
            found["what"] = tr("Say in a few words what happened.")
        return found

    def answer(self) -> object:
        """What was written."""
        chosen = self.whose.keys()
        found = (subject_named(key, self._desk.snapshot) for key in chosen)
        exposed = tuple(subject for subject in found if subject is not None)
        return NewIncident(self.noticed.moment(), self.what.toPlainText().strip(), exposed)

    def _options(self) -> Sequence[Option]:
        """The people on record that what is typed may mean; nobody's name is offered while names are covered."""
        typed = self.whose.finder.line.text().strip().casefold()
        picture = self._desk.snapshot
        found = [id for id in (*picture.enquiries, *picture.supporters) if typed in id.casefold()][:ENOUGH]
        options = [Option(id, self._label(id)) for id in found]
        if not self._theme.cover.on:
            people = (each for each in picture.supporters.values() if typed in each.name.casefold())
            named = [each.id for each, _ in zip(people, range(ENOUGH), strict=False)]
            options += [Option(id, self._label(id)) for id in named if id not in found]
        return options

    def _label(self, id: str) -> str:
        person = self._desk.snapshot.supporters.get(id)
        return f"{id} {person.shown_name}" if person and not self._theme.cover.on else id

    @Slot()
    def _heighten(self) -> None:
        self.what.setFixedHeight(self._theme.px(110))
