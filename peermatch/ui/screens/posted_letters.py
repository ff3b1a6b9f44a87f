"""The reminder, and the two letters that ask how it went: read on the worker, shown beside their introduction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.enquiry import Enquiry
from peermatch.model.posted import NOTHING_WRITTEN, Posted, Written
from peermatch.services.clocks import Turn
from peermatch.services.introductions import Agreed, LetterDraft
from peermatch.services.letters import FollowUp
from peermatch.services.office import Services
from peermatch.ui.screens.introduction_words import Key
from peermatch.ui.screens.offered_letters import Offered, OfferedLetters, safe_way, trainee_of
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.words import tr

FOLLOWING = frozenset({Turn.FOLLOW_UP, Turn.LAST_FOLLOW_UP})
WRITTEN_FOR = FOLLOWING | {Turn.REMIND}
"""When there is a letter that the step itself did not write."""
SUPPORTER, TRAINEE, FIRST = "supporter", "trainee", "first"
TITLE = tr("Ready to send")
ONLY_ONE = tr("This is the only reminder. Send it from your own mailbox, then note it below.")
BOTH = tr("Send both from your own mailbox, then note it below. Neither letter names the other person.")
LAST = tr("This is the last time that we ask. Send both from your own mailbox, then note it below.")


@dataclass(frozen=True, slots=True)
class Reminder:
    """The reminder, and the letter that may never have been sent."""

    reminder: LetterDraft
    first: LetterDraft


Due = Reminder | FollowUp


class PostedView(OfferedLetters):
    """The letters of one turn, the first of them open to be read."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, TITLE)

    def show_reminder(self, both: Reminder, name: str) -> None:
        """The reminder to a supporter, and the letter that it reminds of."""
        reminder = Offered(SUPPORTER, tr("Reminder to {name}").format(name=name), both.reminder)
        self._show((reminder, Offered(FIRST, tr("The first letter"), both.first)), ONLY_ONE)

    def show_follow_up(self, both: FollowUp, enquiry: Enquiry, name: str, *, in_sight: bool) -> None:
        """Both letters that ask how it went."""
        to_trainee = Offered(
            TRAINEE,
            tr("To {trainee_of}").format(trainee_of=trainee_of(enquiry.reference)),
            both.to_trainee,
            who=trainee_of(enquiry.reference),
            safe=safe_way(enquiry, enquiry.requester.safe_contact or ""),
            hidden="" if in_sight else enquiry.reference,
        )
        to_supporter = Offered(SUPPORTER, tr("To {name}").format(name=name), both.to_supporter)
        self._show((to_trainee, to_supporter), LAST if both.which is Posted.LAST_FOLLOW_UP else BOTH)

    def _show(self, offers: tuple[Offered, ...], note: str) -> None:
        self.offer(offers, note)
        self.open_letter(self.current or offers[0].key)


class PostedKeeper(QObject):
    """``changed``: what was noted is another than before; ``did`` and ``failed`` as for screens."""

    changed = Signal()
    did = Signal(Done)
    failed = Signal(object)

    def __init__(self, services: Services, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self.written: Written = services.letters.known or NOTHING_WRITTEN
        self.agreed: Agreed = {}

    def read(self) -> None:
        """What was noted by now, and when each trainee said yes."""
        self._tasks.run(self, partial(_noted, self._services), self._came, self._could_not)

    def write(self, turn: Turn, key: Key, on: date, ready: Callable[[Due], None]) -> None:
        """The letter or letters of a turn, on the worker."""
        work: Callable[[], Due] = partial(_reminder, self._services, *key)
        if turn in FOLLOWING:
            work = partial(self._services.letters.follow_up, *key, on)
        self._tasks.run(self, work, ready, self._could_not)

    def note(self, turn: Turn, key: Key, on: date) -> None:
        """A person has sent them."""
        letters = self._services.letters
        work = partial(letters.followed_up if turn in FOLLOWING else letters.reminded, *key, on)
        self._tasks.run(self, work, self._noted, self._could_not)

    def _noted(self, done: Done) -> None:
        self.written = self._services.letters.known
        self.did.emit(done)

    def _came(self, noted: tuple[Written, Agreed]) -> None:
        if noted != (self.written, self.agreed):
            self.written, self.agreed = noted
            self.changed.emit()

    def _could_not(self, error: PeerMatchError) -> None:
        self.failed.emit(error)


def _noted(services: Services) -> tuple[Written, Agreed]:
    """On the worker."""
    return services.letters.written(), services.introductions.agreed()


def _reminder(services: Services, reference: str, supporter: str) -> Reminder:
    """On the worker."""
    reminder = services.letters.reminder(reference, supporter)
    return Reminder(reminder, services.introductions.ask_draft(reference, supporter))
