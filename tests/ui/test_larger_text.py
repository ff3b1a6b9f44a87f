"""Large text in a small window: nothing is cut, and the ring of the keyboard is whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from peermatch.ui.main_window import MainWindow
from peermatch.ui.screens.enquiries import EnquiriesScreen
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Scroll
from peermatch.ui.widgets.table import GridTable
from tests.ui.access.keyboard import takes_tab
from tests.ui.real_networks import doors, in_sight, settled, work_of
from tests.ui.sample_office import sample

SMALL = (1024, 700)
REACH = 4
"""How far the ring stands around a control, in pixels of any screen."""


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[MainWindow]:
    shown = MainWindow(doors(), Tasks(AtOnce()), theme, services=sample(tmp_path))
    with in_sight(shown, qtbot) as window:
        yield window
    theme.cover.set_on(False)


def go(window: MainWindow, key: str) -> QWidget:
    window.show_screen(key)
    settled(window)
    return work_of(window).current


def enlarge(window: MainWindow, theme: Theme) -> None:
    window.resize(*SMALL)
    theme.set_scale(200)
    settled(window)


@pytest.mark.parametrize("covered", [False, True])
@pytest.mark.parametrize("key", ["enquiries", "supporters", "consent", "resources", "insight"])
def test_the_bar_above_has_room_for_its_words(
    window: MainWindow, theme: Theme, key: str, covered: bool
) -> None:
    enlarge(window, theme)
    theme.cover.set_on(covered)
    go(window, key)
    bar = work_of(window).bar
    shown = [each for each in bar.findChildren(QAbstractButton) if each.isVisible()]
    assert (bar.covered in shown) is covered
    assert [each.text() for each in shown if each.width() < each.sizeHint().width()] == []
    assert bar.rect().contains(bar.help.geometry())


def test_of_a_record_only_the_table_goes_sideways(window: MainWindow, theme: Theme) -> None:
    enlarge(window, theme)
    screen = go(window, "supporters")
    parts = [each for each in screen.findChildren(QWidget) if each.isVisible() and takes_tab(each)]
    edges = {each.mapTo(window, QPoint(each.width(), 0)).x() for each in parts}
    assert max(edges) <= window.width()
    tables = [each for each in screen.findChildren(GridTable) if each.isVisible()]
    wide = [each for each in tables if each.horizontalScrollBar().maximum() > 0]
    assert wide
    for table in wide:
        last = table.model().columnCount() - 1
        table.setCurrentIndex(table.model().index(0, last))
        seen = table.visualRect(table.model().index(0, last))
        assert table.viewport().rect().right() >= seen.right()
        high = table.rowViewportPosition(table.model().rowCount() - 1) + table.rowHeight(
            table.model().rowCount() - 1
        )
        assert table.viewport().height() >= high


@pytest.mark.parametrize("page", ["letter", "details", "history"])
def test_the_ring_has_room_on_the_pages_of_an_enquiry(window: MainWindow, page: str) -> None:
    screen = go(window, "enquiries")
    assert isinstance(screen, EnquiriesScreen)
    pane = screen.pane
    pane.show_page(page)
    settled(window)
    scroll = next(
        each for each in screen.findChildren(Scroll) if each.isVisible() and pane.isAncestorOf(each)
    )
    stops = [each for each in scroll.widget().findChildren(QWidget) if takes_tab(each)]
    near = [each for each in stops if each.mapTo(scroll.viewport(), QPoint(0, 0)).x() < REACH]
    assert stops or page == "history"
    assert near == []


def test_the_ring_closes_beside_the_edge_of_the_window(window: MainWindow, theme: Theme) -> None:
    screen = go(window, "introductions")
    scroll = next(
        each
        for each in screen.findChildren(Scroll)
        if each.isVisible() and each.verticalScrollBar().maximum()
    )
    scroll.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(scroll, Qt.Key.Key_Shift)
    settled(window)
    middle = scroll.mapTo(window, QPoint(scroll.width(), scroll.height() // 2))
    edge = window.grab().toImage()
    yellow = theme.colour("focus").rgb()
    assert yellow in {edge.pixel(window.width() - 1 - back, middle.y()) for back in range(2 * REACH)}
