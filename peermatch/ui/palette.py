"""The palette (Ctrl+K): go to, do, find; over the window, as somebody types, and gone with Esc.

What is typed stays in this field: no completer remembers it, nothing writes it down, and what was chosen is
remembered until the network locks, as ids.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from operator import itemgetter

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from peermatch.errors import PeerMatchError
from peermatch.services.finding import worth
from peermatch.services.office import Services
from peermatch.services.sample import is_sample
from peermatch.services.search import Index, Passage, Passages, Place, Sort
from peermatch.ui.palette_goals import goal_names, places, steps
from peermatch.ui.palette_rows import LATELY, Item, Lines, heading_of, under_headings
from peermatch.ui.palette_steps import Goal, Reach
from peermatch.ui.soon import soon
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Row
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.queue_list import QueueRow, QueueView
from peermatch.ui.widgets.text import SMALL, TINY, Text
from peermatch.words import tr

NAME = tr("Search people, enquiries, topics, letters")
WIDTH, HEIGHT, AIR, TOP = 640, 560, 16, 48
PAUSE_MS = 120
"""So long nobody has to type before letters and notes are looked through."""
MOST_PLACES, MOST_GOALS, MOST_OF_A_SORT, MOST_TOPICS, MOST_RECENT = 40, 8, 6, 4, 6
HOW = tr("Up and Down choose, Enter opens, Esc goes back.")
NOTHING = tr("Nothing is called that, and no letter or note says it. Try other words.")
DIM = 90
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}


class SearchLine(QLineEdit):
    """One line that keeps the focus while the list below is walked through: ``walked`` brings by how many rows."""

    walked = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(NAME)
        self.setAccessibleDescription(HOW)
        self.setPlaceholderText(NAME)
        self.setAcceptDrops(False)
        private = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        self.setInputMethodHints(private)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows walk through the list, Esc goes back."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step:
            self.walked.emit(step)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Palette(QWidget):
    """``go`` asks for a screen, at a record or page; ``command`` for a step of the window."""

    go = Signal(str, str, str)
    command = Signal(str)

    def __init__(self, services: Services, tasks: Tasks, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._theme = services, tasks, theme
        self._over = parent
        self._sample = is_sample(services.folder)
        self._goals = goal_names(sample=self._sample)
        self._index: Index | None = None
        self._passages = Passages()
        self._recent: list[Goal | Place] = []
        self._items: dict[str, Item] = {}
        self._before: QWidget | None = None
        self.line = SearchLine()
        self.view = QueueView(theme, name=tr("Found"))
        self._nothing = Text(theme, NOTHING, SMALL)
        self._count = Text(theme, "", TINY, wrap=False)
        self._card = Card(theme, margins=(12, 12, 12, 10), spacing=8)
        self._pause = soon(self, self._look_in_texts, PAUSE_MS)
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        self._card.body.addWidget(self.line)
        self._card.body.addWidget(self.view, 1)
        self._card.body.addWidget(self._nothing)
        self._card.body.addStretch(0)
        foot = Row(self._theme, spacing=12)
        foot.addWidget(self._count, 1)
        foot.addWidget(Text(self._theme, tr("↑ ↓ choose · Enter opens · Esc back"), TINY, wrap=False))
        self._card.body.addLayout(foot)
        self._card.setParent(self)
        self.setAccessibleName(tr("Search"))

    def _connect(self) -> None:
        self.line.textChanged.connect(self._typed)
        self.line.walked.connect(self._walk)
        self.line.left.connect(self.put_away)
        self.line.returnPressed.connect(self._open_current)
        self.view.opened.connect(self._open)
        self.view.clicked.connect(self._open_current)
        self._theme.cover.changed.connect(self._show)
        self._theme.changed.connect(self._fit)
        self._over.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]  # there is one

    @Slot()
    def open(self) -> None:
        """Come up empty, over what is shown; what had the focus gets it back."""
        if self.isVisible():
            self.line.selectAll()
            self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self._before = self.window().focusWidget()
        self.line.setText("")
        self._fit()
        self._show()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self._tasks.run(self, self._services.search.index, self._indexed, self._failed)

    @Slot()
    def put_away(self) -> None:
        """Go, and leave nothing typed behind."""
        if self.isHidden():
            return
        self._close()
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def _close(self) -> None:
        self.hide()
        self._pause.stop()
        self._passages = Passages()
        self._index = None
        self.line.setText("")
        self._items = {}
        self.view.set_rows(())

    def shown(self) -> tuple[QueueRow, ...]:
        """The lines that are shown."""
        return tuple(self.view.rows())

    # Finding.

    @Slot(str)
    def _typed(self, _text: str) -> None:
        if self.isVisible():
            self._passages = Passages()
            self._pause.start()
            self._show()

    @Slot()
    def _look_in_texts(self) -> None:
        typed = self.line.text()
        work = partial(self._services.search.texts, typed, self._index)
        self._tasks.run(self, work, partial(self._texts_came, typed), self._failed)

    def _texts_came(self, typed: str, passages: Passages) -> None:
        if self.isVisible() and typed == self.line.text():
            self._passages = passages
            self._show()
            announce(self.line, self._count.words())

    def _indexed(self, index: Index) -> None:
        if self.isVisible():
            self._index = index
            if self.line.text():
                self._show()

    def _failed(self, error: PeerMatchError) -> None:
        self._count.set_text(error.what)
        announce(self.line, error.what, urgent=True)

    def _found(self) -> Iterator[tuple[Item, str]]:
        """What is offered, each under its heading."""
        typed = self.line.text().strip()
        if not typed:
            yield from ((item, LATELY) for item in self._recent)
            screens = (place for place in places() if not place.page)
            yield from ((item, heading_of(item)) for item in (*screens, *steps(sample=self._sample)))
            return
        for item in self._ranked(typed):
            yield item, heading_of(item)
        yield from ((passage, heading_of(passage)) for passage in self._passages.shown)

    def _ranked(self, typed: str) -> Iterator[Item]:
        """What is called like that, the best first; what fits far less than the best is left out."""
        scored: list[tuple[float, Item]] = []
        scored += [(score, goal) for goal, score in self._goals.find(typed, MOST_GOALS)]
        if self._index is not None:
            scored += [(score, place) for place, score in self._index.names.find(typed, MOST_PLACES)]
        scored.sort(key=itemgetter(0), reverse=True)
        return (item for score, item in scored if score > worth(scored[0][0]))

    # Showing.

    @Slot()
    def _show(self) -> None:
        """The lines as picture and cover are now; the first is chosen anew with each letter."""
        desk = self._services.desk
        lines = Lines(desk.snapshot, desk.today, self._theme.cover)
        rows = ((item, lines.row(item), heading) for item, heading in self._found())
        there = [(item, replace(row, heading=heading)) for item, row, heading in rows if row is not None]
        few = tuple(_few_of_each(there))
        self._items = {row.key: item for item, row in few}
        self.view.set_rows([row for _, row in under_headings(few)])
        typed = bool(self.line.text().strip())
        self.view.setVisible(bool(few))
        self._nothing.setVisible(not few)
        cut = len(there) > len(few) or self._passages.more
        more = tr(", and more: type another word") if cut else ""
        self._count.set_text(tr("{few} found{more}").format(few=len(few), more=more) if typed else "")
        self.view.scrollToTop()
        if few:
            self.view.set_current(self.view.rows()[0].key)

    @Slot(int)
    def _walk(self, step: int) -> None:
        rows = self.view.rows()
        if rows:
            keys = [row.key for row in rows]
            now = keys.index(self.view.current()) if self.view.current() in keys else 0
            self.view.set_current(keys[max(0, min(len(keys) - 1, now + step))])
            self.view.scrollTo(self.view.currentIndex())
            announce(self.line, str(self.view.currentIndex().data()))

    @Slot()
    def _open_current(self) -> None:
        self._open(self.view.current())

    @Slot(str)
    def _open(self, key: str) -> None:
        item = self._items.get(key)
        if item is None:
            return
        if isinstance(item, Goal) and item.reach is not Reach.GO:
            self._remember(item)
            self.put_away()
            self.command.emit(item.key)
            return
        self._remember(item)
        desk = self._services.desk
        lines = Lines(desk.snapshot, desk.today, self._theme.cover)
        target = (item.key, item.page, "") if isinstance(item, Goal) else lines.target(item)
        self.put_away()
        self.go.emit(*target)

    def _remember(self, item: Item) -> None:
        """For this session alone; a passage would keep words, so it is not remembered."""
        if not isinstance(item, Passage):
            others = (each for each in self._recent if each != item)
            self._recent = [item, *islice(others, MOST_RECENT - 1)]

    # The window around it.

    @Slot()
    def _fit(self) -> None:
        px, room = self._theme.px, self._over.rect()
        self.setGeometry(room)
        width = min(px(WIDTH), room.width() - 2 * px(AIR))
        height = min(px(HEIGHT), room.height() - px(TOP) - px(AIR))
        self._card.setGeometry((room.width() - width) // 2, px(TOP), width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as what it lies over."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Whoever goes elsewhere has finished here."""
        if self.isVisible() and new is not None and new is not self and not self.isAncestorOf(new):
            self._close()

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Tab goes from the line to the list and back, and not to what lies below."""
        other = self.line if self.view.hasFocus() or not self.view.isVisible() else self.view
        other.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the list goes back as well; nothing that is typed here reaches the screen below."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press beside the card puts it away."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.put_away()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What lies below is dimmed."""
        QPainter(self).fillRect(self.rect(), QColor(0, 0, 0, DIM))


def _few_of_each(lines: list[tuple[Item, QueueRow]]) -> Iterator[tuple[Item, QueueRow]]:
    """The first so many under each heading; one long list must not hide the others."""
    seen: Counter[str] = Counter()
    for item, row in lines:
        seen[row.heading] += 1
        most = MOST_TOPICS if isinstance(item, Place) and item.sort is Sort.TOPIC else MOST_OF_A_SORT
        if not isinstance(item, Place) or seen[row.heading] <= most:
            yield item, row
