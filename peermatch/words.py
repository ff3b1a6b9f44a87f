"""The language that the program speaks: each sentence for a person passes through here before it is shown."""

from datetime import date
from gettext import NullTranslations

_SPOKEN = NullTranslations()
"""One for the whole program, as the locale is: a sentence in two languages would help nobody."""

tr = _SPOKEN.gettext
"""The text in the language that is spoken; English where no translation knows it.

Fields in braces are filled afterwards, so that a translation may put them in another order:
``tr("Asked on {day}").format(day=...)``.
"""


def speak(language: NullTranslations) -> None:
    """Speak that language from now on; words of a module that was imported before stay as they are."""
    _SPOKEN.add_fallback(language)


def count_of(number: int, one: str, many: str = "") -> str:
    """``1 person``, ``2 people``: the noun in the form that the language has for that number."""
    return f"{number:,} {_SPOKEN.ngettext(one, many or f'{one}s', number)}"


def in_words(day: date) -> str:
    """A day as a person reads it: ``3 March 2027``; what is kept says it as `peermatch.model.dates` does."""
    return f"{day.day} {months()[day.month - 1]} {day.year}"


def short(day: date) -> str:
    """A day for narrow places: ``3 Mar 2027``."""
    return f"{day.day} {short_months()[day.month - 1]} {day.year}"


def months() -> tuple[str, ...]:
    """The months by their names."""
    return (
        *(tr("January"), tr("February"), tr("March"), tr("April"), tr("May"), tr("June")),
        *(tr("July"), tr("August"), tr("September"), tr("October"), tr("November"), tr("December")),
    )


def short_months() -> tuple[str, ...]:
    """The months in brief."""
    return (
        *(tr("Jan"), tr("Feb"), tr("Mar"), tr("Apr"), tr("May"), tr("Jun")),
        *(tr("Jul"), tr("Aug"), tr("Sep"), tr("Oct"), tr("Nov"), tr("Dec")),
    )
