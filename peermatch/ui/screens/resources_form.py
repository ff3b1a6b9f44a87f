"""The form for a signpost: other words for one that was shipped, or one of the network's own."""

from collections.abc import Sequence
from dataclasses import fields

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit

from peermatch.errors import BadInput
from peermatch.model.reference import Reference
from peermatch.model.signpost_own import ServiceWords
from peermatch.ui.locking.forms import Values, fill, values_of
from peermatch.ui.screens.duties_form import DutyForm
from peermatch.ui.screens.finding import Option
from peermatch.ui.screens.picking import Picked
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.fields import Choice, InlineField, LineField, Tick
from peermatch.words import tr

URGENT = tr("Help for somebody in danger or crisis now")
URGENT_NOTE = tr("It is then shown beside every risk, and stands in first replies and on contact cards.")
OVER_SHIPPED = tr(
    "Your words stand over those that came with PeerMatch: on every screen, in letters and on cards. You can go back. "
    "Keeping them counts as the yearly check."
)
NEW_NOTE = tr("It is found, shown and put into letters like the others.")
_LABELS = {
    "name": (tr("Name"), ""),
    "phone": (tr("Phone"), tr("One number, as it is dialled.")),
    "text": (tr("Text line"), tr("Such as: SHOUT to 85258")),
    "email": ("E-mail", ""),
    "url": (tr("Website"), tr("The whole address, beginning with https://")),
    "hours": (tr("Open"), tr("Such as: Monday to Friday, 9 to 5")),
    "audience": (tr("For whom"), ""),
    "safe_note": (tr("Before you pass it on"), tr("What somebody should know who may be watched.")),
}
_OWN_ONLY = ("area", "urgent", "topics")


class SignpostForm(DutyForm):
    """``wanted`` brings the `ServiceWords`; ``id`` is the service that they are for, empty for a new one.

    ``fault_shown`` brings the first field that something is wrong with.
    """

    fault_shown = Signal(object)

    def __init__(self, theme: Theme, reference: Reference) -> None:
        super().__init__(theme)
        self.id, self.seen = "", ServiceWords("", "")
        vocabulary = reference.vocabulary
        self._known_areas, self._known_topics = reference.signposts.areas, vocabulary.terms
        self._options = tuple(
            Option(t.id, t.label, (*t.abbreviations, *t.synonyms)) for t in vocabulary.terms.values()
        )
        self.lines = {name: LineField(theme, name=label) for name, (label, _) in _LABELS.items()}
        for line in self.lines.values():
            line.setAcceptDrops(False)
        self.summary = QPlainTextEdit()
        self.summary.setAcceptDrops(False)
        self.summary.setTabChangesFocus(True)
        self.summary.setAccessibleName(tr("What it does"))
        areas = [(area.id, area.label) for area in reference.signposts.areas.values()]
        self.area = Choice(theme, areas, name=tr("Area"))
        self.urgent = Tick(theme, URGENT, URGENT_NOTE)
        self.topics = Picked(theme, self._known, vocabulary.label, name=tr("Search for a topic"))
        inline = {
            name: InlineField(theme, *_LABELS[name][:1], self.lines[name], hint=_LABELS[name][1])
            for name in _LABELS
        }
        own = {
            "area": InlineField(theme, tr("Area"), self.area),
            "urgent": InlineField(theme, tr("How urgent"), self.urgent),
            "topics": InlineField(theme, tr("Offered for these topics"), self.topics),
        }
        said = InlineField(theme, tr("What it does"), self.summary, hint=tr("One or two plain sentences."))
        self.lay_out({"name": inline.pop("name"), "summary": said, **inline, **own})
        theme.changed.connect(self._heighten)
        self._heighten()

    def open_for(self, id: str, words: ServiceWords, *, own: bool) -> None:
        """Correct one, from its present words."""
        self.id, self.seen = id, words
        self._fill(words)
        for name in _OWN_ONLY:
            self.fields[name].setVisible(own)
        title = tr("Correct {name}").format(name=words.name) if id else tr("Add a service")
        self.begin(
            title,
            tr("Keep these words") if id else tr("Add it"),
            OVER_SHIPPED if not own else NEW_NOTE if not id else "",
        )

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not kept."""
        return not self.isHidden() and self.answer() != self.seen

    def editors(self) -> dict[str, object]:
        """What it is written with."""
        own = {"area": self.area, "urgent": self.urgent, "topics": self.topics}
        return {**self.lines, "summary": self.summary, **own}

    def values(self) -> Values:
        """What is half typed, and for which service."""
        seen = {each.name: getattr(self.seen, each.name) for each in fields(ServiceWords)}
        return {"id": self.id, "seen": seen, "typed": values_of(self.editors())}

    def put_back(self, values: Values) -> None:
        """Type it again."""
        seen = {each.name: values["seen"][each.name] for each in fields(ServiceWords)}
        self.seen = ServiceWords(**seen | {"topics": tuple(seen["topics"])})
        fill(self.editors(), values["typed"])

    def faults(self) -> dict[str, str]:
        """Everything that is wrong, in the order of the fields."""
        found = self.answer().tidy().faults(self._known_areas, self._known_topics)
        said = {fault.place: fault.text for fault in reversed(found)}
        return {place: said[place] for place in self.fields if place in said}

    @Slot()
    def submit(self) -> None:
        """Ask for it, or show the first thing that is wrong."""
        super().submit()
        self._show_fault()

    def refuse_fields(self, error: BadInput) -> None:
        """Each fault beside its field."""
        self.refuse(error.what, error.hint)
        for fault in error.faults:
            if fault.place in self.fields:
                self.fields[fault.place].set_error(fault.text)
        self._show_fault()

    def _show_fault(self) -> None:
        wrong = next((each for each in self.fields.values() if each.error()), None)
        if wrong is not None:
            wrong.editor.setFocus()
            self.fault_shown.emit(wrong)

    def answer(self) -> ServiceWords:
        """What was written."""
        said = {name: line.text() for name, line in self.lines.items()}
        return ServiceWords(
            **said,
            summary=self.summary.toPlainText(),
            area=self.area.current(),
            urgent=self.urgent.isChecked(),
            topics=self.topics.keys(),
        )

    def _fill(self, words: ServiceWords) -> None:
        for name, line in self.lines.items():
            line.set_value(getattr(words, name))
        self.summary.setPlainText(words.summary)
        self.area.set_current(words.area)
        self.urgent.setChecked(words.urgent)
        self.topics.set_keys(words.topics)

    def _known(self) -> Sequence[Option]:
        return self._options

    @Slot()
    def _heighten(self) -> None:
        self.summary.setFixedHeight(self._theme.px(84))
