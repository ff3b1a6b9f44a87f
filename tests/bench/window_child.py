"""A process that is measured as a whole: ``hello``, ``first``, ``usable FOLDER``, ``screens FOLDER``; it prints JSON.

``hello`` is the smallest window that PySide6 can show; ``first`` the program's own until it is painted; ``usable`` a
network opened by its passphrase until its people are listed and one enquiry is ranked; ``screens`` how long each screen
takes, when it is first shown and when somebody comes back, and how long a key in the list of people takes.
"""

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

UNWANTED = ("sqlmodel", "sqlalchemy", "pydantic", "alembic", "numpy", "scipy", "keyring")
NAME = "person 4"
PASSPHRASE = "three quiet herons walk home"


def hello() -> dict[str, Any]:
    """A window with a word in it, painted."""
    from PySide6.QtWidgets import QApplication, QLabel

    app = QApplication([])
    label = QLabel("Hello")
    label.resize(1440, 900)
    label.show()
    app.processEvents()
    label.grab()
    return {}


def first() -> dict[str, Any]:
    """The program as somebody starts it, until the way in is painted; and what has no business to be there by then."""
    gc.disable()  # as `main` does first of all; here Qt must have its screen before that
    from peermatch.app import main
    from peermatch.ui.application import qt_application  # before Qt itself, as when somebody starts it

    from PySide6.QtCore import QTimer  # isort: skip

    app, found = qt_application(), dict[str, Any]()
    os.environ.pop(
        "QT_QPA_PLATFORM", None
    )  # Qt has its screen; the program itself opens no window without one
    os.environ["DISPLAY"] = "none"

    def painted() -> None:
        found["unwanted"] = [name for name in UNWANTED if name in sys.modules]
        found["cpu"] = time.process_time()
        found["megabytes"] = _megabytes(0)
        window().close()

    def window() -> Any:
        from peermatch.ui.main_window import MainWindow

        return next(each for each in app.topLevelWidgets() if isinstance(each, MainWindow))

    QTimer.singleShot(0, lambda: window().painted.connect(painted))
    main([])
    return found


def usable(folder: str) -> dict[str, Any]:
    """Unlocked by the passphrase on the worker, the people listed, and one enquiry ranked and shown."""
    gc.disable()  # as `main` does first of all
    from tests.bench.window_usable import usable as by_the_window

    found = by_the_window(Path(folder), PASSPHRASE, _clock)
    return {**found, "cpu": found["marks"]["ranked"]}


def screens(folder: str) -> dict[str, Any]:
    """Milliseconds of each view: the first time, and when somebody comes back; of each key in the list of people."""
    gc.disable()  # as `main` does; the window looks for garbage by its clock, between what is measured
    _, stage = _opened(folder)
    seen = _first_visits(stage)
    views = stage.views()
    for _ in range(3):
        for view in views:
            seen[view.name].append(_timed(partial(stage.turn_to, view)))
    stage.show("supporters")
    return {"views": seen, "keys": _keys(stage)}


def _first_visits(stage: Any) -> dict[str, list[float]]:
    """Of each screen with its building, then of each further page; Today stands already when the window does."""
    from peermatch.ui.screens.paged import PagedScreen
    from peermatch.ui.stage import View

    shelf = stage.window.page.screens
    seen: dict[str, list[float]] = {}
    for key in shelf:
        took = _timed(partial(stage.turn_to, View(key)))
        page = shelf[key].page if isinstance(shelf[key], PagedScreen) else ""
        seen[View(key, page).name] = [took]
    for view in stage.views():
        if view.name not in seen:
            seen[view.name] = [_timed(partial(stage.turn_to, view))]
    return seen


def _keys(stage: Any) -> list[float]:
    """Of a name that is typed letter by letter, each until the list is painted."""
    list_of_people = stage.window.page.current.list
    found = []
    for end in range(1, len(NAME) + 1):
        found.append(_timed(partial(list_of_people.search.setText, NAME[:end])))
    return found


def _timed(work: Callable[[], object]) -> float:
    from PySide6.QtWidgets import QApplication

    from peermatch.ui.collecting import collect_due

    collect_due()
    begun = time.process_time()
    work()
    QApplication.processEvents()
    return (time.process_time() - begun) * 1000


def _opened(folder: str) -> tuple[Any, Any]:
    from peermatch.services.office import Doors
    from peermatch.services.shipped import load_shipped
    from peermatch.ui.stage import Stage

    services = Doors(load_shipped(), _clock).open(Path(folder), PASSPHRASE)
    return services, Stage(services, _clock().date())


def _clock() -> datetime:
    return datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def _megabytes(most: int) -> float:
    """The most memory that this process held; what the system counts begins with that of who started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return most / 1024
    line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main(words: list[str]) -> None:
    """Do it, and say what it took of this whole process."""
    import resource

    works: dict[str, Callable[..., dict[str, Any]]] = {
        "hello": hello, "first": first, "usable": usable, "screens": screens,
    }  # fmt: skip
    found = works[words[0]](*words[1:])
    used = resource.getrusage(resource.RUSAGE_SELF)
    said = {"cpu": used.ru_utime + used.ru_stime, "megabytes": _megabytes(used.ru_maxrss), **found}
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
