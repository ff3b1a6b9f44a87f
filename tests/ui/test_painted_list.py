"""A list that places its rows itself does what Qt's own does, and measures only the rows that somebody comes near."""

from collections.abc import Callable
from random import Random

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.painted_list import AT_ONCE
from peermatch.ui.widgets.queue_list import MadeRows, QueueModel, QueueRow, QueueView
from peermatch.ui.widgets.queue_painter import QueueDelegate
from peermatch.ui.widgets.row_heights import RowHeights
from tests.ui.conftest import Stage

WORDS = ["returning", "after", "illness,", "confidence,", "reasonable", "adjustments", "and", "feelings"]
WIDE, HIGH = 288, 500
Key = Qt.Key
Hint = QAbstractItemView.ScrollHint
KEYS = (
    *(Key.Key_Down, Key.Key_Up) * 2,
    *(Key.Key_PageDown, Key.Key_PageUp) * 3,
    *(Key.Key_Home, Key.Key_End, Key.Key_Left, Key.Key_Right),
)


def _row(number: int) -> QueueRow:
    chance = Random(number)
    said = " ".join(chance.choices(WORDS, k=chance.randint(1, 18)))
    heading = "Another day" if chance.random() < 0.1 else ""
    return QueueRow(f"E-{number:05d}", f"E-{number:05d}", said, "asked", "6 days", heading=heading)


