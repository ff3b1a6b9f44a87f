"""Topics that a letter may be about, as chips; those that come next in rank stand folded until somebody asks."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from peermatch.model.characteristics import Vocabulary
from peermatch.model.letter import Topic
from peermatch.ui.screens.chip_row import ChipRow, ChipSpec
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.buttons import Button
from peermatch.words import count_of, tr

TOPIC = "topic:"
SAID = tr("The letter says {words}. Press to add it as helpful.")
NEAREST = tr("The nearest words are {words}. Press to add it as helpful.")
NOTE = tr("Less likely ones, the likeliest first. Nothing is chosen until you press it.")


def topic_chip(topic: Topic, vocabulary: Vocabulary, *, quoted: bool) -> ChipSpec:
    """A topic that a press adds; ``quoted`` says which words of the letter led to it."""
    return _chip(topic, vocabulary, SAID if quoted else "")


def next_chip(topic: Topic, vocabulary: Vocabulary, *, quoted: bool) -> ChipSpec:
    """One that comes next in rank: its words are only the nearest that there are."""
    return _chip(topic, vocabulary, NEAREST if quoted else "")


def _chip(topic: Topic, vocabulary: Vocabulary, quoting: str) -> ChipSpec:
    words = ", ".join(f"“{each}”" for each in topic.words)
    note = quoting.format(words=words) if words and quoting else tr("Press to add it as helpful.")
    return ChipSpec(
        TOPIC + topic.characteristic, f"+ {vocabulary.label(topic.characteristic)}?", "suggested", note=note
    )


class MoreTopics(ChipRow):
    """Folded there is a line with their number and no chip; without topics it takes no room."""

    def __init__(self, theme: Theme) -> None:
        self.line = Button(theme, "", kind="quiet", small=True, note=NOTE)
        super().__init__(theme, head=[self.line], writes=True)
        self._specs: tuple[ChipSpec, ...] = ()
        self._open = False
        self.line.clicked.connect(self._turn)
        self.show_topics(())

    def show_topics(self, specs: Sequence[ChipSpec]) -> None:
        """Offer these; whether they are in sight stays as it is."""
        self._specs = tuple(specs)
        self._show()

    def fold(self) -> None:
        """Put them out of sight: another letter is shown."""
        self._open = False
        self._show()

    @Slot()
    def _turn(self) -> None:
        self._open = not self._open
        self._show()
        if self._open:
            announce(self, tr("{count_of} shown.").format(count_of=count_of(len(self._specs), "topic")))

    def _show(self) -> None:
        words = tr("Hide what may fit ({count})") if self._open else tr("More that may fit ({count})")
        self.line.set_text(words.format(count=len(self._specs)))
        self.set_chips(self._specs if self._open else ())
        self.setVisible(bool(self._specs))
