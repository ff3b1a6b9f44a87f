"""Insight in the real widgets: charts by keys with their tables, gaps that lead on, and sharing that shows all."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from peermatch.model.insight_period import Period, months_to
from peermatch.model.network import Network
from peermatch.services.office import Services
from peermatch.ui.choosers import Choosers
from peermatch.ui.read_only import VIEWED
from peermatch.ui.screens.insight import InsightScreen
from peermatch.ui.screens.insight_share import READ_FIRST
from peermatch.ui.screens.insight_words import GAPS, PAGES, SHARE, WAITS
from peermatch.ui.theme import Scheme, Theme, apply_theme
from peermatch.ui.widgets.charts import ChartView
from tests.networks import PASSPHRASE
from tests.services.figures_world import BUSY, FIRST_HALF
from tests.ui.conftest import RESOURCES
from tests.ui.readable import accessible_name, problems
from tests.ui.real_networks import doors
from tests.ui.sample_office import Bench, bench_on, sample


class Chosen:
    """The folder that a person would choose."""

    def __init__(self) -> None:
        self.folder: Path | None = None

    def choosers(self) -> Choosers:
        return Choosers(report=self._report)

    def _report(self, _parent: QWidget, _start: Path) -> Path | None:
        return self.folder


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    place = tmp_path_factory.mktemp("busy") / "busy.peermatch"
    services = doors().create(place, BUSY, PASSPHRASE, with_recovery=False).services
    yield services
    services.lock()


@pytest.fixture
def chosen() -> Chosen:
    return Chosen()


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, busy: Services, chosen: Chosen) -> Iterator[Bench]:
    with bench_on(busy, lambda s, t: InsightScreen(s, t, theme, choosers=chosen.choosers())) as made:
        with qtbot.waitActive(made.page):
            made.page.activateWindow()
        made.rest()
        yield made


def screen_of(desk: Bench) -> InsightScreen:
    assert isinstance(desk.screen, InsightScreen)
    return desk.screen


def lines(chart: ChartView) -> list[str]:
    return [mark.words for mark in chart.marks()]


def test_the_overview_says_it_in_plain_words(desk: Bench) -> None:
    screen = screen_of(desk)
    demand = screen.overview.demand
    assert lines(demand.chart) == [
        "Gay man: 9 enquiries asked for it, nobody",
        "Less than full-time training: 3 enquiries asked for it, nobody",
        "ADHD: 32 enquiries asked for it, 12 can help",
        "Failing an exam: 12 enquiries asked for it, 18 can help",
    ]
    assert [mark.figures for mark in demand.chart.marks()][2] == "32 asked · 12 can help"
    assert demand.note.words() == (
        "Ordered by the widest gap. Pairs of topics that nobody covers: ADHD + Failing an exam."
    )
    assert [each.words() for each in screen.overview.figures.figures] == ["44", "2", "5.5 days"]
    assert screen.overview.sentence.words() == (
        "39 people take part; 1 helped in this time; 37 were never asked; nobody has more than 1 in hand."
    )
    assert lines(screen.overview.months.chart)[:3] == [
        "December 2025: 0 enquiries",
        "January 2026: 4 enquiries",
        "February 2026: 6 enquiries",
    ]
    assert screen.top_items().note == (
        "1 December 2025 to 20 November 2026 · small numbers are hidden when you share this"
    )


def test_arrow_keys_walk_through_the_bars_and_the_table_says_the_same(desk: Bench) -> None:
    demand = screen_of(desk).overview.demand
    assert demand.chart.hasFocus()
    interface = QAccessible.queryAccessibleInterface(demand.chart)
    assert interface.role() in (QAccessible.Role.List, QAccessible.Role.Table)
    assert accessible_name(demand.chart) == "What people ask for, and who can help"
    for key, row in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Right, 2), (Qt.Key.Key_Up, 1), (Qt.Key.Key_Left, 0)):
        QTest.keyClick(demand.chart, key)
        assert demand.chart.currentIndex().row() == row
    QTest.keyClick(demand.chart, Qt.Key.Key_Up)
    assert demand.chart.currentIndex().row() == 0
    plain = demand.chart.grab().toImage()
    demand.turn.setFocus(Qt.FocusReason.TabFocusReason)
    desk.rest()
    assert demand.chart.grab().toImage() != plain, "the ring goes with the keyboard"
    QTest.keyClick(demand.turn, Qt.Key.Key_Return)
    desk.rest()
    assert demand.as_table
    assert demand.table.hasFocus()
    assert [demand.table.cell(0, column).text for column in range(4)] == ["Gay man", "9", "nobody", "0"]
    demand.turn.click()
    assert demand.chart.isVisible()
    assert not demand.as_table


def test_topics_headings_and_pairs(desk: Bench) -> None:
    demand = screen_of(desk).overview.demand
    segments = demand.kind.segments()
    segments[1].click()
    assert lines(demand.chart)[0] == "Sexual orientation: 9 enquiries asked for it, nobody"
    segments[2].click()
    assert lines(demand.chart) == ["ADHD + Failing an exam: 12 enquiries asked for it, nobody"]
    segments[0].click()
    assert not demand.more.isVisible()


def test_another_time_is_chosen_or_typed(desk: Bench) -> None:
    screen = screen_of(desk)
    screen.period.switch.segments()[2].click()
    desk.rest()
    assert screen.overview.figures.figures[0].words() == "5"
    screen.period.switch.segments()[3].click()
    assert screen.period.first.hasFocus()
    for first, last, errors in (
        ("soon", "3 Mar 2026", ("Write the day like 3 Mar 2027.", "")),
        ("3 Mar 2026", "2 Mar 2026", ("", "This day is before the first one.")),
        ("3 Mar 2026", "3 Mar 2027", ("", "This day has not come yet.")),
    ):
        screen.period.first.set_value(first)
        screen.period.last.set_value(last)
        screen.period.show_button.click()
        assert tuple(field.error() for field in screen.period.fields) == errors
    screen.period.first.set_value("1/1/2026")
    screen.period.last.set_value("30 June 2026")
    QTest.keyClick(screen.period.last, Qt.Key.Key_Return)
    desk.rest()
    assert screen.period.period == FIRST_HALF
    assert screen.overview.figures.figures[0].words() == "32"


def test_gaps_come_worst_first_and_lead_on(desk: Bench) -> None:
    screen = screen_of(desk)
    screen.open_at(GAPS)
    desk.rest()
    assert [card.table.accessibleName() for card in screen.gaps.cards] == ["Nobody has it"]
    assert screen.gaps.cards[0].table.hasFocus()
    screen.look()
    desk.rest()
    assert screen.gaps.cards[0].table.hasFocus()


def test_waits_and_outcomes(desk: Bench) -> None:
    screen = screen_of(desk)
    screen.open_at(WAITS)
    desk.rest()
    told = [screen.waits.waits.cell(1, column).text for column in range(4)]
    assert told == [
        "From asking a supporter to their answer",
        "1.5 working days",
        "4 working days so far",
        "1 waiting, the longest for 4 working days",
    ]
    assert lines(screen.waits.outcomes.chart)[0] == "Introduced to a supporter: 2 of 44 enquiries"


def test_sharing_shows_all_first_and_then_saves(desk: Bench, chosen: Chosen, tmp_path: Path) -> None:
    screen = screen_of(desk)
    screen.act()
    desk.rest()
    page = screen.sharing
    assert page.times.words() == "1 November 2025 to 31 October 2026"
    assert "Nothing has left yet" in page.status.words()
    assert page.report is not None
    assert all("Zqx" not in label for label in map(str, page.report.sheets))
    assert desk.services.figures.publishing.past() == ()
    assert not page.save.isEnabled(), "nobody shares what they have not read"
    assert page.save.accessibleDescription() == READ_FIRST
    page.on.setFocus()
    while not page.read:
        page.on.click()
    assert page.save.hasFocus()
    assert not page.on.isVisible()
    page.ticks["pdf"].setChecked(False)
    page.save.click()
    assert page.banner.isVisible()
    page.ticks["csv"].setChecked(True)
    page.save.click()
    assert desk.services.figures.publishing.past() == (), "whoever chooses no folder shares nothing"
    chosen.folder = tmp_path
    page.save.click()
    desk.rest()
    (report,) = desk.services.figures.publishing.past()
    assert [path.name for path in tmp_path.glob("peer*")] == [f"{report.stem}.csv"]
    assert desk.notices == [f"The report of {report.times} is saved, and what left is kept."]
    assert page.before.cell(0, 0).text == report.times
    screen.period.switch.segments()[1].click()
    desk.rest()
    assert page.times.words() in ("", "1 June 2026 to 31 October 2026")
    page.before.pressed.emit(0, 2)
    desk.rest()
    assert page.report == report
    assert "as it left then" in page.status.words()


def test_a_month_that_is_not_over_is_not_shared(desk: Bench) -> None:
    screen = screen_of(desk)
    screen.period._take(Period(desk.services.desk.today.replace(day=1), desk.services.desk.today))
    screen.open_at(SHARE)
    desk.rest()
    assert screen.sharing.report is None
    assert not screen.sharing.save.isEnabled()
    assert screen.sharing.banner.isVisible()


def test_as_many_whole_months_are_shared_as_were_chosen(desk: Bench) -> None:
    screen = screen_of(desk)
    assert screen.period.period == months_to(desk.services.desk.today, 12)
    screen.open_at(SHARE)
    desk.rest()
    assert screen.sharing.report is not None
    assert screen.sharing.report.period == Period(date(2025, 11, 1), date(2026, 10, 31))


def test_what_is_only_looked_at_is_not_shared(desk: Bench, theme: Theme) -> None:
    theme.read_only.set_reason(VIEWED)
    screen = screen_of(desk)
    screen.open_at(SHARE)
    desk.rest()
    assert not screen.sharing.save.isEnabled()
    assert screen.sharing.save.accessibleDescription() == VIEWED
    theme.read_only.set_reason("")


@pytest.mark.parametrize(
    ("size", "scheme", "scale"),
    [
        ((1232, 844), Scheme.DARK, 100),
        ((960, 600), Scheme.LIGHT, 100),
        ((960, 600), Scheme.HIGH_CONTRAST, 200),
    ],
)
def test_nothing_is_cut_in_any_look(
    qtbot: QtBot, qapp: QApplication, busy: Services, size: tuple[int, int], scheme: Scheme, scale: int
) -> None:
    theme = apply_theme(qapp, RESOURCES, scheme, scale)
    with bench_on(busy, lambda s, t: InsightScreen(s, t, theme)) as desk:
        desk.page.resize(*size)
        for page, _ in PAGES:
            screen_of(desk).open_at(page)
            desk.rest()
            assert problems(desk.page) == []


def test_an_empty_network_says_what_will_be_here(
    qtbot: QtBot, theme: Theme, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("empty") / "empty.peermatch"
    services = doors().create(place, Network("Ours"), PASSPHRASE, with_recovery=False).services
    with bench_on(services, lambda s, t: InsightScreen(s, t, theme)) as desk:
        screen = screen_of(desk)
        assert "Nobody asked for anything in this time" in screen.overview.demand.note.words()
        assert screen.overview.sentence.words() == "Nobody takes part yet."
        for page, _ in PAGES:
            screen.open_at(page)
            desk.rest()
            assert problems(desk.page) == []
        screen.open_at(GAPS)
        assert screen.gaps.nothing.isVisible()
    services.lock()


def test_a_gap_leads_to_consent_or_to_the_supporters(
    qtbot: QtBot, theme: Theme, tmp_path_factory: pytest.TempPathFactory
) -> None:
    services = sample(tmp_path_factory.mktemp("sample"))
    with bench_on(services, lambda s, t: InsightScreen(s, t, theme)) as desk:
        screen = screen_of(desk)
        screen.open_at(GAPS)
        desk.rest()
        names = [card.table.accessibleName() for card in screen.gaps.cards]
        assert names == ["Nobody has it", "Nobody is free", "Few for what is asked"]
        screen.gaps.cards[1].table.pressed.emit(0, 3)
        assert desk.went == [("supporters", "", "")]
    services.lock()
