"""Settings: weights are changed with a live preview, kept as a version or taken back; faults stand beside fields."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QRadioButton
from pytestqt.qtbot import QtBot

from peermatch.errors import SystemRefused
from peermatch.model.changes import Touched
from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.policy import Policy
from peermatch.services.sample import DAY
from peermatch.ui.look_panel import LookPanel
from peermatch.ui.screen import TopItems
from peermatch.ui.screens.policy_panel import PolicyPanel
from peermatch.ui.screens.policy_words import (
    YOUR_CHANGE,
    headline,
)
from peermatch.ui.screens.settings import SettingsScreen
from peermatch.ui.theme import Scheme, Theme
from tests.ui.readable import problems
from tests.ui.real_networks import focused, settled
from tests.ui.sample_office import Bench, bench

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[Bench]:
    with bench(tmp_path, lambda services, tasks: SettingsScreen(services, tasks, theme)) as made:
        with qtbot.waitActive(made.page):
            made.page.activateWindow()
        yield made


def screen_of(desk: Bench) -> SettingsScreen:
    assert isinstance(desk.screen, SettingsScreen)
    return desk.screen


def put(desk: Bench, **texts: str) -> None:
    """Type into fields, and let the answer come."""
    for key, text in texts.items():
        field = screen_of(desk).policy.fields.lines[key]
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
    desk.rest()


def refs(desk: Bench) -> list[str]:
    return [row.key for row in screen_of(desk).policy.preview.list.rows()]


def errors(desk: Bench) -> dict[str, str]:
    beside = screen_of(desk).policy.fields.beside
    return {key: field.error() for key, field in beside.items() if field.error()}


def test_the_fields_show_what_is_in_force_with_the_standard_beside(desk: Bench) -> None:
    panel = screen_of(desk).policy
    texts = {key: line.text() for key, line in panel.fields.lines.items()}
    assert texts == {
        "essential": "3", "helpful": "1", "preference": "0.5", "load_in_hand": "6", "load_asked": "4",
        "asked_limit": "6", "near_km": "15", "far_km": "60", "ambiguous": "2",
    }  # fmt: skip
    assert panel.fields.lines["load_asked"].accessibleDescription() == "% of the score at most · standard 4"
    assert panel.fields.draft() == Policy()
    assert not panel.dirty
    assert not any(button.isEnabled() for button in (panel.keep, panel.cancel, panel.standard))
    assert panel.preview.heading() == "What a change would do"


def test_a_page_is_built_when_somebody_first_comes_to_it(desk: Bench) -> None:
    screen = screen_of(desk)
    assert screen.findChild(PolicyPanel) is not None
    assert screen.findChild(LookPanel) is None
    screen.refresh(Touched(network=True))
    assert screen.findChild(LookPanel) is None
    screen.open_at("look")
    desk.rest()
    assert screen.findChild(LookPanel) is not None
    assert screen.top_items() == TopItems()


def test_each_keystroke_is_ranked_and_told(desk: Bench) -> None:
    put(desk, preference="0")
    panel, preview = (
        screen_of(desk).policy,
        desk.services.policies.preview(replace(Policy(), preference=0.0), DAY),
    )
    assert panel.preview.heading() == headline(preview)
    assert refs(desk) == [YOUR_CHANGE, *(each.reference for each in preview.changed)]
    assert preview.first_changed == 1
    assert panel.keep.text() == "Keep as version 2"
    assert screen_of(desk).top_items().chips[0].text == "not kept yet"
    put(desk, preference="0.5")
    assert panel.preview.heading() == "What a change would do"
    assert screen_of(desk).top_items().chips == ()


def test_only_the_last_of_quick_keystrokes_is_shown(desk: Bench) -> None:
    panel = screen_of(desk).policy
    desk.worker.holding = True
    for text in ("0.4", "0.3", "0.1", "0"):
        panel.fields.lines["preference"].setText(text)
    assert panel.preview.heading() == "What a change would do"
    desk.worker.let_go()
    desk.rest()
    expected = desk.services.policies.preview(replace(Policy(), preference=0.0), DAY)
    assert panel.preview.heading() == headline(expected)
    assert panel.preview.list.rows()[0].summary == "A stated wish counts: 0.5 → 0"


def test_an_answer_that_comes_after_the_fields_were_put_back_is_dropped(desk: Bench) -> None:
    panel = screen_of(desk).policy
    desk.worker.holding = True
    panel.fields.lines["preference"].setText("0")
    panel.take_back()
    desk.worker.let_go()
    desk.rest()
    assert panel.preview.heading() == "What a change would do"


def test_what_is_kept_is_in_force_and_listed(desk: Bench) -> None:
    panel = screen_of(desk).policy
    put(desk, helpful="2")
    panel.fields.name.setText("winter")
    QTest.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    desk.rest()
    assert desk.services.policies.current() == replace(Policy(), name="winter", helpful=2.0, version=2)
    assert desk.notices == ["Supporters are now ranked by winter 2."]
    assert not panel.dirty
    assert panel.keep.text() == "Keep as version 3"
    assert panel.fields.lines["essential"].hasFocus()
    words = " ".join(label.text() for label in panel.fields.findChildren(QLabel) if label.isVisible())
    assert "winter 2 · since 20 Nov · in force" in words
    assert "Name: standard → winter; A helpful need counts: 1 → 2" in words
    assert screen_of(desk).top_items().note == "in force: winter 2"
    panel.standard.click()
    desk.rest()
    assert panel.fields.draft() == Policy()
    panel.keep.click()
    desk.rest()
    assert desk.services.policies.current() == replace(Policy(), version=3)


def test_undone_elsewhere_it_is_shown_and_what_is_typed_stays(desk: Bench) -> None:
    panel = screen_of(desk).policy
    put(desk, helpful="2")
    done = desk.services.policies.keep(replace(Policy(), essential=5.0), DAY)
    screen_of(desk).refresh(done.touched)
    desk.rest()
    assert (panel.fields.lines["helpful"].text(), panel.fields.lines["essential"].text()) == ("2", "3")
    assert panel.keep.text() == "Keep as version 3"
    panel.cancel.click()
    assert panel.fields.draft() == replace(Policy(), essential=5.0)
    screen_of(desk).refresh(desk.services.upkeep.undo(done).touched)
    desk.rest()
    assert panel.fields.draft() == Policy()
    assert not panel.dirty


def test_escape_and_cancel_take_everything_back(desk: Bench) -> None:
    panel = screen_of(desk).policy
    put(desk, helpful="2", far_km="80")
    panel.fields.lines["essential"].setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    desk.rest()
    assert panel.fields.draft() == Policy()
    put(desk, near_km="20")
    panel.cancel.click()
    assert panel.fields.draft() == Policy()
    assert desk.services.policies.history().versions == ()
    assert desk.notices == []


def test_arrow_keys_step_within_the_bounds(desk: Bench) -> None:
    field = screen_of(desk).policy.fields.lines["helpful"]
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "1.5"
    QTest.keyClick(field, Qt.Key.Key_PageUp)
    assert field.text() == "6.5"
    for _ in range(3):
        QTest.keyClick(field, Qt.Key.Key_PageDown)
    assert field.text() == "0.01"
    field.setText("x")
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "x"


def test_all_faults_stand_beside_their_fields_at_once(desk: Bench) -> None:
    panel = screen_of(desk).policy
    put(desk, helpful="lots", load_in_hand="97", near_km="70", asked_limit="2.5", ambiguous="101")
    panel.fields.name.clear()
    assert panel.fields.draft() is None
    panel.submit()
    assert errors(desk) == {
        "helpful": "Write a number, such as 3 or 0.5.",
        "load_asked": "The two together must stay below 100%.",
        "far_km": "This must be at least 0.1 km further than the distance for full marks.",
        "asked_limit": "Write a whole number, such as 6.",
        "ambiguous": "This must lie between 0 and 100.",
        "name": "Give them a name of 1 to 60 characters, on one line.",
    }
    assert panel.fields.lines["helpful"].hasFocus()
    assert desk.services.policies.history().versions == ()
    put(desk, helpful="2", load_in_hand="50", near_km="20", asked_limit="3", ambiguous="5")
    panel.fields.name.setText("winter")
    assert errors(desk) == {}


def test_a_fault_is_marked_when_its_field_is_left_and_not_while_it_is_typed(desk: Bench) -> None:
    panel = screen_of(desk).policy
    put(desk, essential="0")
    assert errors(desk) == {}
    QTest.keyClick(panel.fields.lines["essential"], Qt.Key.Key_Tab)
    assert errors(desk) == {"essential": "This must lie between 0.01 and 100."}
    put(desk, near_km="99")
    QTest.keyClick(panel.fields.lines["near_km"], Qt.Key.Key_Tab)
    assert "far_km" in errors(desk)


def test_a_refused_version_is_said_on_the_screen(desk: Bench) -> None:
    put(desk, helpful="2")
    desk.services.policies.keep(replace(Policy(), helpful=2.0), DAY)
    screen_of(desk).policy.keep.click()
    desk.rest()
    assert screen_of(desk).policy.banner.isVisible()
    assert "in force already" in screen_of(desk).policy.banner.sentence()
    screen_of(desk).show_error(SystemRefused("The disk is full."))
    assert "The disk is full." in screen_of(desk).policy.banner.sentence()


def test_weights_that_cannot_be_used_are_told_where_they_stand(desk: Bench) -> None:
    desk.services.policies.keep(replace(Policy(), helpful=2.0), DAY)
    with desk.services.desk.store.write("test") as tx:
        tx.session.connection().exec_driver_sql(
            "UPDATE policy_version SET body = json_set(body, '$.helpful', 1000)"
        )
    desk.services.desk.renew(Touched(network=True))
    screen_of(desk).refresh(Touched(network=True))
    desk.rest()
    panel = screen_of(desk).policy
    assert panel.standing.isVisible()
    assert panel.standing.sentence() == (
        "The network's own weights (version 2) cannot be used by this program, so supporters are ranked by the "
        "standard weights; the version is still kept."
    )
    assert panel.fields.draft() == Policy()
    assert panel.keep.text() == "Keep as version 3"
    words = " ".join(label.text() for label in panel.fields.findChildren(QLabel) if label.isVisible())
    assert "Version 2 · since 20 Nov" in words
    assert "in force" not in words
    assert problems(desk.page) == []
    put(desk, helpful="3")
    panel.keep.click()
    desk.rest()
    assert desk.services.policies.current().label == "standard 3"
    assert not panel.standing.isVisible()


def test_the_number_that_is_offered_is_the_one_that_is_kept(desk: Bench) -> None:
    panel = screen_of(desk).policy
    done = desk.services.policies.keep(replace(Policy(), helpful=5.0), DAY)
    screen_of(desk).refresh(desk.services.upkeep.undo(done).touched)
    desk.rest()
    put(desk, helpful="2")
    assert panel.keep.text() == "Keep as version 3"
    panel.keep.click()
    desk.rest()
    assert desk.notices == ["Supporters are now ranked by standard 3."]
    assert panel.keep.text() == "Keep as version 4"


def test_names_are_covered_and_a_row_leads_to_its_enquiry(desk: Bench, theme: Theme) -> None:
    put(desk, preference="0")
    view = screen_of(desk).policy.preview.list
    told = " ".join(row.summary for row in view.rows())
    assert "1st Sam O., was 2nd" in told
    theme.cover.set_on(True)
    covered = " ".join(row.summary for row in view.rows())
    theme.cover.set_on(False)
    assert "Sam" not in covered
    assert "1st ••••••, was 2nd" in covered
    view.setFocus()
    view.set_current(YOUR_CHANGE)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert desk.went == []
    QTest.keyClicks(view, "j")
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert desk.went == [("enquiries", refs(desk)[1], "")]


@pytest.mark.parametrize("width", [1232, 600])
def test_the_keyboard_reaches_everything(desk: Bench, width: int) -> None:
    panel = screen_of(desk).policy
    desk.page.resize(width, 800)
    put(desk, preference="0")
    wanted = {*panel.fields.lines.values(), panel.fields.name, panel.keep, panel.cancel, panel.standard}
    reached = set()
    for _ in range(30):
        reached.add(focused())
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert wanted <= reached
    folds = [each for each in reached if isinstance(each, QRadioButton) and panel.isAncestorOf(each)]
    switch = folds[0] if width == 600 else None
    assert panel._columns.folded == (switch is not None)
    if switch is not None:
        switch.setFocus()
        QTest.keyClick(switch, Qt.Key.Key_Right)
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        reached.add(focused())
    assert panel.preview.list in reached


def test_a_network_without_open_enquiries_says_so(desk: Bench) -> None:
    for reference, enquiry in desk.services.desk.snapshot.enquiries.items():
        if enquiry.open:
            desk.services.enquiries.set_status(reference, EnquiryStatus.CLOSED, DAY)
    screen_of(desk).refresh(Touched(enquiries=frozenset(desk.services.desk.snapshot.enquiries)))
    put(desk, helpful="2")
    assert screen_of(desk).policy.preview.words() == "No enquiry is open today\n"
    assert refs(desk) == [YOUR_CHANGE]


@pytest.mark.parametrize(
    ("width", "height", "scale", "scheme"),
    [
        (1232, 840, 100, Scheme.LIGHT),
        (960, 640, 100, Scheme.DARK),
        (928, 560, 150, Scheme.HIGH_CONTRAST),
    ],
)
def test_nothing_is_cut_with_a_preview_with_faults_and_with_versions(
    desk: Bench, theme: Theme, width: int, height: int, scale: int, scheme: Scheme
) -> None:
    for number in range(10):
        desk.services.policies.keep(replace(Policy(), helpful=2.0 + number, load_asked=0.1), DAY)
    theme.choose(scheme)
    theme.set_scale(scale)
    desk.page.resize(width, height)
    panel = screen_of(desk).policy
    panel.refresh()
    put(desk, preference="0", near_km="20", load_in_hand="12.5", ambiguous="40")
    for turn in (panel._columns.show_main, panel._columns.show_aside):
        turn()
        settled(desk.page)
        assert desk.page.width() == width
        assert problems(desk.page) == []
    panel._columns.show_main()
    put(desk, preference="none", near_km="99999", load_in_hand="-1", ambiguous="200")
    panel.submit()
    panel.show_error(SystemRefused("The disk is full.", "Make room, then try again."))
    settled(desk.page)
    assert len(errors(desk)) == 4
    assert problems(desk.page) == []
