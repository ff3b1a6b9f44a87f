"""What is painted close to an edge is whole with large letters: the counter's dot, and words inside their ring."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from peermatch.ui.theme import Theme
from peermatch.ui.tokens import Token
from peermatch.ui.widgets.charts import Bar, ChartView, Mark
from peermatch.ui.widgets.charts_rows import RowPainter
from peermatch.ui.widgets.nav import NavItem, Place
from tests.ui.conftest import Stage

RING = 3


def _places(image: QImage, theme: Theme, tone: Token) -> list[tuple[int, int]]:
    wanted = theme.colour(tone).rgb()
    return [
        (across, down)
        for down in range(image.height())
        for across in range(image.width())
        if image.pixel(across, down) == wanted
    ]


@pytest.mark.parametrize("high", [72, 44, 40, 36])
def test_the_dot_of_a_low_entry_is_round(theme: Theme, stage: Stage, high: int) -> None:
    theme.set_scale(200)
    page = stage.show(width=200, height=200)
    item = NavItem(theme, Place("consent", "Consent", "file-check"), 5, page)
    item.set_narrow(True)
    item.set_counter("6")
    item.setFixedSize(80, high)
    item.show()
    dots = _places(item.grab().toImage(), theme, "brand")
    across, down = ({place[axis] for place in dots} for axis in (0, 1))
    assert len(down) == len(across) >= theme.px(7) - 2


def test_the_ring_of_a_line_runs_beside_its_words(theme: Theme, stage: Stage) -> None:
    before = QPushButton("before")
    chart = ChartView(theme, RowPainter, name="Asked for")
    chart.set_marks([Mark("Hilly", "1 asked", "Hilly: 1 asked", (Bar(0.5, 0.5, "brand"),))])
    page = stage.show(before, chart, width=500, height=300)
    before.setFocus()
    quiet = chart.grab().toImage()
    ground = quiet.pixel(0, 0)
    first = next(
        across
        for across in range(quiet.width())
        if any(quiet.pixel(across, down) != ground for down in range(quiet.height()))
    )
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert chart.ring_wanted()
    assert _places(chart.grab().toImage(), theme, "focus")
    assert first > RING + 1
