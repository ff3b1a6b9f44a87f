"""Resources: signposts that a person can be offered, the letters' words, and the pages of the help."""

from PySide6.QtCore import Qt, Slot

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done, Touched
from peermatch.services.office import Services
from peermatch.ui.choosers import Choosers
from peermatch.ui.locking.forms import Values
from peermatch.ui.screen import TopChip, TopItems
from peermatch.ui.screens.letters_page import LettersPage
from peermatch.ui.screens.paged import PagedScreen
from peermatch.ui.screens.resources_help import HelpList
from peermatch.ui.screens.resources_signposts import SignpostsPage
from peermatch.ui.screens.resources_words import HELP, LETTERS, PAGES, SIGNPOSTS
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.made_late import MadeLate
from peermatch.words import count_of, tr

TOPIC_PLACE = "topic:"
"""Before the id of a topic: the services for it, as a place to go to."""
LETTER_PLACE = "letter:"
"""Before the name of a letter: its words, as a place to go to."""


class ResourcesScreen(PagedScreen):
    """What was looked at is forgotten as soon as the window goes elsewhere."""

    title = tr("Resources")

    def __init__(
        self, services: Services, tasks: Tasks, theme: Theme, *, choosers: Choosers | None = None
    ) -> None:
        super().__init__(services, tasks, theme, PAGES, tr("Page of the resources"))
        self._choosers = choosers or Choosers()
        self.signposts = SignpostsPage(services, tasks, theme, self._choosers)
        self._letters = MadeLate(self._make_letters)
        self._help = MadeLate(self._make_help)
        self.lay_out({SIGNPOSTS: self.signposts, LETTERS: self._letters, HELP: self._help}, ruled=True)
        self.signposts.did.connect(self._did)
        self.signposts.changed.connect(self.changed)

    @property
    def letters(self) -> LettersPage:
        """The page on letters."""
        return self._letters.made

    @property
    def help(self) -> HelpList:
        """The pages of the help."""
        return self._help.made

    def _make_letters(self) -> LettersPage:
        page = LettersPage(self.services, self.tasks, self.theme)
        page.did.connect(self._did)
        page.changed.connect(self.changed)
        return page

    def _make_help(self) -> HelpList:
        page = HelpList(self.tasks, self.theme, self._choosers)
        page.did.connect(self._did)
        return page

    def begin(self, reason: Qt.FocusReason) -> None:
        """Begin with the first thing to do on the page."""
        if self.page == SIGNPOSTS:
            self.signposts.take_focus()
        else:
            (self.letters if self.page == LETTERS else self.help).take_focus()

    def open_at(self, reference: str = "", supporter: str = "") -> None:
        """Show a page by its name, one service by its id, or what stands at a place (``"topic:neuro.adhd"``)."""
        if reference in self._pages:
            self.turn_to(reference)
        elif reference.startswith(LETTER_PLACE):
            self.turn_to(LETTERS)
            self.letters.open_letter(reference.removeprefix(LETTER_PLACE))
        elif reference.startswith(TOPIC_PLACE):
            self.turn_to(SIGNPOSTS)
            self.signposts.narrow_to(reference.removeprefix(TOPIC_PLACE))
        elif reference:
            self.turn_to(SIGNPOSTS)
            self.signposts.open_service(reference)
        self.begin(Qt.FocusReason.OtherFocusReason)

    def refresh(self, touched: Touched) -> None:
        """Read again what a step of the whole network may have changed."""
        if touched.network:
            self.signposts.refresh()
        if self._letters.built is not None:
            self._letters.built.refresh()

    def top_items(self) -> TopItems:
        """How many services must be checked, and the way to the next; or how many letters need a look."""
        if self.page == LETTERS:
            waiting = self.letters.waiting
            chip = TopChip(tr("{count_of} to look at").format(count_of=count_of(waiting, "letter")), "wait")
            return TopItems((chip,) if waiting else ())
        book = self.signposts.book
        if book is None or self.page == HELP:
            return TopItems()
        due, every = len(book.due), len(book.offered)
        if not due:
            return TopItems(note=tr("all {every} services are checked").format(every=every))
        return TopItems(
            note=tr("{due} of {every} services to check").format(due=due, every=every),
            action=tr("Check next"),
        )

    @Slot()
    def act(self) -> None:
        """Go on with the yearly check."""
        self.turn_to(SIGNPOSTS)
        self.signposts.check_next()

    def leave(self) -> None:
        """Nobody who comes after sees what was looked at."""
        self.signposts.forget()
        if self._letters.built is not None:
            self._letters.built.forget()

    def show_error(self, error: PeerMatchError) -> None:
        """Say it on the page."""
        (self.letters if self.page == LETTERS else self.signposts).show_error(error)

    def draft(self) -> Values:
        """A service or a letter that is half written."""
        letters = self._letters.built
        found = {SIGNPOSTS: self.signposts.draft(), LETTERS: letters.draft() if letters else {}}
        kept = {key: values for key, values in found.items() if values}
        return {**kept, "page": self.page} if kept else {}

    def take_draft(self, values: Values) -> bool:
        """Put it back."""
        back = []
        if values.get(SIGNPOSTS):
            back.append(self.signposts.take_draft(values[SIGNPOSTS]))
        if values.get(LETTERS):
            back.append(self.letters.take_draft(values[LETTERS]))
        if values.get("page") in self._pages:
            self.turn_to(str(values["page"]))
        return any(back)

    @Slot(Done)
    def _did(self, done: Done) -> None:
        self.did.emit(done)
