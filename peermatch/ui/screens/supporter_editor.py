"""Adding or editing a supporter in place: every field in groups, every fault beside its field at once."""

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.errors import BadInput, Fault, PeerMatchError
from peermatch.model.people import Supporter
from peermatch.services.office import Services
from peermatch.ui.screens.supporter_fields import NOBODY, SupporterFields
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Tiles
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.fields import InlineField
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.text import HEADING, NAME, Text

NOTES_HINT = "The person may ask to read this. Write only what you would say to them."


class SupporterEditor(QWidget):
    """``saved`` brings the record that a person pressed Save on; the draft stays until ``finish``."""

    saved = Signal(object)
    cancelled = Signal()

    def __init__(self, services: Services, theme: Theme) -> None:
        super().__init__()
        self._services, self._theme = services, theme
        self.open = False
        self._person: Supporter = NOBODY
        self.fields = SupporterFields(theme, services.desk.snapshot.reference)
        self.beside: dict[str, InlineField] = {}
        self._title = Text(theme, "", NAME)
        self.save = Button(theme, "Save", kind="primary")
        self.cancel = Button(theme, "Cancel")
        self.banner = Banner(theme, "error", "", dismissible=False)
        column = Column(theme, self, spacing=16, margins=(26, 20, 26, 20))
        column.addWidget(Spread(theme, self._title, Flow(theme, (self.cancel, self.save), gap=10)))
        column.addWidget(self.banner)
        for card in self._groups():
            column.addWidget(card)
        column.addStretch(1)
        self.banner.hide()
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self._cancel)

    def begin(self, person: Supporter | None) -> None:
        """Edit a record or write a new one; a draft of the same record that is under way stays."""
        wanted = person or NOBODY
        if self.open and wanted.id == self._person.id:
            return
        self._person = wanted
        self.open = True
        self._title.set_text(f"Edit {person.first_name}'s record" if person else "A new supporter")
        self.fields.fill(wanted, self._today())
        self._show_faults(())

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
        if isinstance(error, BadInput):
            self._show_faults(error.faults)
        self.banner.show_message("error", error.what, error.hint)

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
            count = "One thing needs" if len(found) == 1 else f"{len(found)} things need"
            hint = " ".join(elsewhere) or "It is marked below."
            self.banner.show_message("error", f"{count} another look before this can be saved.", hint)
            marked = next((f for place, f in self.beside.items() if place in said), None)
            if marked is not None:
                marked.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.banner.hide()

    def _groups(self) -> tuple[Card, ...]:
        fields = self.fields
        who = self._tiles(
            ("name", "Name", fields.name),
            ("known_as", "Known as", fields.known_as),
            ("pronouns", "Pronouns", fields.pronouns),
            ("email", "E-mail", fields.email),
            ("other_emails", "Other addresses", fields.other_emails),
            ("phone", "Phone", fields.phone),
            ("prefers", "Prefers", fields.prefers),
            ("languages", "Languages", fields.languages),
        )
        work = self._tiles(
            ("grade", "Grade", fields.grade),
            ("specialty", "Specialty", fields.specialty),
            ("organisation", "Organisation", fields.organisation),
            ("place", "Town", fields.place),
        )
        part = self._tiles(
            ("status", "Status", fields.status),
            ("capacity", "Introductions at a time", fields.capacity),
            ("programmes", "Programmes", fields.programmes),
            ("paused_until", "Paused until", fields.paused_until),
            ("available_from", "Available from", fields.available_from),
            ("available_until", "Available until", fields.available_until),
        )
        lived = self._field("characteristics", "What they have lived through", fields.characteristics)
        relations = self._field("relations", "To whom they are close or have power over", fields.relations)
        notes = self._field("notes", "Notes", fields.notes, NOTES_HINT)
        return (
            self._card("Who they are", who),
            self._card("Work", work),
            self._card("Taking part", part),
            self._card("Lived experience", lived),
            self._card("Boundaries", *self._limits()),
            self._card("Relations", relations),
            self._card("Notes", notes),
        )

    def _limits(self) -> tuple[QWidget, ...]:
        fields = self.fields
        return (
            fields.same_organisation,
            fields.same_specialty,
            self._field("not_organisations", "Not people at", fields.not_organisations),
            self._field("not_specialties", "Not people in", fields.not_specialties),
            self._field("boundaries", "Not about", fields.not_topics),
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
