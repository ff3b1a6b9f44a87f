"""A day and a time of day as people type them: 3 Mar 2027 and 14:05."""

import re
from datetime import datetime, time

from PySide6.QtWidgets import QWidget

from peermatch.ui.screens.day_field import WRITE_IT, DayField
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.fields import LineField
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import SMALL, Text
from peermatch.words import tr

WRITE_TIME = tr("Write the time like 14:05.")
NO_DAY = tr("Say on which day.")
_TIME = re.compile(r"(\d{1,2})[:. ]?(\d{2})", re.ASCII)


def typed_time(text: str) -> time | None:
    """The time of day that was meant, or None when it is none."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = (int(part) for part in found.groups())
    return time(hour, minute) if hour < 24 and minute < 60 else None


class MomentField(QWidget):
    """A day and a time beside each other; ``wrong()`` says what cannot be read, ``moment()`` what was meant."""

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self.day = DayField(theme, name=tr("{name}: day").format(name=name))
        self.time = LineField(theme, name=tr("{name}: time").format(name=name), placeholder="14:05")
        at = Text(theme, tr("at"), SMALL, wrap=False)
        Column(theme, self).addWidget(Flow(theme, (self.day, at, self.time), gap=8))
        self.setAccessibleName(name)
        self.setFocusProxy(self.day)

    def set_moment(self, moment: datetime) -> None:
        """Show that moment by this computer's clock."""
        local = moment.astimezone()
        self.day.set_day(local.date())
        self.time.set_value(f"{local:%H:%M}")

    def wrong(self) -> str:
        """What cannot be read, or nothing."""
        if not self.day.text().strip():
            return NO_DAY
        if self.day.wrong():
            return WRITE_IT
        return "" if typed_time(self.time.text()) is not None else WRITE_TIME

    def moment(self) -> datetime:
        """What was typed, by this computer's clock; asked only when nothing is wrong."""
        day, hour = self.day.day(), typed_time(self.time.text())
        if day is None or hour is None:
            raise ValueError(tr("asked for a moment that cannot be read"))
        return datetime.combine(day, hour).astimezone()
