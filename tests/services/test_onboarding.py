"""A volunteer's way: taken in, checked step by step, active only with a yes to the record, and out again."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.introduction import State
from peermatch.model.onboarding import CHECKS, Noted, Stage
from peermatch.model.people import SupporterStatus
from peermatch.model.rights import Subject, SubjectKind
from peermatch.model.verdict import Code
from peermatch.services.office import Services
from tests.networks import ADHD, AMINA, DAY
from tests.services.desks import agreed, handed

WEN = replace(AMINA, id="", name="Wen Li", known_as=None, email="wen@example.org", consents=())


def taken_in(services: Services) -> str:
    (id,) = services.onboarding.receive(WEN, DAY).touched.supporters
    return id


def checked(services: Services) -> str:
    id = taken_in(services)
    for check in CHECKS:
        services.onboarding.note(id, check, DAY, "Ruth Hale", DAY)
    return id


def agree(services: Services, id: str, expires: date | None = None) -> None:
    records = [
        ConsentRecord(purpose, topic, DAY, expires, None, Method.FORM, "2026-1")
        for purpose, topic in ((Purpose.HOLD, None), (Purpose.MATCH, ADHD))
    ]
    services.consent.give_all(id, tuple(records), DAY)


def codes(services: Services, id: str) -> tuple[Code, ...]:
    shortlist = services.shortlists.of("E-0142", DAY)
    return next((each.codes for each in shortlist.refused if each.supporter == id), ())


def status(services: Services, id: str) -> SupporterStatus:
    return services.desk.snapshot.supporters[id].status


def test_the_way_from_a_form_to_the_first_shortlist(services: Services) -> None:
    id = taken_in(services)
    assert status(services, id) is SupporterStatus.APPLIED
    assert codes(services, id)[0] is Code.NOT_ACTIVE
    agree(services, id)
    for done, check in enumerate(CHECKS, start=1):
        assert services.onboarding.way(id).missing == CHECKS[done - 1 :]
        with pytest.raises(Refused, match="not checked yet"):
            services.onboarding.activate(id, DAY)
        services.onboarding.note(id, check, DAY - timedelta(days=done), "Ruth Hale", DAY)
    assert status(services, id) is SupporterStatus.CHECKED
    assert codes(services, id)[0] is Code.NOT_ACTIVE
    services.onboarding.activate(id, DAY)
    assert status(services, id) is SupporterStatus.ACTIVE
    assert id in [each.supporter for each in services.shortlists.of("E-0142", DAY).suggested]
    assert services.onboarding.way(id).of(Stage.TALK) == Noted(
        Stage.TALK, DAY - timedelta(days=1), "Ruth Hale"
    )
    assert services.upkeep.check().damage == ()


def test_a_form_is_never_active_and_brings_no_consent(services: Services) -> None:
    (id,) = services.onboarding.receive(replace(AMINA, id="", email="x@example.org"), DAY).touched.supporters
    person = services.desk.snapshot.supporters[id]
    assert (person.status, person.consents) == (SupporterStatus.APPLIED, ())


def test_everything_wrong_with_a_form_is_said_at_once(still: Services) -> None:
    with pytest.raises(BadInput) as refused:
        still.onboarding.receive(replace(WEN, name=" ", email="no", capacity=-1), DAY)
    assert {fault.place for fault in refused.value.faults} == {"name", "email", "capacity"}
    with pytest.raises(BadInput, match="already a supporter"):
        still.onboarding.receive(replace(WEN, id="S-0001"), DAY)


@pytest.mark.parametrize(
    ("day", "by", "check", "places"),
    [
        (DAY + timedelta(days=1), " ", Stage.TALK, {"day", "by"}),
        (DAY, "x" * 201, Stage.TALK, {"by"}),
        (DAY, "Ruth", Stage.LEFT, {"check"}),
    ],
)
def test_a_check_is_noted_with_its_day_and_by_whom(
    services: Services, day: date, by: str, check: Stage, places: set[str]
) -> None:
    id = taken_in(services)
    with pytest.raises(BadInput) as refused:
        services.onboarding.note(id, check, day, by, DAY)
    assert {fault.place for fault in refused.value.faults} == places
    assert services.onboarding.way(id).missing == CHECKS


def test_nobody_is_active_without_a_valid_yes_to_the_record(services: Services) -> None:
    id = checked(services)
    assert "has not agreed yet" in services.onboarding.why_not_active(id, DAY)
    with pytest.raises(Refused, match="has not agreed yet"):
        services.onboarding.activate(id, DAY)
    agree(services, id, DAY + timedelta(days=1))
    with pytest.raises(Refused, match="it has ended"):
        services.onboarding.activate(id, DAY + timedelta(days=1))
    services.consent.withdraw_everything(id, DAY)
    with pytest.raises(Refused, match="has withdrawn"):
        services.onboarding.activate(id, DAY)
    assert status(services, id) is SupporterStatus.CHECKED


def test_an_edit_makes_nobody_active(services: Services) -> None:
    id = checked(services)
    person = services.desk.snapshot.supporters[id]
    with pytest.raises(Refused, match="not by an edit"):
        services.supporters.change(replace(person, status=SupporterStatus.ACTIVE))


def test_each_step_is_taken_back_and_done_again(services: Services) -> None:
    id = taken_in(services)
    services.onboarding.note(id, Stage.TALK, DAY, "Ruth", DAY)
    services.onboarding.note(id, Stage.TRAINING, DAY, "Ruth", DAY)
    last = services.onboarding.note(id, Stage.AGREEMENT, DAY, "Ruth", DAY)
    services.upkeep.undo(last)
    assert status(services, id) is SupporterStatus.APPLIED
    assert services.onboarding.way(id).missing == (Stage.AGREEMENT,)
    services.onboarding.take_away(id, Stage.TALK)
    with pytest.raises(Refused, match="Nothing is noted"):
        services.onboarding.take_away(id, Stage.TALK)
    services.onboarding.note(id, Stage.TALK, DAY, "Ruth", DAY)
    services.onboarding.note(id, Stage.AGREEMENT, DAY, "Ruth", DAY)
    agree(services, id)
    done = services.onboarding.activate(id, DAY)
    services.upkeep.undo(done)
    assert status(services, id) is SupporterStatus.CHECKED
    assert codes(services, id)[0] is Code.NOT_ACTIVE


def test_a_volunteer_who_was_taken_in_by_mistake_is_taken_back(services: Services) -> None:
    done = services.onboarding.receive(WEN, DAY)
    services.upkeep.undo(done)
    assert not done.touched.supporters & set(services.desk.snapshot.supporters)


def test_who_is_active_is_not_checked_again(services: Services) -> None:
    with pytest.raises(Refused, match="not on the way in"):
        services.onboarding.take_away("S-0001", Stage.TALK)
    with pytest.raises(Refused, match="not on the way in"):
        services.onboarding.note("S-0001", Stage.TALK, DAY, "Ruth", DAY)
    with pytest.raises(Refused, match="has not left"):
        services.onboarding.come_back("S-0001", DAY)
    with pytest.raises(Refused, match="active already"):
        services.onboarding.activate("S-0001", DAY)


def test_a_pause_begins_and_ends(services: Services) -> None:
    until = DAY + timedelta(days=10)
    with pytest.raises(BadInput):
        services.onboarding.pause("S-0001", DAY, DAY)
    done = services.onboarding.pause("S-0001", until, DAY)
    assert codes(services, "S-0001")[0] is Code.PAUSED
    with pytest.raises(Refused, match="Nothing was changed"):
        services.onboarding.pause("S-0001", until, DAY)
    services.upkeep.undo(done)
    services.onboarding.pause("S-0001", until, DAY)
    services.onboarding.pause("S-0001", None, DAY)
    assert codes(services, "S-0001") == ()
    with pytest.raises(Refused, match="not active"):
        services.onboarding.pause(taken_in(services), until, DAY)


def test_leaving_says_what_stops_and_stops_it(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    leaving = services.onboarding.leaving("S-0001")
    assert ([i.enquiry for i in leaving.stops], leaving.held) == (["E-0142"], ())
    done = services.onboarding.leave("S-0001", DAY)
    assert "Stopped: E-0142" in done.notice
    assert services.desk.snapshot.introductions_of("E-0142")[0].state is State.STOPPED
    assert codes(services, "S-0001")[0] is Code.NOT_ACTIVE
    assert services.desk.snapshot.supporters["S-0001"].consents == AMINA.consents
    with pytest.raises(Refused, match="has left"):
        services.onboarding.leave("S-0001", DAY)
    services.upkeep.undo(done)
    assert services.desk.snapshot.introductions_of("E-0142")[0].state is State.ASKED
    assert status(services, "S-0001") is SupporterStatus.ACTIVE


def test_a_card_that_left_is_told_and_stays(services: Services, tmp_path: Path) -> None:
    agreed(services)
    handed(services, tmp_path)
    leaving = services.onboarding.leaving("S-0001")
    assert (leaving.stops, [i.enquiry for i in leaving.held]) == ((), ["E-0142"])
    services.onboarding.leave("S-0001", DAY)
    assert services.desk.snapshot.introductions_of("E-0142")[0].state is State.INTRODUCED


def test_who_comes_back_is_checked_anew(services: Services) -> None:
    services.onboarding.leave("S-0001", DAY)
    services.onboarding.come_back("S-0001", DAY)
    assert status(services, "S-0001") is SupporterStatus.APPLIED
    assert services.onboarding.way("S-0001").missing == CHECKS
    assert [each.supporter for each in services.onboarding.waiting()] == ["S-0001"]


def test_who_waits_is_listed_and_who_was_checked_comes_last(services: Services) -> None:
    assert services.onboarding.waiting() == ()
    ready = checked(services)
    (new,) = services.onboarding.receive(replace(WEN, email="later@example.org"), DAY).touched.supporters
    found = services.onboarding.waiting()
    assert [(each.supporter, each.missing) for each in found] == [(new, CHECKS), (ready, ())]
    assert all(each.since == DAY for each in found)


def test_the_letter_follows_how_they_stand(services: Services) -> None:
    id = taken_in(services)
    first = services.onboarding.letter(id, DAY)
    assert first is not None
    assert (first.draft.recipient, "Wen" in first.draft.text) == ("wen@example.org", True)
    for check in CHECKS:
        services.onboarding.note(id, check, DAY, "Ruth", DAY)
    assert services.onboarding.letter(id, DAY) is None
    agree(services, id)
    services.onboarding.activate(id, DAY)
    welcome = services.onboarding.letter(id, DAY + timedelta(days=3))
    assert welcome is not None
    assert "20 November 2026" in welcome.draft.text
    services.onboarding.pause(id, DAY + timedelta(days=30), DAY)
    paused = services.onboarding.letter(id, DAY)
    assert paused is not None
    assert "20 December 2026" in paused.draft.text
    services.onboarding.leave(id, DAY)
    left = services.onboarding.letter(id, DAY)
    assert left is not None
    assert left.draft.subject not in {first.draft.subject, welcome.draft.subject}


def test_what_is_noted_is_in_their_copy_and_goes_with_them(services: Services) -> None:
    id = checked(services)
    agree(services, id)
    report = services.subject_access.preview(Subject(SubjectKind.SUPPORTER, id))
    section = next(each for each in report.sections if each.title == "How you came in")
    assert len(section.fields) == 4 + 3
    assert {field.about_others for field in section.fields if field.key.endswith(".by")} == {True}
    services.erasure.erase(Subject(SubjectKind.SUPPORTER, id), DAY)
    with services.desk.store.read() as tx:
        left = tx.session.connection().exec_driver_sql("SELECT count(*) FROM onboarding").scalar_one()
    assert left == 0
    assert services.upkeep.check().damage == ()


def test_who_left_without_a_yes_is_not_kept_for_ever(services: Services) -> None:
    id = taken_in(services)
    services.onboarding.leave(id, DAY)
    assert id not in {each.subject.id for each in services.retention.review(DAY + timedelta(days=29))}
    due = {each.subject.id: each for each in services.retention.review(DAY + timedelta(days=30))}
    assert "had agreed to nothing" in due[id].sentence
    services.onboarding.come_back(id, DAY)
    assert id not in {each.subject.id for each in services.retention.review(DAY + timedelta(days=30))}


def test_nobody_becomes_active_while_a_check_that_was_taken_back_is_open(services: Services) -> None:
    id = taken_in(services)
    agree(services, id)
    noted = [services.onboarding.note(id, check, DAY, "Ruth Hale", DAY) for check in CHECKS]
    services.upkeep.undo(noted[0])
    assert "the talk is open" in services.onboarding.why_not_active(id, DAY)
    with pytest.raises(Refused, match="the talk is open"):
        services.onboarding.activate(id, DAY)
    services.onboarding.note(id, CHECKS[0], DAY, "Ruth Hale", DAY)
    services.onboarding.activate(id, DAY)


def test_an_edit_of_the_record_is_no_check(services: Services) -> None:
    id = taken_in(services)
    agree(services, id)
    services.supporters.change(replace(services.desk.snapshot.supporter(id), status=SupporterStatus.CHECKED))
    with pytest.raises(Refused, match="the talk and the training and the agreement"):
        services.onboarding.activate(id, DAY)


def test_doing_it_again_makes_nobody_active_whose_yes_is_gone(services: Services) -> None:
    id = checked(services)
    agree(services, id)
    undone = services.upkeep.undo(services.onboarding.activate(id, DAY))
    services.consent.withdraw(id, Purpose.HOLD, None, on=DAY)
    with pytest.raises(Refused, match="no valid consent to be kept on record"):
        services.upkeep.redo(undone)
    assert status(services, id) is SupporterStatus.CHECKED
