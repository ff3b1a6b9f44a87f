"""The page on the network's own characteristics: added, changed, retired and removed."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.characteristics import Term, Vocabulary
from peermatch.services.office import Services
from peermatch.services.snapshot import Snapshot
from peermatch.services.terms import OwnTerm
from peermatch.ui.locking.forms import Values, fill, values_of
from peermatch.ui.screens.duties_page import Lines
from peermatch.ui.screens.own_page import OwnPage
from peermatch.ui.screens.terms_form import NEAR, TermForm
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import count_of, short, tr

TITLE = tr("Your own terms")
INTRO = tr(
    "What people here have lived through and the list that ships with the program does not name. "
    "A term is never taken from anybody: one that you no longer want is retired."
)
NOTHING = tr("You have no terms of your own yet.")
NOTHING_NOTE = tr("The list that ships with the program has most of what people ask for. Add what it lacks.")


class TermCard(Card):
    """One of them; each signal brings its id."""

    change = Signal(str)
    retire = Signal(str)
    offer = Signal(str)
    remove = Signal(str)

    def __init__(self, theme: Theme, own: OwnTerm, vocabulary: Vocabulary) -> None:
        super().__init__(theme, margins=(18, 14, 18, 16), spacing=6)
        term, self._id = own.term, own.term.id
        head = Spread(theme, Text(theme, term.label, HEADING), Flow(theme, self._chips(own), gap=6))
        said = [
            tr("Belongs to {label}.").format(label=vocabulary.label(term.broader)),
            *_near(term, vocabulary),
        ]
        self.body.addWidget(head)
        if term.description:
            self.body.addWidget(Text(theme, term.description, SMALL))
        self.body.addWidget(Text(theme, " ".join(said), SMALL))
        self.body.addWidget(Flow(theme, self._buttons(own), gap=8))

    def _chips(self, own: OwnTerm) -> list[QWidget]:
        people = count_of(len(own.holders), "person has it", "people have it")
        chips = [Chip(self._theme, people if own.holders else tr("nobody has it yet"), "mute")]
        if own.term.extra_sensitive:
            chips.append(Chip(self._theme, tr("extra sensitive"), "wait"))
        if own.retired is not None:
            chips.append(Chip(self._theme, tr("retired on {short}").format(short=short(own.retired)), "mute"))
        return list(chips)

    def _buttons(self, own: OwnTerm) -> list[QWidget]:
        change = self._button(tr("Change …"), own.term.label)
        change.clicked.connect(self._change)
        retired = own.retired is not None
        other = self._button(tr("Offer it again") if retired else tr("Retire"), own.term.label)
        other.clicked.connect(self._offer if retired else self._retire)
        remove = self._button(tr("Remove"), own.term.label, quiet=True)
        remove.clicked.connect(self._remove)
        return [change, other, remove]

    def _button(self, words: str, label: str, *, quiet: bool = False) -> Button:
        button = Button(self._theme, words, small=True, kind="quiet" if quiet else "plain")
        button.setAccessibleName(f"{words.removesuffix(' …')}: {label}")
        self._theme.read_only.bar(button)
        return button

    @Slot()
    def _change(self) -> None:
        self.change.emit(self._id)

    @Slot()
    def _retire(self) -> None:
        self.retire.emit(self._id)

    @Slot()
    def _offer(self) -> None:
        self.offer.emit(self._id)

    @Slot()
    def _remove(self) -> None:
        self.remove.emit(self._id)


class TermsPage(OwnPage):
    """All of them, those that are retired last."""

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        self.new = Button(theme, tr("New term"), kind="primary", icon="plus")
        super().__init__(services, tasks, theme, TITLE, INTRO, (self.new,))
        theme.read_only.bar(self.new)
        self.form = TermForm(theme, self._picture)
        self.forms = (self.form,)
        self.lines = Lines(theme, spacing=12)
        self.own: tuple[OwnTerm, ...] = ()
        self._new = True
        self._nothing = EmptyState(theme, "list-checks", NOTHING, NOTHING_NOTE)
        self.add(self.form, self.effects, self._nothing, self.lines)
        self.body.addStretch(1)
        self.new.clicked.connect(self.open_new)
        self.form.wanted.connect(self._consider)
        self.form.closed.connect(self.cancel)
        self._nothing.hide()

    def _picture(self) -> Snapshot:
        return self.services.desk.snapshot

    def take_focus(self) -> None:
        """Begin with the first thing to do."""
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """All of them, with who has each."""
        work = partial(self.services.own.terms.every, self.services.desk.today)
        self.tasks.run(self, work, self._show, self.show_error)

    def _show(self, own: tuple[OwnTerm, ...]) -> None:
        self.own = own
        self._nothing.setVisible(not own)
        vocabulary = self._picture().reference.vocabulary
        self.lines.put((each.term.id, self._card(each, vocabulary)) for each in own)

    def _card(self, own: OwnTerm, vocabulary: Vocabulary) -> TermCard:
        card = TermCard(self.theme, own, vocabulary)
        card.change.connect(self._open_change)
        card.retire.connect(self._retire)
        card.offer.connect(self._offer)
        card.remove.connect(self._remove)
        return card

    @Slot()
    def open_new(self) -> None:
        """Begin to write one."""
        self._open(self.services.own.terms.draft(), new=True)

    @Slot(str)
    def _open_change(self, id: str) -> None:
        term = next((each.term for each in self.own if each.term.id == id), None)
        if term is not None:
            self._open(term, new=False)

    def _open(self, term: Term, *, new: bool) -> None:
        self.close_forms()
        self._new = new
        self.form.open_for(term, new=new)
        self.bring_into_sight(self.form)

    @Slot(object)
    def _consider(self, term: Term) -> None:
        service, on = self.services.own.terms, self.services.desk.today
        self.consider(
            partial(service.effects, term, on),
            partial(service.add if self._new else service.change, term, on),
        )

    @Slot(str)
    def _retire(self, id: str) -> None:
        self.run(partial(self.services.own.terms.retire, id, self.services.desk.today))

    @Slot(str)
    def _offer(self, id: str) -> None:
        self.run(partial(self.services.own.terms.offer_again, id))

    @Slot(str)
    def _remove(self, id: str) -> None:
        self.run(partial(self.services.own.terms.remove, id, self.services.desk.today))

    def draft(self) -> Values:
        """One that is half written."""
        if not self.form.typed or self.form.base is None:
            return {}
        return {"id": "" if self._new else self.form.base.id, **values_of(self.form.editors())}

    def take_draft(self, values: Values) -> bool:
        """Put it back."""
        id = str(values.get("id", ""))
        known = self._picture().reference.vocabulary.terms
        if id and id not in known:
            return False
        self._open(known[id] if id else self.services.own.terms.draft(), new=not id)
        fill(self.form.editors(), {key: value for key, value in values.items() if key != "id"})
        return self.form.typed


def _how_near(strength: float) -> str:
    """The nearest of the words that the form offers."""
    return min(NEAR, key=lambda each: abs(float(each[0]) - strength))[1]


def _near(term: Term, vocabulary: Vocabulary) -> list[str]:
    """What it is near to, in words."""
    near = [f"{vocabulary.label(id)} ({_how_near(strength)})" for id, strength in term.related]
    return [tr("Near to {join}.").format(join=", ".join(near))] if near else []
