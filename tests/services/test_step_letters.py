"""Letters for one person that no step writes: whom they fit, what they say, and when there is none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.model.consent import Purpose
from peermatch.model.enquiry import Enquiry, EnquiryStatus, Importance, Need, Risk, RiskKind
from peermatch.model.introduction import Introduction, State
from peermatch.model.letter_kinds import LETTERS, Side
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.model.posted import Posted
from peermatch.services.office import Doors, Services
from peermatch.services.step_letters import Case, StepLetters, is_noted
from peermatch.store import introductions as stored
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, NETWORK, PASSPHRASE

WRITTEN = [id for id in LETTERS if StepLetters.writes(id)]
OF_STATES = {
    "thanks-for-no": State.DECLINED,
    "lapsed": State.LAPSED,
    "not-needed": State.REFUSED,
    "ended": State.STOPPED,
    "thank-you": State.ENDED,
}


def enquiry(reference: str, status: EnquiryStatus) -> Enquiry:
    return replace(ENQUIRY, reference=reference, status=status, needs=(Need(ADHD, Importance.ESSENTIAL),))


def supporter(id: str, status: SupporterStatus) -> Supporter:
    return replace(AMINA, id=id, status=status)


@pytest.fixture(scope="module")
def office(doors: Doors, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Everybody in every state."""
    people = [supporter(f"S-{each.value}", each) for each in SupporterStatus]
    people.append(replace(supporter("S-paused", SupporterStatus.ACTIVE), paused_until=DAY + timedelta(9)))
    hold = next(each for each in AMINA.consents if each.purpose is Purpose.HOLD)
    over = replace(hold, given=DAY - timedelta(90), expires=DAY - timedelta(3))
    people.append(replace(supporter("S-over", SupporterStatus.ACTIVE), consents=(over,)))
    people += [supporter(f"S-{each.value}-x", SupporterStatus.ACTIVE) for each in State]
    asked = [enquiry(f"E-{each.value}", each) for each in EnquiryStatus]
    held = replace(asked[0], reference="E-held", risk=(Risk(RiskKind.DANGER, ("not safe",)),))
    safe = replace(held, reference="E-safe", risk_done="rang")
    steps = tuple(Introduction("E-triaged", f"S-{each.value}-x", each, DAY) for each in State)
    network = replace(NETWORK, supporters=tuple(people), enquiries=(*asked, held, safe), introductions=steps)
    folder = tmp_path_factory.mktemp("steps") / "steps.peermatch"
    opened = doors.create(folder, network, PASSPHRASE, with_recovery=False).services
    yield opened
    opened.lock()


def test_each_letter_fits_those_whom_it_is_for(office: Services) -> None:
    by_hand = office.letter_texts.by_hand
    fits = {id: {each.key for each in by_hand.cases(id, DAY)} for id in WRITTEN}
    assert all(fits.values())
    for id, state in OF_STATES.items():
        assert fits[id] == {f"E-triaged S-{state.value}-x"}
    assert fits["still-looking"] == {"E-new", "E-triaged", "E-safe"}
    assert fits["on-hold"] == {"E-on-hold"}
    assert fits["withdrawn"] == {"E-withdrawn"}
    assert fits["applied"] == {"S-applied"}
    assert fits["paused"] == {"S-paused"}
    assert fits["left"] == {"S-left"}
    assert fits["consent-ended"] == {"S-over"}
    assert fits["offer-reminder"] == fits["not-after-all"] == {"E-triaged"}
    assert by_hand.cases("ask", DAY) == ()


@pytest.mark.parametrize("letter", WRITTEN)
def test_each_letter_is_written_and_names_nobody_of_the_other_side(office: Services, letter: str) -> None:
    case = office.letter_texts.by_hand.cases(letter, DAY)[0]
    draft = office.letter_texts.by_hand.write(letter, case, DAY)
    assert "{" not in f"{draft.subject}{draft.text}"
    to_trainee = LETTERS[letter].side is Side.TRAINEE
    asked, helps = ENQUIRY.requester.name or "?", AMINA.name
    assert (helps if to_trainee else asked) not in draft.text
    at_risk = case.enquiry == "E-safe"
    expected = (ENQUIRY.requester.email if not at_risk else None) if to_trainee else AMINA.email
    assert draft.recipient == expected


