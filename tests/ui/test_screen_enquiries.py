"""Enquiries: a letter comes in, its needs are confirmed, people are suggested with reasons, and one is asked."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from peermatch.model.consent import Purpose, Standing
from peermatch.model.enquiry import EnquiryStatus, Importance
from peermatch.model.introduction import State
from peermatch.services.office import Services
from peermatch.services.sample import sample_letters
from peermatch.ui.screens.enquiries import EnquiriesScreen
from peermatch.ui.screens.enquiry_away import entries
from peermatch.ui.screens.enquiry_intake import LARGEST, Source, files_as_sources
from peermatch.ui.screens.shortlist_facts import counts
from peermatch.ui.theme import Theme
from tests.ui.readable import problems
from tests.ui.sample_office import HERO, Bench, bench, bench_on, sample

ADHD, EXAM, LTFT = "neuro.adhd", "training.progress.exam-failure", "training.ltft"
HELD, CONSENTED, ASKED = "E-0140", "E-0138", "E-0137"


@pytest.fixture
def desk(qtbot: object, theme: Theme, tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path, lambda services, tasks: EnquiriesScreen(services, tasks, theme)) as made:
        yield made


@pytest.fixture(scope="module")
def confirmed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A network with the first letter confirmed, for tests that only look."""
    services = sample(tmp_path_factory.mktemp("confirmed"))
    services.enquiries.receive(services.enquiries.draft(sample_letters()[0].raw), services.desk.today)
    services.enquiries.set_needs(HERO, (ADHD,), (EXAM, LTFT))
    yield services
    services.lock()


@pytest.fixture
def look(qtbot: object, theme: Theme, confirmed: Services) -> Iterator[Bench]:
    """The first letter confirmed and chosen; nothing is changed in this network."""
    with bench_on(confirmed, lambda services, tasks: EnquiriesScreen(services, tasks, theme)) as made:
        screen_of(made).choose(HERO)
        made.rest()
        yield made


def screen_of(desk: Bench) -> EnquiriesScreen:
    assert isinstance(desk.screen, EnquiriesScreen)
    return desk.screen


def receive_hero(desk: Bench) -> EnquiriesScreen:
    screen = screen_of(desk)
    screen.take_in((Source("letter.eml", raw=desk.letters()[0]),))
    desk.rest()
    assert screen.reference == HERO
    return screen


def press(desk: Bench, key: str) -> None:
    screen_of(desk).pane.needs.chips.pressed.emit(key)
    desk.rest()


def confirm(desk: Bench) -> EnquiriesScreen:
    """The first letter with its needs: ADHD essential, two others helpful."""
    screen, services = screen_of(desk), desk.services
    services.enquiries.receive(services.enquiries.draft(desk.letters()[0]), services.desk.today)
    done = services.enquiries.set_needs(HERO, (ADHD,), (EXAM, LTFT))
    screen.refresh(done.touched)
    screen.choose(HERO)
    desk.rest()
    return screen


def words_on(screen: EnquiriesScreen) -> str:
    labels = [label.text() for label in screen.people.findChildren(QLabel) if label.isVisible()]
    buttons = [button.text() for button in screen.people.findChildren(QPushButton) if button.isVisible()]
    return "\n".join([*labels, *buttons])


# The queue.


def test_the_queue_lists_what_is_open_with_the_oldest_first(look: Bench) -> None:
    screen, picture = screen_of(look), look.services.desk.snapshot
    listed = [row.key for row in screen.queue.list.rows()]
    waiting = [e for e in picture.enquiries.values() if e.open]
    assert listed == [e.reference for e in sorted(waiting, key=lambda e: (e.received, e.reference))]
    assert screen.count() == str(len(waiting))


def test_rows_say_how_it_stands_and_never_who_it_is(look: Bench) -> None:
    rows = {row.key: row for row in screen_of(look).queue.list.rows()}
    assert rows[HELD].chip == "check safety first"
    assert rows[HELD].chip_kind == "risk"
    assert rows[CONSENTED].state == "asked 2 supporters · no reply yet"
    assert rows[ASKED].state == "both said yes · card ready to send"
    for row in rows.values():
        person = look.services.desk.snapshot.enquiries[row.key].requester
        assert str(person.name) not in f"{row.title} {row.summary} {row.state}"


def test_closed_ones_are_shown_on_request(look: Bench) -> None:
    screen = screen_of(look)
    before = len(screen.queue.list.rows())
    screen.queue._more.click()
    look.rest()
    assert len(screen.queue.list.rows()) > before


