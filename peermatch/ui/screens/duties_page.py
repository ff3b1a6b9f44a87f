"""What the pages on data protection share: a head with its buttons, a banner, and a column that scrolls."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.services.office import Services
from peermatch.ui.screens.duties_form import DutyForm
from peermatch.ui.screens.emptied import empty
from peermatch.ui.soon import soon
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Panel, Row, Scroll
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.seen import ReadWhenSeen
from peermatch.ui.widgets.text import SMALL, TITLE, Text
from peermatch.words import tr

WIDEST = 860
HALF_TYPED = tr("Something half-typed stands here. Note it or cancel it first.")


class DutyPage(ReadWhenSeen):
    """``did``: a command was committed; ``go``: show something elsewhere; ``changed``: the counter may be another."""

    did = Signal(Done)
    go = Signal(str, str, str)
    changed = Signal()

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        theme: Theme,
        title: str,
        intro: str,
        buttons: Sequence[Button] = (),
    ) -> None:
        super().__init__()
        self.services, self.tasks, self.theme = services, tasks, theme
        self.banner = Banner(theme, "error", "")
        self._inner, self._page = QWidget(), QWidget()
        self._shown_part: QWidget | None = None
        head = Panel(theme, "canvas", edge="bottom")
        words = Text(theme, title, TITLE)
        first = Spread(theme, words, Flow(theme, buttons, gap=10)) if buttons else words
        self._head = QWidget()
        Column(theme, self._head, spacing=0).addWidget(first)
        above = Row(theme, head, margins=(20, 12, 20, 12))
        above.addWidget(self._head, 100)
        above.addStretch(1)
        outer = Row(theme, self._page, margins=(20, 16, 20, 20))
        outer.addWidget(self._inner, 100)
        outer.addStretch(1)
        self.body = Column(theme, self._inner, spacing=12)
        self.body.addWidget(Text(theme, intro, SMALL))
        self.body.addWidget(self.banner)
        self.banner.hide()
        self._scroll = Scroll(self._page, name=title)
        column = Column(theme, self, spacing=0)
        column.addWidget(head)
        column.addWidget(self._scroll, 1)
        self._reveal = soon(self, self._scroll_to_part)  # once a part has its height it is scrolled to
        theme.changed.connect(self._widen)
        self._widen()

    def add(self, *parts: QWidget) -> None:
        """Put these below what stands there already."""
        for part in parts:
            self.body.addWidget(part)

    def take_focus(self) -> None:
        """Begin with the first thing to do."""

    def show_error(self, error: PeerMatchError) -> None:
        """Say above everything what went wrong."""
        self.banner.show_message("error", error.what, error.hint)
        self.bring_into_sight(self.banner)

    def refuse_in(self, forms: Sequence[DutyForm], error: PeerMatchError) -> None:
        """Say it in the form that is open, else above everything."""
        form = next((each for each in forms if not each.isHidden()), None)
        if form is None:
            self.show_error(error)
        else:
            form.refuse(error.what, error.hint)

    def go_on_in(self, form: DutyForm) -> None:
        """Show a form that is open already as it is: what is typed stays."""
        form.take_focus()
        self.bring_into_sight(form)

    def in_the_way(self, form: DutyForm) -> None:
        """Something else was asked for while a form is half-typed: it is shown rather than wiped."""
        form.banner.show_message("wait", HALF_TYPED, "")
        self.go_on_in(form)

    def open_instead(
        self, form: DutyForm, open_it: Callable[[], None], other: DutyForm, *, half_typed: bool
    ) -> None:
        """Open a form in the place of another, unless that is half-typed; one that is open stays as it is."""
        self.banner.hide()
        if half_typed:
            self.in_the_way(other)
        elif form.isHidden():
            other.close_up()
            open_it()
            self.bring_into_sight(form)
        else:
            self.go_on_in(form)

    def begin_in(self, forms: Sequence[DutyForm], otherwise: QWidget) -> None:
        """Put the keyboard into the form that is open, else on the first thing to do."""
        form = next((each for each in forms if not each.isHidden()), None)
        if form is None:
            otherwise.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.go_on_in(form)

    def leave(self, forms: Sequence[DutyForm]) -> None:
        """Close what was open, and begin at the top again."""
        for form in forms:
            form.close_up()
        self.to_top()
        self.take_focus()

    def bring_into_sight(self, part: QWidget) -> None:
        """Scroll to a part once it has its place."""
        self._shown_part = part
        self._reveal.start()

    def to_top(self) -> None:
        """Back to where the page begins."""
        self._scroll.verticalScrollBar().setValue(0)

    @Slot()
    def _scroll_to_part(self) -> None:
        if self._shown_part is not None and self._page.isAncestorOf(self._shown_part):
            top = self._shown_part.mapTo(self._page, QPoint(0, 0)).y()
            self._scroll.verticalScrollBar().setValue(top - self.theme.px(12))

    @Slot()
    def _widen(self) -> None:
        for part in (self._inner, self._head):
            part.setMaximumWidth(self.theme.px(WIDEST))


class Lines(QWidget):
    """Cards below each other, each with a key; the keyboard stays on the line of the same key when they are new."""

    def __init__(self, theme: Theme, *, spacing: float = 8) -> None:
        super().__init__()
        self._column = Column(theme, self, spacing=spacing)
        self._parts: dict[str, QWidget] = {}

    def parts(self) -> dict[str, QWidget]:
        """What is shown."""
        return dict(self._parts)

    def put(self, parts: Iterable[tuple[str, QWidget]]) -> None:
        """Show these instead."""
        held = self._held()
        old = list(self._parts)
        empty(self._column)
        self._parts = dict(parts)
        for part in self._parts.values():
            self._column.addWidget(part)
        if held is not None:
            self._give_back(held, old)

    def _held(self) -> str | None:
        held = (
            key for key, part in self._parts.items() if any(e.hasFocus() for e in part.findChildren(QWidget))
        )
        return next(held, None)

    def _give_back(self, key: str, old: list[str]) -> None:
        """The same line, else the one that has taken its place, else whatever comes next by itself."""
        place = min(old.index(key), len(self._parts) - 1)
        if place >= 0:
            first_stop(self._parts[key] if key in self._parts else list(self._parts.values())[place])


def first_stop(part: QWidget) -> None:
    """Put the keyboard on the first thing of a part that can be pressed or typed into."""
    stops = (each for each in part.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus)
    found = next((each for each in stops if each.isEnabled() and not each.isHidden()), None)
    if found is not None:
        found.setFocus(Qt.FocusReason.OtherFocusReason)
