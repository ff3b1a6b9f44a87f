"""Whom the enquirer must not be introduced to, as chips: organisations, specialties, people."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.enquiry import Exclusions
from peermatch.model.letter import Proposal
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.chip_row import ChipRow, ChipSpec
from peermatch.ui.screens.finder import FREE, Finder
from peermatch.ui.screens.finding import Option, organisation_options, specialty_options
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.text import SectionLabel
from peermatch.words import tr

ORGANISATION, SPECIALTY, PERSON, SUPPORTER = "organisation:", "specialty:", "person:", "supporter:"
PROPOSED = "proposed:"
_FIELDS = {ORGANISATION: "organisations", SPECIALTY: "specialties", PERSON: "people", SUPPORTER: "supporters"}


def entries(exclusions: Exclusions) -> tuple[str, ...]:
    """All of them as keys, such as ``organisation:mft``."""
    return tuple(kind + value for kind, field in _FIELDS.items() for value in getattr(exclusions, field))


def with_entry(exclusions: Exclusions, key: str) -> Exclusions:
    """One more."""
    field, value = _split(key)
    held: tuple[str, ...] = getattr(exclusions, field)
    return exclusions if value in held else replace(exclusions, **{field: (*held, value)})


def without_entry(exclusions: Exclusions, key: str) -> Exclusions:
    """One fewer."""
    field, value = _split(key)
    held: tuple[str, ...] = getattr(exclusions, field)
    return replace(exclusions, **{field: tuple(each for each in held if each != value)})


def _split(key: str) -> tuple[str, str]:
    kind, _, value = key.partition(":")
    return _FIELDS[kind + ":"], value


def proposed(proposal: Proposal | None) -> Exclusions:
    """What the letter asks to keep away from."""
    if proposal is None:
        return Exclusions()
    return Exclusions(
        organisations=proposal.exclude_organisations,
        specialties=proposal.exclude_specialties,
        people=proposal.exclude_people,
    )


class AwayPanel(QWidget):
    """``changed`` brings the exclusions as they should be now."""

    changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._exclusions = Exclusions()
        self._proposed = Exclusions()
        self._options: tuple[Option, ...] = ()
        self._name: Callable[[str], str] = str
        column = Column(theme, self, spacing=7)
        self.add = Button(
            theme, tr("Add"), kind="quiet", small=True, note=tr("Somebody or somewhere to keep away from")
        )
        self.add.setAccessibleName(tr("Add somebody or somewhere to keep away from"))
        theme.read_only.bar(self.add)
        self.chips = ChipRow(theme, [self.add], writes=True)
        self.finder = Finder(
            theme,
            self._choices,
            name=tr("Trust, specialty, name or e-mail address"),
            free=tr("the person “{}”"),
        )
        self.finder.hide()
        column.addWidget(SectionLabel(theme, tr("Keep away from")))
        column.addWidget(self.chips)
        column.addWidget(self.finder)
        self.add.clicked.connect(self.finder.open)
        self.finder.picked.connect(self._add)
        self.finder.closed.connect(self.add.setFocus)
        self.chips.pressed.connect(self._add)
        self.chips.removed.connect(self._remove)
        theme.cover.changed.connect(self._show)

    def show_exclusions(self, exclusions: Exclusions, proposal: Proposal | None, snapshot: Snapshot) -> None:
        """What is kept away from; dashed what the letter asks for and is not kept."""
        self._exclusions, self._proposed = exclusions, proposed(proposal)
        lists = snapshot.reference
        if not self._options:
            places = (replace(o, key=ORGANISATION + o.key) for o in organisation_options(lists))
            fields = (replace(o, key=SPECIALTY + o.key) for o in specialty_options(lists))
            self._options = (*places, *fields)
        people = snapshot.supporters

        def name(key: str) -> str:
            kind, _, value = key.partition(":")
            if kind + ":" == ORGANISATION:
                return lists.organisations.name(value)
            if kind + ":" == SPECIALTY:
                return lists.specialties.label(value)
            shown = people[value].shown_name if kind + ":" == SUPPORTER and value in people else value
            return self._theme.cover.shown(shown)

        self._name = name
        self._show()

    def _choices(self) -> tuple[Option, ...]:
        held = set(entries(self._exclusions))
        return tuple(option for option in self._options if option.key not in held)

    @Slot()
    def _show(self) -> None:
        held = entries(self._exclusions)
        asked = [key for key in entries(self._proposed) if key not in held]
        keep = [ChipSpec(key, self._name(key), removable=True, pressable=False) for key in held]
        note = tr("The letter asks for this. Press to keep away.")
        offer = [ChipSpec(PROPOSED + key, f"+ {self._name(key)}?", "suggested", note=note) for key in asked]
        self.chips.set_chips([*keep, *offer])

    @Slot(str)
    def _add(self, key: str) -> None:
        key = key.removeprefix(PROPOSED)
        if key.startswith(FREE):
            key = PERSON + key.removeprefix(FREE)
        self.changed.emit(with_entry(self._exclusions, key))

    @Slot(str)
    def _remove(self, key: str) -> None:
        self.changed.emit(without_entry(self._exclusions, key))
