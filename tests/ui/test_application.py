"""Around the window: is there a screen, what does the environment ask for, and where do faults and Qt's words go."""

import logging
import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from peermatch.ui.application import has_screen, run_window, window_icon, wished_scale, wished_scheme
from peermatch.ui.main_window import MainWindow
from peermatch.ui.messages import Fault, FaultWatch, log_qt
from peermatch.ui.stage import Stage
from peermatch.ui.theme import Scheme, Theme
from tests.networks import DAY, PASSPHRASE
from tests.ui.real_networks import copied, doors, opened


@pytest.mark.parametrize(
    ("environment", "platform", "seen"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "minimal:x"}, "linux", False),
        ({}, "win32", True),
        ({}, "darwin", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "win32", False),
    ],
)
def test_a_screen_is_known_before_qt_is_started(
    environment: dict[str, str], platform: str, seen: bool
) -> None:
    assert has_screen(environment, platform) is seen


def test_the_environment_may_ask_for_colours_and_size() -> None:
    assert wished_scheme({}) is Scheme.SYSTEM
    assert wished_scheme({"PEERMATCH_THEME": "dark"}) is Scheme.DARK
    assert wished_scheme({"PEERMATCH_THEME": "contrast"}) is Scheme.HIGH_CONTRAST
    assert wished_scheme({"PEERMATCH_THEME": "purple"}) is Scheme.SYSTEM
    assert [wished_scale({"PEERMATCH_SCALE": text}) for text in ("150", "", "big", "²")] == [
        150,
        100,
        100,
        100,
    ]


def test_the_window_has_an_icon(theme: Theme) -> None:
    picture = window_icon(theme).pixmap(64, 64).toImage()
    assert picture.pixelColor(32, 4) == theme.colour("brand")


def test_faults_are_told_once_and_passed_on(qapp: QApplication) -> None:
    passed: list[type[BaseException]] = []
    before = sys.excepthook
    sys.excepthook = lambda kind, _error, _trace: passed.append(kind)
    watch = FaultWatch()
    told: list[object] = []
    watch.happened.connect(told.append)
    watch.start()
    try:
        for error in (ValueError("a name"), KeyError("another")):
            sys.excepthook(type(error), error, None)
        watch.came_from_worker(RuntimeError("a third"))
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    finally:
        watch.stop()
        sys.excepthook = before
    assert passed == [ValueError, KeyError, RuntimeError, KeyboardInterrupt]
    assert told == [Fault("ValueError", ())]


def test_words_of_qt_reach_the_log_without_what_they_quote(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("peermatch")
    passes_on, logger.propagate = logger.propagate, True
    try:
        with caplog.at_level(logging.DEBUG, "peermatch"):
            log_qt(QtMsgType.QtWarningMsg, QMessageLogContext(), "QLabel::setText: Amina Rahman")
    finally:
        logger.propagate = passes_on
    assert "QLabel" in caplog.text
    assert "Amina" not in caplog.text


def test_the_window_opens_and_ends_and_the_network_is_free_again(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = copied(tmp_path)
    services, hook = doors().open(folder, PASSPHRASE), sys.excepthook
    seen: list[MainWindow] = []

    def close() -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]
        seen.extend(windows)
        for window in windows:
            window.close()

    QTimer.singleShot(300, close)
    earlier = qInstallMessageHandler(None)
    try:
        code = run_window(doors(), services=services)
    finally:
        qInstallMessageHandler(earlier)
    assert code == 0
    assert len(seen) == 1
    assert sys.excepthook is hook
    doors().open(folder, PASSPHRASE).lock()


@pytest.mark.parametrize(("scheme", "scale"), [("light", 1.0), ("dark", 1.5)])
def test_the_stage_leaves_pictures_of_the_real_window(
    qapp: QApplication, tmp_path: Path, scheme: str, scale: float
) -> None:
    services = opened(tmp_path)
    clock = services.desk.clock
    stage = Stage(services, date(2027, 2, 3), (1280, 800), scheme, scale)
    try:
        for screen in ("enquiries", "introductions", "supporters"):
            stage.show(screen, "E-0142", "S-0001")
            stage.picture(tmp_path / f"{screen}.png")
        assert services.desk.today == date(2027, 2, 3)
    finally:
        stage.close()
    pictures = [
        QImage(str(tmp_path / f"{name}.png")) for name in ("enquiries", "introductions", "supporters")
    ]
    assert {(picture.width(), picture.height()) for picture in pictures} == {(1280, 800)}
    assert pictures[0] != pictures[2]
    assert services.desk.clock is clock
    assert services.upkeep.info().supporters == len(services.desk.snapshot.supporters)
    assert services.desk.today == DAY
    services.lock()
