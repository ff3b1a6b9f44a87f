"""What came to an enquiry after its first letter, and the files that came with its letters: kept or let go."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.mail import Mail, MailFile
from peermatch.services.mailbag import Correspondence
from peermatch.ui.screens.duties_page import Lines
from peermatch.ui.screens.mail_words import CHIPS, NO_WORDS, SAFETY, file_words, head_words, reason_words
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.covered import CoveredLabel
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.letter import LetterView
from peermatch.ui.widgets.text import SMALL, STRONG, TINY, SectionLabel, Text
from peermatch.words import count_of, tr

FILES_NOTE = tr("PeerMatch never opens them. What is kept is encrypted with the enquiry and goes with it.")
Named = Callable[[Mail], str]


class MoreLetters(QWidget):
    """``keep`` and ``drop`` bring numbers of files, ``save`` one; ``seen`` a letter that was looked at."""

    keep = Signal(object)
    drop = Signal(object)
    save = Signal(int, str)
    seen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[Correspondence, date, str] | None = None
        column = Column(theme, self, spacing=8)
        self._title = SectionLabel(theme, tr("What came later"))
        self.letters = Lines(theme)
        self._files_title = SectionLabel(theme, tr("Files that came with it"))
        self._note = Text(theme, FILES_NOTE, SMALL)
        self.keep_all = Button(theme, tr("Keep them"), small=True)
        self.drop_all = Button(theme, tr("Delete them for good"), kind="danger", small=True)
        theme.read_only.bar(self.keep_all, self.drop_all)
        self._asked = Flow(theme, (self.keep_all, self.drop_all), gap=8)
        self.files = Lines(theme)
        for part in (self._title, self.letters, self._files_title, self._note, self.files, self._asked):
            column.addWidget(part)
        self.keep_all.clicked.connect(self._keep_all)
        self.drop_all.clicked.connect(self._drop_all)
        self.hide()

    def show_more(self, found: Correspondence, on: date, named: Named) -> None:
        """These belong to the enquiry; without any it takes no room."""
        wanted = (found, on, "|".join(map(named, found.letters)))
        if wanted == self._shown:
            return
        self._shown = wanted
        self.letters.put((str(mail.number), self._letter(mail, on, named(mail))) for mail in found.letters)
        self.files.put((str(file.number), self._file(file)) for file in found.files)
        undecided = self._undecided()
        self._title.setVisible(bool(found.letters))
        for part in (self._files_title, self._note):
            part.setVisible(bool(found.files))
        self._asked.setVisible(bool(undecided))
        self.keep_all.setText(tr("Keep {files}").format(files=count_of(len(undecided), "file")))
        self.setVisible(bool(found.letters or found.files))

    def forget(self) -> None:
        """Another enquiry: nothing of this one stays in sight."""
        self._shown = None
        self.letters.put(())
        self.files.put(())
        self.hide()

    def _letter(self, mail: Mail, on: date, who: str) -> QWidget:
        card = Card(self._theme, margins=(14, 10, 14, 12), spacing=6)
        card.setAccessibleName(head_words(mail, who, on))
        chips: list[QWidget] = [Chip(self._theme, *CHIPS[mail.kind])]
        chips += [Chip(self._theme, *SAFETY)] if mail.risk else []
        head = Text(self._theme, head_words(mail, who, on), STRONG)
        card.body.addWidget(Spread(self._theme, head, Flow(self._theme, chips)))
        if mail.why:
            card.body.addWidget(Text(self._theme, reason_words(mail), SMALL))
        view = LetterView(self._theme, name=tr("Later letter"), most_lines=14, private=True)
        view.set_letter(mail.body or NO_WORDS)
        card.body.addWidget(view)
        if mail.state.value == "aside":
            away = Button(self._theme, tr("I have seen it"), small=True)
            away.setAccessibleName(f"{away.text()}: {head_words(mail, who, on)}")
            away.setProperty("number", mail.number)
            self._theme.read_only.bar(away)
            away.clicked.connect(self._seen)
            card.body.addWidget(away, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _file(self, file: MailFile) -> QWidget:
        words = QWidget()
        texts = Column(self._theme, words, spacing=1)
        texts.addWidget(CoveredLabel(self._theme, file.name, STRONG))
        texts.addWidget(Text(self._theme, file_words(file), TINY))
        copy = Button(self._theme, tr("Save a copy …"), small=True)
        copy.setProperty("number", file.number)
        copy.setProperty("file", file.name)
        copy.setAccessibleName(tr("Save a copy of {id}").format(id=file.id))
        copy.clicked.connect(self._save)
        buttons: list[QWidget] = [copy]
        if file.kept:
            gone = Button(self._theme, tr("Delete for good"), kind="quiet", small=True)
            gone.setProperty("number", file.number)
            gone.setAccessibleName(tr("Delete {id} for good").format(id=file.id))
            gone.clicked.connect(self._drop)
            self._theme.read_only.bar(gone)
            buttons.append(gone)
        return Spread(self._theme, words, Flow(self._theme, buttons, gap=8))

    def _undecided(self) -> Sequence[int]:
        files = self._shown[0].files if self._shown else ()
        return tuple(each.number for each in files if not each.kept)

    @Slot()
    def _keep_all(self) -> None:
        self.keep.emit(self._undecided())

    @Slot()
    def _drop_all(self) -> None:
        self.drop.emit(self._undecided())

    @Slot()
    def _drop(self) -> None:
        self.drop.emit((int(self.sender().property("number")),))

    @Slot()
    def _save(self) -> None:
        self.save.emit(int(self.sender().property("number")), str(self.sender().property("file")))

    @Slot()
    def _seen(self) -> None:
        self.seen.emit(int(self.sender().property("number")))
