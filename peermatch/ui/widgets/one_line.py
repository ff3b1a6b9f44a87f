"""What may stand in a field of one line: line ends and odd spaces become plain spaces, and nothing unseen stays."""

import re

from PySide6.QtCore import QObject
from PySide6.QtGui import QValidator

from peermatch.model.text import one_line
from peermatch.words import tr

LONGEST = 1_000
"""Signs of one line; a letter that is pasted into it by mistake is cut, and that is said."""
_SPACES = re.compile(r"\r\n|[\s\x85\u2028\u2029]")


def tidy(text: str) -> str:
    """The text on one line as it is typed: spaces at its ends stay, for more words may follow."""
    if text.isascii() and text.isprintable():
        return text
    spaced = _SPACES.sub(" ", text)
    return " ".join(one_line(word) for word in spaced.split(" "))


def too_long(limit: int) -> str:
    """What is said when not all of it fits."""
    return tr("Only {limit:,} signs fit here. The rest was left out.").format(limit=limit)


class OneLine(QValidator):
    """Puts right whatever is typed, pasted or dropped into a line, and refuses nothing."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    def validate(self, text: str, place: int) -> object:
        """The tidy text, with the cursor where it was; places are counted as Qt does, in units of UTF-16."""
        clean = tidy(text)
        if clean == text:
            return QValidator.State.Acceptable, text, place
        before = text.encode("utf-16-le", "surrogatepass")[: 2 * place].decode("utf-16-le", "replace")
        return QValidator.State.Acceptable, clean, len(tidy(before).encode("utf-16-le", "surrogatepass")) // 2