class Oracle(QListView):
    """The same rows in Qt's own list, which lays out all of them."""

    def __init__(self, theme: Theme, rows: list[QueueRow]) -> None:
        super().__init__()
        model = QueueModel(theme, self)
        self.setModel(model)
        self.setItemDelegate(QueueDelegate(theme, model, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setProperty("bare", True)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        model.set_rows(rows)
        self.setCurrentIndex(model.index(0))


class Pair:
    """Both, beside each other, and what they show."""

    def __init__(
        self, theme: Theme, stage: Stage, count: int, make: Callable[[int], QueueRow] = _row
    ) -> None:
        rows = [make(number) for number in range(count)]
        self.qt, self.own = Oracle(theme, rows), QueueView(theme, name="Enquiries")
        self.own.set_rows(rows, current=rows[0].key)
        for view in (self.qt, self.own):
            stage.show(view, width=WIDE, height=HIGH)
        self.own.window().move(300, 0)  # the mouse is over one of them alone
        QApplication.processEvents()
        self.qt.doItemsLayout()

    def become(self, wide: int, high: int, hint: Hint, number: int | None = None) -> None:
        """Both so large, and then with a row in sight: the current one unless another is named."""
        for view in (self.qt, self.own):
            view.window().resize(wide, high)
            QApplication.processEvents()
            view.doItemsLayout()
            index = view.currentIndex() if number is None else view.model().index(number, 0)
            view.scrollTo(index, Hint.PositionAtTop)
            view.scrollTo(index, hint)

    def go_on_where_qt_is_stuck(self, here: int, key: Key) -> None:
        """A page stays where it is in Qt's list if the next row has no room beside it; ours goes to that row."""
        step = {Key.Key_PageDown: 1, Key.Key_PageUp: -1}.get(key, 0)
        if step and self.own.currentIndex().row() == here + step and self.qt.currentIndex().row() == here:
            rows = [
                self.qt.visualRect(self.qt.model().index(each, 0)).height() for each in (here, here + step)
            ]
            assert sum(rows) > self.qt.viewport().height()
            self.qt.setCurrentIndex(self.qt.model().index(here + step, 0))

    def both(self, work: Callable[..., object], *given: object) -> list[object]:
        """The answer of Qt's and of ours."""
        return [work(view, *given) for view in (self.qt, self.own)]

    def same(self, work: Callable[..., object], *given: object) -> object:
        """What both answer."""
        qt, own = self.both(work, *given)
        assert qt == own
        return own


def _shown(view: QListView) -> list[tuple[int, int, int]]:
    """The rows in sight, each with its place."""
    found, number = [], view.indexAt(QPoint(20, 0)).row()
    while number < view.model().rowCount():
        place = view.visualRect(view.model().index(number, 0))
        if place.top() >= view.viewport().height():
            break
        found.append((number, place.top(), place.height()))
        number += 1
    return found


def _go_to(view: QListView, number: int) -> None:
    view.setCurrentIndex(view.model().index(number, 0))


def _scroll_to(view: QListView, number: int) -> None:
    view.scrollTo(view.model().index(number, 0), Hint.PositionAtTop)


def _click(view: QListView, place: QPoint) -> None:
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def _chosen_place(view: QListView) -> QRect:
    return view.visualRegionForSelection(view.selectionModel().selection()).boundingRect()


def _chosen(view: QListView) -> tuple[int, list[int]]:
    return view.currentIndex().row(), [index.row() for index in view.selectedIndexes()]


HINTS = tuple(Hint)
COUNTS = [1, 3, 60, AT_ONCE, AT_ONCE + 1, 900]


@pytest.mark.parametrize("count", COUNTS)
def test_keys_lead_where_they_lead_in_qts_own_list(theme: Theme, stage: Stage, count: int) -> None:
    pair, chance = Pair(theme, stage, count), Random(count)
    for high in (HIGH, 90, 431, 60, 260, 700, 333):
        pair.become(WIDE, high, HINTS[high % len(HINTS)])
        for _ in range(60):
            key = chance.choice(KEYS)
            here = pair.own.currentIndex().row()
            pair.both(QTest.keyClick, key)
            pair.go_on_where_qt_is_stuck(here, key)
            pair.same(_chosen)
            pair.same(_shown)


@pytest.mark.parametrize("count", COUNTS)
def test_rows_stand_where_they_stand_in_qts_own_list(theme: Theme, stage: Stage, count: int) -> None:
    pair, chance = Pair(theme, stage, count), Random(count)
    for hint in HINTS * 6:
        number = chance.randrange(count)
        pair.become(chance.choice((200, 288, 333, 480)), chance.choice((70, 240, 510)), hint, number)
        pair.same(_shown)
        for place in (QPoint(-1, 5), QPoint(3, 0), QPoint(150, 64), QPoint(199, 69), QPoint(900, 5)):
            pair.same(lambda view, place: view.indexAt(place).row(), place)


@pytest.mark.parametrize("count", [60, 900])
def test_a_row_far_away_is_brought_as_far_into_sight_as_in_qts_own_list(
    theme: Theme, stage: Stage, count: int
) -> None:
    pair, chance = Pair(theme, stage, count), Random(count)
    for _ in range(30):
        number = chance.randrange(count)
        pair.both(_go_to, number)
        pair.same(_shown)
        pair.same(_chosen_place)


def test_a_page_is_as_long_from_a_row_that_nobody_has_come_near(theme: Theme, stage: Stage) -> None:
    for number in (300, 500, 700):
        for key in (Key.Key_PageDown, Key.Key_PageUp):
            pair = Pair(theme, stage, 900)
            for view in (pair.qt, pair.own):
                view.setAutoScroll(False)
                view.setCurrentIndex(view.model().index(number, 0))
                QTest.keyClick(view, key)
            assert pair.same(_chosen) != (number, [number])


def test_a_page_of_rows_that_fit_exactly(theme: Theme, stage: Stage) -> None:
    pair = Pair(theme, stage, 300, lambda number: QueueRow(f"E-{number}", f"E-{number}", "short"))
    pair.become(WIDE, 5 * pair.own.sizeHintForRow(0), Hint.EnsureVisible)
    for key, row in ((Key.Key_PageDown, 4), (Key.Key_PageDown, 8), (Key.Key_PageUp, 4), (Key.Key_PageUp, 0)):
        pair.both(QTest.keyClick, key)
        assert pair.same(_chosen) == (row, [row])
        pair.same(_shown)


def test_a_click_chooses_the_row_below_it(theme: Theme, stage: Stage) -> None:
    pair = Pair(theme, stage, 900)
    pair.both(_scroll_to, 600)
    for high in (5, 120, 300, 480):
        pair.both(_click, QPoint(90, high))
        pair.same(_chosen)
        pair.same(_shown)


def test_the_wheel_moves_what_is_seen_by_what_it_moves_in_qts_own_list(theme: Theme, stage: Stage) -> None:
    pair, chance = Pair(theme, stage, 900), Random(1)
    for start in (0, 450, 899):
        pair.both(_scroll_to, start)
        for _ in range(40):
            pair.both(_turn_wheel, chance.choice((-120, -120, 120, -360, 360, 15)))
            pair.same(_shown)


def _turn_wheel(view: QListView, by: int) -> None:
    place = QPoint(50, 50)
    event = QWheelEvent(
        place,
        view.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_what_is_chosen_and_what_the_mouse_rests_on_is_painted_as_in_qts_own_list(
    theme: Theme, stage: Stage
) -> None:
    pair = Pair(theme, stage, 900)
    pair.both(lambda view: view.setFocusPolicy(Qt.FocusPolicy.NoFocus))
    pair.both(lambda view: view.clearFocus())
    seen = []
    for place in (QPoint(60, 20), QPoint(60, 400)):
        seen.append(pair.same(_rested_on, place))
    pair.both(_scroll_to, 700)
    seen.append(pair.same(lambda view: view.viewport().grab().toImage()))
    assert seen[0] != seen[1] != seen[2]


def _rested_on(view: QListView, place: QPoint) -> QImage:
    QTest.mouseMove(view.viewport(), place)
    QApplication.processEvents()
    return view.viewport().grab().toImage()


def _long(theme: Theme, stage: Stage, made: list[int]) -> QueueView:
    def make(number: int) -> QueueRow:
        made.append(number)
        return _row(number)

    view = QueueView(theme, name="Enquiries")
    view.set_rows(MadeRows([_key(number) for number in range(40_000)], make), current=_key(0))
    stage.show(view, width=WIDE, height=HIGH)
    return view


def _key(number: int) -> str:
    return f"E-{number:05d}"


def test_a_long_list_makes_and_measures_only_what_somebody_comes_near(theme: Theme, stage: Stage) -> None:
    made: list[int] = []
    view = _long(theme, stage, made)
    view.grab()
    assert 3 < len(set(made)) < 100
    QTest.keyClick(view, Key.Key_End)
    view.grab()
    assert view.current() == _key(39_999)
    assert view.in_sight()[-1] == _key(39_999)
    assert len(set(made)) < 200
    view.set_current(_key(20_000))
    assert _key(20_000) in view.in_sight()
    assert len(set(made)) < 300
    assert view.picks() == ()


def test_a_long_list_stays_at_its_row_when_words_wrap_anew_or_the_rows_come_again(
    theme: Theme, stage: Stage
) -> None:
    view = _long(theme, stage, [])
    view.set_current(_key(25_000))
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 5_000)
    first = view.in_sight()[0]
    assert view.current() not in view.in_sight()
    view.window().resize(480, HIGH)
    QApplication.processEvents()
    assert view.in_sight()[0] == first
    before = _shown(view)
    view.set_rows(MadeRows([_key(number) for number in range(39_000)], _row))
    assert _shown(view) == before
    assert view.current() == _key(25_000)
    theme.set_scale(150)
    QApplication.processEvents()
    assert view.in_sight()[0] == first


def test_a_list_that_has_become_short_is_shown_from_its_beginning(theme: Theme, stage: Stage) -> None:
    view = _long(theme, stage, [])
    view.set_current(_key(25_000))
    view.set_rows([_row(number) for number in range(3)])
    QApplication.processEvents()
    assert view.in_sight() == tuple(_key(number) for number in range(3))
    view.set_rows([])
    QApplication.processEvents()
    assert view.in_sight() == ()
    assert view.verticalScrollBar().maximum() == 0


def test_a_screen_reader_finds_each_row_where_it_is_seen(theme: Theme, stage: Stage) -> None:
    pair = Pair(theme, stage, 900)
    for number in (0, 450, 899):
        pair.both(_go_to, number)
        assert pair.same(_heard, number) is not None


def _heard(view: QListView, number: int) -> object:
    """What a screen reader is told of one row, and what it finds at a place on the screen."""
    table = QAccessible.queryAccessibleInterface(view)
    row = table.child(number)
    place = row.rect().translated(-view.mapToGlobal(QPoint()))
    middle = view.mapToGlobal(view.visualRect(view.currentIndex()).center())
    below = table.childAt(middle.x(), middle.y())
    state = row.state()
    return (
        table.childCount(),
        table.role(),
        row.role(),
        row.text(QAccessible.Text.Name),
        place,
        below.text(QAccessible.Text.Name),
        (state.focused, state.selected, state.focusable, state.selectable),
    )


def test_heights_of_rows_that_were_not_measured_are_those_that_rows_usually_have() -> None:
    heights = RowHeights(1_000, 70)
    assert (heights.total, heights.at(0), heights.at(69_999), heights.at(70_000)) == (70_000, 0, 999, -1)
    heights.measure({0: 100, 500: 40})
    heights.measure({500: 50})
    assert [heights.top(number) for number in (0, 1, 500, 501, 1_000)] == [0, 100, 35_030, 35_080, 70_010]
    assert [heights.at(height) for height in (99, 100, 35_029, 35_030, 35_080)] == [0, 1, 499, 500, 501]
    assert (500 in heights, 499 in heights, heights.of(499), heights.of(500)) == (True, False, 70, 50)
    assert heights.between(-50, 100) == range(2)
    assert heights.between(70_009, 90_000) == range(999, 1_000)
    assert not heights.between(70_010, 90_000)
    assert not RowHeights().between(0, 500)
