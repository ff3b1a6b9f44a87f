"""A plan that was changed by hand: its pins are back after a lock, and nobody's name is kept for them."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from peermatch.services.sample import PASSPHRASE
from peermatch.ui.main_window import MainWindow
from peermatch.ui.screens.plan import PlanScreen
from peermatch.ui.screens.plan_choices import Choices
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.workplace import Workplace
from tests.ui.plan_office import CROWDED, FIRST, SECOND, copied
from tests.ui.real_networks import doors, wait_until

TOM = "S-0002"


def plan_of(window: MainWindow) -> PlanScreen:
    assert isinstance(window.page, Workplace)
    found = window.page.screens["plan"]
    assert isinstance(found, PlanScreen)
    return found


def test_pins_are_back_after_a_lock(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    tasks, services = Tasks(AtOnce()), copied(tmp_path, CROWDED)
    window = MainWindow(doors(), tasks, theme, services=services)
    qtbot.addWidget(window)
    window.show()
    window.show_screen("plan")
    wait_until(lambda: plan_of(window).plan is not None and tasks.idle)
    made = Choices().pin(SECOND, TOM).rule_out(FIRST, TOM)
    plan_of(window)._change(made)
    wait_until(lambda: tasks.idle)
    window.lock()
    wait_until(lambda: window.locked and tasks.idle)
    again = doors().open(services.folder, PASSPHRASE)
    (kept,) = [each for each in again.drafts.kept() if each.key == "plan"]
    assert not [
        word
        for person in again.desk.snapshot.supporters.values()
        for word in person.name.split()
        if word in kept.body
    ]
    window.enter(again)
    wait_until(lambda: plan_of(window).choices == made and tasks.idle)
    window.show_screen("plan")
    wait_until(lambda: tasks.idle)
    plan = plan_of(window).plan
    assert plan is not None
    assert (SECOND, TOM, True) in [(each.enquiry, each.supporter, each.pinned) for each in plan.pairs]
    window.close()
