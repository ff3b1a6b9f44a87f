"""The lines of Today on letters that say that somebody's details must not be used any more, in words."""

from collections.abc import Callable

from peermatch.services.today_jobs import Job, Matter
from peermatch.ui.screens.duties_words import DUE
from peermatch.ui.screens.today_mail import Told
from peermatch.words import count_of, tr

TELLING = (Matter.STOP_USING, Matter.ERASED)
_PRESS = tr("See the letters")


def telling_line(job: Job, name: Callable[[str], str]) -> Told:
    """One of them; names come as they may be shown."""
    return _withdrawn(job, name) if job.matter is Matter.STOP_USING else _erased(job)


def _withdrawn(job: Job, name: Callable[[str], str]) -> Told:
    people = count_of(job.count, "person", "people")
    title = tr("{people} to tell that details of {name} must not be used any more").format(
        people=people, name=name(job.supporter)
    )
    note = tr("Each holds a card with what was taken back. The letter is written: send it, then note it.")
    return tr("to tell"), "risk", title, note, _PRESS, ("supporters", "", job.supporter)


def _erased(job: Job) -> Told:
    title = tr("{letters} to send after an erasure").format(letters=count_of(job.count, "letter"))
    note = tr("Whoever was given the data must be told. Send each, then take it off the list.")
    return tr("to tell"), "risk", title, note, _PRESS, ("duties", DUE, "")
