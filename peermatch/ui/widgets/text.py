"""Words on the screen: labels in the sizes, weights and colours of the design, with airy lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from peermatch.ui.theme import Line, Theme
from peermatch.ui.tokens import Token

LINE_HEIGHT = 118
LIFT = 0.11
LONG = re.compile(r"[^\W\d_]{24}(?=[^\W\d_]{6})")
"""A word that may have to break: of the longest place names of Wales alone a column would be too wide."""
MAY_BREAK = "\u200b"
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


@dataclass(frozen=True, slots=True)
class Look:
    """How a piece of text looks: design size in px at 100 %, weight, colour, height of a line in per cent."""

    size: float
    weight: int
    tone: Token
    line: int = LINE_HEIGHT


BODY = Look(14, 400, "ink")
STRONG = Look(14, 700, "ink")
SMALL = Look(12.5, 400, "ink_2")
SMALL_STRONG = Look(12.5, 700, "ink_2")
TINY = Look(12, 400, "ink_3")
LABEL = Look(12, 600, "ink_3")
HEADING = Look(15, 700, "ink")
TITLE = Look(18, 700, "ink")
NAME = Look(22, 700, "ink", 104)
HERO = Look(26, 700, "ink", 104)
FIGURE = Look(30, 700, "ink", 100)
YES = Look(14, 700, "good")

SPARE = 16
"""So much wider than its words a line must be to take them all for certain: some letters lean over their end."""
SHORT = 100
"""Of longer words it is not asked whether they have room in one line: they hardly ever have."""

Run = tuple[str, Look]


def _sit(label: QLabel, theme: Theme, size: float) -> None:
    """Qt adds the air of a line below the words; half of it belongs above."""
    lift = round(size * theme.factor * LIFT)
    label.setContentsMargins(0, lift, 0, -lift)


def escape(text: str) -> str:
    """Words that are no markup, as `html.escape` has them; with that comes a table of two thousand names."""
    return text.translate(_MARKUP)


def breakable(text: str) -> str:
    """The same to the eye; words of thirty letters and more may be broken where there is no room."""
    return LONG.sub(lambda found: found.group() + MAY_BREAK, text)


class Measured(QLabel):
    """A label that knows how high its words are at a width until they change.

    The layouts around it ask a hundred times before it is seen, and each time Qt would lay out every line anew.
    """

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._heights: dict[int, int] = {}

    def heightForWidth(self, width: int) -> int:
        """How high all lines are together at that width."""
        if width not in self._heights:
            self._heights[width] = self._high(width)
        return self._heights[width]

    def _high(self, width: int) -> int:
        return super().heightForWidth(width)

    def _write(self, text: str) -> None:
        """Show these words, in the font and the margins of now."""
        self.setText(text)
        self._heights.clear()
        self.updateGeometry()  # of the same words Qt does not say it, and they may be asked for while a font changes

    def _retheme(self) -> None:
        """Give the words the look that the theme has now."""


def dress_anew(moved: QWidget) -> None:
    """Let words that were moved to another parent look right: Qt gives them what its style sheet once put aside."""
    for label in moved.findChildren(Measured):
        label._retheme()


class Phrase(Measured):
    """Text in several looks on one flowing line: ``Phrase(theme, [("Amina", STRONG), (" she/her", SMALL)])``.

    The words are shown as they are: nothing in them is read as markup.
    """

    def __init__(
        self, theme: Theme, runs: Sequence[Run], *, wrap: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._runs = tuple(runs)
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.RichText)
        across = QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self._retheme)
        self._retheme()

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Show other words."""
        self._runs = tuple(runs)
        self._retheme()

    def words(self) -> str:
        """What is shown, as plain text."""
        return "".join(text for text, _ in self._runs)

    @Slot()
    def _retheme(self) -> None:
        self.setFont(self._theme.font())
        _sit(self, self._theme, max((look.size for _, look in self._runs), default=BODY.size))
        spans = "".join(self._span(text, look) for text, look in self._runs)
        self._write(f'<p style="margin:0;line-height:{LINE_HEIGHT}%;white-space:pre-wrap">{spans}</p>')

    def _span(self, text: str, look: Look) -> str:
        points = self._theme.font(look.size).pointSizeF()
        colour = self._theme.tokens.value(look.tone)
        return (
            f'<span style="font-size:{points:.2f}pt;font-weight:{look.weight};color:{colour}">'
            f"{escape(breakable(text))}</span>"
        )


class Text(Measured):
    """One piece of text in one look. It wraps unless told otherwise; nothing in it is read as markup."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        look: Look = BODY,
        *,
        wrap: bool = True,
        tone: Token | None = None,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = text
        self._selectable = selectable
        self._look = look if tone is None else replace(look, tone=tone)
        self._whole: tuple[float, Line] | None = None
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.RichText if wrap else Qt.TextFormat.PlainText)
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        theme.changed.connect(self._retheme)
        self._retheme()

    def set_text(self, text: str) -> None:
        """Show other words."""
        if text != self._words:
            self._words = text
            self._retheme()

    def set_tone(self, tone: Token) -> None:
        """Show the words in another colour of the theme."""
        self._look = replace(self._look, tone=tone)
        self._retheme()

    def words(self) -> str:
        """What is shown, as plain text."""
        return self._words

    def _high(self, width: int) -> int:
        """Where all words have room in one line, that is as high as any other line of this kind."""
        if not 0 < len(self._words) <= SHORT or not self.wordWrap() or not self._words.isprintable():
            return super()._high(width)
        if self._whole is None:
            self._whole = self._as_one_line()
        wide, line = self._whole
        if wide + SPARE > width:
            return super()._high(width)
        known = self._theme.lines
        if line not in known:
            # Asked again: nobody else is told the height of letters that Qt has changed meanwhile.
            _, line = self._whole = self._as_one_line()
            known[line] = super()._high(width)
        return known[line]

    def _as_one_line(self) -> tuple[float, Line]:
        """How wide the words are in one line, and all by which its height may differ from that of other words."""
        font, air = self.font(), self.contentsMargins().top()
        strange = frozenset(each for each in self._words if each > "~")  # some of these come from other fonts
        line = (font.key(), air, self.frameWidth(), self._look.line, strange)
        return QFontMetricsF(font).horizontalAdvance(self._words), line

    @Slot()
    def _retheme(self) -> None:
        self._whole = None
        self.setFont(self._font())
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.colour(self._look.tone))
        self.setPalette(palette)
        if self.wordWrap():
            _sit(self, self._theme, self._look.size * (self._look.line - 100) / (LINE_HEIGHT - 100))
            style = f"margin:0;line-height:{self._look.line}%;white-space:pre-wrap"
            words = self._words if self._selectable else breakable(self._words)
            self._write(f'<p style="{style}">{escape(words)}</p>')
        else:
            self._write(self._words)

    def _font(self) -> QFont:
        return self._theme.font(self._look.size, self._look.weight)


class SectionLabel(Text):
    """The small capitals above a group: ``WHAT THEY NEED``; screen readers hear ordinary words."""

    def __init__(self, theme: Theme, text: str, *, wrap: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(theme, text, LABEL, wrap=wrap, parent=parent)

    def _font(self) -> QFont:
        font = super()._font()
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 102)
        return font
