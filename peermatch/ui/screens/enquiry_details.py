"""The facts of an enquiry, each changed where it stands, with what the letter says as one press."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.consent import Method
from peermatch.model.enquiry import Enquiry, EnquiryStatus
from peermatch.model.letter import Proposal
from peermatch.model.reference import Reference
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.duties_words import erase_place, held_place
from peermatch.ui.screens.enquiry_wishes import WishesView
from peermatch.ui.screens.finder import EditableText, Finder
from peermatch.ui.screens.finding import Option, grade_options, organisation_options, specialty_options
from peermatch.ui.screens.step_letters import StepLetterBox
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.chip import ChipButton
from peermatch.ui.widgets.fields import Choice
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import BODY, SMALL, SectionLabel, Text
from peermatch.words import in_words, tr

UNKNOWN = tr("not known")
METHODS = (
    (Method.EMAIL.value, tr("By e-mail")),
    (Method.SPOKEN.value, tr("Spoken")),
    (Method.FORM.value, tr("On the form")),
    (Method.PAPER.value, tr("On paper")),
)


class FactLine(QWidget):
    """One fact of a list: its words, what the letter says, and a search to choose another.

    ``picked`` brings the id, or nothing to say that it is not known.
    """

    picked = Signal(str)

    def __init__(
        self, theme: Theme, label: str, options: Callable[[], Sequence[Option]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._offered = ""
        column = Column(theme, self, spacing=5)
        self.words = Text(theme, UNKNOWN, BODY)
        self.offer = ChipButton(theme, "", "suggested", note=tr("The letter says so. Press to keep it."))
        self.change = Button(theme, tr("Change"), kind="quiet", small=True)
        self.change.setAccessibleName(tr("Change {lower}").format(lower=label.lower()))
        self.clear = Button(theme, tr("Not known"), kind="quiet", small=True)
        self.clear.setAccessibleName(tr("{label} is not known").format(label=label))
        theme.read_only.bar(self.offer, self.change, self.clear)
        self.finder = Finder(theme, options, name=label)
        self.finder.hide()
        column.addWidget(SectionLabel(theme, label))
        column.addWidget(self.words)
        column.addWidget(Flow(theme, [self.offer, self.change, self.clear]))
        column.addWidget(self.finder)
        self.change.clicked.connect(self.finder.open)
        self.clear.clicked.connect(self._clear)
        self.offer.clicked.connect(self._accept)
        self.finder.picked.connect(self._picked)
        self.finder.closed.connect(self.change.setFocus)

    def show_fact(self, value: str | None, words: str, offered: str | None, offered_words: str) -> None:
        """What is kept, and what the letter says where that is something else."""
        self._offered = offered if offered and offered != value else ""
        self.words.set_text(words if value else UNKNOWN)
        self.offer.set_chip(f"{offered_words}?", "suggested")
        self.offer.setVisible(bool(self._offered))
        self.clear.setVisible(bool(value))

    @Slot()
    def _clear(self) -> None:
        self.picked.emit("")

    @Slot()
    def _accept(self) -> None:
        self.picked.emit(self._offered)

    @Slot(str)
    def _picked(self, id: str) -> None:
        self.finder.hide()
        self.change.setFocus(Qt.FocusReason.OtherFocusReason)
        self.picked.emit(id)


@dataclass(frozen=True, slots=True)
class ConsentYes:
    """The enquirer's own yes as it is to be recorded."""

    method: Method
    wording: str


