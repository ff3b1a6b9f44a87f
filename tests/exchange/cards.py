"""A supporter, an enquiry and the card between them, for any consent."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from peermatch.exchange.card_files import PLAIN, CardFile, Extras, Stamp, Stationery, card_files
from peermatch.exchange.press import Press
from peermatch.mail.drafts import draft
from peermatch.mail.wording import Templates
from peermatch.model.card import ContactCard, Described, Role, SharedTopic, Workplace, build_card
from peermatch.model.consent import ConsentGate, ConsentRecord, ConsentRules, Method, Purpose
from peermatch.model.enquiry import Enquiry, Importance, Need, Requester
from peermatch.model.people import Channel, Relation, Supporter
from tests.exchange.networks import RESOURCES, shipped

REFERENCE = shipped()
TODAY = date(2026, 11, 20)
ALL = ("eml", "vcf", "html")
TO = "trainee.quill@example.org"
STAMP = Stamp("7F3K", "0123456789abcdef" * 2, datetime(2026, 11, 20, 18, 30, tzinfo=UTC))
STATIONERY = Stationery(
    Templates({path.stem: path.read_text("utf-8") for path in (RESOURCES / "letters").glob("*.txt")}),
    REFERENCE.signposts,
    draft,
    Press(RESOURCES / "card" / "card.typ", RESOURCES / "fonts"),
)
EVERY_CONTACT = (
    Purpose.CONTACT_EMAIL,
    Purpose.CONTACT_PHONE,
    Purpose.CONTACT_NAME,
    Purpose.CONTACT_ROLE,
    Purpose.CONTACT_ORGANISATION,
)
AMINA = Supporter(
    id="S-0001",
    name="Amina Rahmanova",
    known_as="Amina",
    pronouns="she/her",
    email="amina.r@example.org",
    other_emails=("home.amina@example.org",),
    phone="+44 7700 900123",
    prefers=Channel.EMAIL,
    grade="st6",
    specialty="anaesthetics",
    organisation="lthtr",
    place="Chorley",
    relations=(Relation("trainer@example.org", "trainer", date(2026, 8, 1)),),
    characteristics=("neuro.adhd", "neuro.dyslexia", "mind.depression"),
    notes="Rides a yellow motorbike.",
)
ENQUIRY = Enquiry(
    reference="E-0142",
    received=TODAY,
    requester=Requester("Tess Quill", TO, ("tess@example.com",), "07700 900456", "only after dark"),
    organisation="mft",
    needs=(
        Need("neuro.adhd", Importance.ESSENTIAL),
        Need("training.progress.exam-failure", Importance.HELPFUL),
    ),
    risk_done="rang her sister",
)


def with_consents(person: Supporter, purposes: Iterable[Purpose], shared: Iterable[str] = ()) -> Supporter:
    """Somebody who agreed to these."""
    given = date(2026, 9, 12)
    records = [ConsentRecord(each, None, given, None, None, Method.FORM, "2026-1") for each in purposes]
    records += [
        ConsentRecord(Purpose.SHARE, each, given, None, None, Method.FORM, "2026-1") for each in shared
    ]
    return replace(person, consents=tuple(records))


def card_of(person: Supporter, enquiry: Enquiry = ENQUIRY) -> ContactCard | None:
    """The card that consent allows, with the words of the shipped vocabulary."""
    lists = REFERENCE
    topics = [c for c in person.characteristics if any(lists.vocabulary.meets(c, n) for n in enquiry.wanted)]
    grade, specialty, place = person.grade or "", person.specialty or "", person.organisation or ""
    described = Described(
        Role(
            lists.grades.label(grade) or None,
            lists.specialties.label(specialty) or None,
            lists.organisations.county(place),
        ),
        Workplace(lists.organisations.name(place) or None, person.place or lists.organisations.town(place)),
        tuple(SharedTopic(each, lists.vocabulary.label(each)) for each in topics),
    )
    gate = ConsentGate(person.consents, ConsentRules({}, lists.vocabulary.broader_terms), TODAY)
    return build_card(person, described, gate)


def full_card(person: Supporter = AMINA) -> ContactCard:
    """The card of somebody who agreed to everything."""
    card = card_of(with_consents(person, EVERY_CONTACT, person.characteristics))
    assert card is not None
    return card


def short_card(person: Supporter = AMINA) -> ContactCard:
    """The card of somebody who agreed to their address alone."""
    card = card_of(with_consents(person, (Purpose.CONTACT_EMAIL,)))
    assert card is not None
    return card


def files_of(
    card: ContactCard, formats: tuple[str, ...] = ALL, extras: Extras = PLAIN
) -> tuple[CardFile, ...]:
    """The finished files."""
    return card_files(card, TO, STAMP, STATIONERY, formats, extras)
