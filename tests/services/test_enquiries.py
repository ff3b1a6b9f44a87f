"""From a letter to confirmed needs: what is kept, what is not, what is recognised, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from peermatch.errors import BadInput, PeerMatchError, Refused
from peermatch.model.changes import Touched
from peermatch.model.consent import Method
from peermatch.model.enquiry import (
    EnquirerConsent,
    EnquiryStatus,
    Exclusions,
    GradeWish,
    Importance,
    Need,
    Preferences,
    Requester,
    RiskKind,
)
from peermatch.model.introduction import State, Step
from peermatch.model.letter import Scope
from peermatch.services.office import Services
from peermatch.services.sample import sample_letters
from tests.networks import ADHD, DAY, EXAM
from tests.services.desks import agreed, state_of

HERO, SUPERVISOR, RISKY, SPAM, OFFER = (1, 8, 7, 9, 10)


def letter(number: int) -> bytes:
    """One of the sample's letters."""
    return sample_letters()[number - 1].raw


def everything(services: Services) -> str:
    """All that the open file holds, in the clear."""
    with services.desk.store.read() as tx:
        connection = tx.session.connection()
        tables = (
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        )
        return "\n".join(
            repr(tuple(row))
            for table in tables
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"')
        )


def test_a_draft_keeps_nothing(services: Services) -> None:
    before, lines = everything(services), services.upkeep.journal()
    draft = services.enquiries.draft(letter(HERO))
    assert (draft.letter.sender_address, draft.known_as) == ("kit.marsden@example.org", None)
    assert draft.proposal.scope is Scope.IN_SCOPE
    assert ADHD in [topic.characteristic for topic in draft.proposal.topics]
    assert everything(services) == before
    assert services.upkeep.journal() == lines


def test_a_letter_becomes_a_new_enquiry_with_the_person_apart(services: Services) -> None:
    received = services.enquiries.receive(services.enquiries.draft(letter(HERO)), DAY)
    assert (received.reference, received.new) == ("E-0145", True)
    enquiry = services.desk.snapshot.enquiries["E-0145"]
    assert enquiry.received == date(2026, 11, 19)
    assert (enquiry.requester.name, enquiry.requester.email) == ("Kit Marsden", "kit.marsden@example.org")
    assert enquiry.status is EnquiryStatus.NEW
    assert "diagnosed with ADHD" in (enquiry.letter or "")
    assert received.done.touched.enquiries == {"E-0145"}


def test_nothing_is_chosen_for_a_person_but_what_is_careful(services: Services) -> None:
    reference = services.enquiries.receive(services.enquiries.draft(letter(HERO)), DAY).reference
    enquiry = services.desk.snapshot.enquiries[reference]
    assert (enquiry.needs, enquiry.grade, enquiry.specialty, enquiry.organisation) == ((), None, None, None)
    assert enquiry.preferences == Preferences()
    assert enquiry.exclusions.organisations == ("pennine-care",)


def test_risk_is_kept_and_holds_the_shortlist(services: Services) -> None:
    received = services.enquiries.receive(services.enquiries.draft(letter(RISKY)), DAY)
    assert "safety" in received.done.notice
    enquiry = services.desk.snapshot.enquiries[received.reference]
    assert RiskKind.SUICIDALITY in [risk.kind for risk in enquiry.risk]
    assert enquiry.held
    with pytest.raises(Refused, match="nobody is suggested yet"):
        services.shortlists.of(received.reference, DAY)


def test_a_letter_for_somebody_else_leaves_no_trace_of_them(services: Services) -> None:
    received = services.enquiries.receive(services.enquiries.draft(letter(SUPERVISOR)), DAY)
    enquiry = services.desk.snapshot.enquiries[received.reference]
    assert enquiry.requester == Requester(
        "MADDOCKS, Geraint (CHILDRENS TRUST)", "geraint.maddocks@trust.example"
    )
    assert (enquiry.letter, enquiry.needs, enquiry.exclusions) == (None, (), Exclusions())
    assert "somebody else" in received.done.notice
    kept = everything(services).casefold()
    traces = ("dyslexi", "theory exam", "lovely doctor", "st2", "never mentioned", "educational supervisor")
    assert [word for word in traces if word in kept] == []


