"""The resources on the sample network: found and read without a trace, checked one by one, put right, said quietly."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from peermatch.ui.choosers import Choosers
from peermatch.ui.screens.resources import ResourcesScreen
from peermatch.ui.screens.resources_signposts import COVERED, SignpostsPage
from peermatch.ui.screens.resources_words import AREA, DUE, HELP, SIGNPOSTS, TOPIC, URGENT
from peermatch.ui.theme import Scheme, Theme, apply_theme
from peermatch.ui.widgets.chip import Chip
from tests.networks import ADHD
from tests.ui.conftest import RESOURCES
from tests.ui.readable import problems
from tests.ui.sample_office import Bench, bench

LINE = "gm-da-helpline"
NETWORK = "North West peer support"


class Paper:
    """What came out of the printer."""

    def __init__(self) -> None:
        self.pages: list[str] = []

    def printed(self, _parent: QWidget, page: QTextDocument) -> bool:
        self.pages.append(page.toPlainText())
        return True


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, tmp_path: Path, paper: Paper) -> Iterator[Bench]:
    choosers = Choosers(printed=paper.printed)
    with bench(tmp_path, lambda s, t: ResourcesScreen(s, t, theme, choosers=choosers)) as made:
        with qtbot.waitActive(made.page):
            made.page.activateWindow()
        made.rest()
        yield made


def screen_of(desk: Bench) -> ResourcesScreen:
    assert isinstance(desk.screen, ResourcesScreen)
    return desk.screen


def page_of(desk: Bench) -> SignpostsPage:
    return screen_of(desk).signposts


def press(desk: Bench, button: QAbstractButton) -> None:
    """As a person presses it: only where it can be pressed."""
    assert button.isVisible()
    assert button.isEnabled()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Return)
    desk.rest()


def listed(desk: Bench) -> list[str]:
    return [row.key for row in page_of(desk).list.view.rows()]


def told(part: QWidget) -> str:
    """All words on a part that can be seen."""
    return " ".join(each.text() for each in part.findChildren(QLabel) if each.isVisible())


def typed(desk: Bench, text: str) -> None:
    search = page_of(desk).list.search
    search.setFocus()
    search.selectAll()
    QTest.keyClicks(search, text)
    desk.rest()


def test_a_service_is_found_as_somebody_types_and_nothing_is_noted(desk: Bench) -> None:
    before = desk.services.upkeep.journal()
    assert len(listed(desk)) == 81
    typed(desk, "rochdale victim")
    assert listed(desk)[0] == "rochdale-da-victim-support"
    page = page_of(desk)
    assert page.view.listed is not None
    assert page.view.listed.signpost.id == listed(desk)[0], "the first that fits stands open"
    typed(desk, "zzqqzz")
    assert listed(desk) == []
    assert "No service fits all of this." in told(page)
    QTest.keyClick(page.list.search, Qt.Key.Key_Escape)
    QTest.keyClick(page.list, Qt.Key.Key_Escape)
    assert len(listed(desk)) == 81
    assert desk.services.upkeep.journal() == before
    assert screen_of(desk).draft() == {}, "nor is it kept while the window is locked"


def test_enter_leads_to_the_service_and_esc_back_to_the_list(desk: Bench) -> None:
    page = page_of(desk)
    assert page.list.view.hasFocus()
    QTest.keyClick(page.list.view, Qt.Key.Key_J)
    QTest.keyClick(page.list.view, Qt.Key.Key_Return)
    assert page.view.confirm.hasFocus()
    assert page.view.listed is not None
    assert page.view.listed.signpost.id == "nhs-111-mh"
    QTest.keyClick(page.view.confirm, Qt.Key.Key_Escape)
    assert page.list.view.hasFocus()


def test_chips_narrow_the_list(desk: Bench) -> None:
    page = page_of(desk)
    for key, most in ((URGENT, 6), (DUE, 79)):
        chip = page.list.chips.chip(key)
        assert chip is not None
        press(desk, chip)
        assert len(listed(desk)) == most
        QTest.keyClick(page.list, Qt.Key.Key_Escape)
    for key, words, first in ((AREA, "bolton", "emergency-999"), (TOPIC, "adhd", "psw-nw")):
        chip = page.list.chips.chip(key)
        assert chip is not None
        press(desk, chip)
        QTest.keyClicks(page.list.finder.line, words)
        QTest.keyClick(page.list.finder.line, Qt.Key.Key_Return)
        desk.rest()
        assert listed(desk)[0] == first
        assert "merseyside-da-helpline" not in listed(desk)
        QTest.keyClick(page.list, Qt.Key.Key_Escape)


def test_the_yearly_check_goes_from_one_to_the_next_by_one_key(desk: Bench) -> None:
    page, screen = page_of(desk), desk.screen
    assert screen.top_items().note == "79 of 81 services to check"
    screen.act()
    desk.rest()
    for left in (78, 77):
        asked = page.list.view.current()
        assert page.view.confirm.hasFocus()
        QTest.keyClick(page.view.confirm, Qt.Key.Key_Return)
        desk.rest()
        assert asked not in listed(desk)
        assert len(listed(desk)) == left
        assert desk.actions(asked) == ["signpost-check"]
    assert screen.top_items().note == "77 of 81 services to check"
    assert desk.notices[-1].endswith(": checked today.")


def test_words_are_put_right_and_the_shipped_ones_come_back(desk: Bench) -> None:
    page = page_of(desk)
    desk.screen.open_at("samaritans")
    desk.rest()
    assert "Not checked since 16 May 2025" in told(page.view)
    press(desk, page.view.correct)
    form = page.form
    assert form.lines["name"].hasFocus()
    assert not form.area.isVisible(), "for whom a shipped service is stays"
    form.lines["phone"].setText("ring us")
    form.lines["url"].setText("javascript:x")
    press(desk, form.confirm)
    assert form.lines["phone"].hasFocus()
    assert "Write a number" in form.fields["phone"].error()
    assert "web address" in form.fields["url"].error()
    form.lines["phone"].setText(" 116\n000 ")
    form.lines["url"].setText("")
    press(desk, form.confirm)
    assert not page.editing
    assert "116 000" in told(page.view)
    assert "in your own words" in [each.text() for each in page.view.findChildren(Chip)]
    press(desk, page.view.back)
    assert "116 123" in told(page.view)
    assert desk.actions("samaritans") == ["signpost-shipped", "signpost-correct"]


def test_a_service_is_added_set_aside_and_offered_again(desk: Bench) -> None:
    page = page_of(desk)
    press(desk, page.list.add_button)
    form = page.form
    press(desk, form.confirm)
    assert form.lines["name"].hasFocus()
    form.lines["name"].setText("Canal Street listening room")
    form.summary.setPlainText("Somebody to talk to.")
    press(desk, form.confirm)
    assert "Give a phone number" in form.fields["phone"].error()
    form.lines["phone"].setText("0161 496 0000")
    press(desk, form.confirm)
    assert page.list.view.current() == "own-1"
    assert "Checked on" in told(page.view)
    press(desk, page.view.away)
    assert listed(desk)[-1] == "own-1"
    assert not page.view.confirm.isEnabled()
    press(desk, page.view.away)
    assert desk.notices[-1] == "Canal Street listening room is offered again."


def test_what_changed_meanwhile_is_not_written_over(desk: Bench) -> None:
    page, signposts = page_of(desk), desk.services.signposts
    desk.screen.open_at("cruse")
    press(desk, page.view.correct)
    page.form.lines["hours"].setText("mornings")
    listed_now = signposts.book(desk.services.desk.today).get("cruse")
    assert listed_now is not None
    other = signposts.words_of(listed_now)
    signposts.correct(
        "cruse", type(other)(other.name, other.summary, phone="0808 000 0000"), desk.services.desk.today
    )
    press(desk, page.form.confirm)
    assert "was changed meanwhile" in told(page.form)
    assert page.form.lines["hours"].text() == "mornings", "what was typed stays"


def test_half_a_service_survives_a_lock(desk: Bench, theme: Theme) -> None:
    page = page_of(desk)
    desk.screen.open_at("cruse")
    press(desk, page.view.correct)
    page.form.lines["hours"].setText("mornings")
    kept = screen_of(desk).draft()
    later = ResourcesScreen(desk.services, desk.tasks, theme)
    assert later.take_draft(kept)
    assert later.draft() == kept
    row = desk.page.layout()
    assert row is not None
    row.addWidget(later)
    desk.rest()
    assert later.signposts.form.lines["hours"].text() == "mornings"
    assert later.signposts.form.id == "cruse"


def test_discreetly_there_are_first_letters_and_numbers_alone(desk: Bench, paper: Paper) -> None:
    page = page_of(desk)
    desk.screen.open_at(LINE)
    press(desk, page.view.copy_button)
    assert (
        QGuiApplication.clipboard()
        .text()
        .startswith("Greater Manchester Domestic Abuse Helpline\nPhone: 0161")
    )
    before = desk.services.upkeep.journal()
    page.list.discreet.click()
    desk.rest()
    words = told(desk.screen) + "".join(row.title + row.summary for row in page.list.view.rows())
    assert "known" not in words, "who has no number is not listed"
    for word in ("Abuse", "abuse", "Manchester", "Samaritans", "suicid", "topic"):
        assert word not in words
    assert "0161 636 7525" in words
    press(desk, page.view.copy_button)
    assert QGuiApplication.clipboard().text() == "G. M. D. A. H.\n0161 636 7525"
    press(desk, page.view.print_button)
    press(desk, page.list.print_button)
    assert paper.pages[0].strip() == "G. M. D. A. H.\n0161 636 7525"
    for sheet in paper.pages:
        assert NETWORK not in sheet
        assert "buse" not in sheet
        assert "http" not in sheet
    assert desk.services.upkeep.journal() == before


def test_a_page_in_full_names_no_network_and_has_no_heading(desk: Bench, paper: Paper) -> None:
    desk.screen.open_at(LINE)
    press(desk, page_of(desk).view.print_button)
    assert paper.pages[0].startswith("Greater Manchester Domestic Abuse Helpline\n0161 636 7525\nRegional")
    assert NETWORK not in paper.pages[0]


def test_one_key_hides_everything(desk: Bench, theme: Theme) -> None:
    desk.screen.open_at(LINE)
    desk.rest()
    theme.cover.set_on(True)
    desk.rest()
    assert COVERED in told(page_of(desk))
    assert "0161" not in told(page_of(desk))
    assert not page_of(desk).list.view.isVisible()
    theme.cover.set_on(False)
    desk.rest()
    assert "0161 636 7525" in told(page_of(desk))


def test_whoever_comes_after_sees_nothing_of_it(desk: Bench) -> None:
    page = page_of(desk)
    desk.screen.open_at(f"topic:{ADHD}")
    typed(desk, "wellbeing")
    desk.screen.leave()
    desk.rest()
    assert page.list.search.text() == ""
    assert len(listed(desk)) == 81
    assert page.list.view.current() == ""
    assert "Choose a service on the left." in told(page)


def test_the_help_is_read_here_too(desk: Bench) -> None:
    screen = screen_of(desk)
    screen.open_at(HELP)
    desk.rest()
    assert screen.help.view.hasFocus()
    QTest.keyClick(screen.help.view, Qt.Key.Key_Down)
    QTest.keyClick(screen.help.view, Qt.Key.Key_Return)
    desk.rest()
    assert screen.help.text.hasFocus()
    title = screen.help.view.rows()[1].title
    assert screen.help.text.toPlainText().startswith(title)
    QTest.keyClick(screen.help.text, Qt.Key.Key_Escape)
    assert screen.help.view.hasFocus()
    assert screen.top_items().action == ""


def test_the_letters_are_here_too(desk: Bench) -> None:
    screen = screen_of(desk)
    screen.open_at("letter:acknowledgement")
    desk.rest()
    assert screen.letters.isVisible()
    assert screen.letters.current == "acknowledgement"
    assert screen.top_items().action == "", "there is no yearly check here"
    screen.open_at(SIGNPOSTS)
    assert not screen.letters.isVisible()


@pytest.mark.parametrize(
    ("scheme", "scale", "size"),
    [
        (Scheme.LIGHT, 100, (792, 644)),
        (Scheme.DARK, 150, (960, 644)),
        (Scheme.HIGH_CONTRAST, 200, (1232, 844)),
    ],
)
def test_nothing_is_cut(
    scheme: Scheme, scale: int, size: tuple[int, int], qapp: object, tmp_path: Path
) -> None:
    theme = apply_theme(qapp, RESOURCES, scheme, scale)  # type: ignore[arg-type]  # the application
    with bench(tmp_path, lambda s, t: ResourcesScreen(s, t, theme)) as desk:
        desk.page.resize(*size)
        desk.screen.open_at("lead-employer-nw")
        desk.rest()
        assert problems(desk.page) == []
        press(desk, page_of(desk).view.correct)
        assert problems(desk.page) == []
