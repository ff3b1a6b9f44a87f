"""An enquiry that is kept: its needs, facts, safety and status, the person behind it, and its shortlist."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from peermatch.errors import BadInput, PeerMatchError, Refused
from peermatch.model.consent import Method
from peermatch.model.enquiry import (
    EnquirerConsent,
    EnquiryStatus,
    Exclusions,
    GradeWish,
    Importance,
    Need,
    Preferences,
)
from peermatch.model.introduction import State, Step
from peermatch.services.office import Services
from tests.networks import ADHD, DAY, EXAM
from tests.services.desks import agreed, state_of


def test_needs_are_set_and_a_new_enquiry_is_triaged(services: Services) -> None:
    services.enquiries.set_needs("E-0142", (EXAM, EXAM), (ADHD, "neuro"))
    enquiry = services.desk.snapshot.enquiries["E-0142"]
    assert enquiry.needs == (
        Need(EXAM, Importance.ESSENTIAL),
        Need(ADHD, Importance.HELPFUL),
        Need("neuro", Importance.HELPFUL),
    )
    assert enquiry.status is EnquiryStatus.TRIAGED
    services.enquiries.set_status("E-0142", EnquiryStatus.ON_HOLD)
    services.enquiries.set_needs("E-0142", (), ())
    assert services.desk.snapshot.enquiries["E-0142"].status is EnquiryStatus.ON_HOLD


def test_every_fault_of_needs_is_said_at_once(still: Services) -> None:
    before = still.desk.snapshot.enquiries["E-0142"]
    with pytest.raises(BadInput) as error:
        still.enquiries.set_needs("E-0142", ("no.such", ADHD), (ADHD, "nor.this"))
    assert [(fault.place, fault.text) for fault in error.value.faults] == [
        ("no.such", "is not in the vocabulary"),
        ("nor.this", "is not in the vocabulary"),
        (ADHD, "is both essential and helpful"),
    ]
    assert still.desk.snapshot.enquiries["E-0142"] == before


@pytest.mark.parametrize("status", [EnquiryStatus.CLOSED, EnquiryStatus.WITHDRAWN])
def test_what_is_over_is_not_changed(services: Services, status: EnquiryStatus) -> None:
    services.enquiries.set_status("E-0142", status)
    with pytest.raises(Refused, match=f"is {status.value}"):
        services.enquiries.set_needs("E-0142", (ADHD,), ())
    with pytest.raises(Refused, match=f"is {status.value}"):
        services.enquiries.change("E-0142", choice=True)
    services.enquiries.set_status("E-0142", EnquiryStatus.TRIAGED)
    services.enquiries.set_needs("E-0142", (ADHD,), ())


def test_facts_are_changed_and_the_shortlist_follows(services: Services) -> None:
    services.enquiries.change("E-0142", exclusions=Exclusions(supporters=("S-0001",)), choice=True)
    enquiry = services.desk.snapshot.enquiries["E-0142"]
    assert enquiry.choice
    assert "S-0001" not in [s.supporter for s in services.shortlists.of("E-0142", DAY).suggested]
    assert services.upkeep.journal()[0].detail == "choice, exclusions"
    services.enquiries.change(
        "E-0142", preferences=Preferences(grade=GradeWish.SENIOR), programme="peer-support-2"
    )
    assert services.shortlists.of("E-0142", DAY).suggested == ()


@pytest.mark.parametrize("field", ["received", "status", "requester", "needs", "letter", "risk", "nonsense"])
def test_only_the_facts_that_a_form_holds_are_changed(still: Services, field: str) -> None:
    with pytest.raises(BadInput, match=f"no field {field}"):
        still.enquiries.change("E-0142", **{field: None})


def test_every_id_that_is_not_known_is_said_at_once(still: Services) -> None:
    before = still.desk.snapshot.enquiries["E-0142"]
    with pytest.raises(BadInput) as error:
        still.enquiries.change(
            "E-0142",
            grade="st99",
            specialty="alchemy",
            organisation="atlantis",
            programme="Not A Programme",
            exclusions=Exclusions(("lyonesse",), ("necromancy",), ("S-9999",)),
        )
    assert [fault.place for fault in error.value.faults] == [
        "st99",
        "alchemy",
        "necromancy",
        "atlantis",
        "lyonesse",
        "S-9999",
        "programme",
    ]
    assert still.desk.snapshot.enquiries["E-0142"] == before


def test_known_ids_and_nothing_are_kept(services: Services) -> None:
    services.enquiries.change("E-0142", grade="st6", specialty=None, organisation="lthtr", place="Preston")
    enquiry = services.desk.snapshot.enquiries["E-0142"]
    assert (enquiry.grade, enquiry.specialty, enquiry.organisation, enquiry.place) == (
        "st6",
        None,
        "lthtr",
        "Preston",
    )
    assert services.upkeep.check().damage == ()


def test_how_to_reach_them_safely_is_in_their_words(services: Services) -> None:
    services.enquiries.set_safe_contact("E-0142", "  not on Tuesdays ")
    assert services.desk.snapshot.enquiries["E-0142"].requester.safe_contact == "not on Tuesdays"
    services.enquiries.set_safe_contact("E-0142", " ")
    assert services.desk.snapshot.enquiries["E-0142"].requester.safe_contact is None


@pytest.mark.parametrize("done", ["", "  \n"])
def test_a_note_about_risk_says_something(still: Services, done: str) -> None:
    with pytest.raises(BadInput, match="say what was done"):
        still.enquiries.note_risk("E-0144", done)
    assert still.desk.snapshot.enquiries["E-0144"].held


def test_a_note_about_risk_can_be_undone_and_holds_again(services: Services) -> None:
    done = services.enquiries.note_risk("E-0144", " rang, safe ")
    assert services.desk.snapshot.enquiries["E-0144"].risk_done == "rang, safe"
    services.upkeep.undo(done)
    assert services.desk.snapshot.enquiries["E-0144"].held


# ------------------------------------------------------------------------------------------------ the person behind it


def test_a_look_before_their_yes_is_journalled_and_one_after_is_not(services: Services) -> None:
    who = services.enquiries.reveal("E-0142")
    assert who.email == "robin@example.org"
    newest = services.upkeep.journal()[0]
    assert (newest.action, newest.object) == ("reveal", "E-0142")
    services.enquiries.record_consent("E-0142", Method.EMAIL, "2026-1", DAY)
    assert services.desk.snapshot.enquiries["E-0142"].consent == EnquirerConsent(DAY, Method.EMAIL, "2026-1")
    lines = services.upkeep.journal()
    services.enquiries.reveal("E-0142")
    assert services.upkeep.journal() == lines


def test_their_yes_rests_on_a_wording_that_is_held(still: Services) -> None:
    with pytest.raises(BadInput, match="no wording lost"):
        still.enquiries.record_consent("E-0142", Method.EMAIL, "lost", DAY)
    assert still.desk.snapshot.enquiries["E-0142"].consent is None


@pytest.mark.parametrize(
    "press",
    [
        lambda e: e.reveal("E-9999"),
        lambda e: e.set_needs("E-9999", (), ()),
        lambda e: e.change("E-9999", choice=True),
        lambda e: e.set_safe_contact("E-9999", "x"),
        lambda e: e.note_risk("E-9999", "x"),
        lambda e: e.record_consent("E-9999", Method.FORM, "2026-1", DAY),
        lambda e: e.set_status("E-9999", EnquiryStatus.CLOSED),
    ],
)
def test_a_reference_that_is_not_held_is_bad_input(still: Services, press: Callable[..., object]) -> None:
    lines = still.upkeep.journal()
    with pytest.raises(PeerMatchError, match="no enquiry E-9999") as error:
        press(still.enquiries)
    assert error.value.exit_code == 6
    assert still.upkeep.journal() == lines


# --------------------------------------------------------------------------------------------------------- statuses


def test_at_the_enquirers_word_everything_in_hand_is_stopped(services: Services) -> None:
    agreed(services)
    services.introductions.ask("E-0142", "S-0002", DAY)
    services.introductions.ask("E-0142", "S-0004", DAY)
    services.introductions.take(Step.DECLINE, "E-0142", "S-0004", DAY)
    services.introductions.ask("E-0143", "S-0001", DAY)
    later = DAY + timedelta(days=2)
    done = services.enquiries.set_status("E-0142", EnquiryStatus.WITHDRAWN, later)
    states = {i.supporter: (i.state, i.ended) for i in services.desk.snapshot.introductions_of("E-0142")}
    assert states == {
        "S-0001": (State.STOPPED, later),
        "S-0002": (State.STOPPED, later),
        "S-0004": (State.DECLINED, None),
    }
    assert state_of(services, "S-0001", "E-0143") is State.ASKED
    assert done.touched.supporters == {"S-0001", "S-0002"}
    assert "it has ended" in done.notice
    services.upkeep.undo(done)
    assert state_of(services) is State.AGREED


@pytest.mark.parametrize("status", [s for s in EnquiryStatus if s is not EnquiryStatus.WITHDRAWN])
def test_other_statuses_stop_nobody(services: Services, status: EnquiryStatus) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    done = services.enquiries.set_status("E-0142", status)
    assert state_of(services) is State.ASKED
    assert done.notice == f"E-0142 is now {status.value}."


def test_an_enquiry_that_is_not_open_is_in_no_list_of_shortlists(services: Services) -> None:
    assert [s.enquiry for s in services.shortlists.every(DAY).shortlists] == ["E-0142", "E-0143"]
    services.enquiries.set_status("E-0142", EnquiryStatus.CLOSED)
    assert [s.enquiry for s in services.shortlists.every(DAY).shortlists] == ["E-0143"]


def test_the_shortlist_of_a_draft_follows_every_change_without_keeping_it(still: Services) -> None:
    lines = still.upkeep.journal()
    enquiry = still.desk.snapshot.enquiry("E-0142")
    wish = replace(enquiry, needs=(Need("neuro.autism", Importance.ESSENTIAL),))
    assert still.shortlists.of_draft(wish, DAY).suggested == ()
    assert len(still.shortlists.of_draft(enquiry, DAY).suggested) == 3
    assert still.upkeep.journal() == lines
    with pytest.raises(BadInput, match="no enquiry E-9999"):
        still.shortlists.of("E-9999", DAY)


def test_what_if_is_asked_of_the_same_picture(services: Services) -> None:
    services.introductions.ask("E-0143", "S-0002", DAY)
    shortlist = services.shortlists.of("E-0142", DAY)
    assert "S-0002" in [refusal.supporter for refusal in shortlist.refused]
    changes = services.shortlists.what_if(shortlist)
    assert "S-0002" in [change.supporter for change in changes]
    assert shortlist.policy.label == "standard 1"
