"""The keyboard is never lost, and where it is can always be seen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Scroll
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.focus import FocusRing
from peermatch.ui.widgets.tab_order import come_as_laid_out
from tests.ui.conftest import Stage
from tests.ui.real_networks import focused, settled, wait_until


def group_of(*parts: QWidget) -> QWidget:
    """A group with these below each other."""
    group = QWidget()
    column = QVBoxLayout(group)
    for part in parts:
        column.addWidget(part)
    return group


@pytest.fixture
def group(theme: Theme) -> QWidget:
    return group_of(Button(theme, "Yes"), Button(theme, "No"))


def test_a_group_that_is_barred_for_a_moment_has_the_keyboard_again(
    theme: Theme, stage: Stage, group: QWidget
) -> None:
    yes, no = group.findChildren(Button)
    page = stage.show(Button(theme, "Elsewhere"), group)
    no.setFocus(Qt.FocusReason.TabFocusReason)
    group.setEnabled(False)
    assert page.focusWidget() is None
    group.setEnabled(True)
    wait_until(no.hasFocus)
    assert yes.isEnabled()


def test_what_is_made_anew_meanwhile_has_the_keyboard(theme: Theme, stage: Stage, group: QWidget) -> None:
    stage.show(Button(theme, "Elsewhere"), group)
    (yes, no), layout = group.findChildren(Button), group.layout()
    assert layout is not None
    no.setFocus(Qt.FocusReason.TabFocusReason)
    group.setEnabled(False)
    group.setEnabled(True)
    newer = Button(theme, "Undo")
    for old in (yes, no):
        layout.removeWidget(old)
        old.hide()
        old.deleteLater()
    layout.addWidget(newer)
    wait_until(newer.hasFocus)


def test_where_the_group_goes_away_the_keyboard_goes_to_what_is_left(
    theme: Theme, stage: Stage, group: QWidget
) -> None:
    left = Button(theme, "Left")
    stage.show(left, group)
    group.findChildren(Button)[0].setFocus(Qt.FocusReason.TabFocusReason)
    group.setEnabled(False)
    group.hide()
    wait_until(left.hasFocus)


def test_a_part_that_is_hidden_does_not_send_the_keyboard_to_the_navigation(
    theme: Theme, stage: Stage, group: QWidget
) -> None:
    navigation, beside = Button(theme, "Navigation"), Button(theme, "Beside")
    form = group_of(Button(theme, "Keep"))
    page = group_of(beside, form)
    stage.show(navigation, page)
    form.findChildren(Button)[0].setFocus(Qt.FocusReason.TabFocusReason)
    form.hide()
    wait_until(beside.hasFocus)
    beside.hide()
    wait_until(navigation.hasFocus)


def test_the_ring_comes_with_a_control_that_is_scrolled_into_sight(theme: Theme, stage: Stage) -> None:
    buttons = [Button(theme, f"Number {number}") for number in range(30)]
    scroll = Scroll(group_of(*buttons))
    page = stage.show(scroll, width=300, height=240)
    settled(page)
    buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    ring = theme.findChild(FocusRing)
    assert isinstance(ring, FocusRing)
    for expected in buttons[1:]:
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        frame = ring.frame()
        assert focused() is expected
        assert frame is not None
        assert frame.isVisible(), expected.text()


def test_tab_comes_as_the_layout_puts_things_whenever_they_were_made(theme: Theme, stage: Stage) -> None:
    group = QWidget()
    column = QVBoxLayout(group)
    after = Button(theme, "Below")
    page = stage.show(group, after)
    last, first = Button(theme, "Last"), Button(theme, "First")
    for number, each in ((0, last), (0, first)):
        column.insertWidget(number, each)
    come_as_laid_out(group)
    settled(page)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    heard = [first.text()]
    for _ in range(2):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        heard.append(focused().accessibleName())
    assert heard == ["First", "Last", "Below"]
