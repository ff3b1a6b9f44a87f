"""Small tellers of a state: nothing here yet, how far along, one fact, one checked line, a full bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.tokens import Token
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.built_late import BuiltInTime
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.icon import Icon
from peermatch.ui.widgets.text import BODY, HEADING, SMALL, STRONG, TINY, SectionLabel, Text
from peermatch.words import tr

StepState = Literal["done", "now", "next"]


class EmptyState(BuiltInTime, QWidget):
    """What will be here, in kind words, and the first step towards it; ``acted`` comes from the button.

    With ``writes`` that step changes the network.
    """

    acted = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str,
        sentence: str,
        note: str = "",
        *,
        action: str = "",
        writes: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._picture = theme, icon
        self._words = (sentence, note)
        self._step, self._writes = action, writes

    def _build(self) -> None:
        theme, (sentence, note) = self._theme, self._words
        self._column = column = Column(theme, self, spacing=8, margins=(24, 24, 24, 24))
        middle = Qt.AlignmentFlag.AlignHCenter
        self._sentence = Text(theme, sentence, HEADING)
        self._note = Text(theme, note, SMALL)
        self._action = Button(theme, self._step, kind="primary")
        if self._writes:
            theme.read_only.bar(self._action)
        column.addStretch(1)
        self._icon = Icon(theme, self._picture, "line_strong", 40)
        column.addWidget(self._icon, 0, middle)
        for words in (self._sentence, self._note):
            words.setAlignment(middle)
            column.addWidget(words)
        column.addSpacing(theme.px(8))
        column.addWidget(self._action, 0, middle)
        column.addStretch(1)
        for part, wanted in ((self._note, note), (self._action, self._step)):
            if not wanted:
                part.hide()
        self._action.clicked.connect(self.acted)

    @property
    def button(self) -> Button:
        """The first step."""
        return self._action

    def set_words(self, sentence: str, note: str = "") -> None:
        """Say something else, such as after a search that found nobody."""
        self._words = (sentence, note)
        if self.standing:
            self._sentence.set_text(sentence)
            self._note.set_text(note)
            self._note.setVisible(bool(note))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the words need all the room, the picture above them goes; what is scrolled has room for both."""
        super().resizeEvent(event)
        icon = self._icon.height() + self._column.spacing() if self._icon.isHidden() else 0
        fits = self.height() >= self.heightForWidth(self.width()) + icon
        self._icon.setVisible(fits or self._is_scrolled())

    def _is_scrolled(self) -> bool:
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        return around is not None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way: its name, a word about it, and whether it is done, now or next."""

    title: str
    note: str
    state: StepState


class Meter(QWidget):
    """A thin bar that is filled to a share between 0 and 1; the words beside it say the same."""

    def __init__(
        self,
        theme: Theme,
        share: float = 0.0,
        *,
        tone: Token = "brand",
        height: float = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share = share
        self._tone: Token = tone
        self._high = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._retheme)
        self._retheme()

    def set_share(self, share: float, tone: Token = "brand") -> None:
        """Fill it to another share, in another colour."""
        self._share = max(0.0, min(1.0, share))
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The whole in grey, the share over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        radius = whole.height() / 2
        painter.setBrush(self._theme.colour("line"))
        painter.drawRoundedRect(whole, radius, radius)
        if self._share > 0:
            width = max(whole.height(), whole.width() * self._share)
            painter.setBrush(self._theme.colour(self._tone))
            painter.drawRoundedRect(QRectF(0, 0, width, whole.height()), radius, radius)

    @Slot()
    def _retheme(self) -> None:
        self.setFixedHeight(self._theme.px(self._high))
        self.update()


class StepBar(QWidget):
    """The steps of an introduction beside each other; words and a tick say what the bars show."""

    def __init__(self, theme: Theme, steps: Sequence[Step] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row = Row(theme, self, spacing=12)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Show these steps."""
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for step in steps:
            self._row.addWidget(self._one(step), 1)

    def _one(self, step: Step) -> QWidget:
        box = QWidget()
        column = Column(self._theme, box, spacing=1)
        share = {"done": 1.0, "now": 0.5, "next": 0.0}[step.state]
        column.addWidget(Meter(self._theme, share, height=4))
        column.addSpacing(self._theme.px(6))
        line = Row(self._theme, spacing=4)
        if step.state == "done":
            line.addWidget(Icon(self._theme, "check", "brand", 14, drop=3), 0, Qt.AlignmentFlag.AlignTop)
        title = Text(self._theme, step.title, STRONG)
        title.setAccessibleDescription(
            {"done": "done", "now": tr("this step is next"), "next": "later"}[step.state]
        )
        line.addWidget(title, 1)
        column.addLayout(line)
        column.addWidget(Text(self._theme, step.note, TINY))
        column.addStretch(1)
        return box


class FactTile(Card):
    """One fact in a small card: ``FactTile(theme, "In hand", "0 of 2")``."""

    def __init__(self, theme: Theme, label: str, value: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, spacing=1, parent=parent)
        self._value = Text(theme, value, STRONG)
        self.body.addWidget(SectionLabel(theme, label))
        self.body.addWidget(self._value)
        self.body.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_value(self, value: str) -> None:
        """The fact has changed."""
        self._value.set_text(value)


class CheckLine(QWidget):
    """A tick, a line, and why: ``CheckLine(theme, "E-mail address", "consent of 12 Sep 2026")``."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        note: str = "",
        *,
        icon: str = "check",
        tone: Token = "good",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = Row(theme, self, spacing=8)
        row.addWidget(Icon(theme, icon, tone, 16, drop=2), 0, Qt.AlignmentFlag.AlignTop)
        words = Column(theme, spacing=1)
        words.addWidget(Text(theme, text, BODY))
        if note:
            words.addWidget(Text(theme, note, TINY))
        row.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
