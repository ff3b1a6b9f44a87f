"""The way of the keyboard through a window: where Tab stops, in which order, and whether it can be seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QRadioButton, QScrollArea, QTableView, QWidget

from peermatch.ui.tokens import Tokens
from tests.ui.real_networks import focused

TAB, BACK = Qt.Key.Key_Tab, Qt.Key.Key_Backtab
MOST = 250
AROUND = 6
"""How far the ring reaches beyond a control."""
RING = 60
"""Pixels in the ring's colour that nobody overlooks; a whole ring has hundreds."""


def told(part: QWidget) -> str:
    """A control as a person could find it."""
    return f"{type(part).__name__} {part.accessibleName()!r}"


def place(part: QWidget) -> QRect:
    """Where it stands in its window, were nothing scrolled."""
    window = part.window()
    corner, above = part.mapTo(window, QPoint(0, 0)), part.parentWidget()
    while above is not None and above is not window:
        if isinstance(above, QScrollArea):
            corner += QPoint(above.horizontalScrollBar().value(), above.verticalScrollBar().value())
        above = above.parentWidget()
    return QRect(corner, part.size())


def takes_tab(part: QWidget) -> bool:
    """Whether Tab should stop here: of choices in one frame at the one that is taken."""
    usable = part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
    if not usable or part.focusProxy() is not None:
        return False
    return not isinstance(part, QRadioButton) or part.isChecked()


@dataclass(frozen=True, slots=True)
class Walk:
    """One way round: the stops in order, and what was wrong on the way."""

    stops: tuple[QWidget, ...]
    faults: tuple[str, ...]


class Walker:
    """Presses Tab in a window until it is back where it began."""

    def __init__(self, window: QWidget, tokens: Tokens) -> None:
        self._window = window
        self._ring = QColor(tokens.focus).rgb()

    def round(self, first: QWidget, key: Qt.Key = TAB) -> Walk:
        """All stops from ``first`` to ``first``, each with its ring seen and the whole control in sight."""
        first.setFocus(Qt.FocusReason.TabFocusReason)
        stops = [focused()]
        faults = list(self._hidden(stops[0]))
        while len(stops) < MOST:
            before = stops[-1]
            with_ring, stood = self._around(before), before.mapToGlobal(QPoint(0, 0))
            QTest.keyClick(before, key)
            now = focused()
            if now is before:
                return Walk(tuple(stops), (*faults, f"caught in {told(now)}"))
            comparable = before.mapToGlobal(QPoint(0, 0)) == stood and not before.isAncestorOf(now)
            without = self._count(self._around(before)) if comparable else 0
            if self._count(with_ring) - without < RING:
                faults.append(f"no ring: {told(before)}")
            if now is stops[0]:
                return Walk(tuple(stops), tuple(faults))
            if now in stops:
                return Walk(tuple(stops), (*faults, f"caught between {told(now)} and {told(before)}"))
            stops.append(now)
            faults += self._hidden(now)
        return Walk(tuple(stops), (*faults, "the way round has no end"))

    def _around(self, part: QWidget) -> QImage:
        corner = part.mapTo(self._window, QPoint(0, 0))
        room = QRect(corner, part.size()).adjusted(-AROUND, -AROUND, AROUND, AROUND)
        seen = room & self._window.rect()
        return self._window.grab(seen).toImage() if not seen.isEmpty() else QImage()

    def _count(self, image: QImage) -> int:
        """How much of a picture has the colour of the ring."""
        if image.isNull():
            return 0
        plain = image.convertToFormat(QImage.Format.Format_RGB32)
        return int((np.frombuffer(plain.constBits(), np.uint32) == self._ring).sum())

    def _hidden(self, part: QWidget) -> Iterator[str]:
        """What has the keyboard must be in sight: nothing may lie over it, and lists scroll to it."""
        if part.visibleRegion().isEmpty():
            yield f"out of sight: {told(part)}"


def left_out(page: QWidget, stops: tuple[QWidget, ...]) -> list[str]:
    """Controls that Tab never comes to; scroll areas count only where somebody said that they are stops."""
    parts = [
        part for part in page.findChildren(QWidget) if takes_tab(part) and not isinstance(part, QScrollArea)
    ]
    return [told(part) for part in parts if part not in stops]


def seen_in(part: QWidget, other: QWidget) -> QWidget:
    """The part itself, or what scrolls it while the other stays: nothing is seen beyond the edge of that."""
    seen, above = part, part.parentWidget()
    while above is not None and not above.isAncestorOf(other):
        seen = above if isinstance(above, QScrollArea) else seen
        above = above.parentWidget()
    return seen


def against_reading(stops: tuple[QWidget, ...]) -> list[str]:
    """Each step that goes up without going right, or left without going down."""
    found = []
    for one, two in pairwise(stops):
        before, after = place(seen_in(one, two)), place(seen_in(two, one))
        up, right = after.bottom() < before.top(), after.left() > before.right()
        left, down = after.right() < before.left(), after.top() > before.bottom()
        if (up and not right) or (left and not down):
            found.append(f"from {told(one)} to {told(two)}")
    return found


def is_list(part: QWidget) -> bool:
    """Whether arrow keys walk within it."""
    return isinstance(part, QListView | QTableView)
