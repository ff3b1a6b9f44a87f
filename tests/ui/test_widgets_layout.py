"""Layouts: nothing is cut, nothing overlaps, at every size of window and text; panes and lines give way in order."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel, Scroll, Tiles
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.columns import Columns, Pane
from peermatch.ui.widgets.flow import Flow, FlowLayout, Spread
from peermatch.ui.widgets.segmented import Segmented
from peermatch.ui.widgets.text import Text
from tests.ui.gallery import SCREENS, render
from tests.ui.readable import problems


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize(
    ("scale", "width", "height"), [(100, 1440, 900), (150, 1440, 900), (100, 1024, 700), (150, 1024, 700)]
)
def test_nothing_is_cut_or_overlaps_on_any_screen(
    theme: Theme, qtbot: QtBot, name: str, scale: int, width: int, height: int
) -> None:
    theme.set_scale(scale)
    page = render(theme, name, width, height)
    qtbot.addWidget(page)
    assert page.size().width() == width
    assert page.size().height() == height
    assert problems(page) == []


@pytest.mark.parametrize("name", SCREENS)
def test_a_live_change_of_size_cuts_nothing_either(theme: Theme, qtbot: QtBot, name: str) -> None:
    page = render(theme, name, 1440, 900)
    qtbot.addWidget(page)
    theme.set_scale(150)
    for _ in range(5):
        QApplication.processEvents()
    assert problems(page) == []


class Brick(QWidget):
    """A thing of a fixed size."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self.setFixedSize(width, height)


@settings(max_examples=40)
@given(
    sizes=st.lists(st.tuples(st.integers(1, 120), st.integers(1, 40)), min_size=1, max_size=12),
    width=st.integers(120, 500),
)
def test_flow_keeps_order_stays_inside_and_never_overlaps(
    qapp: QApplication, sizes: list[tuple[int, int]], width: int
) -> None:
    page = QWidget()
    flow = FlowLayout(page, gap=6)
    bricks = [Brick(*size) for size in sizes]
    for brick in bricks:
        flow.addWidget(brick)
        brick.show()
    height = flow.heightForWidth(width)
    flow.setGeometry(QRect(0, 0, width, height))
    places = [brick.geometry() for brick in bricks]
    assert all(place.left() >= 0 and place.right() < width for place in places)
    assert max(place.bottom() for place in places) == height - 1
    assert not any(a.intersects(b) for n, a in enumerate(places) for b in places[n + 1 :])
    lines = [place.center().y() for place in places]
    assert all(before <= after + 40 for before, after in pairwise(lines))


def test_flow_gets_higher_when_it_gets_narrower(theme: Theme) -> None:
    flow = Flow(theme, [Chip(theme, f"topic number {n}") for n in range(8)])
    layout = flow.layout()
    assert layout is not None
    heights = [layout.heightForWidth(width) for width in (1200, 400, 200)]
    assert heights == sorted(heights)
    assert heights[0] < heights[-1]


def test_flow_lets_go_of_what_is_no_longer_shown(theme: Theme, qtbot: QtBot) -> None:
    kept, gone = Chip(theme, "kept"), Chip(theme, "gone")
    flow = Flow(theme, [kept, gone])
    qtbot.addWidget(flow)
    flow.set_widgets([kept])
    assert flow.widgets() == [kept]
    with qtbot.waitSignal(gone.destroyed, timeout=1000):
        pass


def test_flow_mirrors_for_right_to_left(theme: Theme, qtbot: QtBot) -> None:
    first, second = Chip(theme, "first"), Chip(theme, "second")
    flow = Flow(theme, [first, second])
    flow.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.addWidget(flow)
    flow.resize(400, 60)
    flow.show()
    assert first.x() > second.x()


def test_spread_puts_the_second_below_where_it_has_no_room(theme: Theme, qtbot: QtBot) -> None:
    title = Text(theme, "6 people could help", wrap=False)
    order = Segmented(theme, [("a", "Best match"), ("b", "Least busy")], name="Order")
    spread = Spread(theme, title, order)
    qtbot.addWidget(spread)
    spread.resize(600, 40)
    spread.show()
    assert order.geometry().right() == 599
    assert title.y() < order.geometry().bottom()
    spread.resize(220, spread.heightForWidth(220))
    assert order.y() > title.geometry().bottom()
    assert not order.geometry().intersects(title.geometry())


