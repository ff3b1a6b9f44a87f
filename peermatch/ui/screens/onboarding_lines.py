"""The checks of a volunteer below each other: what is noted of each, and the button that notes it or takes it away."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.consent import ConsentGate, Purpose
from peermatch.model.onboarding import CHECKS, Stage, Way
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.ui.screens.onboarding_words import CHECK_TITLES, HOLD, NOT_HELD, noted_words
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.built_late import BuiltLate
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.text import SMALL, STRONG, Text
from peermatch.words import tr

BEFORE = tr("done before this was noted here")


class _Line(QWidget):
    """One of them: a title, what is noted, and two buttons of which one is shown; both signals bring its stage."""

    acted = Signal(object)
    undone = Signal(object)

    def __init__(self, theme: Theme, stage: Stage, title: str, act: str, undo: str = "") -> None:
        super().__init__()
        self._stage = stage
        self._note = Text(theme, "", SMALL)
        self.act = Button(theme, act, small=True)
        self.act.setAccessibleName(f"{act.removesuffix(' …')}: {title}")
        self.undo = Button(theme, undo, kind="quiet", small=True)
        self.undo.setAccessibleName(f"{undo}: {title}")
        theme.read_only.bar(self.act, self.undo)
        words = QWidget()
        column = Column(theme, words, spacing=1)
        column.addWidget(Text(theme, title, STRONG))
        column.addWidget(self._note)
        buttons = Flow(theme, (self.act, self.undo), gap=8)
        Column(theme, self, spacing=0).addWidget(Spread(theme, words, buttons))
        self.act.clicked.connect(self._act)
        self.undo.clicked.connect(self._undo)

    def show_state(self, note: str, *, open: bool, undo: bool) -> None:
        """What is noted, and which way it may go on."""
        self._note.set_text(note)
        self.act.setVisible(open)
        self.undo.setVisible(undo)

    @Slot()
    def _act(self) -> None:
        self.acted.emit(self._stage)

    @Slot()
    def _undo(self) -> None:
        self.undone.emit(self._stage)


class CheckLines(BuiltLate, QWidget):
    """``note_wanted`` and ``away_wanted`` bring a `Stage`; ``consent_wanted`` asks for a yes to the record."""

    note_wanted = Signal(object)
    away_wanted = Signal(object)
    consent_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def _build(self) -> None:
        theme = self._theme
        column = Column(theme, self, spacing=8)
        self.lines = {
            check: _Line(theme, check, CHECK_TITLES[check], tr("Note it …"), tr("Take away"))
            for check in CHECKS
        }
        self.hold = _Line(theme, Stage.ACTIVE, HOLD, tr("Record it …"))
        for line in self.lines.values():
            column.addWidget(line)
            line.acted.connect(self.note_wanted)
            line.undone.connect(self.away_wanted)
        column.addWidget(self.hold)
        self.hold.act.clicked.connect(self.consent_wanted)

    def show_way(self, person: Supporter, way: Way, gate: ConsentGate, on: date) -> None:
        """How far they are."""
        checked = person.status is SupporterStatus.CHECKED
        for check, line in self.lines.items():
            noted = way.of(check)
            said = BEFORE if noted is None and checked else noted_words(noted, on)
            line.show_state(said, open=noted is None and not checked, undo=noted is not None)
        held = gate.ruling(Purpose.HOLD)
        self.hold.show_state(NOT_HELD.get(held.standing, "valid"), open=not held.valid, undo=False)

    def button_of(self, check: Stage) -> QWidget:
        """The button that notes a check."""
        return self.lines[check].act

    def next_open(self, check: Stage) -> QWidget | None:
        """The button of what is to be noted next after a check, if anything is."""
        lines = [*self.lines.values(), self.hold]
        after = list(self.lines).index(check) + 1
        buttons = (line.act for line in (*lines[after:], *lines[:after]))
        return next((button for button in buttons if not button.isHidden()), None)
