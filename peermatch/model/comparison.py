"""Two answers to one question side by side: who stands elsewhere, who is new or gone, and why."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from peermatch.model.decision import Decision, Passed, Stood, passed_in, stood_in
from peermatch.model.plan import in_points
from peermatch.model.verdict import Code, Shortlist
from peermatch.words import tr

_SAME = 1e-9
"""Points that differ by less are equal (matching, order)."""

_RULES = {
    "essential": tr("what is essential"),
    "helpful": tr("what is helpful"),
    "contact": tr("way of contact"),
}
_NOW_AND_NO_LONGER: Mapping[Code, tuple[str, str]] = {
    Code.NOT_ACTIVE: (tr("not active now"), tr("active again")),
    Code.PAUSED: (tr("paused now"), tr("back from a pause")),
    Code.UNAVAILABLE: (tr("not available now"), tr("available now")),
    Code.OTHER_PROGRAMME: (tr("not in this programme now"), tr("in this programme now")),
    Code.SAME_PERSON: (tr("kept apart now"), tr("no longer kept apart")),
    Code.EXCLUDED_BY_ENQUIRER: (tr("excluded by the enquirer now"), tr("no longer excluded by the enquirer")),
    Code.POWER_RELATION: (tr("too close to the enquirer now"), tr("no longer too close to the enquirer")),
    Code.OWN_BOUNDARY: (tr("would rather not be asked now"), tr("may be asked about this now")),
    Code.ALREADY_ASKED: (tr("asked already"), tr("no longer asked already")),
    Code.NO_ROOM: (tr("capacity reached"), tr("room again")),
    Code.ESSENTIAL_NOT_SHARED: (
        tr("does not share what is essential now"),
        tr("shares what is essential now"),
    ),
    Code.CONSENT_ENDED: (tr("consent ended"), tr("consent renewed")),
    Code.CONSENT_MISSING: (tr("consent not given"), tr("consent given")),
    Code.NOTHING_IN_COMMON: (tr("nothing in common now"), tr("something in common now")),
}
_OF_THESE_ONE = frozenset(
    {Code.ESSENTIAL_NOT_SHARED, Code.CONSENT_ENDED, Code.CONSENT_MISSING, Code.NOTHING_IN_COMMON}
)
"""Of these nobody has two, so one that went while another came says nothing of its own."""


class Kind(StrEnum):
    """How somebody differs between two answers."""

    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Change:
    """One supporter then and now; no place means not suggested."""

    supporter: str
    kind: Kind
    place_then: int | None
    place_now: int | None
    score_then: float | None
    score_now: float | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer without its sentences: those suggested in their order, and those refused."""

    suggested: tuple[Stood, ...]
    refused: tuple[Passed, ...]

    @classmethod
    def then(cls, decision: Decision) -> "Answer":
        """The answer that a decision rests on."""
        return cls(decision.suggested, decision.refused)

    @classmethod
    def now(cls, shortlist: Shortlist) -> "Answer":
        """The answer of a shortlist."""
        return cls(stood_in(shortlist), passed_in(shortlist))

    def without(self, supporters: Collection[str]) -> "Answer":
        """The answer as if these people were not there; the others move up."""
        return Answer(
            tuple(each for each in self.suggested if each.supporter not in supporters),
            tuple(each for each in self.refused if each.supporter not in supporters),
        )

    @property
    def supporters(self) -> frozenset[str]:
        """Everybody in it."""
        suggested = frozenset(each.supporter for each in self.suggested)
        return suggested.union(each.supporter for each in self.refused)


@dataclass(frozen=True, slots=True)
class _Seat:
    """Where one supporter is in an answer."""

    place: int | None = None
    stood: Stood | None = None
    codes: tuple[Code, ...] = ()

    @property
    def score(self) -> float | None:
        return self.stood.score if self.stood else None


def changes_between(then: Answer, now: Answer) -> tuple[Change, ...]:
    """Everybody who does not stand as they did: by their place then, by that now, by id; those gone at the end.

    Of somebody who is gone nothing but the id is told, for nobody can say any more what they had withdrawn; the
    places then are counted without them.
    """
    gone = then.supporters - now.supporters
    before, after = _seats(then.without(gone)), _seats(now)
    found = [_change(each, before.get(each), seat) for each, seat in after.items()]
    found += [Change(each, Kind.GONE, None, None, None, None, ()) for each in gone]
    last = len(found)
    return tuple(
        sorted(
            (change for change in found if change),
            key=lambda c: (c.kind is Kind.GONE, c.place_then or last, c.place_now or last, c.supporter),
        )
    )


def _seats(answer: Answer) -> dict[str, _Seat]:
    seats = {each.supporter: _Seat(codes=each.codes) for each in answer.refused}
    for place, each in enumerate(answer.suggested, start=1):
        seats[each.supporter] = _Seat(place, each)
    return seats


def _change(supporter: str, then: _Seat | None, now: _Seat) -> Change | None:
    if then is None:
        why = tuple(_NOW_AND_NO_LONGER[code][0] for code in now.codes)
        return Change(supporter, Kind.NEW, None, now.place, None, now.score, why)
    why = tuple(_why(then, now))
    if not why and then.place == now.place:
        return None
    why = why or (tr("others changed places"),)
    return Change(supporter, Kind.CHANGED, then.place, now.place, then.score, now.score, why)


def _why(then: _Seat, now: _Seat) -> Iterator[str]:
    if then.stood and now.stood:
        yield from _points_moved(then.stood, now.stood)
        return
    came = [code for code in now.codes if code not in then.codes]
    yield from (_NOW_AND_NO_LONGER[code][0] for code in came)
    for code in then.codes:
        if code not in now.codes and not (code in _OF_THESE_ONE and _OF_THESE_ONE & set(came)):
            yield _NOW_AND_NO_LONGER[code][1]


def _points_moved(then: Stood, now: Stood) -> Iterator[str]:
    """Which rules give or take more or less than they did; needs of one kind are told together."""
    before, after = _by_rule(then), _by_rule(now)
    for rule in dict.fromkeys((*before, *after)):
        moved = after.get(rule, 0.0) - before.get(rule, 0.0)
        if abs(moved) > _SAME:
            takes = rule == "load"
            more = moved < 0 if takes else moved > 0
            words = _RULES.get(rule, rule)
            yield f"{words} {'took' if takes else 'gave'} {in_points(abs(moved))} {'more' if more else 'less'}"


def _by_rule(stood: Stood) -> dict[str, float]:
    points: dict[str, float] = {}
    for rule, value in stood.points:
        points[rule] = points.get(rule, 0.0) + value
    return points
