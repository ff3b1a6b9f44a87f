"""A volunteer on the supporters' screen: taken in, checked, made active, paused and gone, by what a person presses."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from peermatch.model.changes import Touched
from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.onboarding import CHECKS, Stage
from peermatch.model.people import SupporterStatus
from peermatch.services.office import Services
from peermatch.ui.locking.own_terms import put_check, take_check
from peermatch.ui.screens.onboarding_card import OnboardingCard
from peermatch.ui.screens.supporters import SupportersScreen
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Scheme, Theme
from tests.networks import DAY
from tests.ui.readable import problems
from tests.ui.real_networks import focused, opened, settled, wait_until


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """One network for the whole way of one volunteer."""
    network = opened(Path(tmp_path_factory.mktemp("onboarding")))
    yield network
    network.lock()


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme, services: Services) -> Iterator[SupportersScreen]:
    tasks = Tasks(AtOnce())
    shown = SupportersScreen(services, tasks, theme)
    shown.did.connect(lambda done: shown.refresh(done.touched))
    qtbot.addWidget(shown)
    shown.resize(1232, 840)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    yield shown
    tasks.stop()


def press(page: QWidget, name: str) -> None:
    next(
        b for b in page.findChildren(QPushButton) if b.accessibleName() == name and b.isVisibleTo(page)
    ).click()


def status(services: Services, id: str) -> SupporterStatus:
    return services.desk.snapshot.supporters[id].status


def volunteer(services: Services) -> str:
    people = services.desk.snapshot.supporters.values()
    return next(each.id for each in people if each.name == "Ola Berg")


def test_a_form_brings_a_volunteer_who_has_applied(screen: SupportersScreen, services: Services) -> None:
    screen.act()
    editor = screen.editor
    editor.fields.email.setText("ola(at)example")
    editor.submit()
    assert {place for place, field in editor.beside.items() if field.error()} == {"name", "email"}
    assert editor._note.isVisible()
    editor.fields.name.setText("Ola Berg")
    editor.fields.email.setText("ola@example.org")
    editor.submit()
    card = screen.record.standing
    wait_until(lambda: screen.record.person is not None and screen.record.person.name == "Ola Berg")
    id = volunteer(services)
    assert status(services, id) is SupporterStatus.APPLIED
    wait_until(lambda: not card.activate.isEnabled() and card.isVisible())
    assert card.activate.accessibleDescription() == "Ola is not checked yet."
    # Above what they agreed to, for it is what matters now.
    settled(screen)
    assert card.y() < screen.record.consent.y()
    screen.editor.begin(services.desk.snapshot.supporters[id])
    assert screen.editor.fields.record() == services.desk.snapshot.supporters[id]
    screen.editor.finish()


def test_each_check_is_noted_by_keys_and_can_be_taken_away(
    screen: SupportersScreen, services: Services
) -> None:
    id = volunteer(services)
    screen.open_at("waiting", id)
    assert [row.key for row in screen.list.view.rows()] == [id]
    card = screen.record.standing
    wait_until(card.lines.lines[Stage.TALK].act.isVisible)
    card.lines.lines[Stage.TALK].act.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert card.check_form.day.hasFocus()
    card.check_form.day.setText("soon")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert card.check_form.fields["day"].error()
    assert card.check_form.fields["by"].error()
    card.check_form.day.set_day(DAY + timedelta(days=1))
    card.check_form.by.setText("Ruth Hale")
    QTest.keyClick(card.check_form.by, Qt.Key.Key_Return)
    wait_until(lambda: "has not come yet" in card.check_form.fields["day"].error())
    card.check_form.day.set_day(DAY)
    QTest.keyClick(card.check_form.by, Qt.Key.Key_Return)
    wait_until(card.lines.lines[Stage.TALK].undo.isVisible)
    card.lines.lines[Stage.TALK].undo.click()
    wait_until(card.lines.lines[Stage.TALK].act.isVisible)
    card.lines.lines[Stage.TALK].act.click()
    card.check_form.by.setText("Half a na")
    kept = take_check({"supporters": screen})
    assert kept is not None
    card.check_form.closed.emit()
    assert take_check({"supporters": screen}) is None
    assert put_check({"supporters": screen}, kept)
    assert card.check_form.by.text() == "Half a na"
    assert not put_check({"supporters": screen}, {**kept, "id": "S-9999"})
    card.check_form.cancel.click()
    assert not card.check_form.isVisible()
    assert card.lines.lines[Stage.TALK].act.hasFocus()


def note_by_keys(card: OnboardingCard, check: Stage) -> None:
    assert focused() is card.lines.lines[check].act, focused().accessibleName()
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    card.check_form.by.setText("Ruth Hale")
    QTest.keyClick(card.check_form.by, Qt.Key.Key_Return)
    wait_until(card.lines.lines[check].undo.isVisible)


def test_the_keyboard_goes_from_check_to_check_and_then_to_making_them_active(
    screen: SupportersScreen, services: Services
) -> None:
    applied = services.desk.snapshot.supporters[volunteer(services)]
    services.supporters.add(replace(applied, id="", name="Kim Li", email="kim@example.org"))
    id = next(each.id for each in services.desk.snapshot.supporters.values() if each.name == "Kim Li")
    services.consent.give_all(
        id, (ConsentRecord(Purpose.HOLD, None, DAY, None, None, Method.FORM, "2026-1"),), DAY
    )
    screen.refresh(Touched())
    screen.open_at(supporter=id)
    card = screen.record.standing
    wait_until(card.lines.lines[Stage.TALK].act.isVisible)
    card.lines.lines[CHECKS[1]].act.setFocus(Qt.FocusReason.TabFocusReason)
    for check in (*CHECKS[1:], CHECKS[0]):
        note_by_keys(card, check)
    assert focused() is card.activate
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    wait_until(lambda: status(services, id) is SupporterStatus.ACTIVE)


def test_with_all_checks_and_a_yes_they_are_made_active(screen: SupportersScreen, services: Services) -> None:
    id = volunteer(services)
    for check in CHECKS:
        services.onboarding.note(id, check, DAY, "Ruth Hale", DAY)
    screen.open_at(supporter=id)
    card = screen.record.standing
    assert card.activate.accessibleDescription() == "Ola has not agreed yet that the record is kept."
    press(card, "Record it: Consent to the record")
    panel = screen.record.consent.give_panel
    assert panel.isVisible()
    assert Purpose.HOLD in panel.ticks
    services.consent.give_all(
        id, (ConsentRecord(Purpose.HOLD, None, DAY, None, None, Method.FORM, "2026-1"),), DAY
    )
    screen.open_at(supporter=id)
    wait_until(card.activate.isEnabled)
    card.activate.click()
    wait_until(lambda: status(services, id) is SupporterStatus.ACTIVE)
    wait_until(card.sheet.isVisible)
    assert card.letter_button.hasFocus()
    settled(screen)
    assert card.y() < screen.record.consent.y()
    assert "Ola" in card.sheet.letter.toPlainText()
    screen.theme.cover.set_on(True)
    assert "Ola" not in card.sheet.letter.toPlainText()
    screen.theme.cover.set_on(False)
    screen.open_at(supporter="S-0002")
    screen.open_at(supporter=id)
    settled(screen)
    assert card.y() > screen.record.consent.y()


def test_a_pause_begins_and_ends(screen: SupportersScreen, services: Services) -> None:
    id = volunteer(services)
    screen.open_at(supporter=id)
    card = screen.record.standing
    card.pause_button.click()
    card.pause_form.until.set_day(DAY)
    card.pause_form.submit()
    wait_until(lambda: bool(card.pause_form.fields["until"].error()))
    card.pause_form.until.set_day(DAY + timedelta(days=30))
    card.pause_form.submit()
    wait_until(card.resume.isVisible)
    assert services.desk.snapshot.supporters[id].paused_until == DAY + timedelta(days=30)
    card.resume.click()
    wait_until(card.pause_button.isVisible)
    assert services.desk.snapshot.supporters[id].paused_until is None


def test_leaving_lists_what_follows_before_and_they_may_come_back(
    screen: SupportersScreen, services: Services
) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    screen.open_at(supporter="S-0001")
    card = screen.record.standing
    card.leave_button.click()
    assert "These introductions stop: E-0142." in card.leave_panel.words()
    assert card.leave_panel.cancel.hasFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert card.leave_button.hasFocus()
    card.leave_button.click()
    card.leave_panel.confirm.click()
    wait_until(lambda: status(services, "S-0001") is SupporterStatus.LEFT)
    wait_until(card.return_button.isVisible)
    card.return_button.click()
    wait_until(lambda: status(services, "S-0001") is SupporterStatus.APPLIED and screen.tasks.idle)
    assert {each.supporter for each in services.onboarding.waiting()} == {"S-0001"}


def test_the_form_offers_what_the_network_added_until_it_is_retired(
    screen: SupportersScreen, services: Services
) -> None:
    terms, places = services.own.terms, services.own.organisations
    terms.add(terms.draft("Tinnitus", "neuro"), DAY)
    places.add(places.organisation("New Valley Trust", "acute", "greater-manchester", "Bury"), DAY)
    fields = screen.editor.fields
    screen.act()
    QTest.keyClicks(fields.characteristics.finder.line, "tinnitus")
    assert fields.characteristics.finder.offered()[0] == "own.tinnitus"
    QTest.keyClicks(fields.organisation.finder.line, "new valley")
    assert fields.organisation.finder.offered()[0] == "own.new-valley-trust"
    terms.retire("own.tinnitus", DAY)
    fields.characteristics.finder.line.clear()
    QTest.keyClicks(fields.characteristics.finder.line, "tinnitus")
    assert "own.tinnitus" not in fields.characteristics.finder.offered()
    screen.editor.finish()


@pytest.mark.parametrize(
    ("width", "height", "scale", "scheme"), [(960, 640, 100, Scheme.DARK), (928, 560, 150, Scheme.LIGHT)]
)
def test_nothing_is_cut(
    screen: SupportersScreen, theme: Theme, width: int, height: int, scale: int, scheme: Scheme
) -> None:
    theme.choose(scheme)
    theme.set_scale(scale)
    screen.resize(width, height)
    screen.open_at(supporter="S-0001")
    card = screen.record.standing
    settled(screen)
    assert problems(screen) == []
    card.lines.lines[Stage.TALK].act.click()
    card.check_form.submit()
    settled(screen)
    assert problems(screen) == []
    card.leave_button.click()
    settled(screen)
    assert problems(screen) == []
