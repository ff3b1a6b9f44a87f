"""The settings page on e-mail: whether letters with a contact card are marked secure, and who needs no mark."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.card_wishes import SECURE_MARK
from peermatch.model.changes import Done
from peermatch.services.office import Services
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.fields import LineField, Tick
from peermatch.ui.widgets.page import lay_page, titled_card
from peermatch.ui.widgets.seen import ReadWhenSeen
from peermatch.ui.widgets.text import SMALL, TINY, SectionLabel, Text
from peermatch.words import tr

INTRO = tr(
    "Some mail systems, NHSmail among them, encrypt a letter when {mark} stands in its subject. Ask the people who "
    "look after your mail whether yours does, and where it is needed."
).format(mark=SECURE_MARK)
USE = tr("Mark letters with a contact card {mark}").format(mark=SECURE_MARK)
USE_NOTE = tr("You can take the mark out of a single letter before it leaves.")
WHERE = tr("Addresses that need no mark")
HINT = tr(
    "The part after the @, parted by commas. Each stands for everything below it too: nhs.net, example.nhs.uk"
)
CAREFUL = tr(
    "Outside your mail system a marked letter announces itself as a private, encrypted message. Where somebody told us "
    "how to reach them safely, the mark waits for your yes."
)


class MailMarkPanel(ReadWhenSeen):
    """``did``: the rule was changed. What is shown is read when somebody looks at it."""

    did = Signal(Done)

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self._marks, self._tasks = services.handing_out.marks, tasks
        self.banner = Banner(theme, "error", "")
        self.banner.hide()
        self.use = Tick(theme, USE, USE_NOTE)
        self.free = LineField(theme, name=WHERE, placeholder="nhs.net")
        self._lay_out(theme)
        theme.read_only.bar(self.use, self.free)
        self.use.toggled.connect(self._used)
        self.free.committed.connect(self._keep)

    def _lay_out(self, theme: Theme) -> None:
        self._where = QWidget()
        where = Column(theme, self._where, spacing=6)
        for part in (SectionLabel(theme, WHERE), self.free, Text(theme, HINT, TINY)):
            where.addWidget(part)
        card = titled_card(
            theme,
            tr("Letters that are encrypted on their way"),
            self.use,
            self._where,
            Text(theme, CAREFUL, SMALL),
            spacing=10,
        )
        lay_page(theme, self, tr("E-mail"), (Text(theme, INTRO, SMALL), self.banner, card))

    def take_focus(self) -> None:
        """Begin with the switch."""
        self.use.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """The rule that holds now."""
        self._tasks.run(self, self._marks.free, self._show, self.show_error)

    def show_error(self, error: PeerMatchError) -> None:
        """What could not be kept; what was typed stays, to be put right."""
        self.banner.show_message("error", error.what, error.hint)

    def _show(self, free: tuple[str, ...] | None) -> None:
        self.use.blockSignals(True)
        self.use.setChecked(free is not None)
        self.use.blockSignals(False)
        self._where.setVisible(free is not None)
        self.free.set_value(", ".join(free or ()))

    @Slot(bool)
    def _used(self, on: bool) -> None:
        self.banner.hide()
        work = partial(self._marks.use, ()) if on else self._marks.use_no_more
        self._tasks.run(self, work, self._kept, self.show_error)

    @Slot(str)
    def _keep(self, typed: str) -> None:
        self.banner.hide()
        domains = typed.replace(";", ",").replace(" ", ",").split(",")
        self._tasks.run(self, partial(self._marks.use, domains), self._kept, self.show_error)

    def _kept(self, done: Done) -> None:
        self.did.emit(done)
        self.look()
