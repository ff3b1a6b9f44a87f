"""Who can open this network: what is shown of each key, what a change needs, and what follows from it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from peermatch.model.holders import KeyKind, Role
from peermatch.services.sample import PASSPHRASE
from peermatch.ui.choosers import Choosers
from peermatch.ui.screens.keys_card import KeyCard
from peermatch.ui.screens.keys_panel import KeysPanel
from peermatch.ui.screens.keys_words import Act
from peermatch.ui.screens.pages import KEYS
from peermatch.ui.screens.recovery_sheet import CODE, DOTS, QUIET, RecoverySheet
from peermatch.ui.screens.settings import SettingsScreen
from peermatch.ui.theme import Scheme, Theme
from tests.ui import qr_reader
from tests.ui.readable import problems
from tests.ui.real_networks import focused
from tests.ui.sample_office import Bench, bench

SECOND = "a passphrase of somebody else"


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[Bench]:
    with bench(tmp_path, lambda services, tasks: SettingsScreen(services, tasks, theme)) as made:
        with qtbot.waitActive(made.page):
            made.page.activateWindow()
        made.screen.open_at(KEYS)
        made.rest()
        yield made


def panel(desk: Bench) -> KeysPanel:
    assert isinstance(desk.screen, SettingsScreen)
    return desk.screen.keys


def card(desk: Bench, place: int) -> KeyCard:
    return panel(desk).cards[place]


def words(part: QWidget) -> str:
    labels = part.findChildren(QWidget)
    return " | ".join(found() for each in labels if (found := getattr(each, "words", None)) and found())


def confirmed(desk: Bench, own: str = PASSPHRASE) -> None:
    """Type one's own passphrase and press the button."""
    form = panel(desk).form
    form.own.setText(own)
    form.confirm.click()
    desk.rest()


def new_passphrase(desk: Bench, again: str = SECOND) -> None:
    """Type one, and once more what is taken for the same."""
    panel(desk).form.passphrase.setText(SECOND)
    panel(desk).form.again.setText(again)


def add_priya(desk: Bench) -> None:
    panel(desk).add.click()
    form = panel(desk).form
    form.name.setText("Priya Nair")
    form.role.set_current(Role.LEAD.value)
    new_passphrase(desk)
    confirmed(desk)


def test_the_only_key_is_shown_and_cannot_be_removed(desk: Bench) -> None:
    only = card(desk, 0)
    assert "No name yet" in words(only)
    assert only.key.own
    assert not only.buttons[Act.REMOVE].isEnabled()
    assert "Add another person first" in only.buttons[Act.REMOVE].toolTip()
    assert panel(desk).sheet_wanted.isVisible()
    assert not panel(desk).older.isVisible()


def test_a_person_is_added_with_their_own_passphrase(desk: Bench) -> None:
    add_priya(desk)
    assert desk.notices == ["Priya Nair can open this network now."]
    second = card(desk, 1)
    assert "Priya Nair" in words(second)
    assert "Passphrase set on" in words(second)
    assert second.buttons[Act.REMOVE].isEnabled()
    assert not panel(desk).form.isVisible()
    assert panel(desk).older.isVisible()
    assert problems(desk.page) == []


def test_whoever_finds_the_window_open_changes_nothing(desk: Bench) -> None:
    panel(desk).add.click()
    form = panel(desk).form
    form.name.setText("Mallory")
    new_passphrase(desk)
    confirmed(desk, own="a guess at the passphrase")
    assert focused() is form.own
    assert form.own.selectedText() == form.own.text()
    assert "not the passphrase with which you opened" in form.banner.sentence()
    assert form.isVisible()
    assert form.name.text() == "Mallory"
    assert desk.notices == []
    assert len(desk.services.keys.every()) == 1


def test_what_is_missing_is_said_beside_each_field_at_once(desk: Bench) -> None:
    panel(desk).add.click()
    form = panel(desk).form
    form.confirm.click()
    told = {name: part.error() for name, part in form.fields.items() if part.error()}
    assert set(told) == {"name", "passphrase", "own"}
    form.passphrase.setText("short")
    form.confirm.click()
    assert "too short" in form.fields["passphrase"].error()
    assert form.strength.words()
    desk.rest()
    assert problems(desk.page) == []


