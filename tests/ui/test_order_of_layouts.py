"""What a page holds is found in the order of its layouts, and no item of a layout is left in PySide6's hands for it."""

import shiboken6
from PySide6.QtWidgets import (
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from peermatch.ui.widgets.flow import FlowLayout
from peermatch.ui.widgets.tab_order import stops


def field(page: QWidget, name: str) -> QLineEdit:
    made = QLineEdit(page)
    made.setObjectName(name)
    return made


def items_known() -> int:
    """How many items of layouts PySide6 still has a Python object for."""
    every = shiboken6.getAllValidWrappers()
    return sum(isinstance(each, QLayoutItem) and not isinstance(each, QLayout) for each in every)


def page_of_all_layouts() -> QWidget:
    """One of each kind of layout, its parts made from the last to the first."""
    page = QWidget()
    loose, eighth, seventh, sixth, fifth, fourth, third, second, first = (
        field(page, name) for name in ("loose", *"87654321")
    )
    assert loose.parent() is page
    whole = QVBoxLayout(page)
    row, grid, form = QHBoxLayout(), QGridLayout(), QFormLayout()
    whole.addWidget(first)
    whole.addLayout(row)
    row.addWidget(second)
    row.addStretch()
    row.addLayout(grid)
    grid.addWidget(third, 0, 0)
    grid.addWidget(fourth, 0, 1)
    whole.addSpacing(8)
    whole.addWidget(fifth)
    whole.addLayout(form)
    form.addRow("Six", sixth)
    inside = QWidget(page)
    flow = FlowLayout(inside)
    for each in (seventh, eighth):
        flow.addWidget(each)
    whole.addWidget(inside)
    return page


def test_stops_come_as_the_layouts_have_them_and_what_has_no_layout_comes_last(qtbot: QtBot) -> None:
    page = page_of_all_layouts()
    qtbot.addWidget(page)
    assert [each.objectName() for each in stops(page)] == [*"12345678", "loose"]


def test_no_item_is_kept_of_a_layout_that_was_asked(qtbot: QtBot) -> None:
    page = page_of_all_layouts()
    qtbot.addWidget(page)
    before = items_known()
    assert len(list(stops(page))) == 9
    assert items_known() == before
