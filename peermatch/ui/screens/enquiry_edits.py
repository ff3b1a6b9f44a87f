"""Changes of the enquiry that is open: on the screen at once, then saved on the worker."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.enquiry import Enquiry, EnquiryStatus, Exclusions, Importance, Need
from peermatch.services.enquiries import Aside
from peermatch.services.office import Services
from peermatch.ui.screens.enquiry_details import ConsentYes
from peermatch.ui.tasks import Tasks


@dataclass(slots=True)
class OpenEnquiry:
    """The enquiry on the screen: as it is edited, and how many of its changes are still being saved."""

    reference: str = ""
    draft: Enquiry | None = None
    saving: int = 0


class EnquiryEdits(QObject):
    """``edited``: the draft is another one now; ``saved`` brings what was done, ``failed`` what went wrong.

    ``began`` brings the number of a save as it starts; ``answered`` is that of the one that was answered last.
    """

    edited = Signal()
    began = Signal(int)
    saved = Signal(Done)
    failed = Signal(object)

    def __init__(self, services: Services, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self.open = OpenEnquiry()
        self.answered = self._begun = 0

    def save(self, work: Callable[[], Done]) -> None:
        """Do it on the worker; what is open is not read anew before it is done."""
        opened = self.open
        opened.saving += 1
        self._begun = number = self._begun + 1
        self.began.emit(number)
        self._tasks.run(
            self, work, partial(self._saved, opened, number), partial(self._not_saved, opened, number)
        )

    @Slot(object)
    def set_needs(self, needs: tuple[Need, ...]) -> None:
        """What they need, the essential first."""
        enquiry = self.open.draft
        if enquiry is None:
            return
        essential = tuple(n for n in needs if n.importance is Importance.ESSENTIAL)
        helpful = tuple(n for n in needs if n.importance is Importance.HELPFUL)
        set_needs = self._services.enquiries.set_needs
        work = partial(set_needs, enquiry.reference, _ids(essential), _ids(helpful))
        self._edit(replace(enquiry, needs=(*essential, *helpful)), work)

    @Slot(object)
    def set_exclusions(self, exclusions: Exclusions) -> None:
        """Whom to keep away from."""
        self.set_detail("exclusions", exclusions)

    @Slot(str, object)
    def set_detail(self, field: str, value: object) -> None:
        """One field of the details."""
        enquiry = self.open.draft
        if enquiry is None:
            return
        changed = replace(enquiry, **{field: value})  # type: ignore[arg-type]  # the views send each field's own type
        self._edit(changed, partial(self._services.enquiries.change, enquiry.reference, **{field: value}))

    @Slot(str)
    def set_safe(self, text: str) -> None:
        """How they can be reached safely."""
        self.save(partial(self._services.enquiries.set_safe_contact, self.open.reference, text))

    @Slot(object)
    def record_yes(self, yes: ConsentYes) -> None:
        """They agreed that what they wrote is kept and used."""
        today = self._services.desk.today
        record = self._services.enquiries.record_consent
        self.save(partial(record, self.open.reference, yes.method, yes.wording, today))

    @Slot(object)
    def set_status(self, status: EnquiryStatus) -> None:
        """How far it has come."""
        self.save(partial(self._services.enquiries.set_status, self.open.reference, status))

    @Slot(object, object)
    def set_aside(self, references: tuple[str, ...], how: Aside) -> None:
        """Put several away in one step."""
        self.save(partial(self._services.enquiries.set_aside, references, how))

    @Slot(str)
    def note_risk(self, done: str) -> None:
        """What was done about a risk."""
        self.save(partial(self._services.enquiries.note_risk, self.open.reference, done))

    @Slot(bool)
    def watch(self, on: bool) -> None:
        """Be told when somebody fits, or no longer."""
        watches, reference = self._services.watches, self.open.reference
        start = partial(watches.watch, reference, self._services.desk.today)
        self.save(start if on else partial(watches.unwatch, reference))

    def _edit(self, enquiry: Enquiry, work: Callable[[], Done]) -> None:
        self.open.draft = enquiry
        self.edited.emit()
        self.save(work)

    def _saved(self, opened: OpenEnquiry, number: int, done: Done) -> None:
        opened.saving -= 1
        self.answered = number
        self.saved.emit(done)

    def _not_saved(self, opened: OpenEnquiry, number: int, error: PeerMatchError) -> None:
        opened.saving -= 1
        self.answered = number
        self.failed.emit(error)


def _ids(needs: tuple[Need, ...]) -> tuple[str, ...]:
    return tuple(need.characteristic for need in needs)
