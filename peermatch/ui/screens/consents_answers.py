"""The answers of one person, line by line: yes, no or a change for each, and nothing is marked beforehand."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.asking import PER_TOPIC, Point
from peermatch.model.campaign import Key
from peermatch.model.consent import ConsentGate, Purpose, Standing
from peermatch.services.purpose_words import PURPOSE_WORDS
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.consents_words import point_words, purposes_words
from peermatch.ui.screens.emptied import empty
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.built_late import BuiltLate
from peermatch.ui.widgets.fields import Tick
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.segmented import Segmented
from peermatch.ui.widgets.tab_order import come_whole
from peermatch.ui.widgets.text import SMALL, STRONG, TINY, Text
from peermatch.words import tr

OPEN, YES, NO, CHANGE = "open", "yes", "no", "change"
WHOLE = ((OPEN, tr("No answer")), (YES, tr("Yes")), (NO, tr("No")))
TOPIC = (*WHOLE, (CHANGE, tr("Change")))
CHANGE_NOTE = tr("Tick what they say yes to. What is not ticked is a no.")
_HELD = frozenset({Standing.VALID, Standing.ENDED})


@dataclass(frozen=True, slots=True)
class Question:
    """One line: a topic with all that is asked of it, or one thing about the whole record (``topic`` is None)."""

    topic: str | None
    title: str
    points: tuple[Point, ...]
    held: frozenset[Purpose]
    """What of the topic they said yes to once, whether it has ended or not."""

    @property
    def name(self) -> str:
        """By what it is known while it is half answered."""
        return self.topic or self.points[0].purpose.value


def questions(snapshot: Snapshot, gate: ConsentGate, points: Sequence[Point]) -> tuple[Question, ...]:
    """A line for each thing about the record, then one for each topic, as the letter has them."""
    label = snapshot.reference.vocabulary.label
    whole = tuple(
        Question(None, _capital(PURPOSE_WORDS[each.purpose]), (each,), frozenset())
        for each in points
        if each.characteristic is None
    )
    topics = dict.fromkeys(each.characteristic for each in points if each.characteristic is not None)
    return whole + tuple(
        Question(
            topic,
            label(topic),
            tuple(each for each in points if each.characteristic == topic),
            frozenset(p for p in PER_TOPIC if gate.ruling(p, topic).standing in _HELD),
        )
        for topic in topics
    )


class SinglyTicked(BuiltLate, QWidget):
    """A tick for each thing that may be asked of a topic: of many lines few are ever answered one by one."""

    toggled = Signal()

    def __init__(self, theme: Theme, question: Question) -> None:
        super().__init__()
        self._theme, self._question = theme, question

    def _build(self) -> None:
        theme, question = self._theme, self._question
        self.ticks = {p: Tick(theme, _capital(PURPOSE_WORDS[p])) for p in PER_TOPIC if question.topic}
        for tick in self.ticks.values():
            tick.setAccessibleName(f"{question.title}: {tick.accessibleName()}")
            tick.toggled.connect(self.toggled)
        lines = Column(theme, self, spacing=4, margins=(0, 2, 0, 4))
        lines.addWidget(Text(theme, CHANGE_NOTE, SMALL))
        lines.addWidget(Flow(theme, list(self.ticks.values()), gap=18))

    def ticked(self) -> list[Purpose]:
        """What is ticked."""
        return [each for each, tick in self.ticks.items() if tick.isChecked()] if self.standing else []

    def tick(self, wanted: Collection[object]) -> None:
        """Tick these, by their values, and no others."""
        if wanted or self.standing:
            for each, tick in self.ticks.items():
                tick.setChecked(each.value in wanted)


class AnswerLine(QWidget):
    """``changed``: something else is marked now."""

    changed = Signal()

    def __init__(self, theme: Theme, question: Question, parent: QWidget) -> None:
        super().__init__(parent)
        self.question = question
        choices = WHOLE if question.topic is None else TOPIC
        self.answer = Segmented(theme, choices, name=tr("Answer: {title}").format(title=question.title))
        words = QWidget()
        texts = Column(theme, words, spacing=1)
        texts.addWidget(Text(theme, question.title, STRONG))
        said = point_words(question.points[0]) if question.topic is None else purposes_words(question.points)
        texts.addWidget(Text(theme, said, TINY))
        self.parts = SinglyTicked(theme, question)
        self.parts.toggled.connect(self.changed)
        column = Column(theme, self, spacing=4)
        column.addWidget(Spread(theme, words, self.answer, parent=self))
        column.addWidget(self.parts)
        self.answer.chosen.connect(self._follow)
        self._follow()

    @property
    def ticks(self) -> Mapping[Purpose, Tick]:
        """The ticks of a topic that is answered one by one."""
        return self.parts.ticks

    def keys(self) -> tuple[tuple[Key, ...], tuple[Key, ...]]:
        """What they said yes to, and what no; both empty while nothing is marked."""
        taken, question = self.answer.current(), self.question
        asked = {point.purpose for point in question.points}
        if taken == OPEN:
            return (), ()
        whole = asked if taken == YES else set()
        yes = set(self.parts.ticked()) if taken == CHANGE else whole
        # A yes to what was asked takes back nothing that goes on by itself.
        no = set() if taken == YES else (asked | question.held) - yes
        return self._ordered(yes), self._ordered(no)

    def _ordered(self, purposes: set[Purpose]) -> tuple[Key, ...]:
        return tuple((each, self.question.topic) for each in Purpose if each in purposes)

    def values(self) -> dict[str, object]:
        """What is marked, to be put back after a lock."""
        return {
            "answer": self.answer.current(),
            "ticks": [each.value for each in self.parts.ticked()],
        }

    def put_back(self, values: Mapping[str, object]) -> None:
        """Mark it as it was."""
        taken, ticked = values.get("answer"), values.get("ticks")
        if taken in {key for key, _ in (WHOLE if self.question.topic is None else TOPIC)}:
            self.answer.set_current(str(taken))
        self.parts.tick(ticked if isinstance(ticked, list) else ())
        self._follow()

    @Slot()
    def _follow(self) -> None:
        self.parts.setVisible(self.answer.current() == CHANGE)
        self.changed.emit()


class AnswerLines(QWidget):
    """All lines of one person; lines that are the same after a refresh keep what is marked on them."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = Column(theme, self, spacing=12)
        self.lines: tuple[AnswerLine, ...] = ()

    def show_questions(self, asked: Sequence[Question], *, keep: bool) -> None:
        """Show these; with ``keep`` what is marked stays where the same is asked."""
        if keep and tuple(line.question for line in self.lines) == tuple(asked):
            return
        marked = self.values() if keep else {}
        empty(self._column)
        self.lines = tuple(AnswerLine(self._theme, each, self) for each in asked)
        for line in self.lines:
            self._column.addWidget(line)
            line.changed.connect(self.changed)
        come_whole(self)  # the ticks of a line are built later, and stand where the line does
        self.put_back(marked)

    def values(self) -> dict[str, dict[str, object]]:
        """What is marked, by line; lines without an answer are left out."""
        return {line.question.name: line.values() for line in self._answered()}

    def put_back(self, marked: Mapping[str, Mapping[str, object]]) -> None:
        """Mark the lines as they were."""
        for line in self.lines:
            if line.question.name in marked:
                line.put_back(marked[line.question.name])

    def keys(self) -> tuple[tuple[Key, ...], tuple[Key, ...]]:
        """Every yes and every no."""
        both = [line.keys() for line in self.lines]
        return tuple(key for yes, _ in both for key in yes), tuple(key for _, no in both for key in no)

    def _answered(self) -> Iterator[AnswerLine]:
        return (line for line in self.lines if line.answer.current() != OPEN)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