def test_tiles_become_fewer_in_even_rows(theme: Theme, qtbot: QtBot) -> None:
    tiles = Tiles(theme, columns=4, least=150)
    parts = [Text(theme, f"fact {n}") for n in range(4)]
    tiles.set_tiles(parts)
    qtbot.addWidget(tiles)
    tiles.resize(800, 200)
    tiles.show()
    QApplication.processEvents()
    assert len({part.y() for part in parts}) == 1
    tiles.resize(500, 200)
    QApplication.processEvents()
    assert len({part.y() for part in parts}) == 2
    assert len({part.x() for part in parts}) == 2


def _columns(theme: Theme, qtbot: QtBot) -> tuple[Columns, list[QWidget]]:
    panes: list[QWidget] = [Panel(theme) for _ in range(3)]
    columns = Columns(
        theme,
        [Pane(panes[0], 288, 220), Pane(panes[1], 0, 300), Pane(panes[2], 520, 320)],
        fold=("Queue", "Letter"),
    )
    qtbot.addWidget(columns)
    columns.resize(1232, 700)
    with qtbot.waitActive(columns):
        columns.show()
        columns.activateWindow()
    return columns, panes


def test_columns_have_their_wished_widths_where_there_is_room(theme: Theme, qtbot: QtBot) -> None:
    columns, panes = _columns(theme, qtbot)
    assert [pane.width() for pane in panes] == [288, 424 - 2 * columns.handle.width(), 520]
    assert columns.handle.x() == 288
    assert not columns.folded


def test_columns_get_narrower_before_one_steps_aside(theme: Theme, qtbot: QtBot) -> None:
    columns, panes = _columns(theme, qtbot)
    columns.resize(900, 700)
    widths = [pane.width() for pane in panes]
    assert sum(widths) == 900 - 2 * columns.handle.width()
    assert widths[0] >= 220
    assert widths[1] >= 300
    assert widths[2] >= 320
    assert all(pane.isVisible() for pane in panes)


def test_one_pane_steps_aside_and_comes_back_by_keyboard(theme: Theme, qtbot: QtBot) -> None:
    columns, panes = _columns(theme, qtbot)
    columns.resize(700, 600)
    assert columns.folded
    assert [pane.isVisible() for pane in panes] == [False, True, True]
    segments = columns.findChild(Segmented)
    assert isinstance(segments, Segmented)
    taken = next(button for button in segments.segments() if button.isChecked())
    taken.setFocus()
    QTest.keyClick(taken, Qt.Key.Key_Left)
    assert [pane.isVisible() for pane in panes] == [True, False, False]
    columns.show_main()
    assert [pane.isVisible() for pane in panes] == [False, True, True]
    columns.show_aside()
    columns.resize(1232, 700)
    assert all(pane.isVisible() for pane in panes)


def test_a_list_is_made_wider_by_keys_and_by_the_mouse_and_others_follow(theme: Theme, qtbot: QtBot) -> None:
    columns, panes = _columns(theme, qtbot)
    handle = columns.handle
    assert handle.accessibleName() == "Width: Queue"
    assert handle.focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.keyClick(handle, Qt.Key.Key_Right)
    wider = panes[0].width()
    assert abs(wider - (288 + 16)) <= 2
    assert theme.lists > 100
    QTest.keyClick(handle, Qt.Key.Key_Left)
    QTest.keyClick(handle, Qt.Key.Key_Left)
    assert panes[0].width() < 288
    QTest.keyClick(handle, Qt.Key.Key_Home)
    assert panes[0].width() == 288
    middle = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(handle, middle + QPoint(60, 0))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=handle.rect().center())
    assert abs(panes[0].width() - (288 + 60)) <= 3
    QTest.mouseDClick(handle, Qt.MouseButton.LeftButton)
    assert (theme.lists, panes[0].width()) == (100, 288)
    for _ in range(40):
        QTest.keyClick(handle, Qt.Key.Key_Left)
    assert panes[0].width() == 220  # its least
    columns.resize(700, 600)
    assert not handle.isVisible()


def _at_rest() -> None:
    for _ in range(4):
        QApplication.processEvents()


