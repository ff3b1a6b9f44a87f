"""The ways from the enquiries to other screens."""

from PySide6.QtCore import QObject, Signal, Slot

from peermatch.ui.screens.enquiry_edits import EnquiryEdits
from peermatch.ui.screens.pages import FORM_PLACE


class Roads(QObject):
    """``go`` brings the screen and the place on it."""

    go = Signal(str, str, str)

    def __init__(self, edits: EnquiryEdits, parent: QObject) -> None:
        super().__init__(parent)
        self._edits = edits

    @Slot(str)
    def to_introduction(self, supporter: str) -> None:
        """The introduction of this enquiry to somebody."""
        self.go.emit("introductions", self._edits.open.reference, supporter)

    @Slot()
    def to_plan(self) -> None:
        """The plan for all who wait."""
        self.go.emit("plan", "", "")

    @Slot(str)
    def to_supporter(self, supporter: str) -> None:
        """Somebody's record."""
        self.go.emit("supporters", "", supporter)

    @Slot(str)
    def to_form(self, place: str) -> None:
        """A form of volunteers, by the place of its file."""
        self.go.emit("supporters", FORM_PLACE, place)

    @Slot(str)
    def to_duties(self, place: str) -> None:
        """A page of data protection."""
        self.go.emit("duties", place, "")
