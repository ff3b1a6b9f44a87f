"""The form for one step of a request or an incident: what it means, a few words, and the day."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtWidgets import QLineEdit, QWidget

from peermatch.model.text import one_line
from peermatch.ui.locking.forms import Values, fill, values_of
from peermatch.ui.screens.duties_form import DutyForm
from peermatch.ui.screens.duties_moment import MomentField
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.fields import InlineField, LineField
from peermatch.ui.widgets.text import SectionLabel
from peermatch.words import tr


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form asks for: ``needed`` is what to say when the words are missing, "" where they may be."""

    act: str
    id: str
    title: str
    note: str
    label: str
    needed: str
    button: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What was written."""

    act: str
    id: str
    words: str
    moment: datetime

    @property
    def day(self) -> date:
        """The day of the step."""
        return self.moment.date()


class StepForm(DutyForm):
    """``wanted`` brings an `Answered`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._asked: Asked | None = None
        self._now: datetime | None = None
        self._begun: Values = {}

    def _build(self) -> None:
        super()._build()
        theme = self._theme
        self.words = LineField(theme, name=tr("Words"))
        self.when = MomentField(theme, name=tr("When"))
        words = InlineField(theme, tr("Words"), self.words)
        self._label = words.findChildren(SectionLabel)[0]
        self.lay_out({"words": words, "when": InlineField(theme, tr("When"), self.when)})

    def lines_of(self, editor: QWidget) -> tuple[QLineEdit, ...]:
        """Day and time."""
        return (self.when.day, self.when.time) if editor is self.when else ()

    def open_for(self, asked: Asked, now: datetime) -> None:
        """Begin anew for one step."""
        self._asked, self._now = asked, now
        self._label.set_text(asked.label)
        self.words.setAccessibleName(asked.label)
        self.words.set_value("")
        self.when.set_moment(now)
        self._begun = values_of(self.editors())
        self.begin(asked.title, asked.button, asked.note)

    def editors(self) -> dict[str, object]:
        """What is typed into, by name."""
        return {"words": self.words, "day": self.when.day, "time": self.when.time}

    def draft(self) -> Values:
        """What is half-typed, and for which step; nothing where nothing was typed."""
        if self._asked is None or self.isHidden():
            return {}
        values = values_of(self.editors())
        return (
            {} if values == self._begun else {"act": self._asked.act, "id": self._asked.id, "values": values}
        )

    def close_up(self) -> None:
        """Put it away; what was typed goes."""
        self._asked = None
        if self.standing:
            self.words.set_value("")
        super().close_up()

    def faults(self) -> dict[str, str]:
        """What is wrong now, by field."""
        found = {}
        if self._asked is not None and self._asked.needed and not one_line(self.words.text()):
            found["words"] = self._asked.needed
        if wrong := self.when.wrong():
            found["when"] = wrong
        elif self._now is not None and self.when.moment().date() > self._now.astimezone().date():
            found["when"] = tr("This day has not come yet.")
        return found

    def answer(self) -> object:
        """What was written."""
        if self._asked is None:
            return None
        return Answered(self._asked.act, self._asked.id, one_line(self.words.text()), self.when.moment())


class HalfStep:
    """A half-typed step that waits until the list of what it belongs to was read; of what is gone it is let go."""

    def __init__(self, form: StepForm, ask: Callable[[str, str], None]) -> None:
        self._form, self._ask = form, ask
        self._kept: Values = {}

    def draft(self) -> Values:
        """What is half-typed now, or waits to come back."""
        return self._kept or self._form.draft()

    def keep(self, values: Values) -> None:
        """It comes back with the list."""
        self._kept = values

    def come_back(self, known: Collection[str]) -> None:
        """The list was read: open the form as it was left."""
        kept, self._kept = self._kept, {}
        if kept and kept["id"] in known:
            self._ask(str(kept["act"]), str(kept["id"]))
            fill(self._form.editors(), kept["values"])
