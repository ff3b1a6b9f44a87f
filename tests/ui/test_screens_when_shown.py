"""Screens are built when they are first shown: what waits is counted, covered and known all the same."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from peermatch import paths
from peermatch.model.consent import Method, Purpose
from peermatch.ui.locking.place import go_back
from peermatch.ui.main_window import MainWindow
from peermatch.ui.screens.enquiries import EnquiriesScreen
from peermatch.ui.screens.journal import JournalScreen
from peermatch.ui.screens.journal_labels import chain_words
from peermatch.ui.screens.register import SCREENS
from peermatch.ui.screens.shelf import ScreenShelf
from peermatch.ui.screens.supporters import SupportersScreen
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.covered import CoveredLabel
from peermatch.ui.widgets.nav import NavItem
from peermatch.ui.workplace import Workplace
from tests.ui.real_networks import doors, in_sight, opened, settled, wait_until, work_of

FIRST = SCREENS[0][0].key


@pytest.fixture
def window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theme: Theme, qtbot: QtBot
) -> Iterator[MainWindow]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    paths.make_private(paths.data_folder())
    window = MainWindow(doors(), Tasks(AtOnce()), theme, services=opened(tmp_path))
    with in_sight(window, qtbot) as shown:
        yield shown


def counters(work: Workplace) -> dict[str, str]:
    return {item.place.key: item.accessibleName() for item in work.nav.findChildren(NavItem)}


def test_a_window_builds_what_it_shows_and_counts_the_rest(window: MainWindow) -> None:
    work = work_of(window)
    assert list(work.screens.built) == [FIRST]
    assert "duties" in work.screens
    before = counters(work)
    for place, _kind in SCREENS:
        work.show_screen(place.key)
        settled(window)
    assert set(work.screens.built) == set(work.screens)
    assert counters(work) == before
    assert len([name for name in before.values() if any(letter.isdigit() for letter in name)]) == 4


def test_where_the_person_was_is_gone_back_to_once_its_screen_is_built(window: MainWindow) -> None:
    work = work_of(window)
    snapshot = work.current.services.desk.snapshot
    reference, supporter = list(snapshot.enquiries)[-1], list(snapshot.supporters)[-1]
    go_back(work.screens, {"enquiry": reference, "page": "history", "supporter": supporter})
    assert list(work.screens.built) == [FIRST]
    enquiries, people = work.screens["enquiries"], work.screens["supporters"]
    assert isinstance(enquiries, EnquiriesScreen)
    assert isinstance(people, SupportersScreen)
    settled(window)
    assert (enquiries.reference, enquiries.pane.page) == (reference, "history")
    assert people.record.person is not None
    assert people.record.person.id == supporter
    go_back(work.screens, {"enquiry": next(iter(snapshot.enquiries))})
    assert enquiries.reference == next(iter(snapshot.enquiries))


def test_who_must_be_asked_is_counted_again_whenever_something_is_done(window: MainWindow) -> None:
    """Before anybody looks at the screen, and while it is hidden."""
    work = work_of(window)
    services = work.current.services
    today = services.desk.today

    def told() -> tuple[str, int]:
        settled(window)
        waiting = services.campaigns.count(today)
        said = counters(work)["consent"]
        assert said == (f"Consent, {waiting}" if waiting else "Consent")
        return said, waiting

    _, before = told()
    work.take_note(services.onboarding.leave(services.campaigns.due(today)[0].id, today))
    assert told()[1] == before - 1
    for key in ("consent", FIRST):
        work.show_screen(key)
        assert told()[1] == before - 1
    given = services.consent.give(
        "S-0001",
        Purpose.CONTACT_NAME,
        None,
        wording="2026-1",
        method=Method.EMAIL,
        on=today,
        expires=today + timedelta(days=1),
    )
    work.take_note(given)
    assert "consent" in work.screens.built
    assert told()[1] == before


def test_names_are_covered_on_a_screen_that_is_first_shown_under_cover(
    window: MainWindow, theme: Theme
) -> None:
    theme.cover.toggle()
    try:
        work_of(window).show_screen("supporters")
        settled(window)
        found = [each for each in work_of(window).current.findChildren(CoveredLabel) if each.isVisible()]
        names = [person.name for person in work_of(window).current.services.desk.snapshot.supporters.values()]
        shown = " ".join(each.text() for each in found)
        assert found
        assert not [name for name in names if name in shown]
    finally:
        theme.cover.toggle()


def test_the_journal_knows_what_was_found_before_it_was_built(window: MainWindow) -> None:
    work = work_of(window)
    work.watch.look()
    wait_until(lambda: not work.watch.looking)
    assert "journal" not in work.screens.built
    journal = work.screens["journal"]
    assert isinstance(journal, JournalScreen)
    assert chain_words(work.watch.last, journal.services.desk.today) in journal.chain.text()
    assert chain_words(None, journal.services.desk.today) not in journal.chain.text()


def test_asking_for_a_screen_that_does_not_exist_builds_nothing() -> None:
    shelf = ScreenShelf({}, lambda _key, _screen: None)
    assert shelf.get("nowhere") is None
    assert not shelf
    assert shelf.built == {}
