"""Facts of a layout beyond what single parts say: inside their frame, never sideways, no scrolling that catches one."""

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

from tests.ui.readable import problems

FILLS = 0.8
"""An inner part that scrolls and takes up so much of an outer one that scrolls leaves nowhere to move the outer by."""
ARROW = 24
WORDY = (QLabel, QAbstractButton, QLineEdit, QComboBox)


def layout_problems(window: QWidget) -> list[str]:
    """Everything that is wrong with what a window shows; an empty list is the aim."""
    shown = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
    scrolling = [each for each in shown if isinstance(each, QAbstractScrollArea)]
    found = problems(window)
    found += [f"outside: {told(each)}" for each in shown if isinstance(each, WORDY) and _outside(each)]
    found += [f"sideways: {told(each)}" for each in scrolling if _sideways(each)]
    found += [f"trap: {told(each)}" for each in scrolling if _trap(each)]
    found += [f"cut inside: {told(each)}" for each in shown if _cut_inside(each)]
    return found


def told(widget: QWidget) -> str:
    """Which one it is."""
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    name = words or widget.accessibleName() or widget.objectName()
    return f"{type(widget).__name__} {name[:60]!r} {widget.geometry().getRect()}"


def _outside(widget: QWidget) -> bool:
    """Whether something around it cuts it off; what scrolls up and down may stand below the edge."""
    child: QWidget | None = widget
    while child is not None and not child.isWindow():
        around = child.parentWidget()
        if around is None:
            return False
        place, room = child.geometry(), around.rect()
        scrolled = isinstance(around.parentWidget(), QAbstractScrollArea)
        if place.left() < 0 or place.right() > room.right():
            return True
        if not scrolled and (place.top() < 0 or place.bottom() > room.bottom()):
            return True
        child = around
    return False


def _sideways(area: QAbstractScrollArea) -> bool:
    return area.horizontalScrollBar().isVisible()


def _scrolls(area: QAbstractScrollArea) -> bool:
    return area.verticalScrollBar().maximum() > 0


def _trap(area: QAbstractScrollArea) -> bool:
    outer = area.parentWidget()
    while outer is not None:
        if isinstance(outer, QAbstractScrollArea) and _scrolls(outer):
            return _scrolls(area) and area.height() >= FILLS * outer.viewport().height()
        outer = outer.parentWidget()
    return False


def _cut_inside(widget: QWidget) -> bool:
    """Whether a choice or the hint in an empty field is longer than its field and no tooltip says it whole."""
    if isinstance(widget, QComboBox):
        words = widget.currentText()
    elif isinstance(widget, QLineEdit):
        words = "" if widget.text() else widget.placeholderText()
    else:
        return False
    long = widget.fontMetrics().horizontalAdvance(words) > widget.width() - ARROW / 2
    return long and words not in widget.toolTip()
