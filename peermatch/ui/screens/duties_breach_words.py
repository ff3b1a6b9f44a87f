"""The sentences of the page for when something went wrong: calm, in order, with the time that is left."""

from datetime import datetime
from enum import StrEnum

from peermatch.model.incidents import Incident
from peermatch.model.requests import Stage
from peermatch.ui.screens.duties_step import Asked
from peermatch.words import count_of, in_words, tr

INTRO = tr(
    "A letter to the wrong person, a lost laptop, a list that somebody saw. It happens, and noting it quickly helps "
    "everybody. Start with when you noticed: the law counts 72 hours from that moment."
)
NOTHING = tr("Nothing has been noted.")
NOTHING_NOTE = tr("If something goes wrong, note it here first. You are led through the rest.")
MOST_NAMED = 12


class Act(StrEnum):
    """What can be noted about an incident."""

    REPORTED = "reported"
    NOT_REPORTED = "not-reported"
    TOLD = "told"
    CLOSE = "close"


def moment_words(moment: datetime) -> str:
    """A moment by this computer's clock."""
    local = moment.astimezone()
    return tr("{in_words} at {local:%H:%M}").format(in_words=in_words(local.date()), local=local)


def clock_words(incident: Incident) -> str:
    """How much time is left to report, or how it stands."""
    if incident.closed or incident.reported or incident.not_reported:
        return incident.state
    if incident.stage is Stage.LATE:
        return tr("72 hours have passed. Report it now, and say why it is late")
    return tr("{count_of} of 72 left, until {moment_words}").format(
        count_of=count_of(max(incident.hours_left, 0), "hour"),
        moment_words=moment_words(incident.report_by),
    )


def share_left(incident: Incident) -> float:
    """The part of the 72 hours that is left."""
    return max(0.0, min(1.0, incident.hours_left / 72))


def exposed_words(incident: Incident) -> str:
    """Whose data it was, by reference."""
    named = [subject.id for subject in incident.exposed]
    if not named:
        return tr("Nobody is named. If you find out whose data it was, note it with who was told.")
    more = len(named) - MOST_NAMED
    return (
        ", ".join(named[:MOST_NAMED]) + (tr(" and {more} more").format(more=more) if more > 0 else "") + "."
    )


def report_words(incident: Incident) -> str:
    """What was decided about the regulator."""
    if incident.reported:
        under = (
            tr(", reference {report_reference}").format(report_reference=incident.report_reference)
            if incident.report_reference
            else ""
        )
        return tr("Reported on {moment_words}{under}.").format(
            moment_words=moment_words(incident.reported), under=under
        )
    if incident.not_reported:
        return tr("Not reported: {not_reported}").format(not_reported=incident.not_reported)
    return tr(
        "Ask your data protection officer. The Information Commissioner is told unless a risk to people is unlikely. "
        "You can report with what you know and add the rest later."
    )


def told_words(incident: Incident) -> str:
    """Who was told."""
    if incident.told:
        return tr("Noted on {in_words}: {told_what}").format(
            in_words=in_words(incident.told), told_what=incident.told_what
        )
    return tr(
        "Where the risk to them is high, tell them without delay: what happened, what it may mean, what you did, what "
        "they can do, and whom to ask. Mind how each of them can be reached safely."
    )


CONTAIN = tr(
    "Ask whoever has it to delete it and to say so. Change a passphrase that may be known, take away the key of a "
    "lost computer, and encrypt everything with a new key. Keep what shows what happened."
)


def asked_for(act: Act, incident: Incident) -> Asked:
    """What the form asks for a step."""
    id = incident.id
    return {
        Act.REPORTED: Asked(
            act.value,
            id,
            tr("{id} was reported").format(id=id),
            tr("When the Information Commissioner was told, and the reference they gave, if you have it."),
            tr("Their reference (not needed)"),
            "",
            tr("Note the report"),
        ),
        Act.NOT_REPORTED: Asked(
            act.value,
            id,
            tr("{id} is not reported").format(id=id),
            tr(
                "Only where a risk to people is unlikely. The reason is kept, because you may be asked for it."
            ),
            tr("Why no report is needed"),
            tr("Say why no report is needed."),
            tr("Keep this reason"),
        ),
        Act.TOLD: Asked(
            act.value,
            id,
            tr("Who was told of {id}").format(id=id),
            tr("Names are not needed: say which of them, how, and what. Or say why nobody needs to be told."),
            tr("Who was told what, or why nobody"),
            tr("Say who was told, or why nobody needs to be."),
            tr("Note who was told"),
        ),
        Act.CLOSE: Asked(
            act.value,
            id,
            tr("{id} is dealt with").format(id=id),
            tr("What was done, and what you will do differently, so that it does not happen again."),
            tr("What you learned"),
            tr("Say what was done and what will be different."),
            tr("Close {id}").format(id=id),
        ),
    }[act]
