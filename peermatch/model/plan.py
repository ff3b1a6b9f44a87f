"""A plan for all waiting enquiries: a proposal that asks nobody, why some are left out, and what choices cost."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from peermatch.words import tr

_NAMED = 3
"""So many references are named in a sentence; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One enquiry and whom the plan gives it; ``place`` is theirs in its own list of ``of`` people (1 is first)."""

    enquiry: str
    supporter: str
    score: float
    place: int
    of: int
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Unserved:
    """An enquiry that the plan leaves without anybody, and why in one sentence."""

    enquiry: str
    text: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What a choice made by hand takes from the plan that could be had without it.

    ``served`` and ``total`` are how much lower the number served and the sum of scores are (below 0: higher); ``left``
    are the enquiries that lose everybody by it, ``gained`` those that have somebody only because of it.
    """

    served: int
    total: float
    left: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the choice costs nothing and moves nobody out or in."""
        return not (self.served or self.total or self.left or self.gained)

    def words(self, *, many: bool = False) -> str:
        """The end of a sentence about what was chosen, in the points in which scores are read; ``many`` choose."""
        s = "" if many else "s"
        if self.nothing:
            return tr("cost{s} nothing.").format(s=s)
        said = (
            [tr("leave{s} {named} without anybody").format(s=s, named=_named(self.left))] if self.left else []
        )
        said += (
            [tr("give{s} {named} somebody instead").format(s=s, named=_named(self.gained))]
            if self.gained
            else []
        )
        if self.total:
            said.append(
                tr("{part}{s} the sum by {in_points}").format(
                    part="lower" if self.total > 0 else "raise", s=s, in_points=in_points(abs(self.total))
                )
            )
        return f"{_joined(said)}."


@dataclass(frozen=True, slots=True)
class Plan:
    """The best plan that keeps the choices made by hand: every waiting enquiry is in it exactly once.

    ``held`` would be waiting too but for a risk that nobody has answered. ``load`` is the greatest load of those who
    are given somebody. ``cost`` compares with the plan without any choice made by hand; None where there is none.
    """

    on: date
    pairs: tuple[Pair, ...]
    unserved: tuple[Unserved, ...]
    held: tuple[str, ...]
    total: float
    load: Fraction
    pinned: tuple[tuple[str, str], ...] = ()
    forbidden: tuple[tuple[str, str], ...] = ()
    cost: Cost | None = None

    @property
    def served(self) -> int:
        """How many enquiries are given somebody."""
        return len(self.pairs)

    @property
    def waiting(self) -> int:
        """How many enquiries the plan is for."""
        return len(self.pairs) + len(self.unserved)


def points(score: float) -> int:
    """A score as people read it: points of 100."""
    return round(score * 100)


def in_points(score: float) -> str:
    """An amount of points in words, such as what a choice costs."""
    whole = points(score)
    return (
        tr("{whole} point{part}").format(whole=whole, part="" if whole == 1 else "s")
        if whole
        else tr("less than a point")
    )


def _named(references: tuple[str, ...]) -> str:
    if len(references) > _NAMED + 1:
        references = (
            *references[:_NAMED],
            tr("{references} others").format(references=len(references) - _NAMED),
        )
    return _joined(list(references))


def _joined(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
