"""The middle of the enquiries: one letter with what it needs, its details, its history, or a new one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.enquiry import Enquiry
from peermatch.model.letter import Proposal
from peermatch.services.incoming import Draft
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.chip_row import ChipRow, ChipSpec
from peermatch.ui.screens.enquiry_away import AwayPanel
from peermatch.ui.screens.enquiry_from import FromLine
from peermatch.ui.screens.enquiry_history import HistoryView
from peermatch.ui.screens.enquiry_intake import Arrived
from peermatch.ui.screens.enquiry_letter import LetterCard
from peermatch.ui.screens.enquiry_needs import NeedsPanel
from peermatch.ui.screens.enquiry_reply import OPEN
from peermatch.ui.screens.enquiry_report import ArrivalReport
from peermatch.ui.screens.finder import EditableText, Finder
from peermatch.ui.screens.new_enquiry import NewEnquiry
from peermatch.ui.screens.side_by_side import SideBySide
from peermatch.ui.soon import soon
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel, Row, Scroll
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.made_late import MadeLate
from peermatch.ui.widgets.segmented import Segmented
from peermatch.ui.widgets.stack import Stack
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.text import SMALL, SectionLabel, Text
from peermatch.words import tr

if TYPE_CHECKING:
    from peermatch.ui.screens.enquiry_details import DetailsView

LETTER, DETAILS, HISTORY = "letter", "details", "history"

READ_HERE = tr(
    "Topics and signs of danger are read from the letter on this computer; nothing leaves it. "
    "Not every sign is found, so please read each letter yourself."
)


class EnquiryPane(Panel):
    """Shows one enquiry; its parts speak for themselves and the screen listens to them.

    ``turned``: the page of a new enquiry has come or gone.
    """

    turned = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "canvas", edge="right", parent=parent)
        self.setAccessibleName(tr("The enquiry"))
        self._theme = theme
        self.segments = Segmented(
            theme,
            [(LETTER, tr("Letter")), (DETAILS, tr("Details")), (HISTORY, tr("History"))],
            name=tr("Show"),
        )
        self.who = FromLine(theme)
        self.letter = LetterCard(theme)
        self.needs = NeedsPanel(theme)
        self.away = AwayPanel(theme)
        self.safe = EditableText(
            theme,
            name=tr("How to reach them safely"),
            nothing=tr("Not said. Ask before you write or ring."),
            private=True,
        )
        self.safe_offer = ChipRow(theme, writes=True)
        theme.cover.changed.connect(self._recover)
        self.write_back = Button(theme, OPEN, small=True, icon="mail")
        self.write_back.hide()
        self.late_details = MadeLate(self._make_details)
        self.late_new = MadeLate(lambda: NewEnquiry(theme))
        self.late_report = MadeLate(lambda: ArrivalReport(theme))
        self._shown: tuple[Enquiry, Proposal | None, Snapshot] | None = None
        self._typed: dict[tuple[str, Finder], str] = {}
        self.history = HistoryView(theme)
        self.empty = EmptyState(
            theme,
            "inbox",
            tr("Letters will be read here."),
            tr("What they need is read from the letter on this computer, and you confirm it."),
        )
        self._pages = Stack()
        self._letter_page = Scroll(self._page(self._letter_parts()), name=tr("Letter and needs"))
        self._details_page = Scroll(self._page([self.late_details]), name=tr("Details"))
        self._history_page = Scroll(self._page([self.history]), name=tr("History"))
        self._enquiry_page = self._build_enquiry()
        column = Column(theme, self, margins=(18, 18, 11, 14), spacing=12)
        self._outer = Stack()
        for page in (self._enquiry_page, self.late_new, self.empty, self.late_report):
            self._outer.addWidget(page)
        self._began_new = False
        self._outer.currentChanged.connect(self._turn)
        self._reply_page: Scroll | None = None
        column.addWidget(self._outer)
        self.segments.chosen.connect(self.show_page)
        self.late_details.came.connect(self._show_details)
        self._closing = soon(self, self._scroll_to_closing)  # once the page has its height

    def _make_details(self) -> "DetailsView":
        from peermatch.ui.screens.enquiry_details import DetailsView

        return DetailsView(self._theme)

    @property
    def details(self) -> "DetailsView":
        """What is kept about the enquiry; built when somebody comes to it, as the two below."""
        return self.late_details.made

    @property
    def new(self) -> NewEnquiry:
        """The page of a new enquiry."""
        return self.late_new.made

    @property
    def report(self) -> ArrivalReport:
        """What became of many letters."""
        return self.late_report.made

    def _letter_parts(self) -> list[QWidget]:
        safe = QWidget()
        group = Column(self._theme, safe, spacing=5)
        for part in (SectionLabel(self._theme, tr("How to reach them safely")), self.safe, self.safe_offer):
            group.addWidget(part)
        back = Flow(self._theme, (self.write_back,))
        return [self.letter, back, self.needs, self.away, safe, Text(self._theme, READ_HERE, SMALL)]

    def _page(self, parts: Sequence[QWidget]) -> QWidget:
        page = QWidget()
        column = Column(self._theme, page, spacing=14, margins=(4, 2, 11, 4))
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        return page

    def _build_enquiry(self) -> QWidget:
        page = QWidget()
        column = Column(self._theme, page, spacing=12)
        head = SideBySide(self._theme, self.segments, self.who)
        above = Row(self._theme, margins=(4, 0, 0, 0))
        above.addWidget(head)
        column.addLayout(above)
        for inner in (self._letter_page, self._details_page, self._history_page):
            self._pages.addWidget(inner)
        column.addWidget(self._pages, 1)
        return page

    def show_enquiry(
        self, enquiry: Enquiry, draft: Draft | None, snapshot: Snapshot, *, keep_name: bool
    ) -> None:
        """Everything about one enquiry as it stands."""
        another = self._shown is None or self._shown[0].reference != enquiry.reference
        if another:
            for each in self.findChildren(EditableText):
                each.forget()
            self._put_away()
        proposal = draft.proposal if draft else None
        self.who.show_enquiry(enquiry, keep=keep_name)
        self.letter.show_letter(enquiry, draft)
        self.show_wanted(enquiry, proposal, snapshot)
        self.safe.set_value(enquiry.requester.safe_contact or "")
        self._offer_safe(enquiry, proposal)
        self._shown = enquiry, proposal, snapshot
        if another:
            self._go_on(enquiry.reference)
        if self.late_details.built is not None:
            self._show_details()
        if self._outer.currentWidget() is self.empty:
            self._outer.setCurrentWidget(self._enquiry_page)

    def _put_away(self) -> None:
        """What is being looked for belongs to the enquiry that goes, and waits there; what may fit is folded again."""
        self.needs.more.fold()
        for finder in (self.needs.finder, self.away.finder):
            typed = finder.put_away()
            if self._shown is not None and typed:
                self._typed[self._shown[0].reference, finder] = typed

    def _go_on(self, reference: str) -> None:
        """Once the enquiry that comes is shown, what was being looked for in it stands open again."""
        for finder in (self.needs.finder, self.away.finder):
            if typed := self._typed.pop((reference, finder), ""):
                finder.go_on(typed)

    @Slot(int)
    def mark_lines(self, number: int) -> None:
        """A save begins: if it is of words in a line, that line knows them by its number."""
        for each in self.findChildren(EditableText):
            each.mark(number)

    def settle_lines(self, number: int, why: str = "") -> None:
        """Whether what was written into a line is kept; where it could not be, it is not lost, and says why."""
        for each in self.findChildren(EditableText):
            each.give_back(number, why) if why else each.let_go(number)

    @Slot()
    def _show_details(self) -> None:
        if self._shown is not None:
            self.details.show_details(*self._shown)

    def show_wanted(self, enquiry: Enquiry, proposal: Proposal | None, snapshot: Snapshot) -> None:
        """The part that follows every press: needs, and whom to keep away from."""
        self.needs.show_needs(enquiry.needs, proposal, snapshot.reference.vocabulary)
        self.away.show_exclusions(enquiry.exclusions, proposal, snapshot)

    def show_empty(self) -> None:
        """There is nothing to show yet."""
        if self._outer.currentWidget() not in (self.late_new, self.late_report):
            self._outer.setCurrentWidget(self.empty)

    def show_new(self) -> None:
        """The page of a new enquiry."""
        self._outer.setCurrentWidget(self.late_new)
        self.new.open()

    @property
    def begins_new(self) -> bool:
        """Whether the page of a new enquiry stands instead of the letter."""
        return self._outer.currentWidget() is self.late_new

    @Slot()
    def _turn(self) -> None:
        if self._began_new != self.begins_new:
            self._began_new = self.begins_new
            self.turned.emit()

    def close_new(self, *, empty: bool) -> None:
        """Back to the letter."""
        self._outer.setCurrentWidget(self.empty if empty else self._enquiry_page)

    def add_reply(self, reply: QWidget) -> None:
        """The page of the first reply, which is the screen's own."""
        self._reply_page = Scroll(reply, name=tr("The first reply"))
        self._outer.addWidget(self._reply_page)

    def add_more(self, more: QWidget) -> None:
        """What came after the first letter, below it."""
        inner = self._letter_page.widget().layout()
        if isinstance(inner, Column):
            inner.insertWidget(inner.indexOf(self.letter) + 1, more)

    def add_page(self, page: QWidget) -> None:
        """A page that may stand instead of the enquiry."""
        self._outer.addWidget(page)

    def show_other(self, page: QWidget) -> None:
        """One of those pages."""
        self._outer.setCurrentWidget(page)

    def show_reply(self) -> None:
        """The first reply instead of the letter."""
        if self._reply_page is not None:
            self._outer.setCurrentWidget(self._reply_page)

    def show_report(self, arrived: Arrived) -> None:
        """What became of many letters, instead of the first of them."""
        self._outer.setCurrentWidget(self.late_report)
        self.report.show_report(arrived)

    @property
    def page(self) -> str:
        """Which part is shown."""
        return self.segments.current()

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show the letter, the details or the history."""
        self.segments.set_current(key)
        if key == DETAILS:
            self.late_details.make()
        pages = {LETTER: self._letter_page, DETAILS: self._details_page, HISTORY: self._history_page}
        self._pages.setCurrentWidget(pages[key])

    def show_closing(self) -> None:
        """The end of the details: closing, and the letters that go with it."""
        self.show_page(DETAILS)
        self.details.close_it.setFocus(Qt.FocusReason.OtherFocusReason)
        self._closing.start()

    @Slot()
    def _scroll_to_closing(self) -> None:
        half = self._details_page.viewport().height() // 2
        self._details_page.ensureWidgetVisible(self.details.close_it, 0, half)

    def to_top(self) -> None:
        """Another enquiry begins at its beginning."""
        for page in (self._letter_page, self._details_page, self._history_page):
            page.verticalScrollBar().setValue(0)

    @Slot()
    def _recover(self) -> None:
        if self._shown is not None:
            self._offer_safe(*self._shown[:2])

    def _offer_safe(self, enquiry: Enquiry, proposal: Proposal | None) -> None:
        said = proposal.safe_contact if proposal else None
        offer = said and said != enquiry.requester.safe_contact
        note = tr("The letter says so. Press to keep it.")
        self.safe_offer.set_chips(
            [ChipSpec(str(said), f"+ “{self._theme.cover.shown(said)}”", "suggested", note=note)]
            if said and offer
            else []
        )
        self.safe_offer.setVisible(bool(offer))
