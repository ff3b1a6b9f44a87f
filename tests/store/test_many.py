"""Many rows read in one pass are the values that each row gives by itself."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.enquiry import (
    EnquirerConsent,
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
from peermatch.model.network import Network
from peermatch.model.people import Boundaries, Channel, Relation, SupporterStatus
from peermatch.store import enquiries, supporters
from peermatch.store.kdf import LEAST
from peermatch.store.many import Made
from peermatch.store.network import Store
from tests.networks import AMINA, DAY, ENQUIRY, NETWORK, PASSPHRASE, clock

FULL = replace(
    AMINA,
    id="S-0900",
    known_as="Ami \N{EM DASH} \U0001f642",
    pronouns="she/her",
    other_emails=("one@example.org", "two@example.org"),
    phone="+44 7700 900123",
    prefers=Channel.PHONE,
    languages=("en", "cy"),
    place="Preston",
    programmes=("peer-support", "return-to-work"),
    status=SupporterStatus.CHECKED,
    paused_until=date(2027, 1, 2),
    available_from=date(2026, 1, 2),
    available_until=date(2028, 2, 29),
    capacity=0,
    boundaries=Boundaries(True, False, ("org",), ("specialty",), ("topic",)),
    relations=(Relation("a@example.org", "trainer", DAY, None), Relation("b", "trainer", DAY, DAY)),
    consents=(
        ConsentRecord(Purpose.HOLD, None, DAY, None, None, Method.PAPER, "2026-1"),
        ConsentRecord(Purpose.MATCH, "twins", DAY, DAY, DAY, Method.FORM, "2026-1", "somebody", "a letter"),
    ),
    notes="two\nlines",
)
ASKED = replace(
    ENQUIRY,
    reference="E-0900",
    requester=Requester("Somebody", "x@example.org", ("y@example.org",), "01234", "by post"),
    consent=EnquirerConsent(DAY, Method.EMAIL, "2026-1"),
    letter="Dear all,\n",
    needs=(Need("twins", Importance.ESSENTIAL), Need("adhd", Importance.HELPFUL)),
    preferences=Preferences(SpecialtyWish.SAME, GradeWish.SENIOR, PlaceWish.NEAR, "cy", Channel.EMAIL),
    exclusions=Exclusions(("S-0001",), ("org",), ("specialty",), ("a name",)),
    choice=True,
    risk=(Risk(RiskKind.SUICIDALITY, ("word", "another")),),
    risk_done="told",
)


def filled(folder: Path) -> Store:
    """A network of people with every field filled, and with none."""
    people, asked = (*NETWORK.supporters, FULL), (*NETWORK.enquiries, ASKED)
    network: Network = replace(NETWORK, supporters=people, enquiries=asked)
    return Store.create(folder / "many.peermatch", network, PASSPHRASE, clock, cost=LEAST).store


def test_all_rows_at_once_are_each_row_by_itself(tmp_path: Path) -> None:
    store = filled(tmp_path)
    try:
        with store.read() as tx:
            people, asked = supporters.every(tx), enquiries.every(tx)
            assert people == tuple(supporters.get(tx, each.id) for each in people)
            assert asked == tuple(enquiries.get(tx, each.reference) for each in asked)
            assert supporters.some(tx, ("S-0900", "S-none")) == (FULL,)
            assert enquiries.some(tx, ("E-0900", "E-none")) == (ASKED,)
            assert (supporters.some(tx, ()), enquiries.some(tx, ())) == ((), ())
    finally:
        store.lock()


def test_equal_texts_are_taken_apart_once_and_nothing_stays_nothing() -> None:
    seen: list[str] = []

    def make(text: str) -> int:
        seen.append(text)
        return int(text)

    made = Made(make)
    assert [made[each] for each in ("1", "2", "1", None, "2")] == [1, 2, 1, None, 2]
    assert seen == ["1", "2"]
