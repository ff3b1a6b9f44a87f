"""Introductions in words: rows with their clocks, the steps of the way, and what each state means."""

from collections.abc import Sequence
from datetime import date

from peermatch.model.introduction import Introduction, State
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.clock_words import (
    ANSWER_WITHIN,
    ASK_AGAIN_AFTER,
    FOLLOW_UP_AFTER,
    after_working_days,
    ago_words,
    day_words,
    working_days,
)
from peermatch.ui.widgets.chip import ChipKind
from peermatch.ui.widgets.queue_list import QueueRow
from peermatch.ui.widgets.states import Step, StepState

Key = tuple[str, str]
"""Reference and supporter: what an introduction is known by."""
OVER_WORDS = {
    State.DECLINED: "{name} said no",
    State.LAPSED: "no answer from {name}",
    State.REFUSED: "the trainee said no",
    State.ENDED: "ended",
    State.STOPPED: "stopped",
}
STATE_CHIPS: dict[State, tuple[str, ChipKind]] = {
    State.ASKED: ("waiting for an answer", "mute"),
    State.ACCEPTED: ("ask the trainee", "wait"),
    State.AGREED: ("both said yes", "good"),
    State.INTRODUCED: ("introduced", "good"),
    State.DECLINED: ("said no", "mute"),
    State.LAPSED: ("no answer", "mute"),
    State.REFUSED: ("trainee said no", "mute"),
    State.ENDED: ("ended", "mute"),
    State.STOPPED: ("stopped", "mute"),
}
_TURN = {State.AGREED: 0, State.ACCEPTED: 1, State.ASKED: 2, State.INTRODUCED: 3}


def key_of(introduction: Introduction) -> str:
    """The key of a row."""
    return f"{introduction.enquiry} {introduction.supporter}"


def name_of(snapshot: Snapshot, supporter: str) -> str:
    """The short name for lists; the id of somebody who is no longer held."""
    person = snapshot.supporters.get(supporter)
    return person.shown_name if person else supporter


def first_name_of(snapshot: Snapshot, supporter: str) -> str:
    """What to call them."""
    person = snapshot.supporters.get(supporter)
    return person.first_name if person else supporter


def answer_due(introduction: Introduction) -> date:
    """By when a supporter should have answered."""
    return after_working_days(introduction.asked, ANSWER_WITHIN)


def follow_up_due(introduction: Introduction) -> date:
    """When to ask whether they met."""
    return (introduction.introduced or introduction.asked) + FOLLOW_UP_AFTER


def needs_you(introduction: Introduction, on: date) -> bool:
    """Whether the next step is the coordinator's today."""
    if introduction.state is State.ASKED:
        return working_days(introduction.asked, on) >= ASK_AGAIN_AFTER
    if introduction.state is State.INTRODUCED:
        return on >= follow_up_due(introduction)
    return introduction.in_hand


def in_order(introductions: Sequence[Introduction], on: date, *, over: bool) -> tuple[Introduction, ...]:
    """Those in hand with what needs somebody first, or those that are over with the newest first."""
    chosen = [i for i in introductions if i.in_hand != over]
    if over:
        return tuple(sorted(chosen, key=lambda i: (i.asked, i.enquiry, i.supporter), reverse=True))
    return tuple(
        sorted(chosen, key=lambda i: (not needs_you(i, on), _TURN[i.state], i.asked, i.enquiry, i.supporter))
    )


def row(introduction: Introduction, name: str, on: date) -> QueueRow:
    """One line of the list; the name comes as it may be shown."""
    chip, kind = clock(introduction, on)
    return QueueRow(
        key=key_of(introduction),
        title=introduction.enquiry,
        summary=f"with {name}",
        state=_since(introduction, on),
        chip=chip,
        chip_kind=kind,
    )


def clock(introduction: Introduction, on: date) -> tuple[str, ChipKind]:
    """The chip of a row: what is due, in words."""
    state = introduction.state
    if state is State.ASKED:
        return _asked_clock(introduction, on)
    if state is State.AGREED:
        return "send the card", "wait"
    if state is State.INTRODUCED:
        due = follow_up_due(introduction)
        return ("follow up", "wait") if on >= due else (f"follow up {day_words(due, on)}", "mute")
    return STATE_CHIPS[state]


def _asked_clock(introduction: Introduction, on: date) -> tuple[str, ChipKind]:
    due = answer_due(introduction)
    if on > due:
        return "answer overdue", "risk"
    if on == due:
        return "reply due", "wait"
    if working_days(introduction.asked, on) >= ASK_AGAIN_AFTER:
        return "remind once", "wait"
    return f"reply due {day_words(due, on)}", "mute"


def _since(introduction: Introduction, on: date) -> str:
    if introduction.state is State.INTRODUCED and introduction.introduced:
        return f"introduced on {day_words(introduction.introduced, on)}"
    if introduction.state is State.ACCEPTED and introduction.answered:
        return f"said yes {ago_words(introduction.answered, on)}"
    if introduction.ended:
        return f"over since {day_words(introduction.ended, on)}"
    return f"asked {ago_words(introduction.asked, on)}"


def steps(introduction: Introduction, name: str, on: date) -> tuple[Step, ...]:
    """The five steps, what was done on which day, and where this one stands."""
    return (
        Step("Asked", f"{day_words(introduction.asked, on)}, without a name", "done"),
        _answer_step(introduction, name, on),
        _trainee_step(introduction),
        _card_step(introduction, on),
        _after_step(introduction, on),
    )


def _answer_step(introduction: Introduction, name: str, on: date) -> Step:
    state, answered = introduction.state, introduction.answered
    when = day_words(answered, on) if answered else ""
    if state is State.ASKED:
        return Step(f"{name} says yes", f"due by {day_words(answer_due(introduction), on)}", "now")
    if state is State.DECLINED:
        return Step(f"{name} said no", when, "done")
    if state is State.LAPSED:
        return Step("No answer", "let go", "done")
    return (
        Step(f"{name} said yes", when, "done")
        if answered
        else Step(f"{name} says yes", "stopped before", "next")
    )


def _trainee_step(introduction: Introduction) -> Step:
    state = introduction.state
    if state is State.ACCEPTED:
        return Step("Trainee says yes", "you are here", "now")
    if state is State.REFUSED:
        return Step("Trainee said no", "no reason needed", "done")
    agreed = state is State.AGREED or introduction.introduced is not None
    return Step("Trainee said yes", "", "done") if agreed else Step("Trainee says yes", "", "next")


def _card_step(introduction: Introduction, on: date) -> Step:
    sent = introduction.introduced
    if sent:
        return Step("Card sent", day_words(sent, on), "done")
    here: StepState = "now" if introduction.state is State.AGREED else "next"
    return Step("Card sent", "you are here" if here == "now" else "", here)


def _after_step(introduction: Introduction, on: date) -> Step:
    if introduction.state is State.ENDED:
        return Step("Followed up", day_words(introduction.ended, on) if introduction.ended else "", "done")
    if introduction.state is State.INTRODUCED:
        return Step("Followed up", f"due {day_words(follow_up_due(introduction), on)}", "now")
    return Step("Followed up", "", "next")
