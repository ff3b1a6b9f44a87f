"""The forms on organisations: a new one, a site of one, another name, what it goes into, and that it closes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from peermatch.model.organisations import Organisations
from peermatch.ui.screens.day_field import WRITE_IT, DayField
from peermatch.ui.screens.finding import Option
from peermatch.ui.screens.onboarding_forms import FieldForm
from peermatch.ui.screens.picking import Picked
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.fields import Choice, InlineField, LineField
from peermatch.words import tr

KINDS = (
    ("acute", tr("Hospital trust")),
    ("mental-health", tr("Mental health trust")),
    ("community", tr("Community trust")),
    ("specialist", tr("Specialist trust")),
    ("practice", tr("General practice")),
    ("public-health", tr("Public health")),
    ("hospice", tr("Hospice")),
    ("ambulance", tr("Ambulance service")),
    ("university", tr("University")),
    ("lead-employer", tr("Lead employer")),
    ("deanery", tr("Training office")),
)
MERGE_NOTE = tr(
    "From the moment that you keep this, people at both count as being at one place, also before the day itself: "
    "whoever wishes to keep away from one of them is kept away from both."
)
RENAME_NOTE = tr("It is still found by its old name, and every wish to keep away from it stays.")
CLOSE_NOTE = tr(
    "It stays on the list, so that an old wish to keep away still counts. Nobody takes its place."
)
DAY_HINT = tr("The day on which it happens, past or to come.")

Lists = Callable[[], Organisations]


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A new organisation, or a site where it belongs to one."""

    name: str
    town: str
    kind: str = ""
    region: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Renaming:
    """Another name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Merging:
    """What it goes into, from a day."""

    id: str
    into: str
    day: date


@dataclass(frozen=True, slots=True)
class Closing:
    """That it closes on a day."""

    id: str
    day: date


class NewForm(FieldForm):
    """``wanted`` brings a `NewPlace`."""

    def __init__(self, theme: Theme, lists: Lists) -> None:
        super().__init__(theme)
        self._lists = lists

    def _build(self) -> None:
        super()._build()
        theme = self._theme
        regions = tuple((each.id, each.label) for each in self._lists().regions.values())
        self.name = LineField(theme, name=tr("Name"))
        self.kind = Choice(theme, KINDS, name=tr("Kind"))
        self.region = Choice(theme, regions, name=tr("Part of the region"))
        self.town = LineField(theme, name=tr("Town"))
        self.lay_out(
            {
                "name": InlineField(theme, tr("Name"), self.name),
                "kind": InlineField(theme, tr("Kind"), self.kind),
                "region": InlineField(theme, tr("Part of the region"), self.region),
                "town": InlineField(theme, tr("Town"), self.town),
            }
        )

    def open_for(self) -> None:
        """An empty one."""
        for line in (self.name, self.town):
            line.set_value("")
        self.begin(tr("A new organisation"), tr("Add it"))

    def answer(self) -> object:
        """What was written."""
        return NewPlace(self.name.text(), self.town.text(), self.kind.current(), self.region.current())


class SiteForm(FieldForm):
    """``wanted`` brings a `NewPlace` that belongs to an organisation."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._organisation = ""

    def _build(self) -> None:
        super()._build()
        theme = self._theme
        self.name = LineField(theme, name=tr("Name of the site"))
        self.town = LineField(theme, name=tr("Its town"))
        self.lay_out(
            {
                "name": InlineField(theme, tr("Name of the site"), self.name),
                "town": InlineField(theme, tr("Its town"), self.town),
            }
        )

    def open_for(self, id: str, name: str) -> None:
        """An empty one of an organisation."""
        self._organisation = id
        for line in (self.name, self.town):
            line.set_value("")
        self.begin(tr("A site of {name}").format(name=name), tr("Add it"))

    def answer(self) -> object:
        """What was written."""
        return NewPlace(self.name.text(), self.town.text(), organisation=self._organisation)


class RenameForm(FieldForm):
    """``wanted`` brings a `Renaming`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._id = ""

    def _build(self) -> None:
        super()._build()
        theme = self._theme
        self.name = LineField(theme, name=tr("New name"))
        self.lay_out({"name": InlineField(theme, tr("New name"), self.name)})

    def open_for(self, id: str, name: str) -> None:
        """With the name that it has."""
        self._id = id
        self.name.set_value(name)
        self.begin(tr("Another name for {name}").format(name=name), tr("Keep the name"), RENAME_NOTE)
        self.name.selectAll()

    def answer(self) -> object:
        """What was written."""
        return Renaming(self._id, self.name.text())


class MergeForm(FieldForm):
    """``wanted`` brings a `Merging`."""

    def __init__(self, theme: Theme, lists: Lists) -> None:
        super().__init__(theme)
        self._id, self._lists = "", lists

    def _build(self) -> None:
        super()._build()
        theme = self._theme
        self.into = Picked(
            theme, self._options, self._name, name=tr("Search for the organisation it goes into"), single=True
        )
        self.day = DayField(theme, name=tr("From which day"))
        self.lay_out(
            {
                "into": InlineField(theme, tr("Goes into"), self.into),
                "day": InlineField(theme, tr("From which day"), self.day, hint=DAY_HINT),
            }
        )

    def open_for(self, id: str, name: str) -> None:
        """For one organisation."""
        self._id = id
        self.into.set_keys(())
        self.day.set_day(None)
        self.begin(tr("What {name} goes into").format(name=name), tr("Keep it"), MERGE_NOTE)

    def faults(self) -> dict[str, str]:
        """What is missing at first sight."""
        found = {} if self.into.keys() else {"into": tr("Choose the organisation that it goes into.")}
        return found if self.day.day() is not None else {**found, "day": WRITE_IT}

    def answer(self) -> object:
        """What was chosen."""
        return Merging(self._id, self.into.keys()[0], self.day.day() or date.min)

    def _options(self) -> tuple[Option, ...]:
        """Whole organisations: nothing goes into a site."""
        every = (each for each in self._lists().all if each.id != self._id)
        return tuple(Option(each.id, each.name, (*each.also_written, each.town)) for each in every)

    def _name(self, id: str) -> str:
        return self._lists().name(id)


class CloseForm(FieldForm):
    """``wanted`` brings a `Closing`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._id = ""

    def _build(self) -> None:
        super()._build()
        theme = self._theme
        self.day = DayField(theme, name=tr("On which day"))
        self.lay_out({"day": InlineField(theme, tr("On which day"), self.day, hint=DAY_HINT)})

    def open_for(self, id: str, name: str) -> None:
        """For one organisation."""
        self._id = id
        self.day.set_day(None)
        self.begin(tr("{name} closes").format(name=name), tr("Note it"), CLOSE_NOTE)

    def faults(self) -> dict[str, str]:
        """A day that cannot be read."""
        return {} if self.day.day() is not None else {"day": WRITE_IT}

    def answer(self) -> object:
        """When."""
        return Closing(self._id, self.day.day() or date.min)
