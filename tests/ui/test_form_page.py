"""The page that takes in a volunteer form, on a real network: read, asked about, looked at, written."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from peermatch.model.changes import Done
from peermatch.model.consent import Wording
from peermatch.model.people import Supporter
from peermatch.services.office import Services
from peermatch.ui.screens.form_page import FormPage
from peermatch.ui.screens.supporters import SupportersScreen
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.fields import Choice
from tests.networks import NETWORK, PASSPHRASE
from tests.ui.readable import problems
from tests.ui.real_networks import doors, focused, opened, settled
from tests.ui.sample_office import bench_on

HEADINGS = (
    "Timestamp",
    "Your name",
    "Email Address",
    "What have you been through?",
    "May we keep this on record?",
)
ANN = ("2026/11/18 10:39:41 AM GMT", "Ann Bee", "ann@example.org", "ADHD", "Yes")
BEN = ("2026/11/18 11:00:00 AM GMT", "Ben Cee", "ben@example.org", "ADHD;Seeing stars", "Yes")
NAMESAKE = ("2026/11/18 11:30:00 AM GMT", "Tom Wade", "other@example.org", "ADHD", "Yes")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    network = opened(tmp_path)
    yield network
    network.lock()


def saved(folder: Path, *rows: tuple[str, ...]) -> Path:
    file = folder / "answers.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([HEADINGS, *rows])
    return file


def page_for(services: Services, theme: Theme, qtbot: QtBot, file: Path | None = None) -> FormPage:
    page = FormPage(services, Tasks(AtOnce()), theme, lambda _: file)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    page.open()
    return page


def choose(page: FormPage, choice: Choice, key: str) -> None:
    """As a person does with the keyboard: the choice is taken, and the page looks again."""
    choice.set_current(key)
    choice.chosen.emit(key)
    page._soon.stop()
    page._look()
    settled(page)


def test_answers_are_shown_first_and_written_by_one_press(
    services: Services, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    page = page_for(services, theme, qtbot, saved(tmp_path, ANN))
    done: list[Done] = []
    page.did.connect(done.append)
    before = len(services.desk.snapshot.supporters)
    QTest.keyClick(page.pick, Qt.Key.Key_Space)
    settled(page)
    assert page.summary.words() == "1 new."
    assert (page.take.text(), page.take.isEnabled()) == ("Take in 1 answer", True)
    assert len(services.desk.snapshot.supporters) == before
    with qtbot.waitSignal(page.closed):
        QTest.keyClick(page.take, Qt.Key.Key_Space)
    assert [each.notice for each in done] == ["1 new."]
    assert len(services.desk.snapshot.supporters) == before + 1


def test_a_strange_word_and_a_namesake_are_asked_about(
    services: Services, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    page = page_for(services, theme, qtbot, saved(tmp_path, BEN, NAMESAKE))
    QTest.keyClick(page.pick, Qt.Key.Key_Space)
    settled(page)
    assert not page.take.isEnabled()
    assert "2 things to look at first" in page.problems.words()
    word = next(iter(page.questions.words.values()))
    choose(page, word.choice, "-")
    person = next(iter(page.questions.people.values()))
    choose(page, person, "new")
    assert (page.problems.isVisible(), page.take.text()) == (False, "Take in 2 answers")


def test_a_question_can_be_given_another_meaning(
    services: Services, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    page = page_for(services, theme, qtbot, saved(tmp_path, BEN))
    page.read(tmp_path / "answers.csv")
    settled(page)
    choose(page, page.columns.meanings["What have you been through?"], "nothing")
    assert page.take.isEnabled()
    choose(page, page.columns.meanings["May we keep this on record?"], "nothing")
    assert "agree to be kept on record" in page.problems.words()


@pytest.fixture
def beginning(tmp_path: Path) -> Iterator[Services]:
    """A new network: nobody has written a wording yet."""
    empty = replace(NETWORK, wordings=(), supporters=(), enquiries=())
    made = doors().create(tmp_path / "new.peermatch", empty, PASSPHRASE, with_recovery=False).services
    yield made
    made.lock()


def wordings_of(page: FormPage) -> list[str]:
    return [page.columns.wording.itemData(place) for place in range(page.columns.wording.count())]


def test_in_a_new_network_the_page_leads_to_the_wordings_and_offers_what_was_written(
    beginning: Services, theme: Theme, tmp_path: Path
) -> None:
    with bench_on(beginning, lambda services, tasks: SupportersScreen(services, tasks, theme)) as desk:
        screen = desk.screen
        assert isinstance(screen, SupportersScreen)
        page = screen.form
        screen.open_at("form", str(saved(tmp_path, ANN)))
        desk.rest()
        assert wordings_of(page) == []
        assert "• No wording is kept yet: write one under Consent, Wordings." in page.problems.words()
        assert not page.take.isEnabled()
        assert problems(desk.page) == []
        QTest.keyClick(page.write, Qt.Key.Key_Space)
        assert desk.went == [("consent", "wordings", "")]
        choose(page, page.columns.months, "24")
        desk.page.hide()
        screen.refresh(beginning.wordings.add(Wording("2026-1", "I agree.", "en")).touched)
        desk.page.show()
        desk.rest()
        assert wordings_of(page) == ["2026-1"]
        assert (page.write.isVisible(), page.problems.isVisible()) == (False, False)
        assert page.columns.months.current() == "24"
        assert page.take.isEnabled()
        screen.refresh(beginning.wordings.add(Wording("2026-2", "I agree to more.", "en")).touched)
        desk.rest()
        assert (wordings_of(page), page.columns.wording.current()) == (["2026-2", "2026-1"], "2026-1")
        choose(page, page.columns.wording, "2026-2")
        QTest.keyClick(page.take, Qt.Key.Key_Space)
        desk.rest()
        assert [each.consents[0].wording for each in beginning.desk.snapshot.supporters.values()] == [
            "2026-2"
        ]


def test_a_file_that_cannot_be_read_is_one_sentence_and_the_page_stays(
    services: Services, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    picture = tmp_path / "photo.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    for file in (picture, tmp_path / "gone.csv", tmp_path):
        page = page_for(services, theme, qtbot, file)
        QTest.keyClick(page.pick, Qt.Key.Key_Space)
        settled(page)
        assert page.banner.isVisible()
        assert page.pick.isEnabled()


def test_names_are_covered_and_nothing_is_cut(
    services: Services, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    theme.set_scale(150)
    theme.cover.toggle()
    page = page_for(services, theme, qtbot, saved(tmp_path, ANN, NAMESAKE))
    page.resize(960, 560)
    page.read(tmp_path / "answers.csv")
    settled(page)
    assert [page.rows.cell(row, 1).text for row in (0, 1)] == ["covered", "covered"]
    assert problems(page) == []
    theme.cover.toggle()


def test_escape_goes_back(services: Services, theme: Theme, qtbot: QtBot) -> None:
    page = page_for(services, theme, qtbot)
    with qtbot.waitSignal(page.closed):
        QTest.keyClick(page, Qt.Key.Key_Escape)


def test_any_topic_can_be_found_for_a_word_and_a_form_can_be_forgotten(
    services: Services, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    page = page_for(services, theme, qtbot, saved(tmp_path, BEN))
    page.read(tmp_path / "answers.csv")
    settled(page)
    (asked,) = page.questions.words.values()
    asked.choice.set_current("+")
    asked.choice.chosen.emit("+")
    assert asked.finder.isVisible()
    QTest.keyClicks(asked.finder.line, "migraine")
    assert asked.finder.offered()
    wanted = asked.finder.offered()[0]
    QTest.keyClick(asked.finder.line, Qt.Key.Key_Return)
    assert asked.current() == wanted
    page._soon.stop()
    page._look()
    settled(page)
    QTest.keyClick(page.take, Qt.Key.Key_Space)
    settled(page)
    page.open()
    settled(page)
    assert page.remembered.isVisible()
    assert "Your name" in page.remembered.table.cell(0, 0).text
    page.remembered.table.pressed.emit(0, 2)
    settled(page)
    assert not page.remembered.isVisible()
    assert services.forms.remembered() == ()


def test_the_columns_are_kept_while_the_window_is_locked_and_no_answer_is(
    services: Services, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    page = page_for(services, theme, qtbot, saved(tmp_path, BEN))
    page.read(tmp_path / "answers.csv")
    settled(page)
    choose(page, page.columns.meanings["What have you been through?"], "nothing")
    told = json.loads(json.dumps(page.draft()))
    assert told["source"] == "answers.csv"
    assert "Ben" not in json.dumps(told)
    again = page_for(services, theme, qtbot, tmp_path / "answers.csv")
    again.take_draft(told)
    assert "answers.csv are kept" in again.banner.sentence()
    assert again.draft() == told
    again.read(tmp_path / "answers.csv")
    settled(again)
    assert again.columns.meanings["What have you been through?"].current() == "nothing"
    other = tmp_path / "other.csv"
    other.write_text("Your name,What have you been through?\nBen Cee,ADHD\n", "utf-8")
    again.take_draft(told)
    again.read(other)
    settled(again)
    assert again.columns.meanings["What have you been through?"].current() != "nothing"
    QTest.keyClick(again.back, Qt.Key.Key_Space)
    assert again.draft() == {}


def test_what_is_to_look_at_can_be_left_out_so_that_the_rest_comes_in(
    services: Services, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    nobody = ("2026/11/18 11:00:00 AM GMT", "", "", "ADHD", "Yes")
    page = page_for(services, theme, qtbot, saved(tmp_path, ANN, BEN, nobody))
    QTest.keyClick(page.pick, Qt.Key.Key_Space)
    settled(page)
    assert page.summary.words() == "1 new, 2 to look at."
    assert page.leave.text() == "Leave out 2 answers to look at, for now"
    QTest.keyClick(page.leave, Qt.Key.Key_Space)
    settled(page)
    assert (page.summary.words(), page.leave.isVisible()) == ("1 new, 2 left out.", False)
    assert (page.problems.isVisible(), page.questions.isVisible()) == (False, False)
    assert page.take.text() == "Take in 1 answer"
    assert problems(page) == []
    with qtbot.waitSignal(page.closed):
        QTest.keyClick(page.take, Qt.Key.Key_Space)
    assert not any(each.email == "ben@example.org" for each in services.desk.snapshot.supporters.values())


def test_after_a_refusal_the_keyboard_is_on_the_button_again(
    services: Services, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    page = page_for(services, theme, qtbot, saved(tmp_path, ANN))
    QTest.keyClick(page.pick, Qt.Key.Key_Space)
    settled(page)
    with qtbot.waitActive(page):
        page.activateWindow()
    namesake = Supporter("", "Ann Bee", email="another.ann@example.org")
    services.onboarding.receive(namesake, services.desk.today)  # meanwhile, so that it is not as it was shown
    page.take.setFocus()
    QTest.keyClick(page.take, Qt.Key.Key_Space)
    settled(page)
    assert "Nothing was taken in" in page.banner.sentence()
    assert focused() is page.take
