"""The record of a decision: kept with the step, put again on its own day and on a later one, and what is not shown."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import overload

import pytest
import sqlalchemy

from peermatch.errors import BadInput, Damaged, Refused
from peermatch.matching.engine import shortlist_to_dict
from peermatch.model.changes import Touched
from peermatch.model.comparison import Change, Kind
from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.enquiry import Enquiry, Risk, RiskKind
from peermatch.model.introduction import Step
from peermatch.model.people import SupporterStatus
from peermatch.model.verdict import Refusal
from peermatch.services.decisions import Replay, record, sha256_of
from peermatch.services.office import Services
from peermatch.store import enquiries
from tests.networks import ADHD, AMINA, DAY, EXAM, TOM
from tests.services.desks import NIA

LATER = date(2027, 2, 1)
REF = "E-0142"


@pytest.fixture
def asked(services: Services) -> Services:
    """Tom is asked, who stands third."""
    services.introductions.ask(REF, "S-0002", DAY, reason=" lives nearer ")
    return services


def replay(services: Services, on: date = DAY) -> Replay:
    (decision,) = services.decisions.of(REF)
    return services.decisions.replay(decision, on)


def changes(services: Services, on: date = DAY) -> dict[str, Change]:
    return {change.supporter: change for change in replay(services, on).changes}


def rewritten(services: Services, enquiry: Enquiry) -> None:
    """An enquiry as a later letter might leave it."""
    with services.desk.command("change-enquiry", enquiry.reference) as tx:
        enquiries.change(tx, enquiry)
    services.desk.renew(Touched(enquiries=frozenset({enquiry.reference})))


def test_the_step_keeps_what_it_rests_on(services: Services) -> None:
    shortlist = services.shortlists.of(REF, DAY)
    document = json.dumps(
        shortlist_to_dict(shortlist, 0), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    services.introductions.ask(REF, "S-0002", DAY, reason=" lives nearer ")
    (decision,) = services.decisions.of(REF)
    assert (decision.enquiry, decision.on, decision.supporter) == (REF, DAY, "S-0002")
    assert (decision.place, decision.reason) == (3, "lives nearer")
    assert decision.policy == services.desk.snapshot.policy
    assert [each.supporter for each in decision.suggested] == [s.supporter for s in shortlist.suggested]
    assert [(each.supporter, each.codes) for each in decision.refused] == [
        (r.supporter, r.codes) for r in shortlist.refused
    ]
    assert decision.sha256 == hashlib.sha256(document.encode()).hexdigest()
    assert services.upkeep.journal(1)[0].detail == "place 3 of 3, policy standard 1; with a reason"


def test_an_enquiry_for_which_nobody_was_asked_has_none(still: Services) -> None:
    assert still.decisions.of(REF) == ()
    with pytest.raises(BadInput, match="E-9999"):
        still.decisions.of("E-9999")


def test_on_the_same_day_the_same_register_gives_the_same_bytes(asked: Services) -> None:
    found = replay(asked)
    assert (found.same, found.changes, found.policy) == (True, (), ())
    assert (found.unchanged, found.not_compared) == (4, 0)


def test_it_stays_the_same_while_the_introduction_goes_on(asked: Services) -> None:
    asked.introductions.take(Step.ACCEPT, REF, "S-0002", DAY)
    asked.introductions.take(Step.ENQUIRER_AGREES, REF, "S-0002", DAY)
    assert replay(asked).same


def test_a_letter_that_is_known_better_now_is_asked_as_it_was(asked: Services) -> None:
    asked.enquiries.set_needs(REF, (), (EXAM,))
    assert replay(asked).same


def test_who_asked_is_who_is_known_now(asked: Services) -> None:
    enquiry = asked.desk.snapshot.enquiry(REF)
    known = replace(enquiry.requester, name="Nia Powell")
    rewritten(asked, replace(enquiry, requester=known))
    found = replay(asked)
    assert not found.same
    assert changes(asked)["S-0004"].why[0] == "kept apart now"


def test_a_busier_supporter_says_what_load_took(asked: Services) -> None:
    asked.introductions.ask("E-0143", "S-0001", DAY)
    found = changes(asked)["S-0001"]
    assert found.why == ("load took 4 points more",)
    assert found.score_then is not None
    assert found.score_now is not None
    assert found.score_now < found.score_then
    assert not replay(asked).same


def test_somebody_asked_later_for_the_same_enquiry_is_asked_already(asked: Services) -> None:
    asked.introductions.take(Step.DECLINE, REF, "S-0002", DAY)
    asked.introductions.ask(REF, "S-0001", LATER)
    first, second = asked.decisions.of(REF)
    assert (first.supporter, second.supporter, second.on) == ("S-0002", "S-0001", LATER)
    found = {c.supporter: c for c in asked.decisions.replay(first, LATER).changes}
    assert found["S-0001"].why == ("asked already",)
    assert found["S-0001"].place_now is None
    assert asked.decisions.replay(second, LATER).same


def test_pauses_newcomers_and_full_hands_are_told(asked: Services) -> None:
    asked.supporters.change(replace(AMINA, paused_until=date(2027, 6, 1)))
    asked.supporters.change(replace(NIA, capacity=0))
    asked.supporters.add(replace(NIA, id="S-0009", name="Ola Brown", email="ola@example.org"))
    found = changes(asked, LATER)
    assert found["S-0001"].why == ("paused now",)
    assert found["S-0004"].why == ("capacity reached",)
    assert (found["S-0009"].kind, found["S-0009"].place_now) == (Kind.NEW, 1)
    assert found["S-0002"].place_now == 2
    assert found["S-0002"].why == ("others changed places",)


def test_consent_that_ended_is_told_and_nothing_is_hidden(asked: Services) -> None:
    ended = date(2027, 10, 1)
    found = replay(asked, ended)
    assert found.same
    assert found.not_compared == 0
    assert {c.supporter: c.why for c in found.changes}["S-0001"] == ("not active now", "consent ended")


def test_what_is_weighed_otherwise_is_told(asked: Services) -> None:
    policy = asked.desk.snapshot.policy
    asked.policies.keep(replace(policy, helpful=2.0), DAY)
    found = replay(asked)
    assert found.policy == ("helpful 1 -> 2",)
    assert found.same, "for its own day the question is asked with its own policy"
    assert "what is helpful gave 15 points more" in changes(asked)["S-0001"].why


def withdrawn_from(services: Services, supporter: str, topic: str, on: date) -> None:
    services.consent.withdraw(supporter, Purpose.MATCH, topic, on)


@pytest.mark.parametrize("topic", [ADHD, EXAM])
@pytest.mark.parametrize("on", [DAY, date(2026, 11, 10)])
def test_whoever_withdrew_something_near_the_question_is_counted_and_not_compared(
    asked: Services, topic: str, on: date
) -> None:
    withdrawn_from(asked, "S-0001", topic, on)
    for day in (DAY, LATER):
        found = replay(asked, day)
        assert found.not_compared == 1
        assert "S-0001" not in {change.supporter for change in found.changes}
        assert found.unchanged + len(found.changes) == 3


def test_their_place_leaves_no_gap(asked: Services) -> None:
    withdrawn_from(asked, "S-0001", ADHD, DAY)
    assert replay(asked).changes == ()


def test_a_consent_given_again_is_not_held_beside_the_time_without(asked: Services) -> None:
    withdrawn_from(asked, "S-0001", ADHD, DAY)
    asked.consent.give("S-0001", Purpose.MATCH, ADHD, wording="2026-1", method=Method.EMAIL, on=DAY)
    assert replay(asked).not_compared == 1


def test_a_withdrawal_that_is_still_to_come_counts_on_its_day(asked: Services) -> None:
    withdrawn_from(asked, "S-0001", ADHD, LATER)
    assert replay(asked, DAY).not_compared == 0
    assert replay(asked, LATER).not_compared == 1


def test_a_wide_consent_that_was_withdrawn_counts_for_what_it_covered(services: Services) -> None:
    wide = ConsentRecord(Purpose.MATCH, "training.progress", DAY, None, None, Method.FORM, "wide")
    vocabulary = services.desk.snapshot.reference.vocabulary
    above = vocabulary.broader_terms(EXAM)
    wide = replace(wide, characteristic=above[0] if above else ADHD)
    services.supporters.add(
        replace(NIA, id="S-0009", name="Ola Brown", email="ola@example.org", consents=(*TOM.consents, wide))
    )
    services.introductions.ask(REF, "S-0002", DAY)
    assert replay(services).not_compared == 0
    services.consent.withdraw("S-0009", Purpose.MATCH, wide.characteristic, DAY)
    assert replay(services).not_compared == 1


def test_a_withdrawal_of_something_else_hides_nobody(services: Services) -> None:
    other = "neuro.autism"
    related = services.desk.snapshot.reference.vocabulary.related(ADHD)
    far = next(
        term
        for term in services.desk.snapshot.reference.vocabulary.terms
        if term.startswith("family") or (term not in related and term not in (ADHD, EXAM, other))
    )
    services.supporters.change(replace(AMINA, characteristics=(*AMINA.characteristics, far)))
    services.consent.give("S-0001", Purpose.MATCH, far, wording="2026-1", method=Method.EMAIL, on=DAY)
    services.introductions.ask(REF, "S-0002", DAY)
    withdrawn_from(services, "S-0001", far, DAY)
    services.consent.withdraw("S-0004", Purpose.SHARE, ADHD, DAY)
    found = replay(services)
    assert (found.same, found.not_compared, found.changes) == (True, 0, ())


def test_somebody_who_left_is_not_active_now(asked: Services) -> None:
    asked.supporters.change(replace(NIA, status=SupporterStatus.LEFT))
    assert changes(asked)["S-0004"].why == ("not active now",)


def test_a_step_taken_back_takes_its_record_along(services: Services) -> None:
    done = services.introductions.ask(REF, "S-0002", DAY)
    undone = services.upkeep.undo(done)
    assert services.decisions.of(REF) == ()
    assert undone.touched == done.touched
    services.desk.store.undo(services.upkeep.journal(1)[0].seq)
    assert [each.supporter for each in services.decisions.of(REF)] == ["S-0002"]
    assert services.upkeep.check().damage == ()


def test_a_step_that_was_refused_leaves_no_record(services: Services) -> None:
    with pytest.raises(Refused):
        services.introductions.ask(REF, "S-0003", DAY)
    assert services.decisions.of(REF) == ()


def test_an_enquiry_that_waits_for_a_risk_note_is_not_replayed(asked: Services) -> None:
    (decision,) = asked.decisions.of(REF)
    enquiry = asked.desk.snapshot.enquiry(REF)
    rewritten(asked, replace(enquiry, risk=(Risk(RiskKind.DANGER, ("not safe",)),)))
    with pytest.raises(Refused, match="nobody is suggested"):
        asked.decisions.replay(decision, DAY)


def test_the_record_moves_by_backup_alone(asked: Services) -> None:
    assert "sha256" not in asked.upkeep.export().decode()


@pytest.mark.parametrize("body", ["", "!!", "AAAA", "eJyrrgUAAXUA+Q==", "eJyrBQAA9AB5", "ÄÖ"])
def test_a_damaged_record_is_told_as_damage(asked: Services, body: str) -> None:
    with asked.desk.store.write("tamper") as tx:
        tx.session.execute(sqlalchemy.text("UPDATE decision SET body = :body"), {"body": body})
    with pytest.raises(Damaged, match="record of a decision"):
        asked.decisions.of(REF)


def test_a_record_that_was_put_under_another_is_told_as_damage(asked: Services) -> None:
    with asked.desk.store.write("tamper") as tx:
        tx.session.execute(sqlalchemy.text("UPDATE decision SET supporter = 'S-0001'"))
    with pytest.raises(Damaged, match="not its own"):
        asked.decisions.of(REF)


class Counted(Sequence[Refusal]):
    """Refusals that count how often each is put into words."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self._refusals, self.said = refusals, 0

    @overload
    def __getitem__(self, place: int) -> Refusal: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Refusal]: ...
    def __getitem__(self, place: int | slice) -> Refusal | Sequence[Refusal]:
        self.said += 1
        return self._refusals[place]

    def __len__(self) -> int:
        return len(self._refusals)

    def __iter__(self) -> Iterator[Refusal]:
        for each in self._refusals:
            self.said += 1
            yield each


def test_each_refusal_is_put_into_words_once_for_the_record_and_its_hash(services: Services) -> None:
    shortlist = services.shortlists.of(REF, DAY)
    counted = Counted(shortlist.refused)
    with services.desk.command("test") as tx:
        kept = record(
            tx, services.desk.snapshot.enquiry(REF), replace(shortlist, refused=counted), TOM.id, ""
        )
    assert counted.said == len(shortlist.refused) > 0
    assert kept.sha256 == sha256_of(shortlist)
