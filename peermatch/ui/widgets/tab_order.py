"""The order in which Tab comes to controls that are made later than what stands around them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLabel,
    QLayout,
    QLineEdit,
    QScrollArea,
    QWidget,
)

_WHOLE = (QAbstractButton, QLabel, QLineEdit)
"""What holds no stop: most of a page is words, and to ask each for what it holds took most of the time.

What a field holds is Qt's own: to hand it over PySide6 first makes every class of object that it knows.
"""


class HoldsStop:
    """A field within which something of ours has the keyboard too: Tab comes to it right after the field."""

    inner_stop: QWidget


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


def come_as_laid_out(page: QWidget) -> None:
    """Have Tab come to everything within a page as its layouts put it, whenever its parts were made."""
    come_where_it_stands(page, stops(page))


def come_whole(page: QWidget) -> None:
    """The same for a page that was built just now: its rows stand in turn too, so that later parts find their place.

    Qt moves nothing in this order that never has the keyboard, so each of these may have it while it is moved.
    """
    parts = [page, *_all_within(page)]
    silent = [
        each for each in parts if each.focusPolicy() == Qt.FocusPolicy.NoFocus and each.focusProxy() is None
    ]
    for each in silent:
        each.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for earlier, later in pairwise(parts):
        QWidget.setTabOrder(earlier, later)
    for each in silent:
        each.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def _all_within(part: QWidget) -> Iterator[QWidget]:
    for below in _within(part):
        yield below
        yield from _all_within(below)


def stops(part: QWidget) -> Iterator[QWidget]:
    """What can have the keyboard, now or later: all choices of one frame, and an area that does not scroll yet."""
    stays = part.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(part, QScrollArea)
    if stays and part.focusProxy() is None:
        yield part
    for below in _within(part):
        yield from stops(below)


def stop_within(part: QWidget) -> QWidget | None:
    """Where Tab would stop first within a part now, if anywhere."""
    tab = Qt.FocusPolicy.TabFocus
    return next(
        (each for each in stops(part) if each.focusPolicy() & tab and each.isVisible() and each.isEnabled()),
        None,
    )


def _within(part: QWidget) -> list[QWidget]:
    if isinstance(part, _WHOLE):
        return [part.inner_stop] if isinstance(part, HoldsStop) else []
    if isinstance(part, QScrollArea):
        content = part.widget()
        return [content] if content is not None else []
    if isinstance(part, QAbstractScrollArea):
        return []
    layout = part.layout()
    below = [each for each in part.children() if isinstance(each, QWidget) and not each.isWindow()]
    laid = _laid(layout, below) if layout is not None else []
    known = {id(each) for each in laid}
    return [*laid, *(each for each in below if id(each) not in known)]


def _laid(layout: QLayout, among: Sequence[QWidget]) -> list[QWidget]:
    """Those of them that stand in a layout or one within it, in its order.

    It is asked where each of them stands and never for its items: PySide6 keeps what it handed out of these for as
    long as the layout lives, does not notice when Qt deletes one, and brings the program down when an object of ours
    that came to lie in the same place in memory goes (PySide6 6.11).
    """
    places = [(layout.indexOf(each), each) for each in among]
    found = [(place, [each]) for place, each in places if place >= 0]
    deeper = [each for place, each in places if place < 0]
    inner = [each for each in layout.children() if isinstance(each, QLayout)] if deeper else []
    found += [(layout.indexOf(each), _laid(each, deeper)) for each in inner]
    return [each for _, group in sorted(found, key=itemgetter(0)) for each in group]


def _passes(row: QWidget, part: QWidget) -> bool:
    """Whether the keyboard does not stop there, or only within the row itself.

    An area that scrolls around the row counts: it is a stop as soon as there is something to scroll.
    """
    if isinstance(part, QScrollArea) and part.isAncestorOf(row):
        return False
    return row.isAncestorOf(part) or not part.focusPolicy() & Qt.FocusPolicy.TabFocus
