"""Files that came with a letter, and how many of them are kept."""

from dataclasses import dataclass

LARGEST_FILE = 10_000_000
"""Bytes; a larger one stays with the e-mail, and its name alone is noted."""
MOST_FILES = 20
"""Of one letter; more are a sign of something else than a letter."""


@dataclass(frozen=True, slots=True, repr=False)
class LetterFile:
    """One file as it came; nothing in it is opened, run or looked into. It never shows itself."""

    name: str
    body: bytes
