"""The schedule: what is due on which day, kept back with a reason, erased at once, and never by a clock that jumped."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.model.changes import Touched
from peermatch.model.consent import Method, Purpose
from peermatch.model.enquiry import EnquirerConsent, EnquiryStatus, Risk, RiskKind
from peermatch.model.introduction import Step
from peermatch.model.retention import PERIODS, Item, Waiting
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.office import Doors, Services
from peermatch.services.sample import sample_letters
from peermatch.services.shipped import Shipped
from peermatch.store import enquiries as stored_enquiries
from peermatch.store.kdf import LEAST
from peermatch.store.received import TakenIn, scopes
from peermatch.store.received import taken_in as came_in
from tests.networks import DAY, ENQUIRY, NETWORK, PASSPHRASE
from tests.services.desks import CHOICE, agreed, counted, handed

HERO, SPAM = 1, 9
S1, S2 = (Subject(SubjectKind.SUPPORTER, f"S-000{number}") for number in (1, 2))
E1, E2 = Subject(SubjectKind.ENQUIRER, "E-0142"), Subject(SubjectKind.ENQUIRER, "E-0143")
CONSENTED = replace(ENQUIRY, consent=EnquirerConsent(date(2026, 11, 19), Method.EMAIL, "2026-1"))
WORLD = replace(NETWORK, enquiries=(CONSENTED, CHOICE))


@dataclass
class Watch:
    """A clock that a test sets."""

    now: datetime = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def to(self, day: date) -> None:
        """Noon of a day."""
        self.now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture(scope="module")
def locked(shipped: Shipped, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The network that every test copies, and the key that opens it without stretching a passphrase."""
    folder = tmp_path_factory.mktemp("kept") / "n.peermatch"
    made = Doors(shipped, Watch(), cost=LEAST).create(folder, WORLD, PASSPHRASE, with_recovery=True)
    made.services.lock()
    return folder, made.recovery or ""


@pytest.fixture
def services(locked: tuple[Path, str], shipped: Shipped, watch: Watch, tmp_path: Path) -> Iterator[Services]:
    folder = Path(shutil.copytree(locked[0], tmp_path / "n.peermatch"))
    opened = Doors(shipped, watch, cost=LEAST).recover(folder, locked[1])
    yield opened
    opened.lock()


def listed(services: Services, on: date) -> list[tuple[str, Item, date]]:
    """What is due, shortly; what is counted of it must say the same."""
    found = services.retention.review(on)
    assert services.retention.waiting(on) == counted(found)
    return [(each.subject.id, each.item, each.due) for each in found]


def ended(services: Services, folder: Path) -> None:
    """An introduction from first to last, and the enquiry closed."""
    folder.mkdir()
    agreed(services)
    handed(services, folder)
    services.introductions.take(Step.END, "E-0142", "S-0001", DAY)
    services.enquiries.set_status("E-0142", EnquiryStatus.CLOSED, DAY)


def test_an_enquiry_is_due_ninety_days_after_it_was_closed(services: Services) -> None:
    assert services.retention.review(DAY + timedelta(days=3000))  # consent of volunteers ends some day
    assert all(each.item is Item.VOLUNTEER for each in services.retention.review(DAY + timedelta(days=3000)))
    services.enquiries.set_status("E-0142", EnquiryStatus.CLOSED, DAY)
    last = DAY + timedelta(days=90)
    assert listed(services, last - timedelta(days=1)) == []
    assert listed(services, last) == [("E-0142", Item.ENQUIRY, last)]
    assert services.retention.review(last)[0].sentence == (
        "E-0142 was closed on 20 November 2026. The letter and who wrote it are kept for 90 days after that."
    )


def test_the_list_is_worked_out_once_between_two_steps(services: Services) -> None:
    day = DAY + timedelta(days=3000)
    first = services.retention.review(day)
    assert services.retention.review(day) is first
    assert services.retention.review(DAY) != first
    assert services.retention.review(day) is first
    subject = next(each.subject for each in first if isinstance(each.subject, Subject))
    services.retention.keep_back(subject, "A complaint is open.", None, DAY)
    now = services.retention.review(day)
    assert [each.kept_back is None for each in now if each.subject == subject] == [False]
    services.retention.release(subject, DAY)
    assert services.retention.review(day) == first


