"""Insight: demand and supply, gaps, waits and load, in true numbers here and with small ones hidden when shared."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done, Touched
from peermatch.model.insight import Insight
from peermatch.services.office import Services
from peermatch.ui.choosers import Choosers
from peermatch.ui.screen import TopItems
from peermatch.ui.screens.insight_gaps import GapsPage
from peermatch.ui.screens.insight_overview import OverviewPage
from peermatch.ui.screens.insight_period_bar import PeriodBar
from peermatch.ui.screens.insight_share import SharePage
from peermatch.ui.screens.insight_waits import WaitsPage
from peermatch.ui.screens.insight_words import (
    GAPS,
    HIDDEN_WHEN_SHARED,
    OVERVIEW,
    PAGES,
    SHARE,
    WAITS,
    period_words,
)
from peermatch.ui.screens.paged import PagedScreen
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.tab_order import come_as_laid_out
from peermatch.words import tr

Page = OverviewPage | GapsPage | WaitsPage | SharePage


class InsightScreen(PagedScreen):
    """What is shown is counted on the worker when somebody looks, and again when something was done."""

    title = tr("Insight")
    _pages: Mapping[str, Page]

    def __init__(
        self, services: Services, tasks: Tasks, theme: Theme, *, choosers: Choosers | None = None
    ) -> None:
        super().__init__(services, tasks, theme, PAGES, tr("Page of Insight"))
        self.found: Insight | None = None
        self._stale = True
        self.period = PeriodBar(theme, services.desk.today)
        self.banner = Banner(theme, "error", "")
        self.banner.hide()
        self.overview, self.gaps, self.waits = OverviewPage(theme), GapsPage(theme), WaitsPage(theme)
        self.sharing = SharePage(services, tasks, theme, choosers or Choosers())
        pages: dict[str, Page] = {
            OVERVIEW: self.overview,
            GAPS: self.gaps,
            WAITS: self.waits,
            SHARE: self.sharing,
        }
        self.lay_out(pages, ruled=False, beside=self.period.switch)
        column = self.layout()
        if isinstance(column, QBoxLayout):
            column.insertWidget(1, self.period)
            column.insertWidget(2, self.banner)
        self.period.chosen.connect(self._chosen)
        self.gaps.wanted.connect(self._go_to)
        self.sharing.did.connect(self._did)
        self.switch.chosen.connect(self._turned)

    def begin(self, reason: Qt.FocusReason) -> None:
        """Begin with the first thing on the page."""
        self._pages[self.page].take_focus()

    def showEvent(self, event: QShowEvent) -> None:
        """Only what is looked at is counted."""
        self.period.renew(self.services.desk.today)
        if self._stale or (self.found and self.found.on != self.services.desk.today):
            self.look()
        super().showEvent(event)

    def look(self) -> None:
        """Count it all on the worker."""
        self._stale = False
        work = partial(self.services.figures.insights.of, self.period.period, self.services.desk.today)
        self.tasks.run(self, work, self._show, self.show_error)
        if self.page == SHARE:
            self.sharing.prepare(self.period.period)

    def refresh(self, touched: Touched) -> None:
        """Something was done: count it now, or when somebody looks."""
        self._stale = True
        if self.isVisible():
            self.look()

    def open_at(self, reference: str = "", supporter: str = "") -> None:
        """Show a page by its name."""
        if reference in self._pages:
            self.turn_to(reference)
            self._turned(reference)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def top_items(self) -> TopItems:
        """Of which time the numbers are, and the way to share them."""
        note = f"{period_words(self.period.period)} · {HIDDEN_WHEN_SHARED}"
        return TopItems(note=note, action="" if self.page == SHARE else tr("Share …"))

    @Slot()
    def act(self) -> None:
        """Show what would leave."""
        self.open_at(SHARE)

    def show_error(self, error: PeerMatchError) -> None:
        """Say it above the numbers."""
        self.banner.show_message("error", error.what, error.hint)

    def _show(self, found: Insight) -> None:
        self.found = found
        self.banner.hide()
        vocabulary = self.services.desk.snapshot.reference.vocabulary
        self.overview.show_insight(found, vocabulary)
        self.gaps.show_insight(found, vocabulary)
        self.waits.show_insight(found)
        come_as_laid_out(self)
        if self.hasFocus():  # there was nothing to begin with before
            self.begin(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot(object)
    def _chosen(self, _period: object) -> None:
        self.look()
        self.changed.emit()

    @Slot(str)
    def _turned(self, page: str) -> None:
        if page == SHARE and self.isVisible():
            self.sharing.prepare(self.period.period)

    @Slot(str)
    def _go_to(self, screen: str) -> None:
        self.go.emit(screen, "", "")

    @Slot(Done)
    def _did(self, done: Done) -> None:
        self.did.emit(done)
