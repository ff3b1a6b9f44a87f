"""The ways by which a letter gets onto the screen of enquiries: dropped, pasted, chosen as a file, or written down."""

from PySide6.QtCore import QMimeData, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from peermatch.services.office import Services
from peermatch.ui.screens.drop_cue import DropCue
from peermatch.ui.screens.enquiry_arrivals import ArrivalBar, Arrivals
from peermatch.ui.screens.enquiry_intake import Source, files_as_sources, form_in, may_bring, sources_in
from peermatch.ui.screens.new_enquiry import ChooseFiles
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.words import tr


class LetterDoor(QObject):
    """``knocked`` comes with every letter that is brought; what becomes of it is said by ``arrivals``.

    ``form_brought`` brings the place of a volunteer form, which somebody dropped here as well.
    """

    knocked = Signal()
    form_brought = Signal(str)

    def __init__(
        self, services: Services, tasks: Tasks, theme: Theme, screen: QWidget, choose_files: ChooseFiles
    ) -> None:
        super().__init__(screen)
        self._screen, self._choose_files, self._read_only = screen, choose_files, theme.read_only
        self.cue = DropCue(theme, screen, self.can_take)
        self.arrivals = Arrivals(services, tasks, ArrivalBar(theme), self)
        self.cue.dropped.connect(self.take)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), screen)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)

    def can_take(self, mime: QMimeData) -> bool:
        """Whether there may be a letter in what is dragged over the window."""
        return not self._read_only.reason and may_bring(mime)

    @Slot(QMimeData)
    def take(self, mime: QMimeData) -> None:
        """Read what was dropped on the window."""
        self.take_in(sources_in(mime))

    @Slot()
    def paste(self) -> None:
        """What was copied, as a letter."""
        self.take(QGuiApplication.clipboard().mimeData())

    @Slot()
    def pick_files(self) -> None:
        """Files that a person chooses."""
        self.take_in(files_as_sources(self._choose_files(self._screen)))

    @Slot(str)
    def take_text(self, text: str) -> None:
        """Words that were written or pasted."""
        self.take_in((Source(tr("the text"), text=text),))

    def take_in(self, sources: tuple[Source, ...]) -> None:
        """Read letters and keep those that are new; a form by itself goes to its own page."""
        if form := form_in(sources):
            self.form_brought.emit(form)
        elif sources:
            self.knocked.emit()
            self.arrivals.take(sources)
