"""Consent as dated records, the one rule that judges them, and the gate that alone makes `Consented` values."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Purpose(StrEnum):
    """What a person agrees to; each is asked for on its own (UK GDPR articles 6, 7 and 9)."""

    HOLD = "hold"
    MATCH = "match"
    SHARE = "share"
    CONTACT_EMAIL = "contact-email"
    CONTACT_PHONE = "contact-phone"
    CONTACT_NAME = "contact-name"
    CONTACT_ROLE = "contact-role"
    CONTACT_ORGANISATION = "contact-organisation"
    LIST = "list"
    COUNT = "count"


PER_CHARACTERISTIC = frozenset({Purpose.MATCH, Purpose.SHARE, Purpose.LIST, Purpose.COUNT})


class Method(StrEnum):
    """How consent was given."""

    FORM = "form"
    EMAIL = "email"
    SPOKEN = "spoken"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Wording:
    """A version of the consent text that people were shown, kept in full."""

    id: str
    text: str
    language: str = "en"
    covers_narrower: bool = False


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """One act of consent; never edited, and a withdrawal is a date on it."""

    purpose: Purpose
    characteristic: str | None
    given: date
    expires: date | None
    withdrawn: date | None
    method: Method
    wording: str
    recorded_by: str | None = None
    evidence: str | None = None

    @property
    def refused(self) -> bool:
        """Whether it says no from its first day on: they were asked and did not agree."""
        return self.withdrawn is not None and self.withdrawn <= self.given


class Standing(StrEnum):
    """What the ruling record says on a day."""

    VALID = "valid"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Ruling:
    """The standing of a purpose on a day, and the record that it rests on."""

    standing: Standing
    record: ConsentRecord | None

    @property
    def valid(self) -> bool:
        """Whether the purpose may be used on that day."""
        return self.standing is Standing.VALID


_NEVER = Ruling(Standing.NEVER, None)


def judge(record: ConsentRecord, on: date) -> Standing:
    """What one record says on a day: withdrawn before ended before valid."""
    if record.withdrawn is not None and record.withdrawn <= on:
        return Standing.WITHDRAWN
    if record.expires is not None and on >= record.expires:
        return Standing.ENDED
    return Standing.VALID


def ruling_record(
    records: Iterable[ConsentRecord], purpose: Purpose, characteristic: str | None, on: date
) -> ConsentRecord | None:
    """The record given last, up to the day, for exactly this purpose and characteristic.

    ``records`` stand in the order in which they were recorded: of two given on one day the later rules.
    """
    found: ConsentRecord | None = None
    for record in records:
        if record.purpose is not purpose or record.characteristic != characteristic or record.given > on:
            continue
        if found is None or record.given >= found.given:
            found = record
    return found


@dataclass(frozen=True, slots=True)
class ConsentRules:
    """What the judgement of consent needs to know besides the records.

    ``broader_terms`` gives the terms above a term, nearest first; a wording that is not held covers nothing more.
    """

    wordings: Mapping[str, Wording]
    broader_terms: Callable[[str], tuple[str, ...]]

    def rule(
        self, records: tuple[ConsentRecord, ...], purpose: Purpose, characteristic: str | None, on: date
    ) -> Ruling:
        """The standing of a purpose (and characteristic) on a day, by the own record or a covering broader one."""
        own = ruling_record(records, purpose, characteristic, on)
        if own is not None:
            return Ruling(judge(own, on), own)
        for broader in self.broader_terms(characteristic) if characteristic else ():
            record = ruling_record(records, purpose, broader, on)
            if record is not None and self.covers(record):
                return Ruling(judge(record, on), record)
        return _NEVER

    def covers(self, record: ConsentRecord) -> bool:
        """Whether a record counts for narrower terms too, by the wording that it was given under."""
        wording = self.wordings.get(record.wording)
        return wording is not None and wording.covers_narrower


_SEAL = object()


class Consented(Generic[T]):
    """A value that may leave, with the record that allows it; only `ConsentGate` can make one."""

    __slots__ = ("purpose", "record", "value")
    value: T
    purpose: Purpose
    record: ConsentRecord

    def __init__(self, seal: object, value: T, purpose: Purpose, record: ConsentRecord) -> None:
        if seal is not _SEAL:
            raise TypeError("a Consented value is made by ConsentGate.permit alone")
        for name, part in (("value", value), ("purpose", purpose), ("record", record)):
            object.__setattr__(self, name, part)

    def __setattr__(self, name: str, value: object) -> None:
        # Also what stops a copy or an unpickled one: both would be filled from outside.
        raise TypeError("a Consented value never changes")

    def __repr__(self) -> str:
        return f"Consented({self.purpose.value}, given {self.record.given})"


@dataclass(frozen=True, slots=True)
class ConsentGate:
    """One person's consent on one day: the only door to `Consented` values."""

    records: tuple[ConsentRecord, ...]
    rules: ConsentRules
    on: date

    def ruling(self, purpose: Purpose, characteristic: str | None = None) -> Ruling:
        """How a purpose stands today."""
        return self.rules.rule(self.records, purpose, characteristic, self.on)

    def allows(self, purpose: Purpose, characteristic: str | None = None) -> bool:
        """Whether a purpose is valid today."""
        return self.ruling(purpose, characteristic).valid

    def permit(self, purpose: Purpose, value: T, characteristic: str | None = None) -> Consented[T] | None:
        """The value with its permission, or None where consent is not valid today."""
        ruling = self.ruling(purpose, characteristic)
        if not ruling.valid or ruling.record is None:
            return None
        return Consented(_SEAL, value, purpose, ruling.record)
