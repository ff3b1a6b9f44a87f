"""Letters that belong to a step stand beside it: one press opens each, and no side is named to the other."""

from datetime import date

from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.introduction import State, Step
from peermatch.services.today_jobs import Matter
from peermatch.ui.screens.enquiries import EnquiriesScreen
from peermatch.ui.screens.enquiry_pane import LETTER
from peermatch.ui.screens.recipient_line import RecipientLine
from peermatch.ui.screens.today_words import DETAILS_PLACE, line
from peermatch.ui.theme import Theme
from tests.ui.introduction_office import ACCEPTED, ASKED, DAY, at, words_on
from tests.ui.readable import problems
from tests.ui.sample_office import Bench, bench_on

DECLINED, NOBODY_ASKED, WAITS, CLOSED = ("E-0104", "S-0002"), "E-0139", "E-0138", "E-0104"


def readable(address: RecipientLine) -> bool:
    """Whether the whole address can be read."""
    return address.in_sight


def test_what_is_over_is_told_to_the_supporter_by_one_press(look: Bench) -> None:
    screen = at(look, DECLINED)
    letters = screen.letters.letters
    assert list(letters.buttons) == ["thanks-for-no"]
    assert screen.pane.isAncestorOf(letters)
    letters.buttons["thanks-for-no"].click()
    look.rest()
    text = letters.sheet.letter.toPlainText()
    asked = look.services.desk.snapshot.enquiries["E-0104"].requester.name
    assert "Hello Tom," in text
    assert asked is None or asked not in text
    assert problems(look.page) == []
    at(look, ASKED)
    assert not letters.isVisible()
    assert "Tom" not in letters.sheet.letter.toPlainText()


def test_a_stop_offers_both_sides_their_letter_and_a_risk_takes_the_address_away(desk: Bench) -> None:
    desk.services.introductions.take(Step.STOP, *ACCEPTED, DAY)
    letters = at(desk, ACCEPTED).letters.letters
    assert list(letters.buttons) == ["ended", "not-after-all"]
    letters.buttons["not-after-all"].click()
    desk.rest()
    assert "no e-mail address is known" in letters.sheet.to.words()
    assert "Phone after six" in words_on(letters)


def test_a_silent_trainee_is_reminded_once_from_today(look: Bench, theme: Theme) -> None:
    by_hand, picture = look.services.letter_texts.by_hand, look.services.desk.snapshot
    assert by_hand.at_step(*ACCEPTED, DAY) == ()
    later = date(2026, 12, 4)
    assert [each.letter for each in by_hand.at_step(*ACCEPTED, later)] == ["offer-reminder"]
    jobs = look.services.days.of(later).jobs
    silent = next(each for each in jobs if each.matter is Matter.SILENT)
    shown = line(silent, picture, theme.cover, later)
    assert (shown.press, shown.place) == ("Remind", ("introductions", *ACCEPTED))


def test_help_in_a_crisis_that_nobody_checked_is_one_quiet_line(look: Bench, theme: Theme) -> None:
    picture = look.services.desk.snapshot
    job = look.services.days.of(DAY).jobs[-1]
    shown = line(job, picture, theme.cover, DAY)
    assert (job.matter, shown.kind, shown.place[0]) == (Matter.SIGNPOSTS, "mute", "resources")
    first = look.services.signposts.book(DAY).get(shown.place[1])
    assert first is not None
    assert first.check.due
    assert first.signpost.urgent
    assert job.count == sum(each.signpost.urgent for each in look.services.signposts.book(DAY).due)


def test_an_enquirys_letters_stand_with_its_closing(desk: Bench, theme: Theme) -> None:
    with bench_on(desk.services, lambda held, tasks: EnquiriesScreen(held, tasks, theme)) as made:
        screen = made.screen
        assert isinstance(screen, EnquiriesScreen)
        screen.open_at(DETAILS_PLACE + NOBODY_ASKED)
        made.rest()
        box = screen.pane.details.letters
        assert box is not None
        assert list(box.letters.buttons) == ["no-match", "out-of-scope", "closing"]
        box.letters.buttons["no-match"].click()
        made.rest()
        assert "We have looked with care" in box.letters.sheet.letter.toPlainText()
        address = box.letters.sheet.to
        assert not readable(address)
        assert not box.letters.sheet.copy_address.isEnabled()
        address.button.click()
        made.rest()
        assert readable(address)
        assert made.actions(NOBODY_ASKED)[0] == "reveal"
        screen.pane.show_page(LETTER)
        assert not readable(address)
        for reference, offered in ((WAITS, ["still-looking"]), ("E-0137", []), ("E-0140", [])):
            screen.open_at(DETAILS_PLACE + reference)
            made.rest()
            assert list(box.letters.buttons) == offered
            assert box.isVisible() is bool(offered)


def test_what_a_trainee_is_told_follows_how_the_enquiry_stands(desk: Bench) -> None:
    services, found = desk.services, {}
    for status in (EnquiryStatus.ON_HOLD, EnquiryStatus.WITHDRAWN):
        services.enquiries.set_status(NOBODY_ASKED, status)
        (letter,) = services.letter_texts.by_hand.at_step(NOBODY_ASKED, "", DAY)
        found[status.value] = (letter.letter, letter.case.day)
    assert found == {"on-hold": ("on-hold", date(2026, 12, 4)), "withdrawn": ("withdrawn", DAY)}
    by_hand = services.letter_texts.by_hand
    assert [each.letter for each in by_hand.at_step(CLOSED, "", DAY)] == ["closing"]
    picture = services.desk.snapshot
    over = {State.REFUSED: "not-needed", State.LAPSED: "lapsed", State.ENDED: "thank-you"}
    for each in picture.introductions:
        if each.state in over:
            told = by_hand.at_step(each.enquiry, each.supporter, DAY)
            assert [letter.letter for letter in told] == [over[each.state]]
    ended = [id for id in picture.supporters if by_hand.at_step("", id, DAY)]
    assert ended == ["S-0059"]
