"""Row to value and back: the only place where the two meet."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.enquiry import (
    EnquirerConsent,
    Enquiry,
    Exclusions,
    GradeWish,
    Importance,
    Need,
    PlaceWish,
    Preferences,
    Risk,
    RiskKind,
    SpecialtyWish,
)
from peermatch.model.introduction import Introduction, State
from peermatch.model.people import Boundaries, Channel, Relation, Supporter
from peermatch.store.sql import sql

Columns = Mapping[str, Any]


def supporter_columns(supporter: Supporter) -> dict[str, Any]:
    """A supporter's row, but for its position and consent."""
    return {
        "id": supporter.id,
        "name": supporter.name,
        "known_as": supporter.known_as,
        "pronouns": supporter.pronouns,
        "email": supporter.email,
        "other_emails": list(supporter.other_emails),
        "phone": supporter.phone,
        "prefers": supporter.prefers.value if supporter.prefers else None,
        "languages": list(supporter.languages),
        "grade": supporter.grade,
        "specialty": supporter.specialty,
        "organisation": supporter.organisation,
        "place": supporter.place,
        "programmes": list(supporter.programmes),
        "status": supporter.status.value,
        "paused_until": supporter.paused_until,
        "available_from": supporter.available_from,
        "available_until": supporter.available_until,
        "capacity": supporter.capacity,
        "boundaries": _lists(asdict(supporter.boundaries)),
        "relations": [
            [r.to, r.kind, r.start.isoformat(), r.until.isoformat() if r.until else None]
            for r in supporter.relations
        ],
        "characteristics": list(supporter.characteristics),
        "notes": supporter.notes,
    }


def boundaries_value(columns: Columns) -> Boundaries:
    """What a volunteer does not want."""
    return Boundaries(
        same_organisation=columns["same_organisation"],
        same_specialty=columns["same_specialty"],
        organisations=tuple(columns["organisations"]),
        specialties=tuple(columns["specialties"]),
        topics=tuple(columns["topics"]),
    )


def relations_value(rows: Sequence[Sequence[Any]]) -> tuple[Relation, ...]:
    """To whom somebody stands how."""
    return tuple(_relation(*fields) for fields in rows)


def _relation(to: str, kind: str, start: str, until: str | None) -> Relation:
    return Relation(to, kind, date.fromisoformat(start), date.fromisoformat(until) if until else None)


def _lists(columns: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in columns.items()}


def consent_columns(supporter: str, record: ConsentRecord) -> dict[str, Any]:
    """A consent record's row."""
    return {
        "supporter": supporter,
        "purpose": record.purpose.value,
        "characteristic": record.characteristic,
        "given": record.given,
        "expires": record.expires,
        "withdrawn": record.withdrawn,
        "method": record.method.value,
        "wording": record.wording,
        "recorded_by": record.recorded_by,
        "evidence": record.evidence,
    }


def consent_value(row: "sql.ConsentRow") -> ConsentRecord:
    """The value of a consent row."""
    return ConsentRecord(
        purpose=Purpose(row.purpose),
        characteristic=row.characteristic,
        given=row.given,
        expires=row.expires,
        withdrawn=row.withdrawn,
        method=Method(row.method),
        wording=row.wording,
        recorded_by=row.recorded_by,
        evidence=row.evidence,
    )


def enquiry_columns(enquiry: Enquiry) -> dict[str, Any]:
    """An enquiry's row, but for its position and the person."""
    wishes = enquiry.preferences
    return {
        "reference": enquiry.reference,
        "received": enquiry.received,
        "channel": enquiry.channel,
        "programme": enquiry.programme,
        "status": enquiry.status.value,
        "letter": enquiry.letter,
        "grade": enquiry.grade,
        "specialty": enquiry.specialty,
        "organisation": enquiry.organisation,
        "place": enquiry.place,
        "needs": [[need.characteristic, need.importance.value] for need in enquiry.needs],
        "preferences": {
            "specialty": wishes.specialty.value,
            "grade": wishes.grade.value,
            "place": wishes.place.value,
            "language": wishes.language,
            "contact": wishes.contact.value if wishes.contact else None,
        },
        "exclusions": _lists(asdict(enquiry.exclusions)),
        "choice": enquiry.choice,
        "risk": [[risk.kind.value, list(risk.words)] for risk in enquiry.risk],
        "risk_done": enquiry.risk_done,
    }


def requester_columns(enquiry: Enquiry) -> dict[str, Any]:
    """The row of the person behind an enquiry."""
    person, consent = enquiry.requester, enquiry.consent
    return {
        "enquiry": enquiry.reference,
        "name": person.name,
        "email": person.email,
        "other_emails": list(person.other_emails),
        "phone": person.phone,
        "safe_contact": person.safe_contact,
        "consent": (
            {"given": consent.given.isoformat(), "method": consent.method.value, "wording": consent.wording}
            if consent
            else None
        ),
    }


def needs_value(rows: Sequence[Sequence[str]]) -> tuple[Need, ...]:
    """What is asked for."""
    return tuple(Need(characteristic, Importance(importance)) for characteristic, importance in rows)


def exclusions_value(columns: Columns) -> Exclusions:
    """Who must not be asked."""
    return Exclusions(**{name: tuple(values) for name, values in columns.items()})


def risk_value(rows: Sequence[Sequence[Any]]) -> tuple[Risk, ...]:
    """What was noticed, with the words that led to it."""
    return tuple(Risk(RiskKind(kind), tuple(words)) for kind, words in rows)


def preferences_value(columns: Columns) -> Preferences:
    """What somebody would like."""
    return Preferences(
        specialty=SpecialtyWish(columns["specialty"]),
        grade=GradeWish(columns["grade"]),
        place=PlaceWish(columns["place"]),
        language=columns["language"],
        contact=Channel(columns["contact"]) if columns["contact"] else None,
    )


def enquirer_consent_value(columns: Columns | None) -> EnquirerConsent | None:
    """That the trainee agreed; None where nothing is recorded."""
    if columns is None:
        return None
    return EnquirerConsent(
        date.fromisoformat(columns["given"]), Method(columns["method"]), columns["wording"]
    )


def introduction_columns(introduction: Introduction) -> dict[str, Any]:
    """An introduction's row."""
    return {
        "enquiry": introduction.enquiry,
        "supporter": introduction.supporter,
        "state": introduction.state.value,
        "asked": introduction.asked,
        "answered": introduction.answered,
        "introduced": introduction.introduced,
        "ended": introduction.ended,
        "outcome": introduction.outcome,
    }


def introduction_value(row: "sql.IntroductionRow") -> Introduction:
    """The value of an introduction's row."""
    return Introduction(
        enquiry=row.enquiry,
        supporter=row.supporter,
        state=State(row.state),
        asked=row.asked,
        answered=row.answered,
        introduced=row.introduced,
        ended=row.ended,
        outcome=row.outcome,
    )
