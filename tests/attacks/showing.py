"""Opens the real window on a network, shows every screen of it, and closes it.

Run as ``python -m tests.attacks.showing NETWORK RECOVERY``; prints the screens that were shown.
"""

import sys
from pathlib import Path

from peermatch.services.office import Doors
from peermatch.services.shipped import load_shipped, shipped_resources
from peermatch.ui.application import qt_application
from peermatch.ui.main_window import MainWindow
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Scheme, apply_theme
from peermatch.ui.workplace import Workplace
from tests.networks import clock
from tests.ui.real_networks import settled, wait_until


def show_all(folder: Path, recovery: str) -> list[str]:
    """Every screen for as long as it takes to be drawn."""
    app = qt_application()
    doors, tasks = Doors(load_shipped(), clock), Tasks()
    window = MainWindow(
        doors,
        tasks,
        apply_theme(app, shipped_resources(), Scheme.LIGHT, 100),
        services=doors.recover(folder, recovery),
    )
    window.show()
    wait_until(lambda: tasks.idle)
    work = window.page
    if not isinstance(work, Workplace):
        raise SystemExit("the window did not open on the network")
    shown = []
    for key in work.screens:
        work.show_screen(key)
        settled(window)
        wait_until(lambda: tasks.idle)
        shown.append(str(key))
    window.close()
    app.processEvents()
    return shown


if __name__ == "__main__":
    sys.stdout.write("\n".join(show_all(Path(sys.argv[1]), sys.argv[2])) + "\n")
