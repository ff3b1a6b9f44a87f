"""Enquiries and introductions, read from the objects of a portable file."""

from peermatch.exchange.json_fields import Fields
from peermatch.exchange.portable_known import KnownIds
from peermatch.exchange.portable_people import CHARACTERISTIC, ORGANISATION, PROGRAMME_FORM, is_programme
from peermatch.model.consent import Method
from peermatch.model.enquiry import (
    EnquirerConsent,
    Enquiry,
    EnquiryStatus,
    Exclusions,
    GradeWish,
    Importance,
    Need,
    PlaceWish,
    Preferences,
    Requester,
    Risk,
    RiskKind,
    SpecialtyWish,
)
from peermatch.model.introduction import Introduction, State
from peermatch.model.people import Channel


def read_enquiry(fields: Fields, known: KnownIds) -> Enquiry:
    """One enquiry; what is left out is as `Enquiry` has it."""
    return Enquiry(
        reference=fields.required("reference"),
        received=fields.required_day("received"),
        requester=fields.required_child("requester", _requester) or Requester(),
        channel=fields.text("channel"),
        programme=_programme(fields),
        status=fields.choice("status", EnquiryStatus, EnquiryStatus.NEW),
        consent=fields.optional_child("consent", lambda each: _enquirer_consent(each, known)),
        letter=fields.text("letter"),
        grade=fields.reference("grade", known.grade, "grade"),
        specialty=fields.reference("specialty", known.specialty, "specialty"),
        organisation=fields.reference("organisation", known.organisation, ORGANISATION),
        place=fields.text("place"),
        needs=fields.rows("needs", lambda each: _need(each, known)),
        preferences=fields.child("preferences", _preferences),
        exclusions=fields.child("exclusions", lambda each: _exclusions(each, known)),
        choice=fields.flag("choice"),
        risk=fields.rows("risk", _risk),
        risk_done=fields.text("risk_done"),
    )


def read_introduction(fields: Fields, known: KnownIds) -> Introduction:
    """One introduction, in whatever state its history left it."""
    return Introduction(
        enquiry=fields.required_reference("enquiry", known.enquiry, "enquiry"),
        supporter=fields.required_reference("supporter", known.supporter, "supporter"),
        state=fields.choice("state", State),
        asked=fields.required_day("asked"),
        answered=fields.day("answered"),
        introduced=fields.day("introduced"),
        ended=fields.day("ended"),
        outcome=fields.text("outcome"),
    )


def _programme(fields: Fields) -> str:
    value = fields.words("programme", "peer-support")
    if not is_programme(value):
        fields.fault("programme", PROGRAMME_FORM)
    return value


def _requester(fields: Fields) -> Requester:
    return Requester(
        name=fields.text("name"),
        email=fields.text("email"),
        other_emails=fields.texts("other_emails"),
        phone=fields.text("phone"),
        safe_contact=fields.text("safe_contact"),
    )


def _enquirer_consent(fields: Fields, known: KnownIds) -> EnquirerConsent:
    return EnquirerConsent(
        given=fields.required_day("given"),
        method=fields.choice("method", Method),
        wording=fields.required_reference("wording", known.wording, "wording"),
    )


def _need(fields: Fields, known: KnownIds) -> Need:
    return Need(
        characteristic=fields.required_reference("characteristic", known.topic, CHARACTERISTIC),
        importance=fields.choice("importance", Importance),
    )


def _preferences(fields: Fields) -> Preferences:
    return Preferences(
        specialty=fields.choice("specialty", SpecialtyWish, SpecialtyWish.ANY),
        grade=fields.choice("grade", GradeWish, GradeWish.ANY),
        place=fields.choice("place", PlaceWish, PlaceWish.ANY),
        language=fields.text("language"),
        contact=fields.optional_choice("contact", Channel),
    )


def _exclusions(fields: Fields, known: KnownIds) -> Exclusions:
    return Exclusions(
        organisations=fields.references("organisations", known.organisation, ORGANISATION),
        specialties=fields.references("specialties", known.specialty, "specialty"),
        supporters=fields.references("supporters", known.supporter, "supporter"),
        people=fields.texts("people"),
    )


def _risk(fields: Fields) -> Risk:
    return Risk(kind=fields.choice("kind", RiskKind), words=fields.texts("words"))
