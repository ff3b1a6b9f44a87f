"""Enquiries that stay as the file's rows have them answer every question as if all had been made whole at once."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from peermatch.model.consent import Method
from peermatch.model.enquiry import (
    EnquirerConsent,
    Enquiry,
    EnquiryStatus,
    Exclusions,
    Importance,
    Need,
    Requester,
    Risk,
    RiskKind,
)
from peermatch.services.casebook import Brief, Casebook, Head
from peermatch.store.filed import Filed, filed
from peermatch.store.kdf import LEAST
from peermatch.store.network import Store
from tests.networks import ADHD, DAY, EXAM, NETWORK, PASSPHRASE, clock

MANY = 60
Days = tuple[date, date]
"""After one and up to another."""
NEEDS = (Need(ADHD, Importance.ESSENTIAL), Need(EXAM, Importance.HELPFUL), Need(ADHD, Importance.HELPFUL))


def any_enquiry(number: int, chance: Random) -> Enquiry:
    agreed = EnquirerConsent(DAY - timedelta(days=chance.randrange(9)), Method.EMAIL, "2026-1")
    return Enquiry(
        reference=f"E-{number:04d}",
        received=DAY - timedelta(days=chance.randrange(30)),
        requester=Requester(f"Person {number}", other_emails=("a@example.org",) * chance.randrange(2)),
        status=chance.choice(list(EnquiryStatus)),
        consent=chance.choice((None, agreed)),
        letter=chance.choice((None, "Dear all,\nit is \N{EM DASH} hard.")),
        needs=NEEDS[: chance.randrange(4)],
        exclusions=Exclusions(people=("Dr No",) * chance.randrange(2)),
        risk=(Risk(RiskKind.DANGER, ("not safe",)),) * chance.randrange(2),
    )


MADE = tuple(any_enquiry(number, Random(number)) for number in range(MANY))


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Filed:
    """The rows of all of them, read from a real file."""
    network = replace(NETWORK, enquiries=MADE, introductions=())
    place: Path = tmp_path_factory.mktemp("filed") / "many.peermatch"
    store = Store.create(place, network, PASSPHRASE, clock, cost=LEAST).store
    try:
        with store.read() as tx:
            return filed(tx)
    finally:
        store.lock()


def said(book: Casebook, days: Days, others: frozenset[str]) -> dict[str, object]:
    """What a casebook says to each question, as far as the order of an answer means something."""
    return {
        "in order": list(book),
        "open": list(book.open),
        "going on": list(book.going_on(others)),
        "in brief": list(book.heads()),
        "some in brief": list(book.heads((EnquiryStatus.NEW, EnquiryStatus.CLOSED))),
        "over": list(book.over()),
        "wanted": sorted(book.wanted(*days)),
        "counted": list(book.briefs(lambda day: days[0] < day <= days[1])),
        "each": [book[reference] for reference in book],
        "whole": list(book.values()),
        "pairs": list(book.items()),
        "how many": len(book),
    }


def plainly(enquiries: list[Enquiry], days: Days, others: frozenset[str]) -> dict[str, object]:
    """The same from enquiries that are all whole, without a casebook."""
    over = (EnquiryStatus.CLOSED, EnquiryStatus.WITHDRAWN)
    heads = [
        Head(e.reference, e.received, e.status, bool(e.needs), e.consent.given if e.consent else None)
        for e in enquiries
    ]
    return {
        "in order": [e.reference for e in enquiries],
        "open": [e for e in enquiries if e.open],
        "going on": [e for e in enquiries if e.status not in over or e.reference in others],
        "in brief": heads,
        "some in brief": [h for h in heads if h.status in {EnquiryStatus.NEW, EnquiryStatus.CLOSED}],
        "over": [(h.reference, h.status, h.received, h.agreed) for h in heads if h.status in over],
        "wanted": sorted(e.wanted for e in enquiries if days[0] < e.received <= days[1]),
        "counted": [
            Brief(e.reference, e.received, e.status, e.wanted)
            for e in enquiries
            if days[0] < e.received <= days[1]
        ],
        "each": enquiries,
        "whole": enquiries,
        "pairs": [(e.reference, e) for e in enquiries],
        "how many": len(enquiries),
    }


@pytest.mark.parametrize("seed", range(12))
def test_lazy_and_whole_enquiries_say_the_same_after_any_changes(rows: Filed, seed: int) -> None:
    chance = Random(seed)
    book, whole = Casebook(rows), list(MADE)
    for _ in range(4):
        first = DAY - timedelta(days=chance.randrange(-2, 33))
        days = first, first + timedelta(days=chance.randrange(20))
        others = frozenset(each.reference for each in chance.sample(whole, 5))
        questions = list(said(book, days, others).items()) if chance.random() < 0.6 else []
        expected = plainly(whole, days, others)
        assert all(expected[name] == answer for name, answer in questions)
        gone = {each.reference for each in chance.sample(whole, 3)}
        changed = {
            each.reference: replace(each, status=chance.choice(list(EnquiryStatus)), needs=NEEDS[:1])
            for each in chance.sample(whole, 4)
            if each.reference not in gone
        }
        new = any_enquiry(MANY + chance.randrange(1000) * 10, chance)
        before = said(book, days, others)
        after = book.changed({**changed, new.reference: new}, gone)
        assert said(book, days, others) == before  # a change leaves the former casebook alone
        book = after
        whole = [changed.get(e.reference, e) for e in whole if e.reference not in gone]
        whole = [new if e.reference == new.reference else e for e in whole]
        whole += [] if new in whole else [new]
        assert said(book, days, others) == plainly(whole, days, others)


def test_only_what_is_looked_at_is_made(rows: Filed) -> None:
    book = Casebook(rows)
    assert (len(book), "E-0003" in book, list(book)[:2]) == (MANY, True, ["E-0000", "E-0001"])
    assert len(list(book.heads())) == MANY
    assert list(book.wanted(date.min, date.max)) == [each.wanted for each in MADE]
    assert [each.reference for each in book.briefs(DAY.__eq__)] == [
        e.reference for e in MADE if e.received == DAY
    ]
    assert book._made == {}
    assert book["E-0003"] is book["E-0003"]
    opened = {place for place, each in enumerate(MADE) if each.open}
    assert list(book.open) == [MADE[place] for place in sorted(opened)]
    assert book._made.keys() == {3, *opened}
    assert {3, *opened} != set(range(MANY))


def test_enquiries_of_no_file_are_a_casebook_too(rows: Filed) -> None:
    book = Casebook.of({each.reference: each for each in MADE})
    assert book == Casebook(rows) == {each.reference: each for each in MADE}
    assert Casebook.of(book) is book
    days = DAY - timedelta(days=9), DAY
    assert said(book, days, frozenset()) == plainly(list(MADE), days, frozenset())


def test_what_is_not_held_is_not_there(rows: Filed) -> None:
    book = Casebook(rows)
    assert book.get("E-none") is None
    with pytest.raises(KeyError):
        book["E-none"]
