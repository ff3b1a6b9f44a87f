"""Introductions in words: rows with their clocks, the steps of the way, and what each state means."""

from collections.abc import Callable, Sequence
from datetime import date

from peermatch.model.introduction import Introduction, State
from peermatch.model.posted import NO_LETTERS, NOTHING_WRITTEN, Letters, Posted, Written, sent
from peermatch.services.clocks import Turn, answer_due, follow_up_due, turn
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.clock_words import ago_words, day_words
from peermatch.ui.widgets.chip import ChipKind
from peermatch.ui.widgets.queue_list import QueueRow
from peermatch.ui.widgets.states import Step, StepState
from peermatch.words import tr

LEFT = tr("You left while the card for {reference} was on its way out.")
IS_OUT = tr("Look whether it was sent. If not, show the card again: its hand-over is recorded.")
NOT_OUT = tr("It did not leave. Look at it again, and hand it over.")
Key = tuple[str, str]
"""Reference and supporter: what an introduction is known by."""
OVER_WORDS = {
    State.DECLINED: tr("{name} said no"),
    State.LAPSED: tr("no answer from {name}"),
    State.REFUSED: tr("the trainee said no"),
    State.ENDED: "ended",
    State.STOPPED: "stopped",
}
STATE_CHIPS: dict[State, tuple[str, ChipKind]] = {
    State.ASKED: (tr("waiting for an answer"), "mute"),
    State.ACCEPTED: (tr("ask the trainee"), "wait"),
    State.AGREED: (tr("both said yes"), "good"),
    State.INTRODUCED: ("introduced", "good"),
    State.DECLINED: (tr("said no"), "mute"),
    State.LAPSED: (tr("no answer"), "mute"),
    State.REFUSED: (tr("trainee said no"), "mute"),
    State.ENDED: ("ended", "mute"),
    State.STOPPED: ("stopped", "mute"),
}
_TURN = {State.AGREED: 0, State.ACCEPTED: 1, State.ASKED: 2, State.INTRODUCED: 3}


def key_of(introduction: Introduction) -> str:
    """The key of a row."""
    return f"{introduction.enquiry} {introduction.supporter}"


def parted(key: str) -> Key:
    """Reference and supporter of a row."""
    reference, _, supporter = key.partition(" ")
    return reference, supporter


def one_of(snapshot: Snapshot, key: Key) -> Introduction | None:
    """The introduction that is known by this key."""
    return next((each for each in snapshot.introductions_of(key[0]) if each.supporter == key[1]), None)


def name_of(snapshot: Snapshot, supporter: str) -> str:
    """The short name for lists; the id of somebody who is no longer held."""
    return snapshot.supporters.shown_name(supporter) or supporter


def first_name_of(snapshot: Snapshot, supporter: str) -> str:
    """What to call them."""
    return snapshot.supporters.first_name(supporter) or supporter


def letters_of(introduction: Introduction, written: Written) -> Letters:
    """The letters of one introduction."""
    return written.get((introduction.enquiry, introduction.supporter), NO_LETTERS)


def needs_you(introduction: Introduction, on: date, written: Written = NOTHING_WRITTEN) -> bool:
    """Whether the next step is the coordinator's today."""
    return turn(introduction, on, letters_of(introduction, written)) is not Turn.WAIT


def needing(on: date, written: Written) -> Callable[[Introduction], bool]:
    """`needs_you` for many: where nothing was written, those in one state since the same days are due together."""
    known: dict[tuple[str, date, date | None], bool] = {}

    def needs(each: Introduction) -> bool:
        if (each.enquiry, each.supporter) in written:
            return needs_you(each, on, written)
        days = (each.state._value_, each.asked, each.introduced)
        if days not in known:
            known[days] = needs_you(each, on)
        return known[days]

    return needs


def in_order(
    introductions: Sequence[Introduction], on: date, *, over: bool, written: Written = NOTHING_WRITTEN
) -> tuple[Introduction, ...]:
    """Those in hand with what needs somebody first, or those that are over with the newest first."""
    chosen = [i for i in introductions if i.in_hand != over]
    if over:
        return tuple(sorted(chosen, key=lambda i: (i.asked, i.enquiry, i.supporter), reverse=True))
    needs = needing(on, written)
    return tuple(
        sorted(chosen, key=lambda i: (not needs(i), _TURN[i.state], i.asked, i.enquiry, i.supporter))
    )


