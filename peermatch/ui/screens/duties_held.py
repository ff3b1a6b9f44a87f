"""What is held on one person: every field in plain words, a tick to leave it out, and the way to save it as files."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.access import AccessReport, Field, Section
from peermatch.model.changes import Done
from peermatch.model.erasure import ErasurePreview
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.office import Services
from peermatch.ui.screens.duties_erase import EraseForm, erase_words
from peermatch.ui.screens.duties_page import DutyPage
from peermatch.ui.screens.duties_words import name_of, who_words
from peermatch.ui.screens.emptied import empty
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Rule
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.covered import CoveredLabel
from peermatch.ui.widgets.fields import Tick
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.text import BODY, HEADING, SMALL_STRONG, SectionLabel, Text
from peermatch.words import count_of, tr

INTRO = tr(
    "Everything the network holds on one person, in the words in which they may have it. What is about other people "
    "is left out already as far as a program can tell."
)
MAY_BE_OTHERS = tr("may be about somebody else")
LEAVE_OUT = tr("Leave this out")
READ_FIRST = tr(
    "{fields} somebody wrote in their own words. Read {them} and tick what is about somebody else."
)
PLAIN = tr("The files are not encrypted. Hand them over safely, and delete them afterwards.")

ChooseFolder = Callable[[QWidget], Path | None]


def ask_for_folder(parent: QWidget) -> Path | None:
    """The computer's own folder chooser."""
    chosen = QFileDialog.getExistingDirectory(parent, tr("Where to save what is held"))
    return Path(chosen) if chosen else None


def to_read_words(report: AccessReport) -> str:
    """What must be read before it leaves."""
    count = len(report.to_read)
    if not count:
        return ""
    fields = tr("{count_of} {part} words that").format(
        count_of=count_of(count, "field"), part="holds" if count == 1 else "hold"
    )
    return READ_FIRST.format(fields=fields, them="it" if count == 1 else "them")


