"""From a new volunteer to consent that is renewed in a campaign, in the real window, without a mouse."""

from datetime import date
from pathlib import Path

from pytestqt.qtbot import QtBot

from peermatch.model.consent import ConsentRecord, Purpose
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.services.office import Services
from peermatch.ui.main_window import MainWindow
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from tests.ui.access.hands import Hands
from tests.ui.real_networks import doors, in_sight, opened

NAME, ADDRESS = "Wren Halloran", "wren.halloran@example.org"


def volunteer(services: Services) -> Supporter:
    return next(each for each in services.desk.snapshot.supporters.values() if each.name == NAME)


def held(services: Services) -> list[ConsentRecord]:
    return [each for each in volunteer(services).consents if each.purpose is Purpose.HOLD]


def come_in(hands: Hands) -> None:
    hands.press("Ctrl+K")
    hands.write("add supporter")
    hands.press("Return")
    hands.tab_to("Name.")
    hands.write(NAME)
    hands.tab_to("E-mail")
    hands.write(ADDRESS)
    hands.press("Ctrl+Return")


def be_checked(hands: Hands) -> None:
    for check in ("The talk", "The training", "The agreement"):
        hands.do(f"Note it: {check}")
        hands.tab_to("By whom")
        hands.press("Ctrl+A")
        hands.write("Ruth Hale")
        hands.do("Note it.")


def agree(hands: Hands) -> None:
    hands.do("Record it: ")
    hands.do("Keep their record")
    hands.tab_to("Until.")
    hands.press("Ctrl+A")
    hands.write("1 Mar 2027")
    hands.do("Record.")


def be_asked_again(hands: Hands) -> None:
    hands.press("Alt+6")
    hands.do("Ask everybody again")
    hands.tab_to("Consent that ends by")
    hands.press("Ctrl+A")
    hands.write("1 Apr 2027")
    hands.do("Write the letters")
    hands.do("to send")
    hands.walk_to(NAME)


def answer(hands: Hands) -> None:
    hands.do("I have sent it")
    hands.tab_to("No answer")
    hands.press("Right")
    assert hands.hears() == "Yes"
    hands.do("Record the answers")


def test_from_a_volunteer_to_renewed_consent(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    services, tasks = opened(tmp_path), Tasks(AtOnce())
    with in_sight(MainWindow(doors(), tasks, theme, services=services), qtbot) as window:
        hands = Hands(window, tasks)
        come_in(hands)
        assert volunteer(services).status is SupporterStatus.APPLIED
        be_checked(hands)
        assert volunteer(services).status is SupporterStatus.CHECKED
        agree(hands)
        assert held(services)[-1].expires == date(2027, 3, 1)
        hands.do("Make active")
        assert volunteer(services).status is SupporterStatus.ACTIVE
        be_asked_again(hands)
        answer(hands)
        assert held(services)[-1].expires == date(2027, 11, 20)
