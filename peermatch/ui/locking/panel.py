"""The settings page on locking: after how long, what else locks, and who may take pictures of the window."""

import sys
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.services.lock_rules import LockRules
from peermatch.services.office import Services
from peermatch.services.this_computer import choose
from peermatch.ui.locking.idle import MINUTE, time_words
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Row
from peermatch.ui.widgets.fields import Choice, Tick
from peermatch.ui.widgets.page import lay_page, titled_card
from peermatch.ui.widgets.text import SMALL, TINY, SectionLabel, Text
from peermatch.words import tr

INTRO = tr(
    "A locked window shows nothing, and the key is forgotten. What you were writing is kept in the encrypted file "
    "and is back when you unlock."
)
ALSO = tr(
    "The window also locks when you lock the screen, when the screen saver starts, when the computer goes to sleep "
    "and when somebody else signs in. Ctrl+L locks it at once."
)
HINT = tr("One time for everybody who opens this network. You are told a minute before.")
COPIED = tr(
    "What you copy from this window is marked as a secret and is taken off the clipboard after 30 seconds, when the "
    "window locks and when it closes. What you have copied elsewhere since then stays."
)
CAPTURE = tr("Leave this window out of screenshots and shared screens")
CAPTURE_CAN = tr(
    "On this computer only. Those who help you from afar or see your shared screen see an empty window then."
)
CAPTURE_CANNOT = tr(
    "Linux has no switch for this: any program that you run may take a picture of the screen, and previews of "
    "windows show what is in them. F8 covers the names."
)
PREVIEWS = {
    "win32": tr(
        "The task bar and Alt+Tab show the icon of PeerMatch instead of what is in the window, at all times."
    ),
    "darwin": tr(
        "Mission Control still shows the window as it is: macOS has no switch for that. F8 covers the names."
    ),
}


class LockingPanel(QWidget):
    """``did``: another time was kept. The choice for this computer works at once."""

    did = Signal(Done)

    def __init__(self, services: Services, tasks: Tasks, theme: Theme, platform: str = sys.platform) -> None:
        super().__init__()
        self._services, self._tasks, self._theme = services, tasks, theme
        self._possible = platform in PREVIEWS
        self.banner = Banner(theme, "error", "")
        self.minutes = Choice(
            theme,
            _times(services.lock_rules.idle_seconds, services.lock_rules.offered),
            name=tr("Lock without use after"),
        )
        self.uncaptured = Tick(theme, CAPTURE, CAPTURE_CAN if self._possible else CAPTURE_CANNOT)
        self.previews = Text(theme, PREVIEWS.get(platform, ""), SMALL)
        self._lay_out()
        self.refresh()
        theme.read_only.bar(self.minutes)
        self.banner.hide()
        self.previews.setVisible(self._possible)
        self.uncaptured.setEnabled(self._possible)
        self.uncaptured.setChecked(self._possible and theme.cover.uncaptured)
        self.minutes.chosen.connect(self._keep)
        self.uncaptured.toggled.connect(self._prefer)

    def _lay_out(self) -> None:
        theme, services = self._theme, self._services
        times = QWidget()
        line = Row(theme, times)
        line.addWidget(self.minutes)
        line.addStretch(1)
        cards = (
            titled_card(
                theme,
                tr("When the window locks"),
                SectionLabel(theme, tr("Lock without use after")),
                times,
                *_decided(theme, services.lock_rules),
                Text(theme, HINT, TINY),
                Text(theme, ALSO, SMALL),
                spacing=10,
            ),
            titled_card(theme, tr("Pictures of this window"), self.uncaptured, self.previews, spacing=10),
            titled_card(theme, tr("What you copy"), Text(theme, COPIED, SMALL), spacing=10),
        )
        lay_page(theme, self, tr("Locking"), (Text(theme, INTRO, SMALL), self.banner, *cards))

    def take_focus(self) -> None:
        """Begin with the time."""
        self.minutes.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """The time that holds now."""
        self.minutes.set_current(str(self._services.lock_rules.idle_seconds))

    def show_error(self, error: PeerMatchError) -> None:
        """What could not be kept; the page shows what holds."""
        self.refresh()
        self.banner.show_message("error", error.what, error.hint)

    @Slot(str)
    def _keep(self, seconds: str) -> None:
        self.banner.hide()
        if int(seconds) != self._services.lock_rules.idle_seconds:
            work = partial(self._services.lock_rules.set_idle, int(seconds) // MINUTE)
            self._tasks.run(self, work, self.did.emit, self.show_error)

    @Slot(bool)
    def _prefer(self, uncaptured: bool) -> None:
        self.banner.hide()
        self._theme.cover.set_uncaptured(uncaptured)
        work = partial(choose, uncaptured=uncaptured)
        self._tasks.run(self, work, _nothing, self.show_error)


def _times(now_s: int, minutes: tuple[int, ...]) -> list[tuple[str, str]]:
    """What is offered, and the time that holds now if it is another."""
    offered = sorted({*(each * MINUTE for each in minutes), now_s})
    return [(str(seconds), time_words(seconds)) for seconds in offered]


def _decided(theme: Theme, rules: LockRules) -> tuple[Text, ...]:
    """What the organisation has set, and what is wrong with how it did."""
    said = []
    if rules.longest is not None:
        said.append(
            tr("Set by your organisation: at most {time} on this computer.").format(
                time=time_words(rules.longest * MINUTE)
            )
        )
    if rules.fault:
        said.append(tr("{fault} Tell those who look after this computer.").format(fault=rules.fault))
    return tuple(Text(theme, each, SMALL) for each in said)


def _nothing(_done: None) -> None:
    """It holds already."""
