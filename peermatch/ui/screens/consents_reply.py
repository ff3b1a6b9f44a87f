"""Recording an answer: the lines, under which wording and how they answered, until when, and the proof of it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.model.consent import Method
from peermatch.model.evidence import size_words
from peermatch.services.evidence import Attachment
from peermatch.services.replies import Reply
from peermatch.services.snapshot import Snapshot
from peermatch.ui.locking.forms import Values, fill, values_of
from peermatch.ui.screens.consent_lines import METHOD_WORDS
from peermatch.ui.screens.consents_answers import AnswerLines, questions
from peermatch.ui.screens.consents_words import Listed
from peermatch.ui.screens.day_field import EndField
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Rule, Tiles
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.fields import Choice, InlineField, LineField
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import HEADING, SMALL, TINY, Text
from peermatch.words import tr

TITLE = tr("What they answered")
NOTE = tr("Mark each line that they have answered. What stays without an answer is asked again.")
NOTHING = tr("Mark what they answered first.")
NO_WORDING = tr("No wording is kept yet: write one on the page Wordings first.")
IN_ORDER = tr("Nothing has to be asked at the moment.")


class ReplyForm(Card):
    """``wanted`` brings a `Reply`, ``file_wanted`` asks for a file to attach; ``today`` is asked when it is pressed."""

    wanted = Signal(object)
    file_wanted = Signal()

    def __init__(self, theme: Theme, today: Callable[[], date]) -> None:
        super().__init__(theme, margins=(18, 14, 18, 16), spacing=12)
        self._today, self._id = today, ""
        self.attachment: Attachment | None = None
        self._note = Text(theme, NOTE, SMALL)
        self.lines = AnswerLines(theme)
        self._error = Text(theme, "", TINY, tone="risk")
        self.wording = Choice(theme, (), name=tr("Wording that they saw"))
        methods = [(method.value, METHOD_WORDS[method]) for method in Method]
        self.method = Choice(theme, methods, name=tr("How they answered"))
        self.until = EndField(theme, name=tr("A yes holds until"))
        self._until = InlineField(theme, tr("A yes holds until"), self.until)
        self.evidence = LineField(theme, name=tr("Proof"), placeholder=tr("e-mail of 3 March"))
        self.attach = Button(theme, tr("Attach a file …"), small=True, icon="upload")
        self.attach.setAccessibleName(tr("{text} as proof of the answers").format(text=self.attach.text()))
        self.detach = Button(theme, tr("Leave it out"), kind="quiet", small=True)
        self._file = Text(theme, "", SMALL)
        self.save = Button(theme, tr("Record the answers"), kind="primary")
        self.clear = Button(theme, tr("Clear"))
        theme.read_only.bar(self.save, self.attach)
        self._rest = self._lay_out(theme)
        self._connect()

    def _lay_out(self, theme: Theme) -> tuple[QWidget, ...]:
        tiles = Tiles(theme, columns=3, least=200)
        tiles.set_tiles(
            (
                InlineField(theme, tr("Wording that they saw"), self.wording),
                InlineField(theme, tr("How they answered"), self.method),
                self._until,
            )
        )
        rest: tuple[QWidget, ...] = (
            Rule(),
            tiles,
            InlineField(theme, tr("Proof"), self.evidence),
            Flow(theme, (self.attach, self._file, self.detach), gap=10),
            self._error,
            Flow(theme, (self.save, self.clear), gap=8),
        )
        for part in (Text(theme, TITLE, HEADING), self._note, self.lines, *rest):
            self.body.addWidget(part)
        return rest

    def _connect(self) -> None:
        self.attach.clicked.connect(self.file_wanted)
        self.detach.clicked.connect(self._detach)
        self.save.clicked.connect(self._submit)
        self.clear.clicked.connect(self.forget)
        self.lines.changed.connect(self._marked)

    def show_person(self, picture: Snapshot, listed: Listed, on: date, wording: str) -> None:
        """Ask about one person; of the same person what is marked stays."""
        same = listed.id == self._id
        self._id = listed.id
        asked = questions(picture, picture.gate(listed.person, on), listed.points)
        if not same:
            self._fill(picture, wording)
        else:
            self.until.follow(self._today())
        self.lines.show_questions(asked, keep=same)
        self._note.set_text(NOTE if asked else IN_ORDER)
        for part in self._rest:
            part.setVisible(bool(asked))
        self._show_file()
        self._say("")

    def _fill(self, picture: Snapshot, wording: str) -> None:
        self.wording.clear()
        for each in picture.wordings:
            self.wording.addItem(each.id, each.id)
        self.wording.set_current(wording)
        self.wording.updateGeometry()
        self.method.set_current(Method.EMAIL.value)
        self.until.begin(self._today())
        self.evidence.set_value("")
        self.attachment = None
        self._until.set_error("")

    @property
    def typed(self) -> bool:
        """Whether anything is marked or written."""
        return bool(self.lines.values() or self.evidence.text().strip() or self.attachment)

    def set_attachment(self, attachment: Attachment) -> None:
        """This file goes with the answer."""
        self.attachment = attachment
        self._show_file()

    def refuse(self, sentence: str) -> None:
        """Say why it was not recorded; what is marked stays."""
        self._say(sentence)

    @Slot()
    def forget(self) -> None:
        """Nothing is marked any more."""
        for line in self.lines.lines:
            line.put_back({"answer": "open"})
        self.evidence.set_value("")
        self._detach()
        self._say("")

    def values(self) -> Values:
        """What is half answered."""
        return {"lines": self.lines.values(), "fields": values_of(self._editors())} if self.typed else {}

    def put_back(self, values: Values) -> None:
        """As it was before a lock; a file is chosen again, for no copy of it was kept."""
        fill(self._editors(), values.get("fields", {}))
        self.lines.put_back(values.get("lines", {}))

    def _editors(self) -> dict[str, object]:
        return {
            "wording": self.wording,
            "method": self.method,
            "until": self.until,
            "evidence": self.evidence,
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears what is marked."""
        if event.key() == Qt.Key.Key_Escape and self.typed:
            self.forget()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _marked(self) -> None:
        self._say("")

    @Slot()
    def _detach(self) -> None:
        self.attachment = None
        self._show_file()

    def _show_file(self) -> None:
        held = self.attachment
        self._file.set_text(f"{held.name}, {size_words(len(held.body))}" if held else "")
        self._file.setVisible(held is not None)
        self.detach.setVisible(held is not None)

    def _say(self, sentence: str) -> None:
        self._error.set_text(sentence)
        self._error.setVisible(bool(sentence))

    @Slot()
    def _submit(self) -> None:
        yes, no = self.lines.keys()
        self._until.set_error(self.until.fault(self._today()))
        self._say("" if yes or no else NOTHING)
        if not self.wording.count():
            self._say(NO_WORDING)
        elif (yes or no) and not self._until.error():
            self.wanted.emit(
                Reply(
                    self._id,
                    yes,
                    no,
                    self.wording.current(),
                    Method(self.method.current()),
                    self._today(),
                    self.until.day(),
                    self.evidence.text().strip() or None,
                    self.attachment,
                )
            )
