"""What a change of weights would do to today's shortlists, beside the fields and as quick as the typing."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.services.policies import PolicyPreview
from peermatch.ui.screens.policy_words import YOUR_CHANGE, headline, preview_rows, rest_words
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column, Panel, Row, Scroll
from peermatch.ui.widgets.queue_list import QueueView
from peermatch.ui.widgets.stack import Stack
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import count_of, tr


class PolicyPreviewPanel(Panel):
    """``opened`` brings the reference of the shortlist that somebody wants to see."""

    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "raised", edge="left", parent=parent)
        self._theme = theme
        self._shown: tuple[PolicyPreview, tuple[str, ...]] | None = None
        column = Column(theme, self, spacing=6, margins=(1, 16, 0, 12))
        head = Column(theme, spacing=4, margins=(18, 0, 18, 4))
        self._heading = Text(theme, "", HEADING)
        self._rest = Text(theme, "", SMALL)
        head.addWidget(self._heading)
        head.addWidget(self._rest)
        column.addLayout(head)
        self.list = QueueView(theme, name=tr("What would change"))
        self._empty = EmptyState(theme, "scroll-text", "")
        self._stack = Stack()
        self._stack.addWidget(self.list)
        self._words = Scroll(self._empty, name=tr("What a change would do"))
        self._stack.addWidget(self._words)
        # In a small window with large letters the sentence above stays whole, and the list scrolls in what is left.
        self.list.setMinimumHeight(theme.px(40))
        self._words.setMinimumHeight(theme.px(40))
        inset = Row(theme, margins=(8, 0, 8, 0))
        inset.addWidget(self._stack)
        column.addLayout(inset, 1)
        self.list.opened.connect(self._open)
        theme.cover.changed.connect(self._again)

    def heading(self) -> str:
        """The sentence above the list."""
        return self._heading.words()

    def words(self) -> str:
        """Everything above the list."""
        return f"{self._heading.words()}\n{self._rest.words()}"

    def show_nothing(self, lists: int) -> None:
        """The fields are as they are in force."""
        self._shown = None
        self._say(tr("What a change would do"), "")
        today = count_of(lists, "shortlist") if lists else "shortlists"
        self._empty.set_words(
            tr("Nothing is changed yet."),
            tr(
                "Change a number, and today's {today} are ranked with it at once. Nothing is kept until you "
                "say so."
            ).format(today=today),
        )
        self._stack.setCurrentWidget(self._words)

    def show_fault(self, count: int) -> None:
        """Something in the fields cannot be ranked with."""
        self._shown = None
        self._say(tr("What a change would do"), "")
        what = tr("One number needs") if count == 1 else tr("{count} of the values need").format(count=count)
        self._empty.set_words(
            tr("{what} another look.").format(what=what), tr("Then this side shows what the change would do.")
        )
        self._stack.setCurrentWidget(self._words)

    def show_preview(self, preview: PolicyPreview, changes: Sequence[str]) -> None:
        """The answer for what stands in the fields."""
        self._shown = (preview, tuple(changes))
        self._say(headline(preview), rest_words(preview))
        self._again()

    def _say(self, heading: str, rest: str) -> None:
        if heading != self._heading.words():
            self._heading.set_text(heading)
            announce(self._heading, heading)
        self._rest.set_text(rest)
        self._rest.setVisible(bool(rest))

    @Slot()
    def _again(self) -> None:
        if self._shown is None:
            return
        rows = preview_rows(*self._shown, self._theme.cover)
        if self.list.rows() != rows:
            self.list.set_rows(rows)
        self._stack.setCurrentWidget(self.list)

    @Slot(str)
    def _open(self, key: str) -> None:
        if key != YOUR_CHANGE:
            self.opened.emit(key)
