"""Files that prove one person's consent: listed with their day and size, saved as a copy, or taken away."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.evidence import LARGEST, Evidence, size_words
from peermatch.ui.screens.clock_words import day_words
from peermatch.ui.screens.duties_page import Lines
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.covered import CoveredLabel
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.text import HEADING, SMALL, STRONG, TINY, Text
from peermatch.words import tr

TITLE = tr("Proof of consent")
NOTE = tr(
    "Scans, e-mails or recordings that show what they agreed to. They are encrypted with the "
    "record, go with it, and are given to them when they ask what is held. At most {size_words} "
    "each."
).format(size_words=size_words(LARGEST))
NOTHING = tr("No file is attached yet.")
SURE = tr("It is gone for good then. What was recorded stays.")


class EvidenceLine(QWidget):
    """One file; taking it away asks once more in its own words."""

    def __init__(self, theme: Theme, held: Evidence, on: date) -> None:
        super().__init__()
        self.held = held
        self.copy = Button(theme, tr("Save a copy …"), small=True)
        self.remove = Button(theme, tr("Take away …"), kind="quiet", small=True)
        self.sure = Button(theme, tr("Take {id} away for good").format(id=held.id), kind="danger", small=True)
        self.keep = Button(theme, tr("Keep it"), small=True)
        theme.read_only.bar(self.copy, self.remove, self.sure)
        for button in (self.copy, self.remove):
            button.setAccessibleName(f"{button.text()}: {held.id}")
        self._sure = QWidget()
        asked = Column(theme, self._sure, spacing=4, margins=(0, 2, 0, 4))
        asked.addWidget(Text(theme, SURE, SMALL))
        asked.addWidget(Flow(theme, (self.sure, self.keep), gap=8))
        words = QWidget()
        texts = Column(theme, words, spacing=1)
        texts.addWidget(CoveredLabel(theme, held.name, STRONG))
        said = tr("{id} · {size_words} · attached {day_words}").format(
            id=held.id, size_words=size_words(held.size), day_words=day_words(held.added, on)
        )
        texts.addWidget(Text(theme, said, TINY))
        column = Column(theme, self, spacing=4)
        column.addWidget(Spread(theme, words, Flow(theme, (self.copy, self.remove), gap=8)))
        column.addWidget(self._sure)
        self._sure.hide()
        self.remove.clicked.connect(self._ask)
        self.keep.clicked.connect(self._close)

    @Slot()
    def _ask(self) -> None:
        self._sure.show()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _close(self) -> None:
        self._sure.hide()
        self.remove.setFocus(Qt.FocusReason.OtherFocusReason)


class EvidenceCard(Card):
    """``attach_wanted`` asks for a file; ``copy_wanted`` and ``remove_wanted`` bring the number of one."""

    attach_wanted = Signal()
    copy_wanted = Signal(int)
    remove_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, margins=(18, 14, 18, 16), spacing=10)
        self._theme = theme
        self.attach = Button(theme, tr("Attach a file …"), small=True, icon="upload")
        theme.read_only.bar(self.attach)
        self._nothing = Text(theme, NOTHING, SMALL)
        self.lines = Lines(theme, spacing=10)
        for part in (
            Spread(theme, Text(theme, TITLE, HEADING), self.attach),
            Text(theme, NOTE, SMALL),
            self._nothing,
            self.lines,
        ):
            self.body.addWidget(part)
        self.attach.clicked.connect(self.attach_wanted)

    def show_files(self, files: Sequence[Evidence], on: date) -> None:
        """These are kept."""
        self._nothing.setVisible(not files)
        self.lines.put((str(each.number), self._line(each, on)) for each in files)

    def held(self) -> tuple[Evidence, ...]:
        """What is listed."""
        found = self.lines.parts().values()
        return tuple(each.held for each in found if isinstance(each, EvidenceLine))

    def forget(self) -> None:
        """Another record: nothing of this one stays."""
        self.lines.put(())
        self._nothing.show()

    def _line(self, held: Evidence, on: date) -> EvidenceLine:
        line = EvidenceLine(self._theme, held, on)
        for button in (line.copy, line.sure):
            button.setProperty("number", held.number)
        line.copy.clicked.connect(self._copy)
        line.sure.clicked.connect(self._remove)
        return line

    @Slot()
    def _copy(self) -> None:
        self.copy_wanted.emit(int(self.sender().property("number")))

    @Slot()
    def _remove(self) -> None:
        self.remove_wanted.emit(int(self.sender().property("number")))
