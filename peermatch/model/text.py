"""Names and addresses folded for comparison, and text made safe for one line."""

import re
import unicodedata

_TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor"})
# Control and format characters (bidi overrides among them), surrogates, and the two Unicode line ends.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Joiners are part of how emoji and several scripts are written; they break no line and turn no text round.
_JOINERS = "\u200c\u200d"


def fold_name(name: str) -> str:
    """A name without case, combining marks, spaces and titles, so that spellings of one person are equal."""
    decomposed = unicodedata.normalize("NFKD", name)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return "".join(word for word in bare.split() if not is_title(word))


def is_title(word: str) -> bool:
    """Whether a word of a name is a title: Dr, Prof., Mx."""
    return word.rstrip(".").casefold() in _TITLES


def fold_place(name: str) -> str:
    """The name of a place without case and spaces too many: ``St. Helens`` and ``Saint Helens`` are ``st helens``."""
    return " ".join(fold_saint(word) for word in name.casefold().split())


def fold_saint(word: str) -> str:
    """``st`` for saint, however it is written; any other folded word as it is."""
    return "st" if word in ("saint", "st.") else word


def fold_address(address: str) -> str:
    """An e-mail address without case and surrounding spaces."""
    return address.strip().casefold()


def lower(label: str) -> str:
    """A label within a sentence: an abbreviation stays as it is."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def one_line(text: str) -> str:
    """Text that stays on one line and shows all that it holds: no control or direction characters."""
    spaced = re.sub(r"[\s\x00-\x1f\x7f\u0085\u2028\u2029]+", " ", text)
    seen = "".join(c for c in spaced if c in _JOINERS or unicodedata.category(c) not in _UNSEEN)
    return seen.strip()


def readable(text: str) -> str:
    """Text of several lines without control and direction characters; every line end becomes a line feed."""
    unix = re.sub(r"\r\n?|\u0085|\u2028|\u2029", "\n", text)
    return "".join(c for c in unix if c in "\n\t" or c in _JOINERS or unicodedata.category(c) not in _UNSEEN)
