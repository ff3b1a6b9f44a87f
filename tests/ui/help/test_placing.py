"""Where the window opens: as it was left, and always where somebody can take hold of it, whatever the screens are."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize
from pytestqt.qtbot import QtBot

from peermatch.services.this_computer import WindowPlace, choose, preferences
from peermatch.ui.main_window import SMALLEST, MainWindow
from peermatch.ui.placing import GRIP, PlaceKeeper, place_on, smallest_on
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from tests.ui.real_networks import copied, doors

LAPTOP = QRect(0, 0, 1440, 860)
BESIDE = QRect(1440, -200, 1920, 1040)
SCREENS = st.lists(
    st.builds(
        QRect,
        st.integers(-4000, 4000),
        st.integers(-3000, 3000),
        st.integers(640, 3840),
        st.integers(480, 2160),
    ),
    min_size=1,
    max_size=3,
)
PLACES = st.none() | st.builds(
    WindowPlace, *(st.integers(-9000, 9000),) * 2, *(st.integers(1, 9000),) * 2, st.booleans()
)


@given(screens=SCREENS, left_at=PLACES)
def test_it_can_always_be_taken_hold_of(screens: list[QRect], left_at: WindowPlace | None) -> None:
    placed = place_on(screens, left_at)
    edge = QRect(placed.left(), placed.top(), placed.width(), GRIP)
    held = [edge.intersected(screen) for screen in screens]
    assert any(part.width() >= GRIP and part.height() >= GRIP for part in held)
    assert any(placed.width() <= s.width() and placed.height() <= s.height() for s in screens)


def test_it_opens_as_it_was_left() -> None:
    assert place_on([LAPTOP, BESIDE], WindowPlace(1600, 0, 1200, 800)) == QRect(1600, 0, 1200, 800)


def test_a_screen_that_is_gone_brings_it_home() -> None:
    home = place_on([LAPTOP], WindowPlace(1600, 0, 1200, 800))
    assert LAPTOP.contains(home)
    assert (home.width(), home.height()) == (1200, 800)


def test_a_smaller_screen_makes_it_smaller_and_a_first_start_is_in_the_middle() -> None:
    assert place_on([LAPTOP], WindowPlace(0, 0, 3000, 2000)).size() == LAPTOP.size()
    assert place_on([LAPTOP], WindowPlace(20, 20, 10, 10)) == QRect(20, 20, *SMALLEST)
    assert place_on([BESIDE], None) == QRect(1680, -130, 1440, 900)


@pytest.mark.parametrize("full", [False, True])
def test_the_window_remembers_numbers_and_nothing_else(
    qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: bool
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    choose(place=WindowPlace(30, 40, 1000, 650, full))
    window = MainWindow(doors(), Tasks(AtOnce()), theme, folder=copied(tmp_path))
    qtbot.addWidget(window)
    keeper = PlaceKeeper(window)
    keeper.restore()
    window.show()
    assert window.isMaximized() is full
    if not full:
        assert (window.geometry().left(), window.geometry().top()) == (30, 40)
        window.setGeometry(10, 20, 980, 610)
    window.close()
    kept = preferences().place
    assert kept is not None
    assert kept.full is full
    if not full:
        assert (kept.left, kept.top, kept.width, kept.height) == (10, 20, 980, 610)
    file = (tmp_path / "data" / "PeerMatch" / "settings.json").read_text("utf-8")
    assert "north-west" not in file


def test_a_magnified_small_screen_shows_the_whole_window() -> None:
    magnified = QRect(0, 0, 1092, 574)
    placed = place_on([magnified], None)
    assert magnified.contains(placed)
    assert smallest_on([magnified], placed) == QSize(960, 534)
    assert smallest_on([LAPTOP, magnified], QRect(0, 0, 1440, 900)) == QSize(*SMALLEST)
