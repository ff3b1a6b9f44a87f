"""What comes after the first page, loaded before somebody needs it: on the worker, in the order of need."""

import importlib

PAGES = ("peermatch.ui.workplace",)


def load_pages() -> None:
    """Read the code of the pages of an open network; nothing of it is built. A second time does nothing."""
    for name in PAGES:
        importlib.import_module(name)
