"""The first reply, the reminder and the questions how it went: written to be read, noted, journalled, undone."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from peermatch.errors import Refused
from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.introduction import Step
from peermatch.model.posted import Posted
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.clocks import Turn, turn
from peermatch.services.office import Services
from peermatch.store import introductions as stored
from tests.networks import DAY, NETWORK
from tests.services.conftest import Make
from tests.services.desks import AT_RISK, handed, introduced

TWO_WEEKS, SIX_WEEKS = date(2026, 12, 4), date(2027, 1, 4)
PAIR = ("E-0142", "S-0001")


def kinds(services: Services, reference: str = "E-0142") -> list[tuple[str, str | None]]:
    with services.desk.store.read() as tx:
        return [(each.kind, each.recipient) for each in stored.outbox(tx, reference)]


def actions(services: Services) -> list[str]:
    return [entry.action for entry in services.upkeep.journal()]


def test_the_first_reply_says_who_decides_and_where_there_is_help(still: Services) -> None:
    draft = still.letters.acknowledgement("E-0142")
    assert draft.recipient == "robin@example.org"
    assert draft.subject == "Your message (E-0142)"
    assert "Responsible for what we keep: The Example Trust." in draft.text
    assert "116 123" in draft.text
    assert "Robin" not in draft.text


def test_the_first_reply_is_noted_once_and_can_be_taken_back(services: Services) -> None:
    done = services.letters.acknowledged("E-0142", DAY)
    assert done.notice == "Noted: E-0142 had its first reply."
    assert services.letters.known == {("E-0142", ""): {Posted.ACKNOWLEDGEMENT: DAY}}
    assert kinds(services) == [("acknowledgement", "robin@example.org")]
    assert actions(services)[0] == "acknowledge"
    with pytest.raises(Refused, match="had its first reply on 20 November 2026 already"):
        services.letters.acknowledged("E-0142", DAY)
    services.upkeep.undo(done)
    assert services.letters.written() == {}
    assert kinds(services) == []


def test_there_is_no_first_reply_before_risk_is_looked_at_and_no_address_after(services: Services) -> None:
    for attempt in (services.letters.acknowledgement, lambda each: services.letters.acknowledged(each, DAY)):
        with pytest.raises(Refused, match="may need help today"):
            attempt(AT_RISK.reference)
    services.enquiries.note_risk(AT_RISK.reference, "rang, safe")
    assert services.letters.acknowledgement(AT_RISK.reference).recipient is None


def test_there_is_no_first_reply_to_what_is_over_or_while_nobody_decides(
    services: Services, make: Make
) -> None:
    services.enquiries.set_status("E-0142", EnquiryStatus.CLOSED, DAY)
    with pytest.raises(Refused, match="is closed"):
        services.letters.acknowledged("E-0142", DAY)
    nobody = make(replace(NETWORK, controller=None, supporters=(), wordings=None))
    with pytest.raises(Refused, match="controller"):
        nobody.letters.acknowledged("E-0142", DAY)


def test_there_is_one_reminder_and_it_names_nobody(services: Services) -> None:
    services.introductions.ask(*PAIR, DAY)
    draft = services.letters.reminder(*PAIR)
    assert draft.recipient == "amina@example.org"
    assert draft.text.startswith("Hello Amina,")
    assert "Robin" not in draft.text
    done = services.letters.reminded(*PAIR, date(2026, 11, 25))
    assert done.notice == "Noted: Amina is reminded."
    assert kinds(services)[-1] == ("reminder", "amina@example.org")
    letters = services.letters.known[PAIR]
    assert turn(introduced(services), date(2026, 11, 27), letters) is Turn.WAIT
    with pytest.raises(Refused, match="was reminded on 25 November 2026 already"):
        services.letters.reminded(*PAIR, date(2026, 11, 26))


def test_who_has_answered_is_not_reminded(ready: Services) -> None:
    with pytest.raises(Refused, match="is agreed: only who has not answered is reminded"):
        ready.letters.reminded(*PAIR, DAY)


def test_both_are_asked_how_it_went_and_six_weeks_on_for_the_last_time(
    ready: Services, tmp_path: Path
) -> None:
    handed(ready, tmp_path / "cards")
    first = ready.letters.follow_up(*PAIR, TWO_WEEKS)
    assert first.which is Posted.FOLLOW_UP
    assert (first.to_trainee.recipient, first.to_supporter.recipient) == (
        "robin@example.org",
        "amina@example.org",
    )
    assert "Amina" not in first.to_trainee.text
    assert not {"week", "weeks", "month"} & set(first.to_trainee.text.split()), "it may go out late"
    assert "Robin" not in first.to_supporter.text
    done = ready.letters.followed_up(*PAIR, TWO_WEEKS)
    assert done.notice == "Noted: both are asked how it went."
    assert [kind for kind, _ in kinds(ready)][-2:] == ["follow-up", "follow-up-supporter"]
    last = ready.letters.follow_up(*PAIR, TWO_WEEKS)
    assert last.which is Posted.LAST_FOLLOW_UP
    assert "the last time that we ask" in last.to_trainee.text
    ready.letters.followed_up(*PAIR, SIX_WEEKS)
    assert set(ready.letters.known[PAIR]) == {Posted.FOLLOW_UP, Posted.LAST_FOLLOW_UP}
    with pytest.raises(Refused, match="asked for the last time already"):
        ready.letters.followed_up(*PAIR, SIX_WEEKS)


def test_late_the_first_question_is_the_last(ready: Services, tmp_path: Path) -> None:
    handed(ready, tmp_path / "cards")
    assert ready.letters.follow_up(*PAIR, SIX_WEEKS).which is Posted.LAST_FOLLOW_UP


def test_nobody_is_asked_how_it_went_before_a_card_has_left_or_after_a_withdrawal(
    ready: Services, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="once a card has left"):
        ready.letters.followed_up(*PAIR, TWO_WEEKS)
    handed(ready, tmp_path / "cards")
    ready.introductions.take(Step.END, *PAIR, TWO_WEEKS)
    with pytest.raises(Refused, match="is ended"):
        ready.letters.followed_up(*PAIR, TWO_WEEKS)
    ready.enquiries.set_status("E-0142", EnquiryStatus.WITHDRAWN, TWO_WEEKS)
    with pytest.raises(Refused):
        ready.letters.followed_up(*PAIR, TWO_WEEKS)


def test_what_was_noted_goes_with_the_person(services: Services) -> None:
    services.letters.acknowledged("E-0142", DAY)
    services.introductions.ask(*PAIR, DAY)
    services.letters.reminded(*PAIR, DAY)
    services.erasure.erase(Subject(SubjectKind.SUPPORTER, "S-0001"), DAY)
    assert services.letters.written() == {("E-0142", ""): {Posted.ACKNOWLEDGEMENT: DAY}}
    services.erasure.erase(Subject(SubjectKind.ENQUIRER, "E-0142"), DAY)
    assert services.letters.written() == {}
