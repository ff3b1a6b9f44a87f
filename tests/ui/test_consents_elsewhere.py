"""What is taken back while another screen is shown is on no part of the consent screen when somebody comes back."""

from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget

from peermatch.model.consent import Purpose
from peermatch.ui.screens.consents import ConsentsScreen
from peermatch.ui.theme import Theme
from tests.ui.sample_office import bench

AMINA = "S-0001"


def told(part: QWidget) -> str:
    """All words that can be seen."""
    return " ".join(each.text() for each in part.findChildren(QLabel) if each.isVisible())


def test_nothing_of_before_is_seen_until_it_is_read_again(theme: Theme, tmp_path: Path) -> None:
    with bench(tmp_path, lambda s, t: ConsentsScreen(s, t, theme)) as desk:
        desk.rest()
        screen, services = desk.screen, desk.services
        assert isinstance(screen, ConsentsScreen)
        screen.open_at(supporter=AMINA)
        desk.rest()
        label = services.desk.snapshot.reference.vocabulary.label("mind.depression")
        assert label in told(screen)
        screen.hide()
        today = services.desk.today
        screen.refresh(services.consent.withdraw(AMINA, Purpose.MATCH, "mind.depression", today).done.touched)
        screen.show()
        screen.open_at(supporter=AMINA)
        assert label not in told(screen)
        desk.rest()
        assert screen.people.person.isVisible()
        assert screen.people.current == AMINA
        assert label not in told(screen)
