"""Every step of an introduction: what it needs, what it leaves, what it says, and what it refuses."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.model.barred import Barred
from peermatch.model.consent import Purpose
from peermatch.model.enquiry import EnquiryStatus, Exclusions
from peermatch.model.introduction import Introduction, State, Step
from peermatch.model.people import Boundaries, Relation
from peermatch.services.office import Services
from peermatch.store import introductions as stored
from peermatch.store.introductions import OutgoingLetter
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, EXAM, NETWORK, TOM, yes
from tests.services.conftest import Make
from tests.services.desks import agreed, introduced, state_of

STEPS = [step for step in Step if step is not Step.HAND_OVER]
ALLOWED = {
    ("asked", "accept"),
    ("asked", "decline"),
    ("asked", "lapse"),
    ("accepted", "enquirer-agrees"),
    ("accepted", "enquirer-refuses"),
    ("introduced", "end"),
    ("asked", "stop"),
    ("accepted", "stop"),
    ("agreed", "stop"),
    ("introduced", "stop"),
}


def outbox(services: Services, reference: str = "E-0142") -> tuple[OutgoingLetter, ...]:
    with services.desk.store.read() as tx:
        return stored.outbox(tx, reference)


def test_asking_makes_the_introduction_the_letter_and_the_status_in_one_step(services: Services) -> None:
    done = services.introductions.ask("E-0142", "S-0001", DAY)
    assert introduced(services) == Introduction("E-0142", "S-0001", State.ASKED, DAY)
    assert services.desk.snapshot.enquiries["E-0142"].status is EnquiryStatus.TRIAGED
    assert [(letter.kind, letter.recipient, letter.written) for letter in outbox(services)] == [
        ("ask", "amina@example.org", DAY)
    ]
    assert done.touched.supporters == {"S-0001"}
    assert done.touched.enquiries == {"E-0142"}
    assert "Amina" in done.notice


def test_the_letter_that_asks_names_no_trainee(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    (letter,) = outbox(services)
    said = f"{letter.subject}\n{letter.body}".casefold()
    assert [
        word for word in ("robin", "vale", "robin@example.org", "st4", "manchester") if word in said
    ] == []
    assert "e-0142" in said


def test_the_letter_that_asks_says_nothing_of_a_topic_that_was_taken_back(services: Services) -> None:
    exam = services.desk.snapshot.reference.vocabulary.label(EXAM)
    assert exam in services.introductions.ask_draft("E-0142", "S-0001").text
    services.consent.withdraw("S-0001", Purpose.MATCH, EXAM, DAY)
    assert exam not in services.introductions.ask_draft("E-0142", "S-0001").text
    services.introductions.ask("E-0142", "S-0001", DAY)
    (letter,) = outbox(services)
    assert exam not in letter.body


def test_the_draft_is_the_letter_that_is_kept(services: Services) -> None:
    draft = services.introductions.ask_draft("E-0142", "S-0001")
    services.introductions.ask("E-0142", "S-0001", DAY)
    (letter,) = outbox(services)
    assert (letter.subject, letter.body, letter.recipient) == (draft.subject, draft.text, draft.recipient)


def test_a_yes_of_the_supporter_writes_to_the_enquirer_without_saying_who(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    draft = services.introductions.offer_draft("E-0142")
    services.introductions.take(Step.ACCEPT, "E-0142", "S-0001", DAY)
    offer = outbox(services)[-1]
    assert (offer.recipient, offer.subject, offer.body) == (draft.recipient, draft.subject, draft.text)
    assert (offer.kind, offer.recipient) == ("offer", "robin@example.org")
    said = f"{offer.subject}\n{offer.body}".casefold()
    assert [word for word in ("amina", "rahman", "07700", "preston", "anaesth") if word in said] == []


def test_another_yes_for_the_same_enquiry_writes_a_letter_of_its_own(services: Services) -> None:
    for supporter in ("S-0001", "S-0002"):
        services.introductions.ask("E-0142", supporter, DAY)
        services.introductions.take(Step.ACCEPT, "E-0142", supporter, DAY)
    assert [(letter.kind, letter.supporter) for letter in outbox(services)] == [
        ("ask", "S-0001"),
        ("offer", "S-0001"),
        ("ask", "S-0002"),
        ("offer", "S-0002"),
    ]


def test_the_place_the_policy_and_the_reason_of_a_choice_are_kept(services: Services) -> None:
    shortlist = services.shortlists.of("E-0142", DAY)
    last = shortlist.suggested[-1].supporter
    services.introductions.ask("E-0142", last, DAY, reason="  has met them before  ")
    line = services.upkeep.journal()[0]
    assert line.action == "ask"
    assert line.object == f"E-0142 {last}"
    count = len(shortlist.suggested)
    assert line.detail == f"place {count} of {count}, policy standard 1; with a reason"


@pytest.mark.parametrize(("state", "step"), list(product(State, STEPS)))
def test_law_each_step_is_taken_or_refused_as_the_formats_say(
    standing: Services, state: State, step: Step
) -> None:
    supporter = f"S-{list(State).index(state):04d}"
    before = standing.desk.snapshot.introductions
    if (state.value, step.value) in ALLOWED:
        done = standing.introductions.take(step, "E-0142", supporter, DAY)
        assert state_of(standing, supporter) is introduced_after(before, supporter).after(step, DAY).state
        standing.upkeep.undo(done)
    else:
        with pytest.raises(Refused, match=f"is {state.value}; {step.value} needs one that is"):
            standing.introductions.take(step, "E-0142", supporter, DAY)
    assert standing.desk.snapshot.introductions == before


def introduced_after(introductions: Sequence[Introduction], supporter: str) -> Introduction:
    return next(each for each in introductions if each.supporter == supporter)


def test_a_step_is_refused_for_a_pair_that_was_never_asked(still: Services) -> None:
    with pytest.raises(Refused, match="has not been asked"):
        still.introductions.take(Step.ACCEPT, "E-0142", "S-0001", DAY)


@pytest.mark.parametrize(("reference", "supporter"), [("E-9999", "S-0001"), ("E-0142", "S-9999")])
def test_ids_that_are_not_held_are_bad_input(still: Services, reference: str, supporter: str) -> None:
    with pytest.raises(BadInput, match="9999"):
        still.introductions.ask(reference, supporter, DAY)
    with pytest.raises(BadInput, match="9999"):
        still.introductions.take(Step.ACCEPT, reference, supporter, DAY)
    with pytest.raises(BadInput, match="9999"):
        still.introductions.ask_draft(reference, supporter)


def test_an_offer_for_an_enquiry_that_is_not_held_is_bad_input(still: Services) -> None:
    with pytest.raises(BadInput, match="E-9999"):
        still.introductions.offer_draft("E-9999")


def test_a_card_is_no_step_like_the_others(services: Services) -> None:
    agreed(services)
    with pytest.raises(BadInput, match="preview"):
        services.introductions.take(Step.HAND_OVER, "E-0142", "S-0001", DAY)


@pytest.mark.parametrize("status", [EnquiryStatus.ON_HOLD, EnquiryStatus.CLOSED, EnquiryStatus.WITHDRAWN])
def test_nobody_is_asked_for_an_enquiry_that_is_not_open(services: Services, status: EnquiryStatus) -> None:
    services.enquiries.set_status("E-0142", status)
    with pytest.raises(Refused, match=status.value):
        services.introductions.ask("E-0142", "S-0001", DAY)


def test_open_risk_holds_shortlist_and_asking_until_it_is_noted(services: Services) -> None:
    with pytest.raises(Refused, match=r"E-0144 .*danger"):
        services.introductions.ask("E-0144", "S-0001", DAY)
    with pytest.raises(Refused, match="nobody is suggested yet"):
        services.shortlists.of("E-0144", DAY)
    assert services.shortlists.every(DAY).held == ("E-0144",)
    services.enquiries.note_risk("E-0144", "rang, safe")
    assert services.shortlists.of("E-0144", DAY).suggested
    services.introductions.ask("E-0144", "S-0001", DAY)
    assert state_of(services, "S-0001", "E-0144") is State.ASKED


def test_the_same_person_is_not_asked_twice(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    with pytest.raises(Refused, match=r"Already asked for this enquiry."):
        services.introductions.ask("E-0142", "S-0001", DAY)
    services.introductions.take(Step.DECLINE, "E-0142", "S-0001", DAY)
    with pytest.raises(Refused, match=r"Already asked for this enquiry."):
        services.introductions.ask("E-0142", "S-0001", DAY)


def test_room_is_counted_in_the_transaction(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0002", DAY)
    with pytest.raises(Refused, match=r"Has no room now: 1 of 1 in hand."):
        services.introductions.ask("E-0143", "S-0002", DAY)
    services.introductions.take(Step.LAPSE, "E-0142", "S-0002", DAY)
    services.introductions.ask("E-0143", "S-0002", DAY)
    assert state_of(services, "S-0002", "E-0143") is State.ASKED


def test_every_gate_is_asked_again_in_the_transaction(services: Services) -> None:
    """The picture is old: somebody else's step is in the file, and the file is what counts."""
    old = services.desk.snapshot
    services.consent.withdraw("S-0001", Purpose.MATCH, ADHD, DAY)
    services.desk.snapshot = old
    assert "S-0001" in [s.supporter for s in services.shortlists.of("E-0142", DAY).suggested]
    with pytest.raises(Refused, match="S-0001 cannot be asked for E-0142"):
        services.introductions.ask("E-0142", "S-0001", DAY)
    assert state_of(services) is None


