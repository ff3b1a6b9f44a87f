"""Whom the enquirer would rather meet: wishes that order people and refuse nobody."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.enquiry import Enquiry, GradeWish, PlaceWish, Preferences, SpecialtyWish
from peermatch.model.languages import language_name, language_tag
from peermatch.model.letter import Proposal
from peermatch.model.people import Channel
from peermatch.ui.screens.finder import EditableText
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.chip import ChipButton
from peermatch.ui.widgets.fields import Choice, Tick
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import SectionLabel
from peermatch.words import tr

NO_WISH = ""
SPECIALTY_WISHES = (
    (SpecialtyWish.ANY.value, tr("Any specialty")),
    (SpecialtyWish.SAME.value, tr("The same specialty")),
    (SpecialtyWish.DIFFERENT.value, tr("Another specialty")),
)
GRADE_WISHES = (
    (GradeWish.ANY.value, tr("Any grade")),
    (GradeWish.SAME.value, tr("The same grade")),
    (GradeWish.SENIOR.value, tr("More senior")),
)
PLACE_WISHES = (
    (PlaceWish.ANY.value, tr("Near or far")),
    (PlaceWish.NEAR.value, tr("Somebody near")),
    (PlaceWish.FAR.value, tr("Somebody far away")),
)
CONTACT_WISHES = (
    (NO_WISH, tr("E-mail or phone")),
    (Channel.EMAIL.value, tr("By e-mail")),
    (Channel.PHONE.value, tr("By phone")),
)


class WishesView(QWidget):
    """``changed`` brings ``preferences`` or ``choice`` and the new value."""

    changed = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = Preferences()
        self.wish_specialty = Choice(theme, SPECIALTY_WISHES, name=tr("Wish about the specialty"))
        self.wish_grade = Choice(theme, GRADE_WISHES, name=tr("Wish about the grade"))
        self.wish_place = Choice(theme, PLACE_WISHES, name=tr("Wish about the distance"))
        self.wish_contact = Choice(theme, CONTACT_WISHES, name=tr("Wish about the way of contact"))
        self.contact_offer = ChipButton(
            theme, "", "suggested", note=tr("The letter says so. Press to keep it.")
        )
        self.language = EditableText(
            theme, name=tr("Wish for a language"), nothing=tr("No wish for a language")
        )
        self.choice = Tick(
            theme,
            tr("They asked for a choice of people"),
            tr("Then more than one card may be open at a time."),
        )
        choices = [
            self.wish_specialty,
            self.wish_grade,
            self.wish_place,
            self.wish_contact,
            self.contact_offer,
        ]
        theme.read_only.bar(*choices, self.choice)
        column = Column(theme, self, spacing=7)
        for part in (
            SectionLabel(theme, tr("Whom they would rather meet")),
            Flow(theme, choices),
            self.language,
            self.choice,
        ):
            column.addWidget(part)
        for wish in (self.wish_specialty, self.wish_grade, self.wish_place, self.wish_contact):
            wish.chosen.connect(self._wish)
        self.contact_offer.clicked.connect(self._take_contact)
        self.language.committed.connect(self._language_written)
        self.choice.clicked.connect(self._choice_set)

    def show_wishes(self, enquiry: Enquiry, proposal: Proposal | None) -> None:
        """What is kept, and what the letter says about the way of contact."""
        wishes = self._preferences = enquiry.preferences
        self.wish_specialty.set_current(wishes.specialty.value)
        self.wish_grade.set_current(wishes.grade.value)
        self.wish_place.set_current(wishes.place.value)
        self.wish_contact.set_current(wishes.contact.value if wishes.contact else NO_WISH)
        self.language.set_value(language_name(wishes.language or ""))
        self.choice.setChecked(enquiry.choice)
        said = proposal.contact if proposal else None
        self.contact_offer.set_chip(f"{dict(CONTACT_WISHES)[said.value]}?" if said else "", "suggested")
        self.contact_offer.setVisible(said is not None and said is not wishes.contact)

    @Slot()
    def _wish(self) -> None:
        contact = self.wish_contact.current()
        wishes = replace(
            self._preferences,
            specialty=SpecialtyWish(self.wish_specialty.current()),
            grade=GradeWish(self.wish_grade.current()),
            place=PlaceWish(self.wish_place.current()),
            contact=Channel(contact) if contact else None,
        )
        self._keep(wishes)

    @Slot()
    def _take_contact(self) -> None:
        said = next(key for key, words in CONTACT_WISHES if f"{words}?" == self.contact_offer.words())
        self.wish_contact.set_current(said)
        self._wish()

    @Slot(str)
    def _language_written(self, text: str) -> None:
        self._keep(replace(self._preferences, language=language_tag(text) or text.strip() or None))

    def _keep(self, wishes: Preferences) -> None:
        """The next change builds on this one, saved or still on its way."""
        self._preferences = wishes
        self.changed.emit("preferences", wishes)

    @Slot()
    def _choice_set(self) -> None:
        self.changed.emit("choice", self.choice.isChecked())
