"""Changeover: what is open, who has a key, the successor's own key, and locking out whoever leaves."""

from dataclasses import replace

import pytest
from PySide6.QtTest import QTest

from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.holders import KeyKind
from peermatch.services.sample import DAY, PASSPHRASE
from peermatch.ui.screens.duties_changeover import AT_FIRST, CaseLine, ChangeoverPanel, KeyLine
from peermatch.ui.screens.duties_changeover_words import (
    NOTHING_OPEN,
    after_words,
    cases_words,
    lock_out_words,
    open_cases,
)
from peermatch.ui.screens.duties_words import CHANGEOVER
from tests.ui.duties.duty_office import OPEN_CASE, press, screen_of, turn_to, words_on
from tests.ui.real_networks import doors, focused
from tests.ui.sample_office import Bench

SECOND = "a passphrase of somebody else"


@pytest.fixture
def panel(desk: Bench) -> ChangeoverPanel:
    return turn_to(desk, CHANGEOVER).changeover


def lines(panel: ChangeoverPanel) -> list[KeyLine]:
    return [each for each in panel.keys.parts().values() if isinstance(each, KeyLine)]


def add_priya(desk: Bench, panel: ChangeoverPanel) -> None:
    press(desk, panel.add_key)
    panel.form.name.setText("Priya Nair")
    panel.form.passphrase.setText(SECOND)
    panel.form.again.setText(SECOND)
    panel.form.own.setText(PASSPHRASE)
    press(desk, panel.form.confirm)


def test_open_cases_are_counted_and_listed_without_names(desk: Bench, panel: ChangeoverPanel) -> None:
    picture = desk.services.desk.snapshot
    cases = open_cases(picture, DAY)
    assert OPEN_CASE in [case.reference for case in cases]
    assert set(panel.cases.parts()) == {case.reference for case in cases[:AT_FIRST]}
    assert cases_words(picture) in words_on(panel)
    shown = words_on(panel.cases)
    assert not any(person.name in shown for person in picture.supporters.values())
    assert not any(each.requester.name in shown for each in picture.enquiries.values() if each.requester.name)


def test_a_case_is_opened_from_the_list(desk: Bench, panel: ChangeoverPanel) -> None:
    line = panel.cases.parts()[OPEN_CASE]
    assert isinstance(line, CaseLine)
    press(desk, line.button)
    assert desk.went == [("enquiries", OPEN_CASE, "")]


def test_an_enquiry_that_is_closed_counts_while_somebody_is_in_hand(
    desk: Bench, panel: ChangeoverPanel
) -> None:
    desk.services.enquiries.set_status(OPEN_CASE, EnquiryStatus.CLOSED)
    case = next(c for c in open_cases(desk.services.desk.snapshot, DAY) if c.reference == OPEN_CASE)
    assert case.words.startswith("closed, but ")


def test_the_last_person_cannot_be_locked_out(desk: Bench, panel: ChangeoverPanel) -> None:
    (only,) = lines(panel)
    assert not only.button.isEnabled()
    assert "Give the successor a key first" in words_on(only)
    assert not panel.shown_steps[1].done


def test_the_successor_types_a_passphrase_of_their_own(desk: Bench, panel: ChangeoverPanel) -> None:
    add_priya(desk, panel)
    assert desk.notices == ["Priya Nair can open this network now."]
    assert panel.shown_steps[1].done
    assert "2. Give the successor a key of their own (done)" in words_on(panel)
    assert all(line.button.isEnabled() for line in lines(panel))
    assert focused() is panel.add_key


def test_whoever_leaves_is_locked_out_and_old_backups_are_named(desk: Bench, panel: ChangeoverPanel) -> None:
    add_priya(desk, panel)
    own = next(line for line in lines(panel) if line.key.own)
    press(desk, own.button)
    assert panel.form.confirm.text() == lock_out_words(own.key)
    assert "You can work on until you lock" in words_on(panel.form)
    panel.form.own.setText("a guess at the passphrase")
    press(desk, panel.form.confirm)
    assert "not the passphrase" in panel.form.banner.sentence()
    panel.form.own.setText(PASSPHRASE)
    press(desk, panel.form.confirm)
    assert [line.key.name for line in lines(panel)] == ["Priya Nair"]
    assert "still open" in panel.banner.sentence()
    assert "still open" in words_on(panel)
    folder = desk.services.folder
    desk.services.lock()
    again = doors().open(folder, SECOND)
    assert [key.name for key in again.keys.every() if key.kind is KeyKind.PERSON] == ["Priya Nair"]
    again.lock()


def test_nothing_typed_stays_when_somebody_goes_elsewhere(desk: Bench, panel: ChangeoverPanel) -> None:
    press(desk, panel.add_key)
    QTest.keyClicks(panel.form.passphrase, SECOND)
    QTest.keyClicks(panel.form.again, SECOND)
    QTest.keyClicks(panel.form.own, PASSPHRASE)
    screen_of(desk).open_at("due")
    desk.rest()
    assert (panel.form.passphrase.text(), panel.form.again.text(), panel.form.own.text()) == ("", "", "")
    assert not panel.form.isVisible()


def test_the_recovery_sheet_and_the_backups_are_in_the_settings(desk: Bench, panel: ChangeoverPanel) -> None:
    assert "4. Make a recovery sheet" in words_on(panel)
    press(desk, panel.settings)
    assert desk.went == [("settings", "keys", "")]


def test_the_recovery_sheet_is_listed_but_no_person_to_lock_out(desk: Bench, panel: ChangeoverPanel) -> None:
    keys = desk.services.keys
    keys.set_recovery(keys.draw_recovery())
    panel.look()
    desk.rest()
    paper = lines(panel)[-1]
    assert paper.key.kind is KeyKind.PAPER
    assert not paper.button.isVisible()
    assert "4. Make a new recovery sheet" in words_on(panel)


def test_more_cases_than_fit_are_shown_on_a_press(desk: Bench, panel: ChangeoverPanel) -> None:
    services = desk.services
    read = services.enquiries.draft_text("I would like to talk to somebody.")
    others = tuple(replace(read, prints=(f"{number:064x}",)) for number in range(AT_FIRST))
    services.enquiries.receive_all(others, DAY)
    panel.look()
    desk.rest()
    assert len(panel.cases.parts()) == AT_FIRST
    assert panel.all_cases.text().startswith("Show ")
    press(desk, panel.all_cases)
    assert len(panel.cases.parts()) == len(open_cases(services.desk.snapshot, DAY)) > AT_FIRST
    assert not panel.all_cases.isVisible()


def test_sentences() -> None:
    assert after_words(()) == "No backup opens with the old key."
    assert NOTHING_OPEN.startswith("No enquiry is open")
