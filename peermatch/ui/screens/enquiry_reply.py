"""The first reply to a trainee: the letter to read and copy, and the note that a person has sent it."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.enquiry import Enquiry
from peermatch.model.posted import NO_LETTERS, Posted, Written
from peermatch.services.introductions import LetterDraft
from peermatch.services.office import Services
from peermatch.ui.screens.letter_sheet import LetterSheet
from peermatch.ui.screens.offered_letters import safe_way, trainee_of
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import HEADING, SMALL, Text

OPEN = "Write the first reply"
NOTE = "Read it, change what you like after copying it, and send it from your own mailbox. Nothing leaves from here."


class FirstReply(QWidget):
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
        self._in_sight = False
        self._title = Text(theme, "", HEADING)
        self.sheet = LetterSheet(theme)
        self.sent = Button(theme, "I have sent it", kind="primary")
        self.close_button = Button(theme, "Not now")
        theme.read_only.bar(self.sent)
        column = Column(theme, self, spacing=10, margins=(0, 2, 11, 2))
        buttons = Flow(theme, (self.sent, self.close_button), gap=10)
        for part in (self._title, Text(theme, NOTE, SMALL), self.sheet, buttons):
            column.addWidget(part)
        column.addStretch(1)
        self.sent.clicked.connect(self._note_sent)
        self.close_button.clicked.connect(self.closed)
        self.sheet.to.wanted.connect(self.wanted_address)

    def wanted(self, enquiry: Enquiry, *, asked: bool) -> bool:
        """Whether an enquiry still waits for it; ``asked``: somebody was asked for it already."""
        return enquiry.open and not enquiry.held and not asked and self.noted(enquiry) is None

    def noted(self, enquiry: Enquiry) -> date | None:
        """When it was sent."""
        letters = self._services.letters.known.get((enquiry.reference, ""), NO_LETTERS)
        return letters.get(Posted.ACKNOWLEDGEMENT)

    def learn(self) -> None:
        """What was noted by now: a step that is taken back takes its note with it."""
        self._tasks.run(self, self._services.letters.written, self._learned, self._could_not)

    def _learned(self, _written: Written) -> None:
        self.learned.emit()

    def open_for(self, enquiry: Enquiry, *, in_sight: bool) -> None:
        """Write it; the letter comes once the worker has it."""
        self.reference, self._in_sight = enquiry.reference, in_sight
        self._title.set_text(f"The first reply to {enquiry.reference}")
        self.sent.setEnabled(False)
        self.sheet.hide()
        work = partial(self._services.letters.acknowledgement, enquiry.reference)
        self._tasks.run(self, work, partial(self._written, enquiry), self._could_not)

    def reveal(self) -> None:
        """The look was noted: show the address."""
        self._in_sight = True
        self.sheet.to.set_shown(True)

    def hide_again(self, *, in_sight: bool) -> None:
        """Show the address only as far as it may stand there without being asked for."""
        self._in_sight = in_sight
        self.sheet.to.set_shown(in_sight)

    def _written(self, enquiry: Enquiry, draft: LetterDraft) -> None:
        if enquiry.reference != self.reference:
            return
        safe = safe_way(enquiry, enquiry.requester.safe_contact or "")
        self.sheet.show_letter(draft, trainee_of(enquiry.reference), shown=self._in_sight, safe=safe)
        self.sheet.show()
        self.sent.setEnabled(True)
        self.sheet.copy_text.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _note_sent(self) -> None:
        self.sent.setEnabled(False)
        work = partial(self._services.letters.acknowledged, self.reference, self._services.desk.today)
        self._tasks.run(self, work, self._noted, self._could_not)

    def _noted(self, done: Done) -> None:
        self.closed.emit()
        self.did.emit(done)

    def _could_not(self, error: PeerMatchError) -> None:
        self.sent.setEnabled(not self.sheet.isHidden())
        self.failed.emit(error)
