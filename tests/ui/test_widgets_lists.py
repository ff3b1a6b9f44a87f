"""Navigation, queue and table: keys, places that stay, spoken rows, covered names."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import IconButton
from peermatch.ui.widgets.nav import NavItem, NavList
from peermatch.ui.widgets.queue_list import QueueRow, QueueView
from peermatch.ui.widgets.queue_painter import MOST_HEIGHTS, QueueDelegate
from peermatch.ui.widgets.table import Cell, GridTable, Heading
from peermatch.ui.widgets.text import TINY, Look
from peermatch.ui.widgets.top_bar import SearchButton, TopBar
from tests.steps import calls
from tests.ui.conftest import Stage
from tests.ui.readable import accessible_name
from tests.ui.replica_shell import PLACES


def _nav(theme: Theme, stage: Stage) -> tuple[NavList, QWidget]:
    nav = NavList(theme, PLACES)
    return nav, stage.show(nav, width=208, height=700)


def test_alt_and_a_figure_goes_to_the_screen(theme: Theme, stage: Stage) -> None:
    nav, page = _nav(theme, stage)
    heard: list[str] = []
    nav.chosen.connect(heard.append)
    QTest.keyClick(page, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert heard == ["supporters", "enquiries"]
    assert nav.current() == "enquiries"


def test_arrows_walk_without_leaving_the_screen_and_enter_goes(theme: Theme, stage: Stage) -> None:
    nav, page = _nav(theme, stage)
    items = nav.findChildren(NavItem)
    heard: list[str] = []
    nav.chosen.connect(heard.append)
    items[0].setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(page.focusWidget(), key)
    assert heard == []
    assert page.focusWidget() is items[1]
    QTest.keyClick(items[1], Qt.Key.Key_Return)
    assert heard == ["enquiries"]
    QTest.keyClick(items[1], Qt.Key.Key_End)
    assert page.focusWidget() is items[-1]
    QTest.keyClick(items[-1], Qt.Key.Key_Home)
    assert page.focusWidget() is items[0]


def test_counters_and_the_current_screen_are_told(theme: Theme, stage: Stage) -> None:
    nav, _page = _nav(theme, stage)
    nav.set_counter("consent", "6 due")
    nav.set_current("consent")
    item = next(item for item in nav.findChildren(NavItem) if item.place.key == "consent")
    assert accessible_name(item) == "Consent, 6 due"
    assert item.accessibleDescription() == "current screen"
    assert item.toolTip() == "Consent, 6 due (Alt+5)"
    nav.set_counter("consent", "")
    assert accessible_name(item) == "Consent"


def test_pressing_the_current_screen_again_keeps_it(theme: Theme, stage: Stage) -> None:
    nav, _page = _nav(theme, stage)
    item = nav.findChildren(NavItem)[0]
    QTest.mouseClick(item, Qt.MouseButton.LeftButton)
    assert item.current
    assert nav.current() == "today"


def test_a_small_window_gets_icons_that_keep_their_names(theme: Theme, stage: Stage) -> None:
    nav, _page = _nav(theme, stage)
    nav.set_foot([("North West peer support", TINY)])
    nav.fit_to(1024)
    assert nav.width() == 64
    assert accessible_name(nav.findChildren(NavItem)[1]) == "Enquiries"
    nav.fit_to(1440)
    assert nav.width() == 208


def test_a_sign_stands_for_a_warning_that_has_no_room(theme: Theme, qtbot: QtBot, stage: Stage) -> None:
    nav, _page = _nav(theme, stage)
    nav.set_foot([("North West", TINY), ("\nno backup yet", Look(12, 400, "wait"))])
    sign = nav.findChild(IconButton)
    assert isinstance(sign, IconButton)
    assert sign.isHidden()
    nav.fit_to(1024)
    assert sign.isVisible()
    assert accessible_name(sign) == sign.toolTip() == "no backup yet"
    with qtbot.waitSignal(nav.worried, timeout=500):
        QTest.keyClick(sign, Qt.Key.Key_Return)
    nav.set_foot([("North West", TINY), ("\nbacked up today", Look(12, 400, "good"))])
    assert sign.isHidden()


def test_the_bar_shortens_its_search_before_words_go_below(theme: Theme, qtbot: QtBot, stage: Stage) -> None:
    bar = TopBar(theme, "Enquiries", action="New enquiry")
    bar.set_note("received by e-mail, Thu 19 Nov · reply promised by Tue 24 Nov")
    page = stage.show(bar, width=1230, height=60)
    search = bar.findChild(SearchButton)
    assert isinstance(search, SearchButton)
    wide, high = search.width(), bar.height()
    page.resize(860, 60)
    QApplication.processEvents()
    assert search.width() < wide
    assert bar.height() == high
    page.resize(560, 120)
    QApplication.processEvents()
    assert bar.height() > high
    with qtbot.waitSignal(bar.searched, timeout=500):
        QTest.keyClick(search, Qt.Key.Key_Return)
    with qtbot.waitSignal(bar.acted, timeout=500):
        bar.action.click()


ROWS = [
    QueueRow("E-1", "E-1", "Return after sickness", "asked 1", "6 days", "wait"),
    QueueRow("E-2", "E-2", "Late ADHD diagnosis", "nobody asked yet", "2 days"),
    QueueRow("E-3", "E-3", "Situation at home", "not triaged", "check safety first", "risk"),
]


def _queue(theme: Theme, stage: Stage) -> QueueView:
    view = QueueView(theme, name="Enquiries")
    view.set_rows(ROWS, current="E-1")
    stage.show(view, width=288, height=500)
    view.setFocus()
    return view


def test_rows_that_came_before_the_list_was_seen_are_measured_and_found(theme: Theme, stage: Stage) -> None:
    view = QueueView(theme, name="Enquiries")
    long = "Returning after illness, confidence and impostor feelings, getting reasonable adjustments " * 2
    view.set_rows(
        [QueueRow(f"E-{n}", f"E-{n}", long, "nobody asked yet") for n in range(300)], current="E-200"
    )
    first = view.sizeHintForRow(0)
    stage.show(view, width=288, height=500)
    assert view.sizeHintForRow(0) > first
    place = view.visualRect(view.currentIndex())
    assert place.height() == view.sizeHintForRow(200)
    assert view.viewport().rect().contains(place)


@pytest.mark.parametrize(("down", "up"), [(Qt.Key.Key_Down, Qt.Key.Key_Up), (Qt.Key.Key_J, Qt.Key.Key_K)])
def test_arrows_and_letters_walk_the_queue(
    theme: Theme, qtbot: QtBot, stage: Stage, down: Qt.Key, up: Qt.Key
) -> None:
    view = _queue(theme, stage)
    heard: list[str] = []
    view.chosen.connect(heard.append)
    for key in (down, down, down, up):
        QTest.keyClick(view, key)
    assert heard == ["E-2", "E-3", "E-2"]
    with qtbot.waitSignal(view.opened, timeout=500) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["E-2"]


def test_new_rows_keep_the_current_one_and_tell_nobody(theme: Theme, qtbot: QtBot, stage: Stage) -> None:
    view = _queue(theme, stage)
    view.set_current("E-2")
    with qtbot.assertNotEmitted(view.chosen):
        view.set_rows([QueueRow("E-0", "E-0"), *ROWS])
    assert view.current() == "E-2"
    with qtbot.assertNotEmitted(view.chosen):
        view.set_rows([ROWS[0]])
    assert view.current() == "E-1", "the keyboard is there, and its row is gone"
    assert view.rows() == (ROWS[0],)


def test_other_rows_under_the_keyboard_begin_with_the_first(theme: Theme, qtbot: QtBot, stage: Stage) -> None:
    view = _queue(theme, stage)
    view.setFocus(Qt.FocusReason.OtherFocusReason)
    with qtbot.assertNotEmitted(view.chosen):
        view.set_rows([QueueRow("a", "Anna"), QueueRow("b", "Ben")])
    assert view.current() == "a"
    QTest.keyClick(view, Qt.Key.Key_J)
    assert view.current() == "b"
    view.clearFocus()
    view.set_rows([QueueRow("c", "Cleo")])
    assert view.current() == ""


def test_the_list_stays_where_it_was(theme: Theme, stage: Stage) -> None:
    view = _queue(theme, stage)
    rows = [QueueRow(f"E-{n}", f"E-{n}", "summary", "state") for n in range(60)]
    view.set_rows(rows, current="E-20")
    QApplication.processEvents()
    view.verticalScrollBar().setValue(900)
    view.set_rows(rows)
    assert view.verticalScrollBar().value() == 900


def test_a_row_is_spoken_whole_and_covered_names_are_not(theme: Theme, stage: Stage) -> None:
    view = _queue(theme, stage)
    row = QueueRow("s1", "Amina Rahman", "ST6 anaesthetics", "", "free", "good", covered=True)
    view.set_rows([row, ROWS[2]])
    index = view.model().index(0, 0)
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert index.data(spoken) == "Amina Rahman, free, ST6 anaesthetics"
    open_picture = view.grab().toImage()
    theme.cover.toggle()
    assert "Amina" not in index.data(spoken)
    assert view.model().index(1, 0).data(spoken).startswith("E-3, check safety first")
    assert view.grab().toImage() != open_picture


def test_a_row_that_wraps_is_higher(theme: Theme, stage: Stage) -> None:
    view = _queue(theme, stage)
    view.set_rows(
        [QueueRow("a", "A", "short"), QueueRow("b", "B", "a summary that needs several lines " * 3)]
    )
    QApplication.processEvents()
    heights = [view.visualRect(view.model().index(row, 0)).height() for row in range(2)]
    assert heights[1] > heights[0]
    before = heights[1]
    theme.set_scale(150)
    QApplication.processEvents()
    assert view.visualRect(view.model().index(1, 0)).height() > before


def test_a_thousand_rows_are_hardly_more_work_than_those_in_sight(theme: Theme, stage: Stage) -> None:
    view = _queue(theme, stage)
    rows = [
        QueueRow(f"s{n}", f"Supporter {n}", "ST6 anaesthetics · Preston", "", "free") for n in range(1000)
    ]

    def show(number: int) -> None:
        view.set_rows(rows[:number])
        QApplication.processEvents()

    show(50)
    assert calls(lambda: show(1000)) < 4 * calls(lambda: show(50)) + 1000


def test_a_click_chooses_and_a_double_click_opens(theme: Theme, qtbot: QtBot, stage: Stage) -> None:
    view = _queue(theme, stage)
    middle = view.visualRect(view.model().index(2, 0)).center()
    with qtbot.waitSignal(view.chosen, timeout=500) as chosen:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert chosen.args == ["E-3"]
    with qtbot.waitSignal(view.opened, timeout=500):
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)


HEADINGS = [Heading("Lived experience", 4), Heading("Match on it", 1), Heading("Until", 2), Heading("", 1)]
CHANGE, RENEW = Cell("Change", kind="button"), Cell("Renew", kind="button")
CELLS = [
    (
        Cell("ADHD", "Neurodivergence", "strong"),
        Cell("yes", kind="yes"),
        Cell("11 Sep 2027", kind="chip"),
        CHANGE,
    ),
    (Cell("Depression", "Mental health", "strong"), Cell("no", kind="no"), Cell("ended", kind="chip"), RENEW),
]


def _table(theme: Theme, stage: Stage) -> tuple[GridTable, QWidget]:
    table = GridTable(theme, HEADINGS, name="What Amina has agreed to")
    table.set_rows(CELLS)
    return table, stage.show(table, width=700, height=400)


def test_the_table_is_as_high_as_its_rows_and_as_wide_as_its_room(theme: Theme, stage: Stage) -> None:
    table, _page = _table(theme, stage)
    rows = sum(table.rowHeight(row) for row in range(2))
    assert table.height() == rows + table.horizontalHeader().height()
    assert sum(table.columnWidth(column) for column in range(4)) == table.viewport().width()


def test_a_narrow_table_wraps_its_words(theme: Theme, stage: Stage) -> None:
    table, page = _table(theme, stage)
    before = table.height()
    page.resize(table.minimumSizeHint().width(), 400)
    assert table.height() > before
    assert sum(table.columnWidth(column) for column in range(4)) == table.viewport().width()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_button_cells_are_reached_and_pressed_by_keyboard(
    theme: Theme, qtbot: QtBot, stage: Stage, key: Qt.Key
) -> None:
    table, _page = _table(theme, stage)
    table.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.assertNotEmitted(table.pressed):
        QTest.keyClick(table, key)
    for step in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(table, step)
    with qtbot.waitSignal(table.pressed, timeout=500) as pressed:
        QTest.keyClick(table, key)
    assert pressed.args == [1, 3]
    assert table.ring_wanted()


def test_a_click_presses_only_button_cells(theme: Theme, qtbot: QtBot, stage: Stage) -> None:
    table, _page = _table(theme, stage)
    button = table.visualRect(table.model().index(0, 3)).center()
    words = table.visualRect(table.model().index(0, 0)).center()
    with qtbot.waitSignal(table.pressed, timeout=500) as pressed:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=button)
    assert pressed.args == [0, 3]
    with qtbot.assertNotEmitted(table.pressed):
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=words)


def test_tab_leaves_the_table(theme: Theme, stage: Stage) -> None:
    table, page = _table(theme, stage)
    after = TopBar(theme, "x", action="Next")
    layout = page.layout()
    assert layout is not None
    layout.addWidget(after)
    after.show()
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert page.focusWidget() is not table


def test_cells_are_read_with_heading_and_row(theme: Theme, stage: Stage) -> None:
    table, _page = _table(theme, stage)
    index = table.model().index(1, 1)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "no"
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Match on it, Depression"
    interface = QAccessible.queryAccessibleInterface(table)
    assert interface.role() in (QAccessible.Role.Table, QAccessible.Role.Tree)
    assert accessible_name(table) == "What Amina has agreed to"
    assert table.cell(1, 0).text == "Depression"


def test_new_rows_keep_the_current_cell(theme: Theme, stage: Stage) -> None:
    table, _page = _table(theme, stage)
    table.setCurrentIndex(table.model().index(1, 3))
    table.set_rows([*CELLS, CELLS[0]])
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 3)


def test_the_hand_shows_over_buttons_only(theme: Theme, stage: Stage) -> None:
    table, _page = _table(theme, stage)
    for column, shape in ((3, Qt.CursorShape.PointingHandCursor), (0, Qt.CursorShape.ArrowCursor)):
        place: QPoint = table.visualRect(table.model().index(0, column)).center()
        QTest.mouseMove(table.viewport(), place)
        QApplication.processEvents()
        assert table.cursor().shape() == shape


def test_the_current_row_stays_in_sight_when_something_below_takes_room(theme: Theme, stage: Stage) -> None:
    queue = QueueView(theme, name="Queue")
    page = stage.show(queue, width=280, height=600)
    queue.set_rows([QueueRow(f"E-{number}", f"E-{number}", "About something") for number in range(40)])
    QApplication.processEvents()
    last = queue.in_sight()[-2]
    queue.set_current(last)
    page.resize(280, 430)
    QApplication.processEvents()
    assert last in queue.in_sight()
    assert queue.viewport().rect().contains(queue.visualRect(queue.currentIndex()))
    queue.verticalScrollBar().setValue(0)
    page.resize(280, 400)
    QApplication.processEvents()
    assert queue.verticalScrollBar().value() == 0  # whoever has gone elsewhere stays there


def test_who_is_in_sight_is_known_and_told(theme: Theme, qtbot: QtBot, stage: Stage) -> None:
    queue = QueueView(theme, name="Queue")
    queue.set_rows([QueueRow(f"E-{number}", f"E-{number}", "About something") for number in range(40)])
    assert queue.in_sight() == ()
    stage.show(queue, width=280, height=400)
    first = queue.in_sight()
    assert first[0] == "E-0"
    assert 3 < len(first) < 12
    with qtbot.waitSignal(queue.scrolled, timeout=500):
        queue.scrollToBottom()
    assert queue.in_sight()[-1] == "E-39"
    assert "E-0" not in queue.in_sight()


def test_a_pane_that_is_dragged_keeps_no_height_of_every_width(theme: Theme, stage: Stage) -> None:
    view = QueueView(theme, name="Enquiries")
    view.set_rows(
        [QueueRow(f"E-{number:04d}", f"Trainee {number}", "asks for company") for number in range(60)]
    )
    stage.show(view, width=300, height=400)
    painter = view.itemDelegate()
    assert isinstance(painter, QueueDelegate)
    for width in range(300, 300 + 2 * MOST_HEIGHTS // 60):
        view.resize(width, 400)
        view.sizeHintForRow(59)
        view.doItemsLayout()
    assert 60 <= len(painter._heights) <= MOST_HEIGHTS
