"""Safety before matching: what was noticed, whom to turn to, and the note that opens the shortlist."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.enquiry import Enquiry
from peermatch.model.signposts import Signpost
from peermatch.services.risk_words import risk_words
from peermatch.ui.screens.emptied import empty
from peermatch.ui.screens.signpost_card import signpost_card
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.fields import InlineField, LineField
from peermatch.ui.widgets.text import SectionLabel, Text
from peermatch.words import tr

STEPS = tr(
    "1. Read the whole letter, and think about how they can be reached safely.\n"
    "2. If somebody is in danger now, call 999. Offer the lines below.\n"
    "3. Tell the peer-support lead.\n"
    "4. Note what was done. Nobody is suggested before that."
)


class RiskPanel(QWidget):
    """``noted`` brings what was done, in the coordinator's words."""

    noted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        self._enquiry: Enquiry | None = None
        column = Column(theme, self, spacing=12, margins=(18, 18, 18, 18))
        self.banner = Banner(theme, "risk", tr("Check safety first."), dismissible=False)
        column.addWidget(self.banner)
        column.addWidget(Text(theme, STEPS))
        self.line = LineField(
            theme, name=tr("What was done"), placeholder=tr("rang, safe, gave crisis numbers")
        )
        self.line.setAcceptDrops(False)
        self.field = InlineField(
            theme, tr("What was done"), self.line, hint=tr("Kept with the enquiry and in the journal.")
        )
        self.button = Button(theme, tr("Note what was done"), kind="primary")
        theme.read_only.bar(self.line, self.button)
        column.addWidget(self.field)
        column.addWidget(self.button)
        column.addWidget(SectionLabel(theme, tr("Help that is there now")))
        self._lines = Column(theme, spacing=8)
        column.addLayout(self._lines)
        column.addStretch(1)
        self.button.clicked.connect(self._note)
        theme.cover.changed.connect(self._say)
        self.line.returnPressed.connect(self._note)

    def show_risk(self, enquiry: Enquiry, signposts: Sequence[Signpost], on: date) -> None:
        """What was noticed in this enquiry; a note that is being written stays while it is the same one."""
        self._enquiry = enquiry
        self._say()
        if self._shown[:1] != (enquiry.reference,):
            self.line.set_value("")
            self.field.set_error("")
        shown = (enquiry.reference, on, *signposts)
        if shown != self._shown:
            self._shown = shown
            self._fill(signposts, on)

    @Slot()
    def _say(self) -> None:
        """What was noticed; the letter's own words only while it is not covered."""
        if self._enquiry is None:
            return
        found = () if self._theme.cover.on else self._enquiry.risk
        words = tuple(dict.fromkeys(word for risk in found for word in risk.words))
        said = tr("The letter says ") + ", ".join(f"“{word}”" for word in words) + ". " if words else ""
        self.banner.show_message(
            "risk",
            tr("Check safety first: {risk_words}.").format(risk_words=risk_words(self._enquiry)),
            tr("{said}Nobody is suggested until you have noted what was done.").format(said=said),
        )

    def _fill(self, signposts: Sequence[Signpost], on: date) -> None:
        empty(self._lines)
        for each in signposts:
            self._lines.addWidget(signpost_card(self._theme, each, on))

    @Slot()
    def _note(self) -> None:
        if self.line.text().strip():
            self.field.set_error("")
            self.noted.emit(self.line.text().strip())
        else:
            self.field.set_error(tr("Please say what was done, such as: rang, safe, gave crisis numbers."))
