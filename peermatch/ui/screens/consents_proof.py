"""What had they agreed to on a day? Asked for one person, read here, printed, or saved as a page."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.model.proof import Proof, ProofLine
from peermatch.services.purpose_words import PURPOSE_WORDS
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.consent_lines import METHOD_WORDS
from peermatch.ui.screens.day_field import WRITE_IT, DayField
from peermatch.ui.screens.emptied import empty
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.fields import InlineField
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.icon import Icon
from peermatch.ui.widgets.text import BODY, HEADING, SMALL, STRONG, TINY, Phrase, SectionLabel, Text
from peermatch.words import in_words, short, tr

TITLE = tr("What had they agreed to on a day?")
NOTE = tr(
    "Read from the records, to which acts are only ever added. It shows what was taken back as well: it is their own "
    "history, for them and for whoever must check it. Printing and saving it is noted in the journal."
)
NOTHING = tr("They had not agreed to anything on {day}.")
AGREED = tr("Agreed to on {day}")
NO_MORE = tr("Ended or said no to by then")


def line_words(line: ProofLine, picture: Snapshot) -> str:
    """What it was for."""
    what = PURPOSE_WORDS[line.purpose]
    if line.characteristic is None:
        return f"{what[:1].upper()}{what[1:]}"
    return f"{picture.reference.vocabulary.label(line.characteristic)}: {what}"


def how_words(line: ProofLine, day: date) -> str:
    """How it stood, when and how it was given, and where the proof is."""
    record = line.record
    given = tr("given {short} ").format(short=short(record.given)) if not line.refused else ""
    parts = [
        line.said(day),
        f"{given}{METHOD_WORDS[record.method]}",
        tr("wording {wording}").format(wording=record.wording),
    ]
    parts += [f"proof: {record.evidence}"] if record.evidence else []
    return ", ".join(parts)


class StoodLine(QWidget):
    """One line of the proof: a tick or a cross, what it was for, and how it stood; it is no higher than its words."""

    def __init__(self, theme: Theme, what: str, how: str, *, good: bool) -> None:
        super().__init__()
        row = Row(theme, self, spacing=8)
        mark = Icon(theme, "check" if good else "x", "good" if good else "ink_3", 16, drop=2)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Phrase(theme, [(what, BODY), (f"\n{how}", TINY)]), 1)


class ProofCard(Card):
    """``wanted`` brings the day; ``print_wanted`` and ``save_wanted`` bring the proof that is shown."""

    wanted = Signal(object)
    print_wanted = Signal(object)
    save_wanted = Signal(object)

    def __init__(self, theme: Theme, today: Callable[[], date]) -> None:
        super().__init__(theme, margins=(18, 14, 18, 16), spacing=10)
        self._theme, self._today = theme, today
        self.proof: Proof | None = None
        self.day = DayField(theme, name=tr("On which day"))
        self.field = InlineField(theme, tr("On which day"), self.day)
        self.show_button = Button(theme, tr("Show what they had agreed to"), small=True)
        self.print_button = Button(theme, tr("Print …"), small=True, icon="printer")
        self.save_button = Button(theme, tr("Save as a page …"), small=True, icon="download")
        self.hide_button = Button(theme, tr("Hide"), kind="quiet", small=True)
        theme.read_only.bar(self.print_button, self.save_button)
        self._found = QWidget()
        self._column = Column(theme, self._found, spacing=8)
        self._after = Flow(theme, (self.print_button, self.save_button, self.hide_button), gap=8)
        for part in (
            Text(theme, TITLE, HEADING),
            Text(theme, NOTE, SMALL),
            self.field,
            Flow(theme, (self.show_button,)),
            self._found,
            self._after,
        ):
            self.body.addWidget(part)
        self.show_button.clicked.connect(self._ask)
        self.day.returnPressed.connect(self._ask)
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)
        self.hide_button.clicked.connect(self._hide)
        self.forget()

    def begin(self) -> None:
        """For another person: nothing is shown, and the day is today."""
        self.day.set_day(self._today())
        self.forget()

    def show_proof(self, proof: Proof, picture: Snapshot) -> None:
        """Read it here first."""
        self.proof = proof
        empty(self._column)
        day = in_words(proof.day)
        self._put(AGREED.format(day=day), proof.agreed, picture, good=True)
        self._put(NO_MORE, proof.no_more, picture, good=False)
        if not proof.agreed:
            self._column.addWidget(Text(self._theme, NOTHING.format(day=day), STRONG))
        for each in proof.wordings:
            self._column.addWidget(SectionLabel(self._theme, tr("The words of {id}").format(id=each.id)))
            self._column.addWidget(Text(self._theme, each.text, SMALL))
        for id in proof.missing:
            self._column.addWidget(
                Text(self._theme, tr("The words of {id} are not held here.").format(id=id), SMALL)
            )
        self._found.show()
        self._after.show()
        announce(
            self.day,
            tr("{agreed} agreed to on {day}, {no_more} no more.").format(
                agreed=len(proof.agreed), day=day, no_more=len(proof.no_more)
            ),
        )

    def forget(self) -> None:
        """Nothing of it stays on the page."""
        self.proof = None
        empty(self._column)
        self._found.hide()
        self._after.hide()
        self.field.set_error("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape and self.proof is not None:
            self._hide()
        else:
            super().keyPressEvent(event)

    def _put(self, title: str, lines: Sequence[ProofLine], picture: Snapshot, *, good: bool) -> None:
        if lines and self.proof is not None:
            self._column.addWidget(SectionLabel(self._theme, title))
            for line in lines:
                words, how = line_words(line, picture), how_words(line, self.proof.day)
                self._column.addWidget(StoodLine(self._theme, words, how, good=good))

    @Slot()
    def _ask(self) -> None:
        day = self.day.day()
        late = day is not None and day > self._today()
        self.field.set_error(tr("That day has not come yet.") if late else WRITE_IT if day is None else "")
        if day is not None and not late:
            self.wanted.emit(day)

    @Slot()
    def _print(self) -> None:
        self.print_wanted.emit(self.proof)

    @Slot()
    def _save(self) -> None:
        self.save_wanted.emit(self.proof)

    @Slot()
    def _hide(self) -> None:
        self.forget()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
