"""The form that notes a request or a complaint: what they ask for, when it came, and about whom."""

from dataclasses import dataclass
from datetime import date

from peermatch.model.rights import RequestKind, Subject
from peermatch.model.text import one_line
from peermatch.services.desk import Desk
from peermatch.ui.screens.day_field import WRITE_IT, DayField
from peermatch.ui.screens.duties_form import DutyForm
from peermatch.ui.screens.duties_request_words import KINDS
from peermatch.ui.screens.duties_words import REFERENCE, not_found_words, subjects_typed
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.fields import Choice, InlineField, LineField
from peermatch.words import tr

WHOM = tr(
    "A trainee is found by the reference of their enquiry. Leave it empty while you do not know who it is, and "
    "search before you answer that nothing is held."
)
CAME = tr("The day on which it came counts, not the day on which it was read.")


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request as it is to be noted."""

    kind: RequestKind
    received: date
    summary: str
    subject: Subject | None


class RequestForm(DutyForm):
    """``wanted`` brings a `NewRequest`."""

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__(theme)
        self._desk = desk

    def _build(self) -> None:
        super()._build()
        theme = self._theme
        self.kind = Choice(
            theme, [(k.value, words) for k, words in KINDS.items()], name=tr("What they ask for")
        )
        self.received = DayField(theme, name=tr("Came on"))
        self.whom = LineField(theme, name=tr("About whom"), placeholder=REFERENCE)
        self.summary = LineField(theme, name=tr("In a few words"))
        self.lay_out(
            {
                "kind": InlineField(theme, tr("What they ask for"), self.kind),
                "received": InlineField(theme, tr("Came on"), self.received, hint=CAME),
                "whom": InlineField(theme, tr("About whom"), self.whom, hint=WHOM),
                "summary": InlineField(theme, tr("In a few words"), self.summary),
            }
        )

    def editors(self) -> dict[str, object]:
        """What is typed into, by name."""
        return {"kind": self.kind, "received": self.received, "whom": self.whom, "summary": self.summary}

    @property
    def typed(self) -> bool:
        """Whether something stands here that is not noted yet."""
        return not self.isHidden() and bool(one_line(self.summary.text()) or one_line(self.whom.text()))

    def open_for(self) -> None:
        """Begin anew."""
        self.kind.set_current(RequestKind.ACCESS.value)
        self.received.set_day(self._desk.today)
        self.whom.set_value("")
        self.summary.set_value("")
        self.begin(tr("Note a request or a complaint"), tr("Note it"))

    def close_up(self) -> None:
        """Put it away; what was typed goes."""
        if self.standing:
            self.whom.set_value("")
            self.summary.set_value("")
        super().close_up()

    def faults(self) -> dict[str, str]:
        """What is wrong now, by field."""
        found = {}
        day = self.received.day()
        if day is None:
            found["received"] = WRITE_IT
        elif day > self._desk.today:
            found["received"] = tr("This day has not come yet.")
        if one_line(self.whom.text()) and (wrong := not_found_words(self._found())):
            found["whom"] = wrong
        if not one_line(self.summary.text()):
            found["summary"] = tr("Say what they ask for.")
        return found

    def answer(self) -> object:
        """What was written."""
        subject = next(iter(self._found()), None)
        received = self.received.day() or self._desk.today
        return NewRequest(RequestKind(self.kind.current()), received, one_line(self.summary.text()), subject)

    def _found(self) -> tuple[Subject, ...]:
        return subjects_typed(self.whom.text(), self._desk.snapshot)
