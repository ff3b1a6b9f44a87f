"""The consent of one supporter: the table of lived experience, the whole record, and both panels."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.people import Supporter
from peermatch.services.consent import Consent
from peermatch.services.snapshot import Snapshot
from peermatch.services.withdrawal import StopLetter
from peermatch.ui.screens.consent_give import WHOLE_RECORD, GivePanel
from peermatch.ui.screens.consent_lines import (
    TopicLine,
    WholeLine,
    consequence_words,
    topic_lines,
    whole_lines,
)
from peermatch.ui.screens.consent_withdraw import WithdrawPanel
from peermatch.ui.screens.withdrawn_letters import offers_of
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.table import Cell, GridTable, Heading
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import tr

TOPIC_HEADINGS = (
    Heading(tr("Lived experience"), 4),
    Heading(tr("Match on it"), 2),
    Heading(tr("Name it on a card"), 2),
    Heading(tr("Publish in list"), 2),
    Heading(tr("Given"), 2),
    Heading(tr("Until"), 3),
    Heading("", 1),
)
WHOLE_HEADINGS = (
    Heading(tr("The whole record"), 4),
    Heading(tr("Agreed"), 2),
    Heading(tr("Given"), 2),
    Heading(tr("Until"), 3),
    Heading("", 1),
)
NO_TOPICS = tr("No lived experience is listed yet. Press Edit to add it, then record what they agree to.")


class ConsentCard(Card):
    """Signals bring what was decided: ``given``, ``withdrawn`` and ``all_withdrawn``; the record does it.

    ``letters_wanted`` asks for the letters that would follow if a person withdrew everything.

    ``whole_card`` holds what concerns the whole record and is placed by the record; ``opened`` comes when a panel
    that may be out of sight has opened.
    """

    given = Signal(object)
    withdrawn = Signal(object)
    all_withdrawn = Signal()
    letters_wanted = Signal(str)
    opened = Signal()

    def __init__(self, theme: Theme, consent: Consent, today: Callable[[], date]) -> None:
        super().__init__(theme, margins=(1, 14, 1, 6), spacing=4)
        self._consent, self._today = consent, today
        self._picture: Snapshot | None = None
        self._person: Supporter | None = None
        self.topics: tuple[TopicLine, ...] = ()
        self.whole: tuple[WholeLine, ...] = ()
        self._title = Text(theme, "", HEADING, wrap=False)
        self.record = Button(theme, tr("Record new consent"), small=True)
        self.withdraw_all = Button(
            theme, tr("Withdraw everything …"), small=True, note=tr("You see first what follows")
        )
        theme.read_only.bar(self.record, self.withdraw_all)
        self.table = GridTable(theme, TOPIC_HEADINGS, name=tr("Lived experience and what was agreed to"))
        self.whole_table = GridTable(
            theme, WHOLE_HEADINGS, name=tr("What was agreed to for the whole record")
        )
        self._nothing = QWidget()
        Column(theme, self._nothing, margins=(13, 4, 13, 8)).addWidget(Text(theme, NO_TOPICS, SMALL))
        self.give_panel = GivePanel(theme, today)
        self.withdraw_panel = WithdrawPanel(theme)
        head = Row(theme, margins=(13, 0, 13, 4))
        head.addWidget(Spread(theme, self._title, Flow(theme, (self.record, self.withdraw_all))))
        self.body.addLayout(head)
        for part in (self.give_panel, self.withdraw_panel, self.table, self._nothing):
            self.body.addWidget(part)
        self.whole_card = Card(theme, margins=(1, 4, 1, 6), spacing=4)
        self.whole_card.body.addWidget(self.whole_table)
        self._close_panels()
        self._connect()

    def _connect(self) -> None:
        self.record.clicked.connect(self._open_give)
        self.withdraw_all.clicked.connect(self._open_withdraw)
        self.table.pressed.connect(self._change_topic)
        self.whole_table.pressed.connect(self._change_whole)
        self.give_panel.given.connect(self.given)
        self.give_panel.withdrawn.connect(self.withdrawn)
        self.give_panel.closed.connect(self._cancel)
        self.withdraw_panel.confirmed.connect(self.all_withdrawn)
        self.withdraw_panel.closed.connect(self._cancel)

    def show_person(self, picture: Snapshot, person: Supporter, on: date) -> None:
        """Show one supporter's consent on a day; panels that are open for somebody else close."""
        if self._person is not None and self._person.id != person.id:
            self._close_panels()
        self._picture, self._person = picture, person
        self.give_panel.know_controller(picture.controller)
        self._title.set_text(
            tr("What {shown} has agreed to").format(shown=self._theme.cover.shown(person.first_name))
        )
        self.topics, self.whole = topic_lines(picture, person, on), whole_lines(picture, person, on)
        self.table.set_rows([self._cells(line) for line in self.topics])
        self.table.setVisible(bool(self.topics))
        self._nothing.setVisible(not self.topics)
        self.whole_table.set_rows([self._cells(line) for line in self.whole])
        holds = any(r.withdrawn is None for r in person.consents)
        self.withdraw_all.bar("" if holds else tr("They have agreed to nothing that could be withdrawn."))

    def _cells(self, line: TopicLine | WholeLine) -> tuple[Cell, ...]:
        """A row of a table; nothing can be changed from it where the network is only looked at."""
        return (replace(line, action="") if self._theme.read_only.reason else line).cells()

    def done(self) -> None:
        """What was asked for is recorded: the panels close, and the keyboard is where it began."""
        self._cancel()

    @Slot()
    def _cancel(self) -> None:
        self._close_panels()
        self.record.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_panels(self) -> None:
        self.give_panel.hide()
        self.withdraw_panel.close_up()

    @Slot()
    def _open_give(self) -> None:
        self._give(None)

    @Slot()
    def give_whole(self) -> None:
        """Record what they agree to for the whole record."""
        self._give(WHOLE_RECORD)

    def _give(self, topic: str | None) -> None:
        self._close_panels()
        if self._picture is not None and self._person is not None:
            self.give_panel.open_for(self._picture, self._person, topic)
            self.opened.emit()

    @Slot()
    def _open_withdraw(self) -> None:
        self._close_panels()
        if self._picture is not None and self._person is not None:
            found = self._consent.consequences(self._person.id, self._today())
            name = self._theme.cover.shown(self._person.first_name)
            self.withdraw_panel.open_for(name, consequence_words(found))
            self.letters_wanted.emit(self._person.id)

    def show_letters_to_come(self, id: str, letters: tuple[StopLetter, ...]) -> None:
        """What would be written if this person withdrew everything; too late where the panel is closed again."""
        here = self._person is not None and self._person.id == id and not self.withdraw_panel.isHidden()
        if here and self._picture is not None:
            self.withdraw_panel.show_letters(offers_of(letters, self._picture))

    @Slot(int, int)
    def _change_topic(self, row: int, _column: int) -> None:
        self._give(self.topics[row].characteristic)

    @Slot(int, int)
    def _change_whole(self, row: int, _column: int) -> None:
        self._give(WHOLE_RECORD)
        self.give_panel.ticks[self.whole[row].purpose].setFocus(Qt.FocusReason.OtherFocusReason)
