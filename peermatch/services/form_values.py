"""Reads single answers of a form: options that were ticked, days in the writing of several countries, yes and no."""

import re
from collections.abc import Iterable
from datetime import date

from peermatch.model.form import DayOrder, Meaning
from peermatch.model.text import fold_name
from peermatch.services.form_words import FormWords

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_TIME = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?(?!\d)(?:\s*([ap])m)?", re.IGNORECASE)
_LOCAL = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)")
_YES = re.compile(
    r"(?:yes|y|true|x|1|i (?:agree|consent|do|am happy)|agreed?|happy|ticked|✓|✔)\b[\s\S]*|[✓✔]",
    re.IGNORECASE,
)
_NO = re.compile(r"(?:no|n|false|0|none|i do not|i don.t|not|decline)\b[\s\S]*", re.IGNORECASE)
_OPEN = re.compile(
    r"no,? (?:problem|worries|objection|preference|idea|issue)"
    r"|not,? (?:sure|certain|decided|yet|now|at (?:present|the))"
    r"|i (?:do not|don.t) (?:know|mind|object)|.*\b(?:but|except|unless|however|provided|only if)\b",
    re.IGNORECASE,
)
"""What begins like a no and is none, or none to the whole."""
_UNSAID = re.compile(r"n\.?\s?[/.]?\s?a\.?|not applicable|prefer not to say|[-–—.]+", re.IGNORECASE)
_NOTHING = re.compile(r"none(?: of (?:these|them|the above))?|nil|nothing", re.IGNORECASE)
_MAYBE = re.compile(
    r"(?:maybe|perhaps|possibly|depends|it depends|ask|ok|okay|sure|\?)(?:\b[\s\S]*|\?*)", re.IGNORECASE
)
_BUT = re.compile(
    r"\b(?:but|except|excluding|unless|apart from|other than|however|provided|only if)\b"
    r"|^(?:yes|y|happy|agreed?)\b[^.]*\b(?:not|only|n't|don.t)\b",
    re.IGNORECASE,
)
_NEW_CENTURY = 2000


def options_of(answer: str, meaning: Meaning, words: FormWords) -> tuple[str, ...]:
    """What was ticked: separated by ``;``, by line ends, or (Google Sheets) by commas that may also be in an option."""
    if ";" in answer or "\n" in answer:
        return tuple(part.strip(" ,") for part in re.split(r"[;\n]", answer) if part.strip(" ,"))
    if "," not in answer or words.find(meaning, answer) is not None:
        return (answer.strip(),) if answer.strip() else ()
    found: list[str] = []
    rest = answer
    while rest:
        option = next((each for each in words.options(meaning) if _begins(rest, each)), None)
        cut = len(option) if option else (rest.find(",") if "," in rest else len(rest))
        found.append(rest[:cut].strip())
        rest = rest[cut:].lstrip(" ,")
    return tuple(each for each in found if each)


def _begins(text: str, option: str) -> bool:
    after = text[len(option) :].lstrip()
    return text[: len(option)].casefold() == option.casefold() and (not after or after.startswith(","))


def order_of_days(answers: Iterable[str]) -> DayOrder | None:
    """How the days of a column are written, by one that can be read in one way only; None where all can be both."""
    for answer in answers:
        if (found := _LOCAL.search(answer)) is not None:
            first, second = int(found[1]), int(found[2])
            if first > 12 >= second:
                return DayOrder.DAY_FIRST
            if second > 12 >= first:
                return DayOrder.MONTH_FIRST
    return None


def needs_an_order(answers: Iterable[str]) -> bool:
    """Whether any day of a column means another day with its first two numbers the other way round."""
    found = (_LOCAL.search(answer) for answer in answers if not _ISO.search(answer))
    return any(each is not None and each[1] != each[2] for each in found)


def day_of(answer: str, order: DayOrder) -> date | None:
    """The day of an answer; None where it is none."""
    iso, local = _ISO.search(answer), _LOCAL.search(answer)
    if iso is not None:
        year, month, day = (int(part) for part in iso.groups())
    elif local is not None:
        first, second, year = (int(part) for part in local.groups())
        day, month = (first, second) if order is DayOrder.DAY_FIRST else (second, first)
        year += _NEW_CENTURY if year < 100 else 0
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def second_of(answer: str) -> int:
    """The second of the day at which an answer was given, 0 where only its day is known."""
    found = _TIME.search(answer)
    if found is None:
        return 0
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        hour = hour % 12 + (12 if found[4].casefold() == "p" else 0)
    return (hour * 60 + minute) * 60 + second


def hedged(answer: str) -> bool:
    """Whether it answers yes or no, but not plainly: no word of a list is looked for in it."""
    plain = answer.strip(" ;.")
    return any(each.fullmatch(plain) for each in (_YES, _NO, _MAYBE))


def unsaid(answer: str) -> bool:
    """Whether somebody passed over a question in so many words, as by n/a or a dash: that is no yes, and no no."""
    return _UNSAID.fullmatch(answer.strip()) is not None


def nothing_said(answer: str) -> bool:
    """The same where a question asks for something: none of these is no answer either."""
    return unsaid(answer) or _NOTHING.fullmatch(answer.strip(" .!")) is not None


def yes_or_no(answer: str, heading: str) -> bool | None:
    """What was agreed to; None where it is neither. A ticked box repeats its own question, and nothing means no.

    A yes or a no with a condition is none to the whole: a person has to read it.
    """
    if not answer:
        return False
    plain = answer.strip(" ;.")
    if _NO.fullmatch(plain):
        return None if _OPEN.match(plain) else False
    if fold_name(plain) == fold_name(heading.strip(" ?*")):
        return True
    return True if _YES.fullmatch(plain) and not _BUT.search(plain) else None
