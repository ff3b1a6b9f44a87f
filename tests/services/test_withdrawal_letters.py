"""A withdrawal writes to those who hold a card: in its own transaction, without a reason, without a topic."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.model.changes import Touched
from peermatch.model.consent import Method, Purpose
from peermatch.model.enquiry import Enquiry, Requester, Risk, RiskKind
from peermatch.model.introduction import Introduction, State, Step
from peermatch.model.people import Supporter
from peermatch.services.consent import Withdrawal
from peermatch.services.office import Services
from peermatch.services.replies import Reply
from peermatch.services.today_jobs import Matter
from peermatch.services.withdrawal import WHOLE
from peermatch.store import enquiries as stored_enquiries
from peermatch.store import introductions as stored
from peermatch.store.stop_letters import KIND, SENT
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, EXAM, NETWORK, yes
from tests.services.conftest import Make
from tests.services.desks import agreed, handed

WITH_ALL: Supporter = replace(
    AMINA,
    consents=(
        *AMINA.consents,
        yes(Purpose.CONTACT_PHONE),
        yes(Purpose.CONTACT_NAME),
        yes(Purpose.CONTACT_ROLE),
        yes(Purpose.CONTACT_ORGANISATION),
        yes(Purpose.COUNT, ADHD),
        yes(Purpose.LIST, ADHD),
    ),
)
LATER = DAY + timedelta(days=3)


@pytest.fixture
def sent(make: Make, tmp_path: Path) -> Services:
    """A network in which a card with everything on it has left."""
    services = make(replace(NETWORK, supporters=(WITH_ALL, *(NETWORK.supporters[1:]))))
    agreed(services)
    handed(services, tmp_path / "cards")
    return services


def outbox(services: Services, reference: str = "E-0142") -> list[stored.OutgoingLetter]:
    with services.desk.store.read() as tx:
        return [each for each in stored.outbox(tx, reference) if each.kind == KIND]


def words_of(withdrawal: Withdrawal) -> list[str]:
    found = [re.search(r"please do not use (.*) any more", each.letter.body) for each in withdrawal.letters]
    return [each[1] for each in found if each]


def code_of(services: Services) -> str:
    with services.desk.store.read() as tx:
        return stored.hand_overs(tx, "E-0142", "S-0001")[-1].code


def put(services: Services, enquiry: Enquiry) -> None:
    with services.desk.store.write("test") as tx:
        stored_enquiries.change(tx, enquiry)
    services.desk.renew(Touched(enquiries=frozenset({enquiry.reference})))


def test_withdrawing_everything_writes_to_whoever_holds_a_card(sent: Services) -> None:
    code, expected = code_of(sent), sent.consent.letters_to_come("S-0001", LATER)
    assert outbox(sent) == []
    withdrawal = sent.consent.withdraw_everything("S-0001", LATER)
    assert withdrawal.letters == expected == tuple(sent.stop_letters.waiting("S-0001").values())
    (letter,) = outbox(sent)
    assert letter == withdrawal.letters[0].letter
    assert (letter.kind, letter.enquiry, letter.supporter, letter.written, letter.recipient) == (
        KIND,
        "E-0142",
        "S-0001",
        LATER,
        "robin@example.org",
    )
    assert letter.subject == f"Your message PM-{code}"
    assert WHOLE in letter.body
    assert f"PM-{code}" in letter.body
    assert withdrawal.letters[0].safely == "e-mail only"
    assert withdrawal.erasable
    assert "E-0142" in withdrawal.done.touched.enquiries


def test_the_letter_names_nobody_and_no_topic_and_no_reason(sent: Services) -> None:
    (each,) = sent.consent.withdraw_everything("S-0001", LATER).letters
    text = f"{each.letter.subject}\n{each.letter.body}".casefold()
    label = sent.desk.snapshot.reference.vocabulary.label
    told = (
        *("amina", "rahman", "07700", "amina@example.org", "preston", "robin", "vale"),
        *(label(ADHD).casefold(), label(EXAM).casefold(), ADHD, EXAM, "adhd", "consent", "withdr", "exam"),
    )
    assert [word for word in told if word in text] == []


@pytest.mark.parametrize(
    ("purpose", "topic", "words"),
    [
        (Purpose.HOLD, None, [WHOLE]),
        (Purpose.MATCH, ADHD, [WHOLE]),
        (Purpose.CONTACT_EMAIL, None, ["the e-mail address in it"]),
        (Purpose.CONTACT_PHONE, None, ["the phone number in it"]),
        (Purpose.CONTACT_NAME, None, ["the surname in it"]),
        (Purpose.CONTACT_ROLE, None, ["what it says of the work that they do"]),
        (Purpose.CONTACT_ORGANISATION, None, ["what it says of where they work"]),
        (Purpose.SHARE, ADHD, ["what it says about them"]),
        (Purpose.MATCH, EXAM, []),
        (Purpose.COUNT, ADHD, []),
        (Purpose.LIST, ADHD, []),
    ],
)
def test_what_they_are_asked_not_to_use(
    sent: Services, purpose: Purpose, topic: str | None, words: list[str]
) -> None:
    withdrawal = sent.consent.withdraw("S-0001", purpose, topic, LATER)
    assert words_of(withdrawal) == words
    assert [each.body for each in outbox(sent)] == [each.letter.body for each in withdrawal.letters]
    assert withdrawal.erasable == (purpose is Purpose.HOLD)
    assert len(withdrawal.sent) == 1


def test_of_several_things_that_are_taken_back_at_once_each_is_named(sent: Services) -> None:
    no = ((Purpose.CONTACT_EMAIL, None), (Purpose.CONTACT_NAME, None), (Purpose.SHARE, ADHD))
    reply = Reply("S-0001", (), no, "2026-1", Method.EMAIL, LATER)
    assert words_of(sent.consent.answer(reply)) == [
        "the e-mail address in it, the surname in it or what it says about them"
    ]


def test_the_only_way_on_a_card_is_the_whole_of_it(ready: Services, tmp_path: Path) -> None:
    handed(ready, tmp_path / "cards")
    withdrawal = ready.consent.withdraw("S-0001", Purpose.CONTACT_EMAIL, None, DAY)
    assert words_of(withdrawal) == [WHOLE]


def test_the_second_of_two_ways_is_the_rest(sent: Services) -> None:
    assert words_of(sent.consent.withdraw("S-0001", Purpose.CONTACT_EMAIL, None, DAY)) == [
        "the e-mail address in it"
    ]
    assert words_of(sent.consent.withdraw("S-0001", Purpose.CONTACT_PHONE, None, LATER)) == [
        "the phone number in it"
    ]
    assert words_of(sent.consent.withdraw_everything("S-0001", LATER)) == [WHOLE]
    assert len(outbox(sent)) == 3


def test_nothing_is_written_twice(sent: Services) -> None:
    sent.consent.withdraw_everything("S-0001", DAY)
    again = sent.consent.withdraw_everything("S-0001", LATER)
    assert again.letters == ()
    assert len(outbox(sent)) == 1
    assert len(sent.stop_letters.waiting("S-0001")) == 1


def test_a_card_that_says_nothing_of_it_calls_for_no_letter(ready: Services, tmp_path: Path) -> None:
    handed(ready, tmp_path / "cards")
    ready.consent.give("S-0001", Purpose.CONTACT_PHONE, None, wording="2026-1", method=Method.EMAIL, on=DAY)
    withdrawal = ready.consent.withdraw("S-0001", Purpose.CONTACT_PHONE, None, DAY)
    assert (withdrawal.letters, len(withdrawal.sent)) == ((), 1)


def test_where_no_card_left_nobody_is_written_to(ready: Services) -> None:
    assert ready.consent.letters_to_come("S-0001", DAY) == ()
    withdrawal = ready.consent.withdraw_everything("S-0001", DAY)
    assert (withdrawal.letters, len(withdrawal.stopped)) == ((), 1)


def test_an_introduction_that_has_ended_is_written_to_as_well(sent: Services) -> None:
    sent.introductions.take(Step.END, "E-0142", "S-0001", DAY)
    assert len(sent.consent.withdraw_everything("S-0001", LATER).letters) == 1


def test_a_card_that_went_twice_is_one_letter_with_both_codes(sent: Services, tmp_path: Path) -> None:
    first = code_of(sent)
    handed(sent, tmp_path / "again")
    second = code_of(sent)
    (each,) = sent.consent.withdraw_everything("S-0001", LATER).letters
    assert f"PM-{first} and PM-{second}" in each.letter.body


def test_a_card_of_an_older_program_is_known_by_the_reference(make: Make) -> None:
    """History that came with a portable file holds no record of what was on the card."""
    past = Introduction("E-0142", "S-0001", State.INTRODUCED, DAY, DAY, DAY)
    services = make(replace(NETWORK, introductions=(past,)))
    (each,) = services.consent.withdraw("S-0001", Purpose.CONTACT_EMAIL, None, DAY).letters
    assert each.letter.subject == "Your message E-0142"
    assert each.letter.recipient == "robin@example.org"
    assert "the e-mail address in it" in each.letter.body
    (last,) = services.consent.withdraw_everything("S-0001", DAY).letters
    assert WHOLE in last.letter.body


def test_with_a_risk_a_person_finds_a_safe_way_first(sent: Services) -> None:
    put(sent, replace(ENQUIRY, risk=(Risk(RiskKind.DOMESTIC_ABUSE, ("he reads my mail",)),)))
    (each,) = sent.consent.withdraw_everything("S-0001", LATER).letters
    assert each.letter.recipient is None
    assert "peer support" not in f"{each.letter.subject} {each.letter.body}".casefold()


@pytest.mark.parametrize(
    ("today", "expected"),
    [("new@example.org", "new@example.org"), (None, "robin@example.org"), (" ", "robin@example.org")],
)
def test_it_goes_to_the_address_of_today(sent: Services, today: str | None, expected: str) -> None:
    put(sent, replace(ENQUIRY, requester=Requester("Robin Vale", today)))
    (each,) = sent.consent.withdraw_everything("S-0001", LATER).letters
    assert (each.letter.recipient, each.safely) == (expected, "")


def test_the_supporter_is_told_that_it_is_done(sent: Services) -> None:
    withdrawal = sent.consent.withdraw("S-0001", Purpose.SHARE, ADHD, LATER)
    assert withdrawal.to_them.recipient == "amina@example.org"
    assert withdrawal.to_them.subject == "Your wish is carried out"
    assert "Hello Amina," in withdrawal.to_them.text
    assert "23 November 2026" in withdrawal.to_them.text


def test_it_is_one_act_and_is_not_taken_back(sent: Services) -> None:
    before = [line.seq for line in sent.upkeep.journal(1)]
    withdrawal = sent.consent.withdraw_everything("S-0001", LATER)
    assert [line.seq for line in sent.upkeep.journal(1)] == [before[0] + 1]
    assert withdrawal.done.undo is None
    with pytest.raises(Refused, match="cannot be undone"):
        sent.desk.store.undo(before[0] + 1)
    assert len(outbox(sent)) == 1


def test_a_withdrawal_that_is_refused_writes_to_nobody(sent: Services) -> None:
    sent.consent.withdraw("S-0001", Purpose.CONTACT_PHONE, None, DAY)
    with pytest.raises(Refused):
        sent.consent.withdraw("S-0001", Purpose.CONTACT_PHONE, None, LATER)
    assert len(outbox(sent)) == 1


def to_tell(services: Services) -> list[tuple[str, int]]:
    jobs = services.days.of(LATER).jobs
    return [(each.supporter, each.count) for each in jobs if each.matter is Matter.STOP_USING]


def test_a_letter_waits_on_today_until_somebody_has_sent_it(sent: Services) -> None:
    assert to_tell(sent) == []
    sent.consent.withdraw("S-0001", Purpose.CONTACT_EMAIL, None, DAY)
    sent.consent.withdraw("S-0001", Purpose.CONTACT_PHONE, None, LATER)
    first, second = sent.stop_letters.waiting("S-0001")
    assert to_tell(sent) == [("S-0001", 1)], "two letters, and one who reads both"
    sent.stop_letters.sent(first, LATER)
    assert (to_tell(sent), list(sent.stop_letters.waiting("S-0001"))) == ([("S-0001", 1)], [second])
    done = sent.stop_letters.sent(second, LATER)
    assert done.touched == Touched(frozenset({"S-0001"}), frozenset({"E-0142"}))
    assert (to_tell(sent), sent.stop_letters.waiting("S-0001")) == ([], {})
    with sent.desk.store.read() as tx:
        kept = [each for each in stored.outbox(tx, "E-0142") if each.kind == SENT]
    assert [each.written for each in kept] == [LATER, LATER], "what was sent stays"


def test_a_letter_that_was_sent_is_not_written_again_and_the_note_can_be_taken_back(sent: Services) -> None:
    sent.consent.withdraw_everything("S-0001", DAY)
    (number,) = sent.stop_letters.waiting("S-0001")
    done = sent.stop_letters.sent(number, LATER)
    assert sent.consent.withdraw_everything("S-0001", LATER).letters == ()
    with pytest.raises(BadInput, match="not in the list any more"):
        sent.stop_letters.sent(number, LATER)
    assert done.undo is not None
    sent.journal.take_back(done.undo)
    assert list(sent.stop_letters.waiting("S-0001")) == [number]
    assert to_tell(sent) == [("S-0001", 1)]


def agree(services: Services, purpose: Purpose, on: date, topic: str | None = None) -> Touched:
    given = services.consent.give("S-0001", purpose, topic, wording="2026-1", method=Method.FORM, on=on)
    return given.touched


def tell(services: Services, on: date) -> None:
    for number in services.stop_letters.waiting("S-0001"):
        services.stop_letters.sent(number, on)


def test_what_was_agreed_to_after_a_letter_and_withdrawn_again_is_written_again(sent: Services) -> None:
    (first,) = sent.consent.withdraw("S-0001", Purpose.CONTACT_PHONE, None, LATER).letters
    tell(sent, LATER)
    agree(sent, Purpose.CONTACT_PHONE, LATER + timedelta(days=1))
    again = sent.consent.withdraw("S-0001", Purpose.CONTACT_PHONE, None, LATER + timedelta(days=30))
    assert [each.letter.body for each in again.letters] == [first.letter.body]
    assert (again.to_tell, again.told) == (("E-0142",), ())
    assert tuple(sent.stop_letters.waiting("S-0001").values()) == again.letters
    assert to_tell(sent) == [("S-0001", 1)]


def test_a_yes_to_something_else_makes_no_letter_twice(sent: Services) -> None:
    sent.consent.withdraw("S-0001", Purpose.HOLD, None, LATER)
    tell(sent, LATER)
    agree(sent, Purpose.LIST, LATER + timedelta(days=1), EXAM)
    again = sent.consent.withdraw_everything("S-0001", LATER + timedelta(days=2))
    assert (again.letters, again.to_tell, again.told) == ((), (), ("E-0142",))


def test_what_the_introduction_rests_on_is_agreed_to_again_too(sent: Services) -> None:
    sent.consent.withdraw("S-0001", Purpose.MATCH, ADHD, LATER)
    tell(sent, LATER)
    agree(sent, Purpose.MATCH, LATER + timedelta(days=1), ADHD)
    again = sent.consent.withdraw("S-0001", Purpose.MATCH, ADHD, LATER + timedelta(days=2))
    assert words_of(again) == [WHOLE]


def test_who_was_told_is_known_apart_from_whom_a_letter_waits_for(sent: Services) -> None:
    written = sent.consent.withdraw("S-0001", Purpose.HOLD, None, LATER)
    assert (written.to_tell, written.told) == (("E-0142",), ())
    waits = sent.consent.withdraw("S-0001", Purpose.MATCH, ADHD, LATER)
    assert (waits.letters, waits.to_tell, waits.told) == ((), ("E-0142",), ())
    assert not sent.stop_letters.told("S-0001", LATER)
    tell(sent, LATER)
    assert sent.stop_letters.told("S-0001", LATER)
    told = sent.consent.withdraw_everything("S-0001", LATER)
    assert (told.letters, told.to_tell, told.told) == ((), (), ("E-0142",))


def test_a_letter_that_nobody_has_sent_goes_when_its_part_is_agreed_to_again(sent: Services) -> None:
    sent.consent.withdraw("S-0001", Purpose.CONTACT_PHONE, None, LATER)
    sent.consent.withdraw("S-0001", Purpose.CONTACT_NAME, None, LATER)
    assert agree(sent, Purpose.CONTACT_EMAIL, LATER) == Touched(frozenset({"S-0001"}))
    phone, name = sent.stop_letters.waiting("S-0001")
    touched = agree(sent, Purpose.CONTACT_PHONE, LATER)
    assert touched == Touched(frozenset({"S-0001"}), frozenset({"E-0142"}))
    assert list(sent.stop_letters.waiting("S-0001")) == [name]
    assert sent.upkeep.journal(1)[0].action == "consent-give"
    agree(sent, Purpose.CONTACT_NAME, LATER)
    assert (to_tell(sent), outbox(sent)) == ([], [])
    assert sent.upkeep.check().damage == ()
    again = sent.consent.withdraw("S-0001", Purpose.CONTACT_PHONE, None, LATER)
    assert words_of(again) == ["the phone number in it"]
    assert phone not in sent.stop_letters.waiting("S-0001"), "a number is not given twice"


def test_a_letter_about_all_stays_until_all_is_agreed_to_again(sent: Services) -> None:
    sent.consent.withdraw_everything("S-0001", LATER)
    everything = [(each.purpose, each.characteristic) for each in WITH_ALL.consents]
    on_card = [point for point in everything if point[0] not in (Purpose.COUNT, Purpose.LIST)]
    on_card.remove((Purpose.MATCH, EXAM))
    for purpose, topic in on_card:
        assert len(sent.stop_letters.waiting("S-0001")) == 1, purpose
        agree(sent, purpose, LATER, topic)
    assert sent.stop_letters.waiting("S-0001") == {}


def test_an_answer_takes_one_letter_off_and_writes_another(sent: Services) -> None:
    sent.consent.withdraw("S-0001", Purpose.CONTACT_PHONE, None, LATER)
    yes_and_no = ((Purpose.CONTACT_PHONE, None),), ((Purpose.CONTACT_EMAIL, None),)
    reply = Reply("S-0001", *yes_and_no, "2026-1", Method.EMAIL, LATER)
    assert words_of(sent.consent.answer(reply)) == ["the e-mail address in it"]
    (left,) = sent.stop_letters.waiting("S-0001").values()
    assert "the e-mail address in it" in left.letter.body
    whole = Reply("S-0001", ((Purpose.CONTACT_EMAIL, None),), (), "2026-1", Method.EMAIL, LATER)
    assert sent.consent.answer(whole).done.touched.enquiries == {"E-0142"}
    assert (to_tell(sent), outbox(sent)) == ([], [])


def test_what_was_sent_stays_and_tells_of_nothing_once_it_is_agreed_to_again(sent: Services) -> None:
    sent.consent.withdraw("S-0001", Purpose.CONTACT_PHONE, None, LATER)
    tell(sent, LATER)
    agree(sent, Purpose.CONTACT_PHONE, LATER)
    assert not sent.stop_letters.told("S-0001", LATER)
    with sent.desk.store.read() as tx:
        assert [each.kind for each in stored.outbox(tx, "E-0142")].count(SENT) == 1
