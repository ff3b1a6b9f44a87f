"""Fields of one line: what is pasted becomes one plain line, too much is said, and a stored value is never cut."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.fields import InlineField, LineField
from peermatch.ui.widgets.one_line import LONGEST, tidy, too_long

# The hint below a field is a window of its own, which this platform cannot lift.
pytestmark = pytest.mark.qt_log_ignore("does not support raise", "propagateSizeHints")


@given(st.text(st.characters(exclude_categories=["Cs"])))
@settings(max_examples=150)
def test_a_line_stays_one_line_and_loses_no_letter(text: str) -> None:
    found = tidy(text)
    assert tidy(found) == found
    assert not [sign for sign in found if sign in "\n\r\t\u2028\u2029\u202e"]
    letters = [sign for sign in text if unicodedata.category(sign)[0] in "LNPS" or sign == " "]
    assert [sign for sign in found if unicodedata.category(sign)[0] in "LNPS"] == [
        sign for sign in letters if sign != " "
    ]


@pytest.mark.parametrize(
    ("pasted", "shown"),
    [
        ("Kim\nLi", "Kim Li"),
        ("Kim\r\nLi", "Kim Li"),
        ("Kim\u00a0\tLi ", "Kim  Li "),
        ("\u202egnol\u202c name", "gnol name"),
        ("👩‍⚕️ Kim 🙂", "👩‍⚕️ Kim 🙂"),
        ("אבגד", "אבגד"),
        ("a\x00b\x07", "a b"),
    ],
)
def test_what_is_pasted(theme: Theme, qtbot: object, pasted: str, shown: str) -> None:
    field = LineField(theme, name="Name")
    QGuiApplication.clipboard().setText(pasted)
    field.paste()
    assert field.text() == shown
    field.setText(pasted)
    assert field.text() == shown


def test_the_cursor_stays_behind_what_was_pasted(theme: Theme, qtbot: object) -> None:
    field = LineField(theme, "🙂 end", name="Name")
    field.setCursorPosition(3)
    QGuiApplication.clipboard().setText("a\r\nb\n")
    field.paste()
    QTest.keyClicks(field, "X")
    assert field.text() == "🙂 a b Xend"


def test_too_much_is_cut_said_beside_the_field_and_forgotten_when_there_is_room(
    theme: Theme, qtbot: object
) -> None:
    field = LineField(theme, name="Name")
    inline = InlineField(theme, "Name", field)
    QGuiApplication.clipboard().setText("x" * 120_000)
    field.paste()
    assert len(field.text()) == LONGEST
    assert inline.error() == too_long(LONGEST)
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert inline.error() == ""


def test_a_stored_value_is_never_cut(theme: Theme, qtbot: object) -> None:
    field = LineField(theme, name="Name")
    field.set_value("y" * (LONGEST + 500))
    assert len(field.text()) == LONGEST + 500
