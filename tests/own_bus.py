"""A D-Bus of its own for one test: nobody else's keychain or screen saver is ever spoken to."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def private_bus() -> Iterator[str]:
    """The address of a bus that nobody else knows; it ends with the test, and with it all that is on it."""
    words = ["dbus-daemon", "--session", "--nofork", "--print-address", "--nopidfile"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        try:
            yield daemon.stdout.readline().strip()
        finally:
            daemon.terminate()
