"""Who wrote: hidden until the coordinator looks, shown without asking once the enquirer's own yes is recorded."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from peermatch.model.enquiry import Enquiry, Requester
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.text import SMALL, SMALL_STRONG, Phrase
from peermatch.words import tr

HIDDEN = "hidden"


def who_words(person: Requester) -> str:
    """Name and address as they are known."""
    both = f"{person.name} ({person.email})" if person.name and person.email else person.name or person.email
    return both or tr("not known")


class FromLine(QWidget):
    """``wanted`` asks for the look that the journal notes; ``reveal`` shows what came back; ``turned`` after either."""

    wanted = Signal()
    turned = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._who = ""
        self._free = False
        row = Row(theme, self, spacing=4)
        self._words = Phrase(theme, [])
        self.button = Button(
            theme, tr("Reveal"), kind="quiet", small=True, note=tr("Looking is noted in the journal")
        )
        theme.read_only.bar(self.button)  # a look is noted in the journal
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.button.clicked.connect(self._press)
        theme.cover.changed.connect(self._show)

    @property
    def shown(self) -> bool:
        """Whether name and address are on the screen."""
        return bool(self._who)

    def words(self) -> str:
        """What the line says."""
        return self._words.words()

    def show_enquiry(self, enquiry: Enquiry, *, keep: bool) -> None:
        """Another enquiry hides the person again; with their yes on record there is nothing to hide."""
        self._free = enquiry.consent is not None
        if self._free or (keep and self._who):
            self._who = who_words(enquiry.requester)
        else:
            self._who = ""
        self._show()

    def reveal(self, person: Requester) -> None:
        """Show who wrote."""
        self._who = who_words(person)
        self._show()
        self.turned.emit()

    @Slot()
    def hide_again(self) -> None:
        """Hide who wrote, unless they agreed that we keep it in sight."""
        if self._who and not self._free:
            self._who = ""
            self._show()
            self.turned.emit()

    @Slot()
    def _press(self) -> None:
        if self._who:
            self.hide_again()
        else:
            self.wanted.emit()

    @Slot()
    def _show(self) -> None:
        shown = self._theme.cover.shown(self._who) if self._who else HIDDEN
        self._words.set_runs([(tr("From: "), SMALL), (shown, SMALL_STRONG)])
        self.button.set_text(tr("Hide") if self._who else tr("Reveal"))
        self.button.setVisible(not self._free)
