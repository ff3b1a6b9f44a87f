"""The window as a program of its own: ``python -m tests.ui.access.read_program FOLDER`` opens the sample there."""

import sys
from pathlib import Path

from peermatch.services.sample import PASSPHRASE
from peermatch.services.shipped import shipped_resources
from peermatch.ui.application import qt_application
from peermatch.ui.main_window import MainWindow
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Scheme, apply_theme
from tests.ui.real_networks import doors


def main(folder: Path) -> int:
    """Show it until somebody ends it."""
    app = qt_application()
    theme = apply_theme(app, shipped_resources(), Scheme.LIGHT)
    window = MainWindow(doors(), Tasks(AtOnce()), theme, services=doors().open(folder, PASSPHRASE))
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
