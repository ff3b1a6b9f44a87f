"""The numbers of ranking in groups, each with its standard beside it; arrow keys change them step by step."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.errors import Fault
from peermatch.model.policy import Policy, parse_policy, policy_faults
from peermatch.ui.screens.policy_words import (
    FIGURES,
    GROUPS,
    NAME_KEY,
    NAME_LABEL,
    Figure,
    Group,
    VersionLine,
    fault_words,
    hint,
    shown,
    stepped,
    typed,
)
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Tiles
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.fields import InlineField, LineField
from peermatch.ui.widgets.text import HEADING, SMALL, STRONG, TINY, Text
from peermatch.words import tr

ORDER_ONLY = tr(
    "This sets the order of the people who are suggested, and nothing else. Who may be suggested at all is "
    "decided before: by their consent, their boundaries and what the trainee asked for."
)
SHOWN_VERSIONS = 8
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}


class FigureField(LineField):
    """A number; the arrow keys up and down change it by one step, the page keys by ten."""

    def __init__(self, theme: Theme, shape: Figure) -> None:
        super().__init__(theme, name=shape.label)
        self._shape = shape
        self.setToolTip(tr("Arrow up and down change it step by step."))
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down step; the rest is typing."""
        steps = _STEPS.get(Qt.Key(event.key()), 0)
        if steps:
            self.setText(stepped(self._shape, self.text(), steps))
            self.selectAll()
        else:
            super().keyPressEvent(event)


class PolicyFields(QWidget):
    """``edited`` comes with every keystroke. Faults are marked when a field is left, or all at once on demand."""

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._filling = False
        self._marked: set[str] = set()
        self.name = LineField(theme, name=NAME_LABEL)
        self.lines: dict[str, LineField] = {key: FigureField(theme, each) for key, each in FIGURES.items()}
        self.beside: dict[str, InlineField] = {}
        column = Column(theme, self, spacing=14, margins=(20, 16, 20, 20))
        column.addWidget(Text(theme, ORDER_ONLY, SMALL))
        for group in GROUPS:
            column.addWidget(self._card(group))
        column.addWidget(self._naming())
        self._versions = Card(theme, margins=(16, 14, 16, 16), spacing=10)
        column.addWidget(self._versions)
        column.addStretch(1)
        self.fill(Policy())
        for key, line in (*self.lines.items(), (NAME_KEY, self.name)):
            line.setProperty("field", key)
            line.textChanged.connect(self._changed)
            line.editingFinished.connect(self._left)

    def fill(self, policy: Policy) -> None:
        """Show these values; nobody is told."""
        self._filling = True
        values = asdict(policy)
        self.name.set_value(policy.name)
        for key, line in self.lines.items():
            line.set_value(shown(FIGURES[key], values[key]))
        self._filling = False
        self._marked.clear()
        self._mark()

    def put(self, policy: Policy) -> None:
        """Show these values as if they had been typed."""
        self.fill(policy)
        self.edited.emit()

    def faults(self) -> tuple[Fault, ...]:
        """Everything that is wrong with what stands in the fields."""
        return policy_faults(self._values())

    def draft(self) -> Policy | None:
        """The policy that stands in the fields; None while something is wrong."""
        values = self._values()
        return None if policy_faults(values) else parse_policy(values)

    def mark_all(self) -> None:
        """Say beside each field what is wrong, and go to the first one."""
        self._marked = {NAME_KEY, *self.lines}
        self._mark()
        wrong = {fault.place for fault in self.faults()}
        first = next((line for key, line in self._all() if key in wrong), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        """Begin with the first number."""
        next(iter(self.lines.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_versions(self, lines: Sequence[VersionLine]) -> None:
        """What was kept until now, newest first."""
        body = self._versions.body
        while (item := body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        body.addWidget(Text(self._theme, tr("Versions"), HEADING))
        for line in lines[:SHOWN_VERSIONS]:
            body.addWidget(self._version(line))
        rest = len(lines) - SHOWN_VERSIONS
        if rest > 0:
            body.addWidget(Text(self._theme, tr("and {rest} before").format(rest=rest), TINY))
        if not lines:
            words = tr(
                "The standard weights are in force; nothing was ever changed. What you keep will stand here."
            )
            body.addWidget(Text(self._theme, words, SMALL))

    def _all(self) -> tuple[tuple[str, LineField], ...]:
        return (*self.lines.items(), (NAME_KEY, self.name))

    def _values(self) -> dict[str, Any]:
        numbers = {key: typed(FIGURES[key], line.text()) for key, line in self.lines.items()}
        return {NAME_KEY: self.name.text().strip(), "version": 1, **numbers}

    @Slot()
    def _changed(self) -> None:
        if not self._filling:
            self._mark()
            self.edited.emit()

    @Slot()
    def _left(self) -> None:
        self._marked.add(str(self.sender().property("field")))
        self._mark()

    def _mark(self) -> None:
        """Faults beside the fields that were left; a pair that does not fit is marked where it was broken."""
        values = self._values()
        wrong = {fault.place for fault in policy_faults(values)}
        for key, field in self.beside.items():
            told = key in wrong and not self._marked.isdisjoint(_judged_with(key))
            field.set_error(fault_words(key, values[key]) if told else "")

    def _version(self, line: VersionLine) -> QWidget:
        part = QWidget()
        column = Column(self._theme, part, spacing=1)
        column.addWidget(Text(self._theme, line.title, STRONG))
        column.addWidget(Text(self._theme, line.changes, SMALL))
        return part

    def _naming(self) -> Card:
        card = Card(self._theme, margins=(16, 14, 16, 16), spacing=10)
        self.beside[NAME_KEY] = InlineField(
            self._theme,
            NAME_LABEL,
            self.name,
            hint=tr("Printed with every decision, together with the version."),
        )
        card.body.addWidget(self.beside[NAME_KEY])
        return card

    def _card(self, group: Group) -> Card:
        card = Card(self._theme, margins=(16, 14, 16, 16), spacing=10)
        card.body.addWidget(Text(self._theme, group.title, HEADING))
        card.body.addWidget(Text(self._theme, group.note, SMALL))
        tiles = Tiles(self._theme, columns=3, least=170, row_spacing=12)
        tiles.set_tiles([self._tile(each) for each in group.figures])
        card.body.addWidget(tiles)
        return card

    def _tile(self, shape: Figure) -> QWidget:
        """A field that stands at the top of its cell when its neighbours are higher."""
        self.beside[shape.key] = InlineField(
            self._theme, shape.label, self.lines[shape.key], hint=hint(shape)
        )
        cell = QWidget()
        column = Column(self._theme, cell, spacing=0)
        column.addWidget(self.beside[shape.key])
        column.addStretch(1)
        return cell


def _judged_with(key: str) -> frozenset[str]:
    """The fields after which this one is judged: a pair, once either of the two was left."""
    pairs = {"load_asked": "load_in_hand", "far_km": "near_km"}
    return frozenset({key, pairs.get(key, key)})
