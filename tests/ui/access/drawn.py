"""Words as they are drawn: dark enough on what is light, and light enough on what is dark."""

import numpy as np
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from peermatch.ui.widgets.text import Phrase, Text

LEAST = 4.5


def faint(window: QWidget) -> list[str]:
    """Words that can hardly be read where they stand (WCAG 2.2, 1.4.3)."""
    picture = drawn(window)
    parts = ((words_of(part), clearest(picture, within(part))) for part in worded(window))
    return [f"faint, {clear:.1f}: {words}" for words, clear in parts if clear < LEAST]


def drawn(window: QWidget) -> np.ndarray:
    """The window as it looks, a number for each pixel."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32) & 0xFFFFFF
    return pixels.reshape(image.height(), image.bytesPerLine() // 4)[:, : image.width()]


def worded(window: QWidget) -> list[QLabel | QAbstractButton]:
    """What shows words, can be used now, and is in sight as a whole."""
    shown = [part for part in window.findChildren(QWidget) if part.isVisible() and part.isEnabled()]
    named = [part for part in shown if isinstance(part, QLabel | QAbstractButton) and words_of(part)]
    return [part for part in named if part.visibleRegion().boundingRect() == part.rect()]


def words_of(part: QLabel | QAbstractButton) -> str:
    """What stands on it, without the marks of its look."""
    return part.words().strip() if isinstance(part, Text | Phrase) else part.text().strip()


def within(part: QWidget) -> QRect:
    """Where it stands in its window."""
    return QRect(part.mapTo(part.window(), QPoint(0, 0)), part.size())


def clearest(picture: np.ndarray, place: QRect) -> float:
    """How clearly the clearest colour of a place stands out from the commonest, which is its ground."""
    cut = picture[place.top() : place.bottom() + 1, place.left() : place.right() + 1]
    colours, counts = np.unique(cut, return_counts=True)
    light = luminances(colours)
    ground = light[counts.argmax()]
    lighter, darker = np.maximum(light, ground), np.minimum(light, ground)
    return float(((lighter + 0.05) / (darker + 0.05)).max())


def luminances(colours: np.ndarray) -> np.ndarray:
    """Relative luminance as WCAG 2.2 defines it, of many colours at once."""
    channels = np.stack([(colours >> shift) & 0xFF for shift in (16, 8, 0)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return np.array([0.2126, 0.7152, 0.0722]) @ linear
