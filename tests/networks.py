"""A small network of invented people that many tests stand on."""

from dataclasses import replace
from datetime import UTC, date, datetime

from peermatch.model.consent import ConsentRecord, Method, Purpose, Wording
from peermatch.model.enquiry import Enquiry, Importance, Need, Requester
from peermatch.model.network import Network
from peermatch.model.people import Channel, Supporter

DAY = date(2026, 11, 20)
PASSPHRASE = "three quiet herons walk home"
ADHD, EXAM = "neuro.adhd", "training.progress.exam-failure"


def clock() -> datetime:
    """A moment that does not move."""
    return datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def yes(
    purpose: Purpose, characteristic: str | None = None, given: date = date(2026, 9, 12)
) -> ConsentRecord:
    """Consent for a year."""
    expires = date(given.year + 1, given.month, given.day - 1)
    return ConsentRecord(purpose, characteristic, given, expires, None, Method.FORM, "2026-1")


AMINA = Supporter(
    id="S-0001",
    name="Amina Rahman",
    known_as="Amina",
    pronouns="she/her",
    email="amina@example.org",
    phone="07700 900123",
    prefers=Channel.EMAIL,
    languages=("en",),
    grade="st6",
    specialty="anaesthetics",
    organisation="lthtr",
    place="Preston",
    capacity=2,
    characteristics=(ADHD, EXAM),
    consents=(
        yes(Purpose.HOLD),
        yes(Purpose.CONTACT_EMAIL),
        yes(Purpose.MATCH, ADHD),
        yes(Purpose.SHARE, ADHD),
        yes(Purpose.MATCH, EXAM),
    ),
)
TOM = replace(
    AMINA,
    id="S-0002",
    name="Tom Wade",
    known_as=None,
    pronouns="he/him",
    email="tom@example.org",
    phone=None,
    specialty="general-psychiatry",
    grade="st5",
    place="Lancaster",
    organisation="lscft",
    capacity=1,
    characteristics=(ADHD,),
    consents=(yes(Purpose.HOLD), yes(Purpose.CONTACT_EMAIL), yes(Purpose.MATCH, ADHD)),
)
JO = replace(
    TOM, id="S-0003", name="Jo Kendal", email="jo@example.org", characteristics=("neuro.autism",), consents=()
)
ENQUIRY = Enquiry(
    reference="E-0142",
    received=date(2026, 11, 19),
    requester=Requester(name="Robin Vale", email="robin@example.org", safe_contact="e-mail only"),
    channel="email",
    letter="I was diagnosed with ADHD in August and failed an exam.",
    grade="st4",
    specialty="general-psychiatry",
    organisation="mft",
    needs=(Need(ADHD, Importance.ESSENTIAL), Need(EXAM, Importance.HELPFUL)),
)
NETWORK = Network(
    name="North West peer support",
    controller="The Example Trust",
    wordings=(Wording("2026-1", "I agree that the network may ...", "en"),),
    supporters=(AMINA, TOM, JO),
    enquiries=(ENQUIRY,),
)
