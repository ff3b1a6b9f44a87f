"""Who was asked for this enquiry already, each in one line with the way to the introduction."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.introduction import Introduction, State
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.clock_words import day_words
from peermatch.ui.screens.emptied import empty
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.text import SMALL, STRONG, Phrase, SectionLabel
from peermatch.words import tr

LETTER = tr("Open the letter")
LETTER_NOTE = tr("It is ready to send, under Introductions")


def asked_words(introduction: Introduction, on: date) -> str:
    """How it stands with somebody who was asked."""
    asked = tr("asked on {day_words}").format(day_words=day_words(introduction.asked, on))
    introduced = introduction.introduced
    return {
        State.ASKED: tr("{asked} · no reply yet").format(asked=asked),
        State.ACCEPTED: tr("{asked} · said yes · the trainee is to be asked").format(asked=asked),
        State.DECLINED: tr("{asked} · said no").format(asked=asked),
        State.LAPSED: tr("{asked} · did not answer").format(asked=asked),
        State.AGREED: tr("both said yes · the card is ready"),
        State.REFUSED: tr("{asked} · the trainee said no").format(asked=asked),
        State.INTRODUCED: tr("introduced on {day_words}").format(day_words=day_words(introduced, on))
        if introduced
        else "introduced",
        State.ENDED: tr("introduced · ended"),
        State.STOPPED: tr("{asked} · stopped").format(asked=asked),
    }[introduction.state]


class AskedCard(Card):
    """``opened`` brings the supporter whose introduction is wanted."""

    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, ground="raised", spacing=6, parent=parent)
        self.body.addWidget(SectionLabel(theme, tr("Asked for this enquiry")))
        self._lines = Column(theme, spacing=4)
        self.body.addLayout(self._lines)
        self._shown: tuple[tuple[str, str, str, bool], ...] = ()
        self._buttons: dict[str, Button] = {}
        theme.cover.changed.connect(self._fill)

    def words(self) -> tuple[str, ...]:
        """How it stands with each."""
        return tuple(words for _, _, words, _ in self._shown)

    def way(self, supporter: str) -> Button | None:
        """The way to the introduction of one of them."""
        return self._buttons.get(supporter)

    def lead_to(self, supporter: str) -> None:
        """Give the keyboard to the way to an introduction that has just begun: its letter waits there."""
        if (button := self.way(supporter)) is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_asked(self, introductions: Sequence[Introduction], snapshot: Snapshot, on: date) -> None:
        """List them, or hide when nobody was asked."""
        shown = tuple(
            (
                i.supporter,
                snapshot.supporters[i.supporter].shown_name,
                asked_words(i, on),
                i.state is State.ASKED,
            )
            for i in introductions
            if i.supporter in snapshot.supporters
        )
        self.setVisible(bool(shown))
        if shown != self._shown:
            self._shown = shown
            self._fill()

    @Slot()
    def _fill(self) -> None:
        empty(self._lines)
        self._buttons = {}
        for id, name, words, letter in self._shown:
            self._lines.addWidget(self._line(id, self._theme.cover.shown(name), words, letter=letter))

    def _line(self, id: str, name: str, words: str, *, letter: bool) -> QWidget:
        box = QWidget()
        row = Row(self._theme, box, spacing=8)
        row.addWidget(Phrase(self._theme, [(name, STRONG), (f" {words}", SMALL)]), 1)
        if letter:
            button = Button(self._theme, LETTER, small=True, icon="mail", note=LETTER_NOTE)
            button.setAccessibleName(tr("Open the letter to {name}").format(name=name))
        else:
            button = Button(
                self._theme, tr("Open"), kind="quiet", small=True, note=tr("Show this introduction")
            )
            button.setAccessibleName(tr("Open the introduction to {name}").format(name=name))
        self._buttons[id] = button
        button.setProperty("supporter", id)
        button.clicked.connect(self._open)
        row.addWidget(button)
        return box

    @Slot()
    def _open(self) -> None:
        self.opened.emit(str(self.sender().property("supporter")))
