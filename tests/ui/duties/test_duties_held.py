"""What is held on one person: every field to read, a tick to leave it out, saved as files, and erased from here."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from peermatch.model.access import LEFT_OUT
from peermatch.ui.screens.duties_held import MAY_BE_OTHERS, HeldPanel
from peermatch.ui.screens.duties_words import REQUESTS, erase_place, held_place
from peermatch.ui.theme import Theme
from tests.ui.duties.duty_office import (
    AMINA,
    DUE_CARD,
    TOM,
    Folder,
    enquirer,
    press,
    screen_of,
    supporter,
    words_on,
)
from tests.ui.real_networks import focused
from tests.ui.sample_office import Bench


@pytest.fixture
def held(desk: Bench) -> HeldPanel:
    return show(desk, held_place(supporter(AMINA)))


def show(desk: Bench, place: str) -> HeldPanel:
    screen_of(desk).open_at(place)
    desk.rest()
    return screen_of(desk).held


def test_every_field_has_a_tick_and_none_is_ticked(desk: Bench, held: HeldPanel) -> None:
    assert held.isVisible()
    assert screen_of(desk).page == REQUESTS
    report = desk.services.subject_access.preview(supporter(AMINA))
    assert set(held.ticks) == report.keys
    assert held.redacted() == frozenset()
    person = desk.services.desk.snapshot.supporter(AMINA)
    assert person.email is not None
    assert person.email in words_on(held)
    assert focused() is held.back


def test_words_that_may_be_about_others_are_marked(desk: Bench, held: HeldPanel) -> None:
    report = desk.services.subject_access.preview(supporter(AMINA))
    marks = words_on(held).split("\n").count(MAY_BE_OTHERS)
    assert marks == len(report.to_read) > 0
    assert held.to_read.words().startswith(f"{marks} fields hold words that")


def test_the_files_hold_what_is_shown_without_what_was_ticked(
    desk: Bench, held: HeldPanel, folder: Folder
) -> None:
    key = next(iter(sorted(key for key in held.ticks if "email" in key)))
    held.ticks[key].setFocus()
    QTest.keyClick(held.ticks[key], Qt.Key.Key_Space)
    assert held.redacted() == {key}
    press(desk, held.save)
    assert folder.place is not None
    written = sorted(path.name for path in folder.place.iterdir())
    assert [name.rsplit(".", 1)[1] for name in written] == ["html", "json"]
    assert all(name in held.banner.sentence() for name in written)
    assert "not encrypted" in held.banner.sentence()
    text = next(folder.place.glob("*.json")).read_text("utf-8")
    json.loads(text)
    person = desk.services.desk.snapshot.supporter(AMINA)
    assert person.email is not None
    assert person.email not in text
    assert LEFT_OUT in text
    assert "subject-access" in desk.actions(AMINA)


def test_a_chooser_that_was_closed_writes_nothing(desk: Bench, held: HeldPanel, folder: Folder) -> None:
    folder.place = None
    press(desk, held.save)
    assert not held.banner.isVisible()
    assert "subject-access" not in desk.actions(AMINA)


def test_a_place_that_is_refused_is_told(desk: Bench, held: HeldPanel, folder: Folder) -> None:
    folder.place = desk.services.folder
    press(desk, held.save)
    assert "inside the network" in held.banner.sentence()
    assert held.save.isEnabled()


def test_looking_at_an_enquirer_is_noted_once(desk: Bench) -> None:
    known = desk.services.desk.snapshot.enquiries.values()
    reference = next(each.reference for each in known if each.consent is None)
    held = show(desk, held_place(enquirer(reference)))
    assert held.report is not None
    held.refresh()
    desk.rest()
    assert desk.actions(reference).count("reveal") == 1
    assert f"Held on the person of {reference}" in words_on(held)


def test_ticks_stay_when_something_else_was_done(desk: Bench, held: HeldPanel) -> None:
    key = sorted(held.ticks)[0]
    held.ticks[key].setChecked(True)
    held.refresh()
    desk.rest()
    assert held.redacted() == {key}


def test_what_is_held_is_covered_with_the_names(desk: Bench, held: HeldPanel, theme: Theme) -> None:
    person = desk.services.desk.snapshot.supporter(AMINA)
    theme.cover.set_on(True)
    assert person.email is not None
    assert person.email not in words_on(held)
    assert "Rahman" not in words_on(held)
    theme.cover.set_on(False)


def test_nothing_stays_when_somebody_goes_elsewhere(desk: Bench, held: HeldPanel) -> None:
    QTest.keyClick(held, Qt.Key.Key_Escape)
    desk.rest()
    assert not held.isVisible()
    assert (held.report, held.subject, held.ticks) == (None, None, {})
    assert screen_of(desk).requests.isVisible()
    show(desk, held_place(supporter(TOM)))
    screen_of(desk).leave()
    assert held.report is None
    assert screen_of(desk).requests.isVisible()


def test_a_person_is_erased_after_the_preview(desk: Bench) -> None:
    held = show(desk, erase_place(supporter(TOM)))
    assert held.form.isVisible()
    assert focused() is held.form.cancel
    name = desk.services.desk.snapshot.supporters[TOM].shown_name
    assert held.form.confirm.text() == f"Erase {name}'s record"
    held.theme.cover.set_on(True)
    assert name not in words_on(held.form)
    assert held.form.confirm.text() == f"Erase {TOM}'s record"
    held.theme.cover.set_on(False)
    press(desk, held.form.confirm)
    assert desk.notices[0].startswith(f"{TOM} is erased.")
    assert TOM not in desk.services.desk.snapshot.supporters
    assert not held.isVisible()
    assert held.report is None


def test_a_person_who_is_kept_back_is_not_erased(desk: Bench) -> None:
    today = desk.services.desk.today
    desk.services.retention.keep_back(enquirer(DUE_CARD), "A complaint is open", None, today)
    held = show(desk, erase_place(enquirer(DUE_CARD)))
    press(desk, held.form.confirm)
    assert "A complaint is open" in held.form.banner.sentence()
    press(desk, held.form.cancel)
    assert not held.form.isVisible()
    assert focused() is held.erase_button


def test_somebody_who_is_not_on_record_is_not_looked_for(desk: Bench) -> None:
    screen_of(desk).open_at("S-9999")
    desk.rest()
    assert not screen_of(desk).held.isVisible()
