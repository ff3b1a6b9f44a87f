"""Data protection in the real window: from a record and an enquiry, by keyboard alone, readable at every size."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from peermatch.errors import Refused
from peermatch.model.rights import RequestKind
from peermatch.ui.main_window import MainWindow
from peermatch.ui.screens.duties import DutiesScreen
from peermatch.ui.screens.duties_due_line import DueLine
from peermatch.ui.screens.duties_words import CHANGEOVER, DUE, PAGES, REQUESTS, WRONG, held_place
from peermatch.ui.screens.enquiries import EnquiriesScreen
from peermatch.ui.screens.enquiry_pane import DETAILS
from peermatch.ui.screens.supporters import SupportersScreen
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Scheme, Theme
from peermatch.ui.widgets.nav import NavItem
from tests.networks import clock
from tests.ui.duties.duty_office import AMINA, OPEN_CASE, TOM, enquirer, supporter
from tests.ui.readable import problems
from tests.ui.real_networks import doors, focused, in_sight, settled, work_of
from tests.ui.sample_office import sample

SIZES = [
    ((1440, 900), 100, Scheme.DARK),
    ((1024, 700), 150, Scheme.HIGH_CONTRAST),
]


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[MainWindow]:
    services = sample(tmp_path)
    services.requests.open(RequestKind.ACCESS, services.desk.today, "Wants to see it all", supporter(TOM))
    services.incidents.open(clock(), "A letter went to another person", (enquirer(OPEN_CASE),))
    window = MainWindow(doors(), Tasks(AtOnce()), theme, services=services)
    with in_sight(window, qtbot) as shown:
        yield shown


def duties(window: MainWindow, place: str = DUE) -> DutiesScreen:
    work_of(window).show_screen("duties", place)
    settled(window)
    found = work_of(window).screens["duties"]
    assert isinstance(found, DutiesScreen)
    return found


def test_what_waits_is_counted_from_the_start(window: MainWindow) -> None:
    work = work_of(window)
    assert "duties" not in work.screens.built
    counter = next(item for item in work.nav.findChildren(NavItem) if item.place.key == "duties")
    assert "5" in counter.accessibleName()
    settled(work.screens["duties"])
    assert work.screens["duties"].count() == "5"


def test_a_supporters_record_leads_to_what_is_held_and_to_the_erasure(window: MainWindow) -> None:
    work = work_of(window)
    record = work.screens["supporters"]
    assert isinstance(record, SupportersScreen)
    work.show_screen("supporters", "", AMINA)
    settled(window)
    QTest.keyClick(record.record.held_button, Qt.Key.Key_Return)
    settled(window)
    screen = work.current
    assert isinstance(screen, DutiesScreen)
    assert screen.held.subject == supporter(AMINA)
    assert not screen.held.form.isVisible()
    work.show_screen("supporters", "", TOM)
    settled(window)
    QTest.keyClick(record.record.erase_button, Qt.Key.Key_Return)
    settled(window)
    assert screen.held.subject == supporter(TOM)
    assert screen.held.form.isVisible()


def test_an_enquiry_leads_there_too(window: MainWindow) -> None:
    work = work_of(window)
    enquiries = work.screens["enquiries"]
    assert isinstance(enquiries, EnquiriesScreen)
    work.show_screen("enquiries", OPEN_CASE)
    enquiries.pane.show_page(DETAILS)
    settled(window)
    QTest.keyClick(enquiries.pane.details.held, Qt.Key.Key_Return)
    settled(window)
    screen = work.current
    assert isinstance(screen, DutiesScreen)
    assert screen.held.subject == enquirer(OPEN_CASE)
    work.show_screen("enquiries", OPEN_CASE)
    settled(window)
    QTest.keyClick(enquiries.pane.details.erase, Qt.Key.Key_Return)
    settled(window)
    assert screen.held.form.isVisible()


def test_leaving_the_screen_takes_what_was_held_up_with_it(window: MainWindow) -> None:
    screen = duties(window, held_place(supporter(AMINA)))
    shown = screen.held
    assert shown.ticks != {}
    work_of(window).show_screen("plan")
    settled(window)
    assert shown.ticks == {}
    assert screen.page == REQUESTS


def test_a_failure_is_told_on_the_page_that_is_shown(window: MainWindow) -> None:
    screen = duties(window, CHANGEOVER)
    screen.show_error(Refused("It cannot be done.", "Try tomorrow."))
    assert screen.changeover.banner.sentence() == "It cannot be done. Try tomorrow."
    assert not screen.due.banner.isVisible()


def opened(screen: DutiesScreen, page: str) -> None:
    """Everything of a page that can be opened at once."""
    if page == DUE:
        line = next(iter(screen.due.lines.parts().values()))
        assert isinstance(line, DueLine)
        line.tick.setChecked(True)
        screen.due.erase_button.click()
    elif page == REQUESTS:
        screen.requests.new.click()
        screen.requests.form.submit()
    elif page == WRONG:
        screen.wrong.new.click()
        screen.wrong.form.submit()
    else:
        screen.changeover.add_key.click()
        screen.changeover.form.submit()


def test_everything_can_be_read_at_every_size(window: MainWindow, theme: Theme) -> None:
    for size, scale, scheme in SIZES:
        theme.choose(scheme)
        theme.set_scale(scale)
        window.resize(*size)
        for page, _ in PAGES:
            screen = duties(window, page)
            assert problems(screen) == [], (page, size)
            opened(screen, page)
            settled(window)
            assert problems(screen) == [], (page, size, "with its form")
    assert problems(duties(window, f"erase:{OPEN_CASE}")) == [], "what is held, where there is least room"


def takes_tab(part: QWidget) -> bool:
    """Whether Tab should stop here; of the choices above the page one of them is enough."""
    reachable = part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(reachable) and part.focusProxy() is None and not isinstance(part, QRadioButton)


def walk(screen: DutiesScreen) -> None:
    """Tab from the choice of the page on: every control once, then out of the screen."""
    inside = [each for each in screen.findChildren(QWidget) if takes_tab(each)]
    chosen = next(each for each in screen.switch.segments() if each.isChecked())
    chosen.setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[QWidget] = []
    while screen.isAncestorOf(focused()) and len(seen) <= len(inside):
        seen.append(focused())
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert {each.accessibleName() for each in inside if each not in seen} == set()
    assert len(seen) == len(set(seen))


def test_tab_reaches_everything_once(window: MainWindow) -> None:
    for page, _ in PAGES:
        screen = duties(window, page)
        walk(screen)
        opened(screen, page)
        settled(window)
        walk(screen)
    walk(duties(window, f"erase:{OPEN_CASE}"))


def test_half_typed_work_is_taken_and_put_back(window: MainWindow) -> None:
    screen = duties(window, WRONG)
    assert screen.draft() == {}
    screen.wrong.new.click()
    screen.wrong.form.what.setPlainText("A stick is lost")
    screen.wrong.form.noticed.time.setText("08:15")
    screen.open_at(REQUESTS)
    screen.requests.new.click()
    screen.requests.form.summary.setText("Wants to see it all")
    screen.open_at(held_place(supporter(AMINA)))
    settled(window)
    key = sorted(screen.held.ticks)[0]
    screen.held.ticks[key].setChecked(True)
    kept = json.loads(json.dumps(screen.draft()))
    screen.wrong.form.cancel.click()
    screen.requests.form.cancel.click()
    screen.held.forget()
    assert screen.draft() == {}
    assert screen.take_draft(kept)
    settled(window)
    assert screen.draft() == kept
    assert screen.held.redacted() == {key}
    assert not screen.take_draft({"page": "of a later program", "held": {"id": "S-9999", "keys": []}})
