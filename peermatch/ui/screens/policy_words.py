"""The weights of ranking in plain words: names of the fields, typed numbers, faults, and what would change."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from peermatch.model.policy import BOUNDS, LONGEST_NAME, Policy, PolicyVersion, figure
from peermatch.services.policies import ListChange, Move, PolicyPreview
from peermatch.ui.cover import Cover
from peermatch.ui.screens.clock_words import count_of, day_words
from peermatch.ui.screens.shortlist_facts import ordinal
from peermatch.ui.widgets.queue_list import QueueRow

NAME_KEY = "name"
NAME_LABEL = "Name of these weights"
NEXT_LINE = "\u2028"
"""Begins a new line within the words of a painted row."""
YOUR_CHANGE = "your-change"
"""The key of the row that is no shortlist."""
UNUSABLE = "It cannot be used by this program; the standard weights stand in for it."
_NUMBER = re.compile(r"-?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})", re.ASCII)
_PAIRS = {
    "load_asked": "The two together must stay below 100 %.",
    "far_km": "This must be at least 0.1 km further than the distance for full marks.",
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
        "How much each thing counts",
        "Only the proportion matters: 3 to 1 is the same as 6 to 2. Each stated wish counts by itself: specialty, "
        "grade, distance, language, way of contact.",
        (
            Figure("essential", "An essential need counts", step=_HALF),
            Figure("helpful", "A helpful need counts", step=_HALF),
            Figure("preference", "A stated wish counts", step=_HALF),
        ),
    ),
    Group(
        "Sharing the work",
        "So that one open and generous person is not asked every time.",
        (
            Figure("load_in_hand", "Being busy costs", "% of the score at most", times=100),
            Figure("load_asked", "Being asked often costs", "% of the score at most", times=100),
            Figure("asked_limit", "Often, in twelve months, is", "times"),
        ),
    ),
    Group(
        "Distance",
        "Where somebody near is asked for; for somebody far away it is the other way round.",
        (
            Figure("near_km", "Full marks for distance up to", "km", Decimal(5)),
            Figure("far_km", "Nothing for distance from", "km", Decimal(5)),
        ),
    ),
    Group(
        "Close calls",
        "The shortlist says so when the first two are as good as each other.",
        (Figure("ambiguous", "The first two are equal up to", "points of 100 apart", times=100),),
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
        return f"Give them a name of 1 to {LONGEST_NAME} characters, on one line."
    if not isinstance(value, int | float):
        return "Write a number, such as 3 or 0.5."
    bound = BOUNDS[key]
    if bound.whole and isinstance(value, float):
        return "Write a whole number, such as 6."
    if bound.fault(value):
        words = bound.words(FIGURES[key].times)
        return f"{words[:1].upper()}{words[1:]}."
    return _PAIRS[key]


def hint(shape: Figure) -> str:
    """What stands below a field: its unit and the standard value."""
    usual = f"standard {shown(shape, asdict(Policy())[shape.key])}"
    return f"{shape.unit} · {usual}" if shape.unit else usual


def change_words(before: Policy, after: Policy) -> tuple[str, ...]:
    """What is different between two policies, in the words of the fields."""
    old, new = asdict(before), asdict(after)
    lines = [f"Name: {before.name} → {after.name}"] if before.name != after.name else []
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
    title = f"{each.label} · since {day_words(each.since, on)}"
    if each.policy is None:
        return VersionLine(f"{title[:1].upper()}{title[1:]}", UNUSABLE)
    changes = "; ".join(change_words(before, each.policy)) or "As the one before."
    return VersionLine(f"{title} · in force" if newest else title, changes)


def headline(preview: PolicyPreview) -> str:
    """How many shortlists would begin with somebody else."""
    total = len(preview.lists)
    lists = f"{preview.first_changed} of {count_of(total, 'shortlist')}"
    if not total:
        return "No enquiry is open today"
    if not preview.first_changed:
        return "Nobody else would come first"
    return f"{lists} would begin with somebody else"


def rest_words(preview: PolicyPreview) -> str:
    """What happens to the others."""
    others = [each for each in preview.lists if not each.first_changes]
    moved = sum(1 for each in others if each.moves)
    closer = sum(1 for each in others if each.close_changes and not each.moves)
    same = len(others) - moved - closer
    parts = [
        f"{moved} {'changes' if moved == 1 else 'change'} further down" if moved else "",
        f"{closer} {'becomes' if closer == 1 else 'become'} a closer or clearer call" if closer else "",
        f"{same} {'stays as it is' if same == 1 else 'stay as they are'}" if same else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"{said}." if said else ""


def preview_rows(preview: PolicyPreview, changes: Sequence[str], cover: Cover) -> tuple[QueueRow, ...]:
    """What was changed, then one row for each shortlist that would change; covered names are dots."""
    own = QueueRow(YOUR_CHANGE, "What you changed", NEXT_LINE.join(changes))
    return (own, *(_row(each, cover) for each in preview.changed))


def _row(change: ListChange, cover: Cover) -> QueueRow:
    chip = "new first" if change.first_changes else "new order" if change.moves else ""
    return QueueRow(
        key=change.reference,
        title=change.reference,
        chip=chip or ("close call" if change.close_then else "clearer"),
        chip_kind="violet" if change.first_changes else "mute",
        summary=NEXT_LINE.join(_move_words(move, cover) for move in change.moves),
        state=_close_words(change),
    )


def _move_words(move: Move, cover: Cover) -> str:
    after = ordinal(move.after) if move.after else "far down"
    before = ordinal(move.before) if move.before else "far down"
    points = f" · {round(move.score * 100)} points" if move.score is not None else ""
    return f"{after} {cover.shown(move.name)}, was {before}{points}"


def _close_words(change: ListChange) -> str:
    if not change.close_changes:
        return ""
    return f"The first two would {'' if change.close_then else 'no longer '}count as equal."