def test_choosing_another_row_shows_it(look: Bench) -> None:
    screen = screen_of(look)
    screen.queue.list.setFocus()
    QTest.keyClick(screen.queue.list, Qt.Key.Key_J)
    look.rest()
    assert screen.reference == screen.queue.list.rows()[1].key
    assert screen.top_items().chips[0].text == screen.reference


def test_an_empty_queue_says_what_will_be_here(desk: Bench) -> None:
    screen = screen_of(desk)
    for reference in [row.key for row in screen.queue.list.rows()]:
        desk.services.enquiries.set_status(reference, EnquiryStatus.CLOSED)
    screen._open.reference = ""
    screen._open.draft = None
    screen.refresh(type(desk.services.enquiries.set_status(HELD, EnquiryStatus.CLOSED).touched)(network=True))
    desk.rest()
    assert screen.pane.empty.isVisible()
    assert screen.queue._empty.isVisible()
    assert screen.count() == ""


# New letters.


def test_a_letter_that_is_dropped_is_read_and_shown(desk: Bench, tmp_path: Path) -> None:
    screen = screen_of(desk)
    file = tmp_path / "late.eml"
    file.write_bytes(desk.letters()[0])
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    assert screen.can_take(mime)
    where, none = QPointF(5, 5), Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(where, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none)
    screen.dropEvent(drop)
    desk.rest()
    assert screen.reference == HERO
    assert desk.notices == [f"Received as {HERO}."]
    assert "diagnosed with ADHD" in screen.pane.letter.view.marked_words()
    assert f"topic:{ADHD}" in screen.pane.needs.chips.keys()  # noqa: SIM118  # a widget's method, no dictionary


def test_the_same_letter_again_is_said_kindly_and_adds_nothing(desk: Bench) -> None:
    screen = receive_hero(desk)
    screen.choose(HELD)
    screen.take_in((Source("again.eml", raw=desk.letters()[0]),))
    desk.rest()
    assert screen.reference == HERO
    assert screen.banner.kind == "info"
    assert f"already here as {HERO}" in screen.banner.sentence()
    assert len(desk.notices) == 1


def test_pasting_makes_an_enquiry(desk: Bench) -> None:
    screen = screen_of(desk)
    QGuiApplication.clipboard().setText("Hello, I failed an exam twice and would like to talk to somebody.")
    screen.paste()
    desk.rest()
    assert desk.services.desk.snapshot.enquiries[screen.reference].channel == "pasted"


def test_what_was_said_on_the_phone_can_be_written_down(desk: Bench) -> None:
    screen = screen_of(desk)
    screen.act()
    new = screen.pane.new
    assert new.isVisible()
    assert not new.keep.isEnabled()
    new.text.setPlainText("Rang: is deaf, starts ST1 in August, asks about masks in theatre.")
    new.keep.click()
    desk.rest()
    assert not new.isVisible()
    assert new.text.toPlainText() == ""
    assert "deaf" in screen.pane.letter.view.toPlainText()


def test_escape_leaves_the_new_page(look: Bench) -> None:
    screen = screen_of(look)
    screen.act()
    QTest.keyClick(screen.pane.new.choose, Qt.Key.Key_Escape)
    assert not screen.pane.new.isVisible()


def test_one_file_that_cannot_be_read_does_not_stop_the_others(desk: Bench, tmp_path: Path) -> None:
    screen = screen_of(desk)
    good, huge = tmp_path / "good.eml", tmp_path / "huge.eml"
    good.write_bytes(desk.letters()[1])
    with huge.open("wb") as file:
        file.truncate(LARGEST + 1)
    screen.take_in(files_as_sources((huge, tmp_path / "gone.eml", good)))
    desk.rest()
    assert screen.reference == HERO
    assert "huge.eml" in screen.banner.sentence()
    assert "1 more could not be read" in screen.banner.sentence()


def test_files_may_be_chosen(qtbot: object, theme: Theme, tmp_path: Path) -> None:
    file = tmp_path / "chosen.eml"

    def choose(parent: object) -> tuple[Path, ...]:
        return (file,)

    with bench(tmp_path, lambda s, t: EnquiriesScreen(s, t, theme, choose_files=choose)) as made:
        file.write_bytes(made.letters()[2])
        screen = screen_of(made)
        screen.act()
        screen.pane.new.choose.click()
        made.rest()
        assert screen.reference == HERO


