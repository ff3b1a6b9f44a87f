"""Of which day a consent is: that on which it is pressed, also where the window stayed open, or that of the form."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from peermatch.model.consent import Method, Purpose
from peermatch.model.onboarding import Stage
from peermatch.model.people import SupporterStatus
from peermatch.services.office import Services
from peermatch.ui.screens.consents import ConsentsScreen
from peermatch.ui.screens.consents_answers import YES
from peermatch.ui.screens.day_field import in_twelve_months
from peermatch.ui.screens.supporters import SupportersScreen
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from tests.networks import ADHD, AMINA, DAY
from tests.ui.real_networks import opened, wait_until
from tests.ui.sample_office import Bench, bench

LATER = DAY + timedelta(days=11)


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path, lambda s, t: ConsentsScreen(s, t, theme)) as made:
        yield made


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
    shown.show()
    shown.open_at(supporter=AMINA.id)
    yield shown
    tasks.stop()


def the_day_passes(services: Services) -> None:
    """The same network, open still, on another day."""
    clock = services.desk.clock
    services.desk.clock = lambda: clock() + (LATER - DAY)


def consents(desk: Bench) -> ConsentsScreen:
    assert isinstance(desk.screen, ConsentsScreen)
    return desk.screen


def record_a_yes(desk: Bench) -> None:
    reply = consents(desk).people.person.reply
    reply.lines.lines[0].answer.set_current(YES)
    reply.method.set_current(Method.SPOKEN.value)
    reply.save.click()
    desk.rest()


def proved(desk: Bench, day: str) -> None:
    card = consents(desk).people.person.proof
    card.day.setText(day)
    card.show_button.click()
    desk.rest()


def test_whoever_comes_back_on_another_day_finds_and_records_that_day(desk: Bench) -> None:
    screen = consents(desk)
    person, before = screen.people.person, screen.bench
    desk.page.hide()
    the_day_passes(desk.services)
    desk.page.show()
    desk.rest()
    assert screen.bench is not before
    assert person.reply.until.day() == in_twelve_months(LATER)
    record_a_yes(desk)
    last = desk.services.consent.records(person.id)[-1]
    assert (last.given, last.expires, last.method) == (LATER, in_twelve_months(LATER), Method.SPOKEN)
    proved(desk, "1 Dec 2026")
    assert person.proof.field.error() == ""
    assert person.proof.proof is not None
    assert LATER in {line.record.given for line in person.proof.proof.agreed}


def test_on_the_same_day_nothing_is_read_again(desk: Bench) -> None:
    before = consents(desk).bench
    desk.page.hide()
    desk.page.show()
    desk.rest()
    assert consents(desk).bench is before


def test_an_answer_that_is_marked_before_midnight_is_of_the_day_on_which_it_is_recorded(desk: Bench) -> None:
    person = consents(desk).people.person
    person.reply.until.set_day(LATER)
    the_day_passes(desk.services)
    record_a_yes(desk)
    assert "after today" in person.reply._until.error()
    person.reply.until.set_day(date(2027, 6, 1))
    person.reply.save.click()
    desk.rest()
    last = desk.services.consent.records(person.id)[-1]
    assert (last.given, last.expires) == (LATER, date(2027, 6, 1))
    proved(desk, "2 Dec 2026")
    assert "has not come yet" in person.proof.field.error()
    proved(desk, "1 Dec 2026")
    assert person.proof.field.error() == ""


def test_a_day_that_somebody_wrote_stays_over_midnight(desk: Bench) -> None:
    person = consents(desk).people.person
    person.reply.until.set_day(date(2027, 6, 1))
    desk.page.hide()
    the_day_passes(desk.services)
    desk.page.show()
    desk.rest()
    assert person.reply.until.day() == date(2027, 6, 1)


def test_consent_on_an_open_record_is_given_and_withdrawn_on_the_day_of_the_press(
    screen: SupportersScreen, services: Services
) -> None:
    panel = screen.record.consent.give_panel
    screen.record.consent.record.click()
    panel.ticks[Purpose.LIST].setChecked(True)
    panel.until.set_day(LATER)
    the_day_passes(services)
    panel.save.click()
    assert "after today" in panel._until.error()
    panel.until.set_day(date(2027, 6, 1))
    panel.save.click()
    wait_until(lambda: not panel.isVisible())
    last = services.consent.records(AMINA.id)[-1]
    assert (last.purpose, last.characteristic, last.given) == (Purpose.LIST, ADHD, LATER)
    screen.record.consent.withdraw_all.click()
    the_day_passes(services)
    screen.record.consent.withdraw_panel.confirm.click()
    wait_until(screen.record.banner.isVisible)
    taken_back = {record.withdrawn for record in services.consent.records(AMINA.id)}
    assert taken_back == {LATER + (LATER - DAY)}


def test_a_form_that_was_signed_earlier_counts_from_its_own_day(
    screen: SupportersScreen, services: Services
) -> None:
    panel = screen.record.consent.give_panel
    screen.record.consent.record.click()
    panel.ticks[Purpose.LIST].setChecked(True)
    for wrong in ("soon", "1 Jan 2030"):
        panel.day.setText(wrong)
        panel.save.click()
        assert panel._day.error(), wrong
    panel.day.setText("3 Mar 2026")
    panel.day.editingFinished.emit()
    assert panel.until.day() == date(2027, 3, 3)
    panel.save.click()
    wait_until(lambda: not panel.isVisible())
    last = services.consent.records(AMINA.id)[-1]
    assert (last.given, last.expires) == (date(2026, 3, 3), date(2027, 3, 3))
    screen.record.consent.record.click()
    assert panel.day.text() == "", "another time it is today again"
    panel.until.set_day(date(2027, 1, 5))
    panel.day.setText("3 Mar 2026")
    panel.day.editingFinished.emit()
    assert panel.until.day() == date(2027, 1, 5), "an end that somebody chose stays"


def test_one_consent_is_withdrawn_on_the_day_of_the_press(
    screen: SupportersScreen, services: Services
) -> None:
    screen.record.consent.record.click()
    the_day_passes(services)
    withdraw = next(
        button
        for button in screen.record.consent.give_panel.findChildren(QPushButton)
        if button.property("purpose") == Purpose.SHARE.value
    )
    withdraw.click()
    wait_until(screen.record.banner.isVisible)
    assert [each.withdrawn for each in services.consent.records(AMINA.id) if each.withdrawn] == [LATER]


def test_whoever_leaves_an_open_record_leaves_on_the_day_of_the_press(
    screen: SupportersScreen, services: Services
) -> None:
    card = screen.record.standing
    card.leave_button.click()
    the_day_passes(services)
    card.leave_panel.confirm.click()
    wait_until(lambda: services.desk.snapshot.supporters[AMINA.id].status is SupporterStatus.LEFT)
    noted = services.onboarding.way(AMINA.id).noted
    assert [(each.stage, each.day) for each in noted if each.stage is Stage.LEFT] == [(Stage.LEFT, LATER)]
