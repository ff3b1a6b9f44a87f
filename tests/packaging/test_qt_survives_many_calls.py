"""The Qt binding survives 300,000 calls that return nothing: 6.12.0 on Python 3.11 aborts after 5,000."""

import os
import subprocess
import sys

MANY_CALLS = """
import sys
from PySide6.QtWidgets import QApplication, QWidget

application = QApplication(sys.argv[:1])
widget = QWidget()
for number in range(300_000):
    widget.setObjectName("odd" if number % 2 else "even")
print("alive", widget.objectName())
"""


def test_300_000_calls_leave_the_process_alive() -> None:
    done = subprocess.run(  # a process of its own: an abort must be seen as a failure, not end the test run
        [sys.executable, "-c", MANY_CALLS],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "alive odd"), done.stderr
