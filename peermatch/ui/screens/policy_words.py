"""The weights of ranking in plain words: names of the fields, typed numbers, faults, and what would change."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from peermatch.model.policy import BOUNDS, LONGEST_NAME, Policy, PolicyVersion, figure
from peermatch.services.policies import ListChange, Move, PolicyPreview
from peermatch.ui.cover import Cover
from peermatch.ui.screens.clock_words import day_words
from peermatch.ui.screens.shortlist_facts import ordinal
from peermatch.ui.widgets.queue_list import QueueRow
from peermatch.words import count_of, tr

NAME_KEY = "name"
NAME_LABEL = tr("Name of these weights")
NEXT_LINE = "\u2028"
"""Begins a new line within the words of a painted row."""
YOUR_CHANGE = "your-change"
"""The key of the row that is no shortlist."""
UNUSABLE = tr("It cannot be used by this program; the standard weights stand in for it.")
_NUMBER = re.compile(r"-?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})", re.ASCII)
_PAIRS = {
    "load_asked": tr("The two together must stay below 100%."),
    "far_km": tr("This must be at least 0.1 km further than the distance for full marks."),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the policy as the screen shows it: ``times`` 100 for per cent, ``step`` for the arrow keys."""

    key: str
    label: str
    unit: str = ""
    step: Decimal = Decimal(1)
    times: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that belong together, and a sentence about them."""

    title: str
    note: str
    figures: tuple[Figure, ...]


_HALF = Decimal("0.5")
GROUPS = (
    Group(
        tr("How much each thing counts"),
        tr(
            "Only the proportion matters: 3 to 1 is the same as 6 to 2. Each stated wish counts by itself: specialty, "
            "grade, distance, language, way of contact."
        ),
        (
            Figure("essential", tr("An essential need counts"), step=_HALF),
            Figure("helpful", tr("A helpful need counts"), step=_HALF),
            Figure("preference", tr("A stated wish counts"), step=_HALF),
        ),
    ),
    Group(
        tr("Sharing the work"),
        tr("So that one open and generous person is not asked every time."),
        (
            Figure("load_in_hand", tr("Being busy costs"), tr("% of the score at most"), times=100),
            Figure("load_asked", tr("Being asked often costs"), tr("% of the score at most"), times=100),
            Figure("asked_limit", tr("Often, in twelve months, is"), "times"),
        ),
    ),
    Group(
        tr("Distance"),
        tr("Where somebody near is asked for; for somebody far away it is the other way round."),
        (
            Figure("near_km", tr("Full marks for distance up to"), "km", Decimal(5)),
            Figure("far_km", tr("Nothing for distance from"), "km", Decimal(5)),
        ),
    ),
    Group(
        tr("Close calls"),
        tr("The shortlist says so when the first two are as good as each other."),
        (Figure("ambiguous", tr("The first two are equal up to"), tr("points of 100 apart"), times=100),),
    ),
)
FIGURES = {each.key: each for group in GROUPS for each in group.figures}


def shown(shape: Figure, value: object) -> str:
    """A value as it stands in its field: 6 for 0.06 where the field speaks of per cent."""
    if isinstance(value, int | float):
        return figure(float(Decimal(repr(value)) * shape.times))
    return str(value)


def typed(shape: Figure, text: str) -> object:
    """The value that was meant; the text itself where it is no number, which no policy takes."""
    plain = text.strip().removesuffix(shape.unit).removesuffix("%").strip()
    if _NUMBER.fullmatch(plain) is None:
        return text
    number = Decimal(plain)
    whole = BOUNDS[shape.key].whole and number == number.to_integral_value()
    return int(number) if whole else float(number / shape.times)


def stepped(shape: Figure, text: str, steps: int) -> str:
    """The text after some presses of an arrow key; it stays within the bounds."""
    value = typed(shape, text)
    if not isinstance(value, int | float):
        return text
    bound = BOUNDS[shape.key]
    least, most = (Decimal(repr(edge)) * shape.times for edge in (bound.least, bound.most))
    wanted = Decimal(repr(value)) * shape.times + steps * shape.step
    return figure(float(min(most, max(least, wanted))))


def fault_words(key: str, value: object) -> str:
    """What is wrong with a field, for the person who typed there."""
    if key == NAME_KEY:
        return tr("Give them a name of 1 to {longest_name} characters, on one line.").format(
            longest_name=LONGEST_NAME
        )
    if not isinstance(value, int | float):
        return tr("Write a number, such as 3 or 0.5.")
    bound = BOUNDS[key]
    if bound.whole and isinstance(value, float):
        return tr("Write a whole number, such as 6.")
    if bound.fault(value):
        words = bound.words(FIGURES[key].times)
        return f"{words[:1].upper()}{words[1:]}."
    return _PAIRS[key]


def hint(shape: Figure) -> str:
    """What stands below a field: its unit and the standard value."""
    usual = tr("standard {shown}").format(shown=shown(shape, getattr(Policy(), shape.key)))
    return f"{shape.unit} · {usual}" if shape.unit else usual


def change_words(before: Policy, after: Policy) -> tuple[str, ...]:
    """What is different between two policies, in the words of the fields."""
    old, new = asdict(before), asdict(after)
    lines = (
        [tr("Name: {name} → {name_2}").format(name=before.name, name_2=after.name)]
        if before.name != after.name
        else []
    )
    for key, shape in FIGURES.items():
        if old[key] != new[key]:
            unit = f" {shape.unit}" if shape.unit else ""
            lines.append(f"{shape.label}: {shown(shape, old[key])} → {shown(shape, new[key])}{unit}")
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One kept version: its name and day, and what it changed."""

    title: str
    changes: str


