"""What refuses a card: state, consent and kept-apart pairs, judged on the day, before anything of it is made."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from peermatch.errors import BadInput, PeerMatchError, Refused
from peermatch.model.changes import Touched
from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.enquiry import Enquiry, EnquiryStatus, Exclusions, Requester, Risk, RiskKind
from peermatch.model.explanation import CODE_WORDS
from peermatch.model.introduction import Introduction, State
from peermatch.model.people import Boundaries, Relation, SupporterStatus
from peermatch.model.verdict import Code
from peermatch.services.office import Services
from peermatch.store import enquiries as stored_enquiries
from peermatch.store import introductions as stored
from peermatch.store import supporters as stored_supporters
from peermatch.store.tables import BarredRow
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, EXAM, yes
from tests.services.desks import records

PAIR = ("E-0199", "S-0099")
TOMORROW = DAY + timedelta(days=1)
AGREED = Introduction("E-0199", "S-0099", State.AGREED, DAY, DAY)


def refused(
    services: Services, what: str, on: date = DAY, pair: tuple[str, str] = ("E-0142", "S-0001")
) -> None:
    """A card is refused before anything of it is made."""
    with pytest.raises(Refused, match=what):
        services.handing_out.preview(*pair, on)
    assert records(services, *pair) == 0


@pytest.mark.parametrize("state", [state for state in State if state not in (State.AGREED, State.INTRODUCED)])
def test_a_card_needs_an_introduction_that_is_agreed(standing: Services, state: State) -> None:
    supporter = f"S-{list(State).index(state):04d}"
    with pytest.raises(Refused, match=f"is {state.value}; card needs one that is agreed or introduced"):
        standing.handing_out.preview("E-0142", supporter, DAY)


def test_a_pair_that_was_never_asked_is_bad_input(still: Services) -> None:
    with pytest.raises(Refused, match="has not been asked"):
        still.handing_out.preview("E-0142", "S-0001", DAY)


@pytest.mark.parametrize(("reference", "supporter"), [("E-9999", "S-0001"), ("E-0142", "S-9999")])
def test_ids_that_are_not_held_are_bad_input(still: Services, reference: str, supporter: str) -> None:
    with pytest.raises(BadInput, match="9999"):
        still.handing_out.preview(reference, supporter, DAY)


def loaded(
    services: Services,
    consents: tuple[ConsentRecord, ...] = AMINA.consents,
    enquiry: Enquiry = ENQUIRY,
    email: str | None = AMINA.email,
) -> Services:
    """The network with one more supporter, whose introduction for one more enquiry is agreed already."""
    with services.desk.store.write("test") as tx:
        stored_supporters.add(tx, replace(AMINA, id="S-0099", email=email, consents=consents))
        stored_enquiries.add(tx, replace(enquiry, reference="E-0199"))
        stored.add(tx, AGREED)
    services.desk.renew(Touched(network=True))
    return services


@pytest.mark.parametrize("status", [s for s in SupporterStatus if s is not SupporterStatus.ACTIVE])
def test_the_supporter_must_be_active(ready: Services, status: SupporterStatus) -> None:
    ready.supporters.change(replace(AMINA, status=status))
    refused(ready, "not active")


@pytest.mark.parametrize(
    "hold",
    [
        (),
        (replace(yes(Purpose.HOLD), expires=DAY),),
        (replace(yes(Purpose.HOLD), withdrawn=DAY),),
        (replace(yes(Purpose.HOLD), given=TOMORROW),),
    ],
)
def test_the_consent_to_hold_the_record_must_be_valid(
    services: Services, hold: tuple[ConsentRecord, ...]
) -> None:
    rest = (c for c in AMINA.consents if c.purpose is not Purpose.HOLD)
    refused(loaded(services, (*hold, *rest)), "not active with valid consent", pair=PAIR)


def test_one_channel_with_value_and_consent_is_needed(ready: Services) -> None:
    ready.consent.withdraw("S-0001", Purpose.CONTACT_EMAIL, None, DAY)
    refused(ready, "no contact channel")
    ready.consent.give("S-0001", Purpose.CONTACT_PHONE, None, wording="2026-1", method=Method.SPOKEN, on=DAY)
    assert "phone number" in [p.what for p in ready.handing_out.preview("E-0142", "S-0001", DAY).leaves]


def test_a_pair_that_was_barred_after_the_asking_gets_no_card(ready: Services) -> None:
    with ready.desk.store.write("test") as tx:
        tx.session.add(BarredRow(enquirer="somebody@example.org", supporter="S-0001"))
        tx.session.add(BarredRow(enquirer="robin@example.org", supporter="S-0002"))
    ready.handing_out.preview("E-0142", "S-0001", DAY)
    with ready.desk.store.write("test") as tx:
        tx.session.add(BarredRow(enquirer=" Robin@Example.org ", supporter="S-0001"))
    refused(ready, "kept apart for good")


def test_a_channel_without_a_value_is_none(ready: Services) -> None:
    ready.supporters.change(replace(AMINA, email=None))
    refused(ready, "no contact channel")


@pytest.mark.parametrize("on", [date(2027, 9, 11), date(2026, 9, 11)])
def test_consent_is_asked_on_the_day_itself(ready: Services, on: date) -> None:
    refused(ready, "not active with valid consent", on)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"email": "Robin@example.org"}, "same_person"),
        ({"other_emails": ("robin@example.org",)}, "same_person"),
        ({"name": "Mx Robin Vale"}, "same_person"),
        ({"relations": (Relation("ROBIN@example.org", "supervisor", DAY, DAY),)}, "power_relation"),
        ({"boundaries": Boundaries(specialties=("general-psychiatry",))}, "own_boundary"),
        ({"boundaries": Boundaries(topics=("neuro",))}, "own_boundary"),
        ({"boundaries": Boundaries(organisations=("mft",))}, "own_boundary"),
    ],
)
def test_who_must_be_kept_apart_is_kept_apart_on_that_day(
    ready: Services, change: dict[str, Any], code: str
) -> None:
    ready.supporters.change(replace(AMINA, **change))
    refused(ready, f"must not be introduced: {CODE_WORDS[Code(code)].reason}.")


@pytest.mark.parametrize(
    "exclusions",
    [
        Exclusions(organisations=("lthtr",)),
        Exclusions(specialties=("anaesthetics",)),
        Exclusions(supporters=("S-0001",)),
        Exclusions(people=("Dr Amina Rahman",)),
        Exclusions(people=("AMINA@example.org",)),
    ],
)
def test_whom_the_enquirer_excluded_meanwhile_gets_no_card(ready: Services, exclusions: Exclusions) -> None:
    ready.enquiries.change("E-0142", exclusions=exclusions)
    refused(ready, "must not be introduced: to be kept away from.")


@pytest.mark.parametrize(
    "change",
    [
        {"paused_until": TOMORROW},
        {"available_until": DAY - timedelta(days=1)},
        {"capacity": 0},
        {"programmes": ("x",)},
    ],
)
def test_the_other_gates_do_not_stop_a_card_that_was_agreed(ready: Services, change: dict[str, Any]) -> None:
    ready.supporters.change(replace(AMINA, **change))
    assert ready.handing_out.preview("E-0142", "S-0001", DAY).recipient == "robin@example.org"


def test_a_withdrawn_essential_topic_refuses_the_card(services: Services) -> None:
    consents = [replace(c, withdrawn=DAY) if c.characteristic == ADHD else c for c in AMINA.consents]
    refused(loaded(services, tuple(consents)), "has withdrawn consent", pair=PAIR)


def test_a_withdrawn_helpful_topic_does_not_refuse_the_card_and_is_not_spoken_of(services: Services) -> None:
    consents = [replace(c, withdrawn=DAY) if c.characteristic == EXAM else c for c in AMINA.consents]
    loaded(services, (*consents, yes(Purpose.SHARE, EXAM)))
    preview = services.handing_out.preview(*PAIR, DAY)
    assert "Failing an exam" not in (*preview.stays, *(line.what for line in preview.leaves))


@pytest.mark.parametrize("consents", [(), (replace(yes(Purpose.MATCH, ADHD), expires=DAY),)])
def test_a_match_that_ended_or_was_never_given_does_not_refuse_the_card(
    services: Services, consents: tuple[ConsentRecord, ...]
) -> None:
    kept = tuple(c for c in AMINA.consents if c.purpose is not Purpose.MATCH)
    loaded(services, (*kept, *consents))
    assert services.handing_out.preview(*PAIR, DAY).files


def test_an_enquirer_who_withdrew_gets_no_card(services: Services) -> None:
    loaded(services, enquiry=replace(ENQUIRY, status=EnquiryStatus.WITHDRAWN))
    refused(services, "has withdrawn, so no card leaves", pair=PAIR)


@pytest.mark.parametrize("address", [None, "", "  "])
def test_without_an_address_no_card_leaves(services: Services, address: str | None) -> None:
    loaded(services, enquiry=replace(ENQUIRY, requester=Requester("Robin Vale", address)))
    refused(services, "no e-mail address", pair=PAIR)


@pytest.mark.parametrize(
    "address",
    [
        "robin@example.org, all@example.org",
        "robin@example.org\r\nBcc: all@example.org",
        "Robin <robin@example.org>",
        "everybody: robin@example.org, all@example.org;",
        "robin",
        "robin@",
        "@example.org",
        "ro bin@example.org",
    ],
)
def test_an_address_that_is_not_one_persons_sends_no_card(services: Services, address: str) -> None:
    loaded(services, enquiry=replace(ENQUIRY, requester=Requester("Robin Vale", address)))
    with pytest.raises(PeerMatchError) as error:
        services.handing_out.preview(*PAIR, DAY)
    assert error.value.exit_code in (3, 6)


def test_a_sign_of_danger_that_nobody_has_answered_holds_the_card_back(services: Services) -> None:
    danger = (Risk(RiskKind.DANGER, ("he waits outside",)),)
    loaded(services, enquiry=replace(ENQUIRY, risk=danger))
    refused(services, "may need help today", pair=PAIR)


def test_a_sign_of_danger_that_was_answered_does_not(services: Services) -> None:
    danger = (Risk(RiskKind.DANGER, ("he waits outside",)),)
    loaded(services, enquiry=replace(ENQUIRY, risk=danger, risk_done="20 November: rang, safe"))
    assert services.handing_out.preview(*PAIR, DAY).files


@pytest.mark.parametrize("address", ["a@example.org, b@example.org", "Amina <a@example.org>", "nobody"])
def test_a_supporters_address_must_be_one_address_too(services: Services, address: str) -> None:
    loaded(services, email=address)
    refused(services, "not one address", pair=PAIR)


def test_a_card_without_a_page_is_not_recorded_as_printed(ready: Services) -> None:
    preview = ready.handing_out.preview("E-0142", "S-0001", DAY, ("vcf",))
    with pytest.raises(Refused, match="no page"):
        ready.handing_out.hand_over_on_paper(preview, DAY)
    (step,) = ready.desk.snapshot.introductions_of("E-0142")
    assert step.introduced is None
