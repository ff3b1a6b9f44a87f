"""The journal's screen: lines under their days, filters, what a line changed, the way back, and a full journal."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from peermatch.model.changes import Touched
from peermatch.services.journal import PAGE
from peermatch.services.journal_words import Kind
from peermatch.store import journal
from peermatch.ui.screens.journal import FIND, NONE_FOUND, PUT_AWAY, JournalScreen
from peermatch.ui.screens.journal_labels import ASK_FIRST, CHECKING, DONE_AGAIN, TAKEN_BACK, heading
from peermatch.ui.theme import Scheme, Theme
from peermatch.ui.watching import FileWatch
from tests.networks import DAY
from tests.ui.readable import problems
from tests.ui.real_networks import focused
from tests.ui.sample_office import Bench, bench

NAME = "Zebedee Marker"


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[Bench]:
    with bench(tmp_path, lambda services, tasks: JournalScreen(services, tasks, theme)) as made:
        services = made.services
        person = services.desk.snapshot.supporter("S-0003")
        services.supporters.change(replace(person, name=NAME, capacity=3))
        made.screen.refresh(Touched(network=True))
        with qtbot.waitActive(made.page):
            made.page.activateWindow()
        made.rest()
        yield made


def screen(desk: Bench) -> JournalScreen:
    assert isinstance(desk.screen, JournalScreen)
    return desk.screen


def words(part: QWidget) -> str:
    found = (getattr(each, "words", None) for each in part.findChildren(QWidget) if each.isVisibleTo(part))
    return " | ".join(each() for each in found if each)


def choose(desk: Bench, text: str) -> None:
    view = screen(desk).list
    view.set_current(next(row.key for row in view.rows() if text in row.title))
    desk.rest()


def titles(desk: Bench) -> list[str]:
    return [row.title for row in screen(desk).list.rows()]


def test_lines_stand_newest_first_under_their_days(desk: Bench) -> None:
    rows = screen(desk).list.rows()
    assert rows[0].title == "Changed the record of S-0003"
    assert rows[-1].title == "Made this network"
    assert rows[0].heading
    assert not rows[1].heading
    assert "The coordinator" in rows[0].summary
    assert heading(DAY, DAY) == "Today"
    assert heading(DAY.replace(day=19), DAY) == "Thursday 19 Nov"
    spoken = screen(desk).list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert rows[0].heading in spoken
    assert rows[0].title in spoken


def test_what_a_line_changed_is_hidden_until_it_is_asked_for_and_covered_then(
    desk: Bench, theme: Theme
) -> None:
    choose(desk, "Changed the record")
    details = screen(desk).details
    assert NAME not in words(desk.page)
    assert ASK_FIRST in words(details)
    details.show_changes.setFocus()
    details.show_changes.click()
    desk.rest()
    assert NAME in words(details)
    assert details.hide_changes.hasFocus()
    theme.cover.set_on(True)
    assert NAME not in words(details)
    theme.cover.set_on(False)
    details.hide_changes.click()
    assert NAME not in words(desk.page)
    assert not details.shown_fields()
    details.show_changes.click()
    desk.rest()
    assert details.shown_fields()
    screen(desk).leave()
    assert not details.shown_fields()
    details.show_changes.click()
    desk.rest()
    choose(desk, "Made this")
    assert not details.shown_fields()


def test_where_nothing_was_changed_nothing_is_offered_to_be_shown(desk: Bench) -> None:
    desk.services.enquiries.reveal(next(iter(desk.services.desk.snapshot.enquiries)))
    screen(desk).refresh(Touched(network=True))
    desk.rest()
    details = screen(desk).details
    newest = next(iter(screen(desk).list.rows()))
    for title, changed in ((newest.title, False), ("Changed the record", True), ("Made this network", False)):
        choose(desk, title)
        assert details.show_changes.isVisible() == changed, title
        assert details.nothing.isVisible() == (not changed), title
        assert desk.services.journal.details(details.line).changed == changed
        assert bool(desk.services.journal.changes(details.line).fields) == changed
        assert problems(desk.page) == []
    choose(desk, newest.title)
    QTest.keyClick(screen(desk).list, Qt.Key.Key_Return)
    assert focused().isVisible()


def test_a_line_is_undone_and_done_again_from_here(desk: Bench) -> None:
    choose(desk, "Changed the record")
    details = screen(desk).details
    assert details.back.text() == "Undo"
    details.back.click()
    desk.rest()
    assert desk.notices == ["Undone."]
    assert desk.services.desk.snapshot.supporter("S-0003").name != NAME
    assert titles(desk)[0] == "Took back: changed the record of S-0003"
    rows = {row.title: row.chip for row in screen(desk).list.rows()}
    assert rows["Changed the record of S-0003"] == TAKEN_BACK
    assert details.back.text() == "Do again"
    details.back.click()
    desk.rest()
    assert desk.services.desk.snapshot.supporter("S-0003").name == NAME
    rows = {row.title: row.chip for row in screen(desk).list.rows()}
    assert rows["Took back: changed the record of S-0003"] == DONE_AGAIN
    assert rows["Changed the record of S-0003"] == ""


def test_what_cannot_be_taken_back_says_why(desk: Bench) -> None:
    choose(desk, "Made this network")
    assert not screen(desk).details.back.isVisible()
    assert "changed no record" in words(screen(desk).details)
    desk.services.supporters.change(replace(desk.services.desk.snapshot.supporter("S-0003"), capacity=1))
    choose(desk, "Changed the record")
    screen(desk).details.back.click()
    desk.rest()
    assert desk.notices == []


def test_lines_are_found_by_the_fields_which_come_with_ctrl_f(desk: Bench) -> None:
    shown = screen(desk)
    assert not shown.filters.isVisible()
    assert shown.finder.text() == FIND
    QTest.keyClick(shown.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert shown.filters.isVisible()
    assert shown.filters.record.hasFocus()
    QTest.keyClicks(shown.filters.record, "S-0003")
    QTest.keyClick(shown.filters.record, Qt.Key.Key_Return)
    desk.rest()
    assert titles(desk) == ["Changed the record of S-0003"]
    shown.filters.record.set_value("S-9999")
    shown.filters.record.committed.emit("")
    desk.rest()
    assert NONE_FOUND in words(shown)
    assert shown.finder.text() == PUT_AWAY
    shown.finder.click()
    desk.rest()
    assert len(titles(desk)) > 1
    assert not shown.filters.isVisible()
    shown.finder.click()
    shown.filters.kind.set_current(Kind.SETTINGS.value)
    shown.filters.kind.chosen.emit(Kind.SETTINGS.value)
    desk.rest()
    assert "Changed the record of S-0003" not in titles(desk)
    assert "Made this network" in titles(desk)
    assert shown.filters.person.count() == 2
    shown.filters.day.set_value("32 Mar")
    shown.filters.day.committed.emit("")
    desk.rest()
    assert "Write the day" in words(shown.filters)


def test_a_record_is_gone_to_and_all_its_lines_are_shown(desk: Bench) -> None:
    choose(desk, "Changed the record")
    go, about = screen(desk).details.records.widgets()
    go.click()  # type: ignore[attr-defined]  # both are buttons
    assert desk.went == [("supporters", "", "S-0003")]
    about.click()  # type: ignore[attr-defined]  # as above
    desk.rest()
    assert titles(desk) == ["Changed the record of S-0003"]
    assert screen(desk).filters.record.text() == "S-0003"


def test_enter_goes_on_to_the_way_back(desk: Bench) -> None:
    shown = screen(desk)
    shown.setFocus()
    assert shown.list.hasFocus()
    QTest.keyClick(shown.list, Qt.Key.Key_Home)
    desk.rest()
    QTest.keyClick(shown.list, Qt.Key.Key_Return)
    assert shown.details.back.hasFocus()


def test_the_chain_is_looked_at_on_request(desk: Bench) -> None:
    shown = screen(desk)
    watch = FileWatch(desk.services.checking, desk.tasks, shown)
    shown.follow(watch)
    shown.check.click()
    assert shown.chain.words() == CHECKING
    assert not shown.check.isEnabled()
    for _ in range(400):
        QTest.qWait(5)
        if watch.last is not None:
            break
    desk.rest()
    assert shown.chain.words().startswith("The chain is whole, checked ")
    assert shown.check.isEnabled()


def test_a_long_journal_is_shown_page_by_page(desk: Bench) -> None:
    services = desk.services
    with services.desk.store.write_aside() as tx:
        audit = (
            tx.session.connection().exec_driver_sql("SELECT value FROM secret WHERE name = 'audit'").scalar()
        )
        for _ in range(1_000):
            line = journal.Line(services.desk.clock(), "slot", "safe-contact", "E-0001")
            journal.append(tx.session, bytes(audit or b""), (), line)
    screen(desk).refresh(Touched(network=True))
    desk.rest()
    assert len(titles(desk)) == PAGE
    assert screen(desk).older.isVisible()
    last = screen(desk).list.rows()[-1].key
    screen(desk).older.click()
    desk.rest()
    assert int(screen(desk).list.rows()[0].key) == int(last) - 1
    screen(desk).newer.click()
    desk.rest()
    assert not screen(desk).newer.isVisible()
    assert services.checking.whole().damage == ""


def test_in_a_low_window_the_fields_give_way_to_the_lines(desk: Bench) -> None:
    shown = screen(desk)
    desk.page.resize(820, 400)
    desk.rest()
    QTest.keyClick(desk.page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    desk.rest()
    assert shown.filters.record.hasFocus()
    assert not shown.list.isVisible()
    assert problems(desk.page) == []
    QTest.keyClicks(shown.filters.record, "S-0003")
    QTest.keyClick(shown.filters.record, Qt.Key.Key_Tab)
    assert shown.filters.isVisible()  # another field may be wanted as well
    QTest.keyClick(shown.filters.record, Qt.Key.Key_Return)
    desk.rest()
    assert not shown.filters.isVisible()
    assert shown.shown.text() == "Only S-0003: change"
    assert shown.list.hasFocus()
    assert shown.list.height() > 90
    assert titles(desk) == ["Changed the record of S-0003"]
    shown.shown.click()
    assert shown.filters.record.text() == "S-0003"
    QTest.keyClick(shown.filters.record, Qt.Key.Key_Escape)
    assert not shown.filters.isVisible()
    shown.finder.click()
    desk.rest()
    assert not shown.shown.isVisible()
    assert "Made this network" in titles(desk)
    shown.finder.click()
    desk.page.resize(1200, 900)
    desk.rest()
    assert shown.filters.isVisible()
    assert shown.list.isVisible()


@pytest.mark.parametrize(
    ("scheme", "width", "height", "scale"),
    [
        (Scheme.LIGHT, 1232, 844, 100),
        (Scheme.DARK, 960, 600, 100),
        (Scheme.HIGH_CONTRAST, 960, 640, 150),
    ],
)
def test_it_can_be_read_in_every_look_and_size(
    desk: Bench, theme: Theme, scheme: Scheme, width: int, height: int, scale: int
) -> None:
    theme.choose(scheme)
    theme.set_scale(scale)
    desk.page.resize(width, height)
    choose(desk, "Changed the record")
    screen(desk).details.show_changes.click()
    desk.rest()
    assert problems(desk.page) == []
    screen(desk).finder.click()
    desk.rest()
    assert problems(desk.page) == []
