"""The sentences of the page on requests: what people may ask for, what each step means, and how the clock stands."""

from datetime import date
from enum import StrEnum

from peermatch.model.requests import Request, Stage
from peermatch.model.rights import RequestKind
from peermatch.ui.screens.duties_step import Asked
from peermatch.ui.widgets.chip import ChipKind
from peermatch.words import in_words, tr

INTRO = tr(
    "What people ask of us about their own data, and complaints, with the day by which to answer. Count from the day "
    "on which it came, also if it came by phone or to somebody else in the network."
)
NOTHING = tr("Nobody has asked for anything.")
NOTHING_NOTE = tr("Note a request or a complaint on the day it comes. From then its clock runs.")


class Act(StrEnum):
    """What can be done with a request."""

    ACKNOWLEDGE = "acknowledge"
    EXTEND = "extend"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"


KINDS = {
    RequestKind.ACCESS: tr("What is held on them (access)"),
    RequestKind.RECTIFICATION: tr("Something to be put right"),
    RequestKind.ERASURE: tr("To be erased"),
    RequestKind.RESTRICTION: tr("To be left unused for now (restriction)"),
    RequestKind.PORTABILITY: tr("Their data as a file (portability)"),
    RequestKind.OBJECTION: tr("An objection"),
    RequestKind.COMPLAINT: tr("A complaint"),
}
SHORT = {
    RequestKind.ACCESS: "access",
    RequestKind.RECTIFICATION: tr("put right"),
    RequestKind.ERASURE: "erasure",
    RequestKind.RESTRICTION: "restriction",
    RequestKind.PORTABILITY: "portability",
    RequestKind.OBJECTION: "objection",
    RequestKind.COMPLAINT: "complaint",
}
STAGES: dict[Stage, ChipKind] = {
    Stage.RUNNING: "wait",
    Stage.LATE: "risk",
    Stage.WAITING: "mute",
    Stage.CLOSED: "good",
}
BUTTONS = {
    Act.ACKNOWLEDGE: tr("Acknowledged today"),
    Act.EXTEND: tr("Needs more time"),
    Act.PAUSE: tr("Wait for them"),
    Act.RESUME: tr("They answered today"),
    Act.CLOSE: tr("Answered"),
}


def acts_of(request: Request, today: date) -> tuple[Act, ...]:
    """What can be done with it today."""
    if request.closed:
        return ()
    complaint = request.kind is RequestKind.COMPLAINT
    acts = [] if request.acknowledged else [Act.ACKNOWLEDGE]
    if request.paused:
        acts.append(Act.RESUME)
    elif not complaint and not (request.due and today > request.due):
        acts.append(Act.PAUSE)
    if not complaint and not request.extended and request.extend_until and today <= request.extend_until:
        acts.append(Act.EXTEND)
    return (*acts, Act.CLOSE)


def about_words(request: Request) -> str:
    """About whom, without a name."""
    return request.subject.id if request.subject else tr("nobody on record")


def facts_of(request: Request) -> str:
    """What was done with it until now."""
    told = [tr("Came on {in_words}").format(in_words=in_words(request.received))]
    if request.acknowledged and request.kind is not RequestKind.COMPLAINT:
        told.append(tr("acknowledged on {in_words}").format(in_words=in_words(request.acknowledged)))
    if request.extended:
        told.append(
            tr("extended on {in_words}: {extended_why}").format(
                in_words=in_words(request.extended), extended_why=request.extended_why
            )
        )
    if request.paused:
        told.append(tr("waiting for {waiting_for}").format(waiting_for=request.waiting_for))
    elif request.paused_days:
        told.append(
            tr("its clock stood for {paused_days} days in all").format(paused_days=request.paused_days)
        )
    if request.closed and request.outcome:
        told.append(request.outcome)
    return "; ".join(told) + "."


def asked_for(act: Act, request: Request) -> Asked:
    """What the form asks for a step that needs words."""
    title, note, label, needed = {
        Act.EXTEND: (
            tr("More time for {id}").format(id=request.id),
            tr(
                "Up to two months more, where it is complex or there are several. Tell them first, with the reason."
            ),
            tr("Why, as you told them"),
            tr("Say why more time is needed, in the words that they were told."),
        ),
        Act.PAUSE: (
            tr("Wait for them: {id}").format(id=request.id),
            tr(
                "The clock stands while you need something from them: proof of who they are, or what they mean."
            ),
            tr("What you need from them"),
            tr("Say what you need from them."),
        ),
        Act.CLOSE: (
            tr("{id} is answered").format(id=request.id),
            tr(
                "Also where it was refused or taken back. Somebody who is refused is told why, and that they may "
                "complain to us, to the Information Commissioner, and go to court."
            ),
            tr("How it ended"),
            tr("Say how it ended, for whoever reads it later."),
        ),
    }[act]
    button = {
        Act.EXTEND: tr("Take more time"),
        Act.PAUSE: tr("Stop the clock"),
        Act.CLOSE: tr("Close {id}").format(id=request.id),
    }[act]
    return Asked(act.value, request.id, title, note, label, needed, button)
