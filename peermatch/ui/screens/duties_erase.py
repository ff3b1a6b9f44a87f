"""The preview of an erasure: what goes, what stays and why, whom to tell, and which backups hold it until when."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.model.erasure import ErasurePreview, HeldUntil
from peermatch.model.rights import Case, Subject, SubjectKind
from peermatch.ui.screens.emptied import empty
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.built_late import BuiltLate
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.covered import CoveredLabel
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import BODY, HEADING, SMALL, STRONG, Look, Text
from peermatch.words import count_of, in_words, tr

AT_LENGTH = 12
"""Records whose preview stands in full; of more than these the rest is named."""
MOST_NAMED = 6
FOR_GOOD = tr("This cannot be taken back. Everything is encrypted with a new key, and a new backup is made.")
NO_BACKUP = tr("No backup holds it.")
NOTE_THEM = tr(
    "A letter to each who can still be reached is written with the erasure. It names nobody, and stands on the page "
    "Due for erasure afterwards, for you to send."
)
NOBODY = tr("Nobody outside was sent anything about this person.")
BULLET = "• "
PROGRESS = tr("Erasing, and making the new file and its backup. This takes a moment.")


def erase_words(subject: Subject | Case, *, left: bool = False, name: str = "") -> str:
    """The button that erases one person, what was ``left`` of them, or a case, in the words of what it does."""
    if isinstance(subject, Case):
        return tr("Erase {id}").format(id=subject.id)
    if left:
        return tr("Erase what is left of {id}").format(id=subject.id)
    if subject.kind is SubjectKind.SUPPORTER:
        return tr("Erase {who}'s record").format(who=name or subject.id)
    return tr("Erase {id} and who wrote it").format(id=subject.id)


def backup_lines(held: Sequence[HeldUntil]) -> tuple[str, ...]:
    """Until when backups hold it, which is what to tell a person who asks; and which they are, the last one first."""
    if not held:
        return (NO_BACKUP,)
    last = max(each.until for each in held)
    named = tuple(
        tr("{bullet}{name}, until {in_words}").format(
            bullet=BULLET, name=each.name, in_words=in_words(each.until)
        )
        for each in held[:MOST_NAMED]
    )
    more = len(held) - MOST_NAMED
    rest = (
        (tr("{bullet}and {count_of}").format(bullet=BULLET, count_of=count_of(more, "older one")),)
        if more > 0
        else ()
    )
    return (
        tr("Until {in_words} at the latest, and out of use until then:").format(in_words=in_words(last)),
        *named,
        *rest,
    )


class EraseForm(BuiltLate, Card):
    """``wanted`` brings who is to be erased, after it was read what follows; ``closed`` comes from Cancel or Esc.

    ``acted`` comes from the way on that a refusal may offer.
    """

    wanted = Signal(object)
    closed = Signal()
    acted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ground="raised", margins=(20, 16, 20, 18), spacing=10)
        self._theme = theme
        self.subjects: tuple[Subject | Case, ...] = ()
        self._shown: list[str] = []
        self._acts = ("", "")
        theme.cover.changed.connect(self._name_act)
        self.hide()

    def _build(self) -> None:
        theme = self._theme
        self._title = Text(theme, "", HEADING)
        self._told = QWidget()
        self._lines = Column(theme, self._told, spacing=6)
        self.banner = Banner(theme, "error", "", dismissible=False)
        self.progress = Text(theme, PROGRESS, SMALL)
        self.confirm = Button(theme, "", kind="danger")
        theme.read_only.bar(self.confirm)
        self.cancel = Button(theme, tr("Cancel, nothing is erased"))
        buttons = Flow(theme, (self.confirm, self.cancel), gap=8)
        for part in (self._title, self.banner, self._told, buttons, self.progress):
            self.body.addWidget(part)
        self.confirm.clicked.connect(self._go)
        self.cancel.clicked.connect(self.closed)
        self.banner.acted.connect(self.acted)

    def open_for(
        self,
        subjects: Sequence[Subject | Case],
        previews: Sequence[ErasurePreview],
        act: str,
        *,
        named: str = "",
    ) -> None:
        """Say what follows, record by record; the keyboard stands on Cancel, not on the danger.

        ``named`` says the act with a name in it, for while names are not covered.
        """
        self.subjects = tuple(subjects)
        self._acts = (act, named or act)
        self._name_act()
        self.banner.hide()
        self._clear()
        for preview in previews:
            self._put(preview, named=len(self.subjects) > 1)
        rest = self.subjects[len(previews) :]
        if rest:
            self._say(tr("And {count_of}").format(count_of=count_of(len(rest), "more record")), STRONG)
            self._say(", ".join(each.id for each in rest), SMALL)
        self._say(tr("Backups that still hold it"), STRONG)
        for line in backup_lines(_once(previews)):
            self._say(line, BODY)
        self._say(FOR_GOOD, SMALL)
        self.hold(False)
        self.show()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def lines(self) -> list[str]:
        """What is said, line by line."""
        return list(self._shown)

    def close_up(self) -> None:
        """Nothing about anybody stays in a form that is not looked at."""
        self.subjects = ()
        self._acts = ("", "")
        if self.standing:
            self._name_act()
            self._clear()
        self.hide()

    def refuse(self, what: str, hint: str, *, action: str = "") -> None:
        """Say why it was not done, with a way on where there is one."""
        self.hold(False)
        self.banner.show_message("error", what, hint, action=action)
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def held(self) -> bool:
        """Whether it is being done."""
        return self.standing and not self.cancel.isEnabled()

    def hold(self, held: bool) -> None:
        """While it is being done nothing is pressed twice."""
        self.confirm.setEnabled(not held)
        self.cancel.setEnabled(not held)
        self.progress.setVisible(held)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape and self.cancel.isEnabled():
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _put(self, preview: ErasurePreview, *, named: bool) -> None:
        if named:
            self._say(preview.label, HEADING, covered=True)
        self._group(tr("What goes"), preview.gone, "")
        self._group(tr("What stays, and why"), preview.kept, tr("Nothing stays."))
        if isinstance(preview.subject, Case):
            return
        self._group(tr("Whom to tell"), preview.to_tell, NOBODY, covered=True)
        if preview.to_tell:
            self._say(NOTE_THEM, SMALL)

    def _group(self, title: str, sentences: Sequence[str], nothing: str, *, covered: bool = False) -> None:
        self._say(title, STRONG)
        if not sentences and nothing:
            self._say(nothing, BODY)
        for sentence in sentences:
            self._say(f"{BULLET}{sentence}", BODY, covered=covered)

    def _say(self, words: str, look: Look, *, covered: bool = False) -> None:
        self._shown.append(words)
        label = CoveredLabel(self._theme, words, look) if covered else Text(self._theme, words, look)
        self._lines.addWidget(label)

    def _clear(self) -> None:
        empty(self._lines)
        self._shown = []

    @Slot()
    def _name_act(self) -> None:
        if self.standing or any(self._acts):
            plain, named = self._acts
            act = plain if self._theme.cover.on else named
            self._title.set_text(f"{act}?")
            self.confirm.set_text(act)

    @Slot()
    def _go(self) -> None:
        self.banner.hide()
        self.hold(True)
        self.wanted.emit(self.subjects)


def _once(previews: Sequence[ErasurePreview]) -> tuple[HeldUntil, ...]:
    """The backups of all previews, each once and with its last day."""
    found: dict[str, HeldUntil] = {}
    for held in (each for preview in previews for each in preview.backups):
        if held.name not in found or held.until > found[held.name].until:
            found[held.name] = held
    return tuple(sorted(found.values(), key=lambda each: (each.until, each.name), reverse=True))
