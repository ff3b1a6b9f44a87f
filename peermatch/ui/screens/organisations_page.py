"""The page on organisations: the network's own, its word over shipped ones, and a search for the rest."""

from functools import partial

from PySide6.QtCore import Qt, Slot

from peermatch.model.changes import Done
from peermatch.model.organisations import Organisations
from peermatch.model.own_places import OwnPlace
from peermatch.services.office import Services
from peermatch.services.organisations import Known
from peermatch.ui.locking.forms import Values
from peermatch.ui.screens.duties_page import Lines
from peermatch.ui.screens.finding import Option, find
from peermatch.ui.screens.organisations_card import OrganisationCard
from peermatch.ui.screens.organisations_forms import (
    CloseForm,
    Closing,
    MergeForm,
    Merging,
    NewForm,
    NewPlace,
    RenameForm,
    Renaming,
    SiteForm,
)
from peermatch.ui.screens.own_page import Keep, OwnPage
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.fields import LineField
from peermatch.ui.widgets.text import SMALL, Text
from peermatch.words import tr

TITLE = tr("Organisations")
INTRO = tr(
    "Trusts, employers and sites. When one closes, goes into another or is renamed, note it here: "
    "wishes to keep away follow to the place that it went into."
)
SEARCH = tr("Search by name or town")
YOURS = tr("These are your own, or you changed them. Search for any other.")
NONE_YET = tr(
    "You have changed nothing here. Search for an organisation to change it, or add one that is missing."
)
NOT_FOUND = tr("Nothing is called that. Try another word, or add it.")
MOST_SHOWN = 12


class OrganisationsPage(OwnPage):
    """The network's own stand first; the search finds the others."""

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        self.new = Button(theme, tr("New organisation"), kind="primary", icon="plus")
        super().__init__(services, tasks, theme, TITLE, INTRO, (self.new,))
        theme.read_only.bar(self.new)
        self.new_form, self.site_form = NewForm(theme, self._lists), SiteForm(theme)
        self.rename_form, self.close_form = RenameForm(theme), CloseForm(theme)
        self.merge_form = MergeForm(theme, self._lists)
        self.forms = (self.new_form, self.site_form, self.rename_form, self.merge_form, self.close_form)
        self.search = LineField(theme, name=SEARCH, placeholder=SEARCH)
        self.note = Text(theme, "", SMALL)
        self.lines = Lines(theme, spacing=12)
        self.known: tuple[Known, ...] = ()
        self._about, self._begun = "", Values()
        self.add(*self.forms, self.effects, self.search, self.note, self.lines)
        self.body.addStretch(1)
        self._connect()

    def _connect(self) -> None:
        self.new.clicked.connect(self.open_new)
        self.search.textChanged.connect(self._show_found)
        self.new_form.wanted.connect(self._add)
        self.site_form.wanted.connect(self._add)
        self.rename_form.wanted.connect(self._rename)
        self.merge_form.wanted.connect(self._merge)
        self.close_form.wanted.connect(self._close_place)
        for form in self.forms:
            form.closed.connect(self.cancel)

    def _lists(self) -> Organisations:
        return self.services.desk.snapshot.reference.organisations

    def take_focus(self) -> None:
        """Begin with the search."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """All of them, with who works there."""
        self.tasks.run(self, self.services.own.organisations.every, self._show, self.show_error)

    def _show(self, known: tuple[Known, ...]) -> None:
        self.known = known
        self._show_found()

    @Slot()
    def _show_found(self) -> None:
        """What fits the search; without one, what is the network's own."""
        typed = self.search.text().strip()
        found = self._found(typed) if typed else [each for each in self.known if each.own or each.changed]
        if typed:
            self.note.set_text("" if found else NOT_FOUND)
        else:
            self.note.set_text(YOURS if found else NONE_YET)
        self.note.setVisible(bool(self.note.words()))
        self.lines.put((each.place.id, self._card(each)) for each in found)

    def _found(self, typed: str) -> list[Known]:
        by_id = {each.place.id: each for each in self.known}
        options = [
            Option(id, known.place.name, (*known.place.also_written, known.place.town, *_names(known)))
            for id, known in by_id.items()
        ]
        return [by_id[option.key] for option in find(options, typed, MOST_SHOWN)]

    def _card(self, known: Known) -> OrganisationCard:
        card = OrganisationCard(self.theme, known, self.services.desk.today)
        card.site.connect(self._open_site)
        card.rename.connect(self._open_rename)
        card.merge.connect(self._open_merge)
        card.close_it.connect(self._open_close)
        return card

    # Forms.

    @Slot()
    def open_new(self) -> None:
        """Begin a new organisation."""
        self.close_forms()
        self.new_form.open_for()
        self._about, self._begun = "", self.new_form.values()
        self.bring_into_sight(self.new_form)

    @Slot(str)
    def _open_site(self, id: str) -> None:
        self._open(self.site_form, id)

    @Slot(str)
    def _open_rename(self, id: str) -> None:
        self._open(self.rename_form, id)

    @Slot(str)
    def _open_merge(self, id: str) -> None:
        self._open(self.merge_form, id)

    @Slot(str)
    def _open_close(self, id: str) -> None:
        self._open(self.close_form, id)

    def _open(self, form: SiteForm | RenameForm | MergeForm | CloseForm, id: str) -> None:
        self.close_forms()
        form.open_for(id, self._lists().name(id))
        self._about, self._begun = id, form.values()
        self.bring_into_sight(form)

    def draft(self) -> Values:
        """A form that is half filled in."""
        form = self.open_form()
        if form is None or form.values() == self._begun:
            return {}
        return {"form": self.forms.index(form), "id": self._about, "values": form.values()}

    def take_draft(self, values: Values) -> bool:
        """Put it back; nothing for an organisation that is gone."""
        form, id = self.forms[int(values["form"])], str(values["id"])
        if isinstance(form, NewForm):
            self.open_new()
        elif isinstance(form, SiteForm | RenameForm | MergeForm | CloseForm) and self._lists().knows(id):
            self._open(form, id)
        else:
            return False
        form.take_values(values["values"])
        return True

    # What they bring.

    @Slot(object)
    def _add(self, new: NewPlace) -> None:
        service = self.services.own.organisations
        if new.organisation:
            draft = service.site(new.name, new.organisation, new.town)
        else:
            draft = service.organisation(new.name, new.kind, new.region, new.town)
        self._look_at(draft, partial(service.add, draft, self.services.desk.today))

    @Slot(object)
    def _rename(self, wanted: Renaming) -> None:
        self.run(partial(_renamed, self.services, wanted))

    @Slot(object)
    def _merge(self, wanted: Merging) -> None:
        service, on = self.services.own.organisations, self.services.desk.today
        draft = service.merged(wanted.id, wanted.into, wanted.day)
        self._look_at(draft, partial(service.merge, draft, on))

    @Slot(object)
    def _close_place(self, wanted: Closing) -> None:
        service = self.services.own.organisations
        draft = service.closing(wanted.id, wanted.day)
        self._look_at(draft, partial(service.close, draft, self.services.desk.today))

    def _look_at(self, draft: OwnPlace, keep: Keep) -> None:
        service, on = self.services.own.organisations, self.services.desk.today
        self.consider(partial(service.effects, draft, on), keep)


def _renamed(services: Services, wanted: Renaming) -> Done:
    """On the worker: the day on which it closed is read beside its name. No list changes by a name."""
    service = services.own.organisations
    return service.rename(service.renamed(wanted.id, wanted.name), services.desk.today)


def _names(known: Known) -> tuple[str, ...]:
    return tuple(name for site in known.sites for name in (site.name, site.town))
