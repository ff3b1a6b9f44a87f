"""Who could help, beside the letter: suggestions in the chosen order, those asked already, and why not the others."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from peermatch.model.enquiry import Enquiry
from peermatch.model.explanation import Together
from peermatch.model.verdict import Shortlist, Suggestion, WhatIf
from peermatch.services.grounds import Grounds
from peermatch.services.introductions import LetterDraft
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.asked_card import AskedCard
from peermatch.ui.screens.enquiry_from import FromLine
from peermatch.ui.screens.enquiry_watch import WatchKeeper
from peermatch.ui.screens.newcomer_banner import NewcomerBanner
from peermatch.ui.screens.shortlist_card import SuggestionCard
from peermatch.ui.screens.shortlist_facts import (
    BEST,
    LEAST,
    NEAREST,
    Face,
    Rarity,
    face,
    in_order,
    place_known,
)
from peermatch.ui.screens.side_by_side import SideBySide
from peermatch.ui.screens.together_card import TogetherCard
from peermatch.ui.screens.why_not import WhyNotCard, WhyNotList
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.at_once import at_once
from peermatch.ui.widgets.boxes import Column, Panel, Scroll
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.made_late import MadeLate
from peermatch.ui.widgets.segmented import Segmented
from peermatch.ui.widgets.stack import Stack
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.tab_order import come_as_laid_out
from peermatch.ui.widgets.text import HEADING, TINY, Text
from peermatch.words import count_of, tr

if TYPE_CHECKING:
    from peermatch.ui.screens.enquiry_risk import RiskPanel

NOBODY_YET = tr("People who could help stand here.")
NOBODY_YET_NOTE = tr("Each with the reasons, and everybody else with the reason why not.")
AT_ONCE = 6
"""How many cards are made before somebody asks for more: each is a dozen widgets."""


class ShortlistPanel(Panel):
    """``wanted`` asks for a letter, ``asked`` sends it, ``introduction`` and ``supporter`` lead to other screens.

    ``watch_wanted`` asks to watch the enquiry, or to stop. Whatever is asked of the shortlists is answered at once.
    ``who`` tells whether the trainee is in sight: until then nobody is said to have their name.
    """

    wanted = Signal(str)
    asked = Signal(str, str)
    introduction = Signal(str)
    supporter = Signal(str)
    watch_wanted = Signal(bool)

    def __init__(
        self, theme: Theme, watches: WatchKeeper, who: FromLine, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "canvas", parent=parent)
        self._theme = theme
        self._watches = watches
        self._who = who
        self._changes: tuple[WhatIf, ...] = ()
        self._asking = ""
        self._together = Together(whole=True)
        self._alone = False
        self._limit = AT_ONCE
        self._shown: Grounds | None = None
        self._cards: dict[str, SuggestionCard] = {}
        self.late_risk = MadeLate(self._make_risk)
        self._late_everyone = MadeLate(self._make_everyone)
        self.why_not = WhyNotCard(theme)
        self.asked_card = AskedCard(theme)
        self.newcomers = NewcomerBanner(theme)
        self.together = TogetherCard(theme)
        self._pages = Stack()
        self._people = Scroll(self._build_people(), name=tr("Suggestions"))
        self._closed = Scroll(self.late_risk, name=tr("Before the suggestions"))
        self._nothing = EmptyState(theme, "users", NOBODY_YET, NOBODY_YET_NOTE)
        for page in (self._people, self._closed, self._late_everyone, self._nothing):
            self._pages.addWidget(page)
        Column(theme, self).addWidget(self._pages)
        self.why_not.wanted_all.connect(self._show_everyone)
        self.together.pair_wanted.connect(self._show_pair)
        self.together.watch_wanted.connect(self.watch_wanted)
        self.newcomers.wanted.connect(self.show_person)
        watches.changed.connect(self._show_watch)
        self.asked_card.opened.connect(self.introduction)
        who.turned.connect(self._count_refused)
        self.asked.connect(self._await_letter)

    def _make_everyone(self) -> WhyNotList:
        everyone = WhyNotList(self._theme)
        everyone.back.connect(self._show_people)
        everyone.opened.connect(self.supporter)
        everyone.wanted.connect(self._explain)
        return everyone

    def _make_risk(self) -> "RiskPanel":
        from peermatch.ui.screens.enquiry_risk import RiskPanel

        return RiskPanel(self._theme)

    @property
    def risk(self) -> "RiskPanel":
        """What comes before the suggestions where somebody may be in danger."""
        return self.late_risk.made

    @property
    def everyone(self) -> WhyNotList:
        """Everybody who is not suggested, each with the reason."""
        return self._late_everyone.made

    def _build_people(self) -> QWidget:
        theme = self._theme
        self._content = content = QWidget()
        column = Column(theme, content, spacing=10, margins=(18, 18, 18, 18))
        self._heading = Text(theme, "", HEADING, wrap=False)
        self.order = Segmented(
            theme,
            [(BEST, tr("Best match")), (LEAST, tr("Least busy")), (NEAREST, tr("Nearest"))],
            name=tr("Order"),
        )
        head = SideBySide(theme, self._heading, self.order)
        self._remark = Text(theme, "", TINY)
        self._empty = EmptyState(theme, "users", tr("Nobody is suggested yet."))
        self._list = Column(theme, spacing=10)
        self.more = Button(theme, "", kind="quiet", small=True)
        for part in (head, self._remark, self.newcomers, self.asked_card, self.together, self._empty):
            column.addWidget(part)
        column.addLayout(self._list)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.why_not)
        column.addStretch(1)
        self.order.chosen.connect(self._reorder)
        self.more.clicked.connect(self._show_more)
        return content

    def cards(self) -> tuple[SuggestionCard, ...]:
        """The cards as they stand, best first."""
        return tuple(self._cards.values())

    def card(self, supporter: str) -> SuggestionCard | None:
        """The card of one person, if they are shown."""
        return self._cards.get(supporter)

    def heading(self) -> str:
        """How many could help."""
        return self._heading.words()

    def show_nothing(self) -> None:
        """No enquiry is chosen."""
        self._shown = None
        self._pages.setCurrentWidget(self._nothing)

    def show_closed(self, enquiry: Enquiry, snapshot: Snapshot, on: date) -> None:
        """Risk first: no names while nobody has noted what was done."""
        self._shown = None
        self._set_cards(())
        self.risk.show_risk(enquiry, snapshot.reference.signposts.beside_risk(enquiry.wanted), on)
        self._pages.setCurrentWidget(self._closed)

    def show_shortlist(
        self,
        snapshot: Snapshot,
        enquiry: Enquiry,
        shortlist: Shortlist,
        changes: tuple[WhatIf, ...],
        on: date,
    ) -> None:
        """The answer for the enquiry as it stands on the screen now."""
        if self._shown is None or self._shown.enquiry.reference != enquiry.reference:
            self._limit, self._alone, self._asking = AT_ONCE, False, ""
            self._pages.setCurrentWidget(self._people)
            self._people.verticalScrollBar().setValue(0)
        self._shown, self._changes = Grounds(snapshot, enquiry, shortlist), changes
        self._together = self._shown.together()
        self._alone = self._alone and self._together.pair is not None
        with at_once(self._content):
            self.asked_card.show_asked(snapshot.introductions_of(enquiry.reference), snapshot, on)
            self._show_suggested()
            self._count_refused()
        self._lead_to_letter()

    def show_letter(self, supporter: str, draft: LetterDraft) -> None:
        """The letter that asks, on the card of the person whom it is for."""
        card = self._cards.get(supporter)
        if card is None or self._shown is None:
            return
        for other in self._cards.values():
            if other is not card:
                other.close_letter()
        suggested = self._shown.shortlist.suggested
        first = bool(suggested) and suggested[0].supporter == supporter
        card.show_letter(draft, first=first, fits=self._shown.described())
        self._people.ensureWidgetVisible(card)

    @Slot()
    def _show_watch(self) -> None:
        """Since when the enquiry is watched, and who fits since then."""
        if self._shown is not None:
            snapshot, enquiry, on = self._shown.snapshot, self._shown.enquiry, self._shown.shortlist.on
            since = self._watches.since(enquiry.reference)
            self.together.show_together(snapshot, enquiry, self._together, since, on)
            self.newcomers.show_newcomers(self._watches.new(enquiry.reference), snapshot)

    def _show_suggested(self) -> None:
        if self._shown is None:
            return
        people = self._people_of(self._shown)
        number = len(people)
        shown = self._pair_in(people) if self._alone else people[: self._limit]
        self.together.set_alone(self._alone)
        self._show_watch()
        asked = self._shown.snapshot.introductions_of(self._shown.enquiry.reference)
        nobody = tr("Nobody else") if asked else tr("Nobody")
        how_many = count_of(number, "person", "people") if number else nobody
        waits = not number and not self._shown.enquiry.needs
        counted = tr("{count_of} could help").format(count_of=how_many)
        self._heading.set_text(tr("Who could help") if waits else counted)
        self._remark.set_text(self._said(self._shown))
        self._remark.setVisible(bool(self._remark.words()))
        self.order.setVisible(number > 1 and not self._alone)
        self._empty.setVisible(not number)
        self._empty.set_words(*_nobody(self._shown.enquiry))
        self._set_cards(tuple(_face(self._shown, each) for each in shown))
        self.more.setVisible(number > self._limit and not self._alone)
        self.more.set_text(tr("Show {min} more").format(min=min(AT_ONCE, number - self._limit)))

    @Slot(str)
    def _await_letter(self, supporter: str) -> None:
        self._asking = supporter

    def _lead_to_letter(self) -> None:
        """Once somebody is asked their letter waits elsewhere: the keyboard goes to the way there."""
        way, held = self.asked_card.way(self._asking), QApplication.focusWidget()
        if way is None:
            return
        self._people.ensureWidgetVisible(self.asked_card)
        if held is None or self.isAncestorOf(held):
            self.asked_card.lead_to(self._asking)
        self._asking = ""

    @Slot()
    def _count_refused(self) -> None:
        """How many are not suggested and why, as far as it may be said; the list as well where it is open."""
        if self._shown is None:
            return
        of = self._shown
        self.why_not.show_refused(
            of.shortlist, of.enquiry, of.snapshot, self._changes, revealed=self._who.shown
        )
        self.why_not.setVisible(bool(of.shortlist.refused))
        if self._pages.currentWidget() is self._late_everyone:
            self._show_refused()

    def _show_refused(self) -> None:
        if self._shown is not None:
            self.everyone.show_refused(self._shown, revealed=self._who.shown)

    def _pair_in(self, people: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
        return tuple(each for each in people if each.supporter in (self._together.pair or ()))

    def _people_of(self, grounds: Grounds) -> Sequence[Suggestion]:
        return in_order(grounds.snapshot, grounds.enquiry, grounds.shortlist, self.order.current())

    def _said(self, grounds: Grounds) -> str:
        if self.order.current() == NEAREST and not place_known(grounds.snapshot, grounds.enquiry):
            return tr(
                "Where they are is not known, so this is the order of the best match. Add a place under Details."
            )
        if grounds.shortlist.ambiguous and self.order.current() == BEST:
            return tr("The first two are as good as each other: choose as you think best.")
        return ""

    def _set_cards(self, faces: tuple[Face, ...]) -> None:
        """Cards of people who stay are kept, with an open letter; those of others serve the next, or go."""
        kept = {each.supporter for each in faces}
        gone = [self._cards.pop(id) for id in [id for id in self._cards if id not in kept]]
        spare = [card for card in gone if card.is_idle()]
        stay = {each: self._cards.get(each.supporter) for each in faces}
        self._cards = {each.supporter: card or self._card(each, spare) for each, card in stay.items()}
        for card in gone:
            if card.face.supporter not in self._cards:
                self._list.removeWidget(card)
                card.hide()
                card.deleteLater()
        for number, each in enumerate(faces):
            card = self._cards[each.supporter]
            card.set_face(each, first=number == 0)
            if self._list.indexOf(card) != number:
                self._list.insertWidget(number, card)
        come_as_laid_out(self._content)

    def _card(self, shown: Face, spare: list[SuggestionCard]) -> SuggestionCard:
        """A card for somebody: to give one that stands another face takes less than half the time of a new one."""
        if spare:
            spare[0].turn_to(shown)
            return spare.pop(0)
        card = SuggestionCard(self._theme, shown)
        card.wanted.connect(self.wanted)
        card.asked.connect(self.asked)
        card.opened.connect(self.supporter)
        return card

    @Slot()
    def _reorder(self) -> None:
        self._show_suggested()
        self._people.verticalScrollBar().setValue(0)

    @Slot()
    def _show_more(self) -> None:
        self._limit += AT_ONCE
        self._show_suggested()

    @Slot(bool)
    def _show_pair(self, alone: bool) -> None:
        self._alone = alone
        self._show_suggested()

    @Slot(str)
    def show_person(self, supporter: str) -> None:
        """Bring the card of one person into sight and give it the keyboard."""
        if self._shown is None:
            return
        people = enumerate(self._people_of(self._shown), start=1)
        place = next((number for number, each in people if each.supporter == supporter), None)
        if place is not None:
            self._alone, self._limit = False, max(self._limit, place)
            self._show_suggested()
            card = self._cards[supporter]
            self._people.ensureWidgetVisible(card)
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _explain(self, supporter: str) -> None:
        if self._shown is not None:
            self.everyone.show_explanation(self._shown.explain(supporter))

    @Slot()
    def _show_everyone(self) -> None:
        if self._shown is not None:
            self._show_refused()
            self._pages.setCurrentWidget(self._late_everyone)
            self.everyone.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_people(self) -> None:
        self._pages.setCurrentWidget(self._people)
        self.why_not.show_all.setFocus(Qt.FocusReason.OtherFocusReason)


def _face(grounds: Grounds, suggestion: Suggestion) -> Face:
    id, rarity = suggestion.supporter, Rarity()
    if suggestion.rare:
        rarity = Rarity(grounds.scarce(id), grounds.others(id))
    return face(grounds.snapshot, grounds.enquiry, suggestion, grounds.shortlist, rarity)


def _nobody(enquiry: Enquiry) -> tuple[str, str]:
    """Why the list is empty, and what to do."""
    if not enquiry.needs:
        return (
            tr("Nobody is suggested yet."),
            tr(
                "Say what they need: press a topic that the letter suggests, or add one. People appear here at once."
            ),
        )
    return (
        tr("Nobody fits all of this."),
        tr("Make a need helpful instead of essential, or see below who comes near and why not."),
    )
