"""The cost of a first window is measured from outside, on the screen itself."""

import sys

import first_paint
import pytest
from system_parts import Stopped

WINDOW = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel("Hello")
label.resize(1440, 900)
label.show()
app.exec()
"""


def test_a_window_costs_what_its_process_used_until_it_was_seen() -> None:
    def start(screen: str) -> tuple[list[str], dict[str, str]]:
        return [sys.executable, "-P", "-c", WINDOW], {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}

    assert first_paint.once(start) > 0


def test_a_program_that_ends_without_a_window_is_no_measure() -> None:
    with pytest.raises(Stopped, match="painted nothing"):
        first_paint.once(lambda _: ([sys.executable, "-c", "pass"], {}))