def test_opening_it_again_stops_the_time_and_an_undo_too(services: Services) -> None:
    done = services.enquiries.set_status("E-0142", EnquiryStatus.WITHDRAWN, DAY)
    far = DAY + timedelta(days=200)
    assert [each for each, _, _ in listed(services, far)] == ["E-0142"]
    services.upkeep.undo(done)
    assert listed(services, far) == []
    services.enquiries.set_status("E-0142", EnquiryStatus.CLOSED, DAY)
    services.enquiries.set_status("E-0142", EnquiryStatus.TRIAGED, DAY)
    services.enquiries.set_status("E-0142", EnquiryStatus.CLOSED, DAY + timedelta(days=5))
    assert listed(services, far) == [("E-0142", Item.ENQUIRY, DAY + timedelta(days=95))]


def test_one_that_came_in_closed_counts_from_the_latest_day_that_it_knows(
    shipped: Shipped, watch: Watch, tmp_path: Path
) -> None:
    closed = replace(CONSENTED, status=EnquiryStatus.CLOSED, received=date(2026, 10, 1))
    doors = Doors(shipped, watch, cost=LEAST)
    network = replace(NETWORK, enquiries=(closed,))
    made = doors.create(tmp_path / "c.peermatch", network, PASSPHRASE, with_recovery=False).services
    due = date(2026, 11, 19) + timedelta(days=90)
    assert listed(made, due) == [("E-0142", Item.ENQUIRY, due)]
    made.lock()


def test_a_volunteer_is_due_after_a_withdrawal_or_a_lapse(services: Services) -> None:
    services.consent.withdraw("S-0002", Purpose.HOLD, None, DAY)
    assert listed(services, DAY + timedelta(days=29)) == []
    assert listed(services, DAY + timedelta(days=30)) == [
        ("S-0002", Item.VOLUNTEER, DAY + timedelta(days=30))
    ]
    lapse = date(2027, 9, 11) + timedelta(days=60)
    assert ("S-0001", Item.VOLUNTEER, lapse) in listed(services, lapse)
    assert ("S-0001", Item.VOLUNTEER, lapse) not in listed(services, lapse - timedelta(days=1))
    assert "S-0003" not in {each for each, _, _ in listed(services, lapse)}  # never asked: another list


def received(services: Services, number: int) -> str:
    """One of the sample's letters, as a new enquiry."""
    return services.enquiries.receive(
        services.enquiries.draft(sample_letters()[number - 1].raw), DAY
    ).reference


def test_spam_is_due_after_a_week_and_is_counted_nowhere(services: Services, watch: Watch) -> None:
    reference = received(services, SPAM)
    (due,) = services.retention.review(DAY + timedelta(days=7))
    assert (due.subject.id, due.item, due.due - due.since) == (reference, Item.SPAM, timedelta(days=7))
    watch.to(DAY + timedelta(days=7))
    services.retention.apply((due.subject,), DAY + timedelta(days=7))
    assert reference not in services.desk.snapshot.enquiries
    assert services.desk.store.source().connection.execute("SELECT count(*) FROM counted").fetchone() == (0,)


def test_spam_counts_from_the_day_on_which_it_was_taken_in(services: Services, watch: Watch) -> None:
    # The letter is of 18 November: on the day of a late look at the mailbox its week would be over at once.
    taken_in = DAY + timedelta(days=20)
    watch.to(taken_in)
    reference = services.enquiries.receive(
        services.enquiries.draft(sample_letters()[SPAM - 1].raw), taken_in
    ).reference
    assert services.desk.snapshot.enquiry(reference).received < taken_in
    assert (
        services.retention.review(taken_in) == services.retention.review(taken_in + timedelta(days=6)) == ()
    )
    (due,) = services.retention.review(taken_in + timedelta(days=7))
    assert (due.subject.id, due.item, due.since) == (reference, Item.SPAM, taken_in)
    assert due.sentence.startswith(f"{reference} was taken in on 10 December 2026 and looked like spam")


def test_of_a_reference_that_was_taken_back_and_given_again_the_newest_day_counts(
    services: Services, watch: Watch
) -> None:
    raw = sample_letters()[SPAM - 1].raw
    first = services.enquiries.receive(services.enquiries.draft(raw), DAY)
    services.upkeep.undo(first.done)
    later = DAY + timedelta(days=5)
    watch.to(later)
    again = services.enquiries.receive(services.enquiries.draft(raw), later)
    spam = [each for each in services.retention.review(later + timedelta(days=30)) if each.item is Item.SPAM]
    assert [(each.subject.id, each.since) for each in spam] == [(again.reference, later)]


