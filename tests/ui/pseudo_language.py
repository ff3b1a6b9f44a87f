"""A made-up language over the running window: a third longer and accented, as Welsh may be; finds what is too tight."""

from itertools import cycle

from PySide6.QtWidgets import QWidget

from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.chip import Chip, ChipButton
from peermatch.ui.widgets.covered import CoveredLabel
from peermatch.ui.widgets.segmented import Segment
from peermatch.ui.widgets.text import Phrase, Text

LONGER = 0.35
ACCENTS = str.maketrans("aeiouwyAEIOUWYcnslg", "âêîôûŵŷÂÊÎÔÛŴŶçñšłğ")
MORE = "ŵŷâêô"
SAID = "ŵŷ"
"""What is in this language already is left alone."""


def pseudo(text: str) -> str:
    """The text as it might be in a longer language; figures and addresses stay."""
    if any(letter in text for letter in SAID):
        return text
    return " ".join(_pseudo_word(word) for word in text.split(" "))


def translate(page: QWidget) -> int:
    """Put every visible text of a page into the made-up language; how many there were."""
    shown = [widget for widget in page.findChildren(QWidget) if widget.isVisible()]
    return sum(_said_longer(widget) for widget in shown)


def _pseudo_word(word: str) -> str:
    if "@" in word or any(letter.isdigit() for letter in word):
        return word
    letters = [letter for letter in word if letter.isalpha()]
    more = zip(range(round(len(letters) * LONGER)), cycle(MORE), strict=False)
    return word.translate(ACCENTS) + "".join(letter for _, letter in more)


def _said_longer(widget: QWidget) -> bool:
    if isinstance(widget, CoveredLabel):
        return False
    if isinstance(widget, Phrase):
        widget.set_runs([(pseudo(text), look) for text, look in widget._runs])
    elif isinstance(widget, Text):
        widget.set_text(pseudo(widget.words()))
    elif isinstance(widget, Chip):
        widget.set_chip(pseudo(widget.text()), widget.kind)
    elif isinstance(widget, ChipButton):
        widget.set_chip(pseudo(widget.words()), widget.kind)
    elif isinstance(widget, Button):
        widget.set_text(pseudo(widget.text()))
    elif isinstance(widget, Segment):
        widget.setText(pseudo(widget.text()))
        widget.updateGeometry()
    else:
        return False
    return True
