"""The page on wordings: every version in full, on how many records it stands today, and a new one."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from peermatch.errors import BadInput, PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.consent import Wording
from peermatch.services.desk import Desk
from peermatch.services.office import Services
from peermatch.services.wordings import Held, Wordings
from peermatch.ui.locking.forms import Values, fill, values_of
from peermatch.ui.screens.consents_read import Bench
from peermatch.ui.screens.duties_form import DutyForm
from peermatch.ui.screens.duties_page import DutyPage, Lines
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.fields import Choice, InlineField, LineField, Tick
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import count_of, tr

INTRO = tr(
    "What people are shown when they agree. A version is kept in full for as long as anybody's consent rests on it, "
    "and is never changed: other words are a new version. Let the data protection officer read them first."
)
LANGUAGES = (("en", tr("English")), ("cy", tr("Welsh")))
COVERS = tr("Also covers what belongs to a topic")
COVERS_NOTE = tr(
    "Only tick this where the words say so: a yes to bereavement is then a yes to every kind of it."
)
NOTHING = tr("No wording is kept yet.")
NOTHING_NOTE = tr("Consent rests on words that are kept in full. Write the first version.")


class WordingForm(DutyForm):
    """``wanted`` brings a `Wording`."""

    def __init__(self, theme: Theme, desk: Desk, wordings: Wordings) -> None:
        super().__init__(theme)
        self._desk, self._wordings = desk, wordings

    def _build(self) -> None:
        super()._build()
        theme = self._theme
        self.id = LineField(theme, name=tr("Name of the version"))
        self.text = QPlainTextEdit()
        self.text.setAcceptDrops(False)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("The words"))
        self.language = Choice(theme, LANGUAGES, name=tr("Language"))
        self.covers = Tick(theme, COVERS, COVERS_NOTE)
        self.remarks = Text(theme, "", SMALL, tone="wait")
        self.lay_out(
            {
                "id": InlineField(theme, tr("Name of the version"), self.id),
                "text": InlineField(theme, tr("The words"), self.text),
                "language": InlineField(theme, tr("Language"), self.language),
                "covers": InlineField(theme, tr("How far it goes"), self.covers),
            }
        )
        self.body.insertWidget(self.body.count() - 1, self.remarks)
        self.text.textChanged.connect(self._remark)
        theme.changed.connect(self._heighten)
        self._heighten()

    def open_for(self, offered: str) -> None:
        """An empty one under the next free name."""
        self.id.set_value(offered)
        self.text.setPlainText("")
        self.covers.setChecked(False)
        self.begin(tr("A new wording"), tr("Keep this wording"))
        self._remark()

    @property
    def typed(self) -> bool:
        """Whether words were written."""
        return not self.isHidden() and bool(self.text.toPlainText().strip())

    def editors(self) -> dict[str, object]:
        """What it is written with."""
        return {"id": self.id, "text": self.text, "language": self.language, "covers": self.covers}

    def faults(self) -> dict[str, str]:
        """What is missing at first sight; the rest is said by who keeps it."""
        return (
            {}
            if self.text.toPlainText().strip()
            else {"text": tr("Write the words that people will be shown.")}
        )

    def refuse_fields(self, error: BadInput) -> None:
        """Each fault beside its field."""
        self.refuse(error.what, error.hint)
        for fault in error.faults:
            if fault.place in self.fields:
                self.fields[fault.place].set_error(fault.text)

    def answer(self) -> object:
        """What was written."""
        return Wording(
            self.id.text(), self.text.toPlainText(), self.language.current(), self.covers.isChecked()
        )

    @Slot()
    def _remark(self) -> None:
        """What the words should say as well; they can be kept all the same."""
        text = self.text.toPlainText()
        said = self._wordings.missing(text) if text.strip() else ()
        self.remarks.set_text("\n".join(said))
        self.remarks.setVisible(bool(said))

    @Slot()
    def _heighten(self) -> None:
        self.text.setMinimumHeight(self._theme.px(160))


class WordingsPage(DutyPage):
    """All versions, the newest first."""

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        new = Button(theme, tr("New wording"), kind="primary", icon="plus")
        super().__init__(services, tasks, theme, tr("Wordings"), INTRO, (new,))
        self.new = new
        theme.read_only.bar(new)
        self._bench = Bench()
        self.form = WordingForm(theme, services.desk, services.wordings)
        self.lines = Lines(theme, spacing=12)
        self._nothing = EmptyState(theme, "file-text", NOTHING, NOTHING_NOTE)
        self.add(self.form, self._nothing, self.lines)
        self.body.addStretch(1)
        self.new.clicked.connect(self.open_form)
        self.form.wanted.connect(self._keep)
        self.form.closed.connect(self._cancel)

    def take_focus(self) -> None:
        """Begin with the first thing to do."""
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_bench(self, bench: Bench) -> None:
        """These are kept."""
        if bench.wordings != self._bench.wordings or not self.lines.parts():
            self.lines.put((each.wording.id, self._card(each)) for each in bench.wordings)
        self._bench = bench
        self._nothing.setVisible(not bench.wordings)

    @Slot()
    def open_form(self) -> None:
        """Begin to write one."""
        self.banner.hide()
        self.form.open_for(self._bench.offered_id)
        self.bring_into_sight(self.form)

    def draft(self) -> Values:
        """A version that is half written."""
        return values_of(self.form.editors()) if self.form.typed else {}

    def take_draft(self, values: Values) -> bool:
        """Put it back."""
        self.open_form()
        fill(self.form.editors(), values)
        return self.form.typed

    def _card(self, held: Held) -> QWidget:
        card = Card(self.theme, margins=(18, 14, 18, 16), spacing=8)
        people = count_of(held.people, "person", "people")
        said = tr("{people} today").format(people=people) if held.people else tr("nobody today")
        chips: list[QWidget] = [Chip(self.theme, said, "good" if held.people else "mute")]
        if held.wording.covers_narrower:
            chips.append(Chip(self.theme, tr("covers what belongs to a topic"), "wait"))
        language = dict(LANGUAGES).get(held.wording.language, held.wording.language)
        chips.append(Chip(self.theme, language, "mute"))
        card.body.addWidget(
            Spread(self.theme, Text(self.theme, held.wording.id, HEADING), Flow(self.theme, chips, gap=6))
        )
        card.body.addWidget(Text(self.theme, held.wording.text, SMALL, selectable=True))
        return card

    @Slot(object)
    def _keep(self, wording: Wording) -> None:
        self.tasks.run(self, partial(self.services.wordings.add, wording), self._kept, self._not_kept)

    def _kept(self, done: Done) -> None:
        self.leave((self.form,))
        self.did.emit(done)

    def _not_kept(self, error: PeerMatchError) -> None:
        if isinstance(error, BadInput):
            self.form.refuse_fields(error)
        else:
            self.form.refuse(error.what, error.hint)

    @Slot()
    def _cancel(self) -> None:
        self.leave((self.form,))
