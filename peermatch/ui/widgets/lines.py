"""Wrapped words for lists that paint their rows: measured and drawn with the same airy lines as labels."""

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter, QTextLayout, QTextOption

LINE_HEIGHT = 1.17
SPARE = 2
"""So much wider than its letters a line may be: a slanted last letter, or a bold one."""


class Ruler:
    """One font for many rows: each word is measured once, and lines end where the next word has no room.

    Laying out a line takes twenty times as long as adding up its words, and a list must know how high all its rows
    are before it can show the first. Words that are alone wider than the room are broken as labels break them.
    """

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.pitch = line_pitch(font)
        self._metrics = QFontMetricsF(font)
        self._space = self._metrics.horizontalAdvance(" ")
        self._words: dict[str, float] = {}

    def whole(self, text: str) -> float:
        """The width in which all words stand on one line."""
        words = text.split(" ")
        return sum(map(self._wide, words)) + self._space * (len(words) - 1) + SPARE if text else 0

    def height_of(self, text: str, width: int) -> int:
        """How high the words are when they may be that wide."""
        return len(self.lines(text, width)) * self.pitch

    def draw(self, painter: QPainter, rect: QRect, text: str) -> None:
        """Draw the words from the top of the rectangle, wrapped to its width."""
        _draw(painter, rect, self.lines(text, rect.width()), self.font)

    def lines(self, text: str, width: int) -> list[str]:
        """The words, line by line."""
        found: list[str] = []
        line: list[str] = []
        room, used = width - SPARE, -self._space
        for word in text.split(" "):
            wide = self._wide(word)
            if wide > room or "\n" in word:
                return _broken(self.font, text, width)
            if used + self._space + wide > room:
                found.append(" ".join(line))
                line, used = [], -self._space
            line.append(word)
            used += self._space + wide
        return [*found, " ".join(line)]

    def _wide(self, word: str) -> float:
        found = self._words.get(word)
        if found is None:
            found = self._words[word] = self._metrics.horizontalAdvance(word)
        return found


def line_pitch(font: QFont) -> int:
    """From one line to the next."""
    return round(QFontMetrics(font).height() * LINE_HEIGHT)


def height_of(font: QFont, text: str, width: int) -> int:
    """How high the words are when they may be that wide."""
    return len(_broken(font, text, width)) * line_pitch(font)


def longest_word(font: QFont, text: str) -> int:
    """The narrowest width in which no word is cut."""
    metrics = QFontMetrics(font)
    return max((metrics.horizontalAdvance(word) + 2 for word in text.split()), default=0)


def whole_line(font: QFont, text: str) -> int:
    """The width in which all words stand on one line."""
    return QFontMetrics(font).horizontalAdvance(text) + 2 if text else 0


def draw_lines(painter: QPainter, rect: QRect, text: str, font: QFont) -> None:
    """Draw the words from the top of the rectangle, wrapped to its width."""
    _draw(painter, rect, _broken(font, text, rect.width()), font)


def _draw(painter: QPainter, rect: QRect, lines: list[str], font: QFont) -> None:
    painter.setFont(font)
    pitch, metrics = line_pitch(font), QFontMetrics(font)
    baseline = rect.top() + (pitch - metrics.height()) / 2 + metrics.ascent()
    for number, line in enumerate(lines):
        painter.drawText(QPointF(rect.left(), baseline + number * pitch), line)


def _broken(font: QFont, text: str, width: int) -> list[str]:
    if "\n" not in text and whole_line(font, text) <= width:  # most are: asking is a tenth of laying out
        return [text.rstrip()]
    layout = QTextLayout(text, font)
    layout.setTextOption(_wrapping())
    layout.beginLayout()
    parts: list[str] = []
    units = text.encode("utf-16-le", "surrogatepass")
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        start = line.textStart()
        part = units[2 * start : 2 * (start + line.textLength())]
        parts.append(part.decode("utf-16-le", "surrogatepass").rstrip())
    layout.endLayout()
    return parts or [""]


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
