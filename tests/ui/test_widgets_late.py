"""Parts that are built when they are needed: nothing before, everything in its turn afterwards."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.built_late import BuiltLate
from peermatch.ui.widgets.columns import Columns, Pane
from peermatch.ui.widgets.made_late import MadeLate
from peermatch.ui.widgets.stack import Stack
from peermatch.ui.widgets.tab_order import come_where_it_stands


class Form(BuiltLate, QWidget):
    """A row for what comes later, and a button below it."""

    def __init__(self) -> None:
        super().__init__()
        self.remembered = ""

    def _build(self) -> None:
        column = QVBoxLayout(self)
        self.row, self.save = QWidget(), QPushButton("save")
        self.inner = QVBoxLayout(self.row)
        column.addWidget(self.row)
        column.addWidget(self.save)


def between(middle: QWidget) -> tuple[QWidget, QPushButton, QPushButton]:
    """A page with a button above and one below."""
    page = QWidget()
    column = QVBoxLayout(page)
    above, below = QPushButton("above"), QPushButton("below")
    for part in (above, middle, below):
        column.addWidget(part)
    return page, above, below


def walked(page: QWidget, first: QPushButton) -> list[str]:
    """What Tab comes to, from the first button on."""
    found: list[str] = []
    here = first.nextInFocusChain()
    while here is not None and here is not first:
        if isinstance(here, QPushButton):
            found.append(here.text())
        here = here.nextInFocusChain()
    return found


def test_hiding_asking_and_remembering_build_nothing(theme: Theme, qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    form.hide()
    form.remembered = "a word"
    assert form.isHidden()
    assert not form.standing
    assert form.findChildren(QWidget) == []


def test_a_screen_reader_that_walks_past_builds_nothing(theme: Theme, qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    found = QAccessible.queryAccessibleInterface(form)
    assert found is not None
    assert found.childCount() == 0
    assert not form.standing


def test_it_is_built_once_by_whoever_asks_for_what_is_within(theme: Theme, qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    save = form.save
    assert form.standing
    assert form.save is save
    form.build()
    assert form.save is save
    assert getattr(form, "nothing_of_that_name", None) is None


def test_it_is_built_when_it_is_seen_and_tab_comes_to_it_where_it_stands(theme: Theme, qtbot: QtBot) -> None:
    form = Form()
    page, above, _ = between(form)
    qtbot.addWidget(page)
    page.show()
    assert form.standing
    assert walked(page, above) == ["save", "below"]
    added = QPushButton("added")
    form.inner.addWidget(added)
    come_where_it_stands(form.row, (added,))
    assert walked(page, above) == ["added", "save", "below"]
    assert form.row.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_page_that_is_made_late_tells_once_and_comes_in_its_turn(theme: Theme, qtbot: QtBot) -> None:
    late = MadeLate(lambda: QPushButton("made"))
    told: list[object] = []
    late.came.connect(told.append)
    page, above, _ = between(late)
    qtbot.addWidget(page)
    assert late.built is None
    late.make()
    page.show()
    assert told == [late.made]
    assert walked(page, above) == ["made", "below"]


class Dressed(QObject):
    """Which widgets were dressed, that is polished by the style."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self.parts: list[QObject] = []
        for part in parts:
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Polish:
            self.parts.append(watched)
        return False


def test_a_stack_dresses_the_page_that_is_seen_when_it_is_seen(theme: Theme, qtbot: QtBot) -> None:
    stack, one, two = Stack(), QLabel("one"), QLabel("two")
    dressed = Dressed(one, two)
    qtbot.addWidget(stack)
    for page in (one, two):
        stack.addWidget(page)
    stack.setCurrentWidget(two)
    assert dressed.parts == []
    assert (one.isHidden(), two.isHidden()) == (True, False)
    stack.show()
    assert two in dressed.parts
    assert two.isVisible()
    assert not one.isVisible()
    stack.setCurrentWidget(one)
    assert one.isVisible()
    assert not two.isVisible()
    stack.hide()
    stack.setCurrentWidget(two)
    stack.show()
    assert (one.isVisible(), two.isVisible()) == (False, True)


def test_the_second_line_makes_the_last_pane_wider_by_keys_and_by_the_mouse(
    theme: Theme, qtbot: QtBot
) -> None:
    panes = [QPushButton(name) for name in ("queue", "letter", "people")]
    wishes = (Pane(panes[0], 288, 220), Pane(panes[1], 0, 300), Pane(panes[2], 520, 320))
    columns = Columns(theme, wishes, fold=("Queue", "Rest"), alone=("Queue", "Letter", "People"))
    qtbot.addWidget(columns)
    columns.resize(1440, 700)
    with qtbot.waitActive(columns):
        columns.show()
        columns.activateWindow()
    far = columns.far
    assert far is not None
    assert far.accessibleName() == "Width: People"
    assert panes[1].geometry().right() < far.x() < panes[2].x()
    assert far.nextInFocusChain() is panes[2]
    QTest.keyClick(far, Qt.Key.Key_Left)
    assert abs(panes[2].width() - (520 + 16)) <= 3
    QTest.keyClick(far, Qt.Key.Key_Home)
    assert (panes[0].width(), panes[2].width()) == (288, 520)
    middle = far.rect().center()
    QTest.mousePress(far, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(far, middle + QPoint(60, 0))
    QTest.mouseRelease(far, Qt.MouseButton.LeftButton, pos=far.rect().center())
    assert abs(panes[2].width() - (520 - 60)) <= 3
    assert (theme.lists, panes[0].width()) == (100, 288)
    columns.resize(700, 600)
    assert columns.folded
    assert panes[2].isVisible() == far.isVisible()