def test_a_refused_step_leaves_nothing(services: Services) -> None:
    with services.desk.store.read() as tx:
        before = stored.every(tx)
    lines = services.upkeep.journal()
    with pytest.raises(Refused, match=r"Consent to keep their record was never given: ask first."):
        services.introductions.ask("E-0142", "S-0003", DAY)
    with services.desk.store.read() as tx:
        assert stored.every(tx) == before
    assert outbox(services) == ()
    assert services.upkeep.journal() == lines


# ------------------------------------------------------------------------------- undo: law 9 of the matching rules


def test_an_undone_ask_leaves_shortlist_outbox_and_status_as_they_were(services: Services) -> None:
    before, picture = services.shortlists.of("E-0142", DAY), services.desk.snapshot.enquiries
    done = services.introductions.ask("E-0142", "S-0001", DAY)
    assert services.shortlists.of("E-0142", DAY) != before
    services.upkeep.undo(done)
    assert services.shortlists.of("E-0142", DAY) == before
    assert services.desk.snapshot.enquiries == picture
    assert outbox(services) == ()


def test_undoing_each_step_one_by_one_walks_back(services: Services) -> None:
    seen = [services.shortlists.of("E-0142", DAY)]
    steps = [services.introductions.ask("E-0142", "S-0001", DAY)]
    for step in (Step.ACCEPT, Step.ENQUIRER_AGREES, Step.STOP):
        seen.append(services.shortlists.of("E-0142", DAY))
        steps.append(services.introductions.take(step, "E-0142", "S-0001", DAY))
    for done, shortlist in zip(reversed(steps), reversed(seen), strict=True):
        services.upkeep.undo(done)
        assert services.shortlists.of("E-0142", DAY) == shortlist


