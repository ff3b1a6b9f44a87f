"""The small forms of the directory page: somebody's own words, a link, and a place where the page was put."""

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPlainTextEdit

from peermatch.errors import BadInput
from peermatch.model.listing import Link
from peermatch.services.directory import Shown
from peermatch.ui.screens.duties_form import DutyForm
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.fields import InlineField, LineField
from peermatch.words import tr


@dataclass(frozen=True, slots=True)
class Worded:
    """How somebody wishes to stand on the page."""

    supporter: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A link as it was typed; its number is 0 where it is new."""

    id: int
    title: str
    url: str


class DirectoryForm(DutyForm):
    """Each fault stands beside its field."""

    def refuse_fields(self, error: BadInput) -> None:
        """All that is wrong at once."""
        self.refuse(error.what, error.hint)
        for fault in error.faults:
            if fault.place in self.fields:
                self.fields[fault.place].set_error(fault.text)


class WordsForm(DirectoryForm):
    """``wanted`` brings a `Worded`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme, self.supporter = theme, ""
        self._before = ("", "")

    def _build(self) -> None:
        super()._build()
        theme = self._theme
        self.name = LineField(theme, name=tr("Name on the page"))
        self.words = QPlainTextEdit()
        self.words.setAcceptDrops(False)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(tr("Their own words"))
        self.lay_out(
            {
                "name": InlineField(theme, tr("Name on the page"), self.name),
                "words": InlineField(theme, tr("Their own words"), self.words),
            }
        )
        theme.changed.connect(self._heighten)
        self._heighten()

    def open_for(self, shown: Shown) -> None:
        """With what stands there now."""
        self.supporter = shown.listed.supporter
        self._before = (shown.listed.name, shown.listed.words)
        self.name.set_value(shown.listed.name)
        self.words.setPlainText(shown.listed.words)
        self.begin(
            tr("How {supporter} wishes to stand on the page").format(supporter=self.supporter),
            tr("Keep these words"),
            tr("As they wrote or said it. Leave out what they did not agree to list."),
        )

    @property
    def typed(self) -> bool:
        """Whether other words stand in it than before."""
        return not self.isHidden() and (self.name.text(), self.words.toPlainText()) != self._before

    def answer(self) -> object:
        """What was written."""
        return Worded(self.supporter, self.name.text(), self.words.toPlainText())

    @Slot()
    def _heighten(self) -> None:
        self.words.setMinimumHeight(self._theme.px(96))


class LinkForm(DirectoryForm):
    """``wanted`` brings a `Linked`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._id = 0

    def _build(self) -> None:
        super()._build()
        theme = self._theme
        self.name, self.url = (
            LineField(theme, name=tr("What is found there")),
            LineField(theme, name=tr("Address")),
        )
        self.lay_out(
            {
                "title": InlineField(theme, tr("What is found there"), self.name),
                "url": InlineField(theme, tr("Address"), self.url),
            }
        )

    def open_for(self, link: Link | None) -> None:
        """With one that stands there, or an empty one."""
        self._id = link.id if link else 0
        self.name.set_value(link.title if link else "")
        self.url.set_value(link.url if link else "")
        note = tr("Follow it first. Keeping it says that you found it right today.")
        self.begin(tr("Change the link") if link else tr("A new link"), tr("Keep the link"), note)

    def answer(self) -> object:
        """What was written."""
        return Linked(self._id, self.name.text(), self.url.text())


class PlaceForm(DirectoryForm):
    """``wanted`` brings the name of a place."""

    def _build(self) -> None:
        super()._build()
        theme = self._theme
        self.place = LineField(theme, name=tr("Where it stands"))
        self.lay_out({"place": InlineField(theme, tr("Where it stands"), self.place)})

    def open_up(self) -> None:
        """An empty one."""
        self.place.set_value("")
        note = tr(
            "Such as a web site with its address, or a notice board. The newest page stands there then."
        )
        self.begin(tr("Where was the page put?"), tr("Note this place"), note)

    def answer(self) -> object:
        """What was written."""
        return self.place.text()