def test_what_a_line_needs_is_asked_again_when_a_part_changes(theme: Theme, qtbot: QtBot) -> None:
    page = Panel(theme)
    words, chip = Text(theme, "short"), Chip(theme, "one")
    flow = Flow(theme, (chip,))
    spread = Spread(theme, words, flow)
    column = Column(theme, page)
    column.addWidget(spread)
    column.addStretch(1)
    qtbot.addWidget(page)
    page.resize(260, 300)
    page.show()
    low = spread.height()
    words.set_text("words that are so many that they must go on in a second line and in a third " * 2)
    _at_rest()
    assert spread.height() > low
    words.set_text("short")
    _at_rest()
    assert spread.height() == low
    flow.set_widgets([Chip(theme, f"a chip of some width {number}") for number in range(4)])
    _at_rest()
    assert spread.height() > low
    assert problems(page) == []


def test_a_scroll_area_can_be_reached_only_while_it_scrolls(theme: Theme, qtbot: QtBot) -> None:
    content = QWidget()
    column = Column(theme, content)
    for number in range(30):
        column.addWidget(Text(theme, f"line {number}"))
    scroll = Scroll(content, name="Lines")
    qtbot.addWidget(scroll)
    scroll.resize(300, 200)
    scroll.show()
    QApplication.processEvents()
    assert scroll.focusPolicy() == Qt.FocusPolicy.TabFocus
    QTest.keyClick(scroll, Qt.Key.Key_PageDown)
    assert scroll.verticalScrollBar().value() > 0
    scroll.resize(300, 2000)
    QApplication.processEvents()
    assert scroll.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_the_checker_itself_sees_what_is_wrong(theme: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(300, 100)
    first, second = QPushButton("", page), Text(theme, "so many words that they wrap", parent=page)
    first.setGeometry(0, 0, 20, 20)
    second.setGeometry(10, 10, 60, 10)
    page.show()
    kinds = {problem.split(":")[0] for problem in problems(page)}
    assert kinds == {"cut", "too small", "no name", "overlap"}


def test_what_is_scrolled_is_measured_only_when_it_is_about_to_be_seen(qtbot: QtBot, theme: Theme) -> None:
    content, top = QWidget(), QWidget()
    column, words = Column(theme, content), [Text(theme, f"line {n}") for n in range(60)]
    for each in words:
        column.addWidget(each)
    scroll = Scroll(content, name="Lines")
    Column(theme, top).addWidget(scroll)
    assert scroll.widget() is content
    assert content.window() is top
    assert not content.testAttribute(Qt.WidgetAttribute.WA_Resized)
    qtbot.addWidget(top)
    top.resize(300, 200)
    top.show()
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() > 0)
    assert scroll.minimumWidth() >= content.minimumSizeHint().width()
    scroll.ensureWidgetVisible(words[-1])
    assert scroll.verticalScrollBar().value() > 0


def test_what_is_scrolled_is_laid_out_at_the_width_that_it_has(qtbot: QtBot, theme: Theme) -> None:
    class Wide(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.widths: list[int] = []

        def resizeEvent(self, event: QResizeEvent) -> None:
            self.widths.append(event.size().width())

    content = Wide()
    Column(theme, content).addWidget(Text(theme, "words that would like to be in one line " * 20))
    scroll = Scroll(content, name="Words")
    qtbot.addWidget(scroll)
    scroll.resize(300, 2000)
    scroll.show()
    QApplication.processEvents()
    assert set(content.widths) == {300}


def test_a_part_can_be_asked_for_before_anything_was_shown(theme: Theme) -> None:
    content = QWidget()
    words = Text(theme, "words")
    Column(theme, content).addWidget(words)
    scroll = Scroll(content)
    scroll.ensureWidgetVisible(words)
    assert scroll.widget() is content
    scroll.deleteLater()


def test_the_keyboard_never_stays_where_there_is_no_room(theme: Theme, qtbot: QtBot) -> None:
    columns, panes = _columns(theme, qtbot)
    within = QPushButton("within", panes[0])
    within.show()
    columns.resize(600, 700)
    assert not within.isVisible()
    within.setFocus()
    columns.resize(610, 700)
    held = QApplication.focusWidget()
    assert held is not None
    assert held.isVisible()
    assert isinstance(held.parentWidget(), Segmented)
