"""The page on the directory: everybody as they would stand there, the numbers, the links, and where it stands."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import BadInput, PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.directory import Kind, TooMuch
from peermatch.services.consent import Withdrawal
from peermatch.services.directory import Looked, Saved, Shown
from peermatch.services.office import Services
from peermatch.ui.choosers import Choosers
from peermatch.ui.locking.forms import Values, fill, values_of
from peermatch.ui.screens.directory_cards import LinkLine, PersonCard, PlaceLine
from peermatch.ui.screens.directory_forms import DirectoryForm, Linked, LinkForm, PlaceForm, Worded, WordsForm
from peermatch.ui.screens.directory_numbers import numbers_rows, numbers_table
from peermatch.ui.screens.directory_words import (
    INTRO,
    KIND_NOTES,
    KINDS,
    LINKS,
    NO_LINKS,
    NO_PAGE,
    NO_PLACES,
    NOBODY,
    NOBODY_NOTE,
    NUMBERS,
    PLACES,
    REPLACE,
    REPLACE_NOTE,
    SAVED,
    changed_words,
    too_much_words,
)
from peermatch.ui.screens.duties_page import DutyPage, Lines
from peermatch.ui.screens.pages import DIRECTORY_TITLE
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.segmented import Segmented
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.tab_order import come_as_laid_out
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import in_words, tr

AT_ONCE = 50
"""So many people are shown; more of them when somebody asks."""


class DirectoryPage(DutyPage):
    """What is shown is exactly what leaves when it is saved."""

    def __init__(self, services: Services, tasks: Tasks, theme: Theme, choosers: Choosers) -> None:
        self.save = Button(theme, tr("Save the page …"), kind="primary", icon="download")
        super().__init__(services, tasks, theme, DIRECTORY_TITLE, INTRO, (self.save,))
        theme.read_only.bar(self.save)
        self._choosers = choosers
        self.looked: Looked | None = None
        self._most = AT_ONCE
        self._draft: Values = {}
        self._service = services.figures.directory
        self.kind = Segmented(theme, KINDS, name=tr("Which page"))
        self.note, self.changes = Text(theme, "", SMALL), Text(theme, "", SMALL)
        self.words_form, self.link_form, self.place_form = WordsForm(theme), LinkForm(theme), PlaceForm(theme)
        self.forms: tuple[DirectoryForm, ...] = (self.words_form, self.link_form, self.place_form)
        self.must = Lines(theme)
        self.people = Lines(theme)
        self.more = Button(theme, tr("Show more people"), kind="quiet")
        self._nobody = EmptyState(theme, "users", NOBODY, NOBODY_NOTE)
        self.numbers = numbers_table(theme)
        self.links, self.places = Lines(theme, spacing=10), Lines(theme, spacing=10)
        self.add_link = Button(theme, tr("Add a link"), small=True, icon="plus")
        self.add_place = Button(theme, tr("Say where it stands"), small=True, icon="plus")
        theme.read_only.bar(self.add_link, self.add_place)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = self.theme
        head = Card(theme, margins=(18, 12, 18, 14), spacing=8)
        for part in (self.kind, self.note, self.changes):
            head.body.addWidget(part)
        self.no_links, self.no_places = Text(theme, NO_LINKS, SMALL), Text(theme, NO_PLACES, SMALL)
        self.add(self.must, self.place_form, head, self.words_form, self._nobody, self.people, self.more)
        self.add(self._part(NUMBERS, None, self.numbers), self.link_form)
        self.add(self._part(LINKS, self.add_link, self.no_links, self.links))
        self.add(self._part(PLACES, self.add_place, self.no_places, self.places))
        self.body.addStretch(1)
        self.more.hide()

    def _part(self, title: str, button: Button | None, *parts: QWidget) -> Card:
        card = Card(self.theme, margins=(18, 14, 18, 16), spacing=10)
        heading = Text(self.theme, title, HEADING)
        card.body.addWidget(Spread(self.theme, heading, Flow(self.theme, (button,))) if button else heading)
        for part in parts:
            card.body.addWidget(part)
        return card

    def _connect(self) -> None:
        self.kind.chosen.connect(self._turn)
        self.save.clicked.connect(self._save)
        self.more.clicked.connect(self._show_more)
        self.add_link.clicked.connect(self._open_link)
        self.add_place.clicked.connect(self.place_form.open_up)
        self.words_form.wanted.connect(self._keep_words)
        self.link_form.wanted.connect(self._keep_link)
        self.place_form.wanted.connect(self._keep_place)
        for form in self.forms:
            form.closed.connect(self._cancel)
        self.theme.cover.changed.connect(self._show_people)

    @property
    def wanted(self) -> Kind:
        """Which page is looked at."""
        return Kind(self.kind.current())

    def take_focus(self) -> None:
        """Begin with the first thing to do."""
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """All of it on the worker."""
        work = partial(self._service.look, self.wanted, self.services.desk.today)
        self.tasks.run(self, work, self._show, self.show_error)

    def draft(self) -> Values:
        """Words of somebody that are half written; what has not come back yet stays as it was kept."""
        if self._draft:
            return dict(self._draft)
        form = self.words_form
        return {"id": form.supporter, **values_of(self._editors())} if form.typed else {}

    def take_draft(self, values: Values) -> bool:
        """Put them back, now or once it was read."""
        self._draft = dict(values)
        if self.looked is None:
            self.look()
            return bool(values)
        return self._put_back()

    def _put_back(self) -> bool:
        values, self._draft = self._draft, {}
        self._open_words(str(values.get("id", "")))
        if not self.words_form.isHidden():
            fill(self._editors(), values)
        return self.words_form.typed

    def _editors(self) -> dict[str, object]:
        return {"name": self.words_form.name, "words": self.words_form.words}

    @Slot()
    def _turn(self) -> None:
        self._most = AT_ONCE
        self.look()

    def _show(self, looked: Looked) -> None:
        self.looked = looked
        self.note.set_text(KIND_NOTES[self.wanted])
        self.changes.set_text(changed_words(looked.changed))
        self.must.put((str(each.page.id), self._must(each)) for each in looked.too_much)
        self.must.setVisible(bool(looked.too_much))
        self.numbers.set_rows(numbers_rows(looked.draft, self.services.desk.snapshot.reference.vocabulary))
        self._show_people()
        self._show_links(looked)
        self._show_places(looked)
        come_as_laid_out(self)
        if self._draft:
            self._put_back()
        self.changed.emit()

    @Slot()
    def _show_people(self) -> None:
        if self.looked is None:
            return
        people = self.looked.people if self.wanted is Kind.MEMBERS else ()
        self.people.put((each.listed.supporter, self._card(each)) for each in people[: self._most])
        self.people.setVisible(bool(people))
        self._nobody.setVisible(not people and self.wanted is Kind.MEMBERS)
        self.more.setVisible(len(people) > self._most)

    def _card(self, shown: Shown) -> PersonCard:
        card = PersonCard(self.theme, shown, self._service.label)
        card.words_wanted.connect(self._open_words)
        card.off_wanted.connect(self._take_off)
        return card

    def _must(self, found: TooMuch) -> Banner:
        banner = Banner(self.theme, "error", "", dismissible=False)
        words = too_much_words(found, tuple(map(self._called, found.people)))
        day = in_words(found.page.made)
        banner.show_message("error", REPLACE.format(day=day), f"{words} {REPLACE_NOTE}")
        return banner

    def _called(self, id: str) -> str:
        person = self.services.desk.snapshot.supporters.get(id)
        return f"{id} {self.theme.cover.shown(person.shown_name)}" if person is not None else id

    def _show_links(self, looked: Looked) -> None:
        today = self.services.desk.today
        lines = [(str(each.id), LinkLine(self.theme, each, due=each.due(today))) for each in looked.links]
        for _, line in lines:
            line.checked.connect(self._check_link)
            line.change_wanted.connect(self._change_link)
            line.removed.connect(self._remove_link)
        self.links.put(lines)
        self.no_links.setVisible(not lines)

    def _show_places(self, looked: Looked) -> None:
        pages = {each.id: each for each in looked.pages}
        newest = max(pages, default=0)
        must = {place.id for each in looked.too_much for place in each.places}
        lines = []
        for place in looked.places:
            page = pages.get(place.page or 0)
            current = page is not None and page.id == newest
            line = PlaceLine(self.theme, place, page, newest=current, must=place.id in must)
            line.replaced.connect(self._replaced)
            line.taken_down.connect(self._taken_down)
            line.removed.connect(self._remove_place)
            lines.append((str(place.id), line))
        self.places.put(lines)
        self.no_places.setVisible(not lines)
        self.add_place.bar("" if pages else NO_PAGE)

    @Slot()
    def _show_more(self) -> None:
        self._most += AT_ONCE
        self._show_people()

    @Slot(str)
    def _open_words(self, id: str) -> None:
        shown = next(
            (e for e in (self.looked.people if self.looked else ()) if e.listed.supporter == id), None
        )
        if shown is not None:
            self.words_form.open_for(shown)
            self.bring_into_sight(self.words_form)

    @Slot()
    def _open_link(self) -> None:
        self.link_form.open_for(None)
        self.bring_into_sight(self.link_form)

    @Slot(int)
    def _change_link(self, id: int) -> None:
        link = next((e for e in (self.looked.links if self.looked else ()) if e.id == id), None)
        if link is not None:
            self.link_form.open_for(link)
            self.bring_into_sight(self.link_form)

    @Slot(object)
    def _keep_words(self, worded: Worded) -> None:
        today = self.services.desk.today
        self._do(partial(self._service.keep_entry, worded.supporter, worded.name, worded.words, today))

    @Slot(object)
    def _keep_link(self, linked: Linked) -> None:
        today = self.services.desk.today
        self._do(partial(self._service.keep_link, linked.title, linked.url, today, linked.id))

    @Slot(object)
    def _keep_place(self, name: str) -> None:
        newest = max((each.id for each in (self.looked.pages if self.looked else ())), default=0)
        self._do(partial(self._service.put_at, name, newest, self.services.desk.today))

    @Slot(int)
    def _check_link(self, id: int) -> None:
        link = next((e for e in (self.looked.links if self.looked else ()) if e.id == id), None)
        if link is not None:
            self._do(partial(self._service.keep_link, link.title, link.url, self.services.desk.today, id))

    @Slot(int)
    def _remove_link(self, id: int) -> None:
        self._do(partial(self._service.remove_link, id))

    @Slot(int)
    def _replaced(self, place: int) -> None:
        newest = max((each.id for each in (self.looked.pages if self.looked else ())), default=0)
        self._do(partial(self._service.replaced, place, newest, self.services.desk.today))

    @Slot(int)
    def _taken_down(self, place: int) -> None:
        self._do(partial(self._service.taken_down, place, self.services.desk.today))

    @Slot(int)
    def _remove_place(self, place: int) -> None:
        self._do(partial(self._service.forget_place, place))

    @Slot(str)
    def _take_off(self, id: str) -> None:
        work = partial(self.services.consent.withdraw_listing, id, self.services.desk.today)
        self.tasks.run(self, work, self._taken_off, self.show_error)

    def _taken_off(self, withdrawal: Withdrawal) -> None:
        self._done(withdrawal.done)

    def _do(self, work: "partial[Done]") -> None:
        self.tasks.run(self, work, self._done, self._refused)

    def _done(self, done: Done) -> None:
        self.banner.hide()
        self._close_forms()
        self.did.emit(done)
        announce(self, done.notice)

    def _refused(self, error: PeerMatchError) -> None:
        form = next((each for each in self.forms if not each.isHidden()), None)
        if form is not None and isinstance(error, BadInput):
            form.refuse_fields(error)
        else:
            self.refuse_in(self.forms, error)

    @Slot()
    def _cancel(self) -> None:
        self._close_forms()
        self.take_focus()

    def _close_forms(self) -> None:
        for form in self.forms:
            form.close_up()

    @Slot()
    def _save(self) -> None:
        if self.looked is None:
            return
        folder = self._choosers.report(self, Path.home())
        if folder is not None:
            today = self.services.desk.today
            work = partial(self._service.publish, self.looked.draft, today, folder)
            self.tasks.run(self, work, self._saved, self.show_error)

    def _saved(self, saved: Saved) -> None:
        names = ", ".join(path.name for path in saved.files)
        self.did.emit(saved.done)
        where = tr("In {parent}.").format(parent=saved.files[0].parent)
        self.banner.show_message("success", SAVED.format(names=names), where)
        announce(self, SAVED.format(names=names))
        if self.looked is not None and not self.looked.places:
            self.place_form.open_up()
