"""Says a name once: what Qt tells besides it, of a tooltip or of grey words in a field, is left to what is new."""

import re

NOTHING_NEW = " "
"""Of an empty description Qt tells the tooltip or the grey words instead; a space is told, and not heard."""
_KEYS = re.compile(r"\s*\(([^()]*)\)$")


def besides(name: str, words: str) -> str:
    """What the words say beside the name: all of them, no more than the keys at their end, or nothing."""
    if _folded(words) == _folded(name):
        return NOTHING_NEW
    keys = _KEYS.search(words)
    plain = words[: keys.start()] if keys else words
    if _folded(plain) != _folded(name):
        return words
    return keys[1] if keys else NOTHING_NEW


def _folded(words: str) -> str:
    return words.strip(" .…").casefold()
