"""The lines of Today that letters bring, in words: what came, what it seems to say, and where it is looked at."""

from collections.abc import Callable

from peermatch.model.mail import Says
from peermatch.services.today_jobs import Job, Matter
from peermatch.ui.widgets.chip import ChipKind
from peermatch.words import count_of, tr

BAG_PLACE = "letters:"
"""Instead of a reference: the letters that wait for a word, or were set aside."""
MAIL_MATTERS = (Matter.MAIL_RISK, Matter.ANSWER, Matter.RETURNED, Matter.LETTERS)
Told = tuple[str, ChipKind, str, str, str, tuple[str, str, str]]
"""Chip, its kind, title, note, the button's words, and the place."""
_BAG = ("enquiries", BAG_PLACE, "")


def mail_line(job: Job, name: Callable[[str], str]) -> Told:
    """One of them; names come as they may be shown."""
    return _TOLD[job.matter](job, name)


def _risk(job: Job, _name: Callable[[str], str]) -> Told:
    title = tr("{letters} that nobody has placed may be about safety").format(
        letters=count_of(job.count, "letter")
    )
    note = tr("Read them before anything else, then say where they belong.")
    return tr("safety"), "risk", title, note, tr("Read"), _BAG


def _answer(job: Job, name: Callable[[str], str]) -> Told:
    words = {
        Says.YES: tr("An answer about {name} and {enquiry} seems to say yes"),
        Says.NO: tr("An answer about {name} and {enquiry} seems to say no"),
        Says.UNCLEAR: tr("An answer about {name} and {enquiry} is here to be read"),
    }
    title = words[Says(job.next)].format(name=name(job.supporter), enquiry=job.enquiry)
    note = tr("Read it, then note the answer. Nothing is noted by itself.")
    place = ("introductions", job.enquiry, job.supporter)
    return tr("answer"), "good" if job.next == Says.YES.value else "wait", title, note, tr("Read it"), place


def _returned(job: Job, name: Callable[[str], str]) -> Told:
    title = tr("A letter could not be delivered")
    if job.supporter:
        title = tr("A letter to {name} could not be delivered").format(name=name(job.supporter))
    note = tr("Look which address it was, correct it, and send the letter again.")
    pair = ("introductions", job.enquiry, job.supporter)
    place = pair if job.supporter and job.enquiry else _BAG
    return tr("returned"), "wait", title, note, tr("Look"), place


def _letters(job: Job, _name: Callable[[str], str]) -> Told:
    title = tr("{letters} to place").format(letters=count_of(job.count, "letter"))
    note = tr("Each may belong to an enquiry that is here, or begin a new one: you say which.")
    return tr("letters"), "mute", title, note, tr("Look"), _BAG


_TOLD: dict[Matter, Callable[[Job, Callable[[str], str]], Told]] = {
    Matter.MAIL_RISK: _risk,
    Matter.ANSWER: _answer,
    Matter.RETURNED: _returned,
    Matter.LETTERS: _letters,
}