def test_a_letter_about_somebody_else_leaves_nothing_of_them(desk: Bench) -> None:
    screen = screen_of(desk)
    screen.take_in((Source("08.eml", raw=desk.letters()[7]),))
    desk.rest()
    assert "about somebody else" in screen.pane.letter._none._note.words()
    assert not screen.pane.letter.view.isVisible()


# Needs and the live shortlist.


def test_a_press_adds_a_topic_and_the_shortlist_follows_before_it_is_saved(desk: Bench) -> None:
    screen = receive_hero(desk)
    assert screen.people.cards() == ()
    desk.worker.holding = True
    press(desk, f"topic:{ADHD}")
    assert desk.services.desk.snapshot.enquiries[HERO].needs == ()
    assert screen.people.cards()
    assert screen.people.heading() == f"{len(screen.people.cards())} people could help"
    desk.worker.let_go()
    desk.rest()
    (need,) = desk.services.desk.snapshot.enquiries[HERO].needs
    assert (need.characteristic, need.importance) == (ADHD, Importance.HELPFUL)


def test_quick_presses_are_all_kept_in_order(desk: Bench) -> None:
    screen = receive_hero(desk)
    desk.worker.holding = True
    for topic in (ADHD, EXAM, LTFT):
        press(desk, f"topic:{topic}")
    press(desk, f"need:{EXAM}")
    screen.pane.needs.chips.removed.emit(f"need:{LTFT}")
    desk.worker.let_go()
    desk.rest()
    kept = desk.services.desk.snapshot.enquiries[HERO]
    assert kept.essential == (EXAM,)
    assert kept.wanted == (EXAM, ADHD)
    assert screen.pane.needs.chips.keys()[:2] == (f"need:{EXAM}", f"need:{ADHD}")


def test_chips_work_with_the_keyboard_and_the_focus_stays(desk: Bench) -> None:
    screen = receive_hero(desk)
    press(desk, f"topic:{ADHD}")
    chip = screen.pane.needs.chips.chip(f"need:{ADHD}")
    assert chip is not None
    desk.page.activateWindow()
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Return)
    desk.rest()
    assert screen.pane.needs.chips.chip(f"need:{ADHD}") is chip
    assert chip.kind == "essential"
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    desk.rest()
    assert desk.services.desk.snapshot.enquiries[HERO].needs == ()
    assert any(widget.hasFocus() for widget in screen.pane.needs.chips.widgets())


@pytest.mark.parametrize("typed", ["adhd", "ADHD ", "attention deficit"])
def test_a_topic_is_found_by_other_words(desk: Bench, typed: str) -> None:
    screen = receive_hero(desk)
    finder = screen.pane.needs.finder
    screen.pane.needs.add.click()
    QTest.keyClicks(finder.line, typed)
    assert ADHD in finder.offered()
    finder.picked.emit(ADHD)
    desk.rest()
    assert desk.services.desk.snapshot.enquiries[HERO].wanted == (ADHD,)


def test_enter_takes_the_first_that_fits_and_escape_closes(desk: Bench) -> None:
    screen = receive_hero(desk)
    finder = screen.pane.needs.finder
    screen.pane.needs.add.click()
    QTest.keyClicks(finder.line, "dislexia")
    first = finder.offered()[0]
    QTest.keyClick(finder.line, Qt.Key.Key_Return)
    desk.rest()
    assert "dyslexia" in first
    assert desk.services.desk.snapshot.enquiries[HERO].wanted == (first,)
    QTest.keyClicks(finder.line, "qqqqqqqq")
    assert finder._nothing.isVisible()
    QTest.keyClick(finder.line, Qt.Key.Key_Escape)
    QTest.keyClick(finder.line, Qt.Key.Key_Escape)
    assert not finder.isVisible()


def test_keep_away_follows_the_letter_and_can_be_changed(desk: Bench) -> None:
    screen = confirm(desk)
    (kept,) = entries(desk.services.desk.snapshot.enquiries[HERO].exclusions)
    assert kept.startswith("organisation:")
    screen.pane.away.chips.removed.emit(kept)
    desk.rest()
    assert screen.pane.away.chips.keys() == (f"proposed:{kept}",)
    screen.pane.away.chips.pressed.emit(f"proposed:{kept}")
    screen.pane.away.finder.picked.emit("typed:Dr Morgan Hale")
    desk.rest()
    away = desk.services.desk.snapshot.enquiries[HERO].exclusions
    assert away.people == ("Dr Morgan Hale",)
    assert entries(away)[0] == kept


