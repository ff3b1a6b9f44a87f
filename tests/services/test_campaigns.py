"""Asking again: who is due, a letter each, answers line by line, and a campaign that is left and taken up again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.model.consent import Method, Purpose, Standing
from peermatch.model.introduction import State, Step
from peermatch.model.people import SupporterStatus
from peermatch.services.evidence import Attachment
from peermatch.services.office import Doors, Services
from peermatch.services.replies import Reply
from tests.networks import ADHD, AMINA, DAY, EXAM, JO, NETWORK, PASSPHRASE, TOM
from tests.services.desks import state_of

LATER = date(2027, 9, 30)
ANSWER = DAY + timedelta(days=28)
REACH = DAY + timedelta(days=330)
HOLD, MATCH, SHARE = (Purpose.HOLD, None), (Purpose.MATCH, ADHD), (Purpose.SHARE, ADHD)


def begin(services: Services, on: date = DAY, until: date = REACH) -> str:
    return services.campaigns.begin(
        on, until=until, answer_by=on + timedelta(days=28), wording="2026-1"
    ).notice


def reply(who: str = "S-0001", **changes: object) -> Reply:
    plain = Reply(who, (HOLD,), (), "2026-1", Method.EMAIL, DAY, date(2027, 11, 19))
    return replace(plain, **changes)  # type: ignore[arg-type]  # fields of a reply


def standing(services: Services, key: tuple[Purpose, str | None], who: str = "S-0001") -> Standing:
    picture = services.desk.snapshot
    return picture.gate(picture.supporters[who], DAY).ruling(*key).standing


def test_who_is_due_stands_by_the_first_end_and_only_who_is_active(
    still: Services, nameless: Services
) -> None:
    assert [each.person.id for each in still.campaigns.due(DAY)] == ["S-0003"]
    assert [each.person.id for each in still.campaigns.due(LATER)] == ["S-0001", "S-0002", "S-0004", "S-0003"]
    assert "S-0003" in nameless.desk.snapshot.supporters
    assert [each.person.id for each in nameless.campaigns.due(LATER)] == ["S-0002"]


def test_what_the_list_says_is_what_the_command_line_says(still: Services) -> None:
    for day in (DAY, LATER):
        mine = {(e.person.id, *p.key) for e in still.campaigns.due(day) for p in e.points}
        assert mine == {
            (line.supporter, line.purpose, line.characteristic) for line in still.consent.due(day)
        }


def test_a_campaign_writes_one_letter_each_and_sends_nothing(services: Services) -> None:
    assert begin(services) == "4 letters ready. Nothing was sent yet."
    found = services.campaigns.progress(DAY)
    assert found is not None
    assert (found.to_send, found.waiting, found.answered) == (
        ("S-0001", "S-0002", "S-0003", "S-0004"),
        (),
        (),
    )
    letter = services.campaigns.letter("S-0001", DAY)
    assert letter.recipient == "amina@example.org"
    assert "Hello Amina," in letter.text
    assert "- We keep your record (ends on 11 September 2027)" in letter.text
    assert "ADHD: we may name it to somebody you are introduced to" in letter.text
    assert "I agree that the network may ..." in letter.text
    assert "Responsible for what we keep: The Example Trust." in letter.text
    assert "18 December 2026" in letter.text
    assert letter.subject == "A short answer, please (S-0001)"
    others = ("Robin", "Tom", "Jo ", "E-0142")
    assert not any(each in letter.text for each in others)


def test_what_was_taken_back_meanwhile_is_in_no_letter(services: Services) -> None:
    begin(services)
    services.consent.withdraw("S-0001", Purpose.MATCH, ADHD, DAY)
    assert "ADHD" not in services.campaigns.letter("S-0001", DAY).text
    assert "exam" in services.campaigns.letter("S-0001", DAY).text.casefold()


def test_a_letter_that_was_sent_stays_as_it_was(services: Services) -> None:
    begin(services)
    before = services.campaigns.letter("S-0001", DAY)
    services.campaigns.mark_sent("S-0001", DAY)
    services.consent.withdraw("S-0001", Purpose.MATCH, ADHD, DAY)
    assert services.campaigns.letter("S-0001", DAY) == before
    with pytest.raises(Refused, match="sent on 20 November 2026 already"):
        services.campaigns.mark_sent("S-0001", DAY)
    found = services.campaigns.progress(DAY)
    assert found is not None
    assert found.waiting == ("S-0001",)
    assert all(point.characteristic != ADHD for point in found.people["S-0001"].waiting)


def test_answers_are_recorded_line_by_line_until_nothing_waits(services: Services) -> None:
    begin(services)
    services.campaigns.mark_sent("S-0001", DAY)
    email = (Purpose.CONTACT_EMAIL, None)
    services.consent.answer(reply(yes=(HOLD, MATCH), no=(SHARE,), evidence="her e-mail of today"))
    assert standing(services, HOLD) is standing(services, MATCH) is Standing.VALID
    assert standing(services, SHARE) is Standing.WITHDRAWN
    found = services.campaigns.progress(DAY)
    assert found is not None
    assert {p.key for p in found.people["S-0001"].waiting} == {email, (Purpose.MATCH, EXAM)}
    services.consent.answer(reply(yes=(email,), no=((Purpose.MATCH, EXAM),)))
    found = services.campaigns.progress(DAY)
    assert found is not None
    assert (found.answered, found.waiting) == (("S-0001",), ())
    newest = services.consent.records("S-0001")[-1]
    assert (newest.purpose, newest.given, newest.expires) == (Purpose.CONTACT_EMAIL, DAY, date(2027, 11, 19))
    assert services.upkeep.journal()[0].action == "consent-answer"


def test_a_no_to_what_was_never_asked_ends_the_asking(services: Services) -> None:
    autism = (Purpose.MATCH, "neuro.autism")
    services.consent.answer(reply("S-0003", yes=(HOLD,), no=(autism,)))
    assert standing(services, autism, "S-0003") is Standing.WITHDRAWN
    assert services.campaigns.due(DAY) == ()
    (refusal,) = (r for r in services.consent.records("S-0003") if r.purpose is Purpose.MATCH)
    assert (refusal.given, refusal.withdrawn) == (DAY, DAY)


def test_a_no_stops_what_rested_on_it(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    services.introductions.take(Step.ACCEPT, "E-0142", "S-0001", DAY)
    followed = services.consent.answer(reply(yes=(HOLD,), no=(MATCH,)))
    assert [each.enquiry for each in followed.stopped] == ["E-0142"]
    assert state_of(services) is State.STOPPED


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"yes": ()}, "No answer was marked"),
        ({"no": (HOLD,)}, "answered with yes and with no"),
        ({"wording": "2031-9"}, "no wording 2031-9"),
        ({"expires": DAY}, "end before it begins"),
        ({"no": ((Purpose.MATCH, None),)}, "for one characteristic"),
        ({"yes": ((Purpose.MATCH, "no.such"),)}, "not a characteristic"),
    ],
)
def test_an_answer_that_cannot_be_meant_changes_nothing(
    still: Services, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        still.consent.answer(replace(reply(), **changes))  # type: ignore[arg-type]  # fields of a reply
    assert still.consent.records("S-0001") == AMINA.consents


def test_the_file_that_came_with_an_answer_is_named_by_its_records(services: Services) -> None:
    file = Attachment("reply.txt", b"yes to all of it")
    services.consent.answer(reply(yes=(HOLD, MATCH), attachment=file, evidence="by e-mail"))
    (kept,) = services.evidence.of("S-0001")
    assert [r.evidence for r in services.consent.records("S-0001")[-2:]] == [f"{kept.id} by e-mail"] * 2


def test_it_can_be_left_and_taken_up_again_by_another_process(
    services: Services, template: tuple[Path, str], doors: Doors
) -> None:
    begin(services, until=DAY + timedelta(days=30))
    services.campaigns.mark_sent("S-0003", DAY)
    folder = services.folder
    services.lock()
    again = doors.open(folder, PASSPHRASE)
    try:
        found = again.campaigns.progress(DAY)
        assert found is not None
        assert (found.waiting, found.more) == (("S-0003",), ())
        later = again.campaigns.progress(LATER)
        assert later is not None
        assert later.more == ("S-0001", "S-0002", "S-0004")
        assert again.campaigns.add_due(LATER).notice == "3 letters added. Nothing was sent yet."
        with pytest.raises(Refused, match="has a letter already"):
            again.campaigns.add_due(LATER)
        again.campaigns.close(LATER)
        assert again.campaigns.progress(LATER) is None
        assert [each.closed for each in again.campaigns.past()] == [LATER]
        assert again.upkeep.check().damage == ()
    finally:
        again.lock()


def test_there_is_one_campaign_at_a_time_also_after_undo(services: Services) -> None:
    done = services.campaigns.begin(DAY, until=REACH, answer_by=ANSWER, wording="2026-1")
    with pytest.raises(Refused, match="a campaign already"):
        begin(services)
    services.upkeep.undo(done)
    assert services.campaigns.progress(DAY) is None
    begin(services)
    closed = services.campaigns.close(DAY)
    begin(services)
    with pytest.raises(Refused, match="another record depends on it"):
        services.upkeep.undo(closed)


@pytest.mark.parametrize(
    ("until", "answer_by", "words"),
    [
        (DAY - timedelta(days=1), ANSWER, "within a year"),
        (DAY + timedelta(days=367), ANSWER, "within a year"),
        (REACH, DAY, "time to answer"),
    ],
)
def test_days_that_make_no_sense_are_refused(
    still: Services, until: date, answer_by: date, words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        still.campaigns.begin(DAY, until=until, answer_by=answer_by, wording="2026-1")


def test_without_a_campaign_there_is_no_letter(still: Services) -> None:
    assert still.campaigns.progress(DAY) is None
    for ask in (
        lambda: still.campaigns.letter("S-0001", DAY),
        lambda: still.campaigns.mark_sent("S-0001", DAY),
        lambda: still.campaigns.add_due(DAY),
        lambda: still.campaigns.close(DAY),
    ):
        with pytest.raises(Refused, match="no campaign"):
            ask()


def test_nobody_is_asked_without_a_wording_a_controller_or_anybody_due(
    still: Services, nameless: Services
) -> None:
    with pytest.raises(BadInput, match="no wording 2031-9"):
        still.campaigns.begin(DAY, until=REACH, answer_by=ANSWER, wording="2031-9")
    with pytest.raises(Refused, match="controller"):
        begin(nameless)
    with pytest.raises(Refused, match="ends by 21 November 2026"):
        begin(nameless, until=DAY + timedelta(days=1))


@pytest.fixture(scope="module")
def nameless(doors: Doors, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A network in which nobody is stated as controller, and one of the two has left."""
    network = replace(
        NETWORK, controller=None, supporters=(TOM, replace(JO, status=SupporterStatus.LEFT)), enquiries=()
    )
    opened = doors.create(
        tmp_path_factory.mktemp("nameless") / "n.peermatch", network, PASSPHRASE, with_recovery=False
    ).services
    yield opened
    opened.lock()
