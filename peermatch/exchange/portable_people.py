"""Supporters and their consent, read from the objects of a portable file."""

from peermatch.exchange.json_fields import Fields
from peermatch.exchange.portable_known import KnownIds
from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.people import RELATION_KINDS, Boundaries, Channel, Relation, Supporter, SupporterStatus

CHARACTERISTIC = "characteristic"
ORGANISATION = "organisation or site"
PROGRAMME_FORM = "this must be 1 to 40 of the characters a-z, 0-9 and hyphen"


def read_supporter(fields: Fields, known: KnownIds) -> Supporter:
    """One supporter; what is left out is as `Supporter` has it."""
    return Supporter(
        id=fields.required("id"),
        name=fields.required("name"),
        known_as=fields.text("known_as"),
        pronouns=fields.text("pronouns"),
        email=fields.text("email"),
        other_emails=fields.texts("other_emails"),
        phone=fields.text("phone"),
        prefers=fields.optional_choice("prefers", Channel),
        languages=fields.texts("languages"),
        grade=fields.reference("grade", known.grade, "grade"),
        specialty=fields.reference("specialty", known.specialty, "specialty"),
        organisation=fields.reference("organisation", known.organisation, ORGANISATION),
        place=fields.text("place"),
        programmes=_programmes(fields),
        status=fields.choice("status", SupporterStatus, SupporterStatus.ACTIVE),
        paused_until=fields.day("paused_until"),
        available_from=fields.day("available_from"),
        available_until=fields.day("available_until"),
        capacity=fields.whole("capacity", 1),
        boundaries=fields.child("boundaries", lambda each: _boundaries(each, known)),
        relations=fields.rows("relations", _relation),
        characteristics=fields.references("characteristics", known.term, CHARACTERISTIC),
        consents=fields.rows("consents", lambda each: _consent(each, known)),
        notes=fields.words("notes"),
    )


def is_programme(text: str) -> bool:
    """Whether a text can be the id of a programme (formats, portable file)."""
    return 1 <= len(text) <= 40 and all(c in "abcdefghijklmnopqrstuvwxyz0123456789-" for c in text)


def _programmes(fields: Fields) -> tuple[str, ...]:
    found = fields.texts("programmes", ("peer-support",))
    for number, each in enumerate(found):
        if not is_programme(each):
            fields.fault(f"programmes[{number}]", PROGRAMME_FORM)
    return found


def _boundaries(fields: Fields, known: KnownIds) -> Boundaries:
    return Boundaries(
        same_organisation=fields.flag("same_organisation", default=True),
        same_specialty=fields.flag("same_specialty", default=True),
        organisations=fields.references("organisations", known.organisation, ORGANISATION),
        specialties=fields.references("specialties", known.specialty, "specialty"),
        topics=fields.references("topics", known.topic, CHARACTERISTIC),
    )


def _relation(fields: Fields) -> Relation:
    return Relation(
        to=fields.required("to"),
        kind=fields.one_of("kind", RELATION_KINDS),
        start=fields.required_day("from"),
        until=fields.day("until"),
    )


def _consent(fields: Fields, known: KnownIds) -> ConsentRecord:
    return ConsentRecord(
        purpose=fields.choice("purpose", Purpose),
        characteristic=fields.reference("characteristic", known.term, CHARACTERISTIC),
        given=fields.required_day("given"),
        expires=fields.day("expires"),
        withdrawn=fields.day("withdrawn"),
        method=fields.choice("method", Method),
        wording=fields.required_reference("wording", known.wording, "wording"),
        recorded_by=fields.text("recorded_by"),
        evidence=fields.text("evidence"),
    )
