"""Wrapped words for lists that paint their rows: measured and drawn with the same airy lines as labels."""

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption

LINE_HEIGHT = 1.17


def line_pitch(font: QFont) -> int:
    """From one line to the next."""
    return round(QFontMetrics(font).height() * LINE_HEIGHT)


def height_of(font: QFont, text: str, width: int) -> int:
    """How high the words are when they may be that wide."""
    alone = "\n" not in text and whole_line(font, text) <= width  # most are: asking is a tenth of laying out
    return (1 if alone else len(_broken(font, text, width))) * line_pitch(font)


def longest_word(font: QFont, text: str) -> int:
    """The narrowest width in which no word is cut."""
    metrics = QFontMetrics(font)
    return max((metrics.horizontalAdvance(word) + 2 for word in text.split()), default=0)


def whole_line(font: QFont, text: str) -> int:
    """The width in which all words stand on one line."""
    return QFontMetrics(font).horizontalAdvance(text) + 2 if text else 0


def draw_lines(painter: QPainter, rect: QRect, text: str, font: QFont) -> None:
    """Draw the words from the top of the rectangle, wrapped to its width."""
    painter.setFont(font)
    pitch, metrics = line_pitch(font), QFontMetrics(font)
    baseline = rect.top() + (pitch - metrics.height()) / 2 + metrics.ascent()
    for number, line in enumerate(_broken(font, text, rect.width())):
        painter.drawText(QPointF(rect.left(), baseline + number * pitch), line)


def _broken(font: QFont, text: str, width: int) -> list[str]:
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
