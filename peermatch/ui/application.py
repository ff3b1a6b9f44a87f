"""The application around the window: screen, look, faults, Qt's words, and an end without leftovers."""

import os
import sys
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from peermatch.services.doors import Doors
from peermatch.services.shipped import shipped_resources
from peermatch.services.this_computer import Preferences, preferences
from peermatch.ui.afterwards import Afterwards
from peermatch.ui.collecting import CollectHere
from peermatch.ui.locking.memory import overwrite_freed
from peermatch.ui.locking.screen_guard import ScreenGuard
from peermatch.ui.main_window import MainWindow
from peermatch.ui.messages import FaultWatch, listen_to_qt
from peermatch.ui.placing import PlaceKeeper
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import SMALLEST_SCALE, STYLED, Scheme, Theme, apply_theme

if TYPE_CHECKING:
    from peermatch.services.office import Services

NO_SCREEN = ("offscreen", "minimal", "vnc")
SCHEMES = {"light": Scheme.LIGHT, "dark": Scheme.DARK, "contrast": Scheme.HIGH_CONTRAST}


def has_screen(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a window could be seen: Windows and macOS always have a screen, Linux says so in its environment."""
    if environment.get("QT_QPA_PLATFORM", "").partition(":")[0] in NO_SCREEN:
        return False
    if platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def wished_scheme(environment: Mapping[str, str] = os.environ) -> Scheme:
    """The colours that PEERMATCH_THEME asks for, else those of the system."""
    return SCHEMES.get(environment.get("PEERMATCH_THEME", ""), Scheme.SYSTEM)


def wished_scale(environment: Mapping[str, str] = os.environ) -> int:
    """The text size in per cent that PEERMATCH_SCALE asks for."""
    wished = environment.get("PEERMATCH_SCALE", "")
    return int(wished) if wished.isascii() and wished.isdigit() else SMALLEST_SCALE


def first_look(chosen: Preferences, environment: Mapping[str, str] = os.environ) -> tuple[Scheme, int]:
    """Colours and text size of the first page: what the environment asks for, else what was chosen here."""
    scheme, scale = wished_scheme(environment), wished_scale(environment)
    return (
        Scheme(chosen.scheme) if scheme is Scheme.SYSTEM else scheme,
        chosen.scale if scale == SMALLEST_SCALE else scale,
    )


def qt_application() -> QApplication:
    """The one QApplication, made if there is none yet."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    app = QApplication(["peermatch", "-style", "Fusion"])
    app.setProperty(STYLED, True)
    app.setApplicationName("PeerMatch")
    app.setDesktopFileName("peermatch")
    return app


def write_as_in_britain() -> None:
    """Days and figures in fields as here; the first page has none, and Qt's table of countries is a long one."""
    from PySide6.QtCore import QLocale

    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


def window_icon(theme: Theme) -> QIcon:
    """The brand mark, large enough for every desktop."""
    from peermatch.ui.widgets.nav import BrandMark

    mark = BrandMark(theme)
    picture = QPixmap(256, 256)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.scale(256 / mark.width(), 256 / mark.height())
    mark.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
    painter.end()
    mark.deleteLater()
    return QIcon(picture)


def wear_icon(app: QApplication, theme: Theme) -> None:
    """The brand mark on every window."""
    app.setWindowIcon(window_icon(theme))


def wear_choices(theme: Theme, chosen: Preferences) -> None:
    """What was chosen for this computer holds from the first page on."""
    theme.set_lists(chosen.lists)
    theme.cover.set_uncaptured(chosen.uncaptured)


def _now() -> datetime:
    return datetime.now().astimezone()


def guard(app: QApplication, window: MainWindow) -> None:
    """What locks an open network, and clears what was copied from it."""
    from peermatch.ui.clipboard import ClipboardKeeper
    from peermatch.ui.locking.guard import Guard
    from peermatch.ui.locking.system import system_signals

    clipboard = ClipboardKeeper(app.clipboard(), parent=window)
    Guard(window, system_signals(window), clipboard)
    app.aboutToQuit.connect(clipboard.clear)


def tell_news(window: MainWindow, tasks: Tasks, theme: Theme) -> None:
    """What is said once after an upgrade, and by the system while nobody looks."""
    from peermatch.ui.notify import Notifier, sender
    from peermatch.ui.whats_new import WhatsNew

    WhatsNew(window, tasks, theme)
    Notifier(window, tasks, sender(window, tasks), _now)


def looking_after(app: QApplication, window: MainWindow, tasks: Tasks, theme: Theme) -> Afterwards:
    """What watches over an open network, and what the first page does without until it is painted."""
    steps = (
        theme.ring.begin,
        partial(guard, app, window),
        write_as_in_britain,
        partial(wear_icon, app, theme),
        partial(tell_news, window, tasks, theme),
    )
    return Afterwards(steps, window)


def run_window(doors: Doors, *, folder: Path | None = None, services: "Services | None" = None) -> int:
    """Open the window and stay until it is closed.

    ``services`` may have been opened by the caller's thread; from here on only the worker uses it.
    """
    app = qt_application()
    chosen = preferences()
    theme = apply_theme(app, shipped_resources(), *first_look(chosen))
    wear_choices(theme, chosen)
    listen_to_qt()
    tasks = Tasks()
    watch, collecting = FaultWatch(), CollectHere()
    if services is not None:
        write_as_in_britain()
    window = MainWindow(doors, tasks, theme, folder=folder, services=services, let_go=overwrite_freed)
    window.closed.connect(ScreenGuard(window, theme.cover).stop)
    after = looking_after(app, window, tasks, theme)
    if services is not None:
        after.finish()
    else:
        theme.ring.rest()
        collecting.rest()
        window.warmed.connect(collecting.begin)
        window.painted.connect(after.begin)
        window.opened.connect(after.finish)
        window.closed.connect(after.forget)
    place = PlaceKeeper(window)
    watch.happened.connect(window.show_fault)
    tasks.crashed.connect(watch.came_from_worker)
    watch.start()
    try:
        place.restore()
        window.show()
        return app.exec()
    finally:
        watch.stop()
        window.close()
        collecting.stop()