def test_a_removal_tells_first_what_follows(desk: Bench) -> None:
    add_priya(desk)
    card(desk, 1).buttons[Act.REMOVE].click()
    form = panel(desk).form
    assert "Priya Nair cannot open the network any more" in words(form)
    assert form.confirm.text() == "Remove Priya Nair"
    confirmed(desk)
    assert desk.notices[-1] == "Priya Nair can no longer open this network."
    assert len(panel(desk).cards) == 1


def test_one_s_own_key_can_go_at_a_handover_and_the_window_works_on(desk: Bench) -> None:
    add_priya(desk)
    card(desk, 0).buttons[Act.REMOVE].click()
    assert "You can work on until you lock" in words(panel(desk).form)
    confirmed(desk)
    assert [each.key.name for each in panel(desk).cards] == ["Priya Nair"]
    panel(desk).rotate.click()
    confirmed(desk)
    assert "was removed" in panel(desk).form.banner.sentence()


def test_a_name_needs_no_passphrase(desk: Bench) -> None:
    card(desk, 0).buttons[Act.NAME].click()
    form = panel(desk).form
    assert not form.own.isVisible()
    form.name.setText("Maria Ode")
    form.confirm.click()
    desk.rest()
    assert desk.notices == ["This key belongs to Maria Ode."]
    assert "Maria Ode" in words(card(desk, 0))


def test_the_own_passphrase_is_changed(desk: Bench) -> None:
    card(desk, 0).buttons[Act.CHANGE].click()
    new_passphrase(desk)
    confirmed(desk)
    assert len(desk.notices) == 1
    assert focused() is panel(desk).add
    desk.services.keys.confirm(SECOND)


def test_a_slip_in_a_new_passphrase_locks_nobody_out(desk: Bench) -> None:
    card(desk, 0).buttons[Act.CHANGE].click()
    form = panel(desk).form
    new_passphrase(desk, again=f"{SECOND}.")
    confirmed(desk)
    assert "not the same" in form.fields["again"].error()
    assert desk.notices == []
    desk.services.keys.confirm(PASSPHRASE)
    QTest.keyClick(form.passphrase.show_button, Qt.Key.Key_Space)
    assert not form.again.isVisible()  # whoever reads it need not type it twice
    confirmed(desk)
    assert len(desk.notices) == 1


def test_tab_comes_to_show_right_after_the_passphrase(desk: Bench) -> None:
    card(desk, 0).buttons[Act.CHANGE].click()
    form = panel(desk).form
    assert focused() is form.passphrase
    for secret in (form.passphrase, form.again, form.own):
        assert focused() is secret
        QTest.keyClick(secret, Qt.Key.Key_Tab)
        assert focused() is secret.show_button
        QTest.keyClick(secret.show_button, Qt.Key.Key_Tab)
    assert focused() is form.confirm


def test_older_backups_are_named_and_deleted_after_a_new_one(desk: Bench) -> None:
    panel(desk).rotate.click()
    confirmed(desk)
    assert "One backup still opens with keys that have changed since" in panel(desk).older.sentence()
    panel(desk).ask(Act.FORGET.value, "")
    confirmed(desk)
    assert desk.notices[-1] == "1 older backup was deleted."
    assert not panel(desk).older.isVisible()
    assert desk.services.keys.older_backups() == ()
    assert desk.services.upkeep.info().last_backup is not None


def test_a_new_sheet_counts_only_when_two_groups_were_typed_back(desk: Bench) -> None:
    sheet = drawn(desk)
    assert KeyKind.PAPER not in {key.kind for key in desk.services.keys.every()}
    button(sheet, "I have kept it").click()
    for place, line in zip(sheet.asked, sheet.lines, strict=True):
        line.setText(sheet.groups[place].lower())
    QTest.keyClick(sheet.lines[1], Qt.Key.Key_Return)
    desk.rest()
    assert desk.notices == ["The new recovery sheet counts now."]
    assert panel(desk).cards[-1].key.kind is KeyKind.PAPER
    assert not panel(desk).sheet_wanted.isVisible()


def test_a_sheet_that_is_left_changes_nothing(desk: Bench) -> None:
    sheet = drawn(desk)
    sheet.leave.click()
    desk.rest()
    assert panel(desk).sheet is None
    assert len(panel(desk).cards) == 1
    assert KeyKind.PAPER not in {key.kind for key in desk.services.keys.every()}


