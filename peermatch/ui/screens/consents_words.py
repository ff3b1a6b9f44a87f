"""Who must be asked for consent again, as lines of a list and as sentences: plain values, and nothing withdrawn."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from peermatch.model.asking import Point, Why
from peermatch.model.campaign import Asked, Progress
from peermatch.model.people import Supporter
from peermatch.model.roll import fold
from peermatch.services.due import Due
from peermatch.services.purpose_words import PURPOSE_WORDS
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.clock_words import day_words
from peermatch.ui.widgets.chip import ChipKind
from peermatch.ui.widgets.queue_list import QueueRow
from peermatch.words import count_of, short, tr

ENDED, NEVER, ENDING = (why.value for why in (Why.ENDED, Why.NEVER, Why.ENDING))
TO_SEND, WAITING, ANSWERED = "to-send", "waiting", "answered"
FACETS = {
    ENDED: "ended",
    NEVER: tr("never asked"),
    ENDING: tr("ends soon"),
    TO_SEND: tr("letter to send"),
    WAITING: tr("no answer yet"),
    ANSWERED: "answered",
}
WITHDRAW = "withdraw"
"""Where the supporters' screen opens: what withdrawing everything would bring about."""
NOBODY = tr("Everybody's consent is in order.")
NOBODY_NOTE = tr(
    "Who must be asked again comes here: what has ended, what ends within thirty days, what was never asked."
)


class Listed(NamedTuple):
    """One person of the list: what to ask them for, and their letter where a campaign has one.

    Of many few are looked at: the record and what there is to ask are read when they are shown.
    """

    id: str
    picture: Snapshot
    due: Due | None = None
    asked: Asked | None = None

    @property
    def person(self) -> Supporter:
        """Their record."""
        return self.picture.supporters[self.id]

    @property
    def points(self) -> tuple[Point, ...]:
        """What to ask them for."""
        return self.due.points if self.due is not None else ()

    @property
    def facets(self) -> tuple[str, ...]:
        """Under which headings they come."""
        due = self.due
        kinds = (due.ended, due.never, due.ending) if due is not None else ()
        found = tuple(name for name, so in zip((ENDED, NEVER, ENDING), kinds, strict=False) if so)
        return (*found, self.step) if self.asked is not None else found

    @property
    def step(self) -> str:
        """How far their letter has come; empty without one."""
        if self.asked is None:
            return ""
        if self.asked.answered:
            return ANSWERED
        return TO_SEND if self.asked.letter.sent is None else WAITING


def everybody(
    due: Iterable[Due], progress: Progress | None, picture: Snapshot
) -> tuple[tuple[Listed, ...], Mapping[str, int]]:
    """Everybody who must be asked, and everybody in the campaign, and how many stand under each heading.

    The most pressing stand first, as they are given, and who waits for nothing last.
    """
    asked, everyone = (progress.people if progress else {}), tuple(due)
    listed = [Listed(each.id, picture, each, asked.get(each.id)) for each in everyone]
    waiting = {each.id for each in everyone}
    others = sorted(id for id in asked if id not in waiting and id in picture.supporters)
    listed += [Listed(id, picture, None, asked[id]) for id in others]
    kinds = {
        ENDED: sum(each.ended for each in everyone),
        NEVER: sum(each.never for each in everyone),
        ENDING: sum(each.ending for each in everyone),
    }
    steps = Counter(each.step for each in listed if each.asked is not None)
    return tuple(listed), {name: count for name, count in (kinds | steps).items() if count}


def fitting(everyone: Iterable[Listed], facet: str, name: str) -> tuple[Listed, ...]:
    """Those of one heading, and of a name."""
    found = tuple(each for each in everyone if not facet or facet in each.facets)
    if not found or not fold(name):
        return found
    roll = found[0].picture.supporters.roll
    numbers = {number: each for each in found if (number := roll.number(each.id)) is not None}
    return tuple(numbers[number] for number in roll.called(name, tuple(numbers)))


def row(each: Listed, on: date) -> QueueRow:
    """One line of the list."""
    chip, kind = _chip(each, on)
    return QueueRow(
        key=each.id,
        title=each.person.name,
        summary=points_words(each.points),
        state=step_words(each, on),
        chip=chip,
        chip_kind=kind,
        covered=True,
    )


def _chip(each: Listed, on: date) -> tuple[str, ChipKind]:
    why = each.due.pressing if each.due is not None else None
    if why is Why.ENDED:
        return "ended", "risk"
    if why is Why.NEVER:
        return tr("never asked"), "wait"
    if each.due is not None:
        return tr("ends {day_words}").format(day_words=day_words(each.due.first, on)), "wait"
    return "answered", "good"


def points_words(points: Sequence[Point]) -> str:
    """How much there is to ask, by kind: ``2 ended · 1 never asked``."""
    counted = [(FACETS[why.value], sum(1 for each in points if each.why is why)) for why in Why]
    words = {FACETS[ENDING]: "ending"}
    return " · ".join(f"{count} {words.get(what, what)}" for what, count in counted if count)


def step_words(each: Listed, on: date) -> str:
    """How far the letter has come."""
    if each.asked is None:
        return ""
    sent = each.asked.letter.sent
    if each.step == ANSWERED:
        return tr("everything is answered")
    return (
        tr("letter ready, not sent")
        if sent is None
        else tr("letter sent {day_words}, no answer yet").format(day_words=day_words(sent, on))
    )


def point_words(point: Point) -> str:
    """Why one thing is asked for."""
    if point.why is Why.NEVER or point.ends is None:
        return tr("never asked")
    return f"{'ended' if point.why is Why.ENDED else 'ends'} {short(point.ends)}"


def purposes_words(points: Sequence[Point]) -> str:
    """What a topic is asked for, each with its day: ``match on it (ends 3 Dec 2026), ...``."""
    return ", ".join(f"{PURPOSE_WORDS[each.purpose]} ({point_words(each)})" for each in points)


def progress_words(progress: Progress) -> str:
    """How far a campaign has come, in one line that says what the bar shows."""
    people = len(progress.people)
    return tr(
        "{answered} of {count_of} {part} answered everything, {count_of_2} to wait for, {count_of_3} to send."
    ).format(
        answered=len(progress.answered),
        count_of=count_of(people, "person", "people"),
        part="has" if len(progress.answered) == 1 else "have",
        count_of_2=count_of(len(progress.waiting), "answer"),
        count_of_3=count_of(len(progress.to_send), "letter"),
    )
