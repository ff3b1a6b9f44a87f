"""Joins the parts of the enquiries that are built when somebody comes to them to what they act on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from peermatch.model.changes import Done
from peermatch.ui.screens.enquiry_door import LetterDoor
from peermatch.ui.screens.enquiry_edits import EnquiryEdits
from peermatch.ui.screens.enquiry_pane import EnquiryPane
from peermatch.ui.screens.enquiry_report import ArrivalReport
from peermatch.ui.screens.enquiry_roads import Roads
from peermatch.ui.screens.new_enquiry import NewEnquiry
from peermatch.ui.screens.shortlist_panel import ShortlistPanel
from peermatch.ui.screens.step_letters import StepLetterBox

if TYPE_CHECKING:
    from peermatch.ui.screens.enquiry_details import DetailsView
    from peermatch.ui.screens.enquiry_risk import RiskPanel


class LateParts(QObject):
    """``did`` and ``failed`` come from the letters, ``wanted`` brings a reference, ``closed`` leads back."""

    did = Signal(Done)
    failed = Signal(object)
    wanted = Signal(str)
    closed = Signal()

    def __init__(
        self,
        pane: EnquiryPane,
        people: ShortlistPanel,
        edits: EnquiryEdits,
        roads: Roads,
        door: LetterDoor,
        letters: Callable[[], StepLetterBox],
    ) -> None:
        super().__init__(pane)
        self._edits, self._roads, self._door, self._letters = edits, roads, door, letters
        edits.began.connect(pane.mark_lines)
        pane.late_details.came.connect(self._join_details)
        pane.late_new.came.connect(self._join_new)
        pane.late_report.came.connect(self._join_report)
        people.late_risk.came.connect(self._join_risk)

    @Slot(object)
    def _join_details(self, details: "DetailsView") -> None:
        details.changed.connect(self._edits.set_detail)
        details.agreed.connect(self._edits.record_yes)
        details.moved.connect(self._edits.set_status)
        details.duty.connect(self._roads.to_duties)
        details.add_letters(self._letters())
        details.letter_noted.connect(self.did)
        details.letters_failed.connect(self.failed)

    @Slot(object)
    def _join_new(self, new: NewEnquiry) -> None:
        new.wanted_files.connect(self._door.pick_files)
        new.written.connect(self._door.take_text)
        new.closed.connect(self.closed)

    @Slot(object)
    def _join_report(self, report: ArrivalReport) -> None:
        report.wanted.connect(self.wanted)
        report.closed.connect(self.closed)

    @Slot(object)
    def _join_risk(self, risk: "RiskPanel") -> None:
        risk.noted.connect(self._edits.note_risk)
