"""A day typed as people write it: 3 Mar 2027, 3/3/2027 or 2027-03-03; or left empty."""

import re
from datetime import date

from PySide6.QtWidgets import QWidget

from peermatch.model.dates import parse_day
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.fields import LineField
from peermatch.words import months, short, short_months, tr

EXAMPLE = tr("3 Mar 2027")
WRITE_IT = tr("Write the day like 3 Mar 2027.")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BRITISH = re.compile(r"([0-9]{1,2})[\s./-]+([0-9]{1,2}|[^\W\d_]+)\.?[\s./-]+([0-9]{4})")


def in_twelve_months(day: date) -> date:
    """The same day next year, until which wordings promise that a yes holds."""
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year + 1, day=28 if leap else day.day)


def typed_day(text: str) -> date | None:
    """The day that was meant, or None when it is none."""
    plain = text.strip().casefold()
    found = _BRITISH.fullmatch(plain)
    if found is None:
        return parse_day(plain)
    day, month, year = found.groups()
    number = int(month) if month.isdigit() else _month(month)
    return parse_day(f"{year}-{number:02}-{int(day):02}")


def _month(word: str) -> int:
    """The number of a month that is named in English or in the language that is spoken; 0 for none."""
    for names in (_MONTHS, tuple(name.casefold() for name in short_months())):
        named = [number for number, name in enumerate(names, 1) if word.startswith(name)]
        if named:
            return named[0]
    spoken = [number for number, name in enumerate(months(), 1) if word == name.casefold()]
    return spoken[0] if spoken else 0


class DayField(LineField):
    """A line for a day; ``day()`` is None for an empty line, ``wrong()`` says whether it cannot be read."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name=name, placeholder=EXAMPLE, parent=parent)
        self.setAccessibleDescription(tr("for example {example}").format(example=EXAMPLE))

    def set_day(self, day: date | None) -> None:
        """Show that day."""
        self.set_value(short(day) if day is not None else "")

    def day(self) -> date | None:
        """What was typed."""
        return typed_day(self.text())

    def wrong(self) -> bool:
        """Whether something stands there that is no day."""
        return bool(self.text().strip()) and self.day() is None


class EndField(DayField):
    """The day on which a yes ends, or nothing: a year is offered until somebody writes another."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name=name, parent=parent)
        self._offered: date | None = None
        self.setPlaceholderText(tr("no end"))

    def begin(self, given: date) -> None:
        """Offer a year from that day."""
        self._offered = in_twelve_months(given)
        self.set_day(self._offered)

    def follow(self, given: date) -> None:
        """The year begins on another day; an end that somebody wrote stays."""
        if self.day() == self._offered:
            self.begin(given)

    def fault(self, today: date) -> str:
        """Why it cannot be the end of a yes; empty where it can."""
        day = self.day()
        if self.wrong():
            return WRITE_IT
        return tr("Choose a day after today.") if day is not None and day <= today else ""
