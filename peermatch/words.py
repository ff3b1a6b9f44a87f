"""The language that the program speaks: each sentence for a person passes through here before it is shown."""

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
