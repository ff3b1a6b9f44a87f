"""The plan for all who wait: what it shows, how it is walked through, and the way on to the letter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from peermatch.model.changes import Touched
from peermatch.model.enquiry import EnquiryStatus
from peermatch.services.office import Services
from peermatch.services.sample import DAY
from peermatch.ui.screens.plan import PlanScreen
from peermatch.ui.screens.plan_head import WORKING
from peermatch.ui.tasks import SLOW_MS
from peermatch.ui.theme import Scheme, Theme
from tests.networks import AMINA
from tests.ui.plan_office import (
    AT_RISK,
    FIRST,
    HELD,
    SECOND,
    busy,
    busy_network,
    crowded,
    crowded_network,
    made,
    office,
    screen_of,
    waiting,
)
from tests.ui.readable import problems
from tests.ui.real_networks import focused, settled, wait_until
from tests.ui.sample_office import Bench, bench_on


@pytest.fixture
def desk(qtbot: object, theme: Theme, tmp_path: Path) -> Iterator[Bench]:
    with office(crowded(tmp_path), theme) as shown:
        yield shown


@pytest.fixture(scope="module")
def held_open(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    services = busy(tmp_path_factory.mktemp("busy"))
    yield services
    services.lock()


@pytest.fixture
def look(qtbot: object, theme: Theme, held_open: Services) -> Iterator[Bench]:
    """The sample with more who wait; nothing is changed in this network."""
    with bench_on(held_open, lambda services, tasks: PlanScreen(services, tasks, theme)) as shown:
        yield shown


def everything_told(page: QWidget) -> str:
    """All words for the eye and the ear, of lists too."""
    said: list[str] = []
    for widget in page.findChildren(QWidget):
        said += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel | QAbstractButton):
            said.append(widget.text())
    for model in page.findChildren(QAbstractItemModel):
        said += [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    return "\n".join(said)


# What it shows.


def test_the_headline_says_what_the_plan_reaches_and_that_nobody_is_asked(look: Bench) -> None:
    screen, plan = screen_of(look), look.services.plans.of(DAY)
    said = screen.head.sentences()
    assert said.startswith(
        f"{plan.served} of {plan.waiting} waiting enquiries can be served. Nobody is asked until you press."
    )
    assert f"The pairs add up to {round(plan.total * 100)} points." in said
    assert "The busiest person in it would have 1 of 2 introductions in hand." in said
    assert "This is the best plan there is." in said
    assert not screen.head.undo.isEnabled()


def test_each_enquiry_has_one_row_the_unsafe_first_and_those_without_anybody_last(look: Bench) -> None:
    screen, plan = screen_of(look), look.services.plans.of(DAY)
    rows = screen.list.view.rows()
    unserved = {each.enquiry for each in plan.unserved}
    assert [row.key for row in rows][:1] == [HELD] == list(plan.held)
    assert {row.key for row in rows[1 : 1 + plan.served]} == {pair.enquiry for pair in plan.pairs}
    assert {row.key for row in rows[1 + plan.served :]} == unserved
    received = [look.services.desk.snapshot.enquiries[row.key].received for row in rows[1 : 1 + plan.served]]
    assert received == sorted(received)
    assert rows[0].chip == "check safety first"
    assert {row.chip for row in rows if row.key in unserved} == {"nobody yet"}


def test_a_row_says_whom_with_which_score_and_where_they_stand(look: Bench) -> None:
    row = next(row for row in screen_of(look).list.view.rows() if row.key == "E-0200")
    assert row.title == "E-0200 with Amina R."
    assert row.summary == "ADHD, Failing an exam"
    assert (row.chip, row.state) == ("score 99", "1st of 11 in its own list")


def test_the_right_side_gives_the_reasons_of_the_pair(look: Bench) -> None:
    screen = screen_of(look)
    screen.list.view.set_current("E-0200")
    look.rest()
    found = screen.pane.detail
    assert found is not None
    assert found.face is not None
    assert (found.face.name, found.face.score, found.place) == ("Amina R.", 99, "1st of 11 in its own list")
    assert found.topics == (("ADHD · essential", "essential"), ("Failing an exam · helpful", "helpful"))
    screen.pane.person.why.click()
    assert "Together" in screen.pane.person.reasons.spoken()
    assert screen.pane.ask.text() == "Ask Amina"


def test_those_without_anybody_say_why_and_lead_to_the_enquiry(look: Bench) -> None:
    screen = screen_of(look)
    plan = look.services.plans.of(DAY)
    why = {each.enquiry: each.text for each in plan.unserved}
    screen.list.view.set_current("E-0203")
    look.rest()
    assert screen.pane.detail is not None
    assert screen.pane.detail.words == why["E-0203"]
    assert not screen.pane.ask.isVisible()
    assert not screen.pane.other.isVisible()
    screen.pane.open.click()
    screen.list.view.set_current("E-0207")
    look.rest()
    assert "Nothing is confirmed yet of what they need." in screen.pane.detail.words
    screen.list.view.opened.emit("E-0207")
    assert look.went == [("enquiries", "E-0203", ""), ("enquiries", "E-0207", "")]


def test_one_at_risk_is_named_and_opens_but_is_given_nobody(look: Bench) -> None:
    screen = screen_of(look)
    screen.list.view.set_current(HELD)
    look.rest()
    assert screen.pane.detail is not None
    assert screen.pane.detail.kind == "held"
    assert "note what was done" in screen.pane.detail.words
    assert not screen.pane.ask.isVisible()
    screen.pane.open.click()
    assert look.went == [("enquiries", HELD, "")]


def test_one_press_leads_to_the_letter_and_asks_nobody(look: Bench) -> None:
    screen, before = screen_of(look), look.services.desk.snapshot
    screen.list.view.set_current("E-0200")
    look.rest()
    screen.pane.ask.click()
    assert look.went == [("enquiries", "E-0200", "S-0001")]
    assert look.services.desk.snapshot is before


# Names and keys.


def test_names_are_covered_everywhere(look: Bench, theme: Theme) -> None:
    screen = screen_of(look)
    screen.list.view.set_current("E-0200")
    screen.pane.other.click()
    look.rest()
    people = look.services.desk.snapshot.supporters.values()
    names = {name for each in people for name in (each.shown_name, each.first_name, each.name)}
    assert "Amina R." in everything_told(screen)
    theme.cover.set_on(True)
    look.rest()
    told = everything_told(screen)
    assert [name for name in names if name in told] == []
    assert screen.pane.ask.text() == "Ask them"
    theme.cover.set_on(False)
    assert "E-0200 with Amina R." in [row.title for row in screen.list.view.rows()]


def test_the_keyboard_walks_from_the_head_through_the_list_to_the_pair(desk: Bench) -> None:
    screen = screen_of(desk)
    desk.page.activateWindow()
    screen.setFocus()
    assert screen.focusProxy() is None
    assert focused() is screen.list.view
    QTest.keyClick(focused(), Qt.Key.Key_P)
    desk.rest()
    assert focused() is screen.list.view
    QTest.keyClick(focused(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert focused() is screen.head.undo
    pane, reached = screen.pane, []
    for _ in range(8):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        reached.append(focused())
    others = [pane.person.why, pane.ask, pane.pin, pane.other, pane.out, pane.open]
    assert [each for each in reached if each in (screen.list.view, *others)] == [screen.list.view, *others]


def test_the_list_takes_keys_for_each_change_and_for_the_way_on(desk: Bench) -> None:
    screen = screen_of(desk)
    view = screen.list.view
    view.setFocus()
    view.set_current(SECOND)
    QTest.keyClick(view, Qt.Key.Key_P)
    desk.rest()
    assert screen.choices.pinned == ((SECOND, "S-0002"),)
    QTest.keyClick(view, Qt.Key.Key_P)
    desk.rest()
    assert screen.choices.count == 0
    QTest.keyClick(view, Qt.Key.Key_Delete)
    desk.rest()
    assert screen.choices.ruled_out == ((SECOND, "S-0002"),)
    view.set_current(FIRST)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert desk.went[-1][:2] == ("enquiries", FIRST)


# Calm.


def test_nothing_is_worked_out_before_somebody_looks(desk: Bench) -> None:
    screen = screen_of(desk)
    first = screen.plan
    desk.page.hide()
    screen.refresh(Touched(network=True))
    desk.rest()
    assert screen.plan is first
    desk.page.show()
    desk.rest()
    assert screen.plan is not first


def test_another_day_is_planned_anew(desk: Bench) -> None:
    screen, clock = screen_of(desk), desk.services.desk.clock
    desk.page.hide()
    desk.services.desk.clock = lambda: clock() + timedelta(days=1)
    desk.page.show()
    desk.rest()
    assert screen.plan is not None
    assert screen.plan.on == desk.services.desk.today


def test_work_is_told_of_only_when_it_lasts(desk: Bench) -> None:
    screen = screen_of(desk)
    before = screen.head.sentences()
    desk.worker.holding = True
    screen.pane.pin.click()
    QTest.qWait(SLOW_MS // 4)
    assert screen.head.sentences() == before
    wait_until(lambda: WORKING in screen.head.sentences())
    desk.worker.let_go()
    wait_until(lambda: "Your change" in screen.head.sentences())
    assert WORKING not in screen.head.sentences()


def test_a_refresh_keeps_the_row_and_the_place_in_the_list(look: Bench) -> None:
    screen = screen_of(look)
    view = screen.list.view
    last = view.rows()[-1].key
    view.set_current(last)
    view.setFocus()
    place = view.verticalScrollBar().value()
    assert place > 0
    screen.refresh(Touched(network=True))
    look.rest()
    assert (view.current(), view.verticalScrollBar().value()) == (last, place)
    assert focused() is view


def test_three_hundred_enquiries_are_as_few_widgets_as_three(
    qtbot: object, theme: Theme, tmp_path: Path, look: Bench
) -> None:
    few = len(look.page.findChildren(QWidget))
    with office(made(busy_network(300), tmp_path), theme) as many:
        screen = screen_of(many)
        assert len(screen.list.view.rows()) > 300
        assert len(many.page.findChildren(QWidget)) < few + 40
        view = screen.list.view
        view.set_current(view.rows()[150].key)
        many.rest()
        assert screen.pane.detail is not None
        assert screen.pane.detail.reference == view.rows()[150].key


# Little or nothing to plan.


def test_nobody_waits(qtbot: object, theme: Theme, tmp_path: Path) -> None:
    network = crowded_network()
    closed = tuple(replace(each, status=EnquiryStatus.CLOSED) for each in network.enquiries)
    with office(made(replace(network, enquiries=closed), tmp_path), theme) as desk:
        screen = screen_of(desk)
        assert screen.empty.isVisible()
        assert "No enquiry is waiting." in everything_told(screen.empty)
        screen.empty.acted.emit()
        assert desk.went == [("enquiries", "", "")]


def test_only_one_at_risk(qtbot: object, theme: Theme, tmp_path: Path) -> None:
    network = crowded_network()
    risky = tuple(each for each in network.enquiries if each.reference == AT_RISK)
    with office(made(replace(network, enquiries=risky), tmp_path), theme) as desk:
        screen = screen_of(desk)
        assert screen.head.sentences().startswith("No enquiry can be planned yet.")
        assert screen.reference == AT_RISK


def test_nobody_has_room(qtbot: object, theme: Theme, tmp_path: Path) -> None:
    network = replace(crowded_network(), supporters=(replace(AMINA, capacity=0),))
    with office(made(network, tmp_path), theme) as desk:
        screen = screen_of(desk)
        assert screen.head.sentences().startswith("Nobody can be given to the 2 waiting enquiries today.")
        found = screen.pane.detail
        assert found is not None
        assert found.kind == "nobody"
        assert "no room now" in found.words


def test_no_supporters_at_all(qtbot: object, theme: Theme, tmp_path: Path) -> None:
    alone = replace(crowded_network(), supporters=(), enquiries=(waiting(1, ("neuro.adhd",)),))
    with office(made(alone, tmp_path), theme) as desk:
        found = screen_of(desk).pane.detail
        assert found is not None
        assert found.words == "Nobody fits: there are no supporters in this network yet."


# Whole at each size.


@pytest.mark.parametrize(
    ("width", "height", "scale", "scheme"),
    [
        (1232, 844, 100, Scheme.LIGHT),
        (960, 640, 100, Scheme.DARK),
        (960, 600, 150, Scheme.HIGH_CONTRAST),
    ],
)
def test_nothing_is_cut(
    look: Bench, theme: Theme, width: int, height: int, scale: int, scheme: Scheme
) -> None:
    theme.choose(scheme)
    theme.set_scale(scale)
    look.page.resize(width, height)
    screen = screen_of(look)
    for reference in ("E-0200", "E-0203", HELD):
        screen.list.view.set_current(reference)
        screen.columns.show_main()
        if screen.pane.other.isVisible():
            screen.pane.other.click()
        settled(look.page)
        look.rest()
        assert look.page.width() == width
        assert problems(look.page) == [], reference
