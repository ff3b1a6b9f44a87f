"""When nobody meets everything: the two who do together, and a watch that tells when somebody fits."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.enquiry import Enquiry
from peermatch.model.explanation import Together
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.clock_words import day_words
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import SMALL, STRONG, Text
from peermatch.words import tr

_ALL = {1: "it", 2: tr("both needs"), 3: tr("all three"), 4: tr("all four"), 5: tr("all five")}


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the card tells: whether anybody meets all of so many needs, the pair by name, and the watch."""

    whole: bool = True
    needs: int = 0
    pair: tuple[str, ...] = ()
    open: bool = True
    since: str = ""


class TogetherCard(Card):
    """``pair_wanted`` asks for these two alone or for everybody again, ``watch_wanted`` to watch or to stop."""

    pair_wanted = Signal(bool)
    watch_wanted = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, ground="raised", spacing=6, parent=parent)
        self._shown = _Shown()
        self._alone = False
        self._heading = Text(theme, "", STRONG)
        self._words = Text(theme, "", SMALL)
        self.show_pair = Button(theme, tr("Show these two"), small=True)
        self.watch = Button(
            theme, tr("Watch this enquiry"), small=True, note=tr("You are told when somebody new fits")
        )
        self._chip = Chip(theme, "", "mute")
        self.stop = Button(theme, tr("Stop watching"), kind="quiet", small=True)
        theme.read_only.bar(self.watch, self.stop)
        for part in (self._heading, self._words):
            self.body.addWidget(part)
        self._presses = Flow(theme, [self.show_pair, self._chip, self.watch, self.stop])
        self.body.addWidget(self._presses)
        self.show_pair.clicked.connect(self._press_pair)
        self.watch.clicked.connect(self._start)
        self.stop.clicked.connect(self._end)
        theme.cover.changed.connect(self._fill)
        self.hide()

    def words(self) -> str:
        """What it says."""
        return f"{self._heading.words()} {self._words.words()}".strip()

    @property
    def watched_words(self) -> str:
        """The words of the chip while the enquiry is watched."""
        return self._chip.text() if self._shown.since else ""

    def show_together(
        self, snapshot: Snapshot, enquiry: Enquiry, together: Together, since: date | None, on: date
    ) -> None:
        """Tell what nobody meets, or hide where somebody meets all and nothing is watched."""
        self._shown = _Shown(
            whole=together.whole or not enquiry.needs,
            needs=len(set(enquiry.wanted)),
            pair=tuple(snapshot.supporters[each].shown_name for each in together.pair or ()),
            open=enquiry.open,
            since=tr("Watched since {day_words}").format(day_words=day_words(since, on)) if since else "",
        )
        self._fill()

    def set_alone(self, alone: bool) -> None:
        """Whether the list below shows the two alone."""
        self._alone = alone
        self._fill()

    @Slot()
    def _fill(self) -> None:
        shown, cover = self._shown, self._theme.cover
        names = [cover.shown(name) for name in shown.pair]
        self._heading.set_text("" if shown.whole else tr("Nobody in this list meets everything."))
        self._words.set_text(_together_words(names, shown.needs) if not shown.whole else "")
        self.show_pair.set_text(tr("Show everybody") if self._alone else tr("Show these two"))
        self._chip.set_chip(shown.since, "mute")
        for part, wanted in (
            (self._heading, not shown.whole),
            (self._words, not shown.whole),
            (self.show_pair, bool(names) and not shown.whole),
            (self._chip, bool(shown.since)),
            (self.stop, bool(shown.since)),
            (self.watch, not shown.since and not shown.whole and shown.open),
        ):
            part.setVisible(wanted)
        self._presses.updateGeometry()
        self.setVisible(not shown.whole or bool(shown.since))

    @Slot()
    def _press_pair(self) -> None:
        self.pair_wanted.emit(not self._alone)

    @Slot()
    def _start(self) -> None:
        self.watch_wanted.emit(True)

    @Slot()
    def _end(self) -> None:
        self.watch_wanted.emit(False)


def _together_words(names: list[str], needs: int) -> str:
    if names:
        return tr("{join} together cover {get}.").format(
            join=" and ".join(names), get=_ALL.get(needs, tr("all {needs}").format(needs=needs))
        )
    return tr("You can be told when somebody new fits.")
