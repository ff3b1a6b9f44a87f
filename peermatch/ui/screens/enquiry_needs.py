"""What the enquirer needs, as chips: confirmed ones, those that the letter suggests, and a way to add others."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.characteristics import Vocabulary
from peermatch.model.enquiry import Importance, Need
from peermatch.model.letter import Proposal, Topic
from peermatch.ui.screens.chip_row import ChipRow, ChipSpec
from peermatch.ui.screens.enquiry_topics import TOPIC, MoreTopics, next_chip, topic_chip
from peermatch.ui.screens.finder import Finder
from peermatch.ui.screens.finding import Option, topic_options
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.text import SectionLabel
from peermatch.words import tr

NEED = "need:"
SWITCH = tr("Press to change between essential and helpful.")


def cycled(needs: tuple[Need, ...], id: str) -> tuple[Need, ...]:
    """The needs with one of them essential instead of helpful, or the other way round."""
    return tuple(replace(n, importance=_other(n.importance)) if n.characteristic == id else n for n in needs)


def _other(importance: Importance) -> Importance:
    return Importance.HELPFUL if importance is Importance.ESSENTIAL else Importance.ESSENTIAL


def without(needs: tuple[Need, ...], id: str) -> tuple[Need, ...]:
    """The needs without one of them."""
    return tuple(n for n in needs if n.characteristic != id)


def with_helpful(needs: tuple[Need, ...], id: str) -> tuple[Need, ...]:
    """The needs and one more that would help; one that stands there already stays as it is."""
    if any(n.characteristic == id for n in needs):
        return needs
    return (*needs, Need(id, Importance.HELPFUL))


class NeedsPanel(QWidget):
    """``changed`` brings the needs as the coordinator wants them now; they are saved at once."""

    changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._needs: tuple[Need, ...] = ()
        self._chips: tuple[tuple[Need, ...], Proposal | None, Vocabulary] | None = None
        self._options: tuple[Option, ...] = ()
        column = Column(theme, self, spacing=7)
        self.add = Button(theme, tr("Add topic"), kind="quiet", small=True)
        theme.read_only.bar(self.add)
        self.chips = ChipRow(theme, [self.add], writes=True)
        self.finder = Finder(theme, self._choices, name=tr("Add a topic"))
        self.finder.hide()
        column.addWidget(SectionLabel(theme, tr("What they need")))
        column.addWidget(self.chips)
        column.addWidget(self.finder)
        self.more = MoreTopics(theme)
        column.addWidget(self.more)
        self.add.clicked.connect(self.finder.open)
        self.finder.picked.connect(self._add)
        self.finder.closed.connect(self.add.setFocus)
        self.chips.pressed.connect(self._pressed)
        self.chips.removed.connect(self._removed)
        self.more.pressed.connect(self._pressed)
        theme.cover.changed.connect(self._show)

    def show_needs(self, needs: tuple[Need, ...], proposal: Proposal | None, vocabulary: Vocabulary) -> None:
        """Confirmed needs first, then what the letter suggests, and folded what comes next in rank."""
        self._needs = needs
        if not self._options or self._options[0].key not in vocabulary.terms:
            self._options = topic_options(vocabulary)
        self._chips = needs, proposal, vocabulary
        self._show()

    @Slot()
    def _show(self) -> None:
        if self._chips is None:
            return
        needs, proposal, vocabulary = self._chips
        quoted = not self._theme.cover.on  # the letter is covered, and so is what it says
        suggested, more = (self._open(proposal.topics), self._open(proposal.more)) if proposal else ((), ())
        self.chips.set_chips(
            [
                *(_need_chip(need, vocabulary) for need in needs),
                *(topic_chip(topic, vocabulary, quoted=quoted) for topic in suggested),
            ]
        )
        self.more.show_topics([next_chip(topic, vocabulary, quoted=quoted) for topic in more])

    def _open(self, topics: Sequence[Topic]) -> tuple[Topic, ...]:
        """Those that are not among the needs yet."""
        wanted = {need.characteristic for need in self._needs}
        return tuple(topic for topic in topics if topic.characteristic not in wanted)

    def _choices(self) -> tuple[Option, ...]:
        wanted = {need.characteristic for need in self._needs}
        return tuple(option for option in self._options if option.key not in wanted)

    @Slot(str)
    def _pressed(self, key: str) -> None:
        if key.startswith(NEED):
            self.changed.emit(cycled(self._needs, key.removeprefix(NEED)))
        else:
            self._add(key.removeprefix(TOPIC))

    @Slot(str)
    def _removed(self, key: str) -> None:
        self.changed.emit(without(self._needs, key.removeprefix(NEED)))

    @Slot(str)
    def _add(self, id: str) -> None:
        self.changed.emit(with_helpful(self._needs, id))


def _need_chip(need: Need, vocabulary: Vocabulary) -> ChipSpec:
    label = vocabulary.label(need.characteristic)
    return ChipSpec(
        NEED + need.characteristic,
        f"{label} · {need.importance.value}",
        "essential" if need.importance is Importance.ESSENTIAL else "helpful",
        removable=True,
        note=SWITCH,
    )