def test_no_sheet_is_saved_beside_the_lock_that_it_opens(desk: Bench) -> None:
    inside, outside = desk.services.folder / "key.txt", desk.services.folder.parent / "key.txt"
    chosen = [inside, outside]
    panel(desk)._choosers = Choosers(place=lambda _parent, _offered: chosen.pop(0))
    sheet = drawn(desk)
    button(sheet, "Save to a file …").click()
    desk.rest()
    assert "would lie inside the network itself" in words(sheet)
    assert not inside.exists()
    button(sheet, "Save to a file …").click()
    desk.rest()
    assert sheet.groups[0] in outside.read_text("utf-8")


def test_a_covered_sheet_is_covered_for_whoever_hears_it_too(desk: Bench) -> None:
    sheet = drawn(desk)
    spoken = {part.accessibleName() for part in sheet.findChildren(QWidget)}
    assert f"Group 1: {' '.join(sheet.groups[0])}" in spoken
    button(sheet, "I have kept it").click()
    spoken = {part.accessibleName() for part in sheet.findChildren(QWidget)}
    assert "Group 1: hidden" in spoken
    assert f"Group 1: {' '.join(sheet.groups[0])}" not in spoken


def button(part: QWidget, text: str) -> QAbstractButton:
    return next(each for each in part.findChildren(QAbstractButton) if each.text() == text)


def drawn(desk: Bench) -> RecoverySheet:
    """A new sheet as it is shown."""
    panel(desk).sheet_wanted.click()
    confirmed(desk)
    sheet = panel(desk).sheet
    assert sheet is not None
    return sheet


def test_nothing_typed_stays_when_somebody_goes_elsewhere(desk: Bench) -> None:
    panel(desk).add.click()
    form = panel(desk).form
    new_passphrase(desk)
    form.own.setText(PASSPHRASE)
    assert isinstance(desk.screen, SettingsScreen)
    desk.screen.open_at("ranking")
    desk.rest()
    assert (form.passphrase.text(), form.again.text(), form.own.text()) == ("", "", "")


def test_esc_closes_the_form_and_enter_sends_it(desk: Bench) -> None:
    panel(desk).rotate.click()
    form = panel(desk).form
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()
    panel(desk).rotate.click()
    form.own.setText(PASSPHRASE)
    QTest.keyClick(form.own, Qt.Key.Key_Return)
    desk.rest()
    assert desk.notices == ["The network is encrypted with a new key now."]


def test_while_it_is_done_nothing_is_pressed_twice(desk: Bench) -> None:
    panel(desk).rotate.click()
    form = panel(desk).form
    desk.worker.holding = True
    form.own.setText(PASSPHRASE)
    form.confirm.click()
    assert form.progress.isVisible()
    form.submit()
    desk.worker.let_go()
    desk.rest()
    assert len(desk.notices) == 1


@pytest.mark.parametrize(
    ("size", "scheme", "percent"),
    [((1232, 844), Scheme.LIGHT, 100), ((960, 640), Scheme.DARK, 100), ((928, 640), Scheme.LIGHT, 150)],
)
def test_every_form_can_be_read_at_every_size(
    desk: Bench, theme: Theme, size: tuple[int, int], scheme: Scheme, percent: int
) -> None:
    add_priya(desk)
    theme.choose(scheme)
    theme.set_scale(percent)
    desk.page.resize(*size)
    for act in Act:
        panel(desk).ask(act.value, card(desk, 1).key.id)
        desk.rest()
        assert problems(desk.page) == [], act


def test_the_printed_sheet_has_groups_and_a_code(desk: Bench) -> None:
    printed: list[QTextDocument] = []

    def on_paper(_parent: QWidget, page: QTextDocument) -> bool:
        printed.append(page)
        return True

    panel(desk)._choosers = Choosers(printed=on_paper)
    sheet = drawn(desk)
    button(sheet, "Print …").click()
    code = printed[0].resource(QTextDocument.ResourceType.ImageResource.value, QUrl(CODE))
    assert isinstance(code, QImage)
    found = [
        [
            code.pixelColor(column * DOTS, row * DOTS).lightness() == 0
            for column in range(QUIET, QUIET + qr_reader.SIDE)
        ]
        for row in range(QUIET, QUIET + qr_reader.SIDE)
    ]
    assert qr_reader.read(found) == "-".join(sheet.groups)
    assert all(group in printed[0].toPlainText() for group in sheet.groups)
