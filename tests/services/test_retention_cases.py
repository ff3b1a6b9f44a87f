"""Requests, complaints, incidents and letters of an erasure in the schedule: due, kept back with their person, gone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.model.retention import Item
from peermatch.model.rights import Case, CaseKind, RequestKind, Subject, SubjectKind
from peermatch.services.office import Doors, Services
from peermatch.services.shipped import Shipped
from peermatch.store.kdf import LEAST
from peermatch.store.mentions import ERASED_TEXT
from tests.networks import DAY, NETWORK, PASSPHRASE
from tests.services.desks import agreed, counted, handed
from tests.services.erasing import everything
from tests.store.pages import found

TOM, ROBIN = Subject(SubjectKind.SUPPORTER, "S-0002"), Subject(SubjectKind.ENQUIRER, "E-0142")
ACCESS, COMPLAINT = (Case(CaseKind.REQUEST, f"R-000{number}") for number in (1, 2))
LOST = Case(CaseKind.INCIDENT, "I-0001")
WORDS = (
    "Zqxasked",
    "Zqxanswered",
    "Zqxwaits",
    "Zqxgrumbled",
    "Zqxsettled",
    "Zqxlost",
    "Zqxtold",
    "Zqxlearnt",
)
YEARS_3, YEARS_6 = date(2029, 11, 20), date(2032, 11, 20)


@dataclass
class Watch:
    """A clock that a test sets."""

    now: datetime = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def empty(shipped: Shipped, watch: Watch, tmp_path: Path) -> Iterator[Services]:
    """A network in which nobody has asked for anything."""
    doors = Doors(shipped, watch, cost=LEAST)
    made = doors.create(tmp_path / "n.peermatch", NETWORK, PASSPHRASE, with_recovery=False).services
    yield made
    made.lock()


@pytest.fixture
def services(empty: Services) -> Services:
    """The same with a request, a complaint and an incident, all closed on one day."""
    made = empty
    made.requests.open(RequestKind.ACCESS, DAY, "Zqxasked for a copy", TOM)
    made.requests.pause("R-0001", "Zqxwaits for proof", DAY)
    made.requests.close("R-0001", "Zqxanswered by post", DAY)
    made.requests.open(RequestKind.COMPLAINT, DAY, "Zqxgrumbled about a delay")
    made.requests.close("R-0002", "Zqxsettled", DAY)
    made.incidents.open(datetime(2026, 11, 20, 8, tzinfo=UTC), "Zqxlost a phone", (ROBIN,))
    made.incidents.not_reported("I-0001", "Zqxtold: it was locked", DAY)
    made.incidents.told("I-0001", "Zqxtold by phone", DAY)
    made.incidents.close("I-0001", "Zqxlearnt to lock it", DAY)
    return made


def listed(services: Services, on: date) -> list[tuple[str, Item, date]]:
    """The cases that are due, shortly."""
    due = services.retention.review(on)
    assert services.retention.waiting(on) == counted(due)
    return [(each.subject.id, each.item, each.due) for each in due if isinstance(each.subject, Case)]


def test_each_case_is_due_in_its_own_time(services: Services) -> None:
    assert listed(services, YEARS_3 - timedelta(days=1)) == []
    assert listed(services, YEARS_3) == [("R-0001", Item.REQUEST, YEARS_3)]
    assert listed(services, YEARS_6) == [
        ("R-0001", Item.REQUEST, YEARS_3),
        ("I-0001", Item.INCIDENT, YEARS_6),
        ("R-0002", Item.COMPLAINT, YEARS_6),
    ]
    said = {each.subject.id: each.sentence for each in services.retention.review(YEARS_6)}
    assert said["R-0002"].startswith("The complaint R-0002 was closed on 20 November 2026.")
    assert "are kept for 6 years after that" in said["I-0001"]
    assert "are kept for 3 years after that" in said["R-0001"]


def test_what_is_open_is_never_due(empty: Services) -> None:
    empty.requests.open(RequestKind.ERASURE, DAY, "something", TOM)
    empty.incidents.open(datetime(2026, 11, 20, 8, tzinfo=UTC), "something")
    assert listed(empty, date(2100, 1, 1)) == []


def gone(services: Services, watch: Watch, *cases: Case, on: date = YEARS_6) -> str:
    """Erase them as the schedule of a later day does, once a person said that the clock is right."""
    watch.now = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    services.retention.confirm_clock()
    return services.retention.apply(cases, on).notice


def test_the_words_go_from_every_byte_and_the_days_stay_as_a_count(services: Services, watch: Watch) -> None:
    assert found(everything(services), WORDS) == list(WORDS)
    assert gone(services, watch, ACCESS, COMPLAINT, LOST).startswith("3 records are erased.")
    assert found(everything(services), WORDS) == []
    assert services.upkeep.check().damage == ()
    kept = {each.id: each for each in services.requests.every(YEARS_6)}
    assert {(each.kind, each.closed, each.summary, each.subject) for each in kept.values()} == {
        (RequestKind.ACCESS, DAY, ERASED_TEXT, None),
        (RequestKind.COMPLAINT, DAY, ERASED_TEXT, None),
    }
    (incident,) = services.incidents.every()
    assert (incident.what, incident.exposed, incident.told, incident.outcome) == (ERASED_TEXT, (), DAY, "")
    assert listed(services, date(2100, 1, 1)) == []
    line = services.upkeep.journal(1)[0]
    assert (line.action, line.object) == ("retention", "R-0001 R-0002 I-0001")
    # A number is never given again.
    services.requests.open(RequestKind.ACCESS, DAY, "another", TOM, on=YEARS_6)
    assert "R-0003" in {each.id for each in services.requests.every(YEARS_6)}


def test_whoever_is_kept_back_keeps_their_cases(services: Services, watch: Watch) -> None:
    services.retention.keep_back(TOM, "a claim is open", None, DAY)
    held = {each.subject: each.kept_back for each in services.retention.review(YEARS_6)}
    assert held[ACCESS] is not None
    assert held[LOST] is None
    with pytest.raises(Refused, match="a claim is open"):
        gone(services, watch, ACCESS)
    services.retention.release(TOM, DAY)
    gone(services, watch, ACCESS)
    assert [each for each, _, _ in listed(services, YEARS_6)] == ["I-0001", "R-0002"]


def test_what_is_not_due_does_not_go(services: Services, watch: Watch) -> None:
    with pytest.raises(Refused, match=r"Nothing of this is due|is not due"):
        gone(services, watch, COMPLAINT, on=YEARS_3)


def test_a_letter_that_nobody_sent_is_due_after_a_month(
    empty: Services, watch: Watch, tmp_path: Path
) -> None:
    services = empty
    agreed(services)
    handed(services, tmp_path / "cards")
    services.erasure.erase(Subject(SubjectKind.SUPPORTER, "S-0001"), DAY)
    (number,) = services.erasure.letters()
    letter, month = Case(CaseKind.LETTER, f"L-{number:04d}"), DAY + timedelta(days=30)
    assert listed(services, month - timedelta(days=1)) == []
    assert listed(services, month) == [(letter.id, Item.LETTER, month)]
    (due,) = (each for each in services.retention.review(month) if each.subject == letter)
    assert "written for E-0142 on 20 November 2026" in due.sentence
    assert gone(services, watch, letter, on=month).startswith(f"{letter.id} is erased.")
    assert services.erasure.letters() == {}
    assert services.upkeep.check().damage == ()
    with pytest.raises(BadInput):
        services.erasure.letter_sent(number)
