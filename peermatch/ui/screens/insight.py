"""Insight: demand and supply, gaps, waits and load, in true numbers here and with small ones hidden when shared."""

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
from peermatch.ui.widgets.made_late import MadeLate
from peermatch.ui.widgets.tab_order import come_as_laid_out
from peermatch.words import tr

Page = OverviewPage | GapsPage | WaitsPage | SharePage


class InsightScreen(PagedScreen):
    """What is shown is counted on the worker when somebody looks, and again when something was done."""

    title = tr("Insight")

    def __init__(
        self, services: Services, tasks: Tasks, theme: Theme, *, choosers: Choosers | None = None
    ) -> None:
        super().__init__(services, tasks, theme, PAGES, tr("Page of Insight"))
        self.found: Insight | None = None
        self._stale = True
        self.period = PeriodBar(theme, services.desk.today)
        self.banner = Banner(theme, "error", "")
        self.banner.hide()
        self._choosers = choosers or Choosers()
        self.overview = OverviewPage(theme)
        self._gaps, self._waits = MadeLate(self._make_gaps), MadeLate(self._make_waits)
        self._sharing = MadeLate(self._make_sharing)
        pages = {OVERVIEW: self.overview, GAPS: self._gaps, WAITS: self._waits, SHARE: self._sharing}
        self.lay_out(pages, ruled=False, beside=self.period.switch)
        column = self.layout()
        if isinstance(column, QBoxLayout):
            column.insertWidget(1, self.period)
            column.insertWidget(2, self.banner)
        self.period.chosen.connect(self._chosen)
        self.switch.chosen.connect(self._turned)

    def _make_gaps(self) -> GapsPage:
        gaps = GapsPage(self.theme)
        gaps.wanted.connect(self._go_to)
        if self.found is not None:
            gaps.show_insight(self.found, self.services.desk.snapshot.reference.vocabulary)
        return gaps

    def _make_waits(self) -> WaitsPage:
        waits = WaitsPage(self.theme)
        if self.found is not None:
            waits.show_insight(self.found)
        return waits

    def _make_sharing(self) -> SharePage:
        sharing = SharePage(self.services, self.tasks, self.theme, self._choosers)
        sharing.did.connect(self._did)
        return sharing

    @property
    def gaps(self) -> GapsPage:
        """Who is missing; built when somebody first comes to it, as the two below."""
        return self._gaps.made

    @property
    def waits(self) -> WaitsPage:
        """How long each side waits, and how it ended."""
        return self._waits.made

    @property
    def sharing(self) -> SharePage:
        """What leaves as a report."""
        return self._sharing.made

    def begin(self, reason: Qt.FocusReason) -> None:
        """Begin with the first thing on the page."""
        page = self._pages[self.page]
        shown = page.made if isinstance(page, MadeLate) else page
        if isinstance(shown, Page):
            shown.take_focus()

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
        if self._gaps.built is not None:
            self._gaps.built.show_insight(found, vocabulary)
        if self._waits.built is not None:
            self._waits.built.show_insight(found)
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
