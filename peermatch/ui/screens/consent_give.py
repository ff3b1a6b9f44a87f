"""Recording consent in place: what for, under which wording, how it was given and until when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.model.consent import ConsentRecord, Method, Purpose, Wording
from peermatch.model.people import Supporter
from peermatch.services.consent_rules import NO_CONTROLLER, NO_WORDING, STATE_IT
from peermatch.services.purpose_words import PURPOSE_WORDS
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.consent_lines import METHOD_WORDS, PER_TOPIC, WHOLE
from peermatch.ui.screens.day_field import WRITE_IT, DayField, EndField
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Panel, Row, Tiles
from peermatch.ui.widgets.built_late import BuiltLate
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.fields import Choice, InlineField, LineField, Tick
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.icon import Icon
from peermatch.ui.widgets.tab_order import come_as_laid_out
from peermatch.ui.widgets.text import STRONG, TINY, SectionLabel, Text
from peermatch.words import short, tr

TOPIC_PURPOSES = (*PER_TOPIC, Purpose.COUNT)
WHOLE_RECORD = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A consent that is to be withdrawn."""

    purpose: Purpose
    characteristic: str | None


class GivePanel(BuiltLate, Panel):
    """``given`` brings the records to add, ``withdrawn`` one consent to take back; nothing is ticked beforehand.

    ``today`` is asked when something is pressed: a panel may stay open over midnight.
    """

    given = Signal(object)
    withdrawn = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, today: Callable[[], date]) -> None:
        super().__init__(theme, "raised", edge="top")
        self._today = today
        self._person: Supporter | None = None
        self._wordings: tuple[Wording, ...] = ()
        self._picture: Snapshot | None = None
        self._controller: str | None = None
        self._theme = theme

    def _build(self) -> None:
        theme = self._theme
        self.topic = Choice(theme, (), name=tr("What it is about"))
        self.ticks: dict[Purpose, Tick] = {}
        self._ticks = Tiles(theme, columns=2, least=240, spacing=10, row_spacing=4)
        self._ticks_error = Text(theme, "", TINY, tone="risk")
        self.wording = Choice(theme, (), name=tr("Wording that they saw"))
        self._wording_text = Text(theme, "", TINY)
        methods = [(method.value, METHOD_WORDS[method]) for method in Method]
        self.method = Choice(theme, methods, name=tr("How it was given"))
        self.day = DayField(theme, name=tr("Given on"))
        self.day.setPlaceholderText(tr("today"))
        self._day = InlineField(theme, tr("Given on"), self.day)
        self.until = EndField(theme, name=tr("Until"))
        self._until = InlineField(theme, tr("Until"), self.until)
        self.evidence = LineField(
            theme, name=tr("Evidence"), placeholder=tr("form of 3 March, in the lead's folder")
        )
        self.refused = Banner(theme, "wait", NO_CONTROLLER, STATE_IT, dismissible=False)
        self.save = Button(theme, tr("Record"), kind="primary", small=True)
        theme.read_only.bar(self.save)
        self.cancel = Button(theme, tr("Cancel"), small=True)
        self._standing = QWidget()
        self._standing_lines = Column(theme, self._standing, spacing=4)
        self._lay_out(theme)
        self.know_controller(self._controller)
        self.topic.chosen.connect(self._show_topic)
        self.wording.chosen.connect(self._show_wording)
        self.day.editingFinished.connect(self._move_end)
        self.save.clicked.connect(self._submit)
        self.cancel.clicked.connect(self.closed)

    def _lay_out(self, theme: Theme) -> None:
        column = Column(theme, self, spacing=10, margins=(14, 12, 14, 14))
        column.addWidget(Text(theme, tr("Record new consent"), STRONG))
        column.addWidget(self.refused)
        about = Row(theme, spacing=10)
        about.addWidget(InlineField(theme, tr("About"), self.topic))
        about.addStretch(1)
        column.addLayout(about)
        column.addWidget(SectionLabel(theme, tr("They agree to")))
        for part in (self._ticks, self._ticks_error):
            column.addWidget(part)
        tiles = Tiles(theme, columns=4, least=180)
        tiles.set_tiles(
            (
                InlineField(theme, tr("Wording that they saw"), self.wording),
                InlineField(theme, tr("How it was given"), self.method),
                self._day,
                self._until,
            )
        )
        column.addWidget(tiles)
        column.addWidget(self._wording_text)
        column.addWidget(InlineField(theme, tr("Evidence"), self.evidence))
        column.addWidget(Flow(theme, (self.save, self.cancel), gap=8))
        column.addWidget(self._standing)

    def open_for(self, picture: Snapshot, person: Supporter, topic: str | None) -> None:
        """Begin: at one characteristic, at the whole record ("") or at the first characteristic (None)."""
        self._picture, self._person = picture, person
        self._wordings = picture.wordings
        topics = tuple(dict.fromkeys(person.characteristics))
        self._fill(self.topic, [(t, picture.reference.vocabulary.label(t)) for t in topics])
        self.topic.addItem(tr("The whole record"), WHOLE_RECORD)
        self._fill(self.wording, [(each.id, each.id) for each in self._wordings])
        self.topic.set_current(topic if topic is not None else topics[0] if topics else WHOLE_RECORD)
        self.wording.setCurrentIndex(max(0, self.wording.findData(_last_wording(person))))
        self.day.clear()
        self.until.begin(self._today())
        self.evidence.clear()
        self.know_controller(picture.controller)
        self._show_wording()
        self._show_topic()
        self.show()
        self.topic.setFocus(Qt.FocusReason.OtherFocusReason)

    def know_controller(self, controller: str | None) -> None:
        """Nobody agrees to anything while it is not stated who decides about the data; a no is always taken."""
        self._controller = controller
        if self.standing:
            self.refused.setVisible(controller is None)
            self.save.bar("" if controller is not None else NO_CONTROLLER)

    def _fill(self, choice: Choice, items: list[tuple[str, str]]) -> None:
        choice.clear()
        for key, text in items:
            choice.addItem(text, key)
        choice.updateGeometry()

    @Slot()
    def _show_topic(self) -> None:
        """The purposes that can be asked for it, and those that stand already and can be taken back."""
        whole = self.topic.current() == WHOLE_RECORD
        self.ticks = {p: Tick(self._theme, _capital(PURPOSE_WORDS[p])) for p in self._purposes(whole)}
        self._ticks.set_tiles(list(self.ticks.values()))
        self._ticks_error.hide()
        self._show_standing()

    def _purposes(self, whole: bool) -> tuple[Purpose, ...]:
        return WHOLE if whole else TOPIC_PURPOSES

    def _show_standing(self) -> None:
        while (item := self._standing_lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self._picture is None or self._person is None:
            return
        gate, topic = self._picture.gate(self._person, self._today()), self.topic.current() or None
        lines = [(p, gate.ruling(p, topic).record) for p in self.ticks if gate.allows(p, topic)]
        found = [(purpose, record) for purpose, record in lines if record is not None]
        if found:
            self._standing_lines.addWidget(SectionLabel(self._theme, tr("They agree now")))
        for purpose, record in found:
            covers = record.characteristic if record.characteristic != topic else None
            covering = self._picture.reference.vocabulary.phrase(covers) if covers else ""
            self._standing_lines.addWidget(self._standing_line(purpose, record, covering))
        come_as_laid_out(self)

    def _standing_line(self, purpose: Purpose, record: ConsentRecord, covering: str) -> QWidget:
        """One purpose with the way back; ``covering`` is the broader topic that they agreed to, if it was that."""
        line = QWidget()
        row = Row(self._theme, line, spacing=8)
        words = tr("{capital}, given {short}").format(
            capital=_capital(PURPOSE_WORDS[purpose]), short=short(record.given)
        )
        if covering:
            words = tr("{words} for {topic}, which covers it. That stays if this topic is withdrawn.").format(
                words=words, topic=covering
            )
        row.addWidget(Icon(self._theme, "check", "good"))
        row.addWidget(Text(self._theme, words), 1)
        button = Button(self._theme, tr("Withdraw"), small=True)
        button.setAccessibleName(tr("Withdraw: {purpose_words}").format(purpose_words=PURPOSE_WORDS[purpose]))
        self._theme.read_only.bar(button)
        button.setProperty("purpose", purpose.value)
        button.clicked.connect(self._withdraw)
        row.addWidget(button)
        return line

    @Slot()
    def _withdraw(self) -> None:
        purpose = Purpose(str(self.sender().property("purpose")))
        self.withdrawn.emit(Asked(purpose, self.topic.current() or None))

    @Slot()
    def _show_wording(self) -> None:
        texts = {each.id: each.text for each in self._wordings}
        self._wording_text.set_text(texts.get(self.wording.current(), NO_WORDING))

    def _given(self) -> date:
        """The day on which they agreed; a form is often typed in days after it was signed."""
        return self.day.day() or self._today()

    @Slot()
    def _move_end(self) -> None:
        """The year that is offered begins with the day on which they agreed, unless somebody chose another end."""
        if not self._day_fault():
            self.until.follow(self._given())

    @Slot()
    def _submit(self) -> None:
        purposes = [purpose for purpose, tick in self.ticks.items() if tick.isChecked()]
        self._ticks_error.set_text("" if purposes else tr("Tick what they agree to."))
        self._ticks_error.setVisible(not purposes)
        self._day.set_error(self._day_fault())
        self._until.set_error(self.until.fault(self._today()))
        if not purposes or self._day.error() or self._until.error() or not self.wording.count():
            return
        self.given.emit(tuple(self._record(purpose) for purpose in purposes))

    def _day_fault(self) -> str:
        if self.day.wrong():
            return WRITE_IT
        return tr("Choose today or a day before it.") if self._given() > self._today() else ""

    def _record(self, purpose: Purpose) -> ConsentRecord:
        return ConsentRecord(
            purpose=purpose,
            characteristic=self.topic.current() or None,
            given=self._given(),
            expires=self.until.day(),
            withdrawn=None,
            method=Method(self.method.current()),
            wording=self.wording.current(),
            evidence=self.evidence.text().strip() or None,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _last_wording(person: Supporter) -> str:
    """The wording of their last act of consent: the next one is most likely given under the same."""
    return person.consents[-1].wording if person.consents else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
