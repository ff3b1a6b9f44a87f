"""How much work something is, in steps that are the same on every machine: no test looks at a clock."""

import sys
from collections.abc import Callable
from types import FrameType


def calls(work: Callable[[], object]) -> int:
    """How many functions are called while it is done, Python's own and others."""
    number = 0

    def count(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return number
