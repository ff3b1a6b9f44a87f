"""The directory page in the window: looked at, said in people's own words, saved, followed to where it stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from peermatch.services.today_jobs import Matter
from peermatch.ui.choosers import Choosers
from peermatch.ui.screens.consents import ConsentsScreen
from peermatch.ui.screens.directory_cards import LinkLine, PersonCard, PlaceLine
from peermatch.ui.screens.directory_page import AT_ONCE, DirectoryPage
from peermatch.ui.screens.directory_words import REALLY_OFF
from peermatch.ui.screens.pages import DIRECTORY
from peermatch.ui.screens.today_words import line
from peermatch.ui.theme import Theme
from tests.ui.readable import problems
from tests.ui.sample_office import Bench, bench

AMINA = "S-0001"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("directory")


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, tmp_path: Path, place: Path) -> Iterator[Bench]:
    folder = tmp_path / "out"
    choosers = Choosers(report=lambda _parent, _start: folder)
    with bench(tmp_path, lambda s, t: ConsentsScreen(s, t, theme, choosers=choosers)) as made:
        screen_of(made).open_at(DIRECTORY)
        made.rest()
        yield made


def screen_of(desk: Bench) -> ConsentsScreen:
    assert isinstance(desk.screen, ConsentsScreen)
    return desk.screen


def page_of(desk: Bench) -> DirectoryPage:
    return screen_of(desk).directory


def press(desk: Bench, button: QAbstractButton) -> None:
    """As a person presses it by key: only where it can be pressed."""
    assert button.isVisible()
    assert button.isEnabled()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    desk.rest()


def card(desk: Bench, id: str = AMINA) -> PersonCard:
    found = page_of(desk).people.parts()[id]
    assert isinstance(found, PersonCard)
    return found


def lines(desk: Bench, part: QWidget) -> list[QWidget]:
    return [each for each in part.children() if isinstance(each, (LinkLine, PlaceLine))]


def test_words_are_kept_a_page_is_saved_and_a_no_makes_it_too_much(desk: Bench, theme: Theme) -> None:
    page = page_of(desk)
    services = page.services
    press(desk, card(desk).change)
    QTest.keyClicks(page.words_form.words, "Ask me about exams.")
    press(desk, page.words_form.confirm)
    assert not page.words_form.isVisible()
    assert services.figures.directory.look(page.wanted, services.desk.today).people[0].listed.words
    press(desk, page.save)
    assert len(list((Path(services.folder).parent / "out").iterdir())) == 2
    assert page.place_form.isVisible(), "it asks where the page is put"
    QTest.keyClicks(page.place_form.place, "our web site")
    QTest.keyClick(page.place_form.place, Qt.Key.Key_Return)
    desk.rest()
    (where,) = lines(desk, page.places)
    assert isinstance(where, PlaceLine)
    assert not where.act.isVisibleTo(where)
    press(desk, card(desk).off)
    assert card(desk).off.text() == REALLY_OFF
    press(desk, card(desk).off)
    assert AMINA not in page.people.parts()
    assert page.must.isVisible()
    jobs = services.days.of(services.desk.today).jobs
    (job,) = [each for each in jobs if each.matter is Matter.DIRECTORY]
    told = line(job, services.desk.snapshot, theme.cover, services.desk.today)
    assert told.place == ("consent", DIRECTORY, "")
    assert "ADHD" not in f"{told.title} {told.note}", "what was taken back is not spoken of"
    assert "ADHD" not in " ".join(each.accessibleName() for each in page.must.findChildren(QWidget))
    (where,) = lines(desk, page.places)
    assert isinstance(where, PlaceLine)
    press(desk, where.down)
    assert not page.must.isVisible()


def test_words_that_say_too_much_stay_in_the_form_with_their_fault(desk: Bench) -> None:
    page = page_of(desk)
    press(desk, card(desk).change)
    page.words_form.words.setPlainText("I live with HIV.")
    press(desk, page.words_form.confirm)
    assert page.words_form.isVisible()
    assert "not agreed to list" in page.words_form.fields["words"].error()
    QTest.keyClick(page.words_form.words, Qt.Key.Key_Escape)
    assert not page.words_form.isVisible()


def test_half_written_words_come_back_after_a_lock(desk: Bench) -> None:
    page = page_of(desk)
    press(desk, card(desk).change)
    QTest.keyClicks(page.words_form.words, "Ask me about ")
    kept = screen_of(desk).draft()
    assert kept["page"] == DIRECTORY
    QTest.keyClick(page.words_form.words, Qt.Key.Key_Escape)
    assert screen_of(desk).draft() == {}
    assert screen_of(desk).take_draft(kept)
    desk.rest()
    assert page.words_form.typed
    assert page.words_form.words.toPlainText().endswith("Ask me about ")


def test_links_are_added_checked_and_removed_by_keys(desk: Bench) -> None:
    page = page_of(desk)
    press(desk, page.add_link)
    QTest.keyClicks(page.link_form.name, "Wellbeing")
    QTest.keyClicks(page.link_form.url, "nowhere")
    press(desk, page.link_form.confirm)
    assert page.link_form.fields["url"].error()
    page.link_form.url.set_value("https://www.example.org/help")
    press(desk, page.link_form.confirm)
    (found,) = lines(desk, page.links)
    assert isinstance(found, LinkLine)
    press(desk, found.right)
    (found,) = lines(desk, page.links)
    assert isinstance(found, LinkLine)
    press(desk, found.remove)
    assert lines(desk, page.links) == []


def test_the_page_for_everybody_shows_nobody_and_names_are_covered(desk: Bench, theme: Theme) -> None:
    page = page_of(desk)
    assert 0 < len(page.people.parts()) <= AT_ONCE
    theme.cover.toggle()
    assert "Amina" not in " ".join(each.accessibleName() for each in page.findChildren(QWidget))
    theme.cover.toggle()
    page.kind.set_current("public")
    page.kind.chosen.emit("public")
    desk.rest()
    assert not page.people.isVisible()


def test_nothing_is_cut_where_there_is_little_room(desk: Bench, theme: Theme) -> None:
    page = page_of(desk)
    for scale in (100, 150):
        theme.set_scale(scale)
        screen_of(desk).resize(860, 560)
        desk.rest()
        assert problems(page) == []
    theme.set_scale(100)
