"""A network of a newer program in the window: one sentence what to do, and not a byte of it is changed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from peermatch.store.vault import PassphraseSecret
from peermatch.ui.main_window import MainWindow
from peermatch.ui.screens.welcome import Welcome
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from tests.networks import PASSPHRASE
from tests.ui.real_networks import copied, doors, wait_until
from tests.upgrades.newer import bytes_of, claim_keys, claim_schema


@pytest.mark.parametrize("newer", ["schema", "v"])
def test_it_is_refused_in_one_sentence(
    qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, newer: str
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = copied(tmp_path)
    if newer == "schema":
        claim_schema(folder, PassphraseSecret(PASSPHRASE))
    else:
        claim_keys(folder, newer)
    before = bytes_of(folder)
    window = MainWindow(doors(), Tasks(), theme, folder=folder)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    page = window.page
    assert isinstance(page, Welcome)

    def said() -> list[str]:
        return [banner.sentence() for banner in page.findChildren(Banner) if banner.isVisibleTo(page)]

    fields = [each for each in page.form.findChildren(QLineEdit) if each.accessibleName() == "Passphrase"]
    if not said():
        QTest.keyClicks(fields[0], PASSPHRASE)
        QTest.keyClick(fields[0], Qt.Key.Key_Return)
    wait_until(lambda: bool(said()))
    (sentence,) = said()
    assert "newer PeerMatch" in sentence
    assert "nstall the newe" in sentence
    assert isinstance(window.page, Welcome)
    window.close()
    assert {path: data for path, data in bytes_of(folder).items() if path in before or data} == before
