"""The editors of a supporter's record, field by field, and the record that they add up to."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QPlainTextEdit

from peermatch.errors import Fault
from peermatch.model.languages import LANGUAGES, language_name
from peermatch.model.people import Boundaries, Channel, Supporter, SupporterStatus
from peermatch.model.reference import Reference
from peermatch.model.text import one_line, readable
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.day_field import WRITE_IT, DayField
from peermatch.ui.screens.finding import (
    Option,
    organisation_options,
    specialty_options,
    topic_options,
)
from peermatch.ui.screens.picking import Picked
from peermatch.ui.screens.relations import Relations
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.fields import Choice, LineField, Tick
from peermatch.words import tr

NOBODY = Supporter(id="", name="", status=SupporterStatus.APPLIED)
CHANNELS = (("", tr("No preference")), (Channel.EMAIL.value, "E-mail"), (Channel.PHONE.value, tr("Phone")))
_PROGRAMME = re.compile(r"[a-z0-9-]{1,40}", re.ASCII)


def term_options(reference: Reference) -> tuple[Option, ...]:
    """Characteristics that a person may have: terms, not the headings above them."""
    known = reference.vocabulary
    return tuple(option for option in topic_options(known) if known.is_term(option.key))


def language_options() -> tuple[Option, ...]:
    """Languages by their names, found by their tags as well."""
    return tuple(Option(tag, names[0], (*names[1:], tag)) for tag, names in LANGUAGES.items())


def several(text: str) -> tuple[str, ...]:
    """Words that are divided by commas, semicolons or line ends."""
    parts = (one_line(part) for part in re.split(r"[,;\n]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


class SupporterFields:
    """All editors by the name of their field; ``fill`` shows a record, ``faults`` and ``record`` read it back.

    The lists are asked for whenever something is looked for: a network may add to them.
    """

    def __init__(self, theme: Theme, picture: Callable[[], Snapshot]) -> None:
        self._base, self._today = NOBODY, date.min
        self._picture = picture
        lists = picture().reference
        self.name = LineField(theme, name=tr("Name"))
        self.known_as = LineField(theme, name=tr("Known as"), placeholder=tr("if not the first name"))
        self.pronouns = LineField(theme, name=tr("Pronouns"), placeholder="she/her")
        self.email = LineField(theme, name="E-mail")
        self.other_emails = LineField(theme, name=tr("Other addresses"), placeholder=tr("divided by commas"))
        self.phone = LineField(theme, name=tr("Phone"))
        self.prefers = Choice(theme, CHANNELS, name=tr("Prefers"))
        self.languages = Picked(theme, language_options, language_name, name=tr("Search for a language"))
        grades = (("", tr("Not stated")), *((g.id, g.label) for g in lists.grades.all))
        self.grade = Choice(theme, grades, name=tr("Grade"))
        self.specialty = Picked(
            theme,
            partial(specialty_options, lists),
            lists.specialties.label,
            name=tr("Search for a specialty"),
            single=True,
        )
        self.organisation = Picked(
            theme,
            self._organisations,
            self._organisation,
            name=tr("Search for a trust, employer or site"),
            single=True,
        )
        self.place = LineField(theme, name=tr("Town"))
        self.programmes = LineField(theme, name=tr("Programmes"), placeholder="peer-support")
        self.capacity = LineField(theme, name=tr("Introductions at a time"))
        self.paused_until = DayField(theme, name=tr("Paused until"))
        self.available_from = DayField(theme, name=tr("Available from"))
        self.available_until = DayField(theme, name=tr("Available until"))
        self.same_organisation = Tick(theme, tr("May be asked about people at their own trust"))
        self.same_specialty = Tick(theme, tr("May be asked about people in their own specialty"))
        self._add_lists(theme, lists)
        self.relations = Relations(theme)
        self.notes = QPlainTextEdit()
        self.notes.setTabChangesFocus(True)
        self.notes.setAccessibleName(tr("Notes"))
        self.notes.setFixedHeight(theme.px(96))

    def _add_lists(self, theme: Theme, lists: Reference) -> None:
        self.characteristics = Picked(
            theme, self._terms, self._topic, name=tr("Search for a lived experience")
        )
        self.not_organisations = Picked(
            theme, self._organisations, self._organisation, name=tr("Search for a trust or site to leave out")
        )
        self.not_specialties = Picked(
            theme,
            partial(specialty_options, lists),
            lists.specialties.label,
            name=tr("Search for a specialty to leave out"),
        )
        self.not_topics = Picked(theme, self._topics, self._topic, name=tr("Search for a topic to leave out"))

    def _organisations(self) -> tuple[Option, ...]:
        return organisation_options(self._picture().reference)

    def _organisation(self, id: str) -> str:
        return self._picture().reference.organisations.name(id)

    def _topics(self) -> tuple[Option, ...]:
        return topic_options(self._picture().reference.vocabulary)

    def _topic(self, id: str) -> str:
        return self._picture().reference.vocabulary.label(id)

    def _terms(self) -> tuple[Option, ...]:
        """What a record may list; what the network has retired is offered to nobody new."""
        picture = self._picture()
        retired = {id for id, standing in picture.standings.items() if standing.retired is not None}
        return tuple(each for each in term_options(picture.reference) if each.key not in retired)

    def fill(self, person: Supporter, today: date) -> None:
        """Show a record."""
        self._base, self._today = person, today
        for field, text in self._texts(person):
            field.set_value(text)
        self.prefers.set_current(person.prefers.value if person.prefers else "")
        self.grade.set_current(person.grade or "")
        for picked, keys in self._picks(person):
            picked.set_keys(keys)
        self.paused_until.set_day(person.paused_until)
        self.available_from.set_day(person.available_from)
        self.available_until.set_day(person.available_until)
        self.same_organisation.setChecked(person.boundaries.same_organisation)
        self.same_specialty.setChecked(person.boundaries.same_specialty)
        self.relations.set_relations(person.relations, today)
        self.notes.setPlainText(person.notes)

    def _texts(self, person: Supporter) -> tuple[tuple[LineField, str], ...]:
        return (
            (self.name, person.name),
            (self.known_as, person.known_as or ""),
            (self.pronouns, person.pronouns or ""),
            (self.email, person.email or ""),
            (self.other_emails, ", ".join(person.other_emails)),
            (self.phone, person.phone or ""),
            (self.place, person.place or ""),
            (self.programmes, ", ".join(person.programmes)),
            (self.capacity, str(person.capacity)),
        )

    def _picks(self, person: Supporter) -> tuple[tuple[Picked, tuple[str, ...]], ...]:
        limits = person.boundaries
        return (
            (self.specialty, (person.specialty,) if person.specialty else ()),
            (self.organisation, (person.organisation,) if person.organisation else ()),
            (self.languages, person.languages),
            (self.characteristics, person.characteristics),
            (self.not_organisations, limits.organisations),
            (self.not_specialties, limits.specialties),
            (self.not_topics, limits.topics),
        )

    def faults(self) -> tuple[Fault, ...]:
        """What was typed and cannot be read; what can be read is judged by the service."""
        days = (
            ("paused_until", self.paused_until),
            ("available_from", self.available_from),
            ("available_until", self.available_until),
        )
        found = [Fault(place, WRITE_IT) for place, field in days if field.wrong()]
        if not self.capacity.text().strip().isdecimal():
            found.append(Fault("capacity", tr("Write a whole number, 0 or more.")))
        start, end = self.available_from.day(), self.available_until.day()
        if start is not None and end is not None and end < start:
            found.append(Fault("available_until", tr("This day is before the first one.")))
        if typed := self.languages.finder.line.text().strip():
            found.append(
                Fault("languages", tr("Choose {typed} from what is offered.").format(typed=f"“{typed}”"))
            )
        found += [
            Fault(
                "programmes",
                tr("{each} cannot be a programme. Use small letters, digits and hyphens.").format(each=each),
            )
            for each in several(self.programmes.text())
            if not _PROGRAMME.fullmatch(each)
        ]
        return (*found, *self.relations.faults())

    def record(self) -> Supporter:
        """The record as it was edited, consent and id untouched."""
        capacity = self.capacity.text().strip()
        return replace(
            self._base,
            name=one_line(self.name.text()),
            known_as=_stated(self.known_as),
            pronouns=_stated(self.pronouns),
            email=_stated(self.email),
            other_emails=several(self.other_emails.text()),
            phone=_stated(self.phone),
            prefers=Channel(self.prefers.current()) if self.prefers.current() else None,
            languages=self.languages.keys(),
            grade=self.grade.current() or None,
            specialty=_one(self.specialty),
            organisation=_one(self.organisation),
            place=_stated(self.place),
            programmes=several(self.programmes.text()),
            paused_until=self.paused_until.day(),
            available_from=self.available_from.day(),
            available_until=self.available_until.day(),
            capacity=int(capacity) if capacity.isdecimal() else 0,
            boundaries=self._boundaries(),
            relations=() if self.relations.faults() else self.relations.relations(),
            characteristics=self.characteristics.keys(),
            notes=readable(self.notes.toPlainText()),
        )

    def _boundaries(self) -> Boundaries:
        return Boundaries(
            same_organisation=self.same_organisation.isChecked(),
            same_specialty=self.same_specialty.isChecked(),
            organisations=self.not_organisations.keys(),
            specialties=self.not_specialties.keys(),
            topics=self.not_topics.keys(),
        )


def _stated(line: LineField) -> str | None:
    return one_line(line.text()) or None


def _one(picked: Picked) -> str | None:
    return picked.keys()[0] if picked.keys() else None
