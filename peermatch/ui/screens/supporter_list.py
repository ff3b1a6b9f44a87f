"""The left side of the supporters' screen: facets, a name to look for, and everybody who fits."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from peermatch.services.listing import Listing
from peermatch.services.snapshot import Snapshot
from peermatch.ui.keys import bind
from peermatch.ui.screens.chip_row import ChipRow, ChipSpec
from peermatch.ui.screens.finder import Finder
from peermatch.ui.screens.finding import Option
from peermatch.ui.screens.supporter_facets import (
    MATCHABLE,
    NEVER,
    PLACE,
    SPECIALTY,
    TOPIC,
    WAITING,
    Facets,
    Narrowing,
    chosen,
    places_held,
    row,
    specialties_held,
    topics_held,
    waiting,
)
from peermatch.ui.screens.supporter_rows import MANY, RollRows, RollView
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.chip import ChipKind
from peermatch.ui.widgets.fields import LineField
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.queue_list import QueueRow
from peermatch.ui.widgets.states import EmptyState
from peermatch.words import tr

OPTIONS: dict[str, Callable[[Listing, Sequence[int]], tuple[Option, ...]]] = {
    TOPIC: topics_held,
    SPECIALTY: specialties_held,
    PLACE: places_held,
}


class SupporterList(Panel):
    """``chosen`` brings the id that became current, ``opened`` that of Enter, ``wanted`` that nobody is here yet."""

    chosen = Signal(str)
    opened = Signal(str)
    wanted = Signal()
    form_wanted = Signal()
    table_wanted = Signal()

    def __init__(self, theme: Theme, picture: Callable[[], Snapshot]) -> None:
        super().__init__(theme, "raised", edge="right")
        self._picture = picture
        self.facets = Facets()
        self._listing: Listing | None = None
        self._narrowing = Narrowing()
        self._shown: Sequence[int] = ()
        self._said: list[ChipSpec] | None = None
        self._asking = ""
        self._offered: tuple[Option, ...] | None = None
        self._chips = ChipRow(theme)
        self.search = LineField(theme, name=tr("Search by name"), placeholder=tr("Search by name (Ctrl+F)"))
        self.finder = Finder(theme, self._options, name=tr("Narrow the list"))
        self.view = RollView(theme, name=tr("Supporters"))
        self._nobody = EmptyState(theme, "users", "")
        self._first = EmptyState(
            theme,
            "user-plus",
            tr("Nobody has volunteered yet."),
            tr("Your supporters will be listed here."),
            action=tr("Add the first one"),
            writes=True,
        )
        column = Column(theme, self, spacing=4, margins=(8, 12, 9, 0))
        top = Column(theme, spacing=8, margins=(4, 0, 4, 4))
        for part in (self._chips, self.finder, self.search):
            top.addWidget(part)
        column.addLayout(top)
        for filling in (self.view, self._nobody, self._first):
            column.addWidget(filling, 1)
        self.form = Button(theme, tr("Take in a form …"), kind="quiet", small=True, icon="upload")
        theme.read_only.bar(self.form)
        self.table = Button(theme, tr("Save as a table …"), kind="quiet", small=True, icon="download")
        theme.read_only.bar(self.table)
        column.addWidget(Flow(theme, (self.form, self.table), gap=4))
        column.addSpacing(theme.px(8))
        self.finder.hide()
        self._connect()

    def _connect(self) -> None:
        self._chips.pressed.connect(self._press)
        self._chips.removed.connect(self._remove)
        self.finder.picked.connect(self._pick)
        self.search.textChanged.connect(self._look_for)
        self.view.chosen.connect(self.chosen)
        self.view.opened.connect(self.opened)
        self._first.acted.connect(self.wanted)
        self.form.clicked.connect(self.form_wanted)
        self.table.clicked.connect(self.table_wanted)
        bind(self, (("Ctrl+F", self._go_to_search),))

    def take_focus(self, reason: Qt.FocusReason) -> None:
        """Begin in the list; where nobody is listed yet, with the way to the first."""
        way = (self._first.button,) if self._first.isVisibleTo(self) else ()
        begin = (self.view, *way, self.search)
        next((each for each in begin if each.isVisibleTo(self)), self.view).setFocus(reason)

    def show_people(self, on: date) -> None:
        """Everybody as they stand today; the list keeps its place."""
        self._listing = Listing.of(self._picture(), on, self._listing)
        self.view.set_even(len(self._listing.roll) > MANY)
        self._refill()

    def matchable(self) -> int:
        """How many could be matched today."""
        return self._listing.matchable if self._listing else 0

    def first(self) -> str:
        """The id at the top, or nothing."""
        return self._listing.roll.id(self._shown[0]) if self._listing and self._shown else ""

    def show_current(self, id: str) -> None:
        """Make a supporter current; facets that hide them are given up."""
        number = self._listing.roll.number(id) if self._listing else None
        if number not in self._shown:
            self.facets = Facets()
            self.search.set_value("")
            self._refill()
        self.view.set_rows(self._rows(), current=id)
        self.view.scrollTo(self.view.currentIndex())

    def narrow_to(self, topic: str) -> None:
        """Those alone who can be found by a topic; other facets are given up."""
        self.search.set_value("")
        self.facets = Facets(topic=topic)
        self._refill()

    def narrow_to_never_asked(self) -> None:
        """Those alone who could be asked and never were."""
        self.search.set_value("")
        self.facets = Facets(never_asked=True)
        self._refill()

    def narrow_to_waiting(self) -> None:
        """Volunteers who wait for their checks alone."""
        self.search.set_value("")
        self.facets = Facets(waiting=True)
        self._refill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up the name that is looked for."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _options(self) -> Sequence[Option]:
        """What there is to choose from, each with how many would be left."""
        if not self._asking or self._listing is None:
            return ()
        if self._offered is None:
            others = chosen(self._listing, replace(self.facets, **{self._asking: ""}))  # type: ignore[arg-type]  # a text
            self._offered = OPTIONS[self._asking](self._listing, others)
        return self._offered

    def _rows(self) -> Sequence[QueueRow]:
        """What is shown, a row made as it comes into sight."""
        listing = self._listing
        if listing is None:
            return ()
        return RollRows(listing.roll, self._shown, partial(row, listing.snapshot, on=listing.on))

    def _refill(self) -> None:
        self._offered = None
        listing = self._listing
        self._shown = self._narrowing.narrowed(listing, self.facets) if listing else ()
        specs = self._specs()
        if specs != self._said:
            self._said = specs
            self._chips.set_chips(specs)
        self.view.set_rows(self._rows())
        anybody = bool(listing and len(listing.roll))
        self.view.setVisible(bool(self._shown))
        self._nobody.setVisible(anybody and not self._shown)
        self._first.setVisible(not anybody)
        self.search.setVisible(anybody)
        self._chips.setVisible(anybody)
        self._nobody.set_words(
            tr("Nobody fits all of this."), tr("Take a chip away, or look for another name.")
        )

    def _specs(self) -> list[ChipSpec]:
        names = self._picture().reference
        able = tr("can be matched · {matchable}").format(matchable=f"{self.matchable():,}")
        on = self.facets.matchable
        specs = [ChipSpec(MATCHABLE, able, "helpful" if on else "suggested", removable=on, pressable=not on)]
        if self.facets.never_asked:
            specs.append(ChipSpec(NEVER, tr("never asked"), "helpful", removable=True, pressable=False))
        on_the_way = waiting(self._listing.roll) if self._listing else 0
        if on_the_way or self.facets.waiting:
            chosen_now = self.facets.waiting
            kind: ChipKind = "helpful" if chosen_now else "suggested"
            label = tr("on the way in · {on_the_way}").format(on_the_way=on_the_way)
            specs.append(ChipSpec(WAITING, label, kind, removable=chosen_now, pressable=not chosen_now))
        taken = {
            TOPIC: names.vocabulary.label(self.facets.topic),
            SPECIALTY: names.specialties.label(self.facets.specialty),
            PLACE: self.facets.place,
        }
        for key, label in taken.items():
            if label:
                specs.append(ChipSpec(key, label, "helpful", removable=True, pressable=False))
            else:
                specs.append(ChipSpec(key, f"+ {key}", "suggested"))
        return specs

    @Slot()
    def _go_to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot(str)
    def _look_for(self, typed: str) -> None:
        self.facets = replace(self.facets, name=typed)
        self._refill()

    @Slot(str)
    def _press(self, key: str) -> None:
        if key in (MATCHABLE, WAITING):
            self._set(**{key: True})
            return
        self._asking = key if self._asking != key or self.finder.isHidden() else ""
        self._offered = None
        self.finder.line.setPlaceholderText(tr("Which {key}?").format(key=key))
        self.finder.line.setAccessibleName(tr("Which {key}?").format(key=key))
        if self._asking:
            self.finder.open()
        else:
            self.finder.hide()

    @Slot(str)
    def _pick(self, id: str) -> None:
        self.finder.hide()
        self._set(**{self._asking: id})
        self._asking = ""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _remove(self, key: str) -> None:
        if key in (MATCHABLE, NEVER, WAITING):
            self._set(**{key: False})
        else:
            self._set(**{key: ""})

    def _set(self, **changed: str | bool) -> None:
        self.facets = replace(self.facets, **changed)  # type: ignore[arg-type]  # keys and values go together
        self._refill()
