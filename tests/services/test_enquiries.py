"""From a letter to confirmed needs: what is kept, what is not, what is recognised, and what is refused."""

from datetime import date

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.mail.mime import NOT_WHOLLY_READ
from peermatch.model.changes import Touched
from peermatch.model.enquiry import (
    EnquiryStatus,
    Exclusions,
    Preferences,
    Requester,
    RiskKind,
)
from peermatch.model.letter import Scope
from peermatch.model.mail import MailState
from peermatch.services.incoming import SAFETY
from peermatch.services.office import Services
from peermatch.services.sample import sample_letters
from tests.networks import ADHD, DAY

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


def test_a_draft_keeps_nothing(still: Services) -> None:
    before, lines = everything(still), still.upkeep.journal()
    draft = still.enquiries.draft(letter(HERO))
    assert (draft.letter.sender_address, draft.known_as) == ("kit.marsden@example.org", None)
    assert draft.proposal.scope is Scope.IN_SCOPE
    assert ADHD in [topic.characteristic for topic in draft.proposal.topics]
    assert everything(still) == before
    assert still.upkeep.journal() == lines


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


def test_safety_comes_first_in_what_is_said_of_a_letter_for_somebody_else(services: Services) -> None:
    words = "One of our registrars was sexually assaulted by a consultant last month. Can you help her?"
    raw = f"From: Jo Ward <ward.manager@example.net>\nSubject: A trainee of mine\n\n{words}\n".encode()
    received = services.enquiries.receive(services.enquiries.draft(raw), DAY)
    assert services.desk.snapshot.enquiries[received.reference].risk
    assert received.done.notice.startswith(
        f"Received as {received.reference}. {SAFETY} It seems to be written"
    )


def test_safety_comes_first_in_what_is_said_of_a_letter_that_was_not_wholly_read(services: Services) -> None:
    raw = letter(HERO) + b"\n" + b"A long line of words.\n" * 200_000
    draft = services.enquiries.draft(raw)
    assert set(draft.letter.remarks) & set(NOT_WHOLLY_READ)
    received = services.enquiries.receive(draft, DAY)
    assert services.desk.snapshot.enquiries[received.reference].risk
    assert SAFETY in received.done.notice


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


def test_other_words_under_a_known_id_are_a_new_letter_and_their_risk_is_seen(services: Services) -> None:
    first = services.enquiries.receive(services.enquiries.draft(letter(HERO)), DAY)
    changed = letter(HERO).replace(b"Thank you for doing this.", b"I want to kill myself.")
    second = services.enquiries.receive(services.enquiries.draft(changed), DAY)
    assert second.state is MailState.WAITING  # the same address has written before, so a person says where
    assert services.mailbag.bag().risky
    done = services.mailbag.begin(services.mailbag.bag().waiting[0].number, DAY)
    (reference,) = done.touched.enquiries
    assert reference != first.reference
    assert services.desk.snapshot.enquiries[reference].held


def test_a_letter_that_could_not_be_read_whole_waits_for_a_person(services: Services) -> None:
    raw = b"From: a@b.example\nSubject: x\n\nI have ADHD. " + b"word " * 600_000
    received = services.enquiries.receive(services.enquiries.draft(raw), DAY)
    assert services.desk.snapshot.enquiries[received.reference].held


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


def test_no_letters_are_no_step(still: Services) -> None:
    lines = still.upkeep.journal()
    received, done = still.enquiries.receive_all((), DAY)
    assert (received, done.undo, done.touched) == ((), None, Touched())
    assert still.upkeep.journal() == lines


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
def test_what_is_no_letter_is_refused_with_a_sentence(still: Services, raw: bytes) -> None:
    with pytest.raises(BadInput):
        still.enquiries.draft(raw)


def test_a_kept_letter_is_read_again_for_its_highlights(services: Services) -> None:
    received = services.enquiries.receive(services.enquiries.draft(letter(HERO)), DAY)
    again = services.enquiries.reading(received.reference)
    assert again is not None
    assert again.known_as == received.reference
    assert ADHD in [topic.characteristic for topic in again.proposal.topics]
    with pytest.raises(BadInput, match="no enquiry E-9999"):
        services.enquiries.reading("E-9999")
