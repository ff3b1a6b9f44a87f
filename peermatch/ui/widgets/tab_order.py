"""The order in which Tab comes to controls that are made later than what stands around them."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def come_where_it_stands(row: QWidget, parts: Iterable[QWidget]) -> None:
    """Have Tab come to these parts of a row where the row stands in its window.

    By itself a control that is made later comes last, after everything else of the window.
    """
    before: QWidget | None = row.previousInFocusChain()
    while before is not None and before is not row and _passes(row, before):
        before = before.previousInFocusChain()
    first = [] if before is None or before is row else [before]
    for earlier, later in pairwise([*first, *parts]):
        QWidget.setTabOrder(earlier, later)


def _passes(row: QWidget, part: QWidget) -> bool:
    """Whether the keyboard does not stop there, or only within the row itself."""
    return row.isAncestorOf(part) or not part.focusPolicy() & Qt.FocusPolicy.TabFocus
