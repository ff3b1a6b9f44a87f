"""The window around the screens: going, undoing, covering, dropping, locking, failing and closing."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from peermatch.errors import Refused
from peermatch.model.changes import Done, Touched
from peermatch.services.office import Services
from peermatch.ui.main_window import MainWindow
from peermatch.ui.messages import Fault
from peermatch.ui.screens.crash_page import CrashPage
from peermatch.ui.screens.recovery_sheet import RecoverySheet
from peermatch.ui.screens.register import SCREENS
from peermatch.ui.screens.settings import SettingsScreen
from peermatch.ui.screens.welcome import Welcome
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Scheme, Theme
from peermatch.ui.widgets.nav import keys_to
from peermatch.ui.workplace import Workplace
from tests.networks import PASSPHRASE
from tests.ui.readable import problems
from tests.ui.real_networks import WHOLE, doors, focused, in_sight, opened, settled, wait_until, work_of

LETTER = b"From: Kim Doe <kim.doe@example.org>\nSubject: Help\nMessage-ID: <1@example.org>\n\nI have ADHD.\n"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return opened(tmp_path)


@pytest.fixture
def tasks() -> Tasks:
    return Tasks(AtOnce())


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, services: Services, tasks: Tasks) -> Iterator[MainWindow]:
    shown = MainWindow(doors(), tasks, theme, services=services)
    qtbot.addWidget(shown)
    shown.resize(1440, 900)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    wait_until(lambda: tasks.idle)
    yield shown
    shown.close()


def press(page: QWidget, name: str) -> None:
    next(
        b for b in page.findChildren(QPushButton) if b.accessibleName() == name and b.isVisibleTo(page)
    ).click()


def words_on(window: QWidget) -> str:
    labels = " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())
    fields = " ".join(line.text() for line in window.findChildren(QLineEdit) if line.isVisible())
    return f"{labels} {fields}"


def test_the_keys_go_to_each_screen(window: MainWindow) -> None:
    work = work_of(window)
    for number, (place, _) in enumerate(SCREENS, start=1):
        QTest.keySequence(window, QKeySequence(keys_to(number)))
        assert work.current_key == place.key
        assert work.current.isVisible()
        assert work.nav.current() == place.key


def test_screens_lead_to_each_other(window: MainWindow) -> None:
    work = work_of(window)
    work.current.go.emit("supporters", "", "S-0002")
    assert work.current_key == "supporters"
    assert "Tom Wade" in words_on(window)


def test_a_step_is_announced_and_ctrl_z_takes_it_back(window: MainWindow, services: Services) -> None:
    work = work_of(window)
    work.current.did.emit(services.upkeep.set_controller("Example Deanery"))
    wait_until(work.undo_bar.isVisible)
    before = services.desk.snapshot.controller
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    wait_until(lambda: work.undo_bar.text() == "Undone.")
    assert before == "Example Deanery"
    assert services.desk.snapshot.controller != "Example Deanery"
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settled(window)
    assert work.undo_bar.text() == "Undone."


def test_what_cannot_be_undone_says_so_once(window: MainWindow) -> None:
    work = work_of(window)
    work.take_note(Done(Touched(), "Something happened.", 10_000))
    press(work, "Undo")
    wait_until(work.notices.error.isVisible)
    assert work.notices.error.kind == "error"


def test_only_touched_screens_are_refreshed_when_they_are_shown(
    window: MainWindow, services: Services
) -> None:
    work = work_of(window)
    work.show_screen("supporters")
    work.show_screen("enquiries")
    done = services.supporters.change(services.desk.snapshot.supporters["S-0002"])
    work.take_note(done)
    assert work._stale["supporters"] == done.touched
    work.show_screen("supporters")
    assert work._stale["supporters"] == Touched()


def test_the_controller_is_stated_where_it_is_missed(window: MainWindow, tmp_path: Path) -> None:
    nameless = replace(WHOLE, controller=None)
    made = doors().create(tmp_path / "made.peermatch", nameless, PASSPHRASE, with_recovery=False)
    window.release()
    window.enter(made.services)
    notice = work_of(window).notices.controller
    press(window, "State it")
    notice.save.click()
    assert notice.field.error()
    notice.line.setText("  Example   Deanery ")
    notice.save.click()
    wait_until(lambda: made.services.desk.snapshot.controller == "Example Deanery")
    wait_until(lambda: not notice.isVisible())


def test_a_recovery_key_is_made_where_it_is_missed(window: MainWindow, services: Services) -> None:
    work = work_of(window)
    wait_until(work.notices.recovery.isVisible)
    press(work, "Make one")
    settings = work.current
    assert isinstance(settings, SettingsScreen)
    assert settings.page == "keys"
    keys = settings.keys
    wait_until(keys.form.isVisible)
    keys.form.own.setText(PASSPHRASE)
    keys.form.confirm.click()
    wait_until(lambda: keys.sheet is not None)
    sheet = keys.sheet
    assert isinstance(sheet, RecoverySheet)
    press(sheet, "I have kept it")
    for place, line in zip(sheet.asked, sheet.lines, strict=True):
        line.setText(sheet.groups[place])
    press(sheet, "Continue")
    wait_until(lambda: not work.notices.recovery.isVisible())
    wait_until(lambda: "backed up today" in work_of(window).nav._foot_text.words())


def test_a_notice_that_was_put_away_stays_away(window: MainWindow, services: Services) -> None:
    work = work_of(window)
    wait_until(work.notices.recovery.isVisible)
    work.notices.recovery.dismiss()
    work.take_note(services.upkeep.set_controller("Example Deanery"))
    assert not work.notices.recovery.isVisible()


def test_one_key_covers_names_everywhere(window: MainWindow) -> None:
    work_of(window).show_screen("supporters", supporter="S-0001")
    settled(window)
    assert "Amina" in words_on(window)
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert "Amina" not in words_on(window)
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert "Amina Rahman" in words_on(window)


@pytest.mark.parametrize("width", [1440, 1024])
def test_every_screen_says_that_names_are_hidden_and_shows_them_again_with_a_press(
    window: MainWindow, width: int
) -> None:
    window.resize(width, 900)
    sign = work_of(window).bar.covered
    for place, _ in SCREENS:
        work_of(window).show_screen(place.key)
        settled(window)
        assert not sign.isVisible(), place.key
        QTest.keyClick(window, Qt.Key.Key_F8)
        settled(window)
        assert sign.isVisible(), place.key
        assert sign.text() == "Names hidden"
        assert "F8" in sign.accessibleDescription()
        assert problems(work_of(window).bar) == []
        sign.click()
        settled(window)
        assert not sign.isVisible()


def test_the_sheet_of_keys_opens_and_steps_back(window: MainWindow) -> None:
    work = work_of(window)
    QTest.keyClicks(work, "?")
    assert work.sheet.isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not work.sheet.isVisible()


def test_ctrl_n_begins_an_enquiry_from_any_screen(window: MainWindow) -> None:
    work = work_of(window)
    work.show_screen("supporters")
    QTest.keyClick(window, Qt.Key.Key_N, CONTROL)
    assert work.current_key == "enquiries"


def test_a_letter_dropped_on_any_screen_becomes_an_enquiry(
    window: MainWindow, services: Services, tmp_path: Path
) -> None:
    file = tmp_path / "letter.eml"
    file.write_bytes(LETTER)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    work = work_of(window)
    work.show_screen("supporters")
    before = set(services.desk.snapshot.enquiries)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys)
    QApplication.sendEvent(work, enter)
    QApplication.sendEvent(work, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys))
    wait_until(lambda: len(services.desk.snapshot.enquiries) > len(before))
    assert enter.isAccepted()
    assert work.current_key == "enquiries"


def test_locking_leaves_no_name_and_unlocking_brings_it_back(
    window: MainWindow, services: Services, tasks: Tasks
) -> None:
    work_of(window).show_screen("supporters", supporter="S-0001")
    QTest.keyClick(window, Qt.Key.Key_L, CONTROL)
    wait_until(lambda: isinstance(window.page, Welcome))
    settled(window)
    assert window.locked
    assert "Rahman" not in words_on(window)
    assert "North West" not in window.windowTitle()
    assert not any(isinstance(child, Workplace) for child in window.findChildren(QWidget))
    wait_until(lambda: tasks.idle)
    doors().open(services.folder, PASSPHRASE).lock()
    assert isinstance(window.page, Welcome)
    field = next(line for line in window.page.form.findChildren(QLineEdit) if line.isVisible())
    QTest.keyClicks(field, PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    wait_until(lambda: isinstance(window.page, Workplace))


def test_work_under_way_is_finished_before_the_lock_and_its_answer_is_dropped(
    services: Services, theme: Theme, qtbot: QtBot
) -> None:
    heard: list[object] = []
    go_on, tasks = threading.Event(), Tasks()
    with in_sight(MainWindow(doors(), tasks, theme, services=services), qtbot) as window:
        tasks.run(work_of(window), go_on.wait, heard.append, heard.append)
        window.lock()
        go_on.set()
        wait_until(lambda: isinstance(window.page, Welcome))
    assert heard == []


def test_closing_locks_and_leaves_no_thread(window: MainWindow, services: Services) -> None:
    window.close()
    assert not any(thread.name.startswith("peermatch-worker") for thread in threading.enumerate())
    doors().open(services.folder, PASSPHRASE).lock()


def test_a_fault_locks_and_shows_places_but_no_name(
    window: MainWindow, services: Services, tasks: Tasks
) -> None:
    window.show_fault(Fault.of(_fault("Amina Rahman")))
    page = window.page
    assert isinstance(page, CrashPage)
    press(page, "Copy")
    copied = QGuiApplication.clipboard().text()
    assert "ValueError" in copied
    assert "test_main_window.py" in copied
    assert "Amina" not in copied + words_on(window)
    wait_until(lambda: tasks.idle)
    doors().open(services.folder, PASSPHRASE).lock()
    press(page, "Unlock again")
    assert isinstance(window.page, Welcome)


def _fault(name: str) -> ValueError:
    try:
        raise ValueError(name)
    except ValueError as error:
        return error


def test_a_lock_that_fails_is_said_on_the_first_page(window: MainWindow) -> None:
    window._not_locked(Refused("The file could not be closed."))
    page = window.page
    assert isinstance(page, Welcome)
    assert "could not be closed" in words_on(window)


@pytest.mark.parametrize(
    ("width", "height", "scale", "scheme"),
    [
        (1440, 900, 100, Scheme.LIGHT),
        (1024, 700, 100, Scheme.DARK),
        (1024, 700, 150, Scheme.HIGH_CONTRAST),
    ],
)
def test_nothing_is_cut_on_any_page(
    window: MainWindow, tasks: Tasks, theme: Theme, width: int, height: int, scale: int, scheme: Scheme
) -> None:
    theme.choose(scheme)
    theme.set_scale(scale)
    window.resize(width, height)
    work = work_of(window)
    work.notices.controller.show()
    work.notices.controller._open()
    work.take_note(Done(Touched(), "Something long enough to need its room was done just now.", 1))
    for key in work.screens:
        work.show_screen(key)
        wait_until(lambda: tasks.idle)
        settled(window)
        assert window.width() == width
        assert problems(window) == [], key
    work._open_sheet()
    settled(window)
    assert problems(window) == []
    window.show_fault(Fault("KeyError", ("a.py:1 f",)))
    settled(window)
    assert problems(window) == []
