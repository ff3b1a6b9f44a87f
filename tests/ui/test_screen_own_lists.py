"""The network's own terms and organisations in the settings: written, looked at before they are kept, and undone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from peermatch.model.enquiry import Exclusions
from peermatch.services.office import Services
from peermatch.ui.locking.own_terms import put_organisation, put_term, take_organisation, take_term
from peermatch.ui.screens.organisations_card import OrganisationCard
from peermatch.ui.screens.organisations_page import OrganisationsPage
from peermatch.ui.screens.settings import SettingsScreen
from peermatch.ui.screens.terms_page import TermsPage
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Scheme, Theme
from peermatch.ui.widgets.buttons import Button
from tests.networks import ADHD, DAY
from tests.ui.readable import problems
from tests.ui.real_networks import focused, opened, settled, wait_until


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """One network, on which the tests go on from each other."""
    network = opened(Path(tmp_path_factory.mktemp("own-lists")))
    yield network
    network.lock()


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    """The worker; the file has one connection, so a test looks into it only while this is idle."""
    made = Tasks(AtOnce())
    yield made
    made.stop()


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme, services: Services, tasks: Tasks) -> SettingsScreen:
    shown = SettingsScreen(services, tasks, theme)
    shown.did.connect(lambda done: shown.refresh(done.touched))
    qtbot.addWidget(shown)
    shown.resize(1100, 760)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    return shown


@pytest.fixture
def terms(screen: SettingsScreen) -> TermsPage:
    screen.open_at("terms")
    return screen.terms


@pytest.fixture
def places(screen: SettingsScreen) -> OrganisationsPage:
    screen.open_at("organisations")
    page = screen.findChild(OrganisationsPage)
    assert isinstance(page, OrganisationsPage)
    wait_until(lambda: bool(page.known))
    return page


def own(terms: TermsPage, services: Services) -> list[str]:
    return [each.term.label for each in services.own.terms.every(DAY)]


def test_a_term_is_written_by_keys_with_everything_wrong_at_once(
    terms: TermsPage, services: Services, tasks: Tasks
) -> None:
    wait_until(terms._nothing.isVisible)
    assert terms.new.hasFocus()
    QTest.keyClick(terms.new, Qt.Key.Key_Return)
    form = terms.form
    assert form.label.hasFocus()
    QTest.keyClick(form.label, Qt.Key.Key_Return)
    wait_until(lambda: bool(form.fields["label"].error()))
    assert form.fields["broader"].error()
    QTest.keyClicks(form.label, "Tinnitus")
    QTest.keyClicks(form.broader.finder.line, "neurodiv")
    QTest.keyClick(form.broader.finder.line, Qt.Key.Key_Return)
    QTest.keyClicks(form.related.finder.line, "adhd")
    QTest.keyClick(form.related.finder.line, Qt.Key.Key_Return)
    form.submit()
    wait_until(lambda: tasks.idle and own(terms, services) == ["Tinnitus"])
    wait_until(lambda: list(terms.lines.parts()) == ["own.tinnitus"])
    (kept,) = services.own.terms.every(DAY)
    assert (kept.term.broader, kept.term.related) == ("neuro", ((ADHD, 0.5),))


def test_a_half_written_change_survives_a_lock(terms: TermsPage, screen: SettingsScreen) -> None:
    wait_until(lambda: bool(terms.own))
    terms._open_change("own.tinnitus")
    terms.form.label.setText("Ringing in the ears")
    kept = take_term({"settings": screen})
    assert kept is not None
    terms.cancel()
    assert take_term({"settings": screen}) is None
    assert put_term({"settings": screen}, kept)
    assert terms.form.label.text() == "Ringing in the ears"
    assert not put_term({"settings": screen}, {**kept, "id": "own.gone"})


def test_what_a_change_would_move_is_read_before_it_is_kept(
    terms: TermsPage, services: Services, tasks: Tasks
) -> None:
    services.enquiries.set_needs("E-0142", (), ("own.tinnitus",))
    wait_until(lambda: bool(terms.own))
    terms._open_change("own.tinnitus")
    terms.form.related.set_keys(())
    terms.form.submit()
    wait_until(terms.effects.isVisible)
    assert "E-0142" in {each.enquiry for each in services.own.terms.effects(terms.form.answer(), DAY)}  # type: ignore[arg-type]  # a term
    assert terms.effects.back.hasFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not terms.effects.isVisible()
    assert terms.form.isVisible()
    terms.form.submit()
    wait_until(terms.effects.isVisible)
    terms.effects.keep.click()
    wait_until(lambda: tasks.idle and services.own.terms.every(DAY)[0].term.related == ())
    wait_until(lambda: not terms.form.isVisible())


def test_a_term_is_retired_offered_again_and_removed(
    terms: TermsPage, services: Services, tasks: Tasks
) -> None:
    services.enquiries.set_needs("E-0142", (ADHD,), ())
    wait_until(lambda: bool(terms.own))
    terms._retire("own.tinnitus")
    wait_until(lambda: tasks.idle and services.own.terms.every(DAY)[0].retired == DAY)
    terms._offer("own.tinnitus")
    wait_until(lambda: tasks.idle and services.own.terms.every(DAY)[0].retired is None)
    terms._remove("own.tinnitus")
    wait_until(lambda: tasks.idle and own(terms, services) == [])
    wait_until(terms._nothing.isVisible)
    terms._remove("own.tinnitus")
    wait_until(terms.banner.isVisible)


def test_an_organisation_is_found_renamed_and_given_a_site(
    places: OrganisationsPage, services: Services
) -> None:
    assert places.lines.parts() == {}
    QTest.keyClicks(places.search, "east lanc")
    assert next(iter(places.lines.parts())) == "elht"
    places._open_rename("elht")
    assert places.rename_form.name.hasFocus()
    places.rename_form.name.setText("Pennine Alliance")
    places.rename_form.submit()
    lists = services.own.organisations
    wait_until(lambda: places.open_form() is None)
    assert lists.lists.name("elht") == "Pennine Alliance"
    places._open_site("elht")
    places.site_form.name.setText("Valley Infirmary")
    places.site_form.submit()
    wait_until(lambda: lists.lists.knows("own.valley-infirmary"))
    places.search.clear()
    wait_until(lambda: list(places.lines.parts()) == ["elht"])


def test_a_site_is_renamed_and_closed(places: OrganisationsPage, services: Services) -> None:
    (card,) = places.lines.parts().values()
    assert isinstance(card, OrganisationCard)
    card.unfold.click()
    assert card.sites.isVisible()
    buttons = {each.accessibleName(): each for each in card.sites.findChildren(Button)}
    buttons["Rename: Valley Infirmary"].click()
    assert places.rename_form.name.hasFocus()
    places.rename_form.name.setText("Valley Hospital")
    places.rename_form.submit()
    lists = services.own.organisations
    wait_until(lambda: places.open_form() is None)
    assert lists.lists.sites["own.valley-infirmary"].name == "Valley Hospital"
    places._open_close("own.valley-infirmary")
    places.close_form.day.set_day(DAY)
    places.close_form.submit()
    wait_until(
        lambda: (
            next(each for each in places.known if each.place.id == "elht").closed_sites
            == {"own.valley-infirmary": DAY}
        )
    )
    (card,) = places.lines.parts().values()
    assert isinstance(card, OrganisationCard)
    card.unfold.click()
    names = [each.accessibleName() for each in card.sites.findChildren(Button)]
    assert "Rename: Valley Hospital" in names
    assert "Closes: Valley Hospital" not in names


def test_a_half_filled_form_survives_a_lock(places: OrganisationsPage, screen: SettingsScreen) -> None:
    places._open_rename("elht")
    assert take_organisation({"settings": screen}) is None, "nothing was typed yet"
    places.rename_form.name.setText("Another name")
    kept = take_organisation({"settings": screen})
    assert kept is not None
    places.cancel()
    assert put_organisation({"settings": screen}, kept)
    assert places.rename_form.isVisible()
    assert places.rename_form.name.text() == "Another name"
    assert not put_organisation({"settings": screen}, {**kept, "id": "gone"})
    places.cancel()
    places.open_new()
    places.new_form.name.setText("Half a name")
    kept = take_organisation({"settings": screen})
    assert kept is not None
    places.cancel()
    assert put_organisation({"settings": screen}, kept)
    assert places.new_form.name.text() == "Half a name"
    places.cancel()


def test_a_merger_says_whom_it_keeps_away(
    places: OrganisationsPage, services: Services, tasks: Tasks
) -> None:
    services.enquiries.change("E-0142", exclusions=Exclusions(organisations=("elht",)))
    places._open_merge("elht")
    form = places.merge_form
    form.submit()
    assert form.fields["into"].error()
    assert form.fields["day"].error()
    form.into.set_keys(("lscft",))
    form.day.set_day(date(2040, 1, 1))
    form.submit()
    wait_until(lambda: "too far away" in form.fields["day"].error())
    form.day.set_day(date(2027, 4, 1))
    form.submit()
    wait_until(places.effects.isVisible)
    words = " ".join(
        places.effects.words(each)
        for each in services.own.organisations.effects(
            services.own.organisations.merged("elht", "lscft", date(2027, 4, 1)), DAY
        )
    )
    assert "Tom W. (the trainee asked to keep away from where they work)" in words
    places.effects.keep.click()
    wait_until(lambda: tasks.idle and services.own.organisations.lists.at_one("elht", "lscft"))


def test_an_organisation_is_added_and_closed(places: OrganisationsPage, services: Services) -> None:
    places.new.click()
    places.new_form.submit()
    wait_until(lambda: bool(places.new_form.fields["name"].error()))
    places.new_form.name.setText("New Valley Trust")
    places.new_form.submit()
    lists = services.own.organisations
    wait_until(lambda: places.open_form() is None)
    places._open_close("own.new-valley-trust")
    places.close_form.day.set_day(DAY)
    QTest.keyClick(places.close_form.day, Qt.Key.Key_Return)
    wait_until(lambda: lists.lists.organisations["own.new-valley-trust"].status == "closed")
    places.new.click()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert places.open_form() is None
    assert places.search.hasFocus()


@pytest.mark.parametrize(
    ("width", "height", "scale", "scheme"), [(960, 640, 100, Scheme.DARK), (928, 560, 150, Scheme.LIGHT)]
)
def test_nothing_is_cut(
    screen: SettingsScreen,
    terms: TermsPage,
    theme: Theme,
    width: int,
    height: int,
    scale: int,
    scheme: Scheme,
) -> None:
    theme.choose(scheme)
    theme.set_scale(scale)
    screen.resize(width, height)
    terms.open_new()
    settled(screen)
    assert problems(screen) == []
    screen.open_at("organisations")
    page = screen.findChild(OrganisationsPage)
    assert isinstance(page, OrganisationsPage)
    wait_until(lambda: bool(page.lines.parts()))
    page._open_merge("lscft")
    settled(screen)
    assert problems(screen) == []
