"""The table of supporters that may leave the network: each cell stands there only where its own consent is valid."""

from datetime import date

from peermatch.model.consent import ConsentGate, Purpose
from peermatch.model.listing import may_be_listed
from peermatch.model.people import Supporter, first_name, surname
from peermatch.model.reference import Reference

HEADINGS = (
    "Number",
    "Name",
    "Pronouns",
    "E-mail address",
    "Phone number",
    "Likes best",
    "Grade",
    "Specialty",
    "Organisation",
    "Town",
    "May be listed for",
    "Status",
    "How many at once",
    "Paused until",
    "Record kept until",
)
# As on a contact card, pronouns go with a way to reach somebody: they may say more than a name does.
_CHANNELS = (Purpose.CONTACT_EMAIL, Purpose.CONTACT_PHONE)
TableRow = tuple[str | int | date | None, ...]


def table_row(person: Supporter, gate: ConsentGate, lists: Reference) -> TableRow | None:
    """One person as far as they agreed to it; None for whom not even the record may be kept."""
    held = gate.ruling(Purpose.HOLD)
    if not held.valid or held.record is None:
        return None
    role, work = gate.allows(Purpose.CONTACT_ROLE), gate.allows(Purpose.CONTACT_ORGANISATION)
    listed = (each for each in person.characteristics if may_be_listed(gate, each))
    return (
        person.id,
        _name(person, gate),
        person.pronouns if any(map(gate.allows, _CHANNELS)) else None,
        person.email if gate.allows(Purpose.CONTACT_EMAIL) else None,
        person.phone if gate.allows(Purpose.CONTACT_PHONE) else None,
        person.prefers.value if person.prefers else None,
        lists.grades.label(person.grade) if role and person.grade else None,
        lists.specialties.label(person.specialty) if role and person.specialty else None,
        lists.organisations.name(person.organisation) if work and person.organisation else None,
        person.place if work else None,
        "; ".join(map(lists.vocabulary.label, listed)) or None,
        person.status.value,
        person.capacity,
        person.paused_until,
        held.record.expires,
    )


def _name(person: Supporter, gate: ConsentGate) -> str:
    """As on a contact card: the surname has a consent of its own."""
    called = first_name(person.name, person.known_as)
    rest = surname(person.name, person.known_as) if gate.allows(Purpose.CONTACT_NAME) else ""
    return f"{called} {rest}".strip()
