"""Below the preview: the same letter for one person, to read, copy and send by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal, Slot

from peermatch.model.letter_kinds import Letter, Side
from peermatch.services.introductions import LetterDraft
from peermatch.services.snapshot import Snapshot
from peermatch.services.step_letters import Case, is_noted
from peermatch.ui.screens.chip_row import ChipRow, ChipSpec
from peermatch.ui.screens.day_field import WRITE_IT, DayField
from peermatch.ui.screens.finding import Option
from peermatch.ui.screens.letter_sheet import LetterSheet
from peermatch.ui.screens.offered_letters import NOTE_SENT, NOTE_SENT_NOTE, safe_way, trainee_of
from peermatch.ui.screens.picking import Picked
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.fields import InlineField
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import SMALL, STRONG, Text
from peermatch.words import count_of, tr

WHO = tr("Search for an enquiry or a supporter")
TITLE = tr("Write it for somebody")
NOTE = tr("Copy it into your own mailbox and send it from there. Nothing leaves from here.")
FEW = 6
NOBODY = tr("It fits nobody today.")
NOT_KEPT = tr("Keep your words first: what is written here are the words that count.")


class LetterCase(Card):
    """``wanted`` brings a `Case` whose letter is to be written; ``reveal_wanted`` the enquiry of a hidden address.

    ``sent`` brings the case for which somebody notes that they have sent it.
    """

    wanted = Signal(object)
    sent = Signal(object)
    reveal_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, margins=(18, 14, 18, 16), spacing=8)
        self._picture: Snapshot | None = None
        self._letter: Letter | None = None
        self._cases: dict[str, Case] = {}
        self._note = Text(theme, "", SMALL)
        self.few = ChipRow(theme)
        self.who = Picked(theme, self._options, self._label, name=WHO, single=True)
        self._who = InlineField(theme, tr("For whom"), self.who)
        self.day = DayField(theme, name=tr("The day that it speaks of"))
        self._day = InlineField(theme, tr("The day that it speaks of"), self.day)
        self.sheet = LetterSheet(theme)
        self.note_sent = Button(theme, NOTE_SENT, small=True, icon="check", note=NOTE_SENT_NOTE)
        theme.read_only.bar(self.note_sent)
        for part in (Text(theme, TITLE, STRONG), self._note, self.few, self._who, self._day, self.sheet):
            self.body.addWidget(part)
        self.body.addWidget(Flow(theme, (self.note_sent,)))
        self.few.pressed.connect(self._take)
        self.who.changed.connect(self._chosen)
        self.day.committed.connect(self._again)
        self.sheet.to.wanted.connect(self._reveal)
        self.note_sent.clicked.connect(self._noted)
        theme.cover.changed.connect(self._recover)
        self.forget()

    def show_cases(self, letter: Letter, cases: Sequence[Case], picture: Snapshot, *, dirty: bool) -> None:
        """Whom this letter fits; who was chosen stays so while nothing has changed."""
        known = {each.key: each for each in cases}
        if (letter, known) != (self._letter, self._cases):
            self._letter, self._cases, self._picture = letter, known, picture
            self.who.set_keys(())
            self.put_away()
        said = (
            tr("{count_of} can be written. Type a name or a number.").format(
                count_of=count_of(len(known), "letter")
            )
            if known
            else NOBODY
        )
        self._note.set_text(NOT_KEPT if dirty else f"{said} {NOTE}" if known else said)
        self._who.setVisible(bool(known) and not dirty)
        self._offer_few(dirty)
        if dirty:
            self.put_away()
        self.show()

    def show_letter(self, case: Case, draft: LetterDraft) -> None:
        """Here it is."""
        if self._picture is None or self._case() is None or self._case() != case:
            return
        enquiry = self._picture.enquiries.get(case.enquiry)
        to_trainee = self._letter is not None and self._letter.side is Side.TRAINEE
        hidden = to_trainee and (enquiry is None or enquiry.consent is None)
        agreed = enquiry.requester.safe_contact if enquiry else None
        self.sheet.show_letter(
            draft,
            trainee_of(case.enquiry) if to_trainee else self._theme.cover.shown(self._name(case)),
            shown=not hidden,
            safe=safe_way(enquiry, agreed or "") if to_trainee else "",
        )
        self.sheet.show()
        self.note_sent.setVisible(self._letter is not None and is_noted(self._letter.id, case))

    def revealed(self, reference: str) -> None:
        """The look was noted: show the address."""
        case = self._case()
        if case is not None and case.enquiry == reference:
            self.sheet.to.set_shown(True)

    def put_away(self) -> None:
        """No letter to anybody stays on the page."""
        self.sheet.show_letter(LetterDraft(None, "", ""), "", shown=False)
        self.sheet.hide()
        self.note_sent.hide()
        self._day.hide()

    def forget(self) -> None:
        """Nothing of anybody stays."""
        self._letter, self._cases, self._picture = None, {}, None
        self.who.set_keys(())
        self.put_away()
        self.hide()

    def _case(self) -> Case | None:
        """Who is chosen, with the day that stands in its field."""
        case = self._cases.get(next(iter(self.who.keys()), ""))
        day = self._day_now()
        return None if case is None else replace(case, day=day if case.day else None)

    def _day_now(self) -> date | None:
        return self.day.day()

    def _options(self) -> Sequence[Option]:
        return [Option(key, self._label(key), (self._name(case),)) for key, case in self._cases.items()]

    def _label(self, key: str) -> str:
        case = self._cases.get(key)
        if case is None:
            return key
        name = self._theme.cover.shown(self._name(case)) if case.supporter else ""
        return " · ".join(part for part in (case.enquiry, name, case.supporter) if part)

    def _name(self, case: Case) -> str:
        found = self._picture.supporters.get(case.supporter) if self._picture and case.supporter else None
        return found.name if found else ""

    def _offer_few(self, dirty: bool) -> None:
        """A handful is seen at one glance; of more somebody types what they look for."""
        few = [] if dirty or len(self._cases) > FEW or self.who.keys() else list(self._cases)
        self.few.set_chips([ChipSpec(key, self._label(key), "suggested") for key in few])
        self.few.setVisible(bool(few))

    @Slot(str)
    def _take(self, key: str) -> None:
        self.who.set_keys((key,))
        self._chosen()

    @Slot()
    def _chosen(self) -> None:
        self._offer_few(dirty=False)
        case = self._cases.get(next(iter(self.who.keys()), ""))
        self.put_away()
        if case is not None:
            speaks = self._letter is not None and "day" in self._letter.fields and case.day is not None
            self.day.set_day(case.day if speaks else None)
            self._day.setVisible(speaks)
            self._again()

    @Slot()
    def _again(self) -> None:
        case = self._case()
        wrong = not self._day.isHidden() and self.day.day() is None
        self._day.set_error(WRITE_IT if wrong else "")
        if case is not None and not wrong:
            self.wanted.emit(case)

    @Slot()
    def _noted(self) -> None:
        case = self._case()
        if case is not None:
            self.sent.emit(case)

    @Slot()
    def _reveal(self) -> None:
        case = self._case()
        if case is not None:
            self.reveal_wanted.emit(case.enquiry)

    @Slot()
    def _recover(self) -> None:
        """Names on chips follow the cover."""
        if self._cases:
            self.who.set_keys(self.who.keys())
            self._offer_few(self._who.isHidden())
