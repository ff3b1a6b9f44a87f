"""The forms whose reading is kept: what each is about, when it was used last, and a way to forget it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.form import Remembered
from peermatch.services.office import Services
from peermatch.ui.screens.form_words import FORGET, REMEMBERED, REMEMBERED_NOTE
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.table import GridTable
from peermatch.ui.widgets.table_cells import Cell, Heading
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import in_words, tr

SHOWN_QUESTIONS = 3


class RememberedForms(Card):
    """``did`` brings what was done, ``failed`` why it was not; hidden while nothing is remembered."""

    did = Signal(Done)
    failed = Signal(PeerMatchError)

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__(theme, margins=(18, 14, 18, 16), spacing=8)
        self._services, self._tasks = services, tasks
        self._kept: tuple[Remembered, ...] = ()
        self.table = GridTable(
            theme,
            [Heading(tr("Questions"), 4), Heading(tr("Used last"), 2), Heading("")],
            name=REMEMBERED,
        )
        self.body.addWidget(Text(theme, REMEMBERED, HEADING))
        self.body.addWidget(Text(theme, REMEMBERED_NOTE, SMALL))
        self.body.addWidget(self.table)
        self.table.pressed.connect(self._forget)
        self.hide()

    def look(self) -> None:
        """Read them on the worker."""
        self._tasks.run(self, self._services.forms.remembered, self._show, self.failed.emit)

    def _show(self, kept: Sequence[Remembered]) -> None:
        self._kept = tuple(kept)
        self.table.set_rows([self._row(each) for each in self._kept])
        self.setVisible(bool(self._kept))

    def _row(self, form: Remembered) -> list[Cell]:
        first = " · ".join(form.questions[:SHOWN_QUESTIONS])
        more = len(form.questions) - SHOWN_QUESTIONS
        sub = tr("and {more} more").format(more=more) if more > 0 else ""
        return [Cell(first, sub), Cell(in_words(form.used)), Cell(FORGET, kind="button")]

    @Slot(int, int)
    def _forget(self, row: int, _column: int) -> None:
        work = partial(self._services.forms.forget, self._kept[row].shape)
        self._tasks.run(self, work, self._forgotten, self.failed.emit)

    def _forgotten(self, done: Done) -> None:
        self.did.emit(done)
        self.look()
