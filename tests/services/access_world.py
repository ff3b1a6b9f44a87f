"""A network in which everybody's every word is their own, so that a word in a report says whose it is."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from peermatch.model.barred import Barred
from peermatch.model.consent import ConsentRecord, Method, Purpose, Wording
from peermatch.model.enquiry import (
    EnquirerConsent,
    Enquiry,
    Exclusions,
    Importance,
    Need,
    Preferences,
    Requester,
    Risk,
    RiskKind,
)
from peermatch.model.introduction import Step
from peermatch.model.network import Network
from peermatch.model.people import Boundaries, Channel, Relation, Supporter
from peermatch.model.rights import RequestKind, Subject, SubjectKind
from peermatch.services.office import Services
from peermatch.store.tables_rights import KeptBackRow
from tests.networks import ADHD, DAY, EXAM, clock

FIRST, SECOND, THIRD = "S-0001", "S-0002", "S-0003"
ASKED, OTHER = "E-0142", "E-0143"
SUPPORTER = Subject(SubjectKind.SUPPORTER, FIRST)
ENQUIRER = Subject(SubjectKind.ENQUIRER, ASKED)
HOSTILE = (
    "<script>alert('x')</script><img src=https://evil.example/x onerror=alert(1)>",
    "\u202egnorw si siht\u202c \u2066turned\u2069",
    '=HYPERLINK("https://evil.example","press")',
    "&lt;b&gt; &amp;amp; ]]> --> \"quoted' `back`",
    "A\u0308u\u0308 \U0001f469\u200d\u2695\ufe0f 李 ئۇ " + "long " * 2_000,
    "line one\nline two\r\nline three\ttab",
    "-1+1|cmd' /C calc'!A0",
)
EVERYTHING = "".join(HOSTILE)


def words_of(who: str) -> tuple[str, ...]:
    """The words of one person, which nobody else has: name, addresses, notes and so on."""
    return tuple(
        f"zq{who}{part}" for part in ("first", "last", "mail", "second", "place", "note", "proof", "close")
    )


def consent(purpose: Purpose, characteristic: str | None = None, **changes: object) -> ConsentRecord:
    given = date(2026, 9, 12)
    record = ConsentRecord(purpose, characteristic, given, date(2027, 9, 11), None, Method.FORM, "2026-1")
    return replace(record, **changes)  # type: ignore[arg-type]  # fields of a record


def supporter(id: str, who: str, hostile: str = "") -> Supporter:
    """Somebody with something in every field."""
    first, last, mail, second, place, note, proof, close = words_of(who)
    return Supporter(
        id=id,
        name=f"{first} {last} {hostile}".strip(),
        known_as=f"{first} {hostile}".strip(),
        pronouns=f"they {hostile}".strip(),
        email=f"{mail}@example.org",
        other_emails=(f"{second}@example.org",),
        phone=f"07700 900{id[-3:]}",
        prefers=Channel.EMAIL,
        languages=("en", "cy"),
        grade="st6",
        specialty="anaesthetics",
        organisation="lthtr",
        place=f"{place} {hostile}".strip(),
        programmes=("peer-support",),
        available_from=date(2026, 1, 2),
        available_until=date(2029, 3, 4),
        capacity=3,
        boundaries=Boundaries(True, True, ("elht",), ("histopathology",), ("neuro.autism",)),
        relations=(Relation(f"{close}@example.org", "trainer", date(2020, 5, 6), date(2021, 7, 8)),),
        characteristics=(ADHD,),
        consents=(
            consent(Purpose.HOLD, evidence=f"{proof} {hostile}".strip(), recorded_by="the lead"),
            consent(Purpose.CONTACT_EMAIL),
            consent(Purpose.CONTACT_PHONE),
            consent(Purpose.MATCH, ADHD),
            consent(Purpose.SHARE, ADHD),
            consent(Purpose.COUNT, ADHD, withdrawn=date(2026, 10, 1)),
        ),
        notes=f"{note} {hostile}".strip(),
    )


def enquiry(reference: str, who: str, hostile: str = "") -> Enquiry:
    """Somebody who asks, with something in every field."""
    first, last, mail, second, place, note, proof, close = words_of(who)
    return Enquiry(
        reference=reference,
        received=date(2026, 5, 19),
        requester=Requester(
            name=f"{first} {last} {hostile}".strip(),
            email=f"{mail}@example.org",
            other_emails=(f"{second}@example.org",),
            phone=f"07700 901{reference[-3:]}",
            safe_contact=f"{proof} evenings {hostile}".strip(),
        ),
        channel="email",
        consent=EnquirerConsent(date(2026, 5, 20), Method.EMAIL, "2026-1"),
        letter=f"{note} wrote this {hostile}".strip(),
        grade="st4",
        specialty="general-psychiatry",
        organisation="mft",
        place=f"{place} {hostile}".strip(),
        needs=(Need(ADHD, Importance.ESSENTIAL), Need(EXAM, Importance.HELPFUL)),
        preferences=Preferences(language="en", contact=Channel.EMAIL),
        exclusions=Exclusions(("elht",), ("histopathology",), (THIRD,), (f"{close} {hostile}".strip(),)),
        choice=True,
        risk=(Risk(RiskKind.UNCLEAR_DISCLOSURE, (f"{note} words",)),),
        risk_done=f"{proof} rang them",
    )


def network(hostile: str = "") -> Network:
    """Three supporters and two enquirers; the first of each has the hostile text in every free field."""
    return Network(
        name=f"zqnetwork {hostile}".strip(),
        controller=f"zqtrust {hostile}".strip(),
        wordings=(
            Wording("2026-1", f"zqwording I agree that {hostile}".strip()),
            Wording("2026-2", "zqnever shown"),
        ),
        barred=(Barred("zqbarred@example.org", FIRST),),
        supporters=(supporter(FIRST, "ann", hostile), supporter(SECOND, "bob"), supporter(THIRD, "cat")),
        enquiries=(enquiry(ASKED, "rob", hostile), enquiry(OTHER, "sue")),
    )


def worked(services: Services, folder: Path, hostile: str = "") -> Services:
    """The network after a good deal of work: nothing that can be held on somebody is missing."""
    services.watches.watch(OTHER, DAY)
    for reference, person, reason in (
        (ASKED, FIRST, f"S-0002 is away {hostile}"),
        (ASKED, SECOND, "zqbobreason"),
        (OTHER, SECOND, "zqbobother"),
        (OTHER, FIRST, "zqannother"),
    ):
        services.introductions.ask(reference, person, DAY, reason)
    for step in (Step.ACCEPT, Step.ENQUIRER_AGREES):
        services.introductions.take(step, ASKED, FIRST, DAY)
    services.handing_out.hand_over(services.handing_out.preview(ASKED, FIRST, DAY), DAY, folder)
    services.introductions.take(Step.ACCEPT, ASKED, SECOND, DAY)
    before = services.desk.snapshot.supporter(FIRST)
    services.supporters.change(replace(before, phone="07700 900999", notes="zqannlater", languages=("en",)))
    services.enquiries.set_safe_contact(ASKED, "zqroblater at noon")
    for number, subject in enumerate((SUPPORTER, ENQUIRER, Subject(SubjectKind.SUPPORTER, SECOND))):
        services.requests.open(RequestKind.ACCESS, date(2026, 11, 3), f"zqsummary{number} {hostile}", subject)
    services.requests.pause("R-0001", f"zqpause0 {hostile}", DAY)
    services.incidents.open(clock(), f"zqwhat0 {hostile}", (SUPPORTER, ENQUIRER))
    services.incidents.open(clock(), "zqwhat1", (Subject(SubjectKind.SUPPORTER, SECOND),))
    with services.desk.store.write("test") as tx:
        for subject in (SUPPORTER, ENQUIRER):
            row = {"kind": subject.kind.value, "subject": subject.id, "since": DAY, "until": None}
            tx.session.add(KeptBackRow(**row, reason=f"zqkept{subject.kind.value} {hostile}"))  # type: ignore[arg-type]  # columns of a row
    services.consent.withdraw(FIRST, Purpose.CONTACT_PHONE, None, DAY)
    return services
