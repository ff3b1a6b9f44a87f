"""The form that keeps somebody's record longer than the schedule says: why, and until when at most."""

from dataclasses import dataclass
from datetime import date

from peermatch.model.rights import Subject
from peermatch.model.text import one_line
from peermatch.ui.locking.forms import Values, values_of
from peermatch.ui.screens.day_field import WRITE_IT, DayField
from peermatch.ui.screens.duties_form import DutyForm
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.fields import InlineField, LineField
from peermatch.words import tr

WHY = tr(
    "Keep only what is needed: a complaint, a claim, something that is still open. The reason is kept with it."
)
UNTIL = tr("Leave it empty if you do not know. It comes back to this list on the day after.")


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who is kept back, why, and until when."""

    subject: Subject
    reason: str
    until: date | None


class KeepForm(DutyForm):
    """``wanted`` brings a `Keeping`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.subject: Subject | None = None
        self._today = date.min

    def _build(self) -> None:
        super()._build()
        theme = self._theme
        self.reason = LineField(theme, name=tr("Reason"))
        self.until = DayField(theme, name=tr("Last day"))
        self.lay_out(
            {
                "reason": InlineField(theme, tr("Why it is kept"), self.reason),
                "until": InlineField(theme, tr("Until (not needed)"), self.until, hint=UNTIL),
            }
        )

    def open_for(self, subject: Subject, today: date) -> None:
        """Begin anew for one record."""
        self.subject, self._today = subject, today
        self.reason.set_value("")
        self.until.set_day(None)
        self.begin(
            tr("Keep {id} back?").format(id=subject.id), tr("Keep {id} back").format(id=subject.id), WHY
        )

    def editors(self) -> dict[str, object]:
        """What is typed into, by name."""
        return {"reason": self.reason, "until": self.until}

    def draft(self) -> Values:
        """What is half-typed, and for whom; nothing where nothing was typed."""
        if self.subject is None or self.isHidden() or not (self.reason.text() or self.until.text()):
            return {}
        return {
            "kind": self.subject.kind.value,
            "id": self.subject.id,
            "values": values_of(self.editors()),
        }

    def close_up(self) -> None:
        """What was typed goes."""
        self.subject = None
        if self.standing:
            self.reason.set_value("")
        self.hide()

    def faults(self) -> dict[str, str]:
        """What is wrong now, by field."""
        found = {}
        if not one_line(self.reason.text()):
            found["reason"] = tr("Say why, for whoever reads it later.")
        until = self.until.day()
        if self.until.wrong():
            found["until"] = WRITE_IT
        elif until is not None and until < self._today:
            found["until"] = tr("This day has passed already.")
        return found

    def answer(self) -> object:
        """What was written."""
        return Keeping(self.subject, one_line(self.reason.text()), self.until.day()) if self.subject else None
