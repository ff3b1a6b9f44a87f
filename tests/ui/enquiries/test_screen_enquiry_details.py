"""One enquiry: its details, its history, who wrote it, and safety before anything else."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from peermatch.model.enquiry import EnquiryStatus
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.focus_keeper import SHOWN_MS
from tests.ui.enquiry_office import (
    CONSENTED,
    HELD,
    confirm,
    receive_hero,
    screen_of,
    words_on,
)
from tests.ui.real_networks import focused
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


def refusing(desk: Bench, on: bool) -> None:
    """As a file that may not be written any more does: every step is refused by the file itself."""
    desk.services.desk.store.source().connection.execute(f"PRAGMA query_only = {'ON' if on else 'OFF'}")


def test_a_line_that_could_not_be_kept_stands_there_to_be_kept_again(desk: Bench) -> None:
    screen = screen_of(desk)
    safe, reference = screen.pane.safe, screen.reference
    before = safe.value()
    safe.change.click()
    safe.line.setText("Ring after six")
    refusing(desk, True)
    QTest.keyClick(safe.line, Qt.Key.Key_Return)
    desk.rest()
    assert "read-only" in screen.banner.sentence()
    assert (safe.value(), safe.line.isVisible(), safe.line.text()) == (before, True, "Ring after six")
    assert safe.line.hasFocus()
    refusing(desk, False)
    QTest.keyClick(safe.line, Qt.Key.Key_Return)
    desk.rest()
    assert desk.services.desk.snapshot.enquiry(reference).requester.safe_contact == "Ring after six"
    assert not safe.line.isVisible()
    refusing(desk, True)
    screen.edits.set_status(EnquiryStatus.ON_HOLD)
    desk.rest()
    refusing(desk, False)
    assert not safe.line.isVisible(), "what is kept is not given back"


@pytest.mark.parametrize("refused", [True, False])
def test_whoever_goes_on_from_a_line_keeps_the_keyboard_where_they_are(desk: Bench, refused: bool) -> None:
    screen = screen_of(desk)
    safe = screen.pane.safe
    screen.window().activateWindow()
    refusing(desk, refused)
    safe.change.click()
    safe.line.setText("Ring after six")
    screen.queue.list.setFocus()
    desk.rest()
    QTest.qWait(2 * SHOWN_MS)
    refusing(desk, False)
    assert focused() is screen.queue.list
    assert safe.line.isVisible() == refused
    assert (safe.line.text() if refused else safe.value()) == "Ring after six"


def test_a_line_that_could_not_be_kept_is_not_given_to_another_enquiry(desk: Bench) -> None:
    screen = screen_of(desk)
    first, other = (
        screen.reference,
        next(r.key for r in screen.queue.list.rows() if r.key != screen.reference),
    )
    desk.worker.holding = True
    refusing(desk, True)
    screen.pane.safe.change.click()
    screen.pane.safe.line.setText("Ring after six")
    QTest.keyClick(screen.pane.safe.line, Qt.Key.Key_Return)
    screen.choose(other)
    desk.worker.let_go()
    desk.rest()
    refusing(desk, False)
    assert screen.reference == other != first
    assert not screen.pane.safe.line.isVisible()


def write(desk: Bench, text: str) -> None:
    safe = screen_of(desk).pane.safe
    safe.change.click()
    safe.line.setText(text)
    QTest.keyClick(safe.line, Qt.Key.Key_Return)


def answer(desk: Bench, *, first_is_kept: bool) -> None:
    """Let both steps go that wait: the file refuses one of them, and takes the other."""
    desk.worker._kept.insert(1, lambda: refusing(desk, first_is_kept))
    refusing(desk, not first_is_kept)
    desk.worker.let_go()
    desk.rest()
    refusing(desk, False)


def test_of_two_quick_edits_the_second_that_fails_stays_in_the_line_and_says_why(desk: Bench) -> None:
    screen, safe = screen_of(desk), screen_of(desk).pane.safe
    desk.worker.holding = True
    write(desk, "Ring after six")
    safe.change.click()
    assert safe.line.text() == "Ring after six", "what is on its way is what is changed"
    QTest.keyClick(safe.line, Qt.Key.Key_Escape)
    write(desk, "Write to the second address")
    answer(desk, first_is_kept=True)
    assert (safe.value(), safe.line.isVisible(), safe.line.text()) == (
        "Ring after six",
        True,
        "Write to the second address",
    )
    assert safe.fault() == screen.banner.sentence()
    assert safe._fault.isVisible()
    assert safe.line.accessibleDescription() == safe.fault()
    QTest.keyClick(safe.line, Qt.Key.Key_Return)
    desk.rest()
    kept = desk.services.desk.snapshot.enquiry(screen.reference).requester.safe_contact
    assert kept == safe.value() == "Write to the second address"
    assert (safe.fault(), safe.line.isVisible()) == ("", False)


def test_of_two_quick_edits_the_first_that_fails_is_not_put_over_the_second(desk: Bench) -> None:
    safe = screen_of(desk).pane.safe
    desk.worker.holding = True
    write(desk, "Ring after six")
    write(desk, "Write to the second address")
    answer(desk, first_is_kept=False)
    assert (safe.value(), safe.line.isVisible(), safe.fault()) == ("Write to the second address", False, "")


def test_another_step_that_is_kept_lets_no_words_of_a_line_go(desk: Bench) -> None:
    screen, safe = screen_of(desk), screen_of(desk).pane.safe
    before = safe.value()
    desk.worker.holding = True
    screen.edits.set_detail("choice", not screen.edits.open.draft.choice if screen.edits.open.draft else True)
    write(desk, "Ring after six")
    answer(desk, first_is_kept=True)
    assert (safe.value(), safe.line.text(), safe.line.isVisible()) == (before, "Ring after six", True)


def test_who_types_on_keeps_every_word_when_the_step_before_fails(desk: Bench) -> None:
    safe = screen_of(desk).pane.safe
    desk.worker.holding = True
    refusing(desk, True)
    write(desk, "Ring after six")
    safe.change.click()
    QTest.keyClicks(safe.line, ", not on Mondays")
    desk.worker.let_go()
    desk.rest()
    refusing(desk, False)
    assert safe.line.text() == "Ring after six, not on Mondays"
    QTest.keyClick(safe.line, Qt.Key.Key_Return)
    desk.rest()
    assert safe.value() == "Ring after six, not on Mondays"


def test_esc_gives_up_what_could_not_be_kept(desk: Bench) -> None:
    safe = screen_of(desk).pane.safe
    before = safe.value()
    refusing(desk, True)
    write(desk, "Ring after six")
    desk.rest()
    refusing(desk, False)
    assert safe.fault()
    QTest.keyClick(safe.line, Qt.Key.Key_Escape)
    QTest.keyClick(safe.line, Qt.Key.Key_Escape)
    assert (safe.value(), safe.line.isVisible(), safe.fault()) == (before, False, "")
