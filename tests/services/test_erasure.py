"""Erasing people: nothing of them is left in any byte, everybody else is as before, and nothing brings them back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.model.consent import Method
from peermatch.model.decision import Decision
from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.introduction import State
from peermatch.model.restoring import told
from peermatch.model.retention import Item
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.office import Doors, Services
from peermatch.store import enquiries, ledger, requests
from peermatch.store.mentions import ERASED_TEXT
from tests.networks import DAY, JO, PASSPHRASE
from tests.services.desks import state_of
from tests.services.erasing import (
    LEE,
    OTTO_WORDS,
    SAM,
    TRAINER,
    VERA_WORDS,
    E,
    S,
    everything,
    names_in_the_journal,
    rows,
)
from tests.store.pages import found, readable_in


def test_the_words_can_be_found_before(full: Services) -> None:
    assert found(everything(full), VERA_WORDS) == list(VERA_WORDS)
    assert found(everything(full), OTTO_WORDS) == list(OTTO_WORDS)


def test_no_byte_of_an_erased_supporter_is_left(full: Services) -> None:
    full.erasure.erase(S, DAY)
    assert found(everything(full), VERA_WORDS) == []
    assert readable_in(full.folder, VERA_WORDS) == []
    assert full.upkeep.check().damage == ()
    assert names_in_the_journal(full, VERA_WORDS) == []
    assert rows(full, "SELECT name FROM sqlite_master WHERE name LIKE 'sqlite_stat%'") == []


def test_no_byte_of_an_erased_enquirer_is_left(full: Services) -> None:
    full.erasure.erase(E, DAY)
    assert found(everything(full), OTTO_WORDS) == []
    assert readable_in(full.folder, OTTO_WORDS) == []
    assert full.upkeep.check().damage == ()
    assert names_in_the_journal(full, OTTO_WORDS) == []


def test_both_of_an_introduction(full: Services) -> None:
    full.erasure.erase(E, DAY)
    assert full.desk.snapshot.enquiry("E-0142").requester.name is None
    full.erasure.erase(S, DAY)
    assert found(everything(full), (*VERA_WORDS, *OTTO_WORDS)) == []
    assert full.upkeep.check().damage == ()
    assert set(full.desk.snapshot.enquiries) == {"E-0150", "E-0151"}
    assert rows(full, "SELECT count(*) FROM hand_over UNION ALL SELECT count(*) FROM kept_introduction") == [
        (0,),
        (1,),
    ]


def test_everybody_else_is_as_before_but_for_what_named_a_supporter(full: Services) -> None:
    before = full.desk.snapshot
    full.erasure.erase(S, DAY)
    after = full.desk.snapshot
    assert dict(after.supporters) == {key: each for key, each in before.supporters.items() if key != S.id}
    assert after.enquiry("E-0142") == before.enquiry("E-0142")
    assert after.enquiry("E-0150") == replace(
        before.enquiry("E-0150"), exclusions=replace(LEE.exclusions, supporters=("S-0003",))
    )
    assert after.enquiry("E-0151") == replace(SAM, exclusions=replace(SAM.exclusions, people=("Jo Kendal",)))
    assert after.introductions_with("S-0002") == before.introductions_with("S-0002")
    assert after.introductions_with(S.id) == ()
    assert after.barred == before.barred
    assert full.upkeep.info().supporters == 2


def test_everybody_else_is_as_before_but_for_what_named_an_enquirer(full: Services) -> None:
    before = full.desk.snapshot
    full.erasure.erase(E, DAY)
    after = full.desk.snapshot
    relations = TRAINER.relations[1:]
    assert dict(after.supporters) == {
        **before.supporters,
        TRAINER.id: replace(before.supporter(TRAINER.id), relations=relations),
    }
    assert {key: each for key, each in after.enquiries.items() if key != E.id} == {
        key: each for key, each in before.enquiries.items() if key != E.id
    }
    # The log of introductions stays: the load of those who were asked rests on it.
    assert [replace(each, outcome=None) for each in before.introductions] == list(after.introductions)


def test_proof_of_consent_stays_under_the_id_without_words(full: Services) -> None:
    count = len(full.consent.records(S.id))
    full.erasure.erase(S, DAY)
    kept = rows(full, "SELECT kind, subject, purpose, ended FROM kept_consent ORDER BY id")
    assert len(kept) == count
    assert {(kind, subject) for kind, subject, _, _ in kept} == {("supporter", "S-0001")}
    assert kept[0] == ("supporter", "S-0001", "hold", DAY.isoformat())


def test_the_enquirer_s_own_yes_is_kept_too_and_a_count_that_names_nobody(full: Services) -> None:
    full.erasure.erase(E, DAY)
    assert rows(full, "SELECT kind, subject, purpose, given, ended FROM kept_consent") == [
        ("enquirer", "E-0142", "hold", "2026-11-19", "2026-11-20")
    ]
    assert rows(full, "SELECT month, programme, topics, region, outcome FROM counted") == [
        ("2026-11", "peer-support", '["neuro", "training"]', "Greater Manchester", "introduced")
    ]


def everybody_in(decision: Decision) -> set[str]:
    """The ids of those suggested and refused."""
    return {each.supporter for each in decision.suggested} | {each.supporter for each in decision.refused}


def test_decisions_of_others_go_on_without_the_erased(full: Services) -> None:
    (before,) = full.decisions.of("E-0150")
    full.erasure.erase(S, DAY)
    (after,) = full.decisions.of("E-0150")
    assert (after.supporter, after.on, after.sha256) == ("S-0002", DAY, before.sha256)
    assert after.reason == ""
    assert S.id not in everybody_in(after)
    assert everybody_in(after) == everybody_in(before) - {S.id}
    assert full.decisions.of("E-0142") == ()
    full.decisions.replay(after, DAY)


def test_what_the_person_asked_for_stays_as_proof_without_their_words(full: Services) -> None:
    full.erasure.erase(S, DAY)
    with full.desk.store.read() as tx:
        (kept,) = requests.about(tx, S)
    assert (kept.subject, kept.received, kept.summary) == (S, DAY, ERASED_TEXT)


def test_introductions_in_hand_are_stopped(full: Services) -> None:
    lines = full.erasure.preview(Subject(SubjectKind.ENQUIRER, "E-0150")).gone
    assert "The introduction of E-0150 and S-0002 stops: it is asked now." in lines
    full.erasure.erase(Subject(SubjectKind.ENQUIRER, "E-0150"), DAY)
    assert state_of(full, "S-0002", "E-0150") is State.STOPPED
    assert full.upkeep.check().damage == ()


def test_the_preview_says_what_goes_what_stays_and_who_must_be_told(full: Services) -> None:
    preview = full.erasure.preview(S)
    assert preview.label == "S-0001 Zqxvera Quorndale"
    assert preview.to_tell == ("E-0142, zqxotto@example.org: a contact card was sent on 20 November 2026.",)
    assert any(line.startswith("Proof of consent") for line in preview.kept)
    assert any("must never meet" in line for line in preview.kept)
    assert preview.backups[-1].until == DAY + timedelta(days=30)
    other = full.erasure.preview(E)
    assert other.label == "E-0142"
    assert other.to_tell == (
        "S-0001 was introduced to them on 20 November 2026: what they keep must go too.",
    )
    assert not any("Zqx" in line for line in (*other.gone, *other.kept))


def test_the_preview_names_texts_of_others_that_speak_of_the_person(full: Services) -> None:
    person = full.desk.snapshot.supporter(JO.id)
    full.supporters.change(replace(person, notes="was asked with zqxvera@example.org"))
    full.enquiries.change("E-0150", exclusions=replace(LEE.exclusions, people=("Dr. Zqxvera  QUORNDALE",)))
    kept = full.erasure.preview(S).kept
    assert any(line.startswith("The notes of S-0003 speak of this person") for line in kept)
    assert any(line.startswith("E-0150 asks to be kept away from this person") for line in kept)
    full.erasure.erase(S, DAY)
    assert full.desk.snapshot.enquiry("E-0150").exclusions.people == ("Dr. Zqxvera  QUORNDALE",)
    assert full.desk.snapshot.supporter(JO.id).notes == "was asked with zqxvera@example.org"


def test_an_address_that_somebody_else_has_too_is_no_trace(full: Services) -> None:
    other = replace(LEE, reference="E-0160", requester=replace(LEE.requester, email="ZQXOTTO@example.org"))
    with full.desk.command("receive", other.reference) as tx:
        enquiries.add(tx, replace(other, exclusions=SAM.exclusions))
    full.desk.read_anew()
    assert any(line.startswith("E-0160 has the same address") for line in full.erasure.preview(E).kept)
    full.erasure.erase(E, DAY)
    assert full.desk.snapshot.supporter(TRAINER.id).relations == TRAINER.relations


def test_backups_that_hold_the_person_are_named_with_their_last_day(full: Services) -> None:
    made = full.backups.make().backup
    named = {each.name: each.until for each in full.erasure.preview(S).backups}
    assert named[made.path.name] == DAY + timedelta(days=35)
    done = full.erasure.erase(S, DAY)
    assert done.notice == "S-0001 is erased. A letter is ready to send. A new backup is made."
    assert done.undo is None
    reasons = {each.reason for each in full.backups.state().kept}
    assert reasons == {"hand", "before-erase"}


def test_what_is_not_there_or_gone_already_is_refused(full: Services) -> None:
    for subject in (Subject(SubjectKind.SUPPORTER, "S-9"), Subject(SubjectKind.ENQUIRER, "S-0001")):
        with pytest.raises(BadInput):
            full.erasure.erase(subject, DAY)
        with pytest.raises(BadInput):
            full.erasure.preview(subject)
    full.erasure.erase(S, DAY)
    with pytest.raises(Refused, match="erased on 20 November 2026 already"):
        full.erasure.erase(S, DAY)


def test_what_is_left_of_an_erased_person_can_be_looked_at(full: Services) -> None:
    full.erasure.erase(S, DAY)
    preview = full.erasure.preview(S)
    assert preview.gone == ("5 records that prove consent.", "1 line of the log of introductions.")


def test_somebody_kept_back_is_not_erased(full: Services) -> None:
    full.retention.keep_back(S, "a complaint is open", None, DAY)
    with pytest.raises(Refused, match="kept back: a complaint is open"):
        full.erasure.erase(S, DAY)
    full.retention.release(S, DAY)
    full.erasure.erase(S, DAY)


def test_an_id_is_never_given_twice(full: Services) -> None:
    last = Subject(SubjectKind.SUPPORTER, "S-0003")
    full.erasure.erase(last, DAY)
    added = full.supporters.add(replace(JO, id="", email="new@example.org"))
    assert added.touched.supporters == {"S-0004"}
    with pytest.raises(Refused, match="erased"):
        full.supporters.add(replace(JO, email="new@example.org"))
    with full.desk.store.read() as tx:
        assert ledger.erased_among(tx, (last, S)) == (last,)


def test_the_last_person_of_a_network_can_be_erased(full: Services) -> None:
    for number in (1, 2, 3):
        full.erasure.erase(Subject(SubjectKind.SUPPORTER, f"S-{number:04d}"), DAY)
    assert full.upkeep.info().supporters == 0
    assert full.upkeep.check().damage == ()


def test_a_bare_enquiry_is_not_opened_again(full: Services) -> None:
    full.erasure.erase(E, DAY)
    with pytest.raises(Refused, match="E-0142 was erased"):
        full.enquiries.set_status("E-0142", EnquiryStatus.TRIAGED, DAY)


def test_nothing_is_written_beside_an_erased_enquiry(full: Services) -> None:
    """What came to stand there afterwards could never be erased: nobody is erased twice."""
    full.erasure.erase(E, DAY)
    bare = full.desk.snapshot.enquiry("E-0142")
    with pytest.raises(Refused, match="was erased on"):
        full.enquiries.note_risk("E-0142", "rang Otto, safe")
    with pytest.raises(Refused, match="was erased on"):
        full.enquiries.set_safe_contact("E-0142", "ring Otto in the evening")
    with pytest.raises(Refused, match="was erased on"):
        full.enquiries.record_consent("E-0142", Method.EMAIL, "2026-1", DAY)
    assert full.desk.snapshot.enquiry("E-0142") == bare


def test_steps_about_the_erased_cannot_be_undone(full: Services) -> None:
    done = full.enquiries.set_safe_contact("E-0142", "zqxsafely")
    full.erasure.erase(E, DAY)
    with pytest.raises(Refused):
        full.upkeep.undo(done)


def test_what_was_added_and_taken_back_leaves_the_journal_too(full: Services) -> None:
    words = ("Zqxmistake", "zqxmistake@example.org")
    added = full.supporters.add(replace(JO, id="", name="Zqxmistake Noone", email="zqxmistake@example.org"))
    full.upkeep.undo(added)
    subject = Subject(SubjectKind.SUPPORTER, "S-0004")
    assert found(everything(full), words) == list(words)
    (due,) = full.retention.review(DAY + timedelta(days=7))
    assert (due.subject, due.item) == (subject, Item.TAKEN_BACK)
    assert full.erasure.preview(subject).gone[0].startswith("What the journal keeps of this record")
    full.erasure.erase(subject, DAY)
    assert found(everything(full), words) == []
    assert full.upkeep.check().damage == ()
    assert full.retention.review(DAY + timedelta(days=7)) == ()


def test_the_next_opening_reads_the_same(full: Services, doors: Doors, lived: tuple[Path, str]) -> None:
    full.erasure.erase(S, DAY)
    before = full.desk.snapshot
    folder = full.folder
    full.lock()
    again = doors.recover(folder, lived[1])
    assert dict(again.desk.snapshot.supporters) == dict(before.supporters)
    assert again.desk.snapshot.enquiries == before.enquiries
    assert again.upkeep.check().damage == ()
    again.lock()


def restored(services: Services, path: Path) -> str:
    """Look at a backup, put it in place, lock."""
    services.backups.look(path, PASSPHRASE)
    said = services.backups.restore()
    services.lock()
    return said


def test_a_restore_keeps_the_erased_erased_and_says_so(
    full: Services, doors: Doors, lived: tuple[Path, str], tmp_path: Path
) -> None:
    then = full.backups.write(tmp_path / "then.pmbackup").path
    full.retention.keep_back(Subject(SubjectKind.SUPPORTER, "S-0002"), "a complaint", None, DAY)
    full.erasure.erase(S, DAY)
    full.erasure.erase(E, DAY)
    kept = rows(full, "SELECT * FROM kept_consent"), rows(full, "SELECT * FROM counted")
    seen = full.backups.look(then, PASSPHRASE)
    assert (seen.erased, seen.people, seen.asked, seen.back) == (2, (2, 2), (2, 2), ())
    assert told(seen)[-1] == "2 people were erased after this backup was made, and stay erased."
    assert restored(full, then).endswith("2 people were erased after this backup was made, and stay erased.")
    again = doors.recover(full.folder, lived[1])
    assert found(everything(again), (*VERA_WORDS, *OTTO_WORDS)) == []
    assert again.upkeep.check().damage == ()
    assert (rows(again, "SELECT * FROM kept_consent"), rows(again, "SELECT * FROM counted")) == kept
    assert again.erasure.erased_on(S) == DAY
    with pytest.raises(Refused, match="a complaint"):
        again.erasure.erase(Subject(SubjectKind.SUPPORTER, "S-0002"), DAY)
    again.lock()


def test_a_network_made_of_an_old_backup_asks_the_newer_ones_beside_it(
    full: Services, doors: Doors, tmp_path: Path
) -> None:
    then = full.backups.write(tmp_path / "then.pmbackup").path
    full.erasure.erase(S, DAY)
    full.backups.write(tmp_path / "now.pmbackup")
    assert doors.restore(then, PASSPHRASE, tmp_path / "again.peermatch") == 1
    again = doors.open(tmp_path / "again.peermatch", PASSPHRASE)
    assert found(everything(again), VERA_WORDS) == []
    assert again.upkeep.check().damage == ()
    again.lock()


def test_a_backup_made_after_an_erasure_knows_it_alone(full: Services, doors: Doors, tmp_path: Path) -> None:
    full.erasure.erase(S, DAY)
    (tmp_path / "alone").mkdir()
    now = full.backups.write(tmp_path / "alone" / "now.pmbackup").path
    assert doors.restore(now, PASSPHRASE, tmp_path / "again.peermatch") == 0
    again = doors.open(tmp_path / "again.peermatch", PASSPHRASE)
    with pytest.raises(Refused, match="erased"):
        again.supporters.add(replace(JO, id=S.id, email="new@example.org"))
    again.lock()
