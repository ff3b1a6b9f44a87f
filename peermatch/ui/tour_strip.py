"""The strip above the screens that leads through the tour: what to do now, and a button that does it."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.tour_steps import STEPS, TourStep
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import paint_card
from peermatch.ui.widgets.text import SMALL, STRONG, Phrase, Text
from peermatch.words import tr

LEAVE, CLOSE = tr("Leave the tour"), tr("Close the tour")
ROOM_BESIDE = 900


class TourStrip(QFrame):
    """``pressed`` asks to do the step, ``place_wanted`` to show where it is done, ``left`` to end."""

    pressed = Signal()
    place_wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._step: TourStep | None = None
        self._title = Phrase(theme, [])
        self._words = Text(theme, "")
        self.press = Button(theme, tr("Do it for me"), kind="primary", small=True)
        self.show_place = Button(theme, tr("Show me where"), small=True)
        self.leave = Button(theme, LEAVE, kind="quiet", small=True)
        self._parts = Row(theme, self, spacing=8, margins=(16, 8, 12, 9))
        words = Column(theme, spacing=2)
        words.addWidget(self._title)
        words.addWidget(self._words)
        self._parts.addLayout(words, 1)
        buttons = Row(theme, spacing=8)
        for button in (self.press, self.show_place, self.leave):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        buttons.addStretch(1)
        self._parts.addLayout(buttons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.press.clicked.connect(self.pressed)
        self.show_place.clicked.connect(self.place_wanted)
        self.leave.clicked.connect(self.left)
        theme.changed.connect(self.update)
        self.hide()

    @property
    def step(self) -> TourStep | None:
        """What is shown."""
        return self._step

    def show_step(self, step: TourStep, *, here: bool) -> None:
        """Another step, or the same; ``here``: the screen where it is done is shown already."""
        told = step != self._step
        self._step = step
        self._title.set_runs([(f"{step.number} · ", SMALL), (step.title, STRONG)])
        self._words.set_text(step.words)
        self.press.set_text(step.press or tr("Do it for me"))
        self.press.setVisible(bool(step.press))
        self.show_place.setVisible(not here)
        self.leave.set_text(LEAVE if step.stage <= STEPS else CLOSE)
        self.setAccessibleName(tr("Tour. {sentence}").format(sentence=step.sentence()))
        self.show()
        if told:
            announce(self, step.sentence())

    def take_focus(self) -> None:
        """Begin with what the step offers; where it offers nothing the screen keeps the keyboard."""
        offers = [part for part in (self.press, self.show_place) if not part.isHidden()]
        if offers:
            offers[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons stand beside the words where there is room, below them where there is not."""
        super().resizeEvent(event)
        wide = self.width() >= self._theme.px(ROOM_BESIDE)
        self._parts.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card with a strong edge."""
        paint_card(QPainter(self), self._theme, QRectF(self.rect()), "surface", selected=True, radius=10)
