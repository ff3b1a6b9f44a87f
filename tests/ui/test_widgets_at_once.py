"""A part that changes much is laid out once at the end, and whoever works in it keeps the keyboard."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.at_once import at_once
from peermatch.ui.widgets.boxes import Scroll
from tests.ui.real_networks import settled

MANY = 12


class Moves(QObject):
    """How often something was given another place."""

    def __init__(self) -> None:
        super().__init__()
        self.number = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.number += event.type() == QEvent.Type.Move
        return super().eventFilter(watched, event)


class Page:
    """A part that can be seen, with a line beside it."""

    def __init__(self, theme: Theme) -> None:
        self.window, self.part = QWidget(), QWidget()
        column = QVBoxLayout(self.window)
        self.beside = QLineEdit()
        self.scroll = Scroll(self.part)
        column.addWidget(self.beside)
        column.addWidget(self.scroll)
        self.rows = QVBoxLayout(self.part)
        self.seen = Moves()
        self.window.resize(400, 300)
        self.window.show()
        self.window.activateWindow()
        self.beside.setFocus()
        settled(self.window)

    def fill(self) -> None:
        """Put many things into the part, and begin to count how often one of them is moved about."""
        self.seen.number = 0
        for number in range(MANY):
            button = QPushButton(str(number))
            button.installEventFilter(self.seen)
            self.rows.addWidget(button)


@pytest.fixture
def page(theme: Theme, qtbot: object) -> Page:
    return Page(theme)


def test_what_is_put_in_is_laid_out_once(page: Page) -> None:
    page.fill()
    settled(page.window)
    one_by_one = page.seen.number
    with at_once(page.part):
        page.fill()
        assert not page.part.isVisible()
    settled(page.window)
    assert page.part.isVisible()
    assert page.seen.number < one_by_one
    assert page.part.height() >= page.rows.sizeHint().height()


def test_it_is_seen_again_whatever_goes_wrong(page: Page) -> None:
    with pytest.raises(ZeroDivisionError), at_once(page.part):
        _ = 1 / 0
    assert page.part.isVisible()


def test_whoever_works_in_it_keeps_the_keyboard(page: Page) -> None:
    page.fill()
    settled(page.window)
    button = page.part.findChildren(QPushButton)[3]
    button.setFocus()
    with at_once(page.part):
        assert page.part.isVisible()
    assert button.hasFocus()


def test_it_stays_where_it_was_scrolled_to(page: Page) -> None:
    page.fill()
    settled(page.window)
    bar = page.scroll.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    assert before
    with at_once(page.part):
        page.fill()
    settled(page.window)
    assert bar.value() == before


def test_what_is_hidden_stays_so(page: Page) -> None:
    page.part.hide()
    with at_once(page.part):
        page.fill()
    assert page.part.isHidden()
