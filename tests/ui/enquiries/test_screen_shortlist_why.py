"""Why somebody is suggested or not, who is rare, two together, and the watch, as they are shown and pressed."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from peermatch.model.consent import Method, Purpose
from peermatch.ui.cover import DOTS
from peermatch.ui.screens.enquiries import EnquiriesScreen
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.queue_list import QueueRow
from tests.ui.enquiry_office import (
    ADHD,
    EXAM,
    asked_card,
    confirm,
    form_of,
    screen_of,
    words_on,
)
from tests.ui.readable import accessible_name, problems
from tests.ui.real_networks import focused
from tests.ui.sample_office import HERO, Bench

DYSLEXIA = "neuro.dyslexia"
AMINA, TOM, FRANCESCA = "S-0001", "S-0002", "Francesca D."
JUST_KEPT_APART = "Must not be introduced to this person"


def need(desk: Bench, essential: tuple[str, ...], helpful: tuple[str, ...]) -> EnquiriesScreen:
    """The first letter with other needs."""
    screen = confirm(desk)
    screen.refresh(desk.services.enquiries.set_needs(HERO, essential, helpful).touched)
    desk.rest()
    return screen


def row_of(screen: EnquiriesScreen, key: str) -> QueueRow:
    return next(row for row in screen.people.everyone.list.rows() if row.key == key)


# The reasons of a suggestion.


def test_the_reasons_open_in_place_and_add_up_to_the_score(look: Bench) -> None:
    people = screen_of(look).people
    assert not any(card.opened_up for card in people.cards())
    for card in people.cards():
        lines = [line.points for group in card.face.groups for line in group.lines]
        assert sum(lines) == card.face.score
    first, second = people.cards()[:2]
    top = first.geometry().top()
    QTest.keyClick(first, Qt.Key.Key_Space)
    look.rest()
    assert [first.opened_up, second.opened_up] == [True, False]
    assert first.geometry().top() == top
    assert "Shares ADHD +60" in first.reasons()
    assert first.reasons().endswith(f"Together {first.face.score}")
    assert accessible_name(first.why) == f"Hide all reasons for {first.face.name}"
    QTest.keyClick(first.why, Qt.Key.Key_Return)
    look.rest()
    assert not any(card.opened_up for card in people.cards())
    assert accessible_name(first.why) == f"Why? All reasons for {first.face.name}"


def test_enter_on_a_card_still_shows_the_record(look: Bench) -> None:
    QTest.keyClick(screen_of(look).people.cards()[0], Qt.Key.Key_Return)
    assert look.went == [("supporters", "", AMINA)]


def test_open_reasons_stay_open_when_the_picture_is_renewed(desk: Bench) -> None:
    screen = confirm(desk)
    screen.people.cards()[1].toggle_reasons()
    opened = screen.people.cards()[1].face.supporter
    screen.refresh(desk.services.enquiries.set_needs(HERO, (ADHD,), (EXAM,)).touched)
    desk.rest()
    card = screen.people.card(opened)
    assert card is not None
    assert card.opened_up


# Why not.


def test_a_row_opens_in_place_with_what_it_rests_on(look: Bench) -> None:
    screen = screen_of(look)
    screen.people.why_not.show_all.click()
    look.rest()
    everyone = screen.people.everyone
    paused = next(row for row in everyone.list.rows() if row.summary.startswith("Paused"))
    everyone.list.set_current(paused.key)
    QTest.keyClick(everyone.list, Qt.Key.Key_Space)
    found = everyone.explanation(paused.key)
    assert found is not None
    words = row_of(screen, paused.key).summary
    assert words.startswith(paused.summary)
    assert "What would change it: They are back on" in words
    assert "They would then come" in words
    QTest.keyClick(everyone.list, Qt.Key.Key_Space)
    assert row_of(screen, paused.key) == paused
    QTest.keyClick(everyone.list, Qt.Key.Key_Return)
    assert look.went == [("supporters", "", paused.key)]


def test_a_click_opens_a_row_and_every_row_can_be_opened(look: Bench) -> None:
    screen = screen_of(look)
    screen.people.why_not.show_all.click()
    look.rest()
    everyone = screen.people.everyone
    where = everyone.list.visualRect(everyone.list.model().index(1, 0)).center()
    QTest.mouseClick(everyone.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    second = everyone.list.rows()[1].key
    assert everyone.explanation(second) is not None
    for row in everyone.list.rows():
        everyone.wanted.emit(row.key)
        found = everyone.explanation(row.key)
        assert found is not None
        words = row_of(screen, row.key).summary
        assert (found.change in words) != words.startswith(JUST_KEPT_APART)
        assert "withdr" not in words.casefold()
    assert problems(look.page) == []


def test_who_is_refused_twice_says_so_and_an_open_row_follows_the_record(desk: Bench) -> None:
    screen = confirm(desk)
    tom = desk.services.desk.snapshot.supporter("S-0002")
    day = date(2027, 3, 3)
    busy = replace(tom, paused_until=day, capacity=0)
    screen.refresh(desk.services.supporters.change(busy).touched)
    desk.rest()
    screen.people.why_not.show_all.click()
    screen.people.everyone.wanted.emit(tom.id)
    assert "Also: no room" in row_of(screen, tom.id).summary
    screen.refresh(desk.services.supporters.change(replace(tom, paused_until=day)).touched)
    desk.rest()
    assert "Also" not in row_of(screen, tom.id).summary
    assert "They would then come" in row_of(screen, tom.id).summary
    screen.refresh(desk.services.supporters.change(tom).touched)
    desk.rest()
    assert screen.people.everyone.explanation(tom.id) is None


# Who is rare.


def test_who_is_rare_says_for_what_and_who_else_there_is(desk: Bench, theme: Theme) -> None:
    screen = need(desk, (), (DYSLEXIA, ADHD, EXAM))
    (card,) = [each for each in screen.people.cards() if each.face.rare]
    assert any(chip.text == "Rare: the only one who can help with Dyslexia" for chip in card.face.reasons)
    card.toggle_reasons()
    assert "Amina R., 1st, would leave open: Dyslexia." in card.reasons()
    assert "Amina R., 1st" in words_on(screen)
    theme.cover.set_on(True)
    assert "Amina" not in words_on(screen)
    assert "Amina" not in card.reasons()


def test_a_letter_that_describes_only_one_person_is_told_before_they_are_asked(desk: Bench) -> None:
    screen = need(desk, (DYSLEXIA,), (ADHD,))
    (card,) = screen.people.cards()
    form = form_of(asked_card(desk, card.face.supporter))
    assert form.few.isVisible()
    assert form.few.sentence().startswith("This description would fit only 1 person.")
    card.toggle_reasons()
    desk.rest()
    assert problems(desk.page) == []
    card.close_letter()
    screen.refresh(desk.services.enquiries.set_needs(HERO, (ADHD,), ()).touched)
    desk.rest()
    first = screen.people.cards()[0].face.supporter
    assert not form_of(asked_card(desk, first)).few.isVisible()


# Two together, and the watch.


def test_two_together_are_offered_and_shown_alone(desk: Bench, theme: Theme) -> None:
    screen = need(desk, (), (DYSLEXIA, ADHD, EXAM))
    people = screen.people
    assert people.together.words() == (
        "Nobody in this list meets everything. Amina R. and Francesca D. together cover all three."
    )
    number = len(people.cards())
    people.together.show_pair.click()
    desk.rest()
    assert [card.face.name for card in people.cards()] == ["Amina R.", FRANCESCA]
    assert people.together.show_pair.text() == "Show everybody"
    theme.cover.set_on(True)
    assert "Amina" not in people.together.words()
    assert DOTS in people.together.words()
    theme.cover.set_on(False)
    people.together.show_pair.click()
    desk.rest()
    assert len(people.cards()) == number


def test_where_somebody_meets_everything_nothing_more_is_said(look: Bench) -> None:
    assert not screen_of(look).people.together.isVisible()
    assert not screen_of(look).people.newcomers.isVisible()


def test_a_watch_reports_whoever_fits_and_can_be_stopped(desk: Bench, theme: Theme) -> None:
    services = desk.services
    screen = need(desk, (), (DYSLEXIA, ADHD, EXAM))
    people = screen.people
    people.together.watch.click()
    desk.rest()
    assert desk.notices[-1] == "E-0142 is watched. You will be told when somebody new fits."
    assert people.together.watched_words == "Watched since 20 Nov"
    assert not people.together.watch.isVisible()
    amina = services.desk.snapshot.supporter(AMINA)
    services.supporters.change(replace(amina, characteristics=(*amina.characteristics, DYSLEXIA)))
    wording = (services.desk.snapshot.wordings or ())[0].id
    services.upkeep.set_controller("The Example Trust")
    done = services.consent.give(
        AMINA, Purpose.MATCH, DYSLEXIA, wording=wording, method=Method.EMAIL, on=services.desk.today
    )
    screen.refresh(done.touched)
    desk.rest()
    assert people.newcomers.isVisible()
    assert people.newcomers.sentence() == "Amina R. fits now. Amina R. meets everything that is asked for."
    (row,) = [row for row in screen.queue.list.rows() if row.key == HERO]
    assert (row.chip, row.chip_kind) == ("Somebody fits now", "good")
    assert problems(desk.page) == []
    theme.cover.set_on(True)
    assert "Amina" not in people.newcomers.sentence()
    theme.cover.set_on(False)
    people.newcomers.acted.emit()
    desk.rest()
    assert focused() is people.card(AMINA)
    people.together.stop.click()
    desk.rest()
    assert not people.newcomers.isVisible()
    assert not people.together.isVisible()
    assert "Somebody fits now" not in [row.chip for row in screen.queue.list.rows()]
    assert desk.actions(HERO)[:2] == ["unwatch", "watch"]


def test_an_empty_list_offers_a_watch_that_can_be_undone(desk: Bench) -> None:
    screen = need(desk, (DYSLEXIA, "faith.jewish"), ())
    assert screen.people.cards() == ()
    assert "You can be told" in screen.people.together.words()
    done = desk.services.watches.watch(HERO, desk.services.desk.today)
    screen.refresh(done.touched)
    desk.rest()
    assert screen.people.together.watched_words
    screen.refresh(desk.services.upkeep.undo(done).touched)
    desk.rest()
    assert screen.people.together.watched_words == ""
    assert screen.people.together.watch.isVisible()


@pytest.mark.parametrize(("width", "height", "scale"), [(1232, 844, 100), (960, 644, 100), (928, 600, 150)])
def test_no_word_is_cut_when_everything_is_open(
    look: Bench, theme: Theme, width: int, height: int, scale: int
) -> None:
    screen = screen_of(look)
    theme.set_scale(scale)
    look.page.resize(width, height)
    for card in screen.people.cards():
        card.toggle_reasons()
    look.rest()
    assert screen.minimumSizeHint().width() <= width
    assert problems(look.page) == []


# Who may be the trainee.


def namesake(desk: Bench) -> EnquiriesScreen:
    """Tom has the trainee's address, and nobody has looked at who wrote; the list of refused is open."""
    screen = confirm(desk)
    tom = desk.services.desk.snapshot.supporter(TOM)
    email = desk.services.desk.snapshot.enquiries[HERO].requester.email
    screen.refresh(desk.services.supporters.change(replace(tom, email=email)).touched)
    desk.rest()
    screen.people.why_not.show_all.click()
    desk.rest()
    screen.people.everyone.wanted.emit(TOM)
    return screen


