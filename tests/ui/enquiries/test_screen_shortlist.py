"""Who could help: reasons, order, why not, and asking with the letter in sight."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from peermatch.model.consent import Purpose, Standing
from peermatch.model.introduction import State
from peermatch.ui.theme import Theme
from tests.ui.enquiry_office import (
    CONSENTED,
    HELD,
    asked_card,
    confirm,
    form_of,
    press,
    receive_hero,
    screen_of,
    words_on,
)
from tests.ui.readable import problems
from tests.ui.real_networks import focused
from tests.ui.sample_office import HERO, Bench

# The people.


def test_each_card_says_score_name_load_and_reasons(look: Bench) -> None:
    screen = screen_of(look)
    first = screen.people.cards()[0].face
    assert first.name == "Amina R."
    assert first.about == "she/her · ST6 anaesthetics · Preston"
    assert first.load == "0 of 2 introductions in hand · last helped in June"
    kinds = {chip.kind for chip in first.reasons}
    assert "good" in kinds
    assert any(chip.text.startswith("may share: ADHD") and chip.kind == "violet" for chip in first.reasons)
    assert any(
        chip.text == "consent ends 3 Dec" for card in screen.people.cards() for chip in card.face.reasons
    )


def test_the_order_may_be_changed_and_nobody_is_lost(look: Bench) -> None:
    screen = screen_of(look)
    screen.people.more.click()
    best = [card.face.supporter for card in screen.people.cards()]
    screen.people.order.set_current("least")
    screen.people.order.chosen.emit("least")
    least = [card.face.supporter for card in screen.people.cards()]
    assert sorted(least) == sorted(best)
    free = [int(card.face.load.split()[0]) for card in screen.people.cards()]
    assert free[0] == 0
    screen.people.order.set_current("nearest")
    screen.people.order.chosen.emit("nearest")
    assert "not known" in screen.people._remark.words()


def test_cards_that_serve_other_people_say_nothing_of_those_before(look: Bench) -> None:
    screen, shortlists = screen_of(look), look.services.shortlists
    screen.people.cards()[0].toggle_reasons()
    before = {card: card.face.supporter for card in screen.people.cards()}
    screen.choose(CONSENTED)
    look.rest()
    cards = screen.people.cards()
    expected = [each.supporter for each in shortlists.of(CONSENTED, look.services.desk.today).suggested]
    assert [card.face.supporter for card in cards] == expected[: len(cards)]
    turned = [card for card in cards if before.get(card) not in (None, card.face.supporter)]
    assert turned
    people = look.services.desk.snapshot.supporters
    for card in turned:
        gone = people[before[card]].first_name
        told = [*(label.text() for label in card.findChildren(QLabel)), card.accessibleName()]
        assert gone not in " ".join((*told, card.ask.text(), card.ask.accessibleName()))
        assert card.face.first_name in card.ask.text()
        assert not card.opened_up
    screen.choose(HERO)
    look.rest()
    assert [card.face.supporter for card in screen.people.cards()] == list(before.values())


def test_a_card_with_a_letter_or_the_keyboard_serves_nobody_else(look: Bench) -> None:
    screen = screen_of(look)
    asked = asked_card(look, "S-0001")
    kept = next(card for card in screen.people.cards() if card is not asked)
    assert (asked.is_idle(), kept.is_idle()) == (False, True)
    kept.ask.setFocus()
    assert not kept.is_idle()
    other = QWidget()
    other.show()
    other.activateWindow()
    look.rest()
    assert not kept.is_idle(), "another window is in front"
    people = {card: card.face.supporter for card in (asked, kept)}
    screen.choose(CONSENTED)
    assert {card: card.face.supporter for card in people} == people


def test_nearest_goes_by_the_place_of_the_enquirer(desk: Bench) -> None:
    screen = confirm(desk)
    screen.pane.details.changed.emit("place", "Preston")
    desk.rest()
    screen.people.order.set_current("nearest")
    screen.people.order.chosen.emit("nearest")
    assert "Preston" in screen.people.cards()[0].face.about


def test_names_are_covered_on_cards_buttons_and_letters(look: Bench, theme: Theme) -> None:
    screen = screen_of(look)
    screen.people.wanted.emit("S-0001")
    look.rest()
    theme.cover.set_on(True)
    said = words_on(screen)
    for person in look.services.desk.snapshot.supporters.values():
        assert person.shown_name not in said
    card = screen.people.card("S-0001")
    assert card is not None
    assert form_of(card).confirm.text() == "Ask them"
    assert "Amina" not in form_of(card).letter.toPlainText()


def test_why_not_counts_everybody_once(look: Bench) -> None:
    screen = screen_of(look)
    day = look.services.desk.today
    shortlist = look.services.shortlists.of(HERO, day)
    told = [int(line.split(" · ")[0]) for line in screen.people.why_not.lines()]
    assert told == [number for _, number in shortlist.counts]
    assert sum(told) + len(shortlist.suggested) == len(look.services.desk.snapshot.supporters)
    assert any("do not share ADHD" in line for line in screen.people.why_not.lines())
    assert "they would come 2nd" in screen.people.why_not.what_if()


def test_everybody_who_is_not_suggested_can_be_looked_through(look: Bench) -> None:
    screen = screen_of(look)
    screen.people.why_not.show_all.click()
    look.rest()
    everyone = screen.people.everyone
    assert everyone.isVisible()
    number = len(everyone.list.rows())
    assert everyone.filter is not None
    everyone.filter.set_current("paused")
    everyone.filter.chosen.emit("paused")
    assert 0 < len(everyone.list.rows()) < number
    assert all("Paused" in row.summary for row in everyone.list.rows())
    everyone.list.opened.emit("S-0002")
    assert look.went == [("supporters", "", "S-0002")]
    QTest.keyClick(everyone.list, Qt.Key.Key_Escape)
    assert not everyone.isVisible()


def test_withdrawn_consent_is_never_spoken_of(desk: Bench) -> None:
    picture, day = desk.services.desk.snapshot, desk.services.desk.today
    withdrawn = [
        (person, c)
        for person in picture.supporters.values()
        for c in person.characteristics
        if picture.gate(person, day).ruling(Purpose.MATCH, c).standing is Standing.WITHDRAWN
    ]
    assert withdrawn
    screen = receive_hero(desk)
    for _, characteristic in withdrawn:
        screen.pane.needs.finder.picked.emit(characteristic)
        press(desk, f"need:{characteristic}")
    screen.people.why_not.show_all.click()
    desk.rest()
    said = {row.key: row.summary for row in screen.people.everyone.list.rows()}
    for person, _ in withdrawn:
        assert "withdr" not in said[person.id].casefold()
    assert "withdr" not in screen.people.why_not.what_if().casefold()


# Asking.


def test_the_letter_is_shown_before_anybody_is_asked_and_names_no_trainee(look: Bench) -> None:
    card = asked_card(look, "S-0001")
    form = form_of(card)
    person = look.services.desk.snapshot.enquiries[HERO].requester
    assert "Amina" in form.letter.toPlainText()
    assert str(person.email) not in form.letter.toPlainText()
    assert not form.reason.isVisible()
    assert look.services.desk.snapshot.introductions_of(HERO) == ()
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert card.form is None
    assert card.ask.isVisible()


def test_only_one_letter_is_open_at_a_time(look: Bench) -> None:
    first, second = screen_of(look).people.cards()[:2]
    asked_card(look, first.face.supporter)
    asked_card(look, second.face.supporter)
    assert first.form is None
    assert form_of(second).reason.isVisible()
    form_of(second).cancel.click()
    assert second.form is None


def test_asking_the_first_is_one_press_more(desk: Bench) -> None:
    screen = confirm(desk)
    form_of(asked_card(desk, "S-0001")).confirm.click()
    desk.rest()
    (introduction,) = desk.services.desk.snapshot.introductions_of(HERO)
    assert introduction.state is State.ASKED
    assert screen.people.card("S-0001") is None
    assert screen.people.asked_card.words() == ("asked on 20 Nov · no reply yet",)
    rows = {row.key: row for row in screen.queue.list.rows()}
    assert rows[HERO].state == "asked 1 supporter · no reply yet"
    assert focused() is screen.people.asked_card.way("S-0001")
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert desk.went == [("introductions", HERO, "S-0001")]


def test_why_it_was_not_the_first_one_goes_into_the_decision(desk: Bench) -> None:
    second = confirm(desk).people.cards()[1].face.supporter
    form = form_of(asked_card(desk, second))
    form.reason.setText("asked for somebody senior")
    form.confirm.click()
    desk.rest()
    asked = next(e for e in desk.services.upkeep.journal(about=HERO) if e.action == "ask")
    assert "with a reason" in asked.detail
    assert "senior" not in asked.detail, (
        "a line of the journal is for ever; the record of a decision can be erased"
    )
    (decision,) = desk.services.decisions.of(HERO)
    assert decision.reason == "asked for somebody senior"


def test_a_refused_ask_can_be_tried_again(desk: Bench) -> None:
    screen = confirm(desk)
    form = form_of(asked_card(desk, "S-0001"))
    desk.services.consent.withdraw("S-0001", Purpose.HOLD, None, date(2026, 11, 20))
    form.confirm.click()
    desk.rest()
    assert screen.banner.isVisible()
    assert desk.services.desk.snapshot.introductions_of(HERO) == ()


# The look.


@pytest.mark.parametrize(("width", "height", "scale"), [(1232, 844, 100), (960, 644, 100), (928, 600, 150)])
def test_no_word_is_cut_and_every_control_has_a_name(
    look: Bench, theme: Theme, width: int, height: int, scale: int
) -> None:
    screen = screen_of(look)
    theme.set_scale(scale)
    look.page.resize(width, height)
    screen.people.wanted.emit("S-0001")
    for page in ("letter", "details", "history"):
        screen.pane.show_page(page)
        look.rest()
        assert screen.minimumSizeHint().width() <= width
        assert problems(look.page) == []
    screen.people.why_not.show_all.click()
    look.rest()
    assert problems(look.page) == []
    screen.choose(HELD)
    look.rest()
    assert problems(look.page) == []