class DetailsView(QWidget):
    """``changed`` brings a field and its new value, ``agreed`` their yes, ``moved`` another status.

    ``duty`` asks for a place on the pages on data protection.
    """

    changed = Signal(str, object)
    agreed = Signal(object)
    moved = Signal(object)
    duty = Signal(str)
    letter_noted = Signal(object)
    letters_failed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lists: Reference | None = None
        self.letters: StepLetterBox | None = None
        self._column = Column(theme, self, spacing=16)
        self.grade = FactLine(theme, tr("Grade"), self._grades)
        self.specialty = FactLine(theme, tr("Specialty"), self._specialties)
        self.organisation = FactLine(theme, tr("Organisation"), self._organisations)
        self.place = EditableText(
            theme, name=tr("Where they live or work"), nothing=tr("not known; a town is enough")
        )
        for part in (self.grade, self.specialty, self.organisation):
            self._column.addWidget(part)
        self._group(tr("Place"), self.place)
        self.wishes = WishesView(theme)
        self._column.addWidget(self.wishes)
        self._consent()
        self._state()
        self._rights()
        self._column.addStretch(1)
        self.grade.picked.connect(self._grade_picked)
        self.specialty.picked.connect(self._specialty_picked)
        self.organisation.picked.connect(self._organisation_picked)
        self.place.committed.connect(self._place_written)
        self.wishes.changed.connect(self.changed)

    def show_details(self, enquiry: Enquiry, proposal: Proposal | None, snapshot: Snapshot) -> None:
        """Everything that is kept, beside what the letter says."""
        self._subject = Subject(SubjectKind.ENQUIRER, enquiry.reference)
        lists = self._lists = snapshot.reference
        grade, field = (proposal.grade, proposal.specialty) if proposal else (None, None)
        grades, fields, places = lists.grades, lists.specialties, lists.organisations
        self.grade.show_fact(
            enquiry.grade, _words(grades.label, enquiry.grade), grade, _words(grades.short, grade)
        )
        self.specialty.show_fact(
            enquiry.specialty, _words(fields.label, enquiry.specialty), field, _words(fields.label, field)
        )
        self.organisation.show_fact(enquiry.organisation, _words(places.name, enquiry.organisation), None, "")
        self.place.set_value(enquiry.place or "")
        self.wishes.show_wishes(enquiry, proposal)
        self._show_consent(enquiry, snapshot)
        self._show_state(enquiry)

    def _group(self, label: str, *parts: QWidget) -> Column:
        group = Column(self._theme, spacing=7)
        group.addWidget(SectionLabel(self._theme, label))
        for part in parts:
            group.addWidget(part)
        self._column.addLayout(group)
        return group

    def _consent(self) -> None:
        theme = self._theme
        self.consent_words = Text(theme, "", SMALL)
        self.method = Choice(theme, METHODS, name=tr("How they said yes"))
        self.record = Button(
            theme, tr("Record their yes"), small=True, note=tr("To keeping their name and address in sight")
        )
        theme.read_only.bar(self.method, self.record)
        self._consent_line = Flow(theme, [self.method, self.record])
        self._group(tr("Their own yes to our keeping their details"), self.consent_words, self._consent_line)
        self.record.clicked.connect(self._agree)
        self._wording = ""

    def _show_consent(self, enquiry: Enquiry, snapshot: Snapshot) -> None:
        given = enquiry.consent
        self._wording = _enquirers_wording(snapshot)
        under = tr(", wording {wording}").format(wording=given.wording) if given and given.wording else ""
        self.consent_words.set_text(
            tr("Given on {in_words}, {lower}{under}.").format(
                in_words=in_words(given.given), lower=dict(METHODS)[given.method.value].lower(), under=under
            )
            if given
            else tr("Not recorded yet, so their name stays hidden until you look.{under}").format(
                under=_under(self._wording)
            )
        )
        self._consent_line.setVisible(given is None)

    def _state(self) -> None:
        theme = self._theme
        self.hold = Button(theme, tr("Put on hold"), small=True)
        self.close_it = Button(theme, tr("Close this enquiry"), small=True)
        self.withdraw = Button(theme, tr("They have withdrawn"), small=True)
        self.reopen = Button(theme, tr("Open again"), small=True)
        theme.read_only.bar(self.hold, self.close_it, self.withdraw, self.reopen)
        self._state_group = self._group(
            tr("This enquiry"), Flow(theme, [self.hold, self.close_it, self.withdraw, self.reopen])
        )
        self.hold.clicked.connect(self._hold)
        self.close_it.clicked.connect(self._close)
        self.withdraw.clicked.connect(self._withdraw)
        self.reopen.clicked.connect(self._reopen)

    def _rights(self) -> None:
        theme = self._theme
        self._subject = Subject(SubjectKind.ENQUIRER, "")
        self.held = Button(theme, tr("What we hold"), small=True, note=tr("Looking is noted in the journal"))
        self.erase = Button(
            theme, tr("Erase …"), small=True, note=tr("You see first what goes and what stays")
        )
        theme.read_only.bar(self.held, self.erase)
        self._group(tr("Their data"), Flow(theme, [self.held, self.erase]))
        self.held.clicked.connect(self._ask_held)
        self.erase.clicked.connect(self._ask_erase)

    def add_letters(self, letters: StepLetterBox) -> None:
        """What the trainee may be told about how it stands, below the buttons that change it."""
        self.letters = letters
        self._state_group.addWidget(letters)
        letters.did.connect(self.letter_noted)
        letters.failed.connect(self.letters_failed)
        if self._subject.id:
            letters.show_for(self._subject.id)

    def _show_state(self, enquiry: Enquiry) -> None:
        if self.letters is not None:
            self.letters.show_for(enquiry.reference)
        self._triaged = bool(enquiry.needs)
        for button in (self.hold, self.close_it, self.withdraw):
            button.setVisible(enquiry.open)
        self.reopen.setVisible(not enquiry.open)

    def _grades(self) -> Sequence[Option]:
        return grade_options(self._lists) if self._lists else ()

    def _specialties(self) -> Sequence[Option]:
        return specialty_options(self._lists) if self._lists else ()

    def _organisations(self) -> Sequence[Option]:
        return organisation_options(self._lists) if self._lists else ()

    @Slot(str)
    def _grade_picked(self, id: str) -> None:
        self.changed.emit("grade", id or None)

    @Slot(str)
    def _specialty_picked(self, id: str) -> None:
        self.changed.emit("specialty", id or None)

    @Slot(str)
    def _organisation_picked(self, id: str) -> None:
        self.changed.emit("organisation", id or None)

    @Slot(str)
    def _place_written(self, text: str) -> None:
        self.changed.emit("place", text.strip() or None)

    @Slot()
    def _agree(self) -> None:
        self.agreed.emit(ConsentYes(Method(self.method.current()), self._wording))

    @Slot()
    def _ask_held(self) -> None:
        self.duty.emit(held_place(self._subject))

    @Slot()
    def _ask_erase(self) -> None:
        self.duty.emit(erase_place(self._subject))

    @Slot()
    def _hold(self) -> None:
        self.moved.emit(EnquiryStatus.ON_HOLD)

    @Slot()
    def _close(self) -> None:
        self.moved.emit(EnquiryStatus.CLOSED)

    @Slot()
    def _withdraw(self) -> None:
        self.moved.emit(EnquiryStatus.WITHDRAWN)

    @Slot()
    def _reopen(self) -> None:
        self.moved.emit(EnquiryStatus.TRIAGED if self._triaged else EnquiryStatus.NEW)


def _words(label: Callable[[str], str], id: str | None) -> str:
    return label(id) if id else ""


def _enquirers_wording(snapshot: Snapshot) -> str:
    """The wording that enquirers are shown ends with ``-e``; else the newest one."""
    ids = [wording.id for wording in snapshot.wordings]
    return next((id for id in reversed(ids) if id.endswith("-e")), ids[-1] if ids else "")


def _under(wording: str) -> str:
    return tr(" It is recorded under wording {wording}.").format(wording=wording) if wording else ""