def told_of_the_refused(screen: EnquiriesScreen) -> str:
    """All that the counts, the filters and the list say."""
    everyone = screen.people.everyone
    assert everyone.filter is not None
    filters = [everyone.filter.itemText(number) for number in range(everyone.filter.count())]
    rows = [row.summary for row in everyone.list.rows()]
    return "\n".join([*screen.people.why_not.lines(), *filters, *rows])


def test_a_hidden_trainee_is_not_named_by_the_reason_of_a_supporter(desk: Bench) -> None:
    screen = namesake(desk)
    assert row_of(screen, TOM).summary.startswith(JUST_KEPT_APART)
    said = told_of_the_refused(screen).casefold()
    assert "same person" not in said
    assert "address" not in said
    assert "name or" not in said
    assert "already asked, or kept apart" in said
    everyone = screen.people.everyone
    assert everyone.filter is not None
    everyone.filter.set_current("already_asked")
    everyone.filter.chosen.emit("already_asked")
    assert TOM in {row.key for row in everyone.list.rows()}


def test_once_who_wrote_is_in_sight_the_list_says_the_truth_until_it_is_hidden_again(desk: Bench) -> None:
    screen = namesake(desk)
    screen.pane.who.button.click()
    desk.rest()
    assert row_of(screen, TOM).summary.startswith("Has the same name or address as the person who asks")
    assert "have the name or address of who asks" in "\n".join(screen.people.why_not.lines())
    screen.pane.who.button.click()
    desk.rest()
    assert row_of(screen, TOM).summary.startswith(JUST_KEPT_APART)
    assert "address" not in told_of_the_refused(screen)


def test_another_reason_that_comes_first_does_not_tell_it_either(desk: Bench) -> None:
    screen = namesake(desk)
    tom = desk.services.desk.snapshot.supporter(TOM)
    screen.refresh(desk.services.supporters.change(replace(tom, paused_until=date(2027, 3, 3))).touched)
    desk.rest()
    words = row_of(screen, TOM).summary
    assert words.startswith("Paused")
    assert "Also: already asked, or kept apart" in words
