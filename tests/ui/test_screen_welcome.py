"""The way in: look around, start a network with its recovery sheet, unlock one, and every refusal in one sentence."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from peermatch.paths import data_folder
from peermatch.ui.choosers import Choosers
from peermatch.ui.main_window import MainWindow
from peermatch.ui.screens.recovery_sheet import RecoverySheet, sheet_page, sheet_text
from peermatch.ui.screens.welcome import Welcome
from peermatch.ui.screens.welcome_start import StartForm
from peermatch.ui.screens.welcome_unlock import UnlockForm
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Scheme, Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.workplace import Workplace
from tests.networks import PASSPHRASE
from tests.ui.readable import problems
from tests.ui.real_networks import copied, doors, opened, settled, wait_until

Open = Callable[..., MainWindow]


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens windows whose networks live in the test's own folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    made: list[MainWindow] = []

    def show(folder: Path | None = None, choosers: Choosers | None = None) -> MainWindow:
        shown = MainWindow(doors(), Tasks(), theme, folder=folder, choosers=choosers)
        made.append(shown)
        qtbot.addWidget(shown)
        shown.resize(1440, 900)
        with qtbot.waitActive(shown):
            shown.show()
            shown.activateWindow()
        return shown

    yield show
    for each in made:
        each.close()


def button(page: QWidget, name: str) -> QPushButton:
    return next(
        b for b in page.findChildren(QPushButton) if b.accessibleName() == name and b.isVisibleTo(page)
    )


def line(page: QWidget, name: str) -> QLineEdit:
    """The field of that name in the form that stands there now, shown or waiting to be shown."""
    form = page.form if isinstance(page, Welcome) else page
    return next(each for each in form.findChildren(QLineEdit) if each.accessibleName() == name)


def said(page: QWidget) -> list[str]:
    return [banner.sentence() for banner in page.findChildren(Banner) if banner.isVisibleTo(page)]


def fill_start(page: Welcome) -> None:
    QTest.keyClicks(line(page, "Name of the network"), "Nord/West: peer support")
    QTest.keyClicks(line(page, "Who decides about the data"), "Example Deanery")
    line(page, "Passphrase").setText(PASSPHRASE)


def test_all_that_is_missing_is_said_at_once(window: Open) -> None:
    page = window().page
    assert isinstance(page, Welcome)
    assert isinstance(page.form, StartForm)
    button(page, "Create").click()
    errors = {key: field.error() for key, field in page.form.fields.items()}
    assert all(errors.values())
    assert line(page, "Name of the network").hasFocus()
    line(page, "Passphrase").setText("too short")
    button(page, "Create").click()
    assert "15 characters" in page.form.fields["passphrase"].error()


def test_strength_is_told_in_words_and_six_words_are_offered(window: Open) -> None:
    page = window().page
    assert isinstance(page, Welcome)
    assert isinstance(page.form, StartForm)
    line(page, "Passphrase").setText("password")
    weak = page.form._strength.words()
    button(page, "Suggest six words").click()
    assert weak.startswith("Very weak")
    assert page.form._strength.words().startswith("Strong")
    assert len(line(page, "Passphrase").text().split()) == 6
    assert line(page, "Passphrase").echoMode() is QLineEdit.EchoMode.Normal


def test_a_network_is_started_and_its_sheet_is_kept_and_checked(window: Open, tmp_path: Path) -> None:
    printed: list[str] = []

    def printer(_parent: QWidget, page: QTextDocument) -> bool:
        printed.append(page.toPlainText())
        return True

    kept = tmp_path / "sheet.txt"
    shown = window(choosers=Choosers(place=lambda _parent, _offered: kept, printed=printer))
    assert isinstance(shown.page, Welcome)
    fill_start(shown.page)
    button(shown.page, "Create").click()
    wait_until(lambda: isinstance(shown.page, RecoverySheet))
    sheet = shown.page
    assert isinstance(sheet, RecoverySheet)
    assert len(sheet.groups) == 14
    button(sheet, "Save to a file …").click()
    wait_until(kept.exists)
    button(sheet, "Print …").click()
    assert "-".join(sheet.groups) in kept.read_text("utf-8")
    assert all(group in printed[0] for group in sheet.groups)
    button(sheet, "I have kept it").click()
    assert not any(words.words() in sheet.groups for words in sheet._shown)
    button(sheet, "Continue").click()
    assert all(field.error() for field in sheet.fields)
    for place, typed in zip(sheet.asked, sheet.lines, strict=True):
        typed.setText(sheet.groups[place].lower())
    button(sheet, "Continue").click()
    assert isinstance(shown.page, Workplace)
    folders = [folder.name for folder in data_folder().glob("*.peermatch")]
    assert "Nord West peer support.peermatch" in folders


def test_the_key_on_the_sheet_opens_the_network(window: Open, tmp_path: Path) -> None:
    services = opened(tmp_path)
    key = services.keys.draw_recovery()
    services.keys.set_recovery(key)
    services.lock()
    shown = window(services.folder)
    page = shown.page
    assert isinstance(page, Welcome)
    button(page, "Use the recovery key").click()
    QTest.keyClicks(line(page, "Recovery key"), key.replace("-", " ").lower())
    QTest.keyClick(line(page, "Recovery key"), Qt.Key.Key_Return)
    wait_until(lambda: isinstance(shown.page, Workplace))


def test_enter_unlocks(window: Open, tmp_path: Path) -> None:
    shown = window(copied(tmp_path))
    assert isinstance(shown.page, Welcome)
    field = line(shown.page, "Passphrase")
    assert field.hasFocus()
    QTest.keyClicks(field, PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    wait_until(lambda: isinstance(shown.page, Workplace))
    assert "North West" in shown.windowTitle()


def test_a_wrong_passphrase_is_one_kind_sentence_and_after_three_there_is_a_pause(
    window: Open, tmp_path: Path
) -> None:
    shown = window(copied(tmp_path))
    page = shown.page
    assert isinstance(page, Welcome)
    assert isinstance(page.form, UnlockForm)
    unlock = button(page, "Unlock")
    for _ in range(3):
        line(page, "Passphrase").setText("a passphrase that is wrong")
        unlock.click()
        wait_until(lambda: bool(said(page)) and not page.form._busy)  # type: ignore[union-attr]  # it is the unlock form
    assert len(said(page)) == 1
    assert not unlock.isEnabled()
    assert unlock.text() == "Please wait 1 second"
    wait_until(unlock.isEnabled)
    assert unlock.text() == "Unlock"


def test_a_network_that_is_open_elsewhere_says_so(window: Open, tmp_path: Path) -> None:
    services = opened(tmp_path)
    shown = window(services.folder)
    page = shown.page
    assert isinstance(page, Welcome)
    line(page, "Passphrase").setText(PASSPHRASE)
    button(page, "Unlock").click()
    wait_until(lambda: bool(said(page)))
    assert "already open" in said(page)[0]
    services.lock()


@pytest.mark.parametrize("damage", ["keys", "nothing"])
def test_a_folder_that_is_no_network_says_so(window: Open, tmp_path: Path, damage: str) -> None:
    folder = copied(tmp_path)
    for file in folder.glob("store.keys*"):
        if damage == "keys":
            file.write_bytes(b"not a key file")
        else:
            file.unlink()
    shown = window(choosers=Choosers(folder=lambda _parent, _start: folder))
    page = shown.page
    assert isinstance(page, Welcome)
    button(page, "Open a network file …").click()
    assert isinstance(page.form, UnlockForm)
    line(page, "Passphrase").setText(PASSPHRASE)
    button(page, "Unlock").click()
    wait_until(lambda: bool(said(page)))
    assert len(said(page)) == 1
    button(page, "Start a new network instead").click()
    assert line(page, "Name of the network").hasFocus()


def test_choosing_no_folder_changes_nothing(window: Open) -> None:
    page = window(choosers=Choosers(folder=lambda _parent, _start: None)).page
    assert isinstance(page, Welcome)
    button(page, "Open a network file …").click()
    assert isinstance(page.form, StartForm)


def test_the_sample_opens_needs_no_passphrase_again_and_keeps_its_banner(window: Open) -> None:
    shown = window()
    assert isinstance(shown.page, Welcome)
    button(shown.page, "Look around with a sample network").click()
    wait_until(lambda: isinstance(shown.page, Workplace))
    assert isinstance(shown.page, Workplace)
    assert "Sample network: nobody here is real." in said(shown.page)
    shown.lock()
    wait_until(lambda: isinstance(shown.page, Welcome))
    assert isinstance(shown.page, Welcome)
    assert not line(shown.page, "Passphrase").isVisible()
    button(shown.page, "Open the sample network").click()
    wait_until(lambda: isinstance(shown.page, Workplace))


@pytest.mark.parametrize(
    ("width", "height", "scale"), [(1440, 900, 100), (1024, 700, 100), (1024, 700, 150), (1024, 700, 200)]
)
def test_nothing_is_cut(
    window: Open, theme: Theme, tmp_path: Path, width: int, height: int, scale: int
) -> None:
    theme.set_scale(scale)
    theme.choose(Scheme.DARK if scale == 150 else Scheme.LIGHT)
    shown = window()
    shown.resize(width, height)
    assert isinstance(shown.page, Welcome)
    button(shown.page, "Create").click()
    settled(shown)
    assert problems(shown) == []
    shown.page.unlock(copied(tmp_path))
    settled(shown)
    assert problems(shown) == []
    sheet = RecoverySheet(Tasks(), theme, Choosers(), tmp_path, "North West", "-".join(["AB1C"] * 14))
    shown._show(sheet)
    settled(shown)
    assert problems(shown) == []
    button(sheet, "I have kept it").click()
    settled(shown)
    assert problems(shown) == []


def test_the_sheet_holds_network_and_key_and_no_markup_of_others() -> None:
    groups = tuple(f"AB{number:02}" for number in range(14))
    assert "-".join(groups) in sheet_text("North West", groups)
    assert "<b>x</b>" in sheet_page("<b>x</b>", groups).toPlainText()


def test_offered_places_are_safe_and_free(
    tmp_path: Path, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    names = ["North West", "../../etc", "a" * 300, "", "\u202egnp", "CON.txt"]
    places = [doors().offered_folder(name) for name in names]
    assert {place.parent for place in places} == {data_folder()}
    assert all(place.suffix == ".peermatch" and len(place.name) < 80 for place in places)
    places[0].mkdir(parents=True)
    assert doors().offered_folder("North West").name == "North West 2.peermatch"