def test_a_letter_for_somebody_else_is_recognised_all_the_same(services: Services) -> None:
    draft = services.enquiries.draft(letter(SUPERVISOR))
    first = services.enquiries.receive(draft, DAY)
    assert services.enquiries.receive(draft, DAY).reference == first.reference
    assert services.enquiries.reading(first.reference) is None


@pytest.mark.parametrize(("number", "said"), [(SPAM, "looks like spam"), (OFFER, "offer to volunteer")])
def test_what_may_not_be_an_enquiry_is_said_and_kept_all_the_same(
    services: Services, number: int, said: str
) -> None:
    received = services.enquiries.receive(services.enquiries.draft(letter(number)), DAY)
    assert said in received.done.notice
    assert received.new


def test_the_same_letter_again_adds_nothing(services: Services) -> None:
    first = services.enquiries.receive(services.enquiries.draft(letter(HERO)), DAY)
    picture, lines = services.desk.snapshot.enquiries, services.upkeep.journal()
    draft = services.enquiries.draft(letter(HERO))
    assert draft.known_as == first.reference
    again = services.enquiries.receive(draft, DAY)
    assert (again.reference, again.new, again.done.undo) == (first.reference, False, None)
    assert f"already here as {first.reference}" in again.done.notice
    assert services.desk.snapshot.enquiries == picture
    assert services.upkeep.journal() == lines


def test_the_same_letter_is_known_by_its_words_under_another_id(services: Services) -> None:
    first = services.enquiries.receive(services.enquiries.draft(letter(HERO)), DAY)
    other = letter(HERO).replace(b"0f6c1d2e.19112147", b"another")
    assert services.enquiries.draft(other).known_as == first.reference
    changed = letter(HERO).replace(b"Thank you for doing this.", b"Please hurry.")
    assert services.enquiries.draft(changed).known_as == first.reference


def test_many_letters_come_in_one_step_and_go_in_one(services: Services) -> None:
    before = services.desk.snapshot.enquiries
    drafts = tuple(services.enquiries.draft(letter(n)) for n in (HERO, HERO, 2, 3))
    received, done = services.enquiries.receive_all(drafts, DAY)
    assert [(r.reference, r.new) for r in received] == [
        ("E-0145", True),
        ("E-0145", False),
        ("E-0146", True),
        ("E-0147", True),
    ]
    assert done.touched.enquiries == {"E-0145", "E-0146", "E-0147"}
    services.upkeep.undo(done)
    assert services.desk.snapshot.enquiries == before
    assert services.enquiries.draft(letter(HERO)).known_as is None


def test_some_new_and_some_known_letters_together(services: Services) -> None:
    services.enquiries.receive(services.enquiries.draft(letter(HERO)), DAY)
    drafts = tuple(services.enquiries.draft(letter(n)) for n in (HERO, 2))
    received, done = services.enquiries.receive_all(drafts, DAY)
    assert [r.new for r in received] == [False, True]
    assert done.touched.enquiries == {"E-0146"}


def test_no_letters_are_no_step(services: Services) -> None:
    lines = services.upkeep.journal()
    received, done = services.enquiries.receive_all((), DAY)
    assert (received, done.undo, done.touched) == ((), None, Touched())
    assert services.upkeep.journal() == lines


def test_a_letter_from_the_future_was_received_today(services: Services) -> None:
    draft = services.enquiries.draft(letter(HERO))
    early = services.enquiries.receive(draft, date(2026, 11, 1))
    assert services.desk.snapshot.enquiries[early.reference].received == date(2026, 11, 1)


def test_pasted_text_is_a_letter_without_a_sender(services: Services) -> None:
    draft = services.enquiries.draft_text("I was diagnosed with ADHD and would like to talk to somebody.")
    received = services.enquiries.receive(draft, DAY, channel="pasted")
    enquiry = services.desk.snapshot.enquiries[received.reference]
    assert (enquiry.requester, enquiry.channel, enquiry.received) == (Requester(), "pasted", DAY)


