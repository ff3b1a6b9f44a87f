"""The plan for all who wait: a proposal that is changed pair by pair and worked out again; it asks nobody."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFocusEvent, QShowEvent

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Touched
from peermatch.model.plan import Cost, Pair, Plan
from peermatch.services.office import Services
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screen import Screen, TopChip, TopItems
from peermatch.ui.screens.plan_choices import (
    Choices,
    Solved,
    as_draft,
    cost_of_choosing,
    from_draft,
    solve,
)
from peermatch.ui.screens.plan_details import Subject, detail, options
from peermatch.ui.screens.plan_head import PlanHead
from peermatch.ui.screens.plan_list import PlanList
from peermatch.ui.screens.plan_pane import PlanPane
from peermatch.ui.screens.plan_words import change_words, headline, let_go_words, pin_words, reach, rows
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Panel, Scroll
from peermatch.ui.widgets.columns import Columns, Pane
from peermatch.ui.widgets.stack import Stack
from peermatch.ui.widgets.states import EmptyState
from peermatch.words import tr


class PlanScreen(Screen):
    """The plan is worked out on the worker when it is looked at, after each change, and when the picture changes."""

    title = tr("Plan")

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__(services, tasks, theme)
        self._plan: Plan | None = None
        self._choices = Choices()
        self._current = ""
        # ``_asked`` counts what was asked of the worker: an answer to anything but the last is not shown.
        self._asked, self._under_way, self._stale = 0, False, True
        self.head = PlanHead(theme)
        self.banner = Banner(theme, "error", "")
        self.banner.hide()
        self.list = PlanList(theme)
        self.pane = PlanPane(theme)
        self.empty = EmptyState(
            theme,
            "list-checks",
            tr("No enquiry is waiting."),
            tr("When letters come in, the plan for all of them stands here."),
            action=tr("Go to the enquiries"),
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = self.theme
        right = Panel(theme, "canvas")
        self._scroll = Scroll(self.pane, name=tr("The pair"))
        Column(theme, right).addWidget(self._scroll)
        self.columns = Columns(
            theme, [Pane(self.list, 400, 260), Pane(right, 0, 380)], fold=(tr("Enquiries"), tr("Pair"))
        )
        self.columns.show_aside()
        whole = Panel(theme, "canvas")
        column = Column(theme, whole, spacing=0)
        column.addWidget(self.head)
        strip = Column(theme, spacing=0, margins=(16, 0, 16, 0))
        strip.addWidget(self.banner)
        column.addLayout(strip)
        column.addWidget(self.columns, 1)
        self._pages = Stack()
        for page in (whole, self.empty):
            self._pages.addWidget(page)
        Column(theme, self, spacing=0).addWidget(self._pages)
        self._whole = whole
        self.pane.hide()

    def _connect(self) -> None:
        self.head.undone.connect(self._undo_all)
        self.list.view.chosen.connect(self._choose)
        self.list.view.clicked.connect(self.columns.show_main)
        self.list.view.opened.connect(self._step_on)
        self.list.view.pinned.connect(self._pin_row)
        self.list.view.ruled_out.connect(self._rule_out_row)
        self.pane.asked.connect(self._ask)
        self.pane.opened.connect(self._open)
        self.pane.pinned.connect(self._pin)
        self.pane.ruled_out.connect(self._rule_out)
        self.pane.choosing.connect(self._turn_options)
        self.pane.options.chosen.connect(self._take)
        self.pane.options.allowed.connect(self._allow)
        self.pane.options.wanted.connect(self._count)
        self.pane.options.closed.connect(self._close_options)
        self.empty.acted.connect(self._go_to_enquiries)
        self.theme.cover.changed.connect(self._show_list)

    # What the window asks of every screen.

    @property
    def plan(self) -> Plan | None:
        """The plan that is shown."""
        return self._plan

    @property
    def choices(self) -> Choices:
        """What was changed by hand."""
        return self._choices

    @property
    def reference(self) -> str:
        """The enquiry that is chosen, or ""."""
        return self._current

    def draft(self) -> dict[str, object]:
        """The pins and what was ruled out, to be set aside in the encrypted file while the network is locked."""
        return as_draft(self._choices)

    def take_draft(self, values: Mapping[str, object]) -> None:
        """Go on from what was set aside; pairs that no longer hold are let go, and it is said which."""
        self._choices = from_draft(values)
        self.refresh(Touched())

    def refresh(self, touched: Touched) -> None:
        """The picture has changed: plan anew as soon as somebody looks."""
        self._stale = True
        if self.isVisible():
            self._solve()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks."""
        super().showEvent(event)
        old = self._plan is not None and self._plan.on != self.services.desk.today
        if (self._stale or old) and not event.spontaneous():
            self._solve()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins in the list; as a proxy it would let Tab pass by what stands above."""
        super().focusInEvent(event)
        (self.list.view if self.list.view.isVisible() else self.pane.ask).setFocus(event.reason())

    def open_at(self, reference: str = "", supporter: str = "") -> None:
        """Show one enquiry of the plan."""
        self._current = reference
        self._show()

    def top_items(self) -> TopItems:
        """How much was changed by hand."""
        pinned, out = len(self._choices.pinned), len(self._choices.ruled_out)
        said = [tr("{pinned} pinned").format(pinned=pinned)] if pinned else []
        said += [tr("{out} ruled out").format(out=out)] if out else []
        return TopItems(tuple(TopChip(each, "violet") for each in said), tr("a proposal for all who wait"))

    def show_error(self, error: PeerMatchError) -> None:
        """What went wrong, below the headline."""
        self.banner.show_message("error", error.what, error.hint)

    # Working it out.

    @property
    def _picture(self) -> Snapshot:
        return self.services.desk.snapshot

    def _solve(self) -> None:
        """Ask for the plan, once at a time: what is asked meanwhile is asked after it."""
        self._stale = True
        self._asked += 1
        if self._under_way:
            return
        self._under_way, self._stale = True, False
        self.head.begin()
        work = partial(solve, self.services.plans, self.services.desk.today, self._choices)
        self.tasks.run(self, work, self._solved, self._not_solved)

    def _solved(self, solved: Solved) -> None:
        self._under_way = False
        for gone in solved.let_go:
            if (gone.enquiry, gone.supporter) in self._choices.pinned:
                self._choices = self._choices.unpin(gone.enquiry)
        if solved.let_go:
            self.banner.show_message("info", let_go_words(solved.let_go))
        if self._stale:
            self._solve()
            return
        self.head.end()
        self._plan, self._choices = solved.plan, solved.choices
        self._show()

    def _not_solved(self, error: PeerMatchError) -> None:
        self._under_way = False
        self.head.end()
        self.show_error(error)
        if self._stale:
            self._solve()

    def _change(self, choices: Choices) -> None:
        self._choices = choices
        self.banner.hide()
        self._solve()

    # Choosing and showing.

    def _show(self) -> None:
        plan = self._plan
        if plan is None:
            return
        if not plan.waiting and not plan.held:
            self._pages.setCurrentWidget(self.empty)
        else:
            self._pages.setCurrentWidget(self._whole)
            change = change_words(plan, self._choices)
            self.head.show_words(
                headline(plan), reach(plan, self._picture), change, changed=bool(self._choices.count)
            )
            self._show_list()
            self._show_detail()
        self.changed.emit()

    @Slot()
    def _show_list(self) -> None:
        if self._plan is None:
            return
        listed = rows(self._plan, self._picture, self.theme.cover, self._choices)
        keys = [row.key for row in listed]
        if self._current not in keys:
            planned = [key for key in keys if key not in self._plan.held]
            self._current = next(iter(planned or keys), "")
        self.list.show_rows(listed, self._current)

    def _show_detail(self) -> None:
        subject = self._subject()
        found = detail(self.services, subject) if subject is not None else None
        self.pane.setVisible(found is not None)
        if subject is None or found is None:
            return
        self.pane.show_detail(found)
        if subject.pair is not None and subject.pair.pinned:
            work = partial(self.services.plans.cost_of, subject.plan, subject.reference)
            self.tasks.run(
                self, work, partial(self._pin_costs, self._asked, subject.reference), self.show_error
            )
        if self.pane.options.isVisibleTo(self.pane):
            self._fill_options(subject)

    def _subject(self) -> Subject | None:
        enquiry = self._picture.enquiries.get(self._current)
        if self._plan is None or enquiry is None:
            return None
        return Subject.of(self._plan, enquiry, self._choices)

    def _pair(self) -> Pair | None:
        subject = self._subject()
        return subject.pair if subject is not None else None

    def _pin_costs(self, asked: int, reference: str, cost: Cost) -> None:
        if (asked, reference) == (self._asked, self._current):
            self.pane.show_cost(pin_words(cost))

    @Slot(str)
    def _choose(self, reference: str) -> None:
        self._current = reference
        self._close_options()
        self._scroll.verticalScrollBar().setValue(0)
        self._show_detail()

    # Changing it by hand.

    @Slot()
    def _undo_all(self) -> None:
        self._change(Choices())

    @Slot()
    def _pin(self) -> None:
        pair = self._pair()
        if pair is not None:
            keep, reference = self._choices, pair.enquiry
            self._change(keep.unpin(reference) if pair.pinned else keep.pin(reference, pair.supporter))

    @Slot()
    def _rule_out(self) -> None:
        pair = self._pair()
        if pair is not None:
            self._change(self._choices.rule_out(pair.enquiry, pair.supporter))

    @Slot(str)
    def _pin_row(self, reference: str) -> None:
        if reference == self._current:
            self._pin()

    @Slot(str)
    def _rule_out_row(self, reference: str) -> None:
        if reference == self._current:
            self._rule_out()

    # Choosing somebody else.

    @Slot()
    def _turn_options(self) -> None:
        if self.pane.options.isVisibleTo(self.pane):
            self._close_options()
            return
        subject = self._subject()
        if subject is not None:
            self.pane.show_options(shown=True)
            self._fill_options(subject)

    def _fill_options(self, subject: Subject) -> None:
        self.pane.options.show_people(options(self.services, subject))
        self.pane.options.go_on()

    @Slot()
    def _close_options(self) -> None:
        self.pane.options.forget()
        self.pane.show_options(shown=False)

    @Slot(str)
    def _count(self, supporter: str) -> None:
        """Ask what one of them would cost, one at a time: whatever else is asked comes in between."""
        if self._plan is None:
            return
        work = partial(cost_of_choosing, self.services.plans, self._plan, self._current, supporter)
        then = partial(self._counted, self._asked, self._current, supporter)
        self.tasks.run(self, work, then, self.show_error)

    def _counted(self, asked: int, reference: str, supporter: str, cost: Cost | str) -> None:
        if (asked, reference) == (self._asked, self._current):
            self.pane.options.show_cost(supporter, cost)

    @Slot(str)
    def _take(self, supporter: str) -> None:
        self._close_options()
        self.pane.other.setFocus(Qt.FocusReason.OtherFocusReason)
        self._change(self._choices.pin(self._current, supporter))

    @Slot(str)
    def _allow(self, supporter: str) -> None:
        self.pane.other.setFocus(Qt.FocusReason.OtherFocusReason)
        self._change(self._choices.allow(self._current, supporter))

    # The way on.

    @Slot(str)
    def _step_on(self, reference: str) -> None:
        """Enter: the letter for a pair, else the enquiry."""
        if reference == self._current:
            self._ask()

    @Slot()
    def _ask(self) -> None:
        pair = self._pair()
        self.go.emit("enquiries", self._current, pair.supporter if pair is not None else "")

    @Slot()
    def _open(self) -> None:
        self.go.emit("enquiries", self._current, "")

    @Slot()
    def _go_to_enquiries(self) -> None:
        self.go.emit("enquiries", "", "")
