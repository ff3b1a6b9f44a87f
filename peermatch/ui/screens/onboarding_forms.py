"""The small forms of somebody's way: a check that was done, a pause, and leaving with what it brings about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from peermatch.errors import BadInput, PeerMatchError
from peermatch.model.onboarding import Noted, Stage
from peermatch.ui.locking.forms import Values, fill, values_of
from peermatch.ui.screens.day_field import WRITE_IT, DayField
from peermatch.ui.screens.duties_form import DutyForm
from peermatch.ui.screens.onboarding_words import CHECK_NOTES, CHECK_TITLES
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel
from peermatch.ui.widgets.built_late import BuiltLate
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.fields import InlineField, LineField
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import SMALL, STRONG, Text
from peermatch.words import tr

UNTIL_HINT = tr("Until that day nobody asks them. What they have in hand goes on.")


@dataclass(frozen=True, slots=True)
class Pause:
    """What the form on a pause brings."""

    until: date


class FieldForm(DutyForm):
    """A form that shows a refusal of the service beside its fields."""

    def show_error(self, error: PeerMatchError) -> None:
        """Each fault at its field, and above them why nothing was done."""
        self.refuse(error.what, error.hint)
        for fault in error.faults if isinstance(error, BadInput) else ():
            if fault.place in self.fields:
                self.fields[fault.place].set_error(fault.text)

    def values(self) -> Values:
        """What stands in its fields."""
        return values_of({key: field.editor for key, field in self.fields.items()})

    def take_values(self, values: Values) -> None:
        """Put it back into them."""
        fill({key: field.editor for key, field in self.fields.items()}, values)


class CheckForm(FieldForm):
    """``wanted`` brings a `Noted`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._stage = Stage.TALK

    def _build(self) -> None:
        super()._build()
        theme = self._theme
        self.day = DayField(theme, name=tr("On which day"))
        self.by = LineField(theme, name=tr("By whom"))
        self.lay_out(
            {
                "day": InlineField(theme, tr("On which day"), self.day),
                "by": InlineField(theme, tr("By whom"), self.by),
            }
        )

    @property
    def stage(self) -> Stage:
        """Which check it is about."""
        return self._stage

    def open_for(self, stage: Stage, today: date, by: str) -> None:
        """One check, with today and the person at the keyboard as a beginning."""
        self._stage = stage
        self.day.set_day(today)
        self.by.set_value(by)
        self.begin(CHECK_TITLES[stage], tr("Note it"), CHECK_NOTES[stage])

    def faults(self) -> dict[str, str]:
        """What cannot be read; the rest is said by who notes it."""
        found = {} if self.day.day() is not None else {"day": WRITE_IT}
        return found if self.by.text().strip() else {**found, "by": tr("Say who did it.")}

    def answer(self) -> object:
        """What was written."""
        return Noted(self._stage, self.day.day() or date.min, self.by.text())


class PauseForm(FieldForm):
    """``wanted`` brings a `Pause`."""

    def _build(self) -> None:
        super()._build()
        theme = self._theme
        self.until = DayField(theme, name=tr("Until which day"))
        self.lay_out({"until": InlineField(theme, tr("Until which day"), self.until, hint=UNTIL_HINT)})

    def open_for(self, first_name: str) -> None:
        """An empty day."""
        self.until.set_day(None)
        self.begin(tr("A pause for {first_name}").format(first_name=first_name), tr("Pause"))

    def faults(self) -> dict[str, str]:
        """A day that cannot be read."""
        return {} if self.until.day() is not None else {"until": WRITE_IT}

    def answer(self) -> object:
        """Until when."""
        return Pause(self.until.day() or date.min)


class LeavePanel(BuiltLate, Panel):
    """``confirmed`` comes from the button that names what it does."""

    confirmed = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "raised", edge="top")
        self._theme = theme
        self.hide()

    def _build(self) -> None:
        theme = self._theme
        self._title = Text(theme, "", STRONG)
        self._lines = Text(theme, "", SMALL)
        self.confirm = Button(theme, "", kind="danger", small=True)
        theme.read_only.bar(self.confirm)
        self.cancel = Button(theme, tr("Cancel"), small=True)
        column = Column(theme, self, spacing=8, margins=(14, 12, 14, 14))
        for part in (self._title, self._lines, Flow(theme, (self.confirm, self.cancel), gap=8)):
            column.addWidget(part)
        self.confirm.clicked.connect(self.confirmed)
        self.cancel.clicked.connect(self.closed)

    def open_for(self, first_name: str, sentences: Sequence[str]) -> None:
        """List what would follow."""
        self._title.set_text(tr("If {first_name} leaves:").format(first_name=first_name))
        self._lines.set_text("\n".join(sentences))
        self.confirm.set_text(tr("{first_name} leaves").format(first_name=first_name))
        self.show()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> str:
        """What is listed."""
        return self._lines.words()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
