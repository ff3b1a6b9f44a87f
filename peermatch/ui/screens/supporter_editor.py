"""Adding or editing a supporter in place: every field in groups, every fault beside its field at once."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.errors import BadInput, Fault, PeerMatchError
from peermatch.model.edits import Marks, changed, marks, merged
from peermatch.model.people import Supporter
from peermatch.services.office import Services
from peermatch.services.snapshot import Snapshot
from peermatch.services.supporters import ChangedMeanwhile
from peermatch.ui.locking.forms import Values, fill, values_of
from peermatch.ui.screens.supporter_fields import NOBODY, SupporterFields
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Tiles
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.fields import InlineField
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.text import HEADING, NAME, SMALL, Text
from peermatch.words import tr

NEW_NOTE = tr(
    "They come in as applied: nobody is matched before the talk, the training, "
    "the agreement and a yes to the record."
)
NOTES_HINT = tr("The person may ask to read this. Write only what you would say to them.")
MOVED_ON = tr("This record was changed after you began to edit it. Look at it before you save.")
SAVE_FIRST = tr("Save it or cancel it, then go on to the next.")
KEEP = tr("Save again to keep what stands here.")
EDITORS = {
    "boundaries": (
        "same_organisation",
        "same_specialty",
        "not_organisations",
        "not_specialties",
        "not_topics",
    )
}
"""The editors of a field that has several."""


def meanwhile_words(value: object) -> str:
    """What a field became in the other edit; lists are not spelled out, for they may say more than is shown today."""
    if not value and (value is None or isinstance(value, str | tuple)):
        return tr("Meanwhile this was emptied. {keep}").format(keep=KEEP)
    if isinstance(value, str | int):
        return tr("Meanwhile this became “{value}”. {keep}").format(value=value, keep=KEEP)
    return tr("Meanwhile this was changed too. {keep}").format(keep=KEEP)


class SupporterEditor(QWidget):
    """``saved`` brings the record that a person pressed Save on; the draft stays until ``finish``."""

    saved = Signal(object)
    cancelled = Signal()

    def __init__(self, services: Services, theme: Theme) -> None:
        super().__init__()
        self._services, self._theme = services, theme
        self.open = False
        self._person: Supporter = NOBODY
        self.seen: Marks = marks(NOBODY)
        self._begun: Values = {}
        self.fields = SupporterFields(theme, self._picture)
        self.beside: dict[str, InlineField] = {}
        self._title = Text(theme, "", NAME)
        self._note = Text(theme, NEW_NOTE, SMALL)
        self.save = Button(theme, tr("Save"), kind="primary")
        self.cancel = Button(theme, tr("Cancel"))
        self.banner = Banner(theme, "error", "", dismissible=False)
        column = Column(theme, self, spacing=16, margins=(26, 20, 26, 20))
        column.addWidget(Spread(theme, self._title, Flow(theme, (self.cancel, self.save), gap=10)))
        column.addWidget(self._note)
        column.addWidget(self.banner)
        for card in self._groups():
            column.addWidget(card)
        column.addStretch(1)
        self.banner.hide()
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self._cancel)

    def begin(self, person: Supporter | None) -> None:
        """Edit a record or write a new one; what is typed and not saved stays, whoever it is about."""
        wanted = person or NOBODY
        if self.open and wanted.id == self._person.id:
            return
        if self.open and values_of(vars(self.fields)) != self._begun:
            self.banner.show_message("wait", self._unsaved(), SAVE_FIRST)
            return
        self._person = wanted
        self.seen = marks(wanted)
        self.open = True
        self._note.setVisible(person is None)
        self._title.set_text(
            tr("Edit {first_name}'s record").format(first_name=person.first_name)
            if person
            else tr("A new volunteer")
        )
        self.fields.fill(wanted, self._today())
        self._begun = values_of(vars(self.fields))
        self._show_faults(())

    def _unsaved(self) -> str:
        if not self._person.id:
            return tr("The new volunteer is not saved yet.")
        return tr("{name}'s record is not saved yet.").format(name=self._person.first_name)

    def take_focus(self) -> None:
        """Begin with the name."""
        self.fields.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """The draft has served."""
        self.open = False
        self.banner.hide()

    def faults(self) -> tuple[Fault, ...]:
        """Everything wrong with the draft."""
        return (*self.fields.faults(), *self._services.supporters.faults(self.fields.record()))

    def show_refusal(self, error: PeerMatchError) -> None:
        """The record was not saved: say why, and mark what can be put right."""
        if isinstance(error, ChangedMeanwhile):
            self.meet(error.now)
            return
        if isinstance(error, BadInput):
            self._show_faults(error.faults)
        self.banner.show_message("error", error.what, error.hint)

    def meet(self, now: Supporter) -> None:
        """The record moved on: what only the other edit changed is taken over, and all of it is said."""
        moved = changed(self.seen, now)
        typed = values_of(vars(self.fields))
        found = merged(self.seen, self.fields.record(), now)
        self.fields.fill(replace(found.record, consents=now.consents), self._today())
        theirs = {editor for name in found.theirs for editor in EDITORS.get(name, (name,))}
        fill(vars(self.fields), {name: value for name, value in typed.items() if name not in theirs})
        self._person, self.seen = now, marks(now)
        self._show_faults(())
        conflicts = [name for name in found.both if name in self.beside]
        for name in conflicts:
            self.beside[name].set_error(meanwhile_words(getattr(now, name)))
        for name in conflicts[:1]:
            self.beside[name].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        names = (self.beside[name].label if name in self.beside else name.capitalize() for name in moved)
        self.banner.show_message(
            "wait", MOVED_ON, tr("Changed meanwhile: {join}.").format(join=", ".join(names))
        )

    @Slot()
    def submit(self) -> None:
        """Save, or mark everything that is wrong."""
        found = self.faults()
        self._show_faults(found)
        if not found:
            self.saved.emit(self.fields.record())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, Esc leaves without saving."""
        if event.key() == Qt.Key.Key_Escape:
            self._cancel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self.submit()
        else:
            super().keyPressEvent(event)

    def _picture(self) -> Snapshot:
        return self._services.desk.snapshot

    def _today(self) -> date:
        return self._services.desk.today

    @Slot()
    def _cancel(self) -> None:
        self.finish()
        self.cancelled.emit()

    def _show_faults(self, found: tuple[Fault, ...]) -> None:
        said: dict[str, list[str]] = {}
        for fault in found:
            said.setdefault(fault.place, []).append(fault.text)
        for place, field in self.beside.items():
            field.set_error(" ".join(dict.fromkeys(said.get(place, ()))))
        elsewhere = [" ".join(texts) for place, texts in said.items() if place not in self.beside]
        if found:
            count = (
                tr("One thing needs")
                if len(found) == 1
                else tr("{found} things need").format(found=len(found))
            )
            hint = " ".join(elsewhere) or tr("It is marked below.")
            self.banner.show_message(
                "error", tr("{count} another look before this can be saved.").format(count=count), hint
            )
            marked = next((f for place, f in self.beside.items() if place in said), None)
            if marked is not None:
                marked.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.banner.hide()

    def _groups(self) -> tuple[Card, ...]:
        fields = self.fields
        who = self._tiles(
            ("name", tr("Name"), fields.name),
            ("known_as", tr("Known as"), fields.known_as),
            ("pronouns", tr("Pronouns"), fields.pronouns),
            ("email", "E-mail", fields.email),
            ("other_emails", tr("Other addresses"), fields.other_emails),
            ("phone", tr("Phone"), fields.phone),
            ("prefers", tr("Prefers"), fields.prefers),
            ("languages", tr("Languages"), fields.languages),
        )
        work = self._tiles(
            ("grade", tr("Grade"), fields.grade),
            ("specialty", tr("Specialty"), fields.specialty),
            ("organisation", tr("Organisation"), fields.organisation),
            ("place", tr("Town"), fields.place),
        )
        part = self._tiles(
            ("capacity", tr("Introductions at a time"), fields.capacity),
            ("programmes", tr("Programmes"), fields.programmes),
            ("paused_until", tr("Paused until"), fields.paused_until),
            ("available_from", tr("Available from"), fields.available_from),
            ("available_until", tr("Available until"), fields.available_until),
        )
        lived = self._field("characteristics", tr("What they have lived through"), fields.characteristics)
        relations = self._field(
            "relations", tr("To whom they are close or have power over"), fields.relations
        )
        notes = self._field("notes", tr("Notes"), fields.notes, NOTES_HINT)
        return (
            self._card(tr("Who they are"), who),
            self._card(tr("Work"), work),
            self._card(tr("Taking part"), part),
            self._card(tr("Lived experience"), lived),
            self._card(tr("Boundaries"), *self._limits()),
            self._card(tr("Relations"), relations),
            self._card(tr("Notes"), notes),
        )

    def _limits(self) -> tuple[QWidget, ...]:
        fields = self.fields
        return (
            fields.same_organisation,
            fields.same_specialty,
            self._field("not_organisations", tr("Not people at"), fields.not_organisations),
            self._field("not_specialties", tr("Not people in"), fields.not_specialties),
            self._field("boundaries", tr("Not about"), fields.not_topics),
        )

    def _tiles(self, *parts: tuple[str, str, QWidget]) -> Tiles:
        tiles = Tiles(self._theme, columns=3, least=210, row_spacing=14)
        tiles.set_tiles([self._topped(self._field(place, label, editor)) for place, label, editor in parts])
        return tiles

    def _topped(self, field: InlineField) -> QWidget:
        """A field that stays at the top of its cell when its neighbours are higher."""
        cell = QWidget()
        column = Column(self._theme, cell, spacing=0)
        column.addWidget(field)
        column.addStretch(1)
        return cell

    def _field(self, place: str, label: str, editor: QWidget, hint: str = "") -> InlineField:
        self.beside[place] = InlineField(self._theme, label, editor, hint=hint)
        return self.beside[place]

    def _card(self, title: str, *parts: QWidget) -> Card:
        card = Card(self._theme, margins=(16, 14, 16, 16), spacing=12)
        card.body.addWidget(Text(self._theme, title, HEADING))
        for part in parts:
            card.body.addWidget(part)
        return card