def row(introduction: Introduction, name: str, on: date, letters: Letters = NO_LETTERS) -> QueueRow:
    """One line of the list; the name comes as it may be shown."""
    chip, kind = clock(introduction, on, letters)
    return QueueRow(
        key=key_of(introduction),
        title=introduction.enquiry,
        summary=tr("with {name}").format(name=name),
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
        return tr("send the card"), "wait"
    if state is State.INTRODUCED:
        due = follow_up_due(introduction, letters)
        ending = turn(introduction, on, letters) is Turn.END
        now = tr("may be ended") if ending else tr("follow up")
        return (
            (now, "wait")
            if on >= due
            else (tr("follow up {day_words}").format(day_words=day_words(due, on)), "mute")
        )
    return STATE_CHIPS[state]


def _asked_clock(introduction: Introduction, on: date, letters: Letters) -> tuple[str, ChipKind]:
    due = answer_due(introduction, letters)
    if on > due:
        return tr("answer overdue"), "risk"
    if on == due:
        return tr("reply due"), "wait"
    if turn(introduction, on, letters) is Turn.REMIND:
        return tr("remind once"), "wait"
    return tr("reply due {day_words}").format(day_words=day_words(due, on)), "mute"


def _since(introduction: Introduction, on: date, letters: Letters) -> str:
    if introduction.state is State.INTRODUCED and introduction.introduced:
        return tr("introduced on {day_words}").format(day_words=day_words(introduction.introduced, on))
    if introduction.state is State.ACCEPTED and introduction.answered:
        return tr("said yes {ago_words}").format(ago_words=ago_words(introduction.answered, on))
    if introduction.ended:
        return tr("over since {day_words}").format(day_words=day_words(introduction.ended, on))
    reminded = sent(letters, Posted.REMINDER, introduction.asked)
    told = tr(" · reminded {day_words}").format(day_words=day_words(reminded, on)) if reminded else ""
    return tr("asked {ago_words}{told}").format(ago_words=ago_words(introduction.asked, on), told=told)


def steps(
    introduction: Introduction,
    name: str,
    on: date,
    letters: Letters = NO_LETTERS,
    agreed: date | None = None,
) -> tuple[Step, ...]:
    """The five steps, what was done on which day, and where this one stands; ``agreed``: the trainee's yes."""
    return (
        Step(
            tr("Asked"),
            tr("{day_words}, without a name").format(day_words=day_words(introduction.asked, on)),
            "done",
        ),
        _answer_step(introduction, name, on, letters),
        _trainee_step(introduction, on, agreed),
        _card_step(introduction, on),
        _after_step(introduction, on, letters),
    )


def _answer_step(introduction: Introduction, name: str, on: date, letters: Letters) -> Step:
    state, answered = introduction.state, introduction.answered
    when = day_words(answered, on) if answered else ""
    if state is State.ASKED:
        return Step(
            tr("{name} says yes").format(name=name),
            tr("due by {day_words}").format(day_words=day_words(answer_due(introduction, letters), on)),
            "now",
        )
    if state is State.DECLINED:
        return Step(tr("{name} said no").format(name=name), when, "done")
    if state is State.LAPSED:
        return Step(tr("No answer"), tr("let go"), "done")
    return (
        Step(tr("{name} said yes").format(name=name), when, "done")
        if answered
        else Step(tr("{name} says yes").format(name=name), tr("stopped before"), "next")
    )


def _trainee_step(introduction: Introduction, on: date, day: date | None) -> Step:
    state = introduction.state
    if state is State.ACCEPTED:
        return Step(tr("Trainee says yes"), tr("you are here"), "now")
    if state is State.REFUSED:
        return Step(tr("Trainee said no"), tr("no reason needed"), "done")
    agreed = state is State.AGREED or introduction.introduced is not None
    when = day_words(day, on) if day else ""
    return Step(tr("Trainee said yes"), when, "done") if agreed else Step(tr("Trainee says yes"), "", "next")


def _card_step(introduction: Introduction, on: date) -> Step:
    sent = introduction.introduced
    if sent:
        return Step(tr("Card sent"), day_words(sent, on), "done")
    here: StepState = "now" if introduction.state is State.AGREED else "next"
    return Step(tr("Card sent"), tr("you are here") if here == "now" else "", here)


def _after_step(introduction: Introduction, on: date, letters: Letters) -> Step:
    if introduction.state is State.ENDED:
        return Step(
            tr("Followed up"), day_words(introduction.ended, on) if introduction.ended else "", "done"
        )
    if introduction.state is State.INTRODUCED:
        return Step(
            tr("Followed up"),
            tr("due {day_words}").format(day_words=day_words(follow_up_due(introduction, letters), on)),
            "now",
        )
    return Step(tr("Followed up"), "", "next")


def pair_words(enquiry: str, name: str) -> str:
    """Who is brought together, in the bar above."""
    return tr("{enquiry} with {name}").format(enquiry=enquiry, name=name)
