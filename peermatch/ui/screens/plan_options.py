"""Whom else an enquiry of the plan could be given: each with a score, and what it would cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.model.plan import Cost
from peermatch.ui.screens.plan_words import option_words
from peermatch.ui.screens.side_by_side import SideBySide
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.score_ring import ScoreRing
from peermatch.ui.widgets.text import SMALL, STRONG, TINY, Phrase, Text
from peermatch.words import tr

AT_ONCE = 6
"""How many people are shown before somebody asks for more: for each of them plans are worked out."""
COUNTING = tr("Working out what it would cost…")
IN_PLAN = tr("The plan gives them now.")
RULED_OUT = tr("You ruled this pair out.")


@dataclass(frozen=True, slots=True)
class OptionFace:
    """Somebody who could be chosen."""

    supporter: str
    name: str
    about: str
    score: int
    place: str
    given: bool = False
    ruled_out: bool = False


class OptionLine(QWidget):
    """One of them: ``chosen`` pins the pair, ``allowed`` lets it be possible again."""

    chosen = Signal(str)
    allowed = Signal(str)

    def __init__(self, theme: Theme, face: OptionFace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.face = face
        self._who = Phrase(theme, [])
        self._place = Text(theme, face.place, TINY)
        self._cost = Text(theme, COUNTING, SMALL)
        self.choose = Button(theme, tr("Choose"), small=True)
        words = QWidget()
        lines = Column(theme, words, spacing=1)
        for part in (self._who, self._place, self._cost):
            lines.addWidget(part)
        row = Row(theme, self, spacing=12, margins=(0, 6, 0, 6))
        row.addWidget(ScoreRing(theme, face.score), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(SideBySide(theme, words, self.choose, first_least=200), 1)
        self.choose.clicked.connect(self._press)
        theme.cover.changed.connect(self._recover)
        self.choose.setVisible(not face.given)
        self._cost.set_text(IN_PLAN if face.given else RULED_OUT if face.ruled_out else COUNTING)
        self._recover()

    @property
    def costs(self) -> bool:
        """Whether it can be said what choosing them would cost."""
        return not (self.face.given or self.face.ruled_out)

    def words(self) -> str:
        """What it would cost."""
        return self._cost.words()

    def show_cost(self, cost: Cost | str) -> None:
        """What it would cost; somebody who is pinned elsewhere cannot be chosen."""
        self._cost.set_text(option_words(cost))
        self.choose.bar(cost if isinstance(cost, str) else "")
        self._recover()

    @Slot()
    def _recover(self) -> None:
        cover = self._theme.cover
        name = cover.shown(self.face.name)
        self._who.set_runs([(name, STRONG), (f" {self.face.about}", SMALL)])
        call = "them" if cover.on else name
        self.choose.set_text(tr("Allow again") if self.face.ruled_out else tr("Choose"))
        self.choose.setAccessibleName(f"{self.choose.text()}: {call}")
        self.choose.setAccessibleDescription(
            tr("score {score}, {place}. {words}").format(
                score=self.face.score, place=self.face.place, words=self.words()
            )
        )

    @Slot()
    def _press(self) -> None:
        (self.allowed if self.face.ruled_out else self.chosen).emit(self.face.supporter)


class OptionsCard(Card):
    """``wanted`` asks what the next one costs, ``closed`` puts the list away; the other signals are the lines'."""

    chosen = Signal(str)
    allowed = Signal(str)
    wanted = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, spacing=6, parent=parent)
        self._faces: tuple[OptionFace, ...] = ()
        self._limit = AT_ONCE
        self._lines: dict[str, OptionLine] = {}
        self._known: set[str] = set()
        self.body.addWidget(Text(theme, tr("Who else could be asked"), STRONG))
        self._list = Column(theme, spacing=0)
        self.body.addLayout(self._list)
        self.more = Button(theme, "", kind="quiet", small=True)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.clicked.connect(self._show_more)

    def lines(self) -> tuple[OptionLine, ...]:
        """The people who are shown, best first."""
        return tuple(self._lines.values())

    def show_people(self, faces: Sequence[OptionFace]) -> None:
        """These people, best first, for another plan: costs are asked for anew and stand until the new ones come."""
        self._faces = tuple(faces)
        self._known.clear()
        self._fill()

    def forget(self) -> None:
        """Another enquiry: begin with a few again."""
        self._limit = AT_ONCE
        self.show_people(())

    def show_cost(self, supporter: str, cost: Cost | str) -> None:
        """What one of them would cost; the next one's turn comes."""
        line = self._lines.get(supporter)
        if line is not None:
            line.show_cost(cost)
            self._known.add(supporter)
        self.go_on()

    def go_on(self) -> None:
        """Ask for the next cost that is not known."""
        waits = (id for id, line in self._lines.items() if line.costs and id not in self._known)
        left = next(waits, None)
        if left is not None:
            self.wanted.emit(left)
        elif self._lines and self.isVisible():
            announce(self, tr("The costs of all who are shown are worked out."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc steps back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _show_more(self) -> None:
        before = len(self._lines)
        self._limit += AT_ONCE
        self._fill()
        self.lines()[before].choose.setFocus(Qt.FocusReason.OtherFocusReason)
        self.go_on()

    def _fill(self) -> None:
        shown = self._faces[: self._limit]
        for id in [id for id, line in self._lines.items() if line.face not in shown]:
            line = self._lines.pop(id)
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = {each.supporter: self._lines.get(each.supporter) or self._line(each) for each in shown}
        for number, line in enumerate(self._lines.values()):
            if self._list.indexOf(line) != number:
                self._list.insertWidget(number, line)
        left = len(self._faces) - len(shown)
        self.more.setVisible(left > 0)
        self.more.set_text(tr("Show {min} more").format(min=min(AT_ONCE, left)))

    def _line(self, face: OptionFace) -> OptionLine:
        line = OptionLine(self._theme, face)
        line.chosen.connect(self.chosen)
        line.allowed.connect(self.allowed)
        return line