def test_a_name_to_keep_away_from_is_covered_too(desk: Bench, theme: Theme) -> None:
    screen = confirm(desk)
    screen.pane.away.finder.picked.emit("typed:Dr Morgan Hale")
    desk.rest()
    theme.cover.set_on(True)
    chip = screen.pane.away.chips.chip("person:Dr Morgan Hale")
    assert chip is not None
    assert "Morgan" not in chip.words()


def test_safe_contact_is_changed_in_place(desk: Bench) -> None:
    screen = receive_hero(desk)
    screen.pane.safe.change.click()
    screen.pane.safe.line.setText("Text only, after six")
    QTest.keyClick(screen.pane.safe.line, Qt.Key.Key_Return)
    desk.rest()
    assert desk.services.desk.snapshot.enquiries[HERO].requester.safe_contact == "Text only, after six"
    assert screen.pane.safe.value() == "Text only, after six"


def test_a_refusal_is_a_banner_and_the_screen_shows_what_is_kept(desk: Bench) -> None:
    screen = confirm(desk)
    desk.services.enquiries.set_status(HERO, EnquiryStatus.CLOSED)
    screen.pane.needs.chips.removed.emit(f"need:{ADHD}")
    desk.rest()
    assert screen.banner.isVisible()
    assert screen.banner.kind == "error"
    assert f"need:{ADHD}" in screen.pane.needs.chips.keys()  # noqa: SIM118  # a widget's method, no dictionary


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
    wishes.language.committed.emit("ur")
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
    assert card.form is not None
    assert card.form.confirm.text() == "Ask them"
    assert "Amina" not in card.form.letter.toPlainText()


def test_why_not_counts_everybody_once(look: Bench) -> None:
    screen = screen_of(look)
    day = look.services.desk.today
    shortlist = look.services.shortlists.of(HERO, day)
    told = [int(line.split(" · ")[0]) for line in screen.people.why_not.lines()]
    assert told == [number for _, number in counts(shortlist)]
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
    screen = screen_of(look)
    card = screen.people.card("S-0001")
    assert card is not None
    card.ask.click()
    look.rest()
    assert card.form is not None
    assert "Amina" in card.form.letter.toPlainText()
    person = look.services.desk.snapshot.enquiries[HERO].requester
    assert str(person.email) not in card.form.letter.toPlainText()
    assert not card.form.reason.isVisible()
    assert look.services.desk.snapshot.introductions_of(HERO) == ()
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert card.form is None
    assert card.ask.isVisible()


def test_asking_the_first_is_one_press_more(desk: Bench) -> None:
    screen = confirm(desk)
    card = screen.people.card("S-0001")
    assert card is not None
    card.ask.click()
    desk.rest()
    assert card.form is not None
    card.form.confirm.click()
    desk.rest()
    (introduction,) = desk.services.desk.snapshot.introductions_of(HERO)
    assert introduction.state is State.ASKED
    assert screen.people.card("S-0001") is None
    assert screen.people.asked_card.words() == ("asked on 20 Nov · no reply yet",)
    rows = {row.key: row for row in screen.queue.list.rows()}
    assert rows[HERO].state == "asked 1 supporter · no reply yet"
    screen.people.asked_card.opened.emit("S-0001")
    assert desk.went == [("introductions", HERO, "S-0001")]


def test_why_it_was_not_the_first_one_goes_into_the_journal(desk: Bench) -> None:
    screen = confirm(desk)
    second = screen.people.cards()[1]
    second.ask.click()
    desk.rest()
    assert second.form is not None
    assert second.form.reason.isVisible()
    second.form.reason.setText("asked for somebody senior")
    second.form.confirm.click()
    desk.rest()
    asked = next(e for e in desk.services.upkeep.journal(about=HERO) if e.action == "ask")
    assert "asked for somebody senior" in asked.detail


def test_a_refused_ask_can_be_tried_again(desk: Bench) -> None:
    screen = confirm(desk)
    card = screen.people.card("S-0001")
    assert card is not None
    card.ask.click()
    desk.rest()
    desk.services.consent.withdraw("S-0001", Purpose.HOLD, None, date(2026, 11, 20))
    assert card.form is not None
    card.form.confirm.click()
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
