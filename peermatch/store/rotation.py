"""Which backups are kept: seven days, four weeks, none older than 35 days, within a budget of space."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

DAYS = 7
WEEKS = 4
# What is erased from the network is gone from its backups after this (UK GDPR article 17: told to the person).
OLDEST = timedelta(days=35)
PROTECTED = timedelta(days=30)
BUDGET = 2 * 1024**3
_BEFORE = "before-"


class Dated(Protocol):
    """What the rules need to know of a backup."""

    @property
    def path(self) -> Path:
        """Where it lies."""

    @property
    def made(self) -> datetime:
        """When it was made."""

    @property
    def reason(self) -> str:
        """Why it was made."""

    @property
    def size(self) -> int:
        """How many bytes it takes."""


Backup = TypeVar("Backup", bound=Dated)


def superfluous(backups: tuple[Backup, ...], now: datetime, budget: int = BUDGET) -> tuple[Backup, ...]:
    """Those that may go, oldest first; the newest never is among them.

    What was made before a great change stays for 30 days. A clock that jumped ahead must not take all at once: after
    a gap of more than 35 days the first backup lets nothing go by its age, and the second does.
    """
    newest_first = sorted(backups, key=lambda each: each.made, reverse=True)
    before = newest_first[1].made if len(newest_first) > 1 else now
    kept = _kept(newest_first, now if now - before <= OLDEST else before)
    while len(kept) > 1 and sum(each.size for each in kept) > budget:
        kept.remove(_least(kept))
    return tuple(each for each in reversed(newest_first) if each not in kept)


def _kept(newest_first: list[Backup], now: datetime) -> list[Backup]:
    days: set[object] = set()
    weeks: set[object] = set()
    kept = newest_first[:1]
    for each in newest_first:
        day, week = each.made.date(), each.made.isocalendar()[:2]
        wanted = (day not in days and len(days) < DAYS) or (week not in weeks and len(weeks) < WEEKS)
        if each.reason.startswith(_BEFORE):
            wanted = now - each.made <= PROTECTED
        else:
            days.add(day)
            weeks.add(week)
        if wanted and now - each.made <= OLDEST and each not in kept:
            kept.append(each)
    return kept


def _least(kept: list[Backup]) -> Backup:
    """The oldest that is nothing special, else the oldest; the first of the list is the newest and stays."""
    plain = [each for each in kept[1:] if not each.reason.startswith(_BEFORE)]
    return (plain or kept[1:])[-1]
