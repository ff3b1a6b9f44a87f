"""One enquiry of the plan: whom it is given and why, what can be changed, and the way to the letter."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.ui.screens.plan_options import OptionsCard
from peermatch.ui.screens.reason_list import ReasonList
from peermatch.ui.screens.shortlist_facts import Face
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip, ChipKind
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.score_ring import ScoreRing
from peermatch.ui.widgets.text import HEADING, SMALL, STRONG, TINY, Phrase, Text
from peermatch.words import tr

Kind = Literal["pair", "nobody", "held"]
SEEN_FIRST = tr("You see the letter first. Nobody is asked by this press.")


@dataclass(frozen=True, slots=True)
class Detail:
    """What stands on the right for the row that is chosen; ``face`` is there for a pair."""

    reference: str
    kind: Kind
    about: str
    topics: tuple[tuple[str, ChipKind], ...] = ()
    words: str = ""
    face: Face | None = None
    place: str = ""
    pinned: bool = False
    others: int = 0


class PairCard(Card):
    """The person whom the plan gives: score, name, load and reasons, as in the shortlist."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._face: Face | None = None
        self._ring = ScoreRing(theme, 0)
        self._who = Phrase(theme, [])
        self._load = Text(theme, "", TINY)
        self._place = Text(theme, "", SMALL)
        self._reasons = Flow(theme, gap=5)
        self.why = Button(
            theme, tr("Why?"), kind="link", small=True, note=tr("All reasons with their points")
        )
        self.reasons = ReasonList(theme)
        self.reasons.hide()
        row = Row(theme, spacing=12)
        score = Column(theme, spacing=2)
        score.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignHCenter)
        score.addWidget(self.why, 0, Qt.AlignmentFlag.AlignHCenter)
        score.addStretch(1)
        row.addLayout(score)
        words = Column(theme, spacing=1)
        for part in (self._who, self._load, self._place):
            words.addWidget(part)
        words.addSpacing(6)
        words.addWidget(self._reasons)
        words.addWidget(self.reasons)
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self.why.clicked.connect(self._turn)
        theme.cover.changed.connect(self._recover)

    def show_face(self, face: Face, place: str) -> None:
        """This person; who was opened up stays so while it is the same one."""
        if self._face is None or self._face.supporter != face.supporter:
            self.reasons.hide()
        changed, self._face = face != self._face, face
        self._place.set_text(f"{place[:1].upper()}{place[1:]}")
        if changed:
            self._ring.set_score(face.score)
            self._load.set_text(face.load)
            chips = [Chip(self._theme, each.text, each.kind, note=each.note) for each in face.reasons]
            self._reasons.set_widgets(chips)
            self.reasons.show_reasons(face.groups, face.score, rare=face.rare, others=face.others)
        self._recover()

    @Slot()
    def _turn(self) -> None:
        self.reasons.setVisible(self.reasons.isHidden())
        self._recover()

    @Slot()
    def _recover(self) -> None:
        if self._face is None:
            return
        name = self._theme.cover.shown(self._face.name)
        self._who.set_runs([(name, STRONG), (f" {self._face.about}", SMALL)])
        hidden = self.reasons.isHidden()
        self.why.set_text(tr("Why?") if hidden else tr("Hide"))
        self.why.setAccessibleName(
            tr("{part} reasons for {name}").format(
                part=tr("Why? All") if hidden else tr("Hide all"), name=name
            )
        )
        self.setAccessibleName(tr("{name}, score {score} of 100").format(name=name, score=self._face.score))


class PlanPane(QWidget):
    """``asked`` wants the prepared letter, ``opened`` the enquiry; the others ask to change the pair."""

    asked = Signal()
    opened = Signal()
    pinned = Signal()
    ruled_out = Signal()
    choosing = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._detail: Detail | None = None
        self._title = Text(theme, "", HEADING)
        self._about = Text(theme, "", TINY)
        self._topics = Flow(theme, gap=5)
        self._words = Text(theme, "", SMALL)
        self.person = PairCard(theme)
        self._cost = Text(theme, "", SMALL)
        self.ask = Button(theme, tr("Ask"), kind="primary", note=SEEN_FIRST)
        theme.read_only.bar(self.ask)
        self.pin = Button(theme, tr("Pin this pair"))
        self.other = Button(theme, tr("Somebody else"))
        self.out = Button(theme, tr("Not this pair"))
        self.open = Button(theme, tr("Open the enquiry"), kind="quiet")
        self._promise = Text(theme, SEEN_FIRST, TINY)
        self.options = OptionsCard(theme)
        self.options.hide()
        column = Column(theme, self, spacing=12, margins=(26, 20, 26, 20))
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addWidget(self._topics)
        buttons = Flow(theme, [self.ask, self.pin, self.other, self.out, self.open], gap=10)
        for part in (self._words, self.person, buttons, self._promise, self._cost, self.options):
            column.addWidget(part)
        column.addStretch(1)
        self.ask.clicked.connect(self.asked)
        self.pin.clicked.connect(self.pinned)
        self.other.clicked.connect(self.choosing)
        self.out.clicked.connect(self.ruled_out)
        self.open.clicked.connect(self.opened)
        theme.cover.changed.connect(self._recover)

    @property
    def detail(self) -> Detail | None:
        """What is shown."""
        return self._detail

    def cost(self) -> str:
        """What the pin of this pair costs, once it is known."""
        return self._cost.words()

    def show_detail(self, detail: Detail) -> None:
        """Show it in place: the same buttons, so that the keyboard stays where it is."""
        before, self._detail = self._detail, detail
        pair = detail.face is not None
        focused = next(
            (b for b in (self.ask, self.pin, self.other, self.out, self.open) if b.hasFocus()), None
        )
        self._title.set_text(detail.reference)
        self._about.set_text(detail.about)
        if before is None or before.topics != detail.topics:
            self._topics.set_widgets([Chip(self._theme, text, kind) for text, kind in detail.topics])
        self._topics.setVisible(bool(detail.topics))
        self._words.set_text(detail.words)
        self._words.setVisible(bool(detail.words))
        self.person.setVisible(pair)
        if detail.face is not None:
            self.person.show_face(detail.face, detail.place)
        for part in (self.ask, self.pin, self.out, self._promise):
            part.setVisible(pair)
        self.other.setVisible(bool(detail.others))
        self.open.set_kind("quiet" if pair else "primary")
        if not detail.pinned or before is None or before.reference != detail.reference:
            self.show_cost("")
        self._recover()
        if focused is not None and focused.isHidden():
            self.open.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_cost(self, words: str) -> None:
        """What its pin costs."""
        self._cost.set_text(words)
        self._cost.setVisible(bool(words))

    def show_options(self, *, shown: bool) -> None:
        """The list of the others, or none."""
        self.options.setVisible(shown)
        self._recover()

    @Slot()
    def _recover(self) -> None:
        detail = self._detail
        if detail is None:
            return
        call = "them"
        if detail.face is not None and not self._theme.cover.on:
            call = detail.face.first_name
        self.ask.set_text(tr("Ask {call}").format(call=call))
        self.pin.set_text(tr("Unpin this pair") if detail.pinned else tr("Pin this pair"))
        choose = tr("Somebody else") if detail.kind == "pair" else tr("Choose somebody")
        self.other.set_text(choose if self.options.isHidden() else tr("Hide the others"))
