"""What the shortlists answer about one person and one enquiry, on a real network."""

from dataclasses import replace
from datetime import date

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.model.consent import Method, Purpose
from peermatch.model.enquiry import Enquiry, Importance, Need, Risk, RiskKind
from peermatch.model.explanation import Alternative, Scarce, Together
from peermatch.services.office import Services
from peermatch.services.risk_words import RISK_WORDS
from tests.networks import ADHD, AMINA, DAY, EXAM, TOM

REF = "E-0142"
SPRING = date(2027, 3, 3)
AUTISM = "neuro.autism"


def test_a_pause_is_explained_with_the_place_after_it(services: Services) -> None:
    services.supporters.change(replace(AMINA, paused_until=SPRING))
    shortlist = services.shortlists.of(REF, DAY)
    found = services.shortlists.explain(shortlist, AMINA.id)
    assert found.sentence == "Paused until 3 March 2027"
    assert found.change == "They are back on 3 March 2027."
    assert found.place == 1


def test_what_is_in_hand_is_named(services: Services) -> None:
    services.supporters.change(replace(TOM, capacity=1))
    services.introductions.ask("E-0143", TOM.id, DAY)
    found = services.shortlists.explain(services.shortlists.of(REF, DAY), TOM.id)
    assert found.rests_on == ("Capacity 1", "1 in hand: E-0143 since 20 Nov")
    assert found.place is not None


def test_an_enquiry_that_is_not_kept_yet_can_be_explained(still: Services) -> None:
    kept = still.desk.snapshot.enquiry(REF)
    draft = replace(kept, needs=(Need(AUTISM, Importance.ESSENTIAL),))
    shortlist = still.shortlists.of_draft(draft, DAY)
    found = still.shortlists.grounds(shortlist, draft).explain(AMINA.id)
    assert found.rests_on == (
        f"Essential for this enquiry: {still.desk.snapshot.reference.vocabulary.label(AUTISM)}",
    )


@pytest.mark.parametrize("who", ["S-0001", "S-9999", "", "Z"])
def test_only_those_who_are_not_suggested_can_be_explained(still: Services, who: str) -> None:
    with pytest.raises(BadInput, match="not among those"):
        still.shortlists.explain(still.shortlists.of(REF, DAY), who)


def test_nobody_is_suggested_before_risk_is_looked_at_and_each_kind_is_told_once_in_words(
    still: Services,
) -> None:
    risk = (
        Risk(RiskKind.DOMESTIC_ABUSE, ("he hits me",)),
        Risk(RiskKind.DANGER, ("not safe",)),
        Risk(RiskKind.DOMESTIC_ABUSE, ("afraid of him",)),
    )
    held = replace(still.desk.snapshot.enquiry(REF), risk=risk)
    with pytest.raises(Refused) as refused:
        still.shortlists.of_draft(held, DAY)
    assert f"{REF} may need help today (may not be safe at home, somebody may be in danger)" in str(
        refused.value
    )


def test_every_kind_of_risk_has_words_that_are_no_code_name() -> None:
    assert set(RISK_WORDS) == set(RiskKind)
    assert not {kind.value for kind in RiskKind if "-" in kind.value} & set(RISK_WORDS.values())


def test_who_is_rare_and_who_else_there_is(services: Services) -> None:
    services.enquiries.set_needs(REF, (ADHD,), (EXAM,))
    services.supporters.change(replace(TOM, characteristics=(ADHD,)))
    shortlist = services.shortlists.of(REF, DAY)
    ids = [each.supporter for each in shortlist.suggested]
    rare = {
        each.supporter: services.shortlists.grounds(shortlist).scarce(each.supporter)
        for each in shortlist.suggested
    }
    assert {id for id, needs in rare.items() if needs} == {s.supporter for s in shortlist.suggested if s.rare}
    others = services.shortlists.grounds(shortlist).others(ids[0])
    assert [each.place for each in others] == list(range(2, 2 + len(others)))
    assert others[-1].supporter in ids


def test_two_together_where_nobody_meets_everything(services: Services) -> None:
    for id in services.desk.snapshot.supporters.keys() - {AMINA.id, TOM.id}:
        services.supporters.change(replace(services.desk.snapshot.supporter(id), paused_until=SPRING))
    services.supporters.change(replace(TOM, characteristics=(ADHD, AUTISM)))
    services.consent.give(TOM.id, Purpose.MATCH, AUTISM, wording="2026-1", method=Method.EMAIL, on=DAY)
    services.enquiries.set_needs(REF, (), (ADHD, EXAM))
    assert services.shortlists.grounds(services.shortlists.of(REF, DAY)).together() == Together(whole=True)
    services.enquiries.set_needs(REF, (), (EXAM, AUTISM))
    shortlist = services.shortlists.of(REF, DAY)
    assert services.shortlists.grounds(shortlist).together() == Together(False, (AMINA.id, TOM.id))
    assert services.shortlists.grounds(shortlist).scarce(TOM.id) == (Scarce(AUTISM, 1),)
    assert services.shortlists.grounds(shortlist).others(AMINA.id) == (Alternative(TOM.id, 2, (EXAM,)),)
    services.consent.withdraw(TOM.id, Purpose.MATCH, AUTISM, DAY)
    shortlist = services.shortlists.of(REF, DAY)
    assert services.shortlists.grounds(shortlist).together() == Together(False, None)
    assert services.shortlists.grounds(shortlist).scarce(TOM.id) == ()


def test_how_few_the_letter_to_the_trainee_describes(services: Services) -> None:
    shortlists, kept = services.shortlists, services.desk.snapshot.enquiry(REF)

    def described(asked: Enquiry) -> int | None:
        return shortlists.grounds(shortlists.of_draft(asked, DAY), asked).described()

    both = replace(kept, needs=(Need(ADHD, Importance.ESSENTIAL), Need(EXAM, Importance.ESSENTIAL)))
    for id in services.desk.snapshot.supporters.keys() - {AMINA.id, TOM.id}:
        services.supporters.change(replace(services.desk.snapshot.supporter(id), characteristics=()))
    assert described(both) == 1
    one = replace(kept, needs=(Need(ADHD, Importance.ESSENTIAL),))
    assert described(one) == 2
    services.enquiries.set_needs(REF, (ADHD, EXAM), ())
    assert shortlists.described(REF, DAY) == 1
    # Nothing is said of what only helps, nor of anything where there is a risk cue.
    assert described(replace(kept, needs=(Need(EXAM, Importance.HELPFUL),))) is None
    assert described(replace(one, risk=(Risk(RiskKind.CHILD),), risk_done="rang")) is None
    assert described(replace(kept, needs=(Need(AUTISM, Importance.ESSENTIAL),))) is None
