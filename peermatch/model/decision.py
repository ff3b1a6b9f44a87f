"""The record of a decision: the question, the shortlist that answered it, and who was chosen from it, and why."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from peermatch.errors import BadInput, Damaged
from peermatch.model.enquiry import (
    Enquiry,
    Exclusions,
    GradeWish,
    Importance,
    Need,
    PlaceWish,
    Preferences,
    SpecialtyWish,
)
from peermatch.model.people import Channel
from peermatch.model.policy import Policy, parse_policy
from peermatch.model.verdict import Code, Shortlist


@dataclass(frozen=True, slots=True)
class Asked:
    """What an enquiry asked of matching: nothing of who asked, and nothing of their letter."""

    programme: str
    grade: str | None
    specialty: str | None
    organisation: str | None
    place: str | None
    needs: tuple[Need, ...]
    preferences: Preferences
    exclusions: Exclusions

    @classmethod
    def of(cls, enquiry: Enquiry) -> "Asked":
        """The question that an enquiry puts."""
        return cls(**{each.name: getattr(enquiry, each.name) for each in fields(cls)})

    def put_to(self, enquiry: Enquiry) -> Enquiry:
        """The enquiry as it was asked then; the person behind it is the one known now."""
        return replace(enquiry, **{each.name: getattr(self, each.name) for each in fields(self)})


@dataclass(frozen=True, slots=True)
class Stood:
    """How one suggested supporter stood: the score, and the points of each reason in their order."""

    supporter: str
    score: float
    rare: bool
    points: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Passed:
    """A supporter who was not suggested, and every code that refused."""

    supporter: str
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """One shortlist that was acted on (matching, law 10); ``sha256`` is of the exact answer of that moment.

    It holds ids, codes and figures, and no sentence that would name what somebody has in common with another.
    """

    enquiry: str
    on: date
    supporter: str
    place: int
    reason: str
    policy: Policy
    asked: Asked
    ambiguous: bool
    suggested: tuple[Stood, ...]
    refused: tuple[Passed, ...]
    sha256: str

    @classmethod
    def of(
        cls, enquiry: Enquiry, shortlist: Shortlist, supporter: str, reason: str, sha256: str
    ) -> "Decision":
        """The record of choosing one supporter from a shortlist; place 0 is not on it."""
        suggested = stood_in(shortlist)
        order = [each.supporter for each in suggested]
        return cls(
            enquiry=enquiry.reference,
            on=shortlist.on,
            supporter=supporter,
            place=order.index(supporter) + 1 if supporter in order else 0,
            reason=reason.strip(),
            policy=shortlist.policy,
            asked=Asked.of(enquiry),
            ambiguous=shortlist.ambiguous,
            suggested=suggested,
            refused=passed_in(shortlist),
            sha256=sha256,
        )


def stood_in(shortlist: Shortlist) -> tuple[Stood, ...]:
    """Those suggested, first to last, without the sentences."""
    return tuple(
        Stood(each.supporter, each.score, each.rare, tuple((r.rule, r.points) for r in each.reasons))
        for each in shortlist.suggested
    )


def passed_in(shortlist: Shortlist) -> tuple[Passed, ...]:
    """Those refused, by id, without the sentences."""
    return tuple(sorted((Passed(r.supporter, r.codes) for r in shortlist.refused), key=lambda r: r.supporter))


def decision_to_dict(decision: Decision) -> dict[str, object]:
    """The record as a JSON document; those refused stand by their codes, for few combinations occur."""
    by_codes: dict[tuple[str, ...], list[str]] = {}
    for each in decision.refused:
        by_codes.setdefault(tuple(code.value for code in each.codes), []).append(each.supporter)
    return {
        "enquiry": decision.enquiry,
        "on": decision.on.isoformat(),
        "supporter": decision.supporter,
        "place": decision.place,
        "reason": decision.reason,
        "policy": asdict(decision.policy),
        "asked": asdict(decision.asked),
        "ambiguous": decision.ambiguous,
        "suggested": [
            [each.supporter, each.score, each.rare, [list(pair) for pair in each.points]]
            for each in decision.suggested
        ],
        "refused": [[list(codes), ids] for codes, ids in by_codes.items()],
        "sha256": decision.sha256,
    }


def parse_decision(body: object) -> Decision:
    """The record from its document; one that does not hold together is damage."""
    try:
        return _decision(_object(body, Decision))
    except (BadInput, LookupError, OverflowError, TypeError, ValueError) as error:
        raise Damaged(
            "The record of a decision cannot be read.", "Restore the newest backup, then look again."
        ) from error


def _decision(body: Mapping[str, Any]) -> Decision:
    return Decision(
        enquiry=_text(body["enquiry"]),
        on=date.fromisoformat(body["on"]),
        supporter=_text(body["supporter"]),
        place=_whole(body["place"]),
        reason=_text(body["reason"]),
        policy=parse_policy(_object(body["policy"], Policy)),
        asked=_asked(_object(body["asked"], Asked)),
        ambiguous=_flag(body["ambiguous"]),
        suggested=tuple(_stood(*_list(each)) for each in _list(body["suggested"])),
        refused=tuple(sorted(_passed(body["refused"]), key=lambda each: each.supporter)),
        sha256=_text(body["sha256"]),
    )


def _asked(body: Mapping[str, Any]) -> Asked:
    wishes = _object(body["preferences"], Preferences)
    return Asked(
        programme=_text(body["programme"]),
        grade=_text_or_none(body["grade"]),
        specialty=_text_or_none(body["specialty"]),
        organisation=_text_or_none(body["organisation"]),
        place=_text_or_none(body["place"]),
        needs=tuple(_need(_object(each, Need)) for each in _list(body["needs"])),
        preferences=Preferences(
            specialty=SpecialtyWish(wishes["specialty"]),
            grade=GradeWish(wishes["grade"]),
            place=PlaceWish(wishes["place"]),
            language=_text_or_none(wishes["language"]),
            contact=None if wishes["contact"] is None else Channel(wishes["contact"]),
        ),
        exclusions=Exclusions(
            **{
                name: tuple(_text(each) for each in _list(values))
                for name, values in _object(body["exclusions"], Exclusions).items()
            }
        ),
    )


def _need(body: Mapping[str, Any]) -> Need:
    return Need(_text(body["characteristic"]), Importance(body["importance"]))


def _stood(supporter: object, score: object, rare: object, points: object) -> Stood:
    pairs = tuple((_text(rule), _number(value)) for rule, value in map(_list, _list(points)))
    return Stood(_text(supporter), _number(score), _flag(rare), pairs)


def _passed(groups: object) -> Iterator[Passed]:
    for codes, supporters in map(_list, _list(groups)):
        known = tuple(Code(code) for code in _list(codes))
        yield from (Passed(_text(each), known) for each in _list(supporters))


def _object(value: object, kind: type[Any]) -> Mapping[str, Any]:
    """A document with exactly the fields of a kind of value."""
    if not isinstance(value, dict) or value.keys() != {each.name for each in fields(kind)}:
        raise TypeError(kind.__name__)
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("list")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("flag")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("whole number")
    return value


def _number(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise TypeError("number")
    return float(value)