def test_with_a_risk_nothing_is_written_before_it_is_seen_to_and_then_without_an_address(
    office: Services,
) -> None:
    by_hand = office.letter_texts.by_hand
    assert not any(each.enquiry == "E-held" for id in WRITTEN for each in by_hand.cases(id, DAY))
    with pytest.raises(Refused, match="may need help today"):
        by_hand.write("closing", Case("E-held"), DAY)
    draft = by_hand.write("no-match", Case("E-safe"), DAY)
    assert draft.recipient is None
    assert "come near" not in draft.text


def test_a_topic_comes_near_only_where_several_people_know_it(office: Services) -> None:
    by_hand, picture = office.letter_texts.by_hand, office.desk.snapshot
    beside = next(
        (need, has)
        for need in picture.reference.vocabulary.terms
        for has in AMINA.characteristics
        if has in picture.reference.vocabulary.related(need) and need not in AMINA.characteristics
    )
    asking = replace(enquiry("E-x", EnquiryStatus.NEW), needs=(Need(beside[0], Importance.ESSENTIAL),))
    assert picture.reference.vocabulary.label(beside[1]) in by_hand.near(asking, DAY)
    assert by_hand.near(asking, DAY.replace(year=2030)) == ()
    assert by_hand.near(replace(asking, needs=()), DAY) == ()


def test_what_cannot_be_written_is_said(office: Services) -> None:
    by_hand = office.letter_texts.by_hand
    with pytest.raises(BadInput, match="written with its step"):
        by_hand.write("card", Case("E-new"), DAY)
    with pytest.raises(Refused, match="Nobody is chosen"):
        by_hand.write("closing", Case(), DAY)


def test_a_letter_that_was_sent_by_hand_is_noted_offered_no_more_and_can_be_taken_back(
    office: Services,
) -> None:
    by_hand, pair = office.letter_texts.by_hand, ("E-triaged", "S-declined-x")

    def offered(on: date = DAY, enquiry: str = "E-closed", supporter: str = "") -> list[str]:
        return [each.letter for each in by_hand.at_step(enquiry, supporter, on)]

    assert "closing" in offered()
    done = by_hand.note("closing", Case("E-closed"), DAY)
    assert done.notice == "Noted: the letter about E-closed was sent."
    assert "closing" not in offered()
    line = next(each for each in office.upkeep.journal() if each.action == "letter-sent")
    assert (line.object, line.detail) == ("E-closed", "Closing")
    with pytest.raises(Refused, match="today already"):
        by_hand.note("closing", Case("E-closed"), DAY)
    office.upkeep.undo(done)
    assert "closing" in offered()
    assert offered(DAY, *pair) == ["thanks-for-no"]
    by_hand.note("thanks-for-no", Case(*pair), DAY)
    assert offered(DAY, *pair) == []
    with office.desk.store.read() as tx:
        kept = stored.outbox(tx, "E-triaged")[-1]
    assert (kept.kind, kept.supporter, kept.recipient) == ("thanks-for-no", "S-declined-x", AMINA.email)


def test_what_goes_with_a_step_is_not_noted_here(office: Services) -> None:
    case = Case("E-triaged", "S-asked-x")
    assert not is_noted("reminder", case)
    with pytest.raises(BadInput, match="noted with its step"):
        office.letter_texts.by_hand.note("reminder", case, DAY)


def test_still_looking_may_be_told_again_after_a_week(office: Services) -> None:
    by_hand = office.letter_texts.by_hand
    case = Case("E-new")
    by_hand.note("still-looking", case, DAY)
    noted = {Posted.STILL_LOOKING: DAY}
    assert by_hand._sent(noted, "still-looking", case, DAY + timedelta(6))
    assert not by_hand._sent(noted, "still-looking", case, DAY + timedelta(8))
