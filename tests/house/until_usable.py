"""A network opened by the real window in a process of its own: ``until_usable FOLDER PASSPHRASE``.

It prints each step until an enquiry is ranked, with what was loaded when it was on the screen.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.window_usable import Steps, usable

HOUR_MS = 3_600_000


class Loaded(Steps):
    """Notes what is loaded at each step."""

    def __init__(self) -> None:
        super().__init__()
        self.modules: dict[str, list[str]] = {}

    def painted(self, step: str, window: Any) -> None:
        """That was this step; the first is noted before the worker begins, which is when the program says so."""
        if step == "window":
            _never_rest()
            window.painted.connect(self._first)
            super().painted(step, window)
        else:
            super().painted(step, window)
            self.modules[step] = sorted(sys.modules)

    def _first(self) -> None:
        self.modules["window"] = sorted(sys.modules)


def _never_rest() -> None:
    """On a busy computer the steps lie so far apart that the rest of the program would be loaded between them."""
    from peermatch.ui import ahead

    ahead.REST_MS = HOUR_MS


def clock() -> datetime:
    """A moment that does not move; it is written here, since values would bring the program with them."""
    return datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


if __name__ == "__main__":
    loaded = Loaded()
    usable(Path(sys.argv[1]), sys.argv[2], clock, loaded)
    sys.stdout.write(json.dumps(loaded.modules) + "\n")
