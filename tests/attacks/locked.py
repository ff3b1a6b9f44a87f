"""Opens the real window on a network by its passphrase, shows every screen of it, locks it, and waits to be looked at.

Run as ``python -m tests.attacks.locked NETWORK``; the passphrase comes by standard input. Prints a line when the window
is open, and one when it is locked, and goes on with the next line that it is given.
"""

import os
import sys
from pathlib import Path

from peermatch.memory_guard import keep_one_heap
from peermatch.services.office import Doors
from peermatch.services.shipped import load_shipped, shipped_resources
from peermatch.store.kdf import LEAST
from peermatch.ui.application import qt_application
from peermatch.ui.locking.memory import overwrite_freed
from peermatch.ui.main_window import MainWindow
from peermatch.ui.screens.welcome import Welcome
from peermatch.ui.screens.welcome_unlock import UnlockForm
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Scheme, apply_theme
from peermatch.ui.workplace import Workplace
from tests.networks import clock
from tests.ui.real_networks import settled, wait_until


def tell(word: str) -> None:
    """Say how far it is, and wait to be told to go on."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()
    heard()


def heard() -> str:
    """One line that we are given; a buffered reader would keep it in memory by itself."""
    return os.read(sys.stdin.fileno(), 1000).decode().strip()


def unlock(window: MainWindow) -> None:
    """Type the passphrase, as a person would."""
    page = window.page
    if not (isinstance(page, Welcome) and isinstance(page.form, UnlockForm)):
        raise SystemExit("the window does not ask for a passphrase")
    page.form._secret.setText(heard())
    page.form._submit()
    wait_until(lambda: not window.locked)


def show_all(window: MainWindow, tasks: Tasks) -> None:
    """Every screen, and the records on some of them."""
    work = window.page
    if not isinstance(work, Workplace):
        raise SystemExit("the window did not open on the network")
    at = [(str(key), "", "") for key in work.screens]
    for place in (*at, ("enquiries", "E-0142", ""), ("supporters", "", "S-0001")):
        work.show_screen(*place)
        settled(window)
        wait_until(lambda: tasks.idle)


def main(folder: Path) -> None:
    """Open, show, lock."""
    keep_one_heap()
    app, tasks = qt_application(), Tasks()
    theme = apply_theme(app, shipped_resources(), Scheme.LIGHT, 100)
    doors = Doors(load_shipped(), clock, LEAST)
    window = MainWindow(doors, tasks, theme, folder=folder, let_go=overwrite_freed)
    window.resize(1440, 900)
    window.show()
    unlock(window)
    show_all(window, tasks)
    tell("open")
    let_go: list[bool] = []
    window.locked_now.connect(lambda: let_go.append(True))
    window.lock()
    wait_until(lambda: bool(let_go))
    tell("locked")
    window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
