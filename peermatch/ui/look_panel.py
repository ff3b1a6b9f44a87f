"""The settings page on the look: colours, the size of text and notices of the system, all on this computer alone."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.services.office import Services
from peermatch.services.this_computer import NARROW, USUAL, WIDE, choose, preferences
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import LARGEST_SCALE, SMALLEST_SCALE, Scheme, Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Row
from peermatch.ui.widgets.fields import Choice, Tick
from peermatch.ui.widgets.page import lay_page, titled_card
from peermatch.ui.widgets.text import SMALL, TINY, Text
from peermatch.words import tr

STEP = 10
INTRO = tr(
    "How PeerMatch looks on this computer. Nobody else is affected, and nothing about the network is kept with it."
)
COLOURS = [
    (Scheme.SYSTEM.value, tr("As this computer has them")),
    (Scheme.LIGHT.value, tr("Light")),
    (Scheme.DARK.value, tr("Dark")),
    (Scheme.HIGH_CONTRAST.value, tr("High contrast")),
]
COLOURS_HINT = tr("They change at once. The first choice follows the computer, also while PeerMatch is open.")
SIZES = [(str(size), f"{size}%") for size in range(SMALLEST_SCALE, LARGEST_SCALE + 1, STEP)]
SIZE_HINT = tr("All text and every distance grow together. In a small window the navigation shows icons.")
LISTS = [(str(NARROW), tr("Narrow")), (str(USUAL), tr("Usual")), (str(WIDE), tr("Wide"))]
LISTS_HINT = tr(
    "The list on the left of a screen. The line beside it can be drawn to any width, also with the arrow keys. "
    "Where there is little room the list gives way all the same."
)
TELL = tr("Tell me when something needs me")
TELL_NOTE = tr(
    "A notice of the system says “PeerMatch: Something needs you.” It never says a name, a number or what it is about, "
    "and comes only while you work elsewhere."
)
STILL = tr(
    "Nothing in PeerMatch moves or blinks by itself. Where the window stands and how large it is are remembered here; "
    "a screen that is no longer there is noticed."
)


class LookPanel(QWidget):
    """What is chosen works at once and is kept here alone; ``did`` never comes, for the network is not changed."""

    did = Signal(Done)

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self._tasks, self._theme = tasks, theme
        self.banner = Banner(theme, "error", "")
        self.colours = Choice(theme, COLOURS, name=tr("Colours"))
        self.text_size = Choice(theme, SIZES, name=tr("Size of text"))
        self.lists = Choice(theme, LISTS, name=tr("Width of lists"))
        self.told = Tick(theme, TELL, TELL_NOTE)
        self._lay_out()
        self.banner.hide()
        self.refresh()
        self.told.setChecked(preferences().told)
        self.colours.chosen.connect(self._colour)
        self.text_size.chosen.connect(self._resize)
        self.lists.chosen.connect(self._widen)
        self.told.toggled.connect(self._tell)
        theme.changed.connect(self.refresh)
        theme.widened.connect(self.refresh)

    def _lay_out(self) -> None:
        theme = self._theme
        cards = (
            titled_card(theme, tr("Colours"), self._line(self.colours), Text(theme, COLOURS_HINT, TINY)),
            titled_card(theme, tr("Size of text"), self._line(self.text_size), Text(theme, SIZE_HINT, TINY)),
            titled_card(theme, tr("Width of lists"), self._line(self.lists), Text(theme, LISTS_HINT, TINY)),
            titled_card(theme, tr("Notices of the system"), self.told),
            titled_card(theme, tr("What stays as you left it"), Text(theme, STILL, SMALL)),
        )
        lay_page(theme, self, tr("Look"), (Text(theme, INTRO, SMALL), self.banner, *cards))

    def _line(self, part: QWidget) -> QWidget:
        line = QWidget()
        row = Row(self._theme, line)
        row.addWidget(part)
        row.addStretch(1)
        return line

    def take_focus(self) -> None:
        """Begin with the colours."""
        self.colours.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def refresh(self) -> None:
        """The look that holds now."""
        self.colours.set_current(self._theme.chosen.value)
        nearest = min(SIZES, key=lambda size: abs(int(size[0]) - self._theme.scale))
        self.text_size.set_current(nearest[0])
        near = min(LISTS, key=lambda width: abs(int(width[0]) - self._theme.lists))
        self.lists.set_current(near[0])

    def show_error(self, error: PeerMatchError) -> None:
        """What could not be kept; it holds until the program ends."""
        self.banner.show_message("error", error.what, error.hint)

    @Slot(str)
    def _colour(self, scheme: str) -> None:
        self._theme.choose(Scheme(scheme))
        self._keep(scheme=scheme)

    @Slot(str)
    def _resize(self, size: str) -> None:
        self._theme.set_scale(int(size))
        self._keep(scale=int(size))

    @Slot(str)
    def _widen(self, share: str) -> None:
        self._theme.set_lists(int(share))
        self._keep(lists=int(share))

    @Slot(bool)
    def _tell(self, told: bool) -> None:
        self._keep(told=told)

    def _keep(self, **wanted: object) -> None:
        self.banner.hide()
        self._tasks.run(self, partial(choose, **wanted), _nothing, self.show_error)


def _nothing(_done: None) -> None:
    """It holds already."""
