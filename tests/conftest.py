"""What every test stands on: one place, language, hour and chance, no screen, and a picture when it fails."""

import gc
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / ".screenshots"
HOME = Path(tempfile.mkdtemp(prefix="peermatch-tests-"))

# Set before Qt or Hypothesis is loaded. The home is empty: no test reads or changes the tester's own files.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.update(
    QT_FONT_DPI="96",
    QT_SCALE_FACTOR="1",
    TZ="Europe/London",
    LANG="C.UTF-8",
    LC_ALL="C.UTF-8",
    LANGUAGE="en_GB",
    HOME=str(HOME),
    XDG_CACHE_HOME=str(HOME / "cache"),
    XDG_CONFIG_HOME=str(HOME / "config"),
    XDG_DATA_HOME=str(HOME / "data"),
    XDG_STATE_HOME=str(HOME / "state"),
    APPDATA=str(HOME / "roaming"),
    LOCALAPPDATA=str(HOME / "local"),
    HYPOTHESIS_STORAGE_DIRECTORY=str(HOME / "hypothesis"),
)
# Nobody's own keychain or screen saver is asked: tests that need a bus start one of their own.
os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
if hasattr(time, "tzset"):
    time.tzset()


def pytest_configure() -> None:
    """Pin no memory, and give laws the same examples in each run, or many new ones with HYPOTHESIS_PROFILE=thorough."""
    from hypothesis import settings

    from tests.unpinned import pin_nothing

    pin_nothing()
    settings.register_profile("steady", derandomize=True, deadline=None, database=None, max_examples=40)
    settings.register_profile("thorough", deadline=None, database=None, max_examples=2_000)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
    _draw_nothing_from_the_code()


def _draw_nothing_from_the_code() -> None:
    """Have examples not depend on which modules this process happens to have loaded.

    Hypothesis tries strings and numbers that stand in the program's modules too, as far as they are loaded; with
    several processes at work that differs from run to run, ``derandomize`` or not. It has no setting for this.
    """
    from hypothesis.internal import constants_ast
    from hypothesis.internal.conjecture import providers

    nothing = constants_ast.Constants()
    assert callable(providers._get_local_constants)
    providers._get_local_constants = lambda: nothing


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None, item: pytest.Item) -> Generator[None]:
    """After each file: what is left stays until the end, so no later search for garbage needs to walk through it.

    Otherwise each search takes longer than the one before; at the end of all tests it took seconds.
    """
    yield
    if nextitem is None or nextitem.path != item.path:
        gc.collect()
        gc.freeze()


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep a picture of each open window when a test fails."""
    report = yield
    if report.when == "call" and report.failed and "PySide6.QtWidgets" in sys.modules:
        kept = keep_pictures(re.sub(r"[^\w.-]+", "-", item.nodeid).strip("-")[-120:])
        if kept:
            report.sections.append(("windows at that moment", "\n".join(str(path) for path in kept)))
    return report


def keep_pictures(name: str) -> list[Path]:
    """Write what the visible windows show into .screenshots/."""
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return []
    windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    PICTURES.mkdir(exist_ok=True)
    kept = [PICTURES / f"{name}-{number}.png" for number in range(1, len(windows) + 1)]
    return [path for path, window in zip(kept, windows, strict=True) if window.grab().save(str(path))]


@pytest.fixture(scope="session")
def qapp(qapp: object) -> object:
    """The application speaks British English, whatever the tester's computer speaks."""
    from PySide6.QtCore import QLocale

    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    return qapp
