"""A backup that is looked at: what would change the network is disabled and says why; the rest can be pressed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from peermatch import paths
from peermatch.services.sample import PASSPHRASE
from peermatch.ui.main_window import MainWindow
from peermatch.ui.read_only import DAMAGED, VIEWED
from peermatch.ui.screens.supporters import SupportersScreen
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from tests.ui.readable import problems
from tests.ui.real_networks import doors, in_sight, settled, work_of
from tests.ui.sample_office import sample

REFUSED = "only looked at, so nothing can be changed"
PLACES = (
    "today",
    "enquiries",
    "plan",
    "introductions",
    "supporters",
    "consent",
    "duties",
    "journal",
    "settings",
)
PAGES = {
    "duties": ("due", "requests", "wrong", "changeover"),
    "settings": ("policy", "keys", "backups", "locking"),
}
BARRED = {
    "New enquiry",
    "Edit",
    "Record new consent",
    "Withdraw everything …",
    "Erase ticked records",
    "Note a request",
    "Something went wrong",
    "Add the successor",
    "Back up now",
    "Add a person",
}
"""Some that must be among the disabled ones, over all screens."""


@pytest.fixture
def window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theme: Theme, qtbot: QtBot
) -> Iterator[MainWindow]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    paths.make_private(paths.data_folder())
    services = sample(tmp_path)
    services.backups.make()
    folder = services.folder
    services.lock()
    window = MainWindow(doors(), Tasks(AtOnce()), theme, services=doors().look_at_newest(folder, PASSPHRASE))
    with in_sight(window, qtbot) as shown:
        yield shown
    theme.read_only.set_reason("")


def buttons(part: QWidget) -> list[QAbstractButton]:
    found = part.findChildren(QAbstractButton)
    return [each for each in found if each.isVisible() and isinstance(each, QPushButton)]


def refusals(window: MainWindow) -> list[str]:
    """What the store refused, on whatever banner it is said; the standing notice says it in other words."""
    said = (each.sentence() for each in window.findChildren(Banner) if each.isVisible())
    return [sentence for sentence in said if REFUSED in sentence]


def pressed(window: MainWindow, screen: QWidget) -> list[str]:
    """Press everything that can be pressed there, once; what a press brings up too."""
    done: list[str] = []
    while True:
        left = [b for b in buttons(screen) if b.isEnabled() and _key(b) not in done and "…" not in b.text()]
        if not left or len(done) > 80:
            return done
        done.append(_key(left[0]))
        left[0].click()
        settled(window)
        assert refusals(window) == [], done[-1]


def _key(button: QAbstractButton) -> str:
    return button.accessibleName() or button.text()


def test_what_would_write_is_disabled_and_says_why(window: MainWindow) -> None:
    work, disabled = work_of(window), set()
    for key in PLACES:
        for page in PAGES.get(key, ("",)):
            work.show_screen(key, page)
            settled(window)
            held = [each for each in buttons(window) if not each.isEnabled() and each.toolTip() == VIEWED]
            disabled |= {_key(each) for each in held}
            assert all(each.accessibleDescription() == VIEWED for each in held)
            if key != "supporters":
                continue
            screen = work.current
            assert isinstance(screen, SupportersScreen)
            assert {line.cells()[-1].text for line in screen.record.consent.topics}
            table = screen.record.consent.table
            assert {table.model().index(row, 6).data() for row in range(table.model().rowCount())} <= {
                "",
                None,
            }
    assert BARRED - disabled == set()
    assert problems(window) == []


@pytest.mark.parametrize("key", PLACES)
def test_nothing_that_can_be_pressed_is_refused(window: MainWindow, key: str) -> None:
    work, done = work_of(window), 0
    for page in PAGES.get(key, ("",)):
        work.show_screen(key, page)
        settled(window)
        done += len(pressed(window, work.screens[key]))
        for choice in work.screens[key].findChildren(QComboBox):
            assert choice.isEnabled() or choice.toolTip() == VIEWED or not choice.isVisible()
    assert done or key == "settings"  # of which every button changes something


def test_keys_do_not_open_what_is_disabled(window: MainWindow) -> None:
    work = work_of(window)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settled(window)
    assert not any(
        "words of the letter" in each.text() for each in window.findChildren(QLabel) if each.isVisible()
    )
    assert refusals(window) == []
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(window)
    assert refusals(window) == []
    assert work.bar.action.toolTip() in ("", VIEWED)


def test_whoever_would_enable_it_is_put_right_and_damage_bars_it_too(theme: Theme, qtbot: QtBot) -> None:
    writer, reader, mender = QPushButton("Write"), QPushButton("Read"), QPushButton("Go back to it")
    for each in (writer, reader, mender):
        qtbot.addWidget(each)
    theme.read_only.bar(writer)
    theme.read_only.bar(mender, mends=True)
    assert writer.isEnabled()
    theme.read_only.set_reason(DAMAGED)
    try:
        assert not writer.isEnabled()
        writer.setEnabled(True)
        writer.setToolTip("Ctrl+S")
        assert not writer.isEnabled()
        assert writer.toolTip() == writer.accessibleDescription() == DAMAGED
        assert reader.isEnabled()
        assert mender.isEnabled()
        theme.read_only.set_reason(VIEWED)
        assert not mender.isEnabled()
        assert reader.isEnabled()
    finally:
        theme.read_only.set_reason("")
    assert theme.read_only.reason == ""
