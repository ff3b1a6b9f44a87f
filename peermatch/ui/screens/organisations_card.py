"""One organisation as the page on organisations shows it: its sites, what became of it, and what can be done."""

from collections.abc import Callable, Iterator
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.organisations import Site
from peermatch.services.organisations import Known
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.tab_order import come_as_laid_out
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import count_of, short, tr


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
        self._on = on
        self.body.addWidget(Flow(theme, self._buttons(), gap=8))
        self.sites = QWidget()
        self._site_lines = Column(theme, self.sites, spacing=4)
        self.body.addWidget(self.sites)
        self.sites.hide()

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
            chips.append(Chip(self._theme, count_of(known.people, "supporter"), "mute"))
        return list(chips)

    def _buttons(self) -> list[QWidget]:
        wanted = [(tr("Rename …"), self._rename)]
        if self.known.is_open:
            wanted += [
                (tr("Add a site …"), self._site),
                (tr("Goes into …"), self._merge),
                (tr("Closes …"), self._close),
            ]
        buttons: list[QWidget] = [self._button(words, self.known.place.name, slot) for words, slot in wanted]
        if self.known.sites:
            self.unfold = Button(self._theme, tr("Change a site …"), small=True, kind="quiet")
            self.unfold.setAccessibleName(tr("Change a site of {name}").format(name=self.known.place.name))
            self.unfold.clicked.connect(self._unfold)
            buttons.append(self.unfold)
        return buttons

    def _button(self, words: str, name: str, slot: Callable[[], None], id: str = "") -> Button:
        button = Button(self._theme, words, small=True)
        button.setAccessibleName(f"{words.removesuffix(' …')}: {name}")
        button.setProperty("site", id)
        self._theme.read_only.bar(button)
        button.clicked.connect(slot)
        return button

    @Slot()
    def _unfold(self) -> None:
        """A line for each site, made when somebody wants to change one."""
        if not self._site_lines.count():
            for site in sorted(self.known.sites, key=lambda each: each.name.casefold()):
                self._site_lines.addWidget(self._line(site))
        self.sites.setVisible(self.sites.isHidden())
        come_as_laid_out(self)

    def _line(self, site: Site) -> QWidget:
        buttons = [self._button(tr("Rename …"), site.name, self._rename_site, site.id)]
        closed = self.known.closed_sites.get(site.id)
        if closed is None:
            buttons.append(self._button(tr("Closes …"), site.name, self._close_site, site.id))
        words = site.name if closed is None else f"{site.name} · {_closed_words(closed, self._on)}"
        return Spread(self._theme, Text(self._theme, words, SMALL), Flow(self._theme, buttons, gap=8))

    @Slot()
    def _rename_site(self) -> None:
        self.rename.emit(str(self.sender().property("site")))

    @Slot()
    def _close_site(self) -> None:
        self.close_it.emit(str(self.sender().property("site")))

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


def _closed_words(day: date, on: date) -> str:
    """That it closes, or has closed, and when."""
    said = tr("closes on {day}") if day > on else tr("closed on {day}")
    return said.format(day=short(day))


def _site_words(known: Known, on: date) -> Iterator[str]:
    for each in known.sites:
        closed = known.closed_sites.get(each.id)
        yield each.name if closed is None else f"{each.name} ({_closed_words(closed, on)})"


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
        words = _closed_words(known.closed, on)
        said.append(f"{words[:1].upper()}{words[1:]}.")
    if known.sites:
        said.append(tr("Sites: {join}.").format(join=", ".join(_site_words(known, on))))
    return tuple(each for each in said if each)
