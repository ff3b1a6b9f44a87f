"""How fresh a signpost is: when somebody last checked it, in words, and whether the yearly check is due."""

import re
from dataclasses import dataclass
from datetime import date

from peermatch.model.dates import in_words, parse_day, twelve_months_before
from peermatch.model.signposts import Signpost

NEVER = "never checked"
_MONTH = re.compile(r"[1-9]\d{3}-(0[1-9]|1[0-2])", re.ASCII)
_YEAR = re.compile(r"[1-9]\d{3}", re.ASCII)
_SMALL = frozenset({"a", "and", "for", "in", "of", "on", "or", "the", "to", "with"})
_DIGITS = re.compile(r"\d[\d ]*\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Check:
    """How it stands; ``due`` asks the lead to confirm or correct it, ``words`` say since when."""

    due: bool
    words: str


def check_of(signpost: Signpost, on: date) -> Check:
    """The network's own check counts for a year; a source that showed the service counts for a year from its day."""
    year_ago = twelve_months_before(on)
    if signpost.checked is not None:
        day = in_words(signpost.checked)
        fresh = signpost.checked > year_ago
        return Check(not fresh, f"checked on {day}" if fresh else f"not checked since {day}")
    seen = parse_day(signpost.source_date)
    if seen is not None and seen > year_ago and not signpost.recheck:
        return Check(False, f"seen on {in_words(seen)}")
    since = seen_words(signpost.source_date)
    return Check(True, f"not checked since {since}" if since else NEVER)


def seen_words(source_date: str) -> str:
    """A day, month or year of the vocabulary in words; empty where the source has no date."""
    day = parse_day(source_date)
    if day is not None:
        return in_words(day)
    if _MONTH.fullmatch(source_date):
        return in_words(date.fromisoformat(f"{source_date}-01")).partition(" ")[2]
    return source_date if _YEAR.fullmatch(source_date) else ""


def aloud(number: str) -> str:
    """A phone number as it is read aloud, digit by digit in its groups: ``0 8 0 8, 2 0 0 0, 2 4 7``."""
    return _DIGITS.sub(lambda found: ", ".join(" ".join(group) for group in found[0].split()), number)


def initials(name: str) -> str:
    """A name of which nobody who passes by can read what it is about: ``N. D. A. H.``."""
    bare = re.sub(r"\([^()]*\)", " ", name)
    words = re.findall(r"[^\W\d_][\w'\u2019]*", bare) or re.findall(r"\w+", name)
    kept = [word for word in words if word.casefold() not in _SMALL] or words
    return " ".join(f"{word[0].upper()}." for word in kept)
