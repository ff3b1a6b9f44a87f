"""Later letters, letters to place and files on the screen of enquiries: read on the worker, moved by a press."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.mail import Mail, MailKind, name_to_save
from peermatch.services.mailbag import Bag, Correspondence
from peermatch.services.office import Services
from peermatch.ui.choosers import ask_place
from peermatch.ui.screen import Screen
from peermatch.ui.screens.enquiry_bag import BagPage
from peermatch.ui.screens.enquiry_more import MoreLetters
from peermatch.ui.screens.enquiry_pane import EnquiryPane
from peermatch.ui.screens.mail_words import bag_words
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Row
from peermatch.ui.widgets.buttons import Button
from peermatch.words import tr


class EnquiryMail(QObject):
    """``did`` brings what was done, ``failed`` what went wrong; the ``button`` opens the page of what waits."""

    did = Signal(Done)
    failed = Signal(object)

    def __init__(
        self, services: Services, tasks: Tasks, theme: Theme, pane: EnquiryPane, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._theme, self._pane = services, tasks, theme, pane
        self._reference, self._found = "", Correspondence()
        self.strip, self.button = QWidget(), Button(theme, "", small=True, icon="mail")
        Row(theme, self.strip, margins=(4, 8, 4, 8)).addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.strip.hide()
        self.more, self.page = MoreLetters(theme), BagPage(theme)
        pane.add_more(self.more)
        pane.add_page(self.page)
        self.ask_place: Callable[..., Path | None] = ask_place
        self.button.clicked.connect(self.open)
        self.page.closed.connect(self._close)
        self.page.joined.connect(self._join)
        self.page.begun.connect(self._begin)
        self.page.put_away.connect(self._put_away)
        self.page.deleted.connect(self._delete)
        self.page.reveal.connect(self._reveal)
        self.more.keep.connect(self._keep)
        self.more.drop.connect(self._drop)
        self.more.save.connect(self._save)
        self.more.seen.connect(self._put_away)
        theme.cover.changed.connect(self._show)

    def report_to(self, screen: Screen) -> None:
        """What was done and what went wrong is the screen's to say."""
        self.did.connect(screen.did)
        self.failed.connect(screen.show_error)

    def read(self, reference: str) -> None:
        """What belongs to this enquiry now, and what waits."""
        if reference != self._reference:
            self._reference, self._found = reference, Correspondence()
            self.more.forget()
        work = partial(_read, self._services, reference)
        self._tasks.run(self, work, partial(self._came, reference), self.failed.emit)

    @Slot()
    def open(self) -> None:
        """The letters that wait, instead of the enquiry."""
        self._pane.show_other(self.page)
        self.page.close_it.setFocus()

    def _came(self, reference: str, found: tuple[Bag, Correspondence]) -> None:
        bag, self._found = found[0], found[1] if reference == self._reference else self._found
        words = bag_words(bag)
        self.button.setText(words)
        self.strip.setVisible(bool(words))
        desk = self._services.desk
        waits = desk.snapshot.cases.open if bag.waiting or bag.aside else ()
        references = tuple(each.reference for each in waits)
        named = tuple(mail.enquiry for mail in bag.waiting if mail.enquiry)
        self.page.show_bag(bag, tuple(dict.fromkeys((*named, *references[::-1]))), desk.today)
        self._show()

    @Slot()
    def _show(self) -> None:
        self.more.show_more(self._found, self._services.desk.today, self._name)

    def _name(self, mail: Mail) -> str:
        """Who wrote, as far as it may be shown: the trainee's name never stands here."""
        if mail.kind is MailKind.RETURNED:
            return tr("The mail server")
        person = self._services.desk.snapshot.supporters.get(mail.supporter or "")
        if person is not None:
            return self._theme.cover.shown(person.shown_name)
        enquiry = self._services.desk.snapshot.enquiries.get(mail.enquiry or "")
        theirs = enquiry is not None and mail.from_any_of(enquiry.requester.addresses)
        return tr("The trainee") if theirs else tr("Another sender")

    @Slot()
    def _close(self) -> None:
        self._pane.close_new(empty=not self._reference)

    def _do(self, work: Callable[[], Done]) -> None:
        self._tasks.run(self, work, self._done, self.failed.emit)

    def _done(self, done: Done) -> None:
        self.did.emit(done)
        self.read(self._reference)

    @Slot(int, str)
    def _join(self, number: int, reference: str) -> None:
        self._do(partial(self._services.mailbag.join, number, reference))

    @Slot(int)
    def _begin(self, number: int) -> None:
        self._do(partial(self._services.mailbag.begin, number, self._services.desk.today))

    @Slot(int)
    def _put_away(self, number: int) -> None:
        self._do(partial(self._services.mailbag.put_away, number))

    @Slot(int)
    def _delete(self, number: int) -> None:
        self._do(partial(self._services.mailbag.delete, number))

    @Slot(int)
    def _reveal(self, number: int) -> None:
        work = partial(self._services.mailbag.reveal, number)
        self._tasks.run(self, work, partial(self._revealed, number), self.failed.emit)

    def _revealed(self, number: int, _done: Done) -> None:
        self.page.revealed(number)

    @Slot(object)
    def _keep(self, numbers: tuple[int, ...]) -> None:
        self._do(partial(self._services.mailbag.keep_files, self._reference, numbers))

    @Slot(object)
    def _drop(self, numbers: tuple[int, ...]) -> None:
        self._do(partial(self._services.mailbag.drop_files, self._reference, numbers))

    @Slot(int, str)
    def _save(self, number: int, name: str) -> None:
        place = self.ask_place(self.more, Path.home() / name_to_save(name))
        if place is not None:
            work = partial(self._services.mailbag.save_file, number, place)
            self._tasks.run(self, work, self._saved, self._not_saved)

    def _saved(self, _path: Path) -> None:
        announce(self.more, tr("The copy is saved."))

    def _not_saved(self, error: PeerMatchError) -> None:
        self.failed.emit(error)


def _read(services: Services, reference: str) -> tuple[Bag, Correspondence]:
    """On the worker."""
    found = services.mailbag.of(reference) if reference else Correspondence()
    return services.mailbag.bag(), found
