"""The middle of the page on letters: subject, the words and the fields in them, what is said of them, earlier words."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.model.letter_kinds import FIELD, IN_SUBJECTS, Letter, with_ids, with_labels
from peermatch.model.letter_text import SUBJECT, KeptText, LetterText, Remark
from peermatch.services.letter_texts import OnShelf
from peermatch.ui.screens.letters_fields import FieldMenu
from peermatch.ui.screens.letters_remarks import RemarkList, VersionList
from peermatch.ui.screens.letters_text import FieldsEdit
from peermatch.ui.screens.letters_words import FALLEN_HINT, FALLEN_WHAT, FIXED, about, standing, summary
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Panel
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.fields import InlineField, LineField
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.text import SMALL, TITLE, SectionLabel, Text
from peermatch.words import tr

HEAD_MARGINS = (22, 12, 22, 12)


class LetterEditor(QWidget):
    """``edited`` at every change; ``keep_wanted``, ``cancel_wanted`` and ``shipped_wanted`` from its buttons.

    ``head`` stands above it and does not scroll, unless there is too little room for that.
    """

    edited = Signal()
    keep_wanted = Signal()
    cancel_wanted = Signal()
    shipped_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shelf: OnShelf | None = None
        self._in_subject = self._putting = False
        self._last = ("", "")
        self._title, self._about = Text(theme, "", TITLE), Text(theme, "", SMALL)
        self._chip, self._summary = Chip(theme, ""), Text(theme, "", SMALL)
        self.head = Panel(theme, "canvas", edge="bottom")
        self.banner, self.fallen = Banner(theme, "error", ""), Banner(theme, "wait", "", dismissible=False)
        self.subject = LineField(theme, name=tr("Subject"))
        self._subject_field = InlineField(theme, tr("Subject"), self.subject)
        self._fixed = Text(theme, FIXED, SMALL)
        self.body = FieldsEdit(theme, name=tr("The words of the letter"))
        self.menu = FieldMenu(theme, self)
        self.remarks, self.versions = RemarkList(theme), VersionList(theme)
        self.keep = Button(theme, tr("Keep these words"), kind="primary", note="Ctrl+Enter")
        self.cancel = Button(theme, tr("Cancel"), note=tr("Back to the words that count (Esc)"))
        self.shipped = Button(theme, tr("Take up the words of PeerMatch"))
        theme.read_only.bar(self.keep, self.shipped)
        self._lay_out()
        self._connect()

    def set_head_within(self, within: bool) -> None:
        """Whether the head stands among the words, whose margins it has then."""
        self._in_head.set_margins((0, 0, 0, 12) if within else HEAD_MARGINS)

    def _lay_out(self) -> None:
        theme = self._theme
        self._in_head = head = Column(theme, self.head, spacing=4, margins=HEAD_MARGINS)
        buttons = Flow(theme, (self._chip, self.cancel, self.keep), gap=8)
        above: tuple[QWidget, ...] = (Spread(theme, self._title, buttons), self._about, self._summary)
        for part in above:
            head.addWidget(part)
        words = SectionLabel(theme, tr("The words"))
        words.setBuddy(self.body)
        self.column = Column(theme, self, spacing=10, margins=(22, 12, 22, 20))
        parts: tuple[QWidget, ...] = (
            *(self.fallen, self.banner, self._subject_field, self._fixed),
            *(Spread(theme, words, self.menu.button), self.body),
            *(self.remarks, Flow(theme, (self.shipped,)), self.versions),
        )
        for part in parts:
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.banner.hide()
        self.fallen.hide()

    def _connect(self) -> None:
        for part in (self.subject, self.body):
            part.installEventFilter(self)
            part.textChanged.connect(self._changed)
        self.menu.picked.connect(self._put_in)
        self.menu.left.connect(self._back_to_words)
        self.remarks.pressed.connect(self.go_to)
        self.versions.pressed.connect(self._take_version)
        self.keep.clicked.connect(self.keep_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.shipped.clicked.connect(self.shipped_wanted)

    def words(self) -> LetterText:
        """What stands in the editors, tidied as it would be kept."""
        return LetterText.tidy(with_ids(self.subject.text()), with_ids(self.body.toPlainText()))

    def typed(self) -> tuple[str, str]:
        """Exactly what stands in the editors."""
        return self.subject.text(), self.body.toPlainText()

    def show_letter(self, shelf: OnShelf, typed: tuple[str, str] | None) -> None:
        """One letter as it counts, or as somebody has begun to write it."""
        another = self._shelf is None or self._shelf.letter.id != shelf.letter.id
        self._shelf, letter = shelf, shelf.letter
        self._title.set_text(letter.title)
        self._about.set_text(about(letter))
        self._subject_field.setVisible(not letter.fixed_subject)
        self._fixed.setVisible(letter.fixed_subject)
        self.shipped.setVisible(shelf.own or shelf.fallen)
        self.versions.show_versions(shelf.versions, counts=not shelf.fallen)
        self._show_fallen(shelf.fallen)
        if another:
            self.banner.hide()
            self._offer_fields(letter)
        self.put(typed or (with_labels(shelf.text.subject), with_labels(shelf.text.body)))

    def put(self, words: tuple[str, str]) -> None:
        """Other words in the editors, which keep their place where they say this already."""
        self._last, self._putting = words, True
        if self.subject.text() != words[0]:
            self.subject.set_value(words[0])
        if self.body.toPlainText() != words[1]:
            self.body.setPlainText(words[1])
        self._putting = False

    def show_standing(self, dirty: bool, remarks: Sequence[Remark]) -> None:
        """Whether something waits to be kept, and what is said about it."""
        self.keep.setEnabled(dirty)
        self.cancel.setEnabled(dirty)
        of_subject = next((each for each in remarks if each.line == SUBJECT and each.grave), None)
        self._subject_field.set_error(of_subject.text if of_subject else "")
        self.remarks.show_remarks([each for each in remarks if each is not of_subject], dirty)
        self.body.set_marked(frozenset(each.line for each in remarks if each.line > SUBJECT))
        self._summary.set_text(summary(remarks) if dirty else "")
        self._summary.set_tone("risk" if any(each.grave for each in remarks) else "ink_2")
        self._summary.setVisible(dirty)
        if self._shelf is not None:
            words, kind = standing(self._shelf, dirty)
            self._chip.set_chip(words, kind)
            self._chip.setVisible(bool(words))

    @Slot(int)
    def go_to(self, line: int) -> None:
        """Put the keyboard where a remark belongs."""
        if line == SUBJECT and not self._subject_field.isHidden():
            self.subject.setFocus(Qt.FocusReason.OtherFocusReason)
        elif line > SUBJECT:
            self.body.go_to_line(line)
        else:
            self.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field is put in where the keyboard was last."""
        if event.type() == QEvent.Type.FocusIn:
            self._in_subject = watched is self.subject
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter keeps, Ctrl+I offers the fields, Esc takes back."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.keep.click()
        elif event.key() == Qt.Key.Key_I and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.menu.open()
        elif event.key() == Qt.Key.Key_Escape and self.cancel.isEnabled():
            self.cancel_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _show_fallen(self, fallen: bool) -> None:
        if fallen:
            self.fallen.show_message("wait", FALLEN_WHAT, FALLEN_HINT)
        self.fallen.setVisible(fallen)

    def _offer_fields(self, letter: Letter) -> None:
        """The fields of this letter, in the order of the register."""
        ids = tuple(id for id in FIELD if id in letter.fields)
        self.menu.set_fields(ids)
        self.body.set_fields(frozenset(FIELD[id].label for id in ids))

    @Slot(str)
    def _put_in(self, id: str) -> None:
        label = FIELD[id].label
        if self._in_subject and id in IN_SUBJECTS and not self._subject_field.isHidden():
            self.subject.insert(f"{{{label}}}")
            self.subject.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.body.put_in(label)

    @Slot()
    def _back_to_words(self) -> None:
        words = self.subject if self._in_subject and not self._subject_field.isHidden() else self.body
        words.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _changed(self) -> None:
        """Qt tells of colours as well as of words, and of words that were put here."""
        if not self._putting and self.typed() != self._last:
            self._last = self.typed()
            self.edited.emit()

    @Slot(object)
    def _take_version(self, version: KeptText) -> None:
        """Earlier words into the editors, to be kept again."""
        text = version.text or (self._shelf.shipped if self._shelf else None)
        if text is not None:
            self.put((with_labels(text.subject), with_labels(text.body)))
            self.edited.emit()
            self.body.setFocus(Qt.FocusReason.OtherFocusReason)
