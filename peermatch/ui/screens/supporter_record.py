"""The right side of the supporters' screen: one record with its facts, consent, summary and history."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.enquiry import Requester
from peermatch.model.people import Supporter
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.consent import Withdrawal
from peermatch.services.office import Services
from peermatch.services.withdrawal import StopLetter
from peermatch.ui.screens.consent_card import ConsentCard
from peermatch.ui.screens.consent_give import Asked
from peermatch.ui.screens.consent_lines import history_lines, received
from peermatch.ui.screens.duties_words import erase_place, held_place
from peermatch.ui.screens.onboarding_card import OnboardingCard
from peermatch.ui.screens.step_letters import StepLetterBox
from peermatch.ui.screens.supporter_letters import SupporterLetters
from peermatch.ui.screens.supporter_words import about_at_length, facts
from peermatch.ui.screens.withdrawn_letters import THEM, WithdrawnLetters, holders_words
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Row, Tiles
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.covered import CoveredLabel
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.states import FactTile
from peermatch.ui.widgets.tab_order import come_as_laid_out
from peermatch.ui.widgets.text import NAME, SMALL, SMALL_STRONG, STRONG, TINY, Look, Phrase, Text
from peermatch.words import tr


class SupporterRecord(QWidget):
    """``did`` brings what was committed, ``edit`` asks for the editor, ``see`` for a part to be in sight.

    ``duty`` asks for a place on the pages on data protection.
    """

    did = Signal(Done)
    edit = Signal()
    duty = Signal(str)
    see = Signal(QWidget)

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self._services, self._tasks, self._theme = services, tasks, theme
        self.person: Supporter | None = None
        self._name = CoveredLabel(theme, "", NAME, wrap=False)
        self._pronouns = Text(theme, "", Look(12.5, 500, "ink_2"), wrap=False)
        self._about = Text(theme, "", SMALL)
        self.edit_button = Button(theme, tr("Edit"), kind="primary")
        self.held_button = Button(theme, tr("What we hold"), note=tr("Everything that is held on them"))
        self.erase_button = Button(
            theme, tr("Erase …"), kind="quiet", note=tr("You see first what goes and what stays")
        )
        theme.read_only.bar(self.edit_button, self.erase_button)
        self.banner = Banner(theme, "error", "")
        labels = (tr("In hand"), tr("Helped this year"), tr("Last asked"), tr("Boundaries"))
        self._tiles = tuple(FactTile(theme, label, "") for label in labels)
        self.consent = ConsentCard(theme, services.consent, self._today)
        self.letters = WithdrawnLetters(theme)
        self.standing = OnboardingCard(services, tasks, theme)
        self.ended = StepLetterBox(services, tasks, theme)
        self.sent = SupporterLetters(services, tasks, theme, self.letters)
        self._receives = Phrase(theme, [])
        self._held_back = Text(theme, "", TINY)
        self._notes = Text(theme, "", SMALL)
        self._notes_card = Card(theme, margins=(14, 12, 14, 14), spacing=6)
        self.history_button = Button(
            theme, tr("Show"), kind="quiet", small=True, note=tr("Show the whole history")
        )
        self._history = QWidget()
        self._history_lines = Column(theme, self._history, spacing=8)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._column = column = Column(self._theme, self, spacing=16, margins=(26, 20, 26, 20))
        column.addWidget(self._head())
        column.addWidget(self.banner)
        tiles = Tiles(self._theme, columns=4, least=150)
        tiles.set_tiles(self._tiles)
        whole = self.consent.whole_card
        below = (self._summary(), whole, self.standing, self._noted(), self.sent, self._past())
        for part in (tiles, self.letters, self.ended, self.consent, *below):
            column.addWidget(part)
        column.addStretch(1)
        self.banner.hide()
        self._history.hide()

    def _connect(self) -> None:
        self.edit_button.clicked.connect(self.edit)
        self.held_button.clicked.connect(self._ask_held)
        self.erase_button.clicked.connect(self._ask_erase)
        self.standing.did.connect(self.did)
        self.standing.failed.connect(self._failed)
        for letters in (self.ended, self.sent):
            letters.did.connect(self.did)
            letters.failed.connect(self._failed)
        self.standing.consent_wanted.connect(self.consent.give_whole)
        self.letters.reveal_wanted.connect(self._reveal)
        self.letters.sent.connect(self._note_sent)
        self.consent.given.connect(self._give)
        self.consent.withdrawn.connect(self._withdraw)
        self.consent.all_withdrawn.connect(self._withdraw_all)
        self.consent.letters_wanted.connect(self._ask_for_letters)
        self.consent.withdraw_panel.letters.reveal_wanted.connect(self._reveal)
        self.consent.opened.connect(self._see_consent)
        self.history_button.clicked.connect(self._toggle_history)

    def _head(self) -> QWidget:
        person = QWidget()
        who = Column(self._theme, person, spacing=2)
        name = Row(self._theme, spacing=6)
        name.addWidget(self._name)
        name.addWidget(self._pronouns, 0, Qt.AlignmentFlag.AlignBottom)
        name.addStretch(1)
        who.addLayout(name)
        who.addWidget(self._about)
        buttons = (self.erase_button, self.held_button, self.edit_button)
        return Spread(self._theme, person, Flow(self._theme, buttons, gap=10))

    def _summary(self) -> Card:
        card = Card(self._theme, margins=(14, 12, 14, 14), spacing=6)
        card.body.addWidget(Text(self._theme, tr("What a trainee would receive"), STRONG))
        card.body.addWidget(self._receives)
        card.body.addWidget(self._held_back)
        return card

    def _noted(self) -> Card:
        self._notes_card.body.addWidget(Text(self._theme, tr("Notes"), STRONG))
        self._notes_card.body.addWidget(self._notes)
        return self._notes_card

    def _past(self) -> Card:
        card = Card(self._theme, margins=(14, 12, 14, 14), spacing=8)
        head = Row(self._theme)
        head.addWidget(Text(self._theme, tr("History of consent"), STRONG), 1)
        head.addWidget(self.history_button)
        card.body.addLayout(head)
        card.body.addWidget(self._history)
        return card

    def show_person(self, person: Supporter) -> None:
        """Show a record as it stands now."""
        picture, on = self._services.desk.snapshot, self._today()
        another = self.person is None or self.person.id != person.id
        if another:
            self.banner.hide()
            self._show_history(False)
            self.letters.forget()
        self.person = person
        self._read_letters(person)
        self._name.set_name(person.name)
        self._pronouns.set_text(person.pronouns or "")
        about = about_at_length(picture.reference, person, on)
        self._about.set_text(f"{about} · {person.id}" if about else person.id)
        found = facts(picture, person, on)
        values = (found.in_hand, found.helped, found.last_asked, found.boundaries)
        for tile, value in zip(self._tiles, values, strict=True):
            tile.set_value(value)
        self.standing.show_person(person)
        if (
            another or self.standing.on_the_way
        ):  # whoever was made active just now stays where they were looked at
            self._place_standing()
        self.ended.show_for("", person.id)
        self.sent.show_for(person.id)
        self.consent.show_person(picture, person, on)
        self._notes.set_text(person.notes)
        self._notes_card.setVisible(bool(person.notes.strip()))
        self._show_summary()
        if not self._history.isHidden():
            self._show_history(True)

    def _place_standing(self) -> None:
        """Who is not active yet is looked at for that alone, so it stands above what they agreed to."""
        before = self.consent if self.standing.on_the_way else self._notes_card
        wanted = self._column.indexOf(before)
        if self._column.indexOf(self.standing) != wanted - 1:
            self._column.removeWidget(self.standing)
            self._column.insertWidget(self._column.indexOf(before), self.standing)
            come_as_laid_out(self)

    def _show_summary(self) -> None:
        if self.person is None:
            return
        found = received(self._services.desk.snapshot, self.person, self._today())
        covered = self._theme.cover.on
        runs = [
            (words if not (covered and n == 0) else self._theme.cover.shown(words), strong)
            for n, (words, strong) in enumerate(found.runs)
        ]
        self._receives.set_runs([(words, SMALL_STRONG if strong else SMALL) for words, strong in runs])
        self._held_back.set_text(found.held_back)
        self._held_back.setVisible(bool(found.held_back))

    def history(self) -> tuple[tuple[str, str], ...]:
        """All acts of consent, as they are listed."""
        return history_lines(self._services.desk.snapshot, self.person) if self.person is not None else ()

    @Slot()
    def _see_consent(self) -> None:
        self.see.emit(self.consent)

    @Slot()
    def _toggle_history(self) -> None:
        self._show_history(self._history.isHidden())

    def _show_history(self, shown: bool) -> None:
        while (item := self._history_lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for what, how in self.history() if shown else ():
            runs = [(what, SMALL_STRONG), (f"\n{how}", TINY)]
            self._history_lines.addWidget(Phrase(self._theme, runs))
        self._history.setVisible(shown)
        self.history_button.set_text(tr("Hide") if shown else tr("Show"))

    @Slot(object)
    def _give(self, records: object) -> None:
        if self.person is not None and isinstance(records, tuple):
            work = partial(self._services.consent.give_all, self.person.id, records, self._today())
            self._tasks.run(self, work, self._given, self._failed)

    @Slot(object)
    def _withdraw(self, asked: object) -> None:
        if self.person is not None and isinstance(asked, Asked):
            withdraw = self._services.consent.withdraw
            work = partial(withdraw, self.person.id, asked.purpose, asked.characteristic, self._today())
            self._tasks.run(self, work, self._withdrawn, self._failed)

    @Slot()
    def _withdraw_all(self) -> None:
        if self.person is not None:
            work = partial(self._services.consent.withdraw_everything, self.person.id, self._today())
            self._tasks.run(self, work, self._withdrawn, self._failed)

    def _given(self, done: Done) -> None:
        self.banner.hide()
        self.consent.done()
        self.did.emit(done)

    def _withdrawn(self, withdrawal: Withdrawal) -> None:
        self.consent.done()
        self.did.emit(withdrawal.done)
        stopped = ", ".join(each.enquiry for each in withdrawal.stopped)
        hint = (
            tr("Stopped: {stopped}.").format(stopped=stopped)
            if stopped
            else tr("No introduction had to stop."),
            holders_words(withdrawal),
        )
        self.banner.show_message("success", withdrawal.done.notice, " ".join(hint))
        if self.person is not None:
            self.letters.begin(withdrawal.to_them, self.person.first_name)
            self._read_letters(self.person)
            self.see.emit(self.banner)

    def _read_letters(self, person: Supporter) -> None:
        """Letters that a withdrawal left in the outbox stay with the record until somebody has sent them."""
        if any(record.withdrawn is not None for record in person.consents):
            work = partial(_letters_about, self._services, person.id)
            self._tasks.run(self, work, partial(self._show_letters, person.id), self._failed)
        else:
            self.letters.forget()

    def _show_letters(self, id: str, found: tuple[Mapping[int, StopLetter], bool]) -> None:
        if self.person is not None and self.person.id == id:
            self.letters.show_letters(*found, self._services.desk.snapshot)

    @Slot(str)
    def _note_sent(self, letter: str) -> None:
        """Somebody has told one who holds a card; that the supporter was told is noted with their letters."""
        if letter != THEM:
            work = partial(self._services.stop_letters.sent, int(letter), self._today())
            self._tasks.run(self, work, self.did.emit, self._failed)

    @Slot(str)
    def _ask_for_letters(self, id: str) -> None:
        work = partial(self._services.consent.letters_to_come, id, self._today())
        self._tasks.run(self, work, partial(self.consent.show_letters_to_come, id), self._failed)

    @Slot(str)
    def _reveal(self, reference: str) -> None:
        work = partial(self._services.enquiries.reveal, reference)
        self._tasks.run(self, work, partial(self._revealed, reference), self._failed)

    def _revealed(self, reference: str, _who: Requester) -> None:
        for letters in (self.letters, self.consent.withdraw_panel.letters):
            letters.address_revealed(reference)

    @Slot()
    def _ask_held(self) -> None:
        if self.person is not None:
            self.duty.emit(held_place(Subject(SubjectKind.SUPPORTER, self.person.id)))

    @Slot()
    def _ask_erase(self) -> None:
        if self.person is not None:
            self.duty.emit(erase_place(Subject(SubjectKind.SUPPORTER, self.person.id)))

    def _today(self) -> date:
        """The day by the clock when something is pressed: a record may stay open over midnight."""
        return self._services.desk.today

    def _failed(self, error: PeerMatchError) -> None:
        self.banner.show_message("error", error.what, error.hint)


def _letters_about(services: Services, id: str) -> tuple[Mapping[int, StopLetter], bool]:
    """Those that follow from a withdrawal and wait, and whether any was sent."""
    return services.stop_letters.waiting(id), services.stop_letters.told(id, services.desk.today)
