"""Speaks another language than English where a translation lies in resources/translations."""

import os
from collections.abc import Mapping
from gettext import NullTranslations
from pathlib import Path

from PySide6.QtCore import QLocale, QTranslator

from peermatch.words import speak

CONTEXT = "peermatch"
"""The one context of every translation file."""
VARIABLE = "PEERMATCH_LANGUAGE"
"""Asks for a language by its code: ``cy`` is Welsh."""


class QtWords(NullTranslations):
    """The translations of one file of Qt (``.qm``), which Qt Linguist makes."""

    def __init__(self, translator: QTranslator) -> None:
        super().__init__()
        self._translator = translator

    def gettext(self, message: str) -> str:
        """What the file says; the English text where it says nothing."""
        return self._translator.translate(CONTEXT, message) or message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The noun in the form that the language has for a number; its English plural tells nouns from other texts."""
        return self._translator.translate(CONTEXT, msgid1, msgid2, n) or (msgid1 if n == 1 else msgid2)


def wished_languages(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The languages to try, best first: the one asked for, else those of the system."""
    asked = environment.get(VARIABLE, "").strip()
    return (asked,) if asked else tuple(QLocale.system().uiLanguages())


def speak_as_wished(resources: Path, languages: tuple[str, ...]) -> str:
    """Speak the first of the languages that there is a file for; its code, or ``en`` where nothing is to be changed.

    To be called before the screens are imported: many of their words are made then.
    """
    for language in languages:
        code = language.replace("-", "_")
        if code.partition("_")[0] == "en":
            break
        for name in (code, code.partition("_")[0]):
            translator = QTranslator()
            if translator.load(str(resources / "translations" / f"peermatch_{name}.qm")):
                speak(QtWords(translator))
                return name
    return "en"
