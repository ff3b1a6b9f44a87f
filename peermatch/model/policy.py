"""The policy of ranking: weights and limits as one value that every decision names, checked where it comes in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from peermatch.errors import BadInput, Fault

LONGEST_NAME = 60
MISSING = "this field is missing"
UNKNOWN = "this field is not known"
NAME_WORDS = f"this must be 1 to {LONGEST_NAME} characters that can be read on one line"
LEAST_SLOPE_KM = 0.1
FAR_WORDS = f"far must be further than near, by at least {LEAST_SLOPE_KM} km"
LOAD_WORDS = "together with load_in_hand this must stay below 1"


@dataclass(frozen=True, slots=True)
class Bound:
    """Between which two numbers a field must lie, and whether it counts whole things."""

    least: float
    most: float
    whole: bool = False

    def words(self, times: int = 1) -> str:
        """The bounds as a sentence; ``times`` 100 says them in per cent."""
        return f"this must lie between {figure(self.least * times)} and {figure(self.most * times)}"

    def fault(self, value: object) -> str:
        """What is wrong with a value, or nothing."""
        kind = int if self.whole else (int, float)
        if not isinstance(value, kind) or isinstance(value, bool):
            return "this must be a whole number" if self.whole else "this must be a number"
        return "" if self.least <= value <= self.most else self.words()


BOUNDS: Mapping[str, Bound] = {
    "version": Bound(1, 2**31 - 1, whole=True),
    # Above 0, so that the weights of an enquiry with needs never add up to nothing; and no further apart than
    # 1 to 10,000, so that no need is lost in rounding.
    "essential": Bound(0.01, 100),
    "helpful": Bound(0.01, 100),
    # Wishes alone may count for nothing: then they are told and change no place.
    "preference": Bound(0, 100),
    # score = m x (1 - L). While L stays from 0 to below 1, a greater m never gives a smaller score: who is closer
    # and no busier never stands below (law 6), and a consent that is withdrawn never raises a score (law 5).
    # It also keeps each score from 0 to 1.
    "load_in_hand": Bound(0, 1),
    "load_asked": Bound(0, 1),
    "asked_limit": Bound(1, 1000, whole=True),
    "near_km": Bound(0, 2000),
    "far_km": Bound(0, 2000),
    "ambiguous": Bound(0, 1),
}
"""What each number of a policy must keep to, so that the laws of matching hold (matching, laws 5 to 7)."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Weights and limits of ranking: a named, versioned value that is printed with every decision.

    Whoever holds one need not check it: one that breaks a bound cannot be made.
    """

    name: str = "standard"
    version: int = 1
    essential: float = 3.0
    helpful: float = 1.0
    preference: float = 0.5
    load_in_hand: float = 0.06
    load_asked: float = 0.04
    asked_limit: int = 6
    near_km: float = 15.0
    far_km: float = 60.0
    ambiguous: float = 0.02

    def __post_init__(self) -> None:
        _refuse(policy_faults(_values(self)))

    @property
    def label(self) -> str:
        """The name and version, as decisions print it."""
        return f"{self.name} {self.version}"

    def changes_from(self, before: "Policy") -> tuple[str, ...]:
        """What is different from another one, but for the version: ``helpful 1 -> 2``."""
        old, new = _values(before), _values(self)
        return tuple(
            f"{key} {figure(old[key])} -> {figure(new[key])}"
            for key in new
            if key != "version" and old[key] != new[key]
        )

    def same_as(self, other: "Policy") -> bool:
        """Whether nothing but the version is different."""
        return not self.changes_from(other)


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """A policy that the network keeps, and the day from which it did.

    ``policy`` is None where its numbers break a bound of today: an older program may have allowed them. Such a
    version stays kept and nobody is ranked by it.
    """

    version: int
    since: date
    policy: Policy | None

    @property
    def label(self) -> str:
        """The name and version; of one that cannot be used the version alone."""
        return self.policy.label if self.policy else f"version {self.version}"


@dataclass(frozen=True, slots=True)
class PolicyHistory:
    """All versions that were kept, the newest first, and the number of the one that would be kept next."""

    versions: tuple[PolicyVersion, ...]
    next: int

    @property
    def notice(self) -> str:
        """What must be said while the newest version cannot be used; nothing where it can."""
        newest = next(iter(self.versions), None)
        if newest is None or newest.policy is not None:
            return ""
        return (
            f"The network's own weights ({newest.label}) cannot be used by this program, so supporters are ranked "
            "by the standard weights; the version is still kept."
        )


STANDARD_VERSION = 1
"""The version of the standard weights, which count while a network keeps none of its own."""


def _values(policy: Policy) -> dict[str, Any]:
    """The fields by name; all of them are plain, so that nothing need be copied."""
    return {each.name: getattr(policy, each.name) for each in fields(policy)}


def parse_policy(values: Mapping[str, Any]) -> Policy:
    """A policy from fields as they were read; whatever is wrong with them is named at once."""
    _refuse(policy_faults(values))
    return Policy(**{key: _plain(key, value) for key, value in values.items()})


def policy_faults(values: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Everything that is wrong with the fields of a policy: each field in its order, then what is not known."""
    return tuple(_faults(values))


def figure(value: object) -> str:
    """A value as people write it: 3 and not 3.0, with every digit that it has."""
    if isinstance(value, int | float):
        return format(Decimal(repr(value)).normalize(), "f")
    return str(value)


def _faults(values: Mapping[str, Any]) -> Iterator[Fault]:
    keys = tuple(each.name for each in fields(Policy))
    said = {key: _field_fault(key, values[key]) if key in values else MISSING for key in keys}
    if (
        not (said["load_in_hand"] or said["load_asked"])
        and values["load_in_hand"] + values["load_asked"] >= 1
    ):
        said["load_asked"] = LOAD_WORDS
    if not (said["near_km"] or said["far_km"]) and not _apart(values["near_km"], values["far_km"]):
        said["far_km"] = FAR_WORDS
    yield from (Fault(key, text) for key, text in said.items() if text)
    yield from (Fault(str(key), UNKNOWN) for key in values if key not in keys)


def _apart(near: float, far: float) -> bool:
    """Whether there is something to divide by on the way from full marks to none."""
    return round(far - near, 9) >= LEAST_SLOPE_KM


def _field_fault(key: str, value: object) -> str:
    return BOUNDS[key].fault(value) if key in BOUNDS else _name_fault(value)


def _name_fault(value: object) -> str:
    if not isinstance(value, str):
        return "this must be text"
    good = 0 < len(value) <= LONGEST_NAME and value.isprintable() and value == value.strip()
    return "" if good else NAME_WORDS


def _plain(key: str, value: Any) -> Any:
    """Numbers as the fields hold them: 3 for a weight is 3.0."""
    counts = key == "name" or BOUNDS[key].whole
    return value if counts else float(value)


def _refuse(faults: tuple[Fault, ...]) -> None:
    if faults:
        many = "one problem" if len(faults) == 1 else f"{len(faults)} problems"
        raise BadInput(f"The matching policy has {many}.", "Put right what is listed.", faults)
