"""What a letter seems to answer, beside the buttons that note it; and that a letter did not reach somebody."""

from functools import partial

from PySide6.QtCore import Signal, Slot

from peermatch.model.changes import Done
from peermatch.model.introduction import Introduction, State
from peermatch.model.mail import Mail
from peermatch.services.mailbag import Correspondence
from peermatch.services.office import Services
from peermatch.ui.screens.mail_words import answer_words, reason_words
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.letter import LetterView
from peermatch.ui.widgets.seen import ReadWhenSeen
from peermatch.words import tr

CONFIRM = tr("Please read it. If it does, note the answer below; nothing is noted by itself.")
SEND_AGAIN = tr("Correct the address, and send the letter again.")


class AnswerNote(ReadWhenSeen):
    """Reads on the worker what came for one introduction; it takes no room where nothing did."""

    did = Signal(Done)
    failed = Signal(object)

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self._services, self._tasks, self._theme = services, tasks, theme
        self._introduction: Introduction | None = None
        self._returned: Mail | None = None
        self.answer = Banner(theme, "info", "", CONFIRM, dismissible=False)
        self.letter = LetterView(theme, name=tr("The letter that answers"), most_lines=10, private=True)
        self.returned = Banner(theme, "wait", "", SEND_AGAIN, dismissible=False)
        self.seen = Button(theme, tr("I have seen it"), small=True)
        theme.read_only.bar(self.seen)
        column = Column(theme, self, spacing=8)
        for part in (self.returned, self.seen, self.answer, self.letter):
            column.addWidget(part)
            part.hide()
        self.seen.clicked.connect(self._put_away)
        self.hide()

    def show_for(self, introduction: Introduction) -> None:
        """What came for this one."""
        if introduction != self._introduction:
            self._introduction = introduction
            self.hide()
        around = self.parentWidget()
        if around is not None and around.isVisible():
            self.look()
        else:
            self._stale = True
            self.show()

    def read(self) -> None:
        """On the worker."""
        step = self._introduction
        if step is not None:
            work = partial(self._services.mailbag.of, step.enquiry)
            self._tasks.run(self, work, partial(self._came, step), self.failed.emit)

    def _came(self, step: Introduction, found: Correspondence) -> None:
        if step != self._introduction:
            return
        answer, self._returned = found.answer_to(step), found.not_reached(step)
        if answer is not None:
            self.answer.show_message("info", answer_words(answer, self._name(step)), CONFIRM)
            self.letter.set_letter(answer.body)
        if self._returned is not None:
            self.returned.show_message("wait", reason_words(self._returned), SEND_AGAIN)
        for part in (self.answer, self.letter):
            part.setVisible(answer is not None)
        for other in (self.returned, self.seen):
            other.setVisible(self._returned is not None)
        self.setVisible(answer is not None or self._returned is not None)

    def _name(self, step: Introduction) -> str:
        """The supporter as they may be shown, or the trainee, whose name never stands here."""
        if step.state is State.ACCEPTED:
            return tr("the trainee")
        person = self._services.desk.snapshot.supporters.get(step.supporter)
        return self._theme.cover.shown(person.first_name if person is not None else step.supporter)

    @Slot()
    def _put_away(self) -> None:
        if self._returned is not None:
            work = partial(self._services.mailbag.put_away, self._returned.number)
            self._tasks.run(self, work, self._away, self.failed.emit)

    def _away(self, done: Done) -> None:
        self.did.emit(done)
        self.read()
