"""One suggested person: score, name, load, reasons, and the letter that asks them, shown before it is sent."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from peermatch.services.introductions import LetterDraft
from peermatch.ui.screens.reason_list import ReasonList
from peermatch.ui.screens.shortlist_facts import Face, brief, description_words
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.at_once import has_keyboard
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Row, Rule
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.fields import InlineField, LineField
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.letter import LetterView
from peermatch.ui.widgets.score_ring import ScoreRing
from peermatch.ui.widgets.tab_order import come_as_laid_out
from peermatch.ui.widgets.text import SMALL, SMALL_STRONG, STRONG, TINY, Phrase, Text
from peermatch.words import tr

WHY, HIDE = tr("Why?"), tr("Hide")


class AskForm(QWidget):
    """The letter as it will be sent, and the press that asks."""

    confirmed = Signal(str)
    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._draft: LetterDraft | None = None
        column = Column(theme, self, spacing=8, margins=(0, 8, 0, 0))
        self._head = Phrase(theme, [])
        self.few = Banner(theme, "wait", "", dismissible=False)
        self.few.hide()
        self.letter = LetterView(theme, name=tr("The letter that asks"), most_lines=14)
        self.reason = LineField(theme, name=tr("Why not the first one? You may leave this empty."))
        self.reason.setAcceptDrops(False)
        self._reason_field = InlineField(
            theme,
            tr("Why not the first one?"),
            self.reason,
            hint=tr("You may leave this empty. It goes into the journal."),
        )
        self.confirm = Button(theme, tr("Ask"), kind="primary", small=True)
        theme.read_only.bar(self.confirm)
        self.cancel = Button(theme, tr("Cancel"), small=True)
        for part in (Rule(), self.few, self._head, self.letter, Rule(), self._reason_field):
            column.addWidget(part)
        column.addWidget(Flow(theme, [self.confirm, self.cancel]))
        note = tr("It is put ready under Introductions. Nobody is told who asks.")
        column.addWidget(Text(theme, note, TINY))
        self.confirm.clicked.connect(self._confirm)
        self.cancel.clicked.connect(self.cancelled)
        theme.cover.changed.connect(self._recover)

    def show_draft(self, draft: LetterDraft, *, first: bool, fits: int | None) -> None:
        """The letter for one person; another than the first may be given a reason.

        ``fits`` is how few the trainee would find described, where they are so few that it must be said.
        """
        self._draft = draft
        if fits is not None:
            self.few.show_message("wait", *description_words(fits))
        self.few.setVisible(fits is not None)
        self.letter.set_letter(draft.text)
        self._reason_field.setVisible(not first)
        self._recover()

    @Slot()
    def _confirm(self) -> None:
        self.confirmed.emit(self.reason.text().strip())

    @Slot()
    def _recover(self) -> None:
        if self._draft is None:
            return
        to = self._theme.cover.shown(self._draft.recipient or tr("no e-mail address: ask them another way"))
        self._head.set_runs(
            [
                (tr("To: "), SMALL),
                (to, SMALL_STRONG),
                (tr("\nSubject: "), SMALL),
                (self._draft.subject, SMALL_STRONG),
            ]
        )
        self.letter.set_letter(
            tr("Covered while names are covered (F8).") if self._theme.cover.on else self._draft.text
        )


class SuggestionCard(Card):
    """``wanted`` asks for the letter, ``asked`` sends it with a reason, ``opened`` shows the person's record."""

    wanted = Signal(str)
    asked = Signal(str, str)
    opened = Signal(str)
    told_as = QAccessible.Role.Grouping

    def __init__(self, theme: Theme, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(theme, selectable=True, parent=parent)
        self.face = face
        self._first = False
        self._form: AskForm | None = None
        self._ring = ScoreRing(theme, face.score)
        self._who = Phrase(theme, [])
        self._load = Text(theme, face.load, TINY)
        self._reasons = Flow(theme, gap=5)
        self.why = Button(theme, WHY, kind="link", small=True, note=tr("All reasons with their points"))
        self._list = ReasonList(theme)
        self._list.hide()
        self.ask = Button(theme, tr("Ask"), small=True)
        theme.read_only.bar(self.ask)
        self._lay_out()
        self.setToolTip(tr("Space shows the reasons; Enter or a double click shows their record"))
        self.ask.clicked.connect(self._want)
        self.why.clicked.connect(self.toggle_reasons)
        self.pressed.connect(self._open)
        theme.cover.changed.connect(self._recover)
        self._show_face()

    def _lay_out(self) -> None:
        line = Row(self._theme, spacing=12)
        score = Column(self._theme, spacing=2)
        score.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignHCenter)
        score.addWidget(self.why, 0, Qt.AlignmentFlag.AlignHCenter)
        score.addStretch(1)
        line.addLayout(score)
        words = Column(self._theme, spacing=1)
        top = Row(self._theme, spacing=8)
        lines = Column(self._theme, spacing=0)
        lines.addWidget(self._who)
        lines.addWidget(self._load)
        top.addLayout(lines, 1)
        top.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(top)
        words.addSpacing(6)
        words.addWidget(self._reasons)
        words.addWidget(self._list)
        line.addLayout(words, 1)
        self.body.addLayout(line)

    def set_face(self, face: Face, *, first: bool) -> None:
        """The same person as matching sees them now."""
        changed = face != self.face
        self.face, self._first = face, first
        self.set_selected(first)
        self.ask.set_kind("primary" if first and self._form is None else "plain")
        if changed:
            self._show_face()

    def is_idle(self) -> bool:
        """Whether nothing is begun on it: no letter, and the keyboard is elsewhere."""
        return self._form is None and not has_keyboard(self)

    def turn_to(self, face: Face) -> None:
        """Serve somebody else, with the reasons folded away."""
        self._list.hide()
        self.face = face
        self._show_face()

    @property
    def form(self) -> AskForm | None:
        """The letter, while it is shown."""
        return self._form

    @property
    def opened_up(self) -> bool:
        """Whether all reasons are shown."""
        return not self._list.isHidden()

    def reasons(self) -> str:
        """All reasons as one would say them."""
        return self._list.spoken()

    @Slot()
    def toggle_reasons(self) -> None:
        """Show all reasons with their points, or the chips alone again."""
        self._list.setVisible(not self.opened_up)
        self._recover()
        if self.opened_up:
            announce(self, self.reasons())

    def show_letter(self, draft: LetterDraft, *, first: bool, fits: int | None = None) -> None:
        """Open the letter below the reasons."""
        if self._form is None:
            self._form = AskForm(self._theme)
            self._form.confirmed.connect(self._confirmed)
            self._form.cancelled.connect(self.close_letter)
            self.body.addWidget(self._form)
            come_as_laid_out(self)
        self._form.show_draft(draft, first=first, fits=fits)
        self._recover()
        self.ask.hide()
        self._form.confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_letter(self) -> None:
        """Put the letter away; nothing was sent."""
        if self._form is None:
            return
        self.body.removeWidget(self._form)
        self._form.hide()
        self._form.deleteLater()
        self._form = None
        self.ask.show()
        self.ask.set_kind("primary" if self._first else "plain")
        self.ask.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space shows the reasons, Esc puts the letter away."""
        if event.key() == Qt.Key.Key_Escape and self._form is not None:
            self.close_letter()
        elif event.key() == Qt.Key.Key_Space:
            self.toggle_reasons()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """One click does nothing: it must be safe to click on a card while reading it."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two show the person's record, as Enter does."""
        self.pressed.emit()

    def _show_face(self) -> None:
        self._ring.set_score(self.face.score)
        self._load.set_text(self.face.load)
        face = self.face
        chips = [Chip(self._theme, chip.text, chip.kind, note=chip.note) for chip in face.reasons]
        self._reasons.set_widgets(chips)
        self._list.show_reasons(face.groups, face.score, rare=face.rare, others=face.others)
        self._recover()

    @Slot()
    def _recover(self) -> None:
        cover = self._theme.cover
        name = cover.shown(self.face.name)
        self._who.set_runs([(name, STRONG), (f" {self.face.about}", SMALL)])
        call = "them" if cover.on else self.face.first_name
        self.ask.set_text(tr("Ask {call}").format(call=call))
        self.ask.setText(tr("Ask {brief}").format(brief=brief(call)))  # a very long name is heard whole
        if self._form is not None:
            self._form.confirm.set_text(tr("Ask {call}").format(call=call))
            self._form.confirm.setText(tr("Ask {brief}").format(brief=brief(call)))
        self.why.set_text(HIDE if self.opened_up else WHY)
        told = tr("{hide} all").format(hide=HIDE) if self.opened_up else tr("{why} All").format(why=WHY)
        self.why.setAccessibleName(tr("{told} reasons for {name}").format(told=told, name=name))
        self.setAccessibleName(
            tr("{name}, score {score} of 100. {spoken_reasons}").format(
                name=name, score=self.face.score, spoken_reasons=self._spoken_reasons()
            )
        )

    def _spoken_reasons(self) -> str:
        return ", ".join(chip.text for chip in self.face.reasons)

    @Slot()
    def _want(self) -> None:
        self.wanted.emit(self.face.supporter)

    @Slot(str)
    def _confirmed(self, reason: str) -> None:
        self.asked.emit(self.face.supporter, reason)

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self.face.supporter)
