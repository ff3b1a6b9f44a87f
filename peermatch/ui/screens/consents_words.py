"""Who must be asked for consent again, as lines of a list and as sentences: plain values, and nothing withdrawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from peermatch.model.asking import Point, Why, first_end, most_pressing
from peermatch.model.campaign import Asked, Progress
from peermatch.model.dates import short
from peermatch.model.people import Supporter
from peermatch.services.campaigns import Due
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.clock_words import count_of, day_words
from peermatch.ui.screens.consent_lines import PURPOSE_WORDS
from peermatch.ui.screens.finding import fold
from peermatch.ui.widgets.chip import ChipKind
from peermatch.ui.widgets.queue_list import QueueRow
from peermatch.words import tr

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


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of the list: what to ask them for, and their letter where a campaign has one."""

    person: Supporter
    points: tuple[Point, ...]
    asked: Asked | None = None

    @property
    def facets(self) -> frozenset[str]:
        """Under which headings they come."""
        found = {point.why.value for point in self.points}
        if self.asked is not None:
            found.add(self.step)
        return frozenset(found)

    @property
    def step(self) -> str:
        """How far their letter has come; empty without one."""
        if self.asked is None:
            return ""
        if self.asked.answered:
            return ANSWERED
        return TO_SEND if self.asked.letter.sent is None else WAITING


def everybody(due: Iterable[Due], progress: Progress | None, snapshot: Snapshot) -> tuple[Listed, ...]:
    """Everybody who must be asked, and everybody in the campaign; who waits for nothing stands last."""
    asked = progress.people if progress else {}
    points = {each.person.id: each for each in due}
    listed = [Listed(each.person, each.points, asked.get(id)) for id, each in points.items()]
    listed += [
        Listed(snapshot.supporters[id], (), each)
        for id, each in asked.items()
        if id not in points and id in snapshot.supporters
    ]
    return tuple(sorted(listed, key=_pressing))


def _pressing(each: Listed) -> tuple[bool, date, str]:
    return not each.points, first_end(each.points), each.person.id


def fitting(everyone: Iterable[Listed], facet: str, name: str) -> tuple[Listed, ...]:
    """Those of one heading, and of a name."""
    wanted = fold(name)
    return tuple(
        each
        for each in everyone
        if (not facet or facet in each.facets)
        and (
            not wanted or wanted in fold(f"{each.person.name} {each.person.known_as or ''} {each.person.id}")
        )
    )


def row(each: Listed, on: date) -> QueueRow:
    """One line of the list."""
    chip, kind = _chip(each, on)
    return QueueRow(
        key=each.person.id,
        title=each.person.name,
        summary=points_words(each.points),
        state=step_words(each, on),
        chip=chip,
        chip_kind=kind,
        covered=True,
    )


def _chip(each: Listed, on: date) -> tuple[str, ChipKind]:
    why = most_pressing(each.points)
    if why is Why.ENDED:
        return "ended", "risk"
    if why is Why.NEVER:
        return tr("never asked"), "wait"
    if why is Why.ENDING:
        return tr("ends {day_words}").format(day_words=day_words(first_end(each.points), on)), "wait"
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
        count_of=count_of(people, tr("person"), "people"),
        part="has" if len(progress.answered) == 1 else "have",
        count_of_2=count_of(len(progress.waiting), tr("answer")),
        count_of_3=count_of(len(progress.to_send), tr("letter")),
    )
