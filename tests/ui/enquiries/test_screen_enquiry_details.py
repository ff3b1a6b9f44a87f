"""One enquiry: its details, its history, who wrote it, and safety before anything else."""

from PySide6.QtTest import QTest

from peermatch.model.enquiry import EnquiryStatus
from peermatch.ui.theme import Theme
from tests.ui.enquiry_office import (
    CONSENTED,
    HELD,
    confirm,
    receive_hero,
    screen_of,
    words_on,
)
from tests.ui.sample_office import HERO, Bench

# Details and history.


def test_what_the_letter_says_is_kept_with_one_press(desk: Bench) -> None:
    screen = receive_hero(desk)
    screen.pane.show_page("details")
    assert screen.pane.details.grade.offer.words() == "ST4?"
    screen.pane.details.grade.offer.click()
    screen.pane.details.specialty.offer.click()
    desk.rest()
    kept = desk.services.desk.snapshot.enquiries[HERO]
    assert kept.grade == "st4"
    assert kept.specialty is not None
    assert not screen.pane.details.grade.offer.isVisible()
    screen.pane.details.grade.clear.click()
    desk.rest()
    assert desk.services.desk.snapshot.enquiries[HERO].grade is None


def test_wishes_are_saved_at_once(desk: Bench) -> None:
    screen = receive_hero(desk)
    screen.pane.show_page("details")
    wishes = screen.pane.details.wishes
    wishes.wish_grade.set_current("senior")
    wishes.wish_grade.chosen.emit("senior")
    desk.rest()
    wishes.contact_offer.click()
    wishes.choice.click()
    wishes.language.committed.emit("urdu")
    desk.rest()
    kept = desk.services.desk.snapshot.enquiries[HERO]
    assert kept.preferences.grade.value == "senior"
    assert kept.preferences.contact is not None
    assert kept.preferences.language == "ur"
    assert kept.choice


def test_an_enquiry_rests_and_comes_back(desk: Bench) -> None:
    screen = confirm(desk)
    screen.pane.show_page("details")
    screen.pane.details.hold.click()
    desk.rest()
    assert desk.services.desk.snapshot.enquiries[HERO].status is EnquiryStatus.ON_HOLD
    assert screen.reference == HERO
    screen.pane.details.reopen.click()
    desk.rest()
    assert desk.services.desk.snapshot.enquiries[HERO].status is EnquiryStatus.TRIAGED


def test_the_history_tells_in_words(desk: Bench) -> None:
    screen = confirm(desk)
    screen.pane.segments.chosen.emit("history")
    desk.rest()
    told = [words for words, _ in screen.pane.history.lines()]
    assert told[0] == "What they need was set"
    assert told[-1] == "Received by e-mail"


# Who wrote.


def test_who_wrote_is_hidden_until_somebody_looks_and_the_look_is_noted(desk: Bench, theme: Theme) -> None:
    screen = receive_hero(desk)
    person = desk.services.desk.snapshot.enquiries[HERO].requester
    assert screen.pane.who.words() == "From: hidden"
    screen.pane.who.button.click()
    desk.rest()
    assert str(person.email) in screen.pane.who.words()
    assert desk.actions(HERO)[0] == "reveal"
    theme.cover.set_on(True)
    assert str(person.email) not in screen.pane.who.words()
    theme.cover.set_on(False)
    screen.choose(HELD)
    screen.choose(HERO)
    assert screen.pane.who.words() == "From: hidden"


def test_leaving_the_screen_hides_it_again(desk: Bench) -> None:
    screen = receive_hero(desk)
    screen.pane.who.button.click()
    desk.rest()
    screen.leave()
    assert screen.pane.who.words() == "From: hidden"


def test_with_their_own_yes_nothing_is_hidden(look: Bench) -> None:
    screen = screen_of(look)
    screen.choose(CONSENTED)
    look.rest()
    person = look.services.desk.snapshot.enquiries[CONSENTED].requester
    assert str(person.email) in screen.pane.who.words()
    assert "reveal" not in look.actions(CONSENTED)


def test_recording_their_yes_shows_them(desk: Bench) -> None:
    screen = receive_hero(desk)
    screen.pane.show_page("details")
    screen.pane.details.record.click()
    desk.rest()
    given = desk.services.desk.snapshot.enquiries[HERO].consent
    assert given is not None
    assert given.wording == "2026-e"
    assert "hidden" not in screen.pane.who.words()


# Risk.


def test_risk_closes_the_shortlist_and_names_nobody(look: Bench) -> None:
    screen = screen_of(look)
    screen.choose(HELD)
    look.rest()
    assert screen.people.risk.isVisible()
    assert screen.people.cards() == ()
    said = words_on(screen)
    assert "Samaritans" in said
    assert not any(s.shown_name in said for s in look.services.desk.snapshot.supporters.values())
    assert screen.top_items().chips[1].text == "check safety first"


def test_the_shortlist_opens_once_it_is_noted_what_was_done(desk: Bench) -> None:
    screen = screen_of(desk)
    screen.choose(HELD)
    screen.people.risk.button.click()
    assert screen.people.risk.field.error()
    QTest.keyClicks(screen.people.risk.line, "rang, safe, gave numbers")
    screen.people.risk.button.click()
    desk.rest()
    assert desk.services.desk.snapshot.enquiries[HELD].risk_done == "rang, safe, gave numbers"
    assert not screen.people.risk.isVisible()
    assert screen.people.heading()


def test_cues_of_danger_are_underlined_and_told_in_words(look: Bench) -> None:
    screen = screen_of(look)
    screen.choose(HELD)
    look.rest()
    assert screen.pane.letter.view.risky_words()
    assert "wavy line" in screen.pane.letter.view.accessibleDescription()