class HeldPanel(DutyPage):
    """``closed``: back to the requests. ``letters_left``: to the letters that an erasure left."""

    closed = Signal()
    letters_left = Signal()

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        theme: Theme,
        *,
        choose_folder: ChooseFolder = ask_for_folder,
    ) -> None:
        back = Button(theme, tr("Back"), icon="arrow-left", note=tr("Back to the requests (Esc)"))
        erase = Button(theme, tr("Erase …"), kind="danger", note=tr("You see first what goes and what stays"))
        save = Button(
            theme, tr("Save as files"), kind="primary", note=tr("A page to read and a file for computers")
        )
        super().__init__(services, tasks, theme, tr("What we hold"), INTRO, (back, erase, save))
        self.back, self.erase_button, self.save = back, erase, save
        theme.read_only.bar(erase, save)
        self._choose_folder = choose_folder
        self.subject: Subject | None = None
        self.report: AccessReport | None = None
        self.ticks: dict[str, Tick] = {}
        self._ticked_before: frozenset[str] = frozenset()
        self._who = Text(theme, "", HEADING, wrap=False)
        self._name = CoveredLabel(theme, "", BODY, wrap=False)
        self.to_read = Text(theme, "", BODY)
        self.form = EraseForm(theme)
        self._sections = QWidget()
        self._column = Column(theme, self._sections, spacing=12)
        self.add(Flow(theme, (self._who, self._name), gap=10), self.form, self.to_read, self._sections)
        self.body.addStretch(1)
        self.back.clicked.connect(self.closed)
        self.erase_button.clicked.connect(self.ask_to_erase)
        self.save.clicked.connect(self._save)
        self.form.wanted.connect(self._erase)
        self.form.closed.connect(self._close_form)

    def open_for(
        self, subject: Subject, *, erasing: bool = False, redacted: frozenset[str] = frozenset()
    ) -> None:
        """Read what is held on somebody, and what would follow if they were erased where that is asked.

        ``redacted`` are the keys of what was ticked before.
        """
        self.forget()
        self._ticked_before = redacted
        self.banner.hide()
        self.subject = subject
        self._who.set_text(tr("Held on {who_words}").format(who_words=who_words(subject)))
        name = name_of(subject, self.services.desk.snapshot)
        self._name.set_name(name)
        self._name.setVisible(bool(name))
        self.save.setEnabled(False)
        self.to_top()
        self.look()
        if erasing:
            self.ask_to_erase()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes elsewhere leaves nothing about anybody behind."""
        super().hideEvent(event)
        if not event.spontaneous() and not self.form.held:
            self.forget()

    def forget(self) -> None:
        """Nothing about anybody stays on a page that is not looked at."""
        self.report = None
        self.subject = None
        self.ticks = {}
        self.form.close_up()
        self._name.set_name("")
        empty(self._column)

    def take_focus(self) -> None:
        """Begin with the way back."""
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Read it on the worker; looking at an enquirer's record is noted as looking at who wrote."""
        if self.subject is not None:
            work = partial(_looked, self.services, self.subject, first=self.report is None)
            self.tasks.run(self, work, self._show, self.show_error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def redacted(self) -> frozenset[str]:
        """The keys of what is to be left out."""
        return frozenset(key for key, tick in self.ticks.items() if tick.isChecked())

    def _show(self, report: AccessReport) -> None:
        if report.subject != self.subject:
            return
        kept = self.redacted() | self._ticked_before
        self.report, self.ticks, self._ticked_before = report, {}, frozenset()
        self.to_read.set_text(to_read_words(report))
        self.to_read.setVisible(bool(report.to_read))
        empty(self._column)
        for section in report.sections:
            self._column.addWidget(SectionLabel(self.theme, section.title))
            self._column.addWidget(self._card(section, kept))
        self.save.setEnabled(True)

    def _card(self, section: Section, kept: frozenset[str]) -> Card:
        card = Card(self.theme, margins=(18, 10, 14, 10), spacing=8)
        for number, field in enumerate(section.fields):
            if number:
                card.body.addWidget(Rule())
            line = FieldLine(self.theme, field)
            line.tick.setChecked(field.key in kept)
            self.ticks[field.key] = line.tick
            card.body.addWidget(line)
        return card

    @Slot()
    def ask_to_erase(self) -> None:
        """Show first what would follow."""
        if self.subject is not None:
            self.banner.hide()
            work = partial(self.services.erasure.preview, self.subject)
            self.tasks.run(self, work, self._previewed, self.show_error)

    def _previewed(self, preview: ErasurePreview) -> None:
        if preview.subject == self.subject:
            one = preview.subject
            named = erase_words(one, name=name_of(one, self.services.desk.snapshot))
            self.form.open_for((one,), (preview,), erase_words(one), named=named)
            self.bring_into_sight(self.form)

    @Slot()
    def _close_form(self) -> None:
        self.form.close_up()
        self.to_top()
        self.erase_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _erase(self, subjects: Sequence[Subject]) -> None:
        work = partial(_erased, self.services, subjects[0])
        self.tasks.run(self, work, self._went, self._not_erased)

    def _went(self, found: tuple[Done, bool]) -> None:
        done, letters = found
        self.forget()
        (self.letters_left if letters else self.closed).emit()
        self.did.emit(done)

    def _not_erased(self, error: PeerMatchError) -> None:
        self.form.refuse(error.what, error.hint)

    @Slot()
    def _save(self) -> None:
        if self.report is None:
            return
        folder = self._choose_folder(self)
        if folder is not None:
            self.save.setEnabled(False)
            work = partial(self.services.subject_access.write, self.report, folder, self.redacted())
            self.tasks.run(self, work, self._saved, self._not_saved)

    def _saved(self, written: Sequence[Path]) -> None:
        self.save.setEnabled(True)
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)
        named = " and ".join(path.name for path in written)
        self.banner.show_message("success", tr("Saved as {named}.").format(named=named), PLAIN)
        self.to_top()

    def _not_saved(self, error: PeerMatchError) -> None:
        self.save.setEnabled(True)
        self.show_error(error)


class FieldLine(QWidget):
    """One thing that is held, with the tick that leaves it out."""

    def __init__(self, theme: Theme, field: Field) -> None:
        super().__init__()
        self.tick = Tick(theme, LEAVE_OUT)
        self.tick.setAccessibleName(f"{LEAVE_OUT}: {field.label}")
        end: list[QWidget] = [Chip(theme, MAY_BE_OTHERS, "wait")] if field.about_others else []
        column = Column(theme, self, spacing=2)
        label = Text(theme, field.label, SMALL_STRONG)
        column.addWidget(Spread(theme, label, Flow(theme, (*end, self.tick), gap=12)))
        column.addWidget(CoveredLabel(theme, field.value, BODY))


def _looked(services: Services, subject: Subject, *, first: bool) -> AccessReport:
    """On the worker."""
    if first and subject.kind is SubjectKind.ENQUIRER:
        services.enquiries.reveal(subject.id)
    return services.subject_access.preview(subject)


def _erased(services: Services, subject: Subject) -> tuple[Done, bool]:
    """On the worker: what was done, and whether letters wait to be sent."""
    done = services.erasure.erase(subject, services.desk.today)
    return done, bool(services.erasure.letters())
