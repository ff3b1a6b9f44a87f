"""Introductions in words: rows with their clocks, the steps of the way, and what each state means."""

from collections.abc import Sequence
from datetime import date

from peermatch.model.introduction import Introduction, State
from peermatch.model.posted import NO_LETTERS, NOTHING_WRITTEN, Letters, Posted, Written, sent
from peermatch.services.clocks import Turn, answer_due, follow_up_due, turn
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.clock_words import ago_words, day_words
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


def letters_of(introduction: Introduction, written: Written) -> Letters:
    """The letters of one introduction."""
    return written.get((introduction.enquiry, introduction.supporter), NO_LETTERS)


def needs_you(introduction: Introduction, on: date, written: Written = NOTHING_WRITTEN) -> bool:
    """Whether the next step is the coordinator's today."""
    return turn(introduction, on, letters_of(introduction, written)) is not Turn.WAIT


def in_order(
    introductions: Sequence[Introduction], on: date, *, over: bool, written: Written = NOTHING_WRITTEN
) -> tuple[Introduction, ...]:
    """Those in hand with what needs somebody first, or those that are over with the newest first."""
    chosen = [i for i in introductions if i.in_hand != over]
    if over:
        return tuple(sorted(chosen, key=lambda i: (i.asked, i.enquiry, i.supporter), reverse=True))
    return tuple(
        sorted(
            chosen,
            key=lambda i: (not needs_you(i, on, written), _TURN[i.state], i.asked, i.enquiry, i.supporter),
        )
    )


def row(introduction: Introduction, name: str, on: date, letters: Letters = NO_LETTERS) -> QueueRow:
    """One line of the list; the name comes as it may be shown."""
    chip, kind = clock(introduction, on, letters)
    return QueueRow(
        key=key_of(introduction),
        title=introduction.enquiry,
        summary=f"with {name}",
        state=_since(introduction, on, letters),
        chip=chip,
        chip_kind=kind,
    )


def clock(introduction: Introduction, on: date, letters: Letters = NO_LETTERS) -> tuple[str, ChipKind]:
    """The chip of a row: what is due, in words."""
    state = introduction.state
    if state is State.ASKED:
        return _asked_clock(introduction, on, letters)
    if state is State.AGREED:
        return "send the card", "wait"
    if state is State.INTRODUCED:
        due = follow_up_due(introduction, letters)
        ending = turn(introduction, on, letters) is Turn.END
        now = "may be ended" if ending else "follow up"
        return (now, "wait") if on >= due else (f"follow up {day_words(due, on)}", "mute")
    return STATE_CHIPS[state]


def _asked_clock(introduction: Introduction, on: date, letters: Letters) -> tuple[str, ChipKind]:
    due = answer_due(introduction, letters)
    if on > due:
        return "answer overdue", "risk"
    if on == due:
        return "reply due", "wait"
    if turn(introduction, on, letters) is Turn.REMIND:
        return "remind once", "wait"
    return f"reply due {day_words(due, on)}", "mute"


def _since(introduction: Introduction, on: date, letters: Letters) -> str:
    if introduction.state is State.INTRODUCED and introduction.introduced:
        return f"introduced on {day_words(introduction.introduced, on)}"
    if introduction.state is State.ACCEPTED and introduction.answered:
        return f"said yes {ago_words(introduction.answered, on)}"
    if introduction.ended:
        return f"over since {day_words(introduction.ended, on)}"
    reminded = sent(letters, Posted.REMINDER, introduction.asked)
    told = f" · reminded {day_words(reminded, on)}" if reminded else ""
    return f"asked {ago_words(introduction.asked, on)}{told}"


def steps(introduction: Introduction, name: str, on: date, letters: Letters = NO_LETTERS) -> tuple[Step, ...]:
    """The five steps, what was done on which day, and where this one stands."""
    return (
        Step("Asked", f"{day_words(introduction.asked, on)}, without a name", "done"),
        _answer_step(introduction, name, on, letters),
        _trainee_step(introduction),
        _card_step(introduction, on),
        _after_step(introduction, on, letters),
    )


def _answer_step(introduction: Introduction, name: str, on: date, letters: Letters) -> Step:
    state, answered = introduction.state, introduction.answered
    when = day_words(answered, on) if answered else ""
    if state is State.ASKED:
        return Step(f"{name} says yes", f"due by {day_words(answer_due(introduction, letters), on)}", "now")
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


def _after_step(introduction: Introduction, on: date, letters: Letters) -> Step:
    if introduction.state is State.ENDED:
        return Step("Followed up", day_words(introduction.ended, on) if introduction.ended else "", "done")
    if introduction.state is State.INTRODUCED:
        return Step("Followed up", f"due {day_words(follow_up_due(introduction, letters), on)}", "now")
    return Step("Followed up", "", "next")
