"""The quiet lines at the foot of the navigation: whose network it is, and when it was last backed up."""

from datetime import date

from peermatch.model.dates import parse_day
from peermatch.services.upkeep import Info
from peermatch.ui.screens.clock_words import day_words
from peermatch.ui.widgets.text import TINY, Look, Run
from peermatch.words import tr

GOOD = Look(12, 400, "good")
WAIT = Look(12, 400, "wait")
BACK_AGAIN = tr("What you were writing is back. It is not saved yet.")


def foot_runs(network: str, info: Info | None, today: date) -> list[Run]:
    """The name of the network, and the backup as soon as it is known."""
    return [(network, TINY), *(_backup_runs(info.last_backup, today) if info is not None else ())]


def _backup_runs(last: str | None, today: date) -> list[Run]:
    day = parse_day(last[:10]) if last else None
    if day is None:
        return [("\n", TINY), (tr("no backup yet"), WAIT)]
    words = "today" if day == today else day_words(day, today)
    return [("\n", TINY), (tr("backed up {words}").format(words=words), GOOD)]


def read_only_words(made: date, today: date) -> str:
    """That this is a backup which is only looked at."""
    return tr("Read only: backup of {day_words}").format(day_words=day_words(made, today))