def test_a_letter_that_is_brought_back_is_not_spam_by_one_that_had_its_reference_between(
    services: Services, watch: Watch
) -> None:
    hero, spam = (sample_letters()[number - 1].raw for number in (HERO, SPAM))
    first = services.enquiries.receive(services.enquiries.draft(hero), DAY)
    back = services.upkeep.undo(first.done)
    later = DAY + timedelta(days=5)
    watch.to(later)
    between = services.enquiries.receive(services.enquiries.draft(spam), later)
    assert between.reference == first.reference
    services.upkeep.undo(between.done)
    services.upkeep.redo(back)
    assert services.retention.review(later + timedelta(days=20)) == ()
    with services.desk.store.read() as tx:
        assert came_in(tx) == {first.reference: TakenIn(DAY, "in-scope")}


def test_an_enquiry_that_a_later_letter_joined_keeps_its_own_day(services: Services, watch: Watch) -> None:
    reference = received(services, SPAM)
    watch.to(DAY + timedelta(days=3))
    with services.desk.store.write("receive", f"E-0142 {reference}") as tx:
        tx.note("spam")
    with services.desk.store.read() as tx:
        assert came_in(tx) == {
            reference: TakenIn(DAY, "spam"),
            "E-0142": TakenIn(DAY + timedelta(days=3), "spam"),
        }
        assert scopes(tx) == {reference: "spam", "E-0142": "spam"}


def test_what_looked_like_spam_and_then_spoke_of_danger_is_not_let_go_in_a_week(
    services: Services, watch: Watch
) -> None:
    reference = received(services, SPAM)
    watch.to(services.desk.today + timedelta(days=8))
    assert reference in {due.subject.id for due in services.retention.review(services.desk.today)}
    with services.desk.store.write("test") as tx:
        risk = (Risk(RiskKind.SUICIDALITY, ("not wanting to live",)),)
        stored_enquiries.change(tx, replace(stored_enquiries.get(tx, reference), risk=risk))
    services.desk.renew(Touched(enquiries=frozenset({reference})))
    assert reference not in {due.subject.id for due in services.retention.review(services.desk.today)}


def test_what_looked_like_spam_and_was_worked_on_is_an_enquiry(services: Services) -> None:
    reference, hero = received(services, SPAM), received(services, HERO)
    services.enquiries.set_needs(reference, ["neuro.adhd"], [])
    far = DAY + timedelta(days=60)
    assert {each for each, _, _ in listed(services, far)}.isdisjoint({reference, hero})


def test_what_is_left_goes_in_its_own_time(services: Services, watch: Watch, tmp_path: Path) -> None:
    ended(services, tmp_path / "cards")
    services.erasure.erase(S1, DAY)
    services.erasure.erase(E1, DAY)
    two, six = date(2028, 11, 20), date(2032, 11, 20)
    assert ("S-0001", Item.INTRODUCTIONS, two) in listed(services, two)
    assert [each for each in listed(services, two - timedelta(days=1)) if each[1] is not Item.VOLUNTEER] == []
    proofs = [("E-0142", Item.CONSENT, six), ("S-0001", Item.CONSENT, six)]
    assert [each for each in listed(services, six) if each[1] is Item.CONSENT] == proofs
    watch.to(two)
    services.retention.confirm_clock()
    services.retention.apply((S1,), two)
    watch.to(six)
    services.retention.confirm_clock()
    services.retention.apply((S1, E1), six)
    assert not {S1, E1} & {each.subject for each in services.retention.review(date(2100, 1, 1))}
    assert services.upkeep.check().damage == ()
    with pytest.raises(Refused, match="already"):
        services.erasure.preview(S1)


def test_the_log_of_an_erased_enquirer_goes_and_with_it_the_reference(
    services: Services, watch: Watch, tmp_path: Path
) -> None:
    ended(services, tmp_path / "cards")
    services.erasure.erase(E1, DAY)
    assert "E-0142" in services.desk.snapshot.enquiries
    two = date(2028, 11, 20)
    watch.to(two)
    services.retention.confirm_clock()
    services.retention.apply((E1,), two)
    assert "E-0142" not in services.desk.snapshot.enquiries
    assert services.desk.snapshot.introductions_with("S-0001") == ()
    assert services.upkeep.check().damage == ()


def test_many_go_in_one_epoch_with_a_count_each(services: Services, watch: Watch) -> None:
    for each in (E1, E2):
        services.enquiries.set_status(each.id, EnquiryStatus.CLOSED, DAY)
    services.consent.withdraw("S-0002", Purpose.HOLD, None, DAY)
    day = DAY + timedelta(days=90)
    watch.to(day)
    services.retention.confirm_clock()
    epoch = services.desk.store.source().keyfile.epoch
    done = services.retention.apply((E1, E2, S2), day)
    assert done.notice.startswith("3 records are erased.")
    assert services.desk.store.source().keyfile.epoch == epoch + 1
    assert services.upkeep.journal(1)[0].object == "E-0142 E-0143 S-0002"
    assert dict(services.desk.snapshot.enquiries) == {}
    counted = (
        services.desk.store.source().connection.execute("SELECT outcome, topics FROM counted").fetchall()
    )
    assert counted == [("not-introduced", '["neuro", "training"]')] * 2
    assert services.upkeep.check().damage == ()


