"""What the pages of the network's own lists share: a draft is looked at, its effects are shown, then it is kept."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Slot

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.services.effects import Effect
from peermatch.services.office import Services
from peermatch.ui.screens.duties_page import DutyPage
from peermatch.ui.screens.onboarding_forms import FieldForm
from peermatch.ui.screens.own_effects import EffectsCard
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import Button

Look = Callable[[], tuple[Effect, ...]]
Keep = Callable[[], Done]


class OwnPage(DutyPage):
    """Base of both: a form brings a draft; where it changes a shortlist, that is read before it is kept."""

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        theme: Theme,
        title: str,
        intro: str,
        buttons: Sequence[Button],
    ) -> None:
        super().__init__(services, tasks, theme, title, intro, buttons)
        self.forms: tuple[FieldForm, ...] = ()
        self.effects = EffectsCard(theme)
        self._keep: Keep | None = None
        self.effects.kept.connect(self._go_ahead)
        self.effects.closed.connect(self._go_back)

    def consider(self, look: Look, keep: Keep) -> None:
        """Find out on the worker what a draft would change; one that changes nothing is kept at once."""
        self._keep = keep
        self.tasks.run(self, look, partial(self._considered, keep), self._refused)

    def _considered(self, keep: Keep, found: tuple[Effect, ...]) -> None:
        if keep is not self._keep:
            return
        if not found:
            self.run(keep)
            return
        self.effects.show_effects(found)
        self.bring_into_sight(self.effects)

    def run(self, work: Keep) -> None:
        """Do it, as one step that can be undone."""
        self.tasks.run(self, work, partial(self._done, self.open_form()), self._refused)

    def _done(self, sent: FieldForm | None, done: Done) -> None:
        """Close the form that it came from; one that was opened since stays."""
        self.banner.hide()
        if sent is None or sent is self.open_form():
            self._put_away()
            self.leave(self.forms)
        self.did.emit(done)

    def _refused(self, error: PeerMatchError) -> None:
        self._put_away()
        form = self.open_form()
        if form is not None:
            form.show_error(error)
            self.bring_into_sight(form)
        else:
            self.show_error(error)

    def open_form(self) -> FieldForm | None:
        """The one that is open."""
        return next((each for each in self.forms if not each.isHidden()), None)

    def close_forms(self) -> None:
        """Only one form is open at a time."""
        self.banner.hide()
        self._put_away()
        for form in self.forms:
            form.close_up()

    def _put_away(self) -> None:
        self._keep = None
        self.effects.hide()

    @Slot()
    def _go_ahead(self) -> None:
        if self._keep is not None:
            self.run(self._keep)

    @Slot()
    def _go_back(self) -> None:
        self._put_away()
        form = self.open_form()
        if form is not None:
            form.hold(False)
            form.confirm.setFocus()
        else:
            self.take_focus()

    @Slot()
    def cancel(self) -> None:
        """Leave the form; what was typed goes."""
        self._put_away()
        self.leave(self.forms)
