"""One organisation as the page on organisations shows it: its sites, what became of it, and what can be done."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.dates import short
from peermatch.services.organisations import Known
from peermatch.ui.screens.clock_words import count_of
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import tr


class OrganisationCard(Card):
    """Each signal brings its id."""

    site = Signal(str)
    rename = Signal(str)
    merge = Signal(str)
    close_it = Signal(str)

    def __init__(self, theme: Theme, known: Known, on: date) -> None:
        super().__init__(theme, margins=(18, 14, 18, 16), spacing=6)
        self.known = known
        name = Text(theme, known.place.name, HEADING)
        head = Spread(theme, name, Flow(theme, self._chips(on), gap=6))
        self.body.addWidget(head)
        for sentence in sentences(known, on):
            self.body.addWidget(Text(theme, sentence, SMALL))
        self.body.addWidget(Flow(theme, self._buttons(), gap=8))

    def _chips(self, on: date) -> list[QWidget]:
        known = self.known
        chips = []
        if known.own:
            chips.append(Chip(self._theme, tr("your own"), "helpful"))
        elif known.changed:
            chips.append(Chip(self._theme, tr("changed here"), "helpful"))
        if not known.is_open:
            to_come = known.closed is not None and known.closed > on
            chips.append(Chip(self._theme, tr("will close") if to_come else "closed", "mute"))
        if known.people:
            chips.append(Chip(self._theme, count_of(known.people, tr("supporter")), "mute"))
        return list(chips)

    def _buttons(self) -> list[QWidget]:
        wanted = [(tr("Rename …"), self._rename)]
        if self.known.is_open:
            wanted += [
                (tr("Add a site …"), self._site),
                (tr("Goes into …"), self._merge),
                (tr("Closes …"), self._close),
            ]
        buttons: list[QWidget] = []
        for words, slot in wanted:
            button = Button(self._theme, words, small=True)
            button.setAccessibleName(f"{words.removesuffix(' …')}: {self.known.place.name}")
            self._theme.read_only.bar(button)
            button.clicked.connect(slot)
            buttons.append(button)
        return buttons

    @Slot()
    def _site(self) -> None:
        self.site.emit(self.known.place.id)

    @Slot()
    def _rename(self) -> None:
        self.rename.emit(self.known.place.id)

    @Slot()
    def _merge(self) -> None:
        self.merge.emit(self.known.place.id)

    @Slot()
    def _close(self) -> None:
        self.close_it.emit(self.known.place.id)


def sentences(known: Known, on: date) -> tuple[str, ...]:
    """What is known of it, a line each."""
    said = [tr("In {town}.").format(town=known.place.town) if known.place.town else ""]
    if known.into:
        when = ""
        if known.closed is not None:
            when = tr(" on {short}").format(short=short(known.closed))
        verb = tr("Goes") if known.closed is not None and known.closed > on else tr("Went")
        said.append(
            tr("{verb} into {join}{when}. People at both count as being at one place.").format(
                verb=verb, join=" and ".join(known.into), when=when
            )
        )
    elif known.closed is not None:
        said.append(
            tr("{part} on {short}.").format(
                part=tr("Closes") if known.closed > on else tr("Closed"), short=short(known.closed)
            )
        )
    if known.sites:
        said.append(tr("Sites: {join}.").format(join=", ".join(each.name for each in known.sites)))
    return tuple(each for each in said if each)
