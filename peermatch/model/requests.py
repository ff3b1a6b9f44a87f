"""Requests and complaints under data protection law: what came, what was done, and the day by which to answer."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum

from peermatch.model.dates import in_words
from peermatch.model.rights import RequestKind, Subject
from peermatch.words import tr

ACKNOWLEDGE_WITHIN = timedelta(days=30)
"""For complaints: counted from the day after they came (Data (Use and Access) Act 2025; the ICO's guidance)."""
FIRST, EXTENDED = 1, 3
"""Months from the day of receipt, as such and after an extension (UK GDPR article 12(3))."""
_MONTHS_A_YEAR, _SATURDAY = 12, 5


class Stage(StrEnum):
    """How pressing a request is, for a colour or a place in a list; the words are its ``state``."""

    RUNNING = "running"
    LATE = "late"
    WAITING = "waiting"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class KeptRequest:
    """A request as it is kept: each step with its day.

    ``extended`` is the day on which they were told that it takes up to two months more, and ``extended_why`` what
    they were told; ``paused`` the day since which the clock stands, for ``waiting_for``; ``resumed`` the day on which
    it last went on, after ``paused_days`` in all.
    """

    id: str
    kind: RequestKind
    subject: Subject | None
    received: date
    summary: str
    acknowledged: date | None = None
    extended: date | None = None
    extended_why: str = ""
    paused: date | None = None
    waiting_for: str = ""
    paused_days: int = 0
    resumed: date | None = None
    closed: date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Request(KeptRequest):
    """A request with its clock on a day.

    ``due`` is the day by which to answer; a complaint has none, for it is answered without undue delay.
    ``acknowledge_by`` is for complaints alone. ``extend_until`` is the last day on which more time may be taken.
    """

    due: date | None = None
    acknowledge_by: date | None = None
    extend_until: date | None = None
    stage: Stage = Stage.RUNNING
    state: str = ""


def months_later(day: date, months: int) -> date:
    """The same date some months later; where that month has no such date, its last day."""
    years, month = divmod(day.month - 1 + months, _MONTHS_A_YEAR)
    year, month = day.year + years, month + 1
    if year > MAXYEAR:
        return date.max
    return date(year, month, min(day.day, _length_of(year, month)))


def _length_of(year: int, month: int) -> int:
    if (year, month) == (MAXYEAR, _MONTHS_A_YEAR):
        return date.max.day
    following = date(year + month // _MONTHS_A_YEAR, month % _MONTHS_A_YEAR + 1, 1)
    return (following - timedelta(days=1)).day


def working_day(day: date, holidays: Collection[date]) -> date:
    """The day itself, or the next that is neither Saturday, Sunday nor a holiday."""
    while (day.weekday() >= _SATURDAY or day in holidays) and day < date.max:
        day += timedelta(days=1)
    return day


def due_day(received: date, months: int, stopped: int, holidays: Collection[date]) -> date:
    """The day by which to answer (rules, 4.1): months from receipt, the days that the clock stood, a working day."""
    return working_day(_later(months_later(received, months), stopped), holidays)


def _later(day: date, days: int) -> date:
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def on_the_clock(kept: KeptRequest, on: date, holidays: Collection[date]) -> Request:
    """A request as it stands on a day."""
    known = {each.name: getattr(kept, each.name) for each in fields(KeptRequest)}
    if kept.kind is RequestKind.COMPLAINT:
        latest = working_day(_later(kept.received, ACKNOWLEDGE_WITHIN.days), holidays)
        clock = _of_complaint(kept, on, latest)
        return Request(**known, acknowledge_by=latest, stage=clock[0], state=clock[1])
    stopped = _stopped(kept, on)
    first = due_day(kept.received, FIRST, stopped, holidays)
    due = due_day(kept.received, EXTENDED, stopped, holidays) if kept.extended else first
    stage, state = _of_request(kept, on, due)
    return Request(**known, due=due, extend_until=first, stage=stage, state=state)


def farthest(kept: KeptRequest, on: date) -> date:
    """About the last day that the clock of a request can name: the holidays near it must be known."""
    return _later(months_later(kept.received, EXTENDED), _stopped(kept, on))


def _stopped(kept: KeptRequest, on: date) -> int:
    """The days that the clock stood, with those of a pause that lasts."""
    return kept.paused_days + (max((on - kept.paused).days, 0) if kept.paused else 0)


def _of_request(kept: KeptRequest, on: date, due: date) -> tuple[Stage, str]:
    if kept.closed:
        return Stage.CLOSED, tr("Closed on {in_words}").format(in_words=in_words(kept.closed))
    if kept.paused:
        return Stage.WAITING, tr("Waiting for them since {in_words}").format(in_words=in_words(kept.paused))
    if on > due:
        return Stage.LATE, tr("Late by {days}").format(days=_days((on - due).days))
    return Stage.RUNNING, tr("Answer by {in_words}").format(in_words=in_words(due))


def _of_complaint(kept: KeptRequest, on: date, latest: date) -> tuple[Stage, str]:
    if kept.closed:
        return Stage.CLOSED, tr("Closed on {in_words}").format(in_words=in_words(kept.closed))
    if kept.acknowledged:
        return Stage.RUNNING, tr("Acknowledged on {in_words}; answer without undue delay").format(
            in_words=in_words(kept.acknowledged)
        )
    if on > latest:
        return Stage.LATE, tr("Acknowledgement late by {days}").format(days=_days((on - latest).days))
    return Stage.RUNNING, tr("Acknowledge by {in_words}").format(in_words=in_words(latest))


def _days(count: int) -> str:
    return tr("1 day") if count == 1 else tr("{count} days").format(count=count)
