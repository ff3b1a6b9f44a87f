"""How long records are kept, as the schedule has it, and what is due on a day."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from peermatch.model.rights import Case, Subject
from peermatch.words import in_words


class Item(Enum):
    """What the schedule speaks of."""

    ENQUIRY = "enquiry"
    SPAM = "spam"
    VOLUNTEER = "volunteer"
    INTRODUCTIONS = "introductions"
    CONSENT = "consent"
    TAKEN_BACK = "taken-back"
    REQUEST = "request"
    COMPLAINT = "complaint"
    INCIDENT = "incident"
    LETTER = "letter"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Periods:
    """How long each kind of record is kept, in days or whole years (rules, 3.2).

    What was added and taken back was a mistake, so its images go when misdirected mail goes. The rules name no time
    for cases. How a request was answered can be shown for three years, as the NHS code of practice on records has it
    for subject access (2021, appendix II; general knowledge, the line itself was not read). A complaint and an incident
    may lead to a claim: six years, the limitation period, as for proof of consent. A letter that an erasure left is
    owed within a month (UK GDPR articles 12(3) and 19). A letter that stands under no enquiry belongs to nobody's
    record; a month is enough to say where it belongs (UK GDPR article 5(1)(e)).
    """

    enquiry_days: int = 90
    spam_days: int = 7
    taken_back_days: int = 7
    withdrawn_days: int = 30
    lapsed_days: int = 60
    introductions_years: int = 2
    consent_years: int = 6
    requests_years: int = 3
    complaints_years: int = 6
    incidents_years: int = 6
    letters_days: int = 30
    mail_days: int = 30
    backups_days: int = 35
    protected_backups_days: int = 30
    clock_days: int = 30


PERIODS = Periods()


@dataclass(frozen=True, slots=True)
class KeptBack:
    """That somebody is kept longer than the schedule says, until when (None: until released), and why."""

    since: date
    until: date | None
    reason: str

    def holds(self, on: date) -> bool:
        """Whether it still counts on a day."""
        return self.until is None or on <= self.until


@dataclass(frozen=True, slots=True)
class Due:
    """One item whose time is over on a day, and why; of very many few are read, so each says so when it is."""

    subject: Subject | Case
    item: Item
    since: date
    due: date
    words: str
    """The sentence, where ``{id}`` stands for whose it is and ``{in_words}`` for the day since when."""
    kept_back: KeptBack | None = None

    @property
    def sentence(self) -> str:
        """Why, as a person reads it."""
        return self.words.format(id=self.subject.id, in_words=in_words(self.since))


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much is due that nobody keeps back: how many people and cases, how many of them letters, since when."""

    count: int = 0
    letters: int = 0
    first: date | None = None


def worded(sentence: str, **values: object) -> str:
    """The words of `Due`: all is filled in but whose it is, and the day, so that many share them."""
    said = {name: str(value).replace("{", "{{").replace("}", "}}") for name, value in values.items()}
    return sentence.format(id="{id}", in_words="{in_words}", **said)


def days_after(day: date, days: int) -> date:
    """So many days later; the last day of the calendar where there is no later one."""
    return day + timedelta(days=days) if (date.max - day).days >= days else date.max


def years_after(day: date, years: int) -> date:
    """The same date so many years later, from 29 February also to 28 February."""
    if day.year + years > date.max.year:
        return date.max
    last = calendar.monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last))


def clock_jumped(last: datetime, now: datetime, periods: Periods = PERIODS) -> bool:
    """Whether so much time lies between the last step and now that the clock itself may be wrong."""
    return abs(now - last) > timedelta(days=periods.clock_days)
