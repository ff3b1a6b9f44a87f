"""Enquiries: what a trainee asked for, under a reference, with the person behind it kept apart."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from peermatch.model.consent import Method
from peermatch.model.people import Channel
from peermatch.model.text import fold_address, fold_name


class EnquiryStatus(StrEnum):
    """Where an enquiry stands; finer steps are computed from its introductions."""

    NEW = "new"
    TRIAGED = "triaged"
    ON_HOLD = "on-hold"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


OPEN_STATUSES = frozenset({EnquiryStatus.NEW, EnquiryStatus.TRIAGED})


class Importance(StrEnum):
    """How much a need matters to the enquirer."""

    ESSENTIAL = "essential"
    HELPFUL = "helpful"


class RiskKind(StrEnum):
    """What a person must look at before anything else."""

    SUICIDALITY = "suicidality"
    DOMESTIC_ABUSE = "domestic-abuse"
    SEXUAL_MISCONDUCT = "sexual-misconduct"
    CHILD = "child"
    DANGER = "danger"
    UNCLEAR_DISCLOSURE = "unclear-disclosure"


class SpecialtyWish(StrEnum):
    """Which specialty the enquirer would rather meet."""

    ANY = "any"
    SAME = "same"
    DIFFERENT = "different"


class GradeWish(StrEnum):
    """Which grade the enquirer would rather meet."""

    ANY = "any"
    SAME = "same"
    SENIOR = "senior"


class PlaceWish(StrEnum):
    """How near the enquirer would rather have them."""

    ANY = "any"
    NEAR = "near"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Need:
    """One topic that the enquirer wants to share, and how much it matters."""

    characteristic: str
    importance: Importance


@dataclass(frozen=True, slots=True)
class Preferences:
    """Wishes that order people and refuse nobody."""

    specialty: SpecialtyWish = SpecialtyWish.ANY
    grade: GradeWish = GradeWish.ANY
    place: PlaceWish = PlaceWish.ANY
    language: str | None = None
    contact: Channel | None = None


@dataclass(frozen=True, slots=True)
class Exclusions:
    """Whom the enquirer must not be introduced to; ``people`` are names or addresses."""

    organisations: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    supporters: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Risk:
    """A cue of danger and the words that led to it."""

    kind: RiskKind
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EnquirerConsent:
    """The enquirer's own yes to keeping their details."""

    given: date
    method: Method
    wording: str


@dataclass(frozen=True, slots=True)
class Requester:
    """The person behind an enquiry and how to reach them safely."""

    name: str | None = None
    email: str | None = None
    other_emails: tuple[str, ...] = ()
    phone: str | None = None
    safe_contact: str | None = None

    @property
    def addresses(self) -> frozenset[str]:
        """All e-mail addresses, folded."""
        every = (self.email, *self.other_emails)
        return frozenset(fold_address(a) for a in every if a and a.strip())

    @property
    def folded_name(self) -> str:
        """The name for comparison with another's; empty when not known."""
        return fold_name(self.name or "")


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One request for peer support, with every field of the portable format."""

    reference: str
    received: date
    requester: Requester
    channel: str | None = None
    programme: str = "peer-support"
    status: EnquiryStatus = EnquiryStatus.NEW
    consent: EnquirerConsent | None = None
    letter: str | None = None
    grade: str | None = None
    specialty: str | None = None
    organisation: str | None = None
    place: str | None = None
    needs: tuple[Need, ...] = ()
    preferences: Preferences = field(default_factory=Preferences)
    exclusions: Exclusions = field(default_factory=Exclusions)
    choice: bool = False
    risk: tuple[Risk, ...] = ()
    risk_done: str | None = None

    @property
    def open(self) -> bool:
        """Whether new steps may be taken."""
        return self.status in OPEN_STATUSES

    @property
    def held(self) -> bool:
        """Whether risk was noticed and nobody has noted what was done."""
        return bool(self.risk) and not (self.risk_done or "").strip()

    @property
    def essential(self) -> tuple[str, ...]:
        """The topics that must be shared."""
        return tuple(n.characteristic for n in self.needs if n.importance is Importance.ESSENTIAL)

    @property
    def wanted(self) -> tuple[str, ...]:
        """All topics asked for, in the order in which they stand."""
        return tuple(n.characteristic for n in self.needs)
