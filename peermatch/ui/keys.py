"""Keys that do something wherever the keyboard is in a widget."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def bind(parent: QWidget, pairs: Sequence[tuple[str, Callable[[], object]]]) -> None:
    """Connect key sequences to bound methods of the widget that they live with."""
    for keys, action in pairs:
        shortcut = QShortcut(QKeySequence(keys), parent)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(action)
