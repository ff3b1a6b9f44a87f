"""Letters to a supporter that belong to no enquiry: noted once, taken back, on the record, and gone with the person."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from peermatch.errors import BadInput, Refused, SystemRefused
from peermatch.model.changes import Touched
from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.introduction import Step
from peermatch.model.letter_kinds import LETTERS, Side
from peermatch.model.onboarding import CHECKS
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.model.posted import ALONE, Posted
from peermatch.model.rights import Subject, SubjectKind
from peermatch.model.searching import TextKind
from peermatch.services.office import Doors, Services
from peermatch.services.onboarding import StandingLetter
from peermatch.services.step_letters import Case, is_noted
from tests.networks import AMINA, DAY, NETWORK, PASSPHRASE
from tests.services.conftest import Make
from tests.services.erasing import everything, rows

WEN = replace(AMINA, id="", name="Zqxwen Liddle", known_as=None, email="zqxwen@example.org", consents=())
TOMORROW = DAY + timedelta(days=1)
S1 = Subject(SubjectKind.SUPPORTER, "S-0001")


def alone(id: str = "S-0001", day: date = DAY) -> Case:
    return Case(supporter=id, day=day)


def note(services: Services, letter: str, id: str = "S-0001", on: date = DAY, day: date = DAY) -> int | None:
    return services.letter_texts.by_hand.note(letter, alone(id, day), on).undo


def kept(services: Services) -> list[tuple[object, ...]]:
    return rows(services, "SELECT kind, enquiry, supporter, written FROM outbox ORDER BY id")


def listed(services: Services, id: str = "S-0001") -> list[tuple[str, date, str]]:
    found = services.letter_texts.by_hand.sent_to(id)
    return [(each.letter, each.day, each.enquiry) for each in found]


def taken_in(services: Services, person: Supporter = WEN) -> str:
    (id,) = services.onboarding.receive(person, DAY).touched.supporters
    return id


def made_active(services: Services, id: str) -> None:
    for check in CHECKS:
        services.onboarding.note(id, check, DAY, "Ruth Hale", DAY)
    record = ConsentRecord(Purpose.HOLD, None, DAY, None, None, Method.FORM, "2026-1")
    services.consent.give_all(id, (record,), DAY)
    services.onboarding.activate(id, DAY)


def letter_of(services: Services, id: str, on: date = DAY) -> StandingLetter:
    found = services.onboarding.letter(id, on)
    assert found is not None
    return found


@pytest.mark.parametrize("letter", sorted(ALONE))
def test_each_is_noted_with_the_supporter_said_in_the_journal_and_taken_back(
    services: Services, letter: str
) -> None:
    by_hand = services.letter_texts.by_hand
    done = by_hand.note(letter, alone(), DAY)
    assert done.notice == "Noted: the letter to Amina was sent."
    assert done.touched == Touched(frozenset({"S-0001"}))
    assert kept(services) == [(letter, None, "S-0001", "2026-11-20")]
    line = services.journal.page().lines[0]
    assert line.words == f"Noted that a letter to S-0001 was sent ({LETTERS[letter].title})"
    (sent,) = by_hand.sent_to("S-0001")
    assert sent.draft == by_hand.write(letter, alone(), DAY)
    undone = services.upkeep.undo(done)
    assert undone.touched == Touched(frozenset({"S-0001"}))
    assert kept(services) == []
    assert undone.redo is not None
    services.journal.take_back(undone.redo)
    assert listed(services) == [(letter, DAY, "")]
    assert services.upkeep.check().damage == ()


def test_only_what_goes_to_a_supporter_alone_stands_without_an_enquiry(services: Services) -> None:
    assert {LETTERS[each].side for each in ALONE} == {Side.SUPPORTER}
    for letter in LETTERS:
        assert is_noted(letter, alone()) == (letter in ALONE)
        assert not is_noted(letter, Case())
    assert not any(is_noted(letter, Case("E-0142", "S-0001")) for letter in ALONE)
    for letter, case in (("thank-you", alone()), ("welcome", Case("E-0142", "S-0001")), ("welcome", Case())):
        with pytest.raises(BadInput, match="noted with its step"):
            services.letter_texts.by_hand.note(letter, case, DAY)
    assert kept(services) == []


def test_a_second_press_notes_nothing_and_another_day_or_another_pause_does(services: Services) -> None:
    note(services, "welcome")
    with pytest.raises(Refused, match="noted as sent today already"):
        note(services, "welcome")
    note(services, "welcome", on=TOMORROW)
    note(services, "paused", day=DAY + timedelta(days=30))
    note(services, "paused", day=DAY + timedelta(days=60))
    with pytest.raises(Refused, match="today already"):
        note(services, "paused", day=DAY + timedelta(days=30))
    assert len(kept(services)) == 4


def test_whoever_was_erased_meanwhile_is_not_written_to_and_who_has_left_may_be(services: Services) -> None:
    services.onboarding.leave("S-0002", DAY)
    note(services, "welcome", "S-0002")
    assert listed(services, "S-0002") == [("welcome", DAY, "")]
    services.erasure.erase(S1, DAY)
    with pytest.raises(BadInput, match="no supporter S-0001"):
        note(services, "welcome")
    assert listed(services) == []


def test_steps_may_be_taken_back_in_their_order_alone(services: Services) -> None:
    received = services.onboarding.receive(WEN, DAY)
    (id,) = received.touched.supporters
    sent = services.letter_texts.by_hand.note("applied", alone(id), DAY)
    with pytest.raises(Refused, match="another record depends on it"):
        services.upkeep.undo(received)
    assert listed(services, id) == [("applied", DAY, "")]
    services.upkeep.undo(sent)
    services.upkeep.undo(received)
    assert id not in services.desk.snapshot.supporters
    assert services.upkeep.check().damage == ()


def test_the_letter_of_each_stage_says_when_it_was_sent(services: Services) -> None:
    id = taken_in(services)
    first = letter_of(services, id)
    assert (first.letter, first.day, first.sent) == (Posted.APPLIED, DAY, None)
    undo = note(services, first.letter, id, day=first.day)
    assert letter_of(services, id).sent == DAY
    assert undo is not None
    services.journal.take_back(undo)
    assert letter_of(services, id).sent is None
    made_active(services, id)
    welcome = letter_of(services, id, TOMORROW)
    assert (welcome.letter, welcome.day, welcome.sent) == (Posted.WELCOME, DAY, None)
    note(services, welcome.letter, id, TOMORROW, welcome.day)
    assert letter_of(services, id, TOMORROW).sent == TOMORROW
    services.onboarding.leave(id, TOMORROW)
    note(services, "left", id, TOMORROW, TOMORROW)
    services.onboarding.come_back(id, TOMORROW + timedelta(days=9))
    assert letter_of(services, id, TOMORROW + timedelta(days=9)).letter is Posted.APPLIED
    services.onboarding.leave(id, TOMORROW + timedelta(days=10))
    assert letter_of(services, id, TOMORROW + timedelta(days=10)).sent is None


def test_another_pause_is_another_letter(services: Services) -> None:
    services.onboarding.pause("S-0001", DAY + timedelta(days=30), DAY)
    pause = letter_of(services, "S-0001")
    assert (pause.letter, pause.day, pause.sent) == (Posted.PAUSED, DAY + timedelta(days=30), None)
    note(services, pause.letter, day=pause.day)
    assert letter_of(services, "S-0001").sent == DAY
    services.onboarding.pause("S-0001", DAY + timedelta(days=60), DAY)
    assert letter_of(services, "S-0001").sent is None


def test_that_consent_has_ended_is_told_once(make: Make) -> None:
    hold = next(each for each in AMINA.consents if each.purpose is Purpose.HOLD)
    over = replace(hold, given=DAY - timedelta(days=90), expires=DAY - timedelta(days=3))
    services = make(replace(NETWORK, supporters=(replace(AMINA, consents=(over,)),)))
    by_hand = services.letter_texts.by_hand
    (offered,) = by_hand.at_step("", "S-0001", DAY)
    assert offered.letter == "consent-ended"
    done = by_hand.note(offered.letter, offered.case, DAY)
    assert by_hand.at_step("", "S-0001", DAY) == ()
    assert by_hand.at_step("", "S-0001", DAY + timedelta(days=40)) == ()
    services.upkeep.undo(done)
    assert by_hand.at_step("", "S-0001", DAY) == (offered,)


def test_the_record_lists_what_they_were_sent_and_nothing_that_waits_or_goes_to_others(
    services: Services,
) -> None:
    services.campaigns.begin(
        DAY, until=DAY + timedelta(days=330), answer_by=DAY + timedelta(days=28), wording="2026-1"
    )
    services.introductions.ask("E-0142", "S-0001", DAY)
    assert listed(services) == []
    services.letters.reminded("E-0142", "S-0001", DAY)
    services.introductions.take(Step.DECLINE, "E-0142", "S-0001", DAY)
    by_hand = services.letter_texts.by_hand
    by_hand.note("thanks-for-no", Case("E-0142", "S-0001"), TOMORROW)
    by_hand.note("still-looking", Case("E-0142"), TOMORROW)
    note(services, "welcome", on=TOMORROW)
    services.campaigns.mark_sent("S-0001", TOMORROW + timedelta(days=1))
    assert listed(services) == [
        ("renewal", TOMORROW + timedelta(days=1), ""),
        ("welcome", TOMORROW, ""),
        ("thanks-for-no", TOMORROW, "E-0142"),
        ("reminder", DAY, "E-0142"),
    ]
    assert by_hand.sent_to("S-0001")[0].draft == services.campaigns.letter("S-0001", DAY)
    assert listed(services, "S-0002") == []


def test_no_clock_and_no_enquiry_hears_of_it(services: Services) -> None:
    before = services.letters.written()
    for letter in ALONE:
        note(services, letter)
    assert services.letters.written() == before


def test_the_portable_file_is_byte_for_byte_as_before(services: Services, doors: Doors) -> None:
    before = services.upkeep.export()
    note(services, "welcome")
    after = services.upkeep.export()
    assert after == before
    assert doors.read_portable(after).supporters == doors.read_portable(before).supporters


def test_the_words_are_found_and_lead_to_the_supporter(services: Services) -> None:
    before = len(services.search.texts("Welcome").shown)
    undo = note(services, "welcome")
    found = services.search.texts("Welcome").shown
    assert len(found) == before + 1
    assert {(each.kind, each.enquiry, each.supporter) for each in found} >= {
        (TextKind.SENT, "", "S-0001"),
    }
    assert undo is not None
    services.journal.take_back(undo)
    assert len(services.search.texts("Welcome").shown) == before


def test_a_topic_that_somebody_took_back_is_not_found_in_a_letter_to_them(services: Services) -> None:
    text = services.desk.templates.text("welcome")
    services.letter_texts.keep("welcome", text.subject, text.body + "\n\nZqxword about ADHD.", DAY)
    note(services, "welcome")
    (shown,) = services.search.texts("zqxword adhd").shown
    assert "ADHD" in shown.piece
    services.consent.withdraw_everything("S-0001", DAY)
    assert services.search.texts("zqxword adhd").shown == ()


def test_it_is_in_their_copy_and_in_nobody_elses(services: Services) -> None:
    note(services, "withdraw")
    note(services, "welcome", "S-0002")
    report = services.subject_access.preview(S1)
    (section,) = (each for each in report.sections if each.title == "Letters")
    said = {field.label: field.value for field in section.fields}
    letter = services.letter_texts.by_hand.write("withdraw", alone(), DAY)
    assert said == {
        "Letter 1: what": "A letter to you: Consent is taken back",
        "Letter 1: written": "20 November 2026",
        "Letter 1: to": "amina@example.org",
        "Letter 1: subject": letter.subject,
        "Letter 1: text": letter.text,
    }


def test_it_goes_with_the_person_from_rows_images_and_words(make: Make) -> None:
    services = make(NETWORK)
    id = taken_in(services)
    note(services, "applied", id)
    again = note(services, "welcome", id)
    assert again is not None
    services.journal.take_back(again)
    note(services, "welcome", "S-0002")
    subject = Subject(SubjectKind.SUPPORTER, id)
    assert "1 letter in the outbox." in " ".join(services.erasure.preview(subject).gone)
    services.erasure.erase(subject, DAY)
    assert kept(services) == [("welcome", None, "S-0002", "2026-11-20")]
    assert services.upkeep.check().damage == ()
    pages = everything(services)
    assert [word for word in (b"Zqxwen", b"Liddle", b"zqxwen@") if word.lower() in pages.lower()] == []
    images = rows(services, "SELECT key, after FROM journal_image WHERE table_name = 'outbox' ORDER BY id")
    assert [after is None for _, after in images] == [True, True, True, False]
    assert services.search.texts("Zqxwen").shown == ()


def test_it_goes_when_the_schedule_takes_the_person(services: Services) -> None:
    id = taken_in(services)
    note(services, "applied", id)
    services.onboarding.leave(id, DAY - timedelta(days=30))
    note(services, "left", id)
    due = [each.subject for each in services.retention.review(DAY) if each.subject.id == id]
    assert due == [Subject(SubjectKind.SUPPORTER, id)]
    services.retention.apply(due, DAY)
    assert kept(services) == []
    assert services.upkeep.check().damage == ()


def test_a_letter_that_was_changed_past_the_program_is_said(services: Services) -> None:
    note(services, "welcome")
    services.desk.store.source().connection.execute("UPDATE outbox SET body = 'other words'")
    assert any("outbox 1" in each for each in services.upkeep.check().damage)


def test_a_backup_holds_it_and_one_that_is_looked_at_takes_none(
    services: Services, doors: Doors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    note(services, "welcome")
    services.backups.make()
    view = doors.look_at_newest(services.folder, PASSPHRASE)
    assert listed(view) == [("welcome", DAY, "")]
    assert letter_of(view, "S-0001").sent == DAY
    with pytest.raises(Refused, match="only looked at"):
        note(view, "paused")
    assert listed(view) == [("welcome", DAY, "")]
    view.lock()


@pytest.fixture
def small(template: tuple[Path, str], doors: Doors, tmp_path: Path) -> Iterator[Services]:
    """A network on a disk that has no room left, until somebody makes some."""
    shutil.copytree(template[0], tmp_path / "small.peermatch")
    opened = doors.recover(tmp_path / "small.peermatch", template[1])
    text = opened.desk.templates.text("welcome")
    many = "\n".join(f"Zqxline {number} of a long letter." for number in range(190))
    opened.letter_texts.keep("welcome", text.subject, f"{text.body}\n{many}", DAY)
    yield opened
    opened.lock()


def test_on_a_full_disk_nothing_is_noted_and_later_it_is(small: Services) -> None:
    connection = small.desk.store.source().connection
    connection.execute("PRAGMA max_page_count=1")  # SQLite takes the size that the file has
    lines = len(small.upkeep.journal())
    with pytest.raises(SystemRefused, match="full"):
        note(small, "welcome")
    assert (kept(small), len(small.upkeep.journal())) == ([], lines)
    connection.execute("PRAGMA max_page_count=1000000")
    note(small, "welcome")
    assert listed(small) == [("welcome", DAY, "")]
    assert small.upkeep.check().damage == ()


def test_an_image_of_a_letter_holds_no_enquiry(services: Services) -> None:
    note(services, "left")
    ((after,),) = rows(services, "SELECT after FROM journal_image WHERE table_name = 'outbox'")
    image = json.loads(str(after))
    assert (image["enquiry"], image["supporter"], image["kind"]) == (None, "S-0001", "left")
    assert services.desk.snapshot.supporters["S-0001"].status is SupporterStatus.ACTIVE
