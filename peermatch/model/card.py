"""The contact card: what one trainee may learn of one supporter, buildable from consent alone."""

from dataclasses import dataclass
from datetime import date

from peermatch.model.consent import Consented, ConsentGate, Purpose, Standing
from peermatch.model.people import Channel, Supporter, surname
from peermatch.model.text import one_line


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody does, in words."""

    grade: str | None
    specialty: str | None
    county: str | None


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where somebody works, in words."""

    organisation: str | None
    town: str | None


@dataclass(frozen=True, slots=True)
class SharedTopic:
    """A topic that the supporter agreed to have named, in the vocabulary's words."""

    characteristic: str
    label: str


@dataclass(frozen=True, slots=True)
class Permission:
    """One line of the record of a hand-over: what left and the consent that allowed it."""

    what: str
    purpose: Purpose
    characteristic: str | None
    given: date
    wording: str


@dataclass(frozen=True, slots=True)
class ContactCard:
    """Everything that leaves, each part with its consent; `first_name` and pronouns go with any contact consent."""

    supporter: str
    first_name: Consented[str]
    pronouns: Consented[str] | None
    surname: Consented[str] | None
    role: Consented[Role] | None
    workplace: Consented[Workplace] | None
    email: Consented[str] | None
    phone: Consented[str] | None
    prefers: Channel | None
    topics: tuple[Consented[SharedTopic], ...]

    @property
    def full_name(self) -> str:
        """First name, and the surname where it may be given."""
        return f"{self.first_name.value} {self.surname.value}" if self.surname else self.first_name.value

    def permissions(self) -> tuple[Permission, ...]:
        """What leaves and why it may, line by line."""
        plain: tuple[tuple[str, Consented[str] | Consented[Role] | Consented[Workplace] | None], ...] = (
            ("first name and pronouns" if self.pronouns else "first name", self.first_name),
            ("surname", self.surname),
            ("grade, specialty and county", self.role),
            ("organisation and town", self.workplace),
            ("e-mail address", self.email),
            ("phone number", self.phone),
        )
        lines = [
            Permission(what, c.purpose, None, c.record.given, c.record.wording)
            for what, c in plain
            if c is not None
        ]
        lines += [
            Permission(t.value.label, t.purpose, t.value.characteristic, t.record.given, t.record.wording)
            for t in self.topics
        ]
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class Described:
    """The words for a supporter's ids, found by the caller; topics are those that meet what is needed."""

    role: Role
    workplace: Workplace
    topics: tuple[SharedTopic, ...]


def build_card(supporter: Supporter, described: Described, gate: ConsentGate) -> ContactCard | None:
    """The card that consent allows on the gate's day, or None without a contact channel that may be used."""
    email = _permitted(gate, Purpose.CONTACT_EMAIL, supporter.email)
    phone = _permitted(gate, Purpose.CONTACT_PHONE, supporter.phone)
    channel = email or phone
    if channel is None:
        return None
    first = _permitted(gate, channel.purpose, supporter.first_name)
    if first is None:
        return None
    return ContactCard(
        supporter=supporter.id,
        first_name=first,
        pronouns=_permitted(gate, channel.purpose, supporter.pronouns),
        surname=_permitted(gate, Purpose.CONTACT_NAME, surname(supporter.name, supporter.known_as)),
        role=gate.permit(Purpose.CONTACT_ROLE, described.role)
        if described.role != Role(None, None, None)
        else None,
        workplace=(
            gate.permit(Purpose.CONTACT_ORGANISATION, described.workplace)
            if described.workplace != Workplace(None, None)
            else None
        ),
        email=email,
        phone=phone,
        prefers=_preferred(supporter, email, phone),
        topics=_topics(described, gate),
    )


def _permitted(gate: ConsentGate, purpose: Purpose, text: str | None) -> Consented[str] | None:
    """A text on one line with its permission; None where nothing of it could be seen."""
    line = one_line(text or "")
    return gate.permit(purpose, line) if line else None


def _preferred(
    supporter: Supporter, email: Consented[str] | None, phone: Consented[str] | None
) -> Channel | None:
    """The way they like best, only where that way is on the card."""
    on_card = {Channel.EMAIL: email, Channel.PHONE: phone}
    return supporter.prefers if supporter.prefers and on_card[supporter.prefers] else None


def _topics(described: Described, gate: ConsentGate) -> tuple[Consented[SharedTopic], ...]:
    """Topics with a valid `share`; one whose `match` was withdrawn is unknown and stays so."""
    permitted = (
        gate.permit(Purpose.SHARE, topic, topic.characteristic)
        for topic in described.topics
        if gate.ruling(Purpose.MATCH, topic.characteristic).standing is not Standing.WITHDRAWN
    )
    return tuple(topic for topic in permitted if topic is not None)
