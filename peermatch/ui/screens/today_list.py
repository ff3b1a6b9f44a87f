"""What to do next: one line for each matter, with one press to the step that is prepared for it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.services.today_jobs import Job
from peermatch.ui.screens.duties_page import Lines
from peermatch.ui.screens.today_words import Line
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Row, Rule
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.text import HEADING, SMALL, STRONG, TINY, Text
from peermatch.words import tr

DOWN, UP = (Qt.Key.Key_J, Qt.Key.Key_Down), (Qt.Key.Key_K, Qt.Key.Key_Up)
WAYS: dict[int, int] = {**{key.value: 1 for key in DOWN}, **{key.value: -1 for key in UP}}
"""Which keys go to the next line, and which to the one before."""
AT_FIRST = 13
"""Lines that are listed before somebody asks for more."""
MORE = 100
"""So many come with one press."""
NOTHING = tr("Nothing waits for you today.")
NOTHING_NOTE = tr("New letters, answers that are due and dates that bite come here by themselves.")
LET_GO = tr("Let it go")


class TodayLine(QWidget):
    """``pressed`` brings the line, ``let_go`` the line whose introduction is let go."""

    pressed = Signal(object)
    let_go = Signal(object)

    def __init__(self, theme: Theme, line: Line, *, first: bool) -> None:
        super().__init__()
        self.line = line
        self.setAccessibleName(line.title)
        self.chip = Chip(theme, line.chip, line.kind)
        self.button = Button(theme, line.press, kind="primary" if first else "plain", small=True)
        self.button.setAccessibleName(f"{line.press}: {line.title}")
        self.button.setAccessibleDescription(line.note)
        self.button.clicked.connect(self._press)
        whole = Column(theme, self, spacing=0)
        whole.addWidget(Rule())
        row = Row(theme, spacing=14, margins=(18, 11, 18, 11))
        whole.addLayout(row)
        chips = Column(theme, spacing=0)
        chips.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self._place = QWidget()
        self._place.setLayout(chips)
        words = Column(theme, spacing=1)
        words.addWidget(Text(theme, line.title, STRONG))
        words.addWidget(Text(theme, line.note, SMALL))
        row.addWidget(self._place)
        row.addLayout(words, 1)
        if line.lapse is not None:
            row.addWidget(self._lapse_button(theme))
        row.addWidget(self.button)
        self._theme = theme
        theme.changed.connect(self._retheme)
        self._retheme()

    def _lapse_button(self, theme: Theme) -> Button:
        button = Button(
            theme, LET_GO, kind="quiet", small=True, note=tr("No answer came: they are free again")
        )
        button.setAccessibleName(f"{LET_GO}: {self.line.title}")
        theme.read_only.bar(button)
        button.clicked.connect(self._let_go)
        return button

    @Slot()
    def _press(self) -> None:
        self.pressed.emit(self.line)

    @Slot()
    def _let_go(self) -> None:
        self.let_go.emit(self.line)

    @Slot()
    def _retheme(self) -> None:
        self._place.setMinimumWidth(self._theme.px(84))


class TodayList(Card):
    """``chosen`` and ``let_go`` bring a line; ``wanted``: a new letter is to be read."""

    chosen = Signal(object)
    let_go = Signal(object)
    wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, margins=(0, 6, 0, 6), spacing=0)
        self._theme = theme
        self._jobs: Sequence[Job] = ()
        self._words: Callable[[Job], Line] | None = None
        self._lines: tuple[Line, ...] = ()
        self._left = 0
        self._most = AT_FIRST
        head = Row(theme, margins=(18, 10, 18, 12))
        head.addWidget(Text(theme, tr("What to do next"), HEADING), 1)
        self._order = Text(theme, tr("most pressing first"), TINY, wrap=False)
        head.addWidget(self._order)
        self.body.addLayout(head)
        self.rows = Lines(theme, spacing=0)
        self.more = Button(theme, "", kind="quiet", small=True)
        more = Row(theme, margins=(18, 6, 18, 8))
        more.addWidget(self.more)
        more.addStretch(1)
        self.empty = EmptyState(
            theme, "circle-check", NOTHING, NOTHING_NOTE, action=tr("New enquiry"), writes=True
        )
        self.body.addWidget(self.rows)
        self.body.addLayout(more)
        self.body.addWidget(self.empty)
        self.body.addStretch(1)
        self.more.clicked.connect(self._show_more)
        self.empty.acted.connect(self.wanted)
        self.empty.hide()
        self.more.hide()

    def show_jobs(self, jobs: Sequence[Job], words: Callable[[Job], Line]) -> None:
        """Show these, each in its words; the keyboard stays on the line that it was on."""
        self._jobs, self._words = jobs, words
        before = self._lines, self._left
        if before != self._in_words() or not jobs:
            self._fill()

    def _in_words(self) -> tuple[tuple[Line, ...], int]:
        """The lines that are listed, and how many more there are: of thousands nobody reads, no words are made."""
        self._lines = tuple(map(self._words, self._jobs[: self._most])) if self._words is not None else ()
        self._left = len(self._jobs) - len(self._lines)
        return self._lines, self._left

    def take_focus(self) -> None:
        """Begin with the most pressing."""
        first = next(iter(self._buttons()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """J and K or the arrows go from line to line; left alone, a button takes the arrows to its neighbour."""
        way = WAYS.get(event.key()) if isinstance(event, QKeyEvent) else None
        if way is None or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        self._step(way)
        return True

    def _step(self, way: int) -> None:
        buttons = self._buttons()
        here = next((n for n, each in enumerate(buttons) if each.hasFocus()), -1)
        there = max(0, min(len(buttons) - 1, here + way))
        if buttons:
            buttons[there].setFocus(Qt.FocusReason.TabFocusReason)

    def _buttons(self) -> list[Button]:
        return [part.button for part in self.rows.parts().values() if isinstance(part, TodayLine)]

    def _fill(self) -> None:
        shown, left = self._lines, self._left
        self.rows.put((each.key, self._row(each, first=not place)) for place, each in enumerate(shown))
        self.rows.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        self._order.setVisible(bool(shown))
        self.more.setVisible(left > 0)
        self.more.set_text(tr("Show {left} more").format(left=min(left, MORE)))

    def _row(self, line: Line, *, first: bool) -> TodayLine:
        row = TodayLine(self._theme, line, first=first)
        row.button.installEventFilter(self)
        row.pressed.connect(self.chosen)
        row.let_go.connect(self.let_go)
        return row

    @Slot()
    def _show_more(self) -> None:
        self._most += MORE
        self._in_words()
        self._fill()
        self.take_focus()
