"""The first reply to a trainee: the letter to read and copy, and the note that a person has sent it."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.enquiry import Enquiry
from peermatch.model.posted import NO_LETTERS, Written
from peermatch.services.introductions import LetterDraft
from peermatch.services.office import Services
from peermatch.ui.screens.chip_row import ChipRow, ChipSpec
from peermatch.ui.screens.finding import Option
from peermatch.ui.screens.letter_sheet import LetterSheet
from peermatch.ui.screens.offered_letters import safe_way, trainee_of
from peermatch.ui.screens.picking import Picked
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.built_late import BuiltLate
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.fields import InlineField
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import tr

OPEN = tr("Write the first reply")
ADD = tr("Add a service")
ADD_NOTE = tr("Search by name. It stands at the end of the letter, with its number; nothing else is noted.")
MOST_OFFERED = 3
NOTE = tr(
    "Read it, change what you like after copying it, and send it from your own mailbox. Nothing leaves from here."
)


class FirstReply(BuiltLate, QWidget):
    """``wanted_address`` asks to reveal it, ``closed`` ends it; ``learned``: what was noted is known."""

    did = Signal(Done)
    learned = Signal()
    failed = Signal(object)
    wanted_address = Signal()
    closed = Signal()

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self._services, self._tasks = services, tasks
        self.reference = ""
        self._enquiry: Enquiry | None = None
        self._in_sight = False
        self._theme = theme
        self._offers: tuple[Option, ...] = ()

    def _build(self) -> None:
        theme = self._theme
        self._title = Text(theme, "", HEADING)
        self.services = Picked(theme, self._known, self._label, name=ADD)
        self._added = InlineField(theme, tr("Services to go with it"), self.services, hint=ADD_NOTE)
        self.fitting = ChipRow(theme)
        self.sheet = LetterSheet(theme)
        self.sent = Button(theme, tr("I have sent it"), kind="primary")
        self.close_button = Button(theme, tr("Not now"))
        theme.read_only.bar(self.sent)
        column = Column(theme, self, spacing=10, margins=(4, 2, 11, 4))
        buttons = Flow(theme, (self.sent, self.close_button), gap=10)
        for part in (self._title, Text(theme, NOTE, SMALL), self.sheet, self._added, self.fitting, buttons):
            column.addWidget(part)
        column.addStretch(1)
        self.sent.clicked.connect(self._note_sent)
        self.services.changed.connect(self._write_again)
        self.fitting.pressed.connect(self._add)
        self.close_button.clicked.connect(self.closed)
        self.sheet.to.wanted.connect(self.wanted_address)

    def wanted(self, enquiry: Enquiry, *, told: bool) -> bool:
        """Whether an enquiry still waits for it; ``told``: the trainee has heard of somebody already."""
        return enquiry.open and not enquiry.held and not told and self.noted(enquiry) is None

    def noted(self, enquiry: Enquiry) -> date | None:
        """When it was sent, or another letter to the trainee that came first."""
        letters = self._services.letters.known.get((enquiry.reference, ""), NO_LETTERS)
        return min(letters.values(), default=None)

    def learn(self) -> None:
        """What was noted by now: a step that is taken back takes its note with it."""
        self._tasks.run(self, self._services.letters.written, self._learned, self._could_not)

    def _learned(self, _written: Written) -> None:
        self.learned.emit()

    def open_for(self, enquiry: Enquiry, *, in_sight: bool) -> None:
        """Write it; the letter comes once the worker has it."""
        self.reference, self._in_sight = enquiry.reference, in_sight
        self._title.set_text(tr("The first reply to {reference}").format(reference=enquiry.reference))
        self._enquiry = enquiry
        offered = self._services.signposts.offered_for(enquiry)
        self._offers = tuple(Option(each.id, each.name, (each.summary, each.audience)) for each in offered)
        self.services.set_keys(())
        self.sheet.hide()
        self._added.hide()
        self.fitting.hide()
        self._write(partial(self._written, enquiry))

    def _write(self, then: Callable[[LetterDraft], None]) -> None:
        self.sent.setEnabled(False)
        work = partial(self._services.letters.acknowledgement, self.reference, self.services.keys())
        self._tasks.run(self, work, then, self._could_not)

    @Slot()
    def _write_again(self) -> None:
        """With other services; the keyboard stays in the line where they are looked for."""
        if self._enquiry is not None:
            self._write(partial(self._show_letter, self._enquiry))

    def reveal(self) -> None:
        """The look was noted: show the address."""
        self._look(in_sight=True)

    def hide_again(self, *, in_sight: bool) -> None:
        """Show the address only as far as it may stand there without being asked for."""
        self._look(in_sight=in_sight)

    def _look(self, *, in_sight: bool) -> None:
        self._in_sight = in_sight
        if self.standing:
            self.sheet.to.set_shown(in_sight)

    def _written(self, enquiry: Enquiry, draft: LetterDraft) -> None:
        if enquiry.reference == self.reference:
            self._show_letter(enquiry, draft)
            self.sheet.copy_text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_letter(self, enquiry: Enquiry, draft: LetterDraft) -> None:
        if enquiry.reference != self.reference:
            return
        safe = safe_way(enquiry, enquiry.requester.safe_contact or "")
        self.sheet.show_letter(draft, trainee_of(enquiry.reference), shown=self._in_sight, safe=safe)
        self.sheet.show()
        self._added.show()
        self._offer(enquiry)
        self.sent.setEnabled(True)

    @Slot()
    def _note_sent(self) -> None:
        self.sent.setEnabled(False)
        today, chosen = self._services.desk.today, self.services.keys()
        work = partial(self._services.letters.acknowledged, self.reference, today, chosen)
        self._tasks.run(self, work, self._noted, self._could_not)

    def _noted(self, done: Done) -> None:
        self.closed.emit()
        self.did.emit(done)

    def _offer(self, enquiry: Enquiry) -> None:
        """A few for what they wrote about, to be added by one press."""
        lists, taken = self._services.desk.snapshot.reference.signposts, self.services.keys()
        fits = [each for each in lists.for_topics(enquiry.wanted) if not each.urgent and each.id not in taken]
        chips = [ChipSpec(each.id, f"+ {each.name}", "suggested") for each in fits[:MOST_OFFERED]]
        self.fitting.set_chips(chips)
        self.fitting.setVisible(bool(chips))

    @Slot(str)
    def _add(self, id: str) -> None:
        self.services.set_keys((*self.services.keys(), id))
        self._write_again()

    def _known(self) -> Sequence[Option]:
        return self._offers

    def _label(self, id: str) -> str:
        return next((each.label for each in self._offers if each.key == id), id)

    def _could_not(self, error: PeerMatchError) -> None:
        if self.standing:
            self.sent.setEnabled(not self.sheet.isHidden())
        self.failed.emit(error)
