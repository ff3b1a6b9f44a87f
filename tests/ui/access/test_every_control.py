"""Every screen, page and form of the window: told by a screen reader, reached by Tab, seen with the focus on it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from peermatch.ui.widgets.segmented import Segmented
from tests.ui.access.drawn import faint
from tests.ui.access.heard import FIELDS, faults, heard
from tests.ui.access.keyboard import Walker, against_reading, left_out
from tests.ui.access.round import KEYS, Round
from tests.ui.real_networks import focused

UNASKED = "E-0139"
"""An enquiry of the sample for which somebody could be asked."""


@pytest.mark.parametrize("key", KEYS)
def test_every_control_is_told_reached_and_seen(window: Round, key: str) -> None:
    found = {}
    for where in window.pages(key):
        found[where] = missing(window) if window.walks else faults(window.window)
        if not window.turns:
            break
    assert {where: each for where, each in found.items() if each} == {}


@pytest.mark.parametrize("key", KEYS)
def test_a_form_is_told_and_reached_and_esc_leaves_it(window: Round, key: str) -> None:
    window.work.show_screen(key)
    window.rest()
    page, before = taken(window), fields(window)
    if not (window.walks and window.turns and window.opened(key)):
        return
    assert missing(window) == []
    within = fields(window) - before
    if within and taken(window) == page:
        QTest.keyClick(focused(), Qt.Key.Key_Escape)
        window.rest()
        assert not within & fields(window), "Esc does not lead back"


@pytest.mark.parametrize(
    ("key", "button"),
    [
        ("supporters", "Edit"),
        ("supporters", "Record new consent"),
        ("supporters", "Pause …"),
        ("supporters", "They leave …"),
        ("enquiries", "Ask "),
        ("enquiries", "Watch this enquiry"),
    ],
)
def test_what_opens_within_a_record_is_told_and_reached(window: Round, key: str, button: str) -> None:
    if not (window.walks and window.turns):
        return
    window.work.show_screen(key, UNASKED if key == "enquiries" else "")
    window.rest()
    named = (each.widget for each in heard(window.work.current) if each.name.startswith(button))
    opens = next(each for each in named if isinstance(each, QAbstractButton))
    opens.click()
    window.rest()
    assert missing(window) == []
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    window.rest()


def taken(window: Round) -> list[str]:
    """Which page and which parts the switches show."""
    return [each.current() for each in window.work.current.findChildren(Segmented) if each.isVisible()]


def fields(window: Round) -> set[str]:
    """What can be written into on this screen."""
    return {str(each) for each in heard(window.work.current) if isinstance(each.widget, FIELDS)}


def missing(window: Round) -> list[str]:
    """What somebody who cannot see the screen or use a mouse would miss here."""
    stray = [
        each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window.window
    ]
    if stray:
        return [f"a window of its own: {type(each).__name__} {each.accessibleName()!r}" for each in stray]
    held = focused()
    walk = Walker(window.window, window.theme.tokens).round(window.first_stop())
    within = tuple(stop for stop in walk.stops if window.work.current.isAncestorOf(stop))
    found = [*faults(window.window), *walk.faults, *faint(window.window)]
    found += [f"Tab never comes to {part}" for part in left_out(window.window, walk.stops)]
    found += [f"against the order of reading: {step}" for step in against_reading(within)]
    held.setFocus(Qt.FocusReason.OtherFocusReason)
    return found
