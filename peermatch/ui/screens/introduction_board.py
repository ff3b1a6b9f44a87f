"""The board: all introductions in hand by how far they have come, each with its clock; a press opens one."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from peermatch.model.introduction import Introduction, State
from peermatch.model.posted import Written
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.introduction_words import letters_of, name_of, row
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Tiles
from peermatch.ui.widgets.built_late import BuiltLate
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.queue_list import QueueRow, QueueView
from peermatch.ui.widgets.text import HEADING, SMALL, SectionLabel, Text
from peermatch.words import tr

STAGES = (
    (State.ASKED, tr("Asked"), tr("Nobody is waited for.")),
    (State.ACCEPTED, tr("Ask the trainee"), tr("No trainee is to be asked.")),
    (State.AGREED, tr("Both said yes"), tr("No card is to be sent.")),
    (State.INTRODUCED, tr("Introduced"), tr("Nobody is in touch now.")),
)
HOW = tr("Enter or a click opens one. The arrow keys go up, down and across.")
AIR = 4


class WholeList(QueueView):
    """As high as all its rows: the page scrolls, and never a list within it."""

    def set_rows(self, rows: Sequence[QueueRow], *, current: str = "") -> None:
        """Show these rows, and have room for them."""
        super().set_rows(rows, current=current)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew, so rows are higher or lower."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now the rows are measured."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(sum(self.sizeHintForRow(number) for number in range(len(self.rows()))) + AIR)


class Stage(Card):
    """One column: its name with how many stand there, and their rows with clocks."""

    def __init__(self, theme: Theme, name: str, nothing: str) -> None:
        super().__init__(theme, ground="raised", margins=(8, 12, 8, 8), spacing=6)
        self._name = name
        self.heading = SectionLabel(theme, name)
        self._nothing = Text(theme, nothing, SMALL)
        self.list = WholeList(theme, name=name)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inset = Column(theme, spacing=4, margins=(8, 0, 8, 0))
        inset.addWidget(self.heading)
        inset.addWidget(self._nothing)
        self.body.addLayout(inset)
        self.body.addWidget(self.list)
        self.body.addStretch(1)

    def show_rows(self, rows: Sequence[QueueRow]) -> None:
        """Who stands here; an empty column keeps its place."""
        self.heading.set_text(f"{self._name} · {len(rows)}")
        self.list.setAccessibleName(f"{self._name}, {len(rows)}")
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus if rows else Qt.FocusPolicy.NoFocus)
        self._nothing.setVisible(not rows)
        if list(self.list.rows()) != list(rows):
            self.list.set_rows(rows)
            self.list.clearSelection()


class IntroductionBoard(BuiltLate, QWidget):
    """``opened`` brings the key of the introduction that a person wants to see; built when it is turned to."""

    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def _build(self) -> None:
        theme = self._theme
        self.stages = {state: Stage(theme, name, nothing) for state, name, nothing in STAGES}
        column = Column(theme, self, spacing=10, margins=(22, 16, 22, 18))
        column.addWidget(Text(theme, tr("Board"), HEADING))
        column.addWidget(Text(theme, HOW, SMALL))
        tiles = Tiles(theme, columns=4, least=196)
        tiles.set_tiles(list(self.stages.values()))
        column.addWidget(tiles, 1)
        for stage in self.stages.values():
            stage.list.opened.connect(self.opened)
            stage.list.clicked.connect(self._clicked)
            stage.list.chosen.connect(self._follow)
            stage.list.installEventFilter(self)

    def show_board(
        self, snapshot: Snapshot, listed: Sequence[Introduction], on: date, written: Written
    ) -> None:
        """All that is in hand; what needs somebody first stands first in its column."""
        for state, stage in self.stages.items():
            stage.show_rows([self._row(snapshot, i, on, written) for i in listed if i.state is state])

    def take_focus(self) -> None:
        """Begin in the first column where anybody stands."""
        self._go(0, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left and right go across; a column that is left shows nobody as chosen."""
        lists = [stage.list for stage in self.stages.values()]
        place = next((number for number, each in enumerate(lists) if each is watched), 0)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
            if step:
                self._go(place + step, step)
                return True
        elif event.type() == QEvent.Type.FocusOut:
            lists[place].clearSelection()
        elif event.type() == QEvent.Type.FocusIn and lists[place].currentIndex().isValid():
            lists[place].setCurrentIndex(lists[place].currentIndex())
        return False

    def _row(self, snapshot: Snapshot, each: Introduction, on: date, written: Written) -> QueueRow:
        name = self._theme.cover.shown(name_of(snapshot, each.supporter))
        return row(each, name, on, letters_of(each, written))

    def _go(self, place: int, step: int) -> None:
        lists = [stage.list for stage in self.stages.values()]
        while 0 <= place < len(lists):
            if lists[place].rows():
                lists[place].setFocus(Qt.FocusReason.TabFocusReason)
                return
            place += step

    @Slot()
    def _follow(self) -> None:
        """Keep the row in sight that the keyboard has come to."""
        view, above = self.sender(), self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(view, QueueView) and above is not None:
            place = view.visualRect(view.currentIndex())
            top = view.mapTo(self, place.topLeft())
            above.ensureVisible(top.x(), top.y(), 0, self._theme.px(8))
            above.ensureVisible(top.x(), top.y() + place.height(), 0, self._theme.px(8))

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        found = next(s.list for s in self.stages.values() if s.list.model() is index.model())
        self.opened.emit(found.rows()[index.row()].key)
