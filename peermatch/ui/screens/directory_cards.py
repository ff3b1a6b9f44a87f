"""The cards of the directory page: one person as they stand there, one link, one place, one page to be replaced."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.directory import Left, Place
from peermatch.model.listing import Link
from peermatch.services.directory import Shown
from peermatch.ui.screens.directory_words import HELD_BACK, NO_WORDS, NOT_ASKED, OFF, REALLY_OFF
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.covered import CoveredLabel
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.text import SMALL, STRONG, Text
from peermatch.words import in_words, tr

LISTED_TOPICS = tr("Can talk about: {topics}")


class PersonCard(Card):
    """One person exactly as the page has them; ``words_wanted`` and ``off_wanted`` bring their id."""

    words_wanted = Signal(str)
    off_wanted = Signal(str)

    def __init__(self, theme: Theme, shown: Shown, label: Callable[[str], str]) -> None:
        super().__init__(theme, margins=(18, 12, 18, 14), spacing=6)
        self.shown = shown
        id, listed = shown.listed.supporter, shown.listed
        self.change = Button(theme, tr("Change the words"), small=True, note=tr("For {id}").format(id=id))
        self.off = Button(theme, OFF, kind="quiet", small=True, note=tr("{id} says no").format(id=id))
        theme.read_only.bar(self.change, self.off)
        head: list[QWidget] = [CoveredLabel(theme, listed.name, STRONG, wrap=False), Text(theme, id, SMALL)]
        if shown.held_back:
            head.append(Chip(theme, HELD_BACK, "risk"))
        elif not shown.asked:
            head.append(Chip(theme, NOT_ASKED, "wait"))
        buttons = Flow(theme, (self.change, self.off), gap=6)
        self.body.addWidget(Spread(theme, Flow(theme, head, gap=8), buttons))
        words = theme.cover.shown(listed.words) if listed.words else NO_WORDS
        self.body.addWidget(Text(theme, words, SMALL))
        topics = "; ".join(map(label, listed.topics))
        self.body.addWidget(Text(theme, LISTED_TOPICS.format(topics=topics), SMALL))
        self.change.clicked.connect(self._want_words)
        self.off.clicked.connect(self._want_off)

    @Slot()
    def _want_words(self) -> None:
        self.words_wanted.emit(self.shown.listed.supporter)

    @Slot()
    def _want_off(self) -> None:
        """A no stands until it is answered by a new yes, so it is said twice."""
        if self.off.text() != REALLY_OFF:
            self.off.set_text(REALLY_OFF)
            announce(self, REALLY_OFF)
            return
        self.off_wanted.emit(self.shown.listed.supporter)


class LinkLine(QWidget):
    """``checked``: somebody followed it today; ``change_wanted`` and ``removed`` bring its number."""

    checked = Signal(int)
    change_wanted = Signal(int)
    removed = Signal(int)

    def __init__(self, theme: Theme, link: Link, *, due: bool) -> None:
        super().__init__()
        self.link = link
        self.right = Button(theme, tr("Still right"), small=True, note=link.title)
        self.change = Button(theme, tr("Change"), small=True, note=link.title)
        self.remove = Button(theme, tr("Remove"), kind="quiet", small=True, note=link.title)
        theme.read_only.bar(self.right, self.change, self.remove)
        words = QWidget()
        column = Column(theme, words, spacing=2)
        column.addWidget(Text(theme, link.title, STRONG))
        column.addWidget(Text(theme, link.url, SMALL, selectable=True))
        day = in_words(link.checked)
        said = tr("not checked since {day}") if due else tr("checked on {day}")
        chip = Chip(theme, said.format(day=day), "wait" if due else "good")
        right = Flow(theme, (chip, self.right, self.change, self.remove), gap=6)
        Column(theme, self, spacing=0).addWidget(Spread(theme, words, right))
        self.right.clicked.connect(self._check)
        self.change.clicked.connect(self._change)
        self.remove.clicked.connect(self._remove)

    @Slot()
    def _check(self) -> None:
        self.checked.emit(self.link.id)

    @Slot()
    def _change(self) -> None:
        self.change_wanted.emit(self.link.id)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self.link.id)


class PlaceLine(QWidget):
    """Which page stands at a place; ``replaced``, ``taken_down`` and ``removed`` bring the place's number."""

    replaced = Signal(int)
    taken_down = Signal(int)
    removed = Signal(int)

    def __init__(self, theme: Theme, place: Place, page: Left | None, *, newest: bool, must: bool) -> None:
        super().__init__()
        self.place = place
        self.act = Button(theme, tr("Replaced"), small=True, note=place.name)
        self.act.setParent(self)
        self.down = Button(
            theme, tr("Taken down") if page else tr("Remove"), kind="quiet", small=True, note=place.name
        )
        theme.read_only.bar(self.act, self.down)
        said = tr("nothing stands there")
        if page is not None:
            said = tr("the page of {day}").format(day=in_words(page.made))
        chip = Chip(theme, tr("must be replaced"), "risk") if must else Chip(theme, said, "mute")
        # What stands there is the newest page already: there is nothing to replace it with.
        self.act.setVisible(not newest)
        buttons = (chip, self.down) if newest else (chip, self.act, self.down)
        words = QWidget()
        column = Column(theme, words, spacing=2)
        column.addWidget(Text(theme, place.name, STRONG))
        if must:
            column.addWidget(Text(theme, said, SMALL))
        Column(theme, self, spacing=0).addWidget(Spread(theme, words, Flow(theme, buttons, gap=6)))
        self.act.clicked.connect(self._replace)
        self.down.clicked.connect(self._down if page is not None else self._remove)

    @Slot()
    def _replace(self) -> None:
        self.replaced.emit(self.place.id)

    @Slot()
    def _down(self) -> None:
        self.taken_down.emit(self.place.id)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self.place.id)