@pytest.mark.parametrize("raw", [b"", b"\0\0\0", b"%PDF-1.7 ...", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1.."])
def test_what_is_no_letter_is_refused_with_a_sentence(services: Services, raw: bytes) -> None:
    with pytest.raises(BadInput):
        services.enquiries.draft(raw)


def test_a_kept_letter_is_read_again_for_its_highlights(services: Services) -> None:
    received = services.enquiries.receive(services.enquiries.draft(letter(HERO)), DAY)
    again = services.enquiries.reading(received.reference)
    assert again is not None
    assert again.known_as == received.reference
    assert ADHD in [topic.characteristic for topic in again.proposal.topics]
    with pytest.raises(BadInput, match="no enquiry E-9999"):
        services.enquiries.reading("E-9999")


# ---------------------------------------------------------------------------------------------- needs and other facts


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


def test_every_fault_of_needs_is_said_at_once(services: Services) -> None:
    before = services.desk.snapshot.enquiries["E-0142"]
    with pytest.raises(BadInput) as error:
        services.enquiries.set_needs("E-0142", ("no.such", ADHD), (ADHD, "nor.this"))
    assert [(fault.place, fault.text) for fault in error.value.faults] == [
        ("no.such", "is not in the vocabulary"),
        ("nor.this", "is not in the vocabulary"),
        (ADHD, "is both essential and helpful"),
    ]
    assert services.desk.snapshot.enquiries["E-0142"] == before


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
def test_only_the_facts_that_a_form_holds_are_changed(services: Services, field: str) -> None:
    with pytest.raises(BadInput, match=f"no field {field}"):
        services.enquiries.change("E-0142", **{field: None})


def test_every_id_that_is_not_known_is_said_at_once(services: Services) -> None:
    before = services.desk.snapshot.enquiries["E-0142"]
    with pytest.raises(BadInput) as error:
        services.enquiries.change(
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
    assert services.desk.snapshot.enquiries["E-0142"] == before


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
def test_a_note_about_risk_says_something(services: Services, done: str) -> None:
    with pytest.raises(BadInput, match="say what was done"):
        services.enquiries.note_risk("E-0144", done)
    assert services.desk.snapshot.enquiries["E-0144"].held


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


def test_their_yes_rests_on_a_wording_that_is_held(services: Services) -> None:
    with pytest.raises(BadInput, match="no wording lost"):
        services.enquiries.record_consent("E-0142", Method.EMAIL, "lost", DAY)
    assert services.desk.snapshot.enquiries["E-0142"].consent is None


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
def test_a_reference_that_is_not_held_is_bad_input(services: Services, press: Callable[..., object]) -> None:
    lines = services.upkeep.journal()
    with pytest.raises(PeerMatchError, match="no enquiry E-9999") as error:
        press(services.enquiries)
    assert error.value.exit_code == 6
    assert services.upkeep.journal() == lines


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


def test_the_shortlist_of_a_draft_follows_every_change_without_keeping_it(services: Services) -> None:
    lines = services.upkeep.journal()
    enquiry = services.shortlists.enquiry("E-0142")
    wish = replace(enquiry, needs=(Need("neuro.autism", Importance.ESSENTIAL),))
    assert services.shortlists.of_draft(wish, DAY).suggested == ()
    assert len(services.shortlists.of_draft(enquiry, DAY).suggested) == 3
    assert services.upkeep.journal() == lines
    with pytest.raises(BadInput, match="no enquiry E-9999"):
        services.shortlists.of("E-9999", DAY)


def test_what_if_is_asked_of_the_same_picture(services: Services) -> None:
    services.introductions.ask("E-0143", "S-0002", DAY)
    shortlist = services.shortlists.of("E-0142", DAY)
    assert "S-0002" in [refusal.supporter for refusal in shortlist.refused]
    changes = services.shortlists.what_if(shortlist)
    assert "S-0002" in [change.supporter for change in changes]
    assert shortlist.policy.label == "standard 1"