def test_who_is_kept_back_is_listed_with_the_reason_and_does_not_go(services: Services, watch: Watch) -> None:
    services.enquiries.set_status("E-0142", EnquiryStatus.CLOSED, DAY)
    until = DAY + timedelta(days=120)
    services.retention.keep_back(E1, "  a complaint\nis open ", until, DAY)
    day = DAY + timedelta(days=100)
    (due,) = services.retention.review(day)
    assert due.kept_back is not None
    assert (due.kept_back.reason, due.kept_back.until) == ("a complaint is open", until)
    assert services.retention.waiting(day) == Waiting()
    watch.to(day)
    services.retention.confirm_clock()
    with pytest.raises(Refused, match="kept back: a complaint is open"):
        services.retention.apply((E1,), day)
    (later,) = services.retention.review(until + timedelta(days=1))
    assert later.kept_back is None
    assert services.retention.waiting(until + timedelta(days=1)) == Waiting(1, 0, DAY + timedelta(days=90))
    services.retention.release(E1, day)
    assert services.retention.review(day)[0].kept_back is None
    with pytest.raises(Refused, match="not kept back"):
        services.retention.release(E1, day)


def test_keeping_back_needs_a_reason_a_day_to_come_and_somebody(services: Services) -> None:
    with pytest.raises(BadInput, match="why"):
        services.retention.keep_back(E1, " \n", None, DAY)
    with pytest.raises(BadInput, match="passed"):
        services.retention.keep_back(E1, "a complaint", DAY - timedelta(days=1), DAY)
    for nobody in (Subject(SubjectKind.SUPPORTER, "S-99"), Subject(SubjectKind.ENQUIRER, "E-99")):
        with pytest.raises(BadInput):
            services.retention.keep_back(nobody, "a complaint", None, DAY)


def test_what_is_not_due_does_not_go(services: Services) -> None:
    with pytest.raises(Refused, match="Nothing of this is due"):
        services.retention.apply((E1,), DAY)
    services.enquiries.set_status("E-0142", EnquiryStatus.CLOSED, DAY - timedelta(days=100))
    with pytest.raises(Refused, match="E-0143 is not due"):
        services.retention.apply((E1, E2), DAY)
    assert "E-0142" in services.desk.snapshot.enquiries


JUMPS = (timedelta(days=213), timedelta(days=3 * 365), timedelta(days=-5 * 365), timedelta(days=36525))


@pytest.mark.parametrize("jump", JUMPS, ids=lambda jump: f"{jump.days} days")
def test_a_clock_that_jumped_erases_nothing(services: Services, watch: Watch, jump: timedelta) -> None:
    services.enquiries.set_status("E-0142", EnquiryStatus.CLOSED, DAY - timedelta(days=90))
    watch.to(DAY + jump)
    due = services.retention.review(DAY + jump)
    assert bool(due) == (jump > timedelta())
    with pytest.raises(Refused, match="Nothing was erased"):
        services.retention.apply((E1,), DAY + jump)
    assert "E-0142" in services.desk.snapshot.enquiries


def test_a_month_is_no_jump_and_a_person_may_say_that_the_clock_is_right(
    services: Services, watch: Watch
) -> None:
    services.enquiries.set_status("E-0142", EnquiryStatus.CLOSED, DAY - timedelta(days=90))
    watch.to(DAY + timedelta(days=29))
    services.retention.refuse_wrong_clock(DAY)
    watch.to(DAY + timedelta(days=213))
    assert services.retention.confirm_clock().notice == "Noted: today is 21 June 2027."
    services.retention.apply((E1,), DAY + timedelta(days=213))
    assert "E-0142" not in services.desk.snapshot.enquiries


def test_nothing_is_erased_for_a_day_to_come(services: Services) -> None:
    services.enquiries.set_status("E-0142", EnquiryStatus.CLOSED, DAY)
    with pytest.raises(Refused, match="has not come yet"):
        services.retention.apply((E1,), DAY + timedelta(days=90))


def test_the_schedule_is_that_of_the_rules() -> None:
    assert (PERIODS.enquiry_days, PERIODS.spam_days, PERIODS.withdrawn_days, PERIODS.lapsed_days) == (
        90,
        7,
        30,
        60,
    )
    assert (PERIODS.introductions_years, PERIODS.consent_years, PERIODS.backups_days) == (2, 6, 35)
