"""Today: what needs the coordinator, the most pressing first, each with one press to the step that is prepared."""

from datetime import date
from functools import partial

from PySide6.QtCore import QLocale, Slot
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done, Touched
from peermatch.model.introduction import Step
from peermatch.services.office import Services
from peermatch.services.today_jobs import Today
from peermatch.ui.screen import Screen, TopItems
from peermatch.ui.screens.supporter_facets import NEVER_ASKED_PLACE
from peermatch.ui.screens.today_list import TodayList
from peermatch.ui.screens.today_side import FigureCard, ThinCard
from peermatch.ui.screens.today_words import NEW_PLACE, Line, asked_note, ending_note, line, waiting_note
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Scroll, Tiles
from peermatch.ui.widgets.tab_order import come_as_laid_out
from peermatch.words import in_words, tr


class TodayScreen(Screen):
    """Reads on the worker what the day brings; the page stays as it was until the answer is there."""

    title = tr("Today")

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__(services, tasks, theme)
        self._page = Today(services.desk.today)
        self._read_on: date | None = None
        self._wants_focus = False
        self.banner = Banner(theme, "error", "")
        self.banner.hide()
        self.waiting = FigureCard(theme, tr("Waiting for a first reply"))
        self.asked = FigureCard(theme, tr("Supporters asked, no answer yet"))
        self.ending = FigureCard(theme, tr("Consent to ask for"))
        self.list = TodayList(theme)
        self.thin = ThinCard(theme)
        figures = Tiles(theme, columns=3, least=160, spacing=16)
        figures.set_tiles((self.waiting, self.asked, self.ending))
        below = Tiles(theme, columns=2, least=400, spacing=16, shares=(2, 1))
        below.set_tiles((self.list, self.thin))
        self._content = QWidget()
        column = Column(theme, self._content, spacing=16, margins=(24, 22, 24, 22))
        for part in (self.banner, figures, below):
            column.addWidget(part)
        column.addStretch(1)
        self._scroll = Scroll(self._content, name=tr("Today"))
        Column(theme, self, spacing=0).addWidget(self._scroll)
        self.list.chosen.connect(self._go)
        self.list.let_go.connect(self._let_go)
        self.list.wanted.connect(self._new_enquiry)
        self.thin.see_wanted.connect(self._see_never_asked)
        self.thin.plan_wanted.connect(self._plan_recruitment)
        theme.cover.changed.connect(self._show)
        self._content.hide()
        self.refresh(Touched())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins with the most pressing line, as soon as it is there."""
        super().focusInEvent(event)
        self._wants_focus = self._read_on is None
        if not self._wants_focus:
            self.list.take_focus()

    def showEvent(self, event: QShowEvent) -> None:
        """Another day may have begun since."""
        super().showEvent(event)
        if self._read_on not in (None, self._today):
            self.refresh(Touched())

    def refresh(self, touched: Touched) -> None:
        """Ask anew what the day brings."""
        self.tasks.run(self, partial(self.services.days.of, self._today), self._read, self.show_error)

    def top_items(self) -> TopItems:
        """Which day it is."""
        weekday = QLocale(QLocale.Language.English).dayName(self._today.isoweekday())
        return TopItems(note=f"{weekday} {in_words(self._today).rpartition(' ')[0]}")

    def count(self) -> str:
        """How many lines there are."""
        return str(len(self._page.jobs) or "")

    def show_error(self, error: PeerMatchError) -> None:
        """What went wrong, above everything."""
        self._content.show()
        self.banner.show_message("error", error.what, error.hint)

    @property
    def _today(self) -> date:
        return self.services.desk.today

    def _read(self, page: Today) -> None:
        self._page, self._read_on = page, page.on
        self.banner.hide()
        self._show()
        self._content.show()
        if self._wants_focus and self.hasFocus():
            self._wants_focus = False
            self.list.take_focus()
        self.changed.emit()

    @Slot()
    def _show(self) -> None:
        page, picture = self._page, self.services.desk.snapshot
        known = [job for job in page.jobs if not job.enquiry or job.enquiry in picture.enquiries]
        self.list.show_jobs(known, partial(line, picture=picture, cover=self.theme.cover, on=page.on))
        self.waiting.show_figure(page.waiting.count, waiting_note(page.waiting, page.on))
        self.asked.show_figure(page.asked.count, asked_note(page.asked, page.on))
        self.ending.show_figure(page.ending.count, ending_note(page.ending))
        self.thin.show_thin(page.thin, picture)
        self.thin.show_never(page.never_asked)
        come_as_laid_out(self._content)

    @Slot(object)
    def _go(self, chosen: Line) -> None:
        self.go.emit(*chosen.place)

    @Slot(object)
    def _let_go(self, chosen: Line) -> None:
        if chosen.lapse is not None:
            work = partial(self.services.introductions.take, Step.LAPSE, *chosen.lapse, self._today)
            self.tasks.run(self, work, self._done, self.show_error)

    def _done(self, done: Done) -> None:
        self.did.emit(done)

    @Slot()
    def _new_enquiry(self) -> None:
        self.go.emit("enquiries", NEW_PLACE, "")

    @Slot()
    def _see_never_asked(self) -> None:
        self.go.emit("supporters", NEVER_ASKED_PLACE, "")

    @Slot()
    def _plan_recruitment(self) -> None:
        self.go.emit("insight", "gaps", "")