def version_lines(versions: Sequence[PolicyVersion], on: date) -> tuple[VersionLine, ...]:
    """The kept versions, newest first, each beside the one before it; the first beside the standard."""
    before = [*(each.policy or Policy() for each in versions[1:]), Policy()]
    return tuple(
        _version_line(each, old, on, newest=number == 0)
        for number, (each, old) in enumerate(zip(versions, before, strict=bool(versions)))
    )


def _version_line(each: PolicyVersion, before: Policy, on: date, *, newest: bool) -> VersionLine:
    title = tr("{label} · since {day_words}").format(label=each.label, day_words=day_words(each.since, on))
    if each.policy is None:
        return VersionLine(f"{title[:1].upper()}{title[1:]}", UNUSABLE)
    changes = "; ".join(change_words(before, each.policy)) or tr("As the one before.")
    return VersionLine(tr("{title} · in force").format(title=title) if newest else title, changes)


def headline(preview: PolicyPreview) -> str:
    """How many shortlists would begin with somebody else."""
    total = len(preview.lists)
    lists = tr("{first_changed} of {count_of}").format(
        first_changed=preview.first_changed, count_of=count_of(total, "shortlist")
    )
    if not total:
        return tr("No enquiry is open today")
    if not preview.first_changed:
        return tr("Nobody else would come first")
    return tr("{lists} would begin with somebody else").format(lists=lists)


def rest_words(preview: PolicyPreview) -> str:
    """What happens to the others."""
    others = [each for each in preview.lists if not each.first_changes]
    moved = sum(1 for each in others if each.moves)
    closer = sum(1 for each in others if each.close_changes and not each.moves)
    same = len(others) - moved - closer
    parts = [
        tr("{moved} {part} further down").format(moved=moved, part="changes" if moved == 1 else "change")
        if moved
        else "",
        tr("{closer} {part} a closer or clearer call").format(
            closer=closer, part="becomes" if closer == 1 else "become"
        )
        if closer
        else "",
        f"{same} {(tr('stays as it is') if same == 1 else tr('stay as they are'))}" if same else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"{said}." if said else ""


def preview_rows(preview: PolicyPreview, changes: Sequence[str], cover: Cover) -> tuple[QueueRow, ...]:
    """What was changed, then one row for each shortlist that would change; covered names are dots."""
    own = QueueRow(YOUR_CHANGE, tr("What you changed"), NEXT_LINE.join(changes))
    return (own, *(_row(each, cover) for each in preview.changed))


def _row(change: ListChange, cover: Cover) -> QueueRow:
    chip = tr("new first") if change.first_changes else tr("new order") if change.moves else ""
    return QueueRow(
        key=change.reference,
        title=change.reference,
        chip=chip or (tr("close call") if change.close_then else "clearer"),
        chip_kind="violet" if change.first_changes else "mute",
        summary=NEXT_LINE.join(_move_words(move, cover) for move in change.moves),
        state=_close_words(change),
    )


def _move_words(move: Move, cover: Cover) -> str:
    after = ordinal(move.after) if move.after else tr("far down")
    before = ordinal(move.before) if move.before else tr("far down")
    points = tr(" · {score} points").format(score=round(move.score * 100)) if move.score is not None else ""
    return tr("{after} {shown}, was {before}{points}").format(
        after=after, shown=cover.shown(move.name), before=before, points=points
    )


def _close_words(change: ListChange) -> str:
    if not change.close_changes:
        return ""
    return tr("The first two would {part}count as equal.").format(
        part="" if change.close_then else tr("no longer ")
    )