def test_a_step_on_which_another_rests_cannot_be_undone_first(services: Services) -> None:
    asked = services.introductions.ask("E-0142", "S-0001", DAY)
    services.introductions.take(Step.ACCEPT, "E-0142", "S-0001", DAY)
    with pytest.raises(Refused, match="changed since"):
        services.upkeep.undo(asked)
    assert state_of(services) is State.ACCEPTED


def test_a_step_is_undone_once(services: Services) -> None:
    asked = services.introductions.ask("E-0142", "S-0001", DAY)
    services.upkeep.undo(asked)
    with pytest.raises(Refused, match="undone already"):
        services.upkeep.undo(asked)


# ---------------------------------------------------------------------------- networks in which a gate stands shut


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"paused_until": DAY + timedelta(days=1)}, "paused"),
        ({"available_until": DAY - timedelta(days=1)}, "unavailable"),
        ({"programmes": ("other",)}, "other_programme"),
        ({"email": "ROBIN@example.org"}, "same_person"),
        ({"name": "Dr Robin VALE"}, "same_person"),
        ({"relations": (Relation("robin@example.org", "trainer", date(2026, 1, 1)),)}, "power_relation"),
        ({"boundaries": Boundaries(topics=("neuro",))}, "own_boundary"),
        ({"capacity": 0}, "no_room"),
        ({"characteristics": (EXAM,)}, "essential_not_shared"),
        ({"organisation": "mft"}, "excluded_by_enquirer"),
    ],
)
def test_each_gate_refuses_to_ask(services: Services, change: dict[str, object], code: str) -> None:
    services.enquiries.change("E-0142", exclusions=Exclusions(organisations=("mft",)))
    services.supporters.change(replace(AMINA, **change))  # type: ignore[arg-type]  # fields of a supporter
    refused = services.shortlists.of("E-0142", DAY).refused
    (found,) = [each for each in refused if each.supporter == "S-0001"]
    assert found.code == code
    with pytest.raises(Refused) as refusal:
        services.introductions.ask("E-0142", "S-0001", DAY)
    assert str(refusal.value) == f"S-0001 cannot be asked for E-0142. {found.text}.", (
        "a sentence, and no code"
    )


def test_a_barred_pair_is_not_asked(make: Make) -> None:
    barred = make(replace(NETWORK, barred=(Barred("Robin@Example.org", "S-0001"),)))
    with pytest.raises(Refused, match=r"Must not be introduced to this person."):
        barred.introductions.ask("E-0142", "S-0001", DAY)


@pytest.mark.parametrize(
    ("consents", "why"),
    [
        ((yes(Purpose.HOLD),), "Consent for what this enquiry needs was never given: ask first."),
        (
            (yes(Purpose.HOLD), replace(yes(Purpose.MATCH, ADHD), expires=DAY)),
            "Consent for what this enquiry needs ended on 20 Nov 2026.",
        ),
        ((yes(Purpose.MATCH, ADHD),), "Consent to keep their record was never given: ask first."),
    ],
)
def test_consent_refuses_to_ask(make: Make, consents: tuple[object, ...], why: str) -> None:
    person = replace(TOM, consents=consents)  # type: ignore[arg-type]  # records of consent
    network = make(replace(NETWORK, supporters=(person,), enquiries=(ENQUIRY,)))
    with pytest.raises(Refused, match=f"E-0142. {why}$"):
        network.introductions.ask("E-0142", "S-0002", DAY)
