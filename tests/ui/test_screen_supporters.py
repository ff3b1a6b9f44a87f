"""Supporters: found by facets, read at a glance, consent given and withdrawn, records edited in place."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from peermatch.model.changes import Touched
from peermatch.model.consent import Method, Purpose, Standing
from peermatch.model.introduction import State, Step
from peermatch.model.people import Channel, Relation, Supporter
from peermatch.services.office import Services
from peermatch.services.people import People
from peermatch.ui.screens.consent_give import Asked
from peermatch.ui.screens.consent_lines import history_lines
from peermatch.ui.screens.supporter_words import facts, presence
from peermatch.ui.screens.supporters import SupportersScreen
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Scheme, Theme
from peermatch.ui.widgets.fields import Tick
from peermatch.ui.widgets.text import Text
from tests.networks import ADHD, AMINA, DAY, EXAM, yes
from tests.services.desks import WIDE
from tests.ui.readable import problems
from tests.ui.real_networks import focused, opened, settled, wait_until


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    network = opened(tmp_path)
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
    shown.open_at(supporter="S-0001")
    yield shown
    tasks.stop()


def press(page: QWidget, name: str) -> None:
    next(
        b for b in page.findChildren(QPushButton) if b.accessibleName() == name and b.isVisibleTo(page)
    ).click()


def keys(screen: SupportersScreen) -> list[str]:
    return [row.key for row in screen.list.view.rows()]


def person(services: Services, id: str = "S-0001") -> Supporter:
    return services.desk.snapshot.supporters[id]


def test_who_was_asked_is_marked_and_load_is_counted(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    held = services.desk.snapshot
    assert presence(held, person(services), DAY).text == "asked"
    assert facts(held, person(services), DAY).in_hand == "1 of 2"
    services.introductions.take(Step.ACCEPT, "E-0142", "S-0001", DAY)
    assert presence(services.desk.snapshot, person(services), DAY).text == "1 of 2"


# The list.


def test_the_list_is_walked_and_narrowed_by_keys(screen: SupportersScreen) -> None:
    everyone = keys(screen)
    QTest.keyClick(screen, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert screen.list.search.hasFocus()
    QTest.keyClicks(screen.list.search, "tom")
    assert keys(screen) == ["S-0002"]
    QTest.keyClick(screen.list.search, Qt.Key.Key_Escape)
    assert keys(screen) == everyone
    screen.list.view.setFocus()
    screen.list.view.set_current(everyone[0])
    QTest.keyClicks(screen.list.view, "j")
    assert screen.list.view.current() == everyone[1]
    QTest.keyClick(screen.list.view, Qt.Key.Key_Return)
    assert screen.record.edit_button.hasFocus()
    assert screen.record.person is not None
    assert screen.record.person.id == everyone[1]


def test_facets_are_chips_that_come_and_go(screen: SupportersScreen) -> None:
    everyone = keys(screen)
    press(screen, f"can be matched · {screen.list.matchable()}")
    able = keys(screen)
    settled(screen)
    press(screen, f"Remove can be matched · {screen.list.matchable()}")
    assert len(able) == screen.list.matchable() < len(everyone)
    assert keys(screen) == everyone
    press(screen, "+ topic")
    QTest.keyClicks(screen.list.finder.line, "adhd")
    QTest.keyClick(screen.list.finder.line, Qt.Key.Key_Return)
    assert "S-0001" in keys(screen)
    assert screen.list.facets.topic == ADHD
    settled(screen)
    press(screen, "+ place")
    QTest.keyClicks(screen.list.finder.line, "lancaster")
    QTest.keyClick(screen.list.finder.line, Qt.Key.Key_Return)
    assert set(keys(screen)) <= {"S-0002"}


def test_who_is_hidden_by_facets_is_found_when_another_screen_asks(screen: SupportersScreen) -> None:
    screen.list.search.setText("nobody at all")
    assert keys(screen) == []
    screen.open_at(supporter="S-0002")
    assert screen.list.view.current() == "S-0002"


# Consent.


def ticked(screen: SupportersScreen, *purposes: Purpose) -> None:
    for purpose in purposes:
        screen.record.consent.give_panel.ticks[purpose].setChecked(True)


def test_consent_is_recorded_in_one_step_and_nothing_is_ticked_beforehand(
    screen: SupportersScreen, services: Services
) -> None:
    panel = screen.record.consent.give_panel
    press(screen, "Record new consent")
    panel.topic.set_current(EXAM)
    panel.topic.chosen.emit(EXAM)
    assert not any(tick.isChecked() for tick in panel.findChildren(Tick))
    panel.until.setText("soon")
    panel.save.click()
    assert panel._until.error()
    assert panel._ticks_error.isVisible()
    ticked(screen, Purpose.SHARE, Purpose.LIST)
    panel.until.setText("1 Jun 2027")
    panel.method.set_current(Method.SPOKEN.value)
    panel.evidence.setText("call of today")
    panel.save.click()
    wait_until(lambda: not panel.isVisible())
    gate = services.desk.snapshot.gate(person(services), DAY)
    assert gate.allows(Purpose.SHARE, EXAM)
    assert gate.allows(Purpose.LIST, EXAM)
    last = person(services).consents[-1]
    assert (last.expires, last.method, last.evidence) == (date(2027, 6, 1), Method.SPOKEN, "call of today")
    assert services.upkeep.journal()[0].action == "consent-give"


def test_a_row_opens_its_own_consent_and_one_purpose_is_withdrawn(
    screen: SupportersScreen, services: Services
) -> None:
    consent = screen.record.consent
    row = next(n for n, line in enumerate(consent.topics) if line.characteristic == ADHD)
    consent.table.setFocus(Qt.FocusReason.TabFocusReason)
    consent.table.setCurrentIndex(consent.table.model().index(row, 6))
    QTest.keyClick(consent.table, Qt.Key.Key_Return)
    assert consent.give_panel.topic.current() == ADHD
    press(screen, "Withdraw: name it on a card")
    wait_until(screen.record.banner.isVisible)
    ruling = services.desk.snapshot.gate(person(services), DAY).ruling(Purpose.SHARE, ADHD)
    assert ruling.standing is Standing.WITHDRAWN
    assert screen.record.banner.kind == "success"


def test_the_whole_record_has_purposes_of_its_own(screen: SupportersScreen, services: Services) -> None:
    consent = screen.record.consent
    row = next(n for n, line in enumerate(consent.whole) if line.purpose is Purpose.CONTACT_PHONE)
    consent.whole_table.pressed.emit(row, 4)
    ticked(screen, Purpose.CONTACT_PHONE)
    consent.give_panel.save.click()
    wait_until(lambda: services.desk.snapshot.gate(person(services), DAY).allows(Purpose.CONTACT_PHONE))
    wait_until(lambda: "phone" in screen.record._receives.words())


def test_withdrawing_everything_tells_the_consequences_before_and_after(
    screen: SupportersScreen, services: Services
) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    screen.refresh(Touched(frozenset({"S-0001"}), frozenset({"E-0142"})))
    consent = screen.record.consent
    screen.open_at("withdraw", "S-0001")  # as another screen asks for it
    assert consent.withdraw_panel.isVisible()
    consent.withdraw_panel.closed.emit()
    press(screen, "Withdraw everything …")
    assert "These introductions stop: E-0142." in consent.withdraw_panel.words()
    assert consent.withdraw_panel.cancel.hasFocus()
    press(screen, "Withdraw all of Amina's consent")
    wait_until(screen.record.banner.isVisible)
    assert "Stopped: E-0142." in screen.record.banner.sentence()
    assert services.desk.snapshot.introductions_of("E-0142")[0].state is State.STOPPED
    assert all(record.withdrawn for record in person(services).consents)
    assert not consent.withdraw_all.isEnabled()


def test_a_topic_that_a_broader_consent_covers_is_withdrawn_by_itself(
    screen: SupportersScreen, services: Services
) -> None:
    terms = services.desk.snapshot.reference.vocabulary.terms
    child, parent = next((id, term.broader) for id, term in terms.items() if term.broader in terms)
    wide = replace(yes(Purpose.MATCH, parent), wording=WIDE.id)
    picture = replace(services.desk.snapshot, wordings=(WIDE,))
    someone = replace(person(services), characteristics=(child,), consents=(wide,))
    screen.record.consent.show_person(picture, someone, DAY)
    press(screen, "Record new consent")
    panel = screen.record.consent.give_panel
    assert any("which covers it" in each.words() for each in panel.findChildren(Text) if each.isVisible())
    asked: list[object] = []
    panel.withdrawn.connect(asked.append)
    press(panel, "Withdraw: match on it")
    assert asked == [Asked(Purpose.MATCH, child)]


def test_nothing_is_recorded_while_nobody_is_stated_as_controller(
    screen: SupportersScreen, services: Services
) -> None:
    picture = services.desk.snapshot
    nobody = replace(picture, controller=None)
    consent = screen.record.consent
    consent.show_person(nobody, person(services), DAY)
    press(screen, "Record new consent")
    assert consent.give_panel.refused.isVisible()
    assert "State it" in consent.give_panel.refused.sentence()
    assert not consent.give_panel.save.isEnabled()
    consent.show_person(picture, person(services), DAY)
    assert consent.give_panel.save.isEnabled()
    assert not consent.give_panel.refused.isVisible()


def test_esc_leaves_both_panels_without_a_trace(screen: SupportersScreen, services: Services) -> None:
    before = person(services)
    for name in ("Record new consent", "Withdraw everything …"):
        press(screen, name)
        QTest.keyClick(focused(), Qt.Key.Key_Escape)
        assert not screen.record.consent.give_panel.isVisible()
        assert not screen.record.consent.withdraw_panel.isVisible()
    assert person(services) == before


def test_a_refused_consent_is_said_above_the_record(screen: SupportersScreen) -> None:
    press(screen, "Record new consent")
    panel = screen.record.consent.give_panel
    ticked(screen, Purpose.MATCH)
    panel.given.emit((replace(yes(Purpose.MATCH, ADHD, DAY), wording="never-heard-of"),))
    wait_until(screen.record.banner.isVisible)
    assert screen.record.banner.kind == "error"
    assert panel.isVisible()


def test_the_history_holds_every_act_newest_first(screen: SupportersScreen, services: Services) -> None:
    services.consent.withdraw("S-0001", Purpose.SHARE, ADHD, DAY)
    screen.refresh(Touched(frozenset({"S-0001"})))
    lines = history_lines(services.desk.snapshot, person(services))
    press(screen, "Show")
    assert screen.record.history() == lines
    assert len(lines) == len(person(services).consents)
    assert any("withdrawn 20 Nov 2026" in how for _, how in lines)


# Editing.


def test_every_fault_stands_beside_its_field_at_once(screen: SupportersScreen) -> None:
    press(screen, "Edit")
    fields, editor = screen.editor.fields, screen.editor
    fields.name.setText(" ")
    fields.email.setText("amina(at)example")
    fields.capacity.setText("two")
    fields.paused_until.setText("next spring")
    fields.languages.finder.line.setText("English!")
    fields.programmes.setText("Peer Support")
    press(editor, "Add a relation")
    press(screen, "Save")
    wrong = {place for place, field in editor.beside.items() if field.error()}
    assert wrong >= {"name", "email", "capacity", "paused_until", "languages", "programmes", "relations"}
    assert fields.name.hasFocus()
    assert editor.banner.isVisible()


def test_a_record_is_edited_in_place(screen: SupportersScreen, services: Services) -> None:
    press(screen, "Edit")
    fields = screen.editor.fields
    fields.known_as.setText("Mina")
    fields.prefers.set_current(Channel.PHONE.value)
    fields.other_emails.setText("mina@example.org; a.rahman@example.org")
    fields.paused_until.setText("1 March 2027")
    QTest.keyClicks(fields.characteristics.finder.line, "bereave")
    QTest.keyClick(fields.characteristics.finder.line, Qt.Key.Key_Return)
    fields.same_organisation.setChecked(False)
    press(screen.editor, "Add a relation")
    line = fields.relations.lines[0]
    line.to.setText("trainee@example.org")
    line.until.set_day(DAY + timedelta(days=30))
    fields.notes.setPlainText("Prefers Tuesdays.")
    press(screen, "Save")
    wait_until(lambda: person(services).known_as == "Mina")
    saved = person(services)
    assert (saved.prefers, saved.paused_until) == (Channel.PHONE, date(2027, 3, 1))
    assert saved.other_emails == ("mina@example.org", "a.rahman@example.org")
    assert len(saved.characteristics) == len(AMINA.characteristics) + 1
    assert saved.relations == (Relation("trainee@example.org", "trainer", DAY, DAY + timedelta(days=30)),)
    assert saved.consents == AMINA.consents
    wait_until(screen.record.isVisible)
    assert screen.record._notes.words() == "Prefers Tuesdays."


def test_a_record_that_nobody_touched_comes_back_as_it_was(
    screen: SupportersScreen, services: Services
) -> None:
    for id, before in services.desk.snapshot.supporters.items():
        screen.editor.begin(person(services, id))
        assert screen.editor.fields.record() == before
        screen.editor.finish()


def test_a_new_supporter_gets_the_next_id_and_is_shown(screen: SupportersScreen, services: Services) -> None:
    screen.act()
    assert screen.editor.fields.name.hasFocus()
    screen.editor.fields.name.setText("Ola Berg")
    screen.editor.fields.email.setText("ola@example.org")
    screen.editor.submit()
    wait_until(lambda: screen.record.person is not None and screen.record.person.name == "Ola Berg")
    assert screen.record.isVisible()
    assert screen.list.view.current() in services.desk.snapshot.supporters
    assert f"{len(services.desk.snapshot.supporters)} people" in screen.top_items().note


def test_a_draft_survives_refreshes_and_looking_at_others(
    screen: SupportersScreen, services: Services
) -> None:
    press(screen, "Edit")
    screen.editor.fields.known_as.setText("half a thou")
    services.supporters.change(replace(person(services, "S-0002"), known_as="Tommy"))
    screen.refresh(Touched(frozenset({"S-0002"})))
    screen.open_at(supporter="S-0002")
    assert screen.editor.isVisible()
    assert screen.editor.fields.known_as.text() == "half a thou"
    press(screen, "Cancel")
    assert not screen.editor.isVisible()
    assert person(services).known_as == AMINA.known_as


def test_an_empty_network_offers_the_first_step(
    qtbot: QtBot, theme: Theme, services: Services, screen: SupportersScreen
) -> None:
    empty = replace(services.desk.snapshot, supporters=People(dict))
    services.desk.snapshot = empty
    screen.refresh(Touched(network=True))
    press(screen, "Add the first one")
    assert screen.editor.isVisible()
    assert screen.count() == ""


@pytest.mark.parametrize(
    ("width", "height", "scale", "scheme"),
    [
        (1232, 840, 100, Scheme.LIGHT),
        (960, 640, 100, Scheme.DARK),
        (928, 560, 150, Scheme.HIGH_CONTRAST),
    ],
)
def test_nothing_is_cut(
    screen: SupportersScreen, theme: Theme, width: int, height: int, scale: int, scheme: Scheme
) -> None:
    theme.choose(scheme)
    theme.set_scale(scale)
    screen.resize(width, height)
    settled(screen)
    assert screen.width() == width
    assert problems(screen) == []
    for name in ("Record new consent", "Withdraw everything …", "Show", "Edit"):
        press(screen, name)
        settled(screen)
        assert problems(screen) == [], name
    screen.editor.fields.name.setText("")
    press(screen.editor, "Add a relation")
    press(screen, "Save")
    settled(screen)
    assert problems(screen) == []
