"""Consent given, withdrawn and due: records that are only ever added to, and what a withdrawal brings about."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.model.changes import Touched
from peermatch.model.consent import ConsentRecord, Method, Purpose, Standing
from peermatch.model.enquiry import Importance, Need
from peermatch.model.introduction import State, Step
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.services.office import Services
from peermatch.store import enquiries as stored_enquiries
from peermatch.store import supporters as stored
from tests.networks import ADHD, AMINA, DAY, EXAM, yes
from tests.services.desks import agreed, state_of

ONE = timedelta(days=1)
FAR = date(2100, 1, 1)


def give(services: Services, purpose: Purpose, topic: str | None = None, **changes: object) -> None:
    known: dict[str, object] = {"wording": "2026-1", "method": Method.SPOKEN, "on": DAY} | changes
    services.consent.give("S-0001", purpose, topic, **known)  # type: ignore[arg-type]  # keywords of give


def standing(
    services: Services, purpose: Purpose, topic: str | None = None, on: date = DAY, who: str = "S-0001"
) -> Standing:
    return (
        services.desk.snapshot.gate(services.desk.snapshot.supporters[who], on)
        .ruling(purpose, topic)
        .standing
    )


def put(services: Services, person: Supporter) -> None:
    """A supporter with a history as a portable file may bring it."""
    with services.desk.store.write("test") as tx:
        stored.add(tx, person)
    services.desk.renew(Touched(supporters=frozenset({person.id})))


def test_a_yes_is_one_more_record_at_the_end(services: Services) -> None:
    before = services.consent.records("S-0001")
    done = services.consent.give(
        "S-0001",
        Purpose.CONTACT_NAME,
        None,
        wording="2026-1",
        method=Method.EMAIL,
        on=DAY,
        expires=date(2027, 11, 20),
        evidence="e-mail of 20 November",
    )
    added = ConsentRecord(
        Purpose.CONTACT_NAME,
        None,
        DAY,
        date(2027, 11, 20),
        None,
        Method.EMAIL,
        "2026-1",
        None,
        "e-mail of 20 November",
    )
    assert services.consent.records("S-0001") == (*before, added)
    assert standing(services, Purpose.CONTACT_NAME) is Standing.VALID
    assert done.touched.supporters == {"S-0001"}


@pytest.mark.parametrize("purpose", [Purpose.MATCH, Purpose.SHARE, Purpose.LIST, Purpose.COUNT])
def test_what_is_given_per_characteristic_needs_one(still: Services, purpose: Purpose) -> None:
    with pytest.raises(BadInput, match="for one characteristic"):
        give(still, purpose)
    with pytest.raises(BadInput, match="for one characteristic"):
        still.consent.withdraw("S-0001", purpose, None, DAY)


@pytest.mark.parametrize("purpose", [Purpose.HOLD, Purpose.CONTACT_EMAIL, Purpose.CONTACT_ORGANISATION])
def test_what_is_given_for_the_whole_record_takes_none(still: Services, purpose: Purpose) -> None:
    with pytest.raises(BadInput, match="not about a characteristic"):
        give(still, purpose, ADHD)
    with pytest.raises(BadInput, match="not about a characteristic"):
        still.consent.withdraw("S-0001", purpose, ADHD, DAY)


@pytest.mark.parametrize("topic", ["neuro", "nothing.at-all", ""])
def test_only_a_term_can_be_agreed_to(still: Services, topic: str) -> None:
    with pytest.raises(BadInput, match="not a characteristic of the vocabulary"):
        give(still, Purpose.MATCH, topic)


def test_only_a_wording_that_is_held_can_be_agreed_to(still: Services) -> None:
    with pytest.raises(BadInput, match="no wording 2031-9") as error:
        give(still, Purpose.CONTACT_NAME, wording="2031-9")
    assert "2026-1" in error.value.hint
    assert still.consent.records("S-0001") == AMINA.consents


@pytest.mark.parametrize("expires", [DAY, DAY - ONE])
def test_consent_does_not_end_before_it_begins(still: Services, expires: date) -> None:
    with pytest.raises(BadInput, match="end before it begins"):
        give(still, Purpose.CONTACT_NAME, expires=expires)


def test_consent_for_what_the_record_does_not_list_is_said_to_have_no_effect(services: Services) -> None:
    done = services.consent.give(
        "S-0001", Purpose.MATCH, "neuro.autism", wording="2026-1", method=Method.FORM, on=DAY
    )
    assert "no effect" in done.notice
    listed = services.consent.give(
        "S-0001", Purpose.MATCH, ADHD, wording="2026-1", method=Method.FORM, on=DAY
    )
    assert "no effect" not in listed.notice


def test_several_are_given_in_one_step_or_none(services: Services) -> None:
    good = ConsentRecord(Purpose.CONTACT_NAME, None, DAY, None, None, Method.FORM, "2026-1")
    for bad in (
        replace(good, wording="lost"),
        replace(good, characteristic=ADHD),
        replace(good, expires=DAY),
    ):
        with pytest.raises(BadInput):
            services.consent.give_all("S-0001", (good, bad), DAY)
        assert services.consent.records("S-0001") == AMINA.consents
    services.consent.give_all("S-0001", (good, replace(good, purpose=Purpose.CONTACT_ROLE)), DAY)
    assert len(services.consent.records("S-0001")) == len(AMINA.consents) + 2
    assert services.upkeep.journal()[0].detail == "contact-name; contact-role"


def test_who_is_not_held_is_bad_input(still: Services) -> None:
    for ask in (
        lambda: still.consent.records("S-9"),
        lambda: still.consent.table("S-9", DAY),
        lambda: still.consent.withdraw("S-9", Purpose.HOLD, None, DAY),
        lambda: still.consent.withdraw_everything("S-9", DAY),
        lambda: still.consent.give("S-9", Purpose.HOLD, None, wording="2026-1", method=Method.FORM, on=DAY),
    ):
        with pytest.raises(BadInput, match="no supporter S-9"):
            ask()


def test_the_table_says_how_each_purpose_stands(still: Services) -> None:
    table = still.consent.table("S-0001", DAY)
    assert [line.characteristic for line in table] == [None] * 6 + [ADHD] * 4 + [EXAM] * 4
    valid = {(line.purpose.value, line.characteristic) for line in table if line.ruling.valid}
    assert valid == {
        ("hold", None),
        ("contact-email", None),
        ("match", ADHD),
        ("share", ADHD),
        ("match", EXAM),
    }


# ----------------------------------------------------------------------------------------------------- withdrawing


def test_a_withdrawal_is_a_date_on_the_record_and_works_at_once(services: Services) -> None:
    services.consent.withdraw("S-0001", Purpose.MATCH, EXAM, DAY)
    records = services.consent.records("S-0001")
    assert len(records) == len(AMINA.consents)
    assert [r.withdrawn for r in records if r.purpose is Purpose.MATCH and r.characteristic == EXAM] == [DAY]
    assert [r.withdrawn for r in records if r.characteristic != EXAM] == [None] * 4
    assert standing(services, Purpose.MATCH, EXAM) is Standing.WITHDRAWN


def test_a_withdrawn_topic_is_brought_up_by_no_suggestion(services: Services) -> None:
    services.consent.withdraw("S-0001", Purpose.MATCH, EXAM, DAY)
    shortlist = services.shortlists.of("E-0142", DAY)
    (amina,) = (s for s in shortlist.suggested if s.supporter == "S-0001")
    points = [reason.points for reason in amina.reasons if "exam" in reason.text.casefold()]
    assert [each for each in points if each > 0] == []


def test_consent_that_was_never_given_cannot_be_withdrawn(still: Services) -> None:
    with pytest.raises(Refused, match="no consent to “give their surname”"):
        still.consent.withdraw("S-0001", Purpose.CONTACT_NAME, None, DAY)


def test_a_yes_of_a_later_day_can_be_taken_back_before_it_comes_into_force(services: Services) -> None:
    services.consent.withdraw("S-0001", Purpose.HOLD, None, date(2026, 9, 11))
    assert standing(services, Purpose.HOLD, None, DAY) is Standing.WITHDRAWN


def test_todays_no_goes_over_a_yes_that_a_clock_ahead_dated_later(services: Services) -> None:
    give(services, Purpose.SHARE, ADHD, on=DAY + ONE)
    services.consent.withdraw("S-0001", Purpose.SHARE, ADHD, DAY)
    assert standing(services, Purpose.SHARE, ADHD, DAY) is Standing.WITHDRAWN
    assert standing(services, Purpose.SHARE, ADHD, DAY + ONE) is Standing.WITHDRAWN
    with pytest.raises(Refused, match="already"):
        services.consent.withdraw("S-0001", Purpose.SHARE, ADHD, DAY + ONE)


def test_a_yes_of_an_earlier_day_never_goes_over_a_later_no(services: Services) -> None:
    services.consent.withdraw("S-0001", Purpose.SHARE, ADHD, DAY)
    held = services.consent.records("S-0001")
    with pytest.raises(Refused, match="took back the yes to “name it on a card” on 20 November 2026"):
        give(services, Purpose.SHARE, ADHD, on=DAY - ONE)
    assert services.consent.records("S-0001") == held
    assert standing(services, Purpose.SHARE, ADHD, DAY) is Standing.WITHDRAWN


def test_consent_is_withdrawn_once(services: Services) -> None:
    services.consent.withdraw("S-0001", Purpose.SHARE, ADHD, DAY)
    with pytest.raises(Refused, match="withdrawn on 20 November 2026 already"):
        services.consent.withdraw("S-0001", Purpose.SHARE, ADHD, DAY + ONE)


def test_a_withdrawn_consent_can_be_given_again_the_same_day(services: Services) -> None:
    services.consent.withdraw("S-0001", Purpose.SHARE, ADHD, DAY)
    give(services, Purpose.SHARE, ADHD)
    assert standing(services, Purpose.SHARE, ADHD) is Standing.VALID
    services.consent.withdraw("S-0001", Purpose.SHARE, ADHD, DAY)
    assert standing(services, Purpose.SHARE, ADHD) is Standing.WITHDRAWN
    assert len(services.consent.records("S-0001")) == len(AMINA.consents) + 1


def test_a_consent_that_ended_can_be_withdrawn_so_that_nobody_asks_again(services: Services) -> None:
    later = date(2027, 10, 1)
    assert standing(services, Purpose.MATCH, ADHD, later) is Standing.ENDED
    services.consent.withdraw("S-0001", Purpose.MATCH, ADHD, later)
    assert standing(services, Purpose.MATCH, ADHD, later) is Standing.WITHDRAWN


def test_a_withdrawal_that_was_dated_for_later_works_at_once_when_they_say_so(services: Services) -> None:
    later = replace(yes(Purpose.MATCH, ADHD), withdrawn=DAY + 10 * ONE)
    put(services, replace(AMINA, id="S-0010", consents=(yes(Purpose.HOLD), later)))
    services.consent.withdraw("S-0010", Purpose.MATCH, ADHD, DAY)
    assert standing(services, Purpose.MATCH, ADHD, who="S-0010") is Standing.WITHDRAWN
    assert services.consent.records("S-0010")[1] == later


def _pair(services: Services) -> tuple[str, str]:
    """A term and the term above it."""
    terms = services.desk.shipped.reference.vocabulary.terms
    return next((id, term.broader) for id, term in terms.items() if term.broader in terms)


def test_withdrawing_cannot_be_undone_and_neither_can_giving(services: Services) -> None:
    done = services.consent.withdraw("S-0001", Purpose.SHARE, ADHD, DAY).done
    assert done.undo is None
    given = services.consent.give("S-0001", Purpose.SHARE, ADHD, wording="2026-1", method=Method.FORM, on=DAY)
    assert given.undo is None


# ---------------------------------------------------------------------------- what a withdrawal stops and what it lists


@pytest.mark.parametrize(("purpose", "topic"), [(Purpose.HOLD, None), (Purpose.MATCH, ADHD)])
@pytest.mark.parametrize("steps", [(), (Step.ACCEPT,), (Step.ACCEPT, Step.ENQUIRER_AGREES)])
def test_a_withdrawal_stops_every_introduction_that_is_not_sent(
    services: Services, purpose: Purpose, topic: str | None, steps: tuple[Step, ...]
) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    for step in steps:
        services.introductions.take(step, "E-0142", "S-0001", DAY)
    services.introductions.ask("E-0143", "S-0001", DAY)
    services.introductions.ask("E-0142", "S-0002", DAY)
    withdrawal = services.consent.withdraw("S-0001", purpose, topic, DAY)
    assert {(i.enquiry, i.supporter, i.state) for i in withdrawal.stopped} == {
        ("E-0142", "S-0001", State.STOPPED),
        ("E-0143", "S-0001", State.STOPPED),
    }
    assert withdrawal.done.touched.enquiries == {"E-0142", "E-0143"}
    assert withdrawal.sent == ()
    assert state_of(services) is State.STOPPED
    assert state_of(services, "S-0002") is State.ASKED


def test_a_card_that_left_is_listed_and_not_stopped(services: Services, tmp_path: Path) -> None:
    agreed(services)
    preview = services.handing_out.preview("E-0142", "S-0001", DAY)
    services.handing_out.hand_over(preview, DAY, tmp_path / "out")
    services.introductions.ask("E-0143", "S-0001", DAY)
    expected = services.consent.consequences("S-0001", DAY)
    withdrawal = services.consent.withdraw_everything("S-0001", DAY)
    assert [(i.enquiry, i.state) for i in withdrawal.sent] == [("E-0142", State.INTRODUCED)]
    assert [i.enquiry for i in withdrawal.stopped] == ["E-0143"]
    assert [i.enquiry for i in expected.sent] == ["E-0142"]
    assert [i.enquiry for i in expected.stopped] == ["E-0143"]


@pytest.mark.parametrize(("purpose", "topic"), [(Purpose.SHARE, ADHD), (Purpose.MATCH, EXAM)])
def test_what_an_introduction_does_not_rest_on_stops_nothing(
    services: Services, purpose: Purpose, topic: str
) -> None:
    agreed(services)
    assert services.consent.withdraw("S-0001", purpose, topic, DAY).stopped == ()
    assert state_of(services) is State.AGREED


def test_where_nothing_was_essential_an_introduction_rests_on_all_that_was_asked_for(
    services: Services,
) -> None:
    with services.desk.store.write("test") as tx:
        enquiry = stored_enquiries.get(tx, "E-0142")
        needs = (Need(ADHD, Importance.HELPFUL), Need(EXAM, Importance.HELPFUL))
        stored_enquiries.change(tx, replace(enquiry, needs=needs))
    services.desk.renew(Touched(enquiries=frozenset({"E-0142"})))
    agreed(services)
    services.consent.withdraw("S-0001", Purpose.MATCH, EXAM, DAY)
    assert state_of(services) is State.STOPPED


def test_a_broader_consent_that_covered_the_topic_stops_its_introductions(services: Services) -> None:
    child, parent = _pair(services)
    wide = replace(yes(Purpose.MATCH, parent), wording="wide")
    put(services, replace(AMINA, id="S-0010", characteristics=(child,), consents=(yes(Purpose.HOLD), wide)))
    services.enquiries.set_needs("E-0142", (child,), ())
    services.introductions.ask("E-0142", "S-0010", DAY)
    withdrawal = services.consent.withdraw("S-0010", Purpose.MATCH, parent, DAY)
    assert [i.supporter for i in withdrawal.stopped] == ["S-0010"]


def test_everything_is_withdrawn_in_one_act_for_ever(services: Services) -> None:
    coming = replace(yes(Purpose.MATCH, ADHD), given=DAY + 5 * ONE, expires=None)
    dated = replace(yes(Purpose.CONTACT_EMAIL), withdrawn=DAY + 9 * ONE)
    endless = replace(yes(Purpose.SHARE, ADHD), expires=None)
    put(services, replace(AMINA, id="S-0010", consents=(yes(Purpose.HOLD), coming, dated, endless)))
    services.consent.withdraw_everything("S-0010", DAY)
    asked = [(p, None) for p in Purpose] + [(p, ADHD) for p in Purpose]
    days = (DAY, DAY + ONE, DAY + 5 * ONE, DAY + 9 * ONE, FAR)
    assert not [
        (day, purpose, topic)
        for day in days
        for purpose, topic in asked
        if standing(services, purpose, topic, day, "S-0010") is Standing.VALID
    ]
    assert "S-0010" not in [s.supporter for s in services.shortlists.of("E-0142", DAY).suggested]
    assert services.upkeep.check().damage == ()


def test_withdrawing_everything_a_second_time_does_nothing(services: Services) -> None:
    services.consent.withdraw_everything("S-0001", DAY)
    records = services.consent.records("S-0001")
    services.consent.withdraw_everything("S-0001", DAY + ONE)
    assert services.consent.records("S-0001") == records


# ------------------------------------------------------------------------------------------------------ what is due


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2027, 8, 11), False),
        (date(2027, 8, 12), True),
        (date(2027, 9, 10), True),
        (date(2027, 9, 11), True),
        (date.max, True),
    ],
)
def test_consent_is_due_from_thirty_days_before_its_end(still: Services, on: date, due: bool) -> None:
    lines = {(line.supporter, line.purpose) for line in still.consent.due(on)}
    assert (("S-0001", Purpose.CONTACT_EMAIL) in lines) is due


def test_a_match_that_was_never_asked_for_is_due_and_what_was_withdrawn_is_not(services: Services) -> None:
    services.consent.withdraw("S-0004", Purpose.MATCH, ADHD, DAY)
    due = [(line.supporter, line.purpose.value, line.characteristic) for line in services.consent.due(DAY)]
    assert due == [("S-0003", "hold", None), ("S-0003", "match", "neuro.autism")]


def test_who_is_not_active_is_not_asked_again(services: Services) -> None:
    jo = services.desk.snapshot.supporters["S-0003"]
    services.supporters.change(replace(jo, status=SupporterStatus.LEFT))
    assert services.consent.due(DAY) == ()


def test_what_ends_first_stands_first(services: Services) -> None:
    give(services, Purpose.CONTACT_NAME, expires=DAY + 3 * ONE)
    give(services, Purpose.CONTACT_ROLE, expires=DAY + 2 * ONE)
    assert [line.purpose.value for line in services.consent.due(DAY)][:2] == ["contact-role", "contact-name"]
