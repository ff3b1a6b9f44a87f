"""Changing a plan by hand: keeping pairs, ruling them out, choosing somebody else, and what each change costs."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from peermatch.model.changes import Touched
from peermatch.services.sample import DAY
from peermatch.ui.main_window import MainWindow
from peermatch.ui.screens.enquiries import EnquiriesScreen
from peermatch.ui.screens.plan import PlanScreen
from peermatch.ui.screens.plan_choices import Choices, as_draft
from peermatch.ui.screens.plan_options import IN_PLAN, RULED_OUT, OptionLine
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.workplace import Workplace
from tests.networks import ADHD
from tests.ui.plan_office import (
    FIRST,
    SECOND,
    busy,
    crowded,
    crowded_network,
    made,
    office,
    screen_of,
    waiting,
)
from tests.ui.real_networks import doors, focused, wait_until
from tests.ui.sample_office import Bench, bench_on

AMINA, TOM = "S-0001", "S-0002"


@pytest.fixture
def desk(qtbot: object, theme: Theme, tmp_path: Path) -> Iterator[Bench]:
    with office(crowded(tmp_path), theme) as shown:
        yield shown


def pairs(desk: Bench) -> list[tuple[str, str, bool]]:
    plan = screen_of(desk).plan
    assert plan is not None
    return [(each.enquiry, each.supporter, each.pinned) for each in plan.pairs]


def choose(desk: Bench, reference: str) -> None:
    screen_of(desk).list.view.set_current(reference)
    desk.rest()


def option(desk: Bench, supporter: str) -> OptionLine:
    """The line of somebody else, with the list open and its costs worked out."""
    screen = screen_of(desk)
    if not screen.pane.options.isVisible():
        screen.pane.other.click()
    for _ in range(3):
        desk.rest()
    return next(line for line in screen.pane.options.lines() if line.face.supporter == supporter)


def chip(desk: Bench, reference: str) -> str:
    return next(row.chip for row in screen_of(desk).list.view.rows() if row.key == reference)


def test_a_pair_is_kept_and_let_go_again(desk: Bench) -> None:
    screen = screen_of(desk)
    choose(desk, SECOND)
    screen.pane.pin.setFocus()
    screen.pane.pin.click()
    desk.rest()
    assert pairs(desk) == [(FIRST, AMINA, False), (SECOND, TOM, True)]
    assert chip(desk, SECOND).startswith("Pinned")
    assert screen.head.sentences().endswith("Your change costs nothing.")
    assert screen.pane.cost() == "This pin costs nothing."
    assert screen.pane.pin.text() == "Unpin this pair"
    assert focused() is screen.pane.pin
    assert [each.text for each in screen.top_items().chips] == ["1 pinned"]
    screen.pane.pin.click()
    desk.rest()
    assert pairs(desk) == [(FIRST, AMINA, False), (SECOND, TOM, False)]
    assert screen.pane.cost() == ""
    assert not screen.head.undo.isEnabled()


def test_somebody_else_comes_with_a_score_and_what_it_would_cost(desk: Bench) -> None:
    choose(desk, SECOND)
    given, other = option(desk, TOM), option(desk, AMINA)
    suggested = desk.services.shortlists.of(SECOND, DAY).suggested
    scores = {each.supporter: round(each.score * 100) for each in suggested}
    assert {given.face.supporter: given.face.score, other.face.supporter: other.face.score} == scores
    assert given.words() == IN_PLAN
    assert not given.choose.isVisible()
    lost = round((desk.services.plans.of(DAY).total - scores[AMINA] / 100) * 100)
    assert other.words() == f"This choice leaves {FIRST} without anybody and lowers the sum by {lost} points."
    assert other.words() in other.choose.accessibleDescription()


def test_choosing_somebody_else_says_the_same_cost_and_undo_takes_it_back(desk: Bench) -> None:
    screen = screen_of(desk)
    choose(desk, SECOND)
    line = option(desk, AMINA)
    said = line.words().removeprefix("This choice ")
    line.choose.click()
    desk.rest()
    assert pairs(desk) == [(SECOND, AMINA, True)]
    assert screen.head.sentences().endswith(f"Your change {said}")
    assert screen.pane.cost() == f"This pin {said}"
    assert not screen.pane.options.isVisible()
    assert focused() is screen.pane.other
    screen.head.undo.setFocus()
    screen.head.undo.click()
    desk.rest()
    assert pairs(desk) == [(FIRST, AMINA, False), (SECOND, TOM, False)]
    assert "This is the best plan there is." in screen.head.sentences()
    assert focused() is not screen.head.undo


def test_a_pair_ruled_out_is_not_used_and_can_be_allowed_again(desk: Bench) -> None:
    screen = screen_of(desk)
    choose(desk, FIRST)
    screen.pane.out.setFocus()
    screen.pane.out.click()
    desk.rest()
    assert [pair[0] for pair in pairs(desk)] == [SECOND]
    assert chip(desk, FIRST) == "nobody yet"
    assert screen.pane.detail is not None
    assert screen.pane.detail.words.startswith("Nobody is left: all who fit (1) were ruled out by hand.")
    assert f"Your change leaves {FIRST} without anybody" in screen.head.sentences()
    assert focused() is screen.pane.open
    line = option(desk, AMINA)
    assert line.words() == RULED_OUT
    assert line.choose.text() == "Allow again"
    line.choose.click()
    desk.rest()
    assert screen.choices.count == 0
    assert pairs(desk)[0] == (FIRST, AMINA, False)


def test_somebody_pinned_elsewhere_cannot_be_chosen_as_well(desk: Bench) -> None:
    screen = screen_of(desk)
    choose(desk, FIRST)
    screen.pane.pin.click()
    desk.rest()
    choose(desk, SECOND)
    line = option(desk, AMINA)
    assert line.words() == f"There is room for 1, and 2 are chosen: {FIRST}, {SECOND}."
    assert not line.choose.isEnabled()


def test_walking_on_closes_the_list_and_escape_too(desk: Bench) -> None:
    screen = screen_of(desk)
    choose(desk, SECOND)
    option(desk, AMINA).choose.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not screen.pane.options.isVisible()
    option(desk, AMINA)
    choose(desk, FIRST)
    assert not screen.pane.options.isVisible()
    assert screen.pane.options.lines() == ()


def test_many_others_are_shown_a_few_at_a_time(qtbot: object, theme: Theme, tmp_path: Path) -> None:
    with office(busy(tmp_path), theme) as desk:
        screen = screen_of(desk)
        choose(desk, "E-0200")
        screen.pane.other.click()
        for _ in range(8):
            desk.rest()
        lines = screen.pane.options.lines()
        assert len(lines) == 6
        assert all(line.words() for line in lines)
        screen.pane.options.more.click()
        assert len(screen.pane.options.lines()) == 11
        assert focused() is screen.pane.options.lines()[6].choose
        assert screen.pane.options.lines()[:6] == lines


# While it is worked out, and when the world changes.


def test_presses_while_it_is_worked_out_are_all_kept(desk: Bench) -> None:
    screen = screen_of(desk)
    desk.worker.holding = True
    choose(desk, FIRST)
    screen.pane.pin.click()
    choose(desk, SECOND)
    screen.pane.pin.click()
    desk.worker.let_go()
    desk.rest()
    desk.rest()
    assert pairs(desk) == [(FIRST, AMINA, True), (SECOND, TOM, True)]


def test_a_pin_that_no_longer_holds_is_let_go_with_a_sentence(desk: Bench) -> None:
    screen = screen_of(desk)
    choose(desk, SECOND)
    screen.pane.pin.click()
    desk.rest()
    tom = desk.services.desk.snapshot.supporters[TOM]
    done = desk.services.supporters.change(replace(tom, capacity=0))
    screen.refresh(done.touched)
    desk.rest()
    desk.rest()
    assert screen.choices.count == 0
    assert screen.banner.isVisible()
    assert screen.banner.sentence().startswith(f"{SECOND} is no longer pinned: ")
    assert "Tom" not in screen.banner.sentence()
    assert len(pairs(desk)) == 1


def test_changes_are_set_aside_by_ids_alone_and_taken_up_by_the_next_screen(
    desk: Bench, theme: Theme, tmp_path: Path
) -> None:
    """What a lock does to the screen: it goes, and another one comes after the passphrase."""
    screen = screen_of(desk)
    assert screen.draft() == {}
    choose(desk, SECOND)
    screen.pane.pin.click()
    desk.rest()
    choose(desk, FIRST)
    screen.pane.out.click()
    desk.rest()
    kept = json.loads(json.dumps(screen.draft()))
    assert sorted(re.findall("[ES]-[0-9]+", str(kept))) == [FIRST, SECOND, AMINA, TOM]
    for person in desk.services.desk.snapshot.supporters.values():
        assert not [word for word in person.name.split() if word in str(kept)]
    with bench_on(desk.services, lambda held, tasks: PlanScreen(held, tasks, theme)) as later:
        assert screen_of(later).choices.count == 0
        screen_of(later).take_draft(kept)
        later.rest()
        assert screen_of(later).choices == screen.choices
        assert pairs(later) == pairs(desk)
        assert chip(later, SECOND).startswith("Pinned")


def test_a_pin_that_was_set_aside_and_no_longer_holds_is_let_go(desk: Bench) -> None:
    desk.services.introductions.ask(SECOND, TOM, DAY)
    screen_of(desk).take_draft(as_draft(Choices().pin(SECOND, TOM).pin(FIRST, AMINA)))
    desk.rest()
    assert screen_of(desk).choices == Choices().pin(FIRST, AMINA)
    assert screen_of(desk).banner.sentence().startswith(f"{SECOND} is no longer pinned")


def test_an_enquiry_for_which_somebody_is_asked_leaves_the_plan(desk: Bench) -> None:
    screen = screen_of(desk)
    choose(desk, FIRST)
    screen.pane.pin.click()
    desk.rest()
    done = desk.services.introductions.ask(FIRST, AMINA, DAY)
    screen.refresh(done.touched)
    desk.rest()
    desk.rest()
    assert FIRST not in [row.key for row in screen.list.view.rows()]
    assert screen.banner.sentence() == (
        f"{FIRST} is no longer pinned: somebody is asked for this enquiry already."
    )
    assert pairs(desk) == [(SECOND, TOM, False)]


def test_pairs_ruled_out_of_an_enquiry_that_is_gone_are_no_change_any_more(desk: Bench) -> None:
    screen = screen_of(desk)
    choose(desk, SECOND)
    screen.pane.out.click()
    desk.rest()
    assert screen.choices.ruled_out == ((SECOND, TOM),)
    done = desk.services.introductions.ask(SECOND, TOM, DAY)
    screen.refresh(done.touched)
    desk.rest()
    assert screen.choices.count == 0


def test_a_locked_network_answers_nobody(desk: Bench) -> None:
    screen = screen_of(desk)
    before = screen.plan
    desk.worker.holding = True
    screen.refresh(Touched(network=True))
    desk.tasks.stop()
    desk.worker.let_go()
    desk.rest()
    assert screen.plan is before


# From the enquiries and back to them.


@pytest.fixture
def enquiries(qtbot: object, theme: Theme, tmp_path: Path) -> Iterator[Bench]:
    services = crowded(tmp_path)
    with bench_on(services, lambda held, tasks: EnquiriesScreen(held, tasks, theme)) as shown:
        yield shown
    services.lock()


def test_the_queue_offers_the_plan_while_several_wait(enquiries: Bench) -> None:
    screen = enquiries.screen
    assert isinstance(screen, EnquiriesScreen)
    assert screen.plan_offer.isVisible()
    assert screen.plan_offer.heading() == "Plan all 2 together"
    screen.plan_offer.propose.click()
    assert enquiries.went == [("plan", "", "")]
    enquiries.services.introductions.ask(FIRST, AMINA, DAY)
    screen.refresh(Touched(enquiries=frozenset({FIRST})))
    assert not screen.plan_offer.isVisible()


def test_an_enquiry_opened_for_somebody_has_their_letter_ready_and_asks_nobody(enquiries: Bench) -> None:
    screen = enquiries.screen
    assert isinstance(screen, EnquiriesScreen)
    before = enquiries.services.desk.snapshot
    screen.open_at(SECOND, TOM)
    enquiries.rest()
    assert screen.reference == SECOND
    card = screen.people.card(TOM)
    assert card is not None
    assert card.form is not None
    assert card.form.isVisible()
    other = screen.people.card(AMINA)
    assert other is not None
    assert other.form is None
    assert enquiries.services.desk.snapshot is before


def test_somebody_far_down_the_list_has_their_letter_ready_too(
    qtbot: object, theme: Theme, tmp_path: Path
) -> None:
    network = crowded_network()
    tom = network.supporters[1]
    more = tuple(
        replace(tom, id=f"S-{n}", name=f"Tom {n}", email=f"t{n}@example.org") for n in range(100, 120)
    )
    crowd = replace(network, supporters=(*network.supporters, *more), enquiries=(waiting(2, (ADHD,)),))
    services = made(crowd, tmp_path)
    last = services.shortlists.of(SECOND, DAY).suggested[-1].supporter
    with bench_on(services, lambda held, tasks: EnquiriesScreen(held, tasks, theme)) as shown:
        screen = shown.screen
        assert isinstance(screen, EnquiriesScreen)
        screen.open_at(SECOND, last)
        shown.rest()
        card = screen.people.card(last)
        assert card is not None
        assert card.form is not None
    services.lock()


def test_in_the_window_the_offer_leads_to_the_plan_and_the_plan_to_the_letter(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    services, tasks = crowded(tmp_path), Tasks(AtOnce())
    window = MainWindow(doors(), tasks, theme, services=services)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    work = window.page
    assert isinstance(work, Workplace)
    letters, planned = work.screens["enquiries"], work.screens["plan"]
    assert isinstance(letters, EnquiriesScreen)
    assert isinstance(planned, PlanScreen)
    work.show_screen("enquiries")
    wait_until(lambda: tasks.idle and letters.plan_offer.propose.isVisible())
    letters.plan_offer.propose.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    wait_until(lambda: planned.plan is not None and tasks.idle)
    assert work.current_key == "plan"
    assert focused() is planned.list.view
    planned.list.view.set_current(SECOND)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    wait_until(lambda: (card := letters.people.card(TOM)) is not None and card.form is not None)
    assert work.current_key == "enquiries"
    assert services.desk.snapshot.introductions == ()
    window.close()
