"""Letters that belong to the step where something stands, offered beside it: one press opens each."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal, Slot

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.enquiry import Requester
from peermatch.model.letter_kinds import LETTERS, Side
from peermatch.services.office import Services
from peermatch.services.snapshot import Snapshot
from peermatch.services.step_letters import StepLetter, is_noted
from peermatch.ui.screens.offered_letters import Offered, OfferedLetters, safe_way, trainee_of
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.seen import ReadWhenSeen
from peermatch.ui.widgets.tab_order import come_as_laid_out
from peermatch.words import tr

TITLE = tr("Letters that belong here")
NOTE = tr(
    "Read it, change what you like after copying it, and send it from your own mailbox. Nothing leaves from here."
)
ONCE = tr("It says that it is the only reminder, so please send it only once. Nothing leaves from here.")
_ONLY_ONE = "offer-reminder"


class StepLetterBox(ReadWhenSeen):
    """Reads on the worker what belongs to a record; ``did`` brings that one was noted, ``failed`` what went wrong."""

    did = Signal(Done)
    failed = Signal(object)

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self._services, self._tasks = services, tasks
        self._key = ("", "")
        self._found: tuple[StepLetter, ...] = ()
        self.letters = OfferedLetters(theme, TITLE)
        Column(theme, self, spacing=0).addWidget(self.letters)
        self.letters.reveal_wanted.connect(self._reveal)
        self.letters.sent.connect(self._note_sent)

    def show_for(self, enquiry: str, supporter: str = "") -> None:
        """What belongs to an introduction, or to an enquiry or a supporter alone."""
        if (enquiry, supporter) != self._key:
            self._key = (enquiry, supporter)
            self.letters.forget()
            self.hide()
        self.refresh()

    def refresh(self) -> None:
        """Without a letter it takes no room at all, so it is what stands around it that is looked at."""
        around = self.parentWidget()
        if around is not None and around.isVisible():
            self.look()
        else:
            self._stale = True
            self.show()

    def read(self) -> None:
        """On the worker."""
        if any(self._key):
            by_hand, today = self._services.letter_texts.by_hand, self._services.desk.today
            work: Callable[[], tuple[StepLetter, ...]] = partial(by_hand.at_step, *self._key, today)
            self._tasks.run(self, work, partial(self._came, self._key), self._could_not)

    def _came(self, key: tuple[str, str], letters: tuple[StepLetter, ...]) -> None:
        if key == self._key:
            self._found = letters
            once = any(each.letter == _ONLY_ONE for each in letters)
            offers = [offered(each, self._services.desk.snapshot) for each in letters]
            self.letters.offer(offers, ONCE if once else NOTE)
            self.setVisible(bool(offers))
            around = self.parentWidget()
            if offers and around is not None:
                come_as_laid_out(around)

    @Slot(str)
    def _note_sent(self, letter: str) -> None:
        """A person has sent it: it is noted with its enquiry or its supporter, and offered no more."""
        by_hand, today = self._services.letter_texts.by_hand, self._services.desk.today
        case = next((each.case for each in self._found if each.letter == letter), None)
        if case is not None:
            self._tasks.run(self, partial(by_hand.note, letter, case, today), self._noted, self._could_not)

    def _noted(self, done: Done) -> None:
        self.did.emit(done)
        self.refresh()

    def _could_not(self, error: PeerMatchError) -> None:
        self.letters.forget()
        self.hide()
        self.failed.emit(error)

    @Slot(str)
    def _reveal(self, reference: str) -> None:
        work = partial(self._services.enquiries.reveal, reference)
        self._tasks.run(self, work, partial(self._revealed, reference), self._could_not)

    def _revealed(self, reference: str, _person: Requester) -> None:
        self.letters.address_revealed(reference)


def offered(found: StepLetter, picture: Snapshot) -> Offered:
    """One of them with its button; of who gave no yes yet, the address is hidden."""
    kind, reference = LETTERS[found.letter], found.case.enquiry
    noted = is_noted(found.letter, found.case)
    if kind.side is Side.SUPPORTER:
        return Offered(
            found.letter, tr("{title} · to the supporter").format(title=kind.title), found.draft, noted=noted
        )
    enquiry = picture.enquiries.get(reference)
    agreed = enquiry is not None and enquiry.consent is not None
    return Offered(
        found.letter,
        tr("{title} · to the trainee").format(title=kind.title),
        found.draft,
        who=trainee_of(reference),
        safe=safe_way(enquiry, (enquiry.requester.safe_contact if enquiry else "") or ""),
        hidden="" if agreed else reference,
        noted=noted,
    )
