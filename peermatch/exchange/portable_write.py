"""A `Network` into a portable file: every field, in the order in which the format is written down."""

import json
from dataclasses import asdict
from datetime import date

from peermatch.exchange.portable_mail import mail_rows
from peermatch.exchange.portable_own import own_rows
from peermatch.exchange.portable_read import FORMAT, VERSION
from peermatch.model.characteristics import term_to_dict
from peermatch.model.consent import ConsentRecord
from peermatch.model.enquiry import EnquirerConsent, Enquiry, Exclusions, Preferences, Requester
from peermatch.model.introduction import Introduction
from peermatch.model.network import Network
from peermatch.model.own_places import place_to_dict
from peermatch.model.people import Boundaries, Relation, Supporter

Row = dict[str, object]


def dump_network(network: Network) -> bytes:
    """The portable file of a network, in the clear; reading it again gives an equal network."""
    text = json.dumps(_network(network), ensure_ascii=False, allow_nan=False, indent=1)
    return f"{text}\n".encode()


def _network(network: Network) -> Row:
    row: Row = {
        "format": FORMAT,
        "version": VERSION,
        "network": {"name": network.name, "controller": network.controller},
    }
    if network.wordings is not None:
        row["wordings"] = [asdict(each) for each in network.wordings]
    if network.organisations:
        row["organisations"] = [
            {**place_to_dict(each), "closed": _day(each.closed)} for each in network.organisations
        ]
    return row | {
        "barred": [asdict(each) for each in network.barred],
        "policy": asdict(network.policy) if network.policy else None,
        "vocabulary": [term_to_dict(each) for each in network.vocabulary],
        **own_rows(network),
        "supporters": [_supporter(each) for each in network.supporters],
        "enquiries": [_enquiry(each) for each in network.enquiries],
        "introductions": [_introduction(each) for each in network.introductions],
        **mail_rows(network.mail),
    }


def _supporter(person: Supporter) -> Row:
    return {
        "id": person.id,
        "name": person.name,
        "known_as": person.known_as,
        "pronouns": person.pronouns,
        "email": person.email,
        "other_emails": person.other_emails,
        "phone": person.phone,
        "prefers": person.prefers,
        "languages": person.languages,
        "grade": person.grade,
        "specialty": person.specialty,
        "organisation": person.organisation,
        "place": person.place,
        "programmes": person.programmes,
        "status": person.status,
        "paused_until": _day(person.paused_until),
        "available_from": _day(person.available_from),
        "available_until": _day(person.available_until),
        "capacity": person.capacity,
        "boundaries": _boundaries(person.boundaries),
        "relations": [_relation(each) for each in person.relations],
        "characteristics": person.characteristics,
        "consents": [_consent(each) for each in person.consents],
        "notes": person.notes,
    }


def _boundaries(limits: Boundaries) -> Row:
    return {
        "same_organisation": limits.same_organisation,
        "same_specialty": limits.same_specialty,
        "organisations": limits.organisations,
        "specialties": limits.specialties,
        "topics": limits.topics,
    }


def _relation(relation: Relation) -> Row:
    return {
        "to": relation.to,
        "kind": relation.kind,
        "from": relation.start.isoformat(),
        "until": _day(relation.until),
    }


def _consent(record: ConsentRecord) -> Row:
    return {
        "purpose": record.purpose,
        "characteristic": record.characteristic,
        "given": record.given.isoformat(),
        "expires": _day(record.expires),
        "withdrawn": _day(record.withdrawn),
        "method": record.method,
        "wording": record.wording,
        "recorded_by": record.recorded_by,
        "evidence": record.evidence,
    }


def _enquiry(enquiry: Enquiry) -> Row:
    return {
        "reference": enquiry.reference,
        "received": enquiry.received.isoformat(),
        "channel": enquiry.channel,
        "programme": enquiry.programme,
        "status": enquiry.status,
        "requester": _requester(enquiry.requester),
        "consent": _enquirer_consent(enquiry.consent),
        "letter": enquiry.letter,
        "grade": enquiry.grade,
        "specialty": enquiry.specialty,
        "organisation": enquiry.organisation,
        "place": enquiry.place,
        "needs": [
            {"characteristic": each.characteristic, "importance": each.importance} for each in enquiry.needs
        ],
        "preferences": _preferences(enquiry.preferences),
        "exclusions": _exclusions(enquiry.exclusions),
        "choice": enquiry.choice,
        "risk": [{"kind": each.kind, "words": each.words} for each in enquiry.risk],
        "risk_done": enquiry.risk_done,
    }


def _requester(person: Requester) -> Row:
    return {
        "name": person.name,
        "email": person.email,
        "other_emails": person.other_emails,
        "phone": person.phone,
        "safe_contact": person.safe_contact,
    }


def _enquirer_consent(consent: EnquirerConsent | None) -> Row | None:
    if consent is None:
        return None
    return {"given": consent.given.isoformat(), "method": consent.method, "wording": consent.wording}


def _preferences(wishes: Preferences) -> Row:
    return {
        "specialty": wishes.specialty,
        "grade": wishes.grade,
        "place": wishes.place,
        "language": wishes.language,
        "contact": wishes.contact,
    }


def _exclusions(exclusions: Exclusions) -> Row:
    return {
        "organisations": exclusions.organisations,
        "specialties": exclusions.specialties,
        "supporters": exclusions.supporters,
        "people": exclusions.people,
    }


def _introduction(introduction: Introduction) -> Row:
    return {
        "enquiry": introduction.enquiry,
        "supporter": introduction.supporter,
        "state": introduction.state,
        "asked": introduction.asked.isoformat(),
        "answered": _day(introduction.answered),
        "introduced": _day(introduction.introduced),
        "ended": _day(introduction.ended),
        "outcome": introduction.outcome,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
