"""How one asking was decided, opened in place below its line, with the way to compare it with today."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.decision import Decision
from peermatch.services.decisions import Replay
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.decision_words import compared_words, decided_words
from peermatch.ui.screens.emptied import empty
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import SMALL, Text
from peermatch.words import tr

SHOW, HIDE = tr("How this was decided"), tr("Hide how this was decided")


class DecisionView(QWidget):
    """``wanted`` brings the decision that is to be compared with today."""

    wanted = Signal(object)

    def __init__(
        self, theme: Theme, decision: Decision, snapshot: Snapshot, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.decision = decision
        self._snapshot = snapshot
        self._replay: Replay | None = None
        self.turn = Button(theme, SHOW, kind="quiet", small=True)
        self.compare = Button(theme, tr("Compare with today"), small=True)
        column = Column(theme, self, spacing=4)
        column.addWidget(Flow(theme, [self.turn]))
        self._inside = QWidget()
        inner = Column(theme, self._inside, spacing=3, margins=(12, 0, 0, 6))
        self._decided, self._compared = Column(theme, spacing=3), Column(theme, spacing=3)
        inner.addLayout(self._decided)
        inner.addWidget(Flow(theme, [self.compare]))
        inner.addLayout(self._compared)
        column.addWidget(self._inside)
        self._inside.hide()
        self.turn.clicked.connect(self.toggle)
        self.compare.clicked.connect(self._compare)
        theme.cover.changed.connect(self._fill)
        self._fill()

    @property
    def opened_up(self) -> bool:
        """Whether it is shown."""
        return not self._inside.isHidden()

    def words(self) -> tuple[str, ...]:
        """All that it tells."""
        decided = decided_words(self.decision, self._name(self.decision.supporter))
        return decided if self._replay is None else (*decided, *self._now())

    @Slot()
    def toggle(self) -> None:
        """Open or close it."""
        self._inside.setVisible(not self.opened_up)
        self._name_button()
        if self.opened_up:
            announce(self, " ".join(self.words()))

    def know(self, snapshot: Snapshot) -> None:
        """The picture has changed: an earlier comparison may say what must not be said any more, and goes."""
        if snapshot is not self._snapshot:
            self._snapshot, self._replay = snapshot, None
            self._fill()

    def show_replay(self, replay: Replay) -> None:
        """Today beside the decision."""
        self._replay = replay
        self.compare.setEnabled(True)
        self._fill()
        announce(self, " ".join(self._now()))

    def compare_again(self) -> None:
        """The comparison did not come: it may be asked for once more."""
        self.compare.setEnabled(True)

    def _name(self, id: str) -> str:
        person = self._snapshot.supporters.get(id)
        return self._theme.cover.shown(person.shown_name) if person else tr("Somebody")

    def _now(self) -> tuple[str, ...]:
        return compared_words(self._replay, self._name, self._snapshot.policy) if self._replay else ()

    def _name_button(self) -> None:
        self.turn.set_text(HIDE if self.opened_up else SHOW)
        name = self._name(self.decision.supporter)
        self.turn.setAccessibleName(tr("{text}: asking {name}").format(text=self.turn.text(), name=name))
        self.compare.setAccessibleName(
            tr("{text}: the decision to ask {name}").format(text=self.compare.text(), name=name)
        )

    @Slot()
    def _fill(self) -> None:
        self._name_button()
        for column, lines in (
            (self._decided, decided_words(self.decision, self._name(self.decision.supporter))),
            (self._compared, self._now()),
        ):
            empty(column)
            for line in lines:
                column.addWidget(Text(self._theme, line, SMALL))

    @Slot()
    def _compare(self) -> None:
        self.compare.setEnabled(False)
        self.wanted.emit(self.decision)
