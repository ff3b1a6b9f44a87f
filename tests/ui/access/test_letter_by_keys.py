"""From a pasted letter to a contact card that is handed over, in the real window, without a mouse."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from peermatch.model.introduction import State
from peermatch.services.office import Services
from peermatch.services.sample import hero_letter
from peermatch.ui.main_window import MainWindow
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from tests.ui.access.hands import Hands
from tests.ui.mail_program import MailProgram
from tests.ui.real_networks import doors, in_sight
from tests.ui.sample_office import HERO, sample

AMINA = "S-0001"


def state(services: Services) -> State | None:
    steps = services.desk.snapshot.introductions_of(HERO)
    return next((i.state for i in steps if i.supporter == AMINA), None)


def copy(file: Path, raw: bytes) -> None:
    """As when a saved letter is copied in the computer's own list of files."""
    file.write_bytes(raw)
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(file))])
    QGuiApplication.clipboard().setMimeData(copied)


def test_from_a_pasted_letter_to_a_contact_card(
    qtbot: QtBot, theme: Theme, tmp_path: Path, mail: MailProgram
) -> None:
    services, tasks = sample(tmp_path), Tasks(AtOnce())
    with in_sight(MainWindow(doors(), tasks, theme, services=services), qtbot) as window:
        hands = Hands(window, tasks)
        hands.press("Alt+2")
        copy(tmp_path / "letter.eml", hero_letter().raw)
        hands.press("Ctrl+V")
        QGuiApplication.clipboard().clear()  # what lies there when Python ends is freed too late
        assert HERO in services.desk.snapshot.enquiries

        for chip in ("+ ADHD", "ADHD · helpful", "+ Failing an exam", "+ Less than full-time training"):
            hands.do(chip)
        enquiry = services.desk.snapshot.enquiries[HERO]
        assert enquiry.essential == ("neuro.adhd",)
        assert set(enquiry.wanted) == {"neuro.adhd", "training.progress.exam-failure", "training.ltft"}

        hands.do("Ask Amina")
        assert state(services) is None, "the letter is read before anybody is asked"
        hands.do("Ask Amina")
        assert state(services) is State.ASKED

        hands.press("Alt+4")
        hands.tab_to("E-0")
        hands.walk_to(HERO)
        hands.do("Amina said yes")
        assert state(services) is State.ACCEPTED
        hands.do("The trainee said yes")
        assert state(services) is State.AGREED
        hands.do("Reveal")
        hands.do("Open in my e-mail program")
        hands.press("Esc")
        assert state(services) is State.AGREED
        hands.do("Open in my e-mail program")
        hands.do("Open it now")
        assert state(services) is State.INTRODUCED
        assert len(mail.opened) == 1
