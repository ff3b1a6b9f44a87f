"""What follows from a withdrawal: who holds a card is told by a letter that lies ready beside the record."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from peermatch.model.consent import Method, Purpose
from peermatch.ui.screens.supporter_record import SupporterRecord
from peermatch.ui.screens.supporters import SupportersScreen
from peermatch.ui.screens.withdrawn_letters import ALL_SENT, NO_LETTER, THEM, holders_words
from peermatch.ui.theme import Theme
from tests.ui.duties.duty_office import AMINA, TOM, words_on
from tests.ui.readable import problems
from tests.ui.sample_office import Bench, bench


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, qtbot: object) -> Iterator[Bench]:
    with bench(tmp_path, lambda services, tasks: SupportersScreen(services, tasks, theme)) as made:
        yield made


def record(desk: Bench, id: str) -> SupporterRecord:
    assert isinstance(desk.screen, SupportersScreen)
    desk.screen.open_at(supporter=id)
    desk.rest()
    return desk.screen.record


def withdrawn(desk: Bench, id: str = AMINA) -> SupporterRecord:
    shown = record(desk, id)
    shown.consent.withdraw_all.click()
    shown.consent.withdraw_panel.confirm.click()
    desk.rest()
    return shown


def test_before_a_withdrawal_there_is_no_letter(desk: Bench) -> None:
    assert record(desk, AMINA).letters.isHidden()


def test_the_letters_are_read_before_everything_is_withdrawn(desk: Bench) -> None:
    shown = record(desk, AMINA)
    shown.consent.withdraw_all.click()
    desk.rest()
    panel = shown.consent.withdraw_panel
    to_come = desk.services.consent.letters_to_come(AMINA, desk.services.desk.today)
    letter = to_come[0].letter
    assert set(panel.letters.buttons) == {each.letter.enquiry for each in to_come}
    assert desk.services.stop_letters.waiting(AMINA) == {}
    panel.letters.buttons[letter.enquiry].click()
    desk.rest()
    assert "please do not use those contact details any more" in panel.letters.sheet.letter.toPlainText()
    agreed = desk.services.desk.snapshot.enquiry(letter.enquiry).consent is not None
    assert panel.letters.sheet.to.in_sight == (agreed and bool(letter.recipient))
    assert problems(desk.page) == []
    panel.cancel.click()
    assert panel.letters.buttons == {}
    assert panel.letters.sheet.letter.toPlainText() == ""


def test_each_who_holds_a_card_has_a_letter_and_the_supporter_one(desk: Bench) -> None:
    shown = withdrawn(desk)
    kept = desk.services.stop_letters.waiting(AMINA)
    assert kept
    assert set(shown.letters.buttons) == {THEM, *map(str, kept)}
    number, letter = next((str(number), each.letter) for number, each in kept.items())
    shown.letters.buttons[number].click()
    desk.rest()
    sheet = shown.letters.sheet
    assert sheet.isVisible()
    sheet.copy_text.click()
    assert QGuiApplication.clipboard().text() == letter.body
    desk.rest()
    assert problems(desk.page) == []


def test_an_address_is_hidden_until_somebody_looks_and_hidden_again(desk: Bench) -> None:
    known = desk.services.desk.snapshot.enquiries
    shown = withdrawn(desk)
    letters = {str(n): each.letter for n, each in desk.services.stop_letters.waiting(AMINA).items()}
    hidden = {number: each for number, each in letters.items() if known[each.enquiry].consent is None}
    for number, letter in hidden.items():
        shown.letters.open_letter(number)
        assert not shown.letters.sheet.to.in_sight
        shown.letters.sheet.to.wanted.emit()
        desk.rest()
        assert shown.letters.sheet.to.in_sight == bool(letter.recipient)
        assert desk.actions(letter.enquiry)[0] == "reveal"
        desk.screen.hide()
        desk.screen.show()
        assert not shown.letters.sheet.to.in_sight
    free = [number for number in letters if number not in hidden]
    for number in free:
        shown.letters.open_letter(number)
        assert shown.letters.sheet.to.in_sight
    assert hidden or free


def test_the_letter_to_the_supporter_says_that_it_is_done(desk: Bench) -> None:
    shown = withdrawn(desk)
    shown.letters.buttons[THEM].click()
    desk.rest()
    person = desk.services.desk.snapshot.supporter(AMINA)
    assert person.email is not None
    assert person.email in shown.letters.sheet.to.words()


def test_the_letters_stay_with_the_record(desk: Bench) -> None:
    withdrawn(desk)
    other = record(desk, TOM)
    assert other.letters.isHidden()
    again = record(desk, AMINA)
    assert not again.letters.isHidden()
    assert THEM not in again.letters.buttons
    assert "Letters that follow from a withdrawal" in words_on(again)


def test_names_in_letters_are_covered(desk: Bench, theme: Theme) -> None:
    shown = withdrawn(desk)
    shown.letters.buttons[THEM].click()
    theme.cover.set_on(True)
    desk.rest()
    assert "Amina" not in shown.letters.sheet.letter.toPlainText()
    theme.cover.set_on(False)


def test_where_nobody_holds_a_card_there_is_only_the_answer(desk: Bench) -> None:
    held = desk.services.desk.snapshot
    free = (p.id for p in held.supporters.values() if p.consents and not held.introductions_with(p.id))
    shown = withdrawn(desk, next(free))
    assert set(shown.letters.buttons) == {THEM}
    assert "nobody to write to" in words_on(shown.letters)


def test_a_letter_that_was_sent_is_noted_with_one_press_and_comes_back_with_the_note_taken_back(
    desk: Bench,
) -> None:
    withdrawn(desk)
    shown = record(desk, AMINA)
    waiting = desk.services.stop_letters.waiting(AMINA)
    for number in map(str, waiting):
        shown.letters.buttons[number].click()
        shown.letters.note_sent.click()
        desk.rest()
        assert number not in shown.letters.buttons
    assert set(shown.letters.buttons) == {THEM}
    assert ALL_SENT in words_on(shown.letters)
    record(desk, TOM)
    assert record(desk, AMINA).letters.isHidden()
    (line, *_) = desk.services.journal.page().lines
    desk.screen.refresh(desk.services.journal.take_back(line.seq).touched)
    desk.rest()
    assert list(shown.letters.buttons) == [str(list(waiting)[-1])]


def test_the_name_in_the_press_for_their_letter_is_covered_and_uncovered(desk: Bench, theme: Theme) -> None:
    shown = withdrawn(desk)
    shown.letters.buttons[THEM].click()
    button = shown.letters.buttons[THEM]
    theme.cover.set_on(True)
    desk.rest()
    assert "Amina" not in f"{button.text()} {button.accessibleName()}"
    assert shown.letters.current == THEM, "what is open stays open"
    theme.cover.set_on(False)
    desk.rest()
    assert shown.letters.buttons[THEM] is button
    assert button.text() == "Tell Amina that it is done"
    theme.cover.set_on(True)
    covered = withdrawn_again(desk).letters.buttons[THEM]
    assert "Amina" not in covered.text()
    theme.cover.set_on(False)
    assert covered.text() == "Tell Amina that it is done"


def withdrawn_again(desk: Bench) -> SupporterRecord:
    """Agreed to again, then taken back while names are covered."""
    agree(desk, Purpose.HOLD)
    record(desk, TOM)
    return withdrawn(desk)


def agree(desk: Bench, purpose: Purpose) -> None:
    consent, on = desk.services.consent, desk.services.desk.today
    done = consent.give(AMINA, purpose, None, wording="2026-1", method=Method.FORM, on=on)
    desk.screen.refresh(done.touched)
    desk.rest()


def test_who_was_told_before_is_not_called_nobody(desk: Bench) -> None:
    withdrawn(desk)
    for number in desk.services.stop_letters.waiting(AMINA):
        desk.screen.refresh(desk.services.stop_letters.sent(number, desk.services.desk.today).touched)
    agree(desk, Purpose.CONTACT_EMAIL)
    agree(desk, Purpose.HOLD)
    shown = withdrawn(desk)
    assert "They hold a card" not in words_on(shown.banner)
    assert ALL_SENT in words_on(shown.banner)
    assert ALL_SENT in words_on(shown.letters)


def test_letters_that_are_agreed_away_are_not_called_sent(desk: Bench) -> None:
    shown = record(desk, AMINA)
    on = desk.services.desk.today
    shown.consent.withdraw_all.click()
    shown.consent.withdraw_panel.confirm.click()
    desk.rest()
    assert len(shown.letters.buttons) > 1
    before = desk.services.consent.records(AMINA)
    again = tuple(replace(each, given=on, expires=None, withdrawn=None) for each in before)
    desk.screen.refresh(desk.services.consent.give_all(AMINA, again, on).touched)
    desk.rest()
    assert desk.services.stop_letters.waiting(AMINA) == {}
    assert set(shown.letters.buttons) == {THEM}
    assert NO_LETTER in words_on(shown.letters)
    assert ALL_SENT not in words_on(shown.letters)


def test_a_withdrawal_of_what_is_on_no_card_tells_nobody_to_write(desk: Bench) -> None:
    person = desk.services.desk.snapshot.supporter(AMINA)
    counted = next(each for each in person.consents if each.purpose is Purpose.COUNT)
    taken = desk.services.consent.withdraw(
        AMINA, Purpose.COUNT, counted.characteristic, desk.services.desk.today
    )
    assert taken.sent
    assert holders_words(taken) == NO_LETTER
