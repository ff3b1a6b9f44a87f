"""The left side of the page of signposts: what narrows the list, the line to search in, and every service that fits."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from peermatch.model.characteristics import Vocabulary
from peermatch.services.signposts import Book, Listed, Narrowed
from peermatch.ui.keys import bind
from peermatch.ui.screens.chip_row import ChipRow, ChipSpec
from peermatch.ui.screens.finder import Finder
from peermatch.ui.screens.finding import Option
from peermatch.ui.screens.resources_words import AREA, DUE, TOPIC, URGENT, rows
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column, Panel
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.fields import LineField, Tick
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.queue_list import QueueView
from peermatch.ui.widgets.states import EmptyState
from peermatch.words import count_of, tr

DISCREET = tr("Discreet")
DISCREET_NOTE = tr("First letters and numbers alone: on the screen, in a copy and on paper.")


class SignpostList(Panel):
    """``chosen`` brings the id that became current, ``opened`` that of Enter; what is typed is kept nowhere."""

    chosen = Signal(str)
    opened = Signal(str)
    discreet_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "raised", edge="right")
        self._theme = theme
        self.narrowed = Narrowed()
        self._book: Book | None = None
        self._vocabulary: Vocabulary | None = None
        self._shown: tuple[Listed, ...] = ()
        self._asking = ""
        self.discreet = Tick(theme, DISCREET, DISCREET_NOTE)
        self.chips = ChipRow(theme)
        self.finder = Finder(theme, self._options, name=tr("Narrow the list"))
        self.search = LineField(
            theme, name=tr("Search by name, town or topic"), placeholder=tr("Name, town or topic (Ctrl+F)")
        )
        self.search.setAcceptDrops(False)
        self.view = QueueView(theme, name=tr("Signposts"))
        self._nothing = EmptyState(
            theme, "search", tr("No service fits all of this."), tr("Take a chip away, or try another word.")
        )
        self.print_button = Button(theme, tr("Print this list …"), small=True, icon="printer")
        self.add_button = Button(theme, tr("Add a service"), small=True, icon="plus")
        theme.read_only.bar(self.add_button)
        self._lay_out(theme)
        self._connect()

    def _lay_out(self, theme: Theme) -> None:
        column = Column(theme, self, spacing=4, margins=(8, 12, 9, 8))
        top = Column(theme, spacing=8, margins=(4, 0, 4, 4))
        for part in (self.discreet, self.chips, self.finder, self.search):
            top.addWidget(part)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addWidget(self._nothing, 1)
        below = Column(theme, margins=(4, 4, 4, 4))
        below.addWidget(Flow(theme, (self.add_button, self.print_button), gap=8))
        column.addLayout(below)
        self.finder.hide()
        self._nothing.hide()
        theme.changed.connect(self._heighten)
        self._heighten()

    def _connect(self) -> None:
        self.chips.pressed.connect(self._press)
        self.chips.removed.connect(self._remove)
        self.finder.picked.connect(self._pick)
        self.search.textChanged.connect(self._look_for)
        self.view.chosen.connect(self.chosen)
        self.view.opened.connect(self.opened)
        self.discreet.toggled.connect(self._discreetly)
        bind(self, (("Ctrl+F", self._go_to_search),))

    @property
    def shown(self) -> tuple[Listed, ...]:
        """Those that fit."""
        return self._shown

    def show_book(self, book: Book, vocabulary: Vocabulary) -> None:
        """The services as they stand now; what narrows the list stays, and the list keeps its place."""
        place, current = self._place(), self.view.current()
        self._book, self._vocabulary = book, vocabulary
        self._refill()
        if current and self._shown and current not in self._ids():
            self.show_current(self._shown[min(place, len(self._shown) - 1)].signpost.id)

    def show_current(self, id: str) -> None:
        """Make one current; what hides it is given up."""
        if id not in self._ids():
            self._clear()
        self.view.set_current(id)
        self.view.scrollTo(self.view.currentIndex())

    def show_due(self) -> None:
        """Those alone that must be checked."""
        self.search.set_value("")
        self.narrowed = Narrowed(due=True)
        self._refill()

    def narrow_to(self, topic: str) -> None:
        """Those alone for one topic."""
        self.search.set_value("")
        self.narrowed = Narrowed(topic=topic)
        self._refill()

    def forget(self) -> None:
        """Nobody who comes after sees what was looked for."""
        self.finder.hide()
        self._clear()
        self.view.clearSelection()
        self.view.setCurrentIndex(self.view.model().index(-1, 0))
        self.view.scrollToTop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up what is looked for."""
        if event.key() == Qt.Key.Key_Escape and self.narrowed != Narrowed():
            self._clear()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _clear(self) -> None:
        self.narrowed = Narrowed()
        self.search.set_value("")
        self._refill()

    def _ids(self) -> list[str]:
        return [each.signpost.id for each in self._shown]

    def _place(self) -> int:
        ids, current = self._ids(), self.view.current()
        return ids.index(current) if current in ids else 0

    def _refill(self) -> None:
        if self._book is None:
            return
        discreet, current = self.discreet.isChecked(), self.view.current()
        found = self._book.find(self.narrowed)
        self._shown = tuple(
            each for each in found if not discreet or each.numbered or each.signpost.id == current
        )
        parted = not self.narrowed.typed.strip()
        self.view.set_rows(rows(self._shown, self._book.lists, discreet=discreet, parted=parted))
        self.chips.set_chips(self._specs(self._book))
        if self._shown and not self.view.current():
            self.view.set_current(self._shown[0].signpost.id)
        self.view.setVisible(bool(self._shown))
        self._nothing.setVisible(not self._shown)
        self.print_button.setEnabled(bool(self._shown))
        for part in (self.chips, self.search):
            part.setVisible(not discreet)
        self.add_button.setVisible(not discreet)

    def _specs(self, book: Book) -> list[ChipSpec]:
        chosen, lists = self.narrowed, book.lists
        urgent = sum(1 for each in book.offered if each.signpost.urgent)
        counted = (
            (URGENT, tr("in a crisis"), urgent, chosen.urgent),
            (DUE, tr("to check"), len(book.due), chosen.due),
        )
        specs = [
            ChipSpec(
                key, f"{words} · {count}", "helpful" if on else "suggested", removable=on, pressable=not on
            )
            for key, words, count, on in counted
        ]
        area = lists.areas[chosen.area].label if chosen.area in lists.areas else ""
        topic = self._vocabulary.label(chosen.topic) if chosen.topic and self._vocabulary else ""
        for key, label, offered in ((AREA, area, tr("+ area")), (TOPIC, topic, tr("+ topic"))):
            if label:
                specs.append(ChipSpec(key, label, "helpful", removable=True, pressable=False))
            else:
                specs.append(ChipSpec(key, offered, "suggested"))
        return specs

    def _options(self) -> Sequence[Option]:
        """What there is to choose from, each with how many would be left."""
        if self._book is None or self._vocabulary is None:
            return ()
        left = self._book.find(replace(self.narrowed, **{self._asking: ""}))  # type: ignore[arg-type]  # a text
        if self._asking == AREA:
            return _areas(self._book, left)
        return _topics(self._book, left, self._vocabulary)

    @Slot()
    def _heighten(self) -> None:
        """Room for one service at least, however large the text is."""
        self.view.setMinimumHeight(self._theme.px(150))

    @Slot()
    def _go_to_search(self) -> None:
        if self.search.isVisible():
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()

    @Slot(str)
    def _look_for(self, typed: str) -> None:
        self.narrowed = replace(self.narrowed, typed=typed)
        self._refill()
        count = len(self._shown)
        announce(self.search, f"{count_of(count, 'service')}.")

    @Slot(str)
    def _press(self, key: str) -> None:
        if key in (URGENT, DUE):
            self._set(**{key: True})
            return
        self._asking = key
        words = tr("For which part of the country?") if key == AREA else tr("Which topic?")
        self.finder.line.setPlaceholderText(words)
        self.finder.line.setAccessibleName(words)
        self.finder.open()

    @Slot(str)
    def _pick(self, key: str) -> None:
        self.finder.hide()
        self._set(**{self._asking: key})
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _remove(self, key: str) -> None:
        self._set(**{key: False if key in (URGENT, DUE) else ""})

    def _set(self, **changed: str | bool) -> None:
        self.narrowed = replace(self.narrowed, **changed)  # type: ignore[arg-type]  # keys and values go together
        self._refill()

    @Slot(bool)
    def _discreetly(self, _on: bool) -> None:
        self.finder.hide()
        self._refill()
        self.view.scrollTo(self.view.currentIndex())
        self.discreet_changed.emit()


def _areas(book: Book, left: tuple[Listed, ...]) -> tuple[Option, ...]:
    """Every area, with how many services are for people there."""
    posts = [each.signpost for each in left]
    counts = {id: sum(book.lists.serves(post.area, id) for post in posts) for id in book.lists.areas}
    return tuple(
        Option(id, area.label, (), str(counts[id])) for id, area in book.lists.areas.items() if counts[id]
    )


def _topics(book: Book, left: tuple[Listed, ...], vocabulary: Vocabulary) -> tuple[Option, ...]:
    """Every topic that leads to one of these services."""
    held: Counter[str] = Counter()
    for each in left:
        held.update(book.lists.topics_of(each.signpost.id))
    terms = (vocabulary.terms[id] for id in sorted(held) if id in vocabulary.terms)
    return tuple(
        Option(t.id, t.label, (*t.abbreviations, *t.synonyms, *t.misspellings), str(held[t.id]))
        for t in terms
    )
