"""One introduction: its steps, and the next one as a clear action with the letter or card that belongs to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.enquiry import Enquiry
from peermatch.model.introduction import Introduction, State, Step
from peermatch.model.posted import Letters
from peermatch.services.clocks import Turn, follow_up_due, turn
from peermatch.services.handing_out import Preview
from peermatch.services.introductions import LetterDraft
from peermatch.services.letters import FollowUp
from peermatch.ui.cover import Cover
from peermatch.ui.screens.card_preview import CardPreview
from peermatch.ui.screens.introduction_words import OVER_WORDS, steps
from peermatch.ui.screens.letter_sheet import LetterSheet
from peermatch.ui.screens.posted_letters import FOLLOWING, Due, PostedView
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button, ButtonKind
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.states import EmptyState, StepBar
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import in_words, tr

AGAIN = "again"
ELSE = "else"
NOTED = "noted"


def _plain(actions: Iterable[tuple[str, str, ButtonKind]]) -> tuple[tuple[str, str, ButtonKind], ...]:
    """The same actions where another one comes first."""
    return tuple((key, words, "plain" if kind == "primary" else kind) for key, words, kind in actions)


# What a press does, in the words of the button; {name} is the supporter's.
ACTIONS: dict[State, tuple[tuple[str, str, ButtonKind], ...]] = {
    State.ASKED: (
        (Step.ACCEPT.value, tr("{name} said yes"), "primary"),
        (Step.DECLINE.value, tr("{name} said no"), "plain"),
        (Step.LAPSE.value, tr("No answer: let it go"), "plain"),
        (Step.STOP.value, tr("Stop: nobody is introduced"), "quiet"),
    ),
    State.ACCEPTED: (
        (Step.ENQUIRER_AGREES.value, tr("The trainee said yes"), "primary"),
        (Step.ENQUIRER_REFUSES.value, tr("The trainee said no"), "plain"),
        (Step.STOP.value, tr("Stop: no card is sent"), "quiet"),
    ),
    State.AGREED: ((Step.STOP.value, tr("Stop: no card is sent"), "quiet"),),
    State.INTRODUCED: (
        (Step.END.value, tr("It has ended: {name} has room again"), "plain"),
        (AGAIN, tr("Show the card again"), "plain"),
        (Step.STOP.value, tr("Stop: tell both, the card stays with the trainee"), "quiet"),
    ),
}
TURN_ACTIONS: dict[Turn, tuple[tuple[str, str, ButtonKind], ...]] = {
    Turn.REMIND: ((NOTED, tr("I have sent the reminder"), "primary"), *_plain(ACTIONS[State.ASKED])),
    Turn.MOVE_ON: (
        (Step.LAPSE.value, tr("No answer: let it go"), "primary"),
        *_plain(each for each in ACTIONS[State.ASKED] if each[0] != Step.LAPSE.value),
    ),
    **dict.fromkeys(
        FOLLOWING,
        ((NOTED, tr("I have asked both how it went"), "primary"), *_plain(ACTIONS[State.INTRODUCED])),
    ),
}
"""The same where a clock has run down: what is due comes first."""
OVER_ACTIONS: tuple[tuple[str, str, ButtonKind], ...] = ((ELSE, tr("Find somebody else"), "plain"),)


@dataclass(frozen=True, slots=True)
class Shown:
    """An introduction as it may be shown: the name comes covered where names are."""

    introduction: Introduction
    name: str
    address_in_sight: bool
    safe: str
    letters: Letters
    agreed: date | None = None

    def turn(self, on: date) -> Turn:
        """Whose turn it is, and for what."""
        return turn(self.introduction, on, self.letters)


def next_words(shown: Shown, on: date) -> str:
    """What to do now, in one sentence."""
    introduction, name = shown.introduction, shown.name
    now = shown.turn(on)
    if now is Turn.REMIND:
        return tr("{name} has not answered yet. Send this reminder, or note the answer.").format(name=name)
    if now is Turn.MOVE_ON:
        return tr("{name} has not answered. Let it go, and ask somebody else.").format(name=name)
    if introduction.state is State.ASKED:
        return tr("Send {name} this letter, then note the answer.").format(name=name)
    if introduction.state is State.ACCEPTED:
        return tr(
            "{name} said yes. Send the trainee this letter, then note the answer. It does not say who "
            "{name} is."
        ).format(name=name)
    if introduction.state is State.AGREED:
        return tr("Both said yes. This is what the trainee will get.")
    if introduction.state is State.INTRODUCED:
        if now is Turn.END:
            return tr("Both were asked how it went. When it has ended, {name} has room again.").format(
                name=name
            )
        due = follow_up_due(introduction, shown.letters)
        when = tr("Ask now") if on >= due else tr("Ask on {in_words}").format(in_words=in_words(due))
        return tr(
            "{when} whether they met, and whether it was enough. Offer somebody else without blame."
        ).format(when=when)
    words = OVER_WORDS[introduction.state].format(name=name)
    return tr("This introduction is over: {words}.").format(words=words)


class IntroductionPane(QWidget):
    """``stepped`` brings a step, ``wanted_address`` asks to reveal; ``noted``: what is due was sent."""

    stepped = Signal(object)
    wanted_address = Signal()
    noted = Signal()
    again = Signal()
    elsewhere = Signal()

    def __init__(
        self, theme: Theme, today: Callable[[], date] = date.today, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._actions: tuple[tuple[str, str, ButtonKind], ...] = ()
        self._buttons: dict[str, Button] = {}
        self.steps = StepBar(theme)
        self._next = Text(theme, "", HEADING)
        self._note = Text(theme, "", SMALL)
        self.sheet = LetterSheet(theme)
        self.card = CardPreview(theme, today)
        self.posted = PostedView(theme)
        self.refused = EmptyState(theme, "shield-check", tr("No card can be made now."))
        self.buttons = Flow(theme, gap=10)
        self._column = column = Column(theme, self, spacing=14, margins=(26, 22, 26, 22))
        papers = (self.sheet, self.posted, self.card, self.refused)
        for part in (self.steps, self._next, self._note, *papers, self.buttons):
            column.addWidget(part)
        column.addStretch(1)
        self.sheet.wanted.connect(self.wanted_address)
        self.card.wanted_address.connect(self.wanted_address)
        self.posted.reveal_wanted.connect(self.wanted_address)
        self._show_only(None)

    def add_letters(self, letters: QWidget, answer: QWidget | None = None) -> None:
        """What belongs to the step beside its paper, which is the screen's own; above the buttons."""
        self._column.insertWidget(self._column.indexOf(self.buttons), letters)
        if answer is not None:  # before a paper that it may make needless
            self._column.insertWidget(self._column.indexOf(self._note) + 1, answer)

    def next_sentence(self) -> str:
        """What it says is to be done."""
        return self._next.words()

    def action_keys(self) -> tuple[str, ...]:
        """What can be pressed."""
        return tuple(key for key, _, _ in self._actions)

    def button(self, key: str) -> Button:
        """The button of an action."""
        return self._buttons[key]

    def show_introduction(self, shown: Shown, on: date) -> None:
        """Steps, sentence and buttons; the letter or card comes once it is written."""
        introduction = shown.introduction
        self.steps.set_steps(steps(introduction, shown.name, on, shown.letters, shown.agreed))
        self._next.set_text(next_words(shown, on))
        self._note.set_text(_note(shown, self._theme.cover))
        self._note.setVisible(bool(self._note.words()))
        self._offer(tuple((k, t.format(name=shown.name), kind) for k, t, kind in _actions(shown, on)))

    def show_letter(self, draft: LetterDraft, shown: Shown, fits: int | None = None) -> None:
        """The letter that is to be sent now; ``fits`` is how few it describes, where that must be said."""
        to_trainee = shown.introduction.state is State.ACCEPTED
        who = tr("the trainee of {enquiry}").format(enquiry=shown.introduction.enquiry) if to_trainee else ""
        in_sight = shown.address_in_sight if to_trainee else True
        safe = shown.safe if to_trainee else ""
        self.sheet.show_letter(draft, who, shown=in_sight, safe=safe, fits=fits if to_trainee else None)
        self._show_only(self.sheet)

    def show_card(self, preview: Preview, shown: Shown) -> None:
        """The card that is to be handed over now."""
        self.card.show_preview(preview, shown=shown.address_in_sight, safe=shown.safe)
        self._show_only(self.card)

    def show_posted(self, letters: Due, shown: Shown, enquiry: Enquiry) -> None:
        """The reminder, or both letters that ask how it went."""
        if isinstance(letters, FollowUp):
            self.posted.show_follow_up(letters, enquiry, shown.name, in_sight=shown.address_in_sight)
        else:
            self.posted.show_reminder(letters, shown.name)
        self._show_only(self.posted)

    def show_refusal(self, what: str, hint: str) -> None:
        """Why no card can be made."""
        self.refused.set_words(what, hint)
        self._show_only(self.refused)

    def conceal(self, *, in_sight: bool) -> None:
        """Show the trainee's address only as far as it may stand there without being asked for."""
        for paper in (self.sheet, self.card, self.posted.sheet):
            if paper.standing:
                paper.to.set_shown(in_sight)

    def show_no_paper(self) -> None:
        """Nothing to read: it is over, or the letter is still being written."""
        self._show_only(None)

    def _show_only(self, part: QWidget | None) -> None:
        for each in (self.sheet, self.posted, self.card, self.refused):
            each.setVisible(each is part)

    def _offer(self, actions: tuple[tuple[str, str, ButtonKind], ...]) -> None:
        if actions == self._actions:
            return
        self._actions = actions
        self._buttons = {key: self._action(key, text, kind) for key, text, kind in actions}
        self.buttons.set_widgets(list(self._buttons.values()))

    def _action(self, key: str, text: str, kind: ButtonKind) -> Button:
        button = Button(self._theme, text, kind=kind)
        button.setProperty("action", key)
        if key not in (AGAIN, ELSE):
            self._theme.read_only.bar(button)
        button.clicked.connect(self._press)
        return button

    def set_busy(self, busy: bool) -> None:
        """While a step is being kept nothing else can be pressed."""
        self.buttons.setEnabled(not busy)
        self.card.setEnabled(not busy)

    @Slot()
    def _press(self) -> None:
        key = str(self.sender().property("action"))
        if key == NOTED:
            self.noted.emit()
        elif key == AGAIN:
            self.again.emit()
        elif key == ELSE:
            self.elsewhere.emit()
        else:
            self.stepped.emit(Step(key))


def _note(shown: Shown, cover: Cover) -> str:
    """The outcome of what is over; how to reach the trainee safely while they are to be asked how it went."""
    if shown.introduction.outcome:
        return tr("Outcome: {outcome}").format(outcome=shown.introduction.outcome)
    follows = shown.introduction.state is State.INTRODUCED and shown.safe
    way = cover.shown(shown.safe)
    return tr("How to reach the trainee safely: {safe}").format(safe=way) if follows else ""


def _actions(shown: Shown, on: date) -> tuple[tuple[str, str, ButtonKind], ...]:
    by_state = ACTIONS.get(shown.introduction.state, OVER_ACTIONS)
    return TURN_ACTIONS.get(shown.turn(on), by_state)
