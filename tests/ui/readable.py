"""What a window must never show: cut words, parts over each other, controls without a name or too small to hit."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QFocusFrame,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)

LEAST_TARGET = 24
CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractScrollArea)


def problems(page: QWidget) -> list[str]:
    """Everything that is wrong with the visible parts of a page, in words; an empty list is the aim."""
    shown = [widget for widget in page.findChildren(QWidget) if widget.isVisible()]
    found = [f"cut: {told}" for widget in shown if (told := _cut(widget))]
    found += [f"too small: {_told(widget)}" for widget in shown if _too_small(widget)]
    found += [f"no name: {_told(widget)}" for widget in shown if _nameless(widget)]
    for parent in [page, *shown]:
        found += _overlaps(parent)
    return found


def accessible_name(widget: QWidget) -> str:
    """What a screen reader calls it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


def _told(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__} {words or widget.accessibleName()!r} {widget.geometry()}"


def _cut(widget: QWidget) -> str:
    if not isinstance(widget, QLabel | QAbstractButton):
        return ""
    high = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else 0
    narrow = widget.width() < widget.minimumSizeHint().width()
    return _told(widget) if narrow or widget.height() < high else ""


def _too_small(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton) and min(widget.width(), widget.height()) < LEAST_TARGET


def _nameless(widget: QWidget) -> bool:
    reachable = widget.focusPolicy().value & 1 and widget.isEnabled() and isinstance(widget, CONTROLS)
    return bool(reachable) and not accessible_name(widget)


def _overlaps(parent: QWidget) -> list[str]:
    if isinstance(parent, QLineEdit | QAbstractScrollArea):
        return []
    beside = [
        child
        for child in parent.children()
        if isinstance(child, QWidget)
        and child.isVisible()
        and not isinstance(child, QFocusFrame | QScrollBar)
    ]
    return [
        f"overlap: {_told(first)} and {_told(second)}"
        for number, first in enumerate(beside)
        for second in beside[number + 1 :]
        if first.geometry().intersects(second.geometry())
    ]
