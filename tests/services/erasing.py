"""A network in which two people stand wherever anybody can stand, under words that occur nowhere else."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from peermatch.model.barred import Barred
from peermatch.model.consent import Method, Purpose
from peermatch.model.enquiry import EnquirerConsent, Enquiry, EnquiryStatus, Exclusions, Requester
from peermatch.model.introduction import Step
from peermatch.model.network import Network
from peermatch.model.people import Relation, Supporter
from peermatch.model.record_bytes import Body
from peermatch.model.rights import RequestKind, Subject, SubjectKind
from peermatch.services.drafts import Draft
from peermatch.services.office import Services
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, JO, NETWORK, TOM
from tests.services.desks import agreed, handed
from tests.store.pages import plain

S, E = Subject(SubjectKind.SUPPORTER, "S-0001"), Subject(SubjectKind.ENQUIRER, "E-0142")
VERA_WORDS = (
    "Zqxvera",
    "Quorndale",
    "zqxvera@example.org",
    "zqxold@example.org",
    "07700 900777",
    "Zqxplace",
    "Zqxnotes",
    "zqxpronoun",
    "Zqxevidence",
)
VERA: Supporter = replace(
    AMINA,
    name="Zqxvera Quorndale",
    known_as="Zqxvera",
    pronouns="zqxpronoun",
    email="zqxvera@example.org",
    other_emails=("zqxold@example.org",),
    phone="07700 900777",
    place="Zqxplace",
    notes="Zqxnotes about her exams",
    consents=tuple(replace(each, evidence="Zqxevidence in the mailbox") for each in AMINA.consents),
)
OTTO_WORDS = (
    "Zqxotto",
    "Wexbury",
    "zqxotto@example.org",
    "Zqxletter",
    "07700 900888",
    "zqxsafely",
    "Zqxdone",
)
OTTO: Enquiry = replace(
    ENQUIRY,
    requester=Requester("Zqxotto Wexbury", "zqxotto@example.org", (), "07700 900888", "zqxsafely by post"),
    letter="Zqxletter: I was diagnosed with ADHD.",
    consent=EnquirerConsent(date(2026, 11, 19), Method.EMAIL, "2026-1"),
    place="Zqxotto's village",
)
LEE: Enquiry = replace(
    ENQUIRY,
    reference="E-0150",
    requester=Requester("Lee Marsh", "lee@example.org"),
    exclusions=Exclusions(supporters=("S-0001", "S-0003")),
    choice=True,
)
SAM: Enquiry = replace(
    ENQUIRY,
    reference="E-0151",
    status=EnquiryStatus.CLOSED,
    requester=Requester("Sam Orr", "sam@example.org"),
    exclusions=Exclusions(people=("Dr Zqxvera Quorndale", "Jo Kendal")),
)
TRAINER: Supporter = replace(
    TOM,
    capacity=3,
    relations=(
        Relation("zqxotto@example.org", "supervisor", date(2026, 1, 1)),
        Relation("somebody@example.org", "trainer", date(2026, 1, 1)),
    ),
)
FULL: Network = replace(
    NETWORK,
    supporters=(VERA, TRAINER, JO),
    enquiries=(OTTO, LEE, SAM),
    barred=(Barred("else@example.org", "S-0001"),),
)


def lived_in(services: Services, folder: Path) -> None:
    """Work that leaves both in the journal, in decisions, watches, the outbox, hand-overs, drafts and requests."""
    services.supporters.change(
        replace(services.desk.snapshot.supporter("S-0001"), email="zqxvera@example.org", languages=("cy",))
    )
    services.enquiries.note_risk("E-0142", "Zqxdone: rang, safe")
    services.enquiries.set_safe_contact("E-0142", "zqxsafely in the evening")
    agreed(services)
    folder.mkdir(exist_ok=True)
    handed(services, folder)
    services.watches.watch("E-0150", DAY)
    services.introductions.ask("E-0150", "S-0002", DAY, reason="not Zqxvera Quorndale, who is away")
    services.consent.withdraw("S-0001", Purpose.SHARE, ADHD, DAY)
    services.drafts.keep((Draft("letter", "Zqxvera and Zqxotto, half a sen"),))
    services.requests.open(RequestKind.ERASURE, DAY, "Zqxvera Quorndale asks to be erased", S)
    services.introductions.take(Step.END, "E-0142", "S-0001", DAY)


def names_in_the_journal(services: Services, words: tuple[str, ...]) -> list[str]:
    """Lines that hold one of the words: a line is never wiped."""
    lines = services.upkeep.journal(10_000)
    return [
        f"{each.action} {each.object} {each.detail}"
        for each in lines
        if re.search("|".join(words), f"{each.object} {each.detail}", re.I)
    ]


def everything(services: Services) -> bytes:
    """Every page of the file in the clear, by a reader of our own, and what is pressed in it as it was before."""
    source = services.desk.store.source()
    pages = plain(source.folder / source.keyfile.db, bytes.fromhex(source.key.db_key_hex()))
    kept = rows(services, "SELECT body FROM record ORDER BY rowid")
    bodies = [Body.of(body) for (body,) in kept if isinstance(body, bytes)]
    return b"".join((pages, *(part for body in bodies for part in (body.lines, *body.records()))))


def rows(services: Services, statement: str) -> list[tuple[object, ...]]:
    """What the file says, past the program."""
    return [tuple(row) for row in services.desk.store.source().connection.execute(statement)]
