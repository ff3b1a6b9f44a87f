"""What a cell of the file stands for, where it was asked for in plain SQL."""

import json
from datetime import date
from typing import Any


def day(cell: str) -> date:
    """A day, which is ISO text there."""
    return date.fromisoformat(cell)


def maybe_day(cell: str | None) -> date | None:
    """A day, or none."""
    return None if cell is None else date.fromisoformat(cell)


def parsed(cell: str) -> Any:
    """A list or an object, which is JSON there."""
    return json.loads(cell)
