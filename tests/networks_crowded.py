"""A large network of invented people with long names: what every screen must still show well and at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from peermatch import paths
from peermatch.exchange.portable import parse_network
from peermatch.mail.reading import read_letter
from peermatch.model.consent import ConsentRecord, Purpose
from peermatch.model.enquiry import Enquiry, EnquiryStatus, Importance, Need, Requester, Risk, RiskKind
from peermatch.model.introduction import Introduction, State
from peermatch.model.network import Network
from peermatch.model.people import Supporter
from peermatch.model.reference import Reference
from peermatch.services.office import Doors, Services
from peermatch.services.sample import sample_letters
from tests.bench.network import WORDINGS, people

DAY = date(2026, 11, 20)
PASSPHRASE = "three quiet herons walk home"
SUPPORTERS, ENQUIRIES = 2_000, 300
NAME = "Rhwydwaith Cefnogaeth Cymheiriaid Meddygon a Deintyddion dan Hyfforddiant Gogledd-orllewin Lloegr"
CONTROLLER = (
    "The Example University Teaching Hospitals of Llanfairpwllgwyngyll and the Wirral NHS Foundation Trust"
)
FIRST = (
    "Oluwaseun Oluwadamilola", "Bartholomew-Augustine", "Marged Angharad", "Aleksandra Wilhelmina", "Jo",
    "Venkatanarasimharajuvaripeta", "Siân", "Guðmundur Þorsteinn", "María de los Ángeles", "Li",
    "Gwenllian", "Nguyễn Thị Minh", "Abd al-Rahman", "Fionnghuala", "Amina", "Tom", "Kateryna", "Hiroshi",
    "Anne-Marie Josephine", "Temitope", "Rhys", "Ifeoma", "Zainab", "Stanisław", "Priyadarshini", "Owen",
)  # fmt: skip
LAST = (
    "Featherstonehaugh-Cholmondeley", "Wolfeschlegelsteinhausenbergerdorff", "ap Llywelyn-Wynne", "O",
    "Vijayaraghavan Subramaniam", "de la Fuente y Fernández del Campo", "Papadimitrakopoulou", "Ng",
    "Llanfihangel-Tal-y-llyn", "Nic an Airchinnigh", "Szczepanik-Brzęczyszczykiewicz", "Rahman", "Mbazulike",
    "Hughes", "Chukwuemeka-Okonkwo", "Sato", "Khan", "Ó Súilleabháin", "Petrosyan", "Brown", "Haghighatdoost",
)  # fmt: skip
LETTERS = 5
"""So few different ones, for reading a letter takes longer than all else here."""
SAFE = "Personal e-mail only, never the trust's; not between 8 am and 9 pm on working days; my partner reads my phone"
ADDRESS = "a.very.long.address.that.somebody.really.has.{0}@postgraduate-medical-education.example.org"
_OPEN = (State.ASKED, State.ASKED, State.ACCEPTED, State.AGREED, State.INTRODUCED)
_OVER = (State.ENDED, State.ENDED, State.DECLINED, State.LAPSED, State.REFUSED, State.STOPPED)
_OUTCOMES = ("helped", "helped a little", "did not help", None)


@cache
def crowded_network(
    reference: Reference, supporters: int = SUPPORTERS, enquiries: int = ENQUIRIES
) -> Network:
    """So many supporters and enquiries, the same each time, beside the wordings of the sample."""
    chance = Random(19)
    made = people(reference, supporters)
    known = tuple(_renamed(each, chance) for each in made.supporters)
    asking = tuple(_enquiries(reference, enquiries, chance))
    sample = parse_network((paths.resources() / "sample" / "network.json").read_bytes(), reference)
    return Network(
        name=NAME,
        controller=CONTROLLER,
        wordings=(*(sample.wordings or ()), *WORDINGS),
        barred=made.barred,
        supporters=known,
        enquiries=asking,
        introductions=tuple(_introductions(asking, known, chance)),
    )


def crowded(doors: Doors, folder: Path, supporters: int = SUPPORTERS, enquiries: int = ENQUIRIES) -> Services:
    """The same, encrypted in a folder and open."""
    network = crowded_network(doors.shipped.reference, supporters, enquiries)
    return doors.create(folder, network, PASSPHRASE, with_recovery=False).services


def _renamed(person: Supporter, chance: Random) -> Supporter:
    """Somebody with a name, of whom a few have a long note, and most can be reached by a long address."""
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    long = chance.random() < 0.3
    return replace(
        person,
        name=name,
        email=ADDRESS.format(person.id) if long else person.email,
        phone="07700 900123" if chance.random() < 0.5 else None,
        place=chance.choice((None, "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "Leigh")),
        notes="Rather not before ten in the morning. " * 30 if chance.random() < 0.05 else "",
        consents=tuple(_kept(each, person.id) for each in person.consents) + _reachable(person),
    )


def _reachable(person: Supporter) -> tuple[ConsentRecord, ...]:
    """Consent to be written to, for as long as the record may be kept."""
    hold = _kept(person.consents[0], person.id)
    return (replace(hold, purpose=Purpose.CONTACT_EMAIL),)


def _kept(record: ConsentRecord, person: str) -> ConsentRecord:
    """The same record; of most people given so that it does not end this month."""
    return record if int(person[-2:]) < 15 else replace(record, expires=DAY + timedelta(300))


def _enquiries(reference: Reference, count: int, chance: Random) -> Iterator[Enquiry]:
    """From this week back to two years ago; the newest wait, the oldest are closed."""
    letters = [read_letter(each.raw).text for each in sample_letters()[:LETTERS]]
    terms = list(reference.vocabulary.terms)
    organisations = list(reference.organisations.organisations)
    specialties, grades = list(reference.specialties.specialties), list(reference.grades.grades)
    for number in range(count):
        days = 730 - round(730 * number / count)
        status = _status(number / count, chance)
        open_now = status in (EnquiryStatus.NEW, EnquiryStatus.TRIAGED, EnquiryStatus.ON_HOLD)
        topics = chance.sample(terms, chance.randrange(1, 9))
        yield Enquiry(
            reference=f"E-{number + 1:04d}",
            received=DAY - timedelta(days),
            requester=_requester(number, chance) if open_now else Requester(),
            channel="email",
            status=status,
            letter=chance.choice(letters) * (6 if number % 40 == 0 else 1) if open_now else None,
            grade=chance.choice(grades),
            specialty=chance.choice(specialties),
            organisation=chance.choice(organisations),
            needs=()
            if status is EnquiryStatus.NEW
            else tuple(
                Need(topic, Importance.ESSENTIAL if place == 0 else Importance.HELPFUL)
                for place, topic in enumerate(topics)
            ),
            risk=(Risk(RiskKind.UNCLEAR_DISCLOSURE, ("at home",)),) if open_now and number % 25 == 0 else (),
        )


def _status(how_new: float, chance: Random) -> EnquiryStatus:
    if how_new < 0.6:
        return EnquiryStatus.CLOSED if chance.random() < 0.9 else EnquiryStatus.WITHDRAWN
    if how_new > 0.85:
        return EnquiryStatus.NEW
    return EnquiryStatus.TRIAGED if chance.random() < 0.85 else EnquiryStatus.ON_HOLD


def _requester(number: int, chance: Random) -> Requester:
    return Requester(
        name=f"{chance.choice(FIRST)} {chance.choice(LAST)}",
        email=ADDRESS.format(f"trainee{number}"),
        safe_contact=SAFE if chance.random() < 0.4 else "e-mail only",
    )


def _introductions(
    enquiries: tuple[Enquiry, ...], supporters: tuple[Supporter, ...], chance: Random
) -> Iterator[Introduction]:
    """One to four people for each enquiry that is past its beginning; the last of them may be under way."""
    for enquiry in enquiries:
        if enquiry.status is EnquiryStatus.NEW or (enquiry.open and chance.random() < 0.4):
            continue
        asked = chance.sample(supporters, chance.randrange(1, 5))
        for place, person in enumerate(asked, start=1):
            going_on = enquiry.open and place == len(asked)
            state = chance.choice(_OPEN if going_on else _OVER)
            yield _introduction(enquiry, person, state, chance)


def _introduction(enquiry: Enquiry, person: Supporter, state: State, chance: Random) -> Introduction:
    asked = enquiry.received + timedelta(chance.randrange(0, 4))
    later = [asked + timedelta(days) for days in (2, 5, 60)]
    answered = None if state in (State.ASKED, State.LAPSED) else later[0]
    introduced = later[1] if state in (State.INTRODUCED, State.ENDED) else None
    over = state in (State.ENDED, State.LAPSED, State.REFUSED, State.STOPPED)
    return Introduction(
        enquiry=enquiry.reference,
        supporter=person.id,
        state=state,
        asked=min(asked, DAY),
        answered=answered and min(answered, DAY),
        introduced=introduced and min(introduced, DAY),
        ended=min(later[2], DAY) if over else None,
        outcome=chance.choice(_OUTCOMES) if state is State.ENDED else None,
    )
