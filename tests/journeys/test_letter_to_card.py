"""The main job in the real window, on a real encrypted file: a letter is dropped, a person is asked, a card leaves."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
import vobject
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from peermatch.model.introduction import State
from peermatch.services.office import Services
from peermatch.services.sample import PASSPHRASE, hero_letter
from peermatch.ui.main_window import MainWindow
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.workplace import Workplace
from tests.ui.mail_program import MailProgram
from tests.ui.real_networks import doors, settled, wait_until
from tests.ui.sample_office import HERO, sample

ALT = Qt.KeyboardModifier.AltModifier


class Coordinator:
    """Presses what can be seen, waits until the window has answered."""

    def __init__(self, window: MainWindow, tasks: Tasks) -> None:
        self.window, self._tasks = window, tasks
        self.rest()

    @property
    def work(self) -> Workplace:
        assert isinstance(self.window.page, Workplace)
        return self.window.page

    def rest(self) -> None:
        wait_until(lambda: self._tasks.idle)
        settled(self.window)
        wait_until(lambda: self._tasks.idle)

    def button(self, start: str) -> QPushButton:
        shown = [b for b in self.window.findChildren(QPushButton) if b.isVisible() and b.isEnabled()]
        named = [b for b in shown if b.text().startswith(start) or b.accessibleName().startswith(start)]
        assert named, f"nothing to press that says {start!r}: {sorted(b.text() for b in shown)}"
        return named[0]

    def press(self, start: str) -> None:
        button = self.button(start)
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        self.rest()

    def drop(self, file: Path) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(file))])
        where, none = QPointF(40, 40), Qt.KeyboardModifier.NoModifier
        self.work.dropEvent(
            QDropEvent(where, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none)
        )
        self.rest()


@pytest.fixture
def tasks() -> Tasks:
    return Tasks(AtOnce())


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return sample(tmp_path)


@pytest.fixture
def coordinator(qtbot: QtBot, theme: Theme, services: Services, tasks: Tasks) -> Iterator[Coordinator]:
    window = MainWindow(doors(), tasks, theme, services=services)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    made = Coordinator(window, tasks)
    window.show_screen("enquiries")
    made.rest()
    yield made
    window.close()


def state(services: Services, supporter: str) -> State | None:
    steps = services.desk.snapshot.introductions_of(HERO)
    return next((i.state for i in steps if i.supporter == supporter), None)


def test_from_a_dropped_letter_to_a_contact_card(
    coordinator: Coordinator, services: Services, mail: MailProgram, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.eml"
    letter.write_bytes(hero_letter().raw)
    coordinator.drop(letter)
    assert HERO in services.desk.snapshot.enquiries

    coordinator.press("+ ADHD")
    coordinator.press("ADHD · helpful")
    coordinator.press("+ Failing an exam")
    coordinator.press("+ Less than full-time training")
    enquiry = services.desk.snapshot.enquiries[HERO]
    assert enquiry.essential == ("neuro.adhd",)
    assert set(enquiry.wanted) == {"neuro.adhd", "training.progress.exam-failure", "training.ltft"}

    coordinator.press("Ask Amina")
    assert state(services, "S-0001") is None, "the letter is read before anybody is asked"
    coordinator.press("Ask Amina")
    assert state(services, "S-0001") is State.ASKED

    coordinator.work.show_screen("introductions", HERO, "S-0001")
    coordinator.rest()
    coordinator.press("Amina said yes")
    assert state(services, "S-0001") is State.ACCEPTED
    coordinator.press("The trainee said yes")
    assert state(services, "S-0001") is State.AGREED

    coordinator.press("Reveal")
    coordinator.press("Open in my e-mail program")
    assert state(services, "S-0001") is State.AGREED, "ten seconds to think better of it"
    coordinator.press("Undo")
    assert mail.opened == []
    coordinator.press("Open in my e-mail program")
    coordinator.press("Open it now")
    assert state(services, "S-0001") is State.INTRODUCED
    read_by_others(mail.opened, services)
    assert [e.action for e in services.upkeep.journal(about=HERO)][:2] == ["card", "reveal"]


def read_by_others(drafts: list[bytes], services: Services) -> None:
    """Two parsers that are not ours find what consent allows, and nothing else."""
    (raw,) = drafts
    message = email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    amina = services.desk.snapshot.supporters["S-0001"]
    assert [str(message[name]) for name in ("To", "X-Unsent")] == [
        services.desk.snapshot.enquiries[HERO].requester.email,
        "1",
    ]
    assert str(message["Subject"]).startswith("Your message PM-")
    (attached,) = message.iter_attachments()
    card = vobject.readOne(attached.get_content())
    assert card.email.value == amina.email
    body = message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "ADHD" in text
    assert "Failing an exam" not in text, "it may be matched on, not named"
    assert "Rahman" not in text + card.serialize()


def test_undo_takes_the_last_press_back(coordinator: Coordinator, services: Services, tmp_path: Path) -> None:
    letter = tmp_path / "letter.eml"
    letter.write_bytes(hero_letter().raw)
    coordinator.drop(letter)
    coordinator.press("+ ADHD")
    before = services.desk.snapshot.enquiries[HERO]
    coordinator.press("Ask Amina")
    coordinator.press("Ask Amina")
    QTest.keyClick(coordinator.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    coordinator.rest()
    assert state(services, "S-0001") is None
    assert services.desk.snapshot.enquiries[HERO] == before


def test_locking_hides_everything_and_unlocking_brings_it_back(
    coordinator: Coordinator, services: Services, tasks: Tasks
) -> None:
    QTest.keyClick(coordinator.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    coordinator.rest()
    assert coordinator.window.locked
    reopened = doors().open(services.folder, PASSPHRASE)
    assert len(reopened.desk.snapshot.supporters) == 60
    reopened.lock()
