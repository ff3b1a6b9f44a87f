"""What a painted list shows: its rows as plain values, and the model that hands them to the view."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import eq
from typing import overload

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.chip import ChipKind
from peermatch.words import tr

ROW = Qt.ItemDataRole.UserRole
KEPT = 300
"""So many rows that were made stay so: some screens full."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One row: reference or name, a chip, what it is about, how it stands. ``covered``: F8 hides the name.

    A ``heading`` stands above the row and begins a part of the list, such as a day.
    """

    key: str
    title: str
    summary: str = ""
    state: str = ""
    chip: str = ""
    chip_kind: ChipKind = "mute"
    covered: bool = False
    heading: str = ""


class MadeRows(Sequence[QueueRow]):
    """The rows of a long list, each made by its place when somebody comes near it; ``keys`` are known of all."""

    def __init__(self, keys: Sequence[str], make: Callable[[int], QueueRow]) -> None:
        self.keys, self._make = keys, make
        self._made: dict[int, QueueRow] = {}

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, place: int) -> QueueRow: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[QueueRow, ...]: ...
    def __getitem__(self, place: int | slice) -> QueueRow | tuple[QueueRow, ...]:
        places = range(len(self))[place]
        return self._row(places) if isinstance(places, int) else tuple(map(self._row, places))

    def __iter__(self) -> Iterator[QueueRow]:
        return map(self._row, range(len(self)))

    def _row(self, place: int) -> QueueRow:
        found = self._made.get(place)
        if found is None:
            if len(self._made) >= KEPT:
                self._made.clear()
            found = self._made[place] = self._make(place)
        return found


def keys_of(rows: Sequence[QueueRow]) -> Iterable[str]:
    """The keys of the rows; none is made for it."""
    return rows.keys if isinstance(rows, MadeRows) else (row.key for row in rows)


def place_of(rows: Sequence[QueueRow], key: str) -> int | None:
    """Where the row with this key stands; None where there is none."""
    if not isinstance(rows, MadeRows):
        return next((place for place, row in enumerate(rows) if row.key == key), None)
    try:
        return rows.keys.index(key)
    except ValueError:
        return None


def _same_keys(before: Sequence[QueueRow], now: Sequence[QueueRow]) -> bool:
    if isinstance(before, MadeRows) and isinstance(now, MadeRows):
        return before.keys == now.keys
    return all(map(eq, keys_of(before), keys_of(now)))


class QueueModel(QAbstractListModel):
    """The rows, in order."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: Sequence[QueueRow] = ()
        self.picks: set[str] | None = None
        """The keys of the rows that are chosen together; None where rows are not chosen so."""

    def set_rows(self, rows: Sequence[QueueRow]) -> None:
        """Show these rows instead; where the same stand in the same places, it is told that they say something else."""
        before, now = self.rows, rows if isinstance(rows, MadeRows) else tuple(rows)
        if len(before) == len(now) and _same_keys(before, now):
            self.rows = now
            self.dataChanged.emit(self.index(0), self.index(len(now) - 1))
            return
        self.beginResetModel()
        self.rows = now
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row for the painter, one spoken line for screen readers."""
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.spoken(row)
        if role == Qt.ItemDataRole.CheckStateRole and self.picks is not None:
            return Qt.CheckState.Checked if row.key in self.picks else Qt.CheckState.Unchecked
        return None

    def shown_title(self, row: QueueRow) -> str:
        """The title, or dots while names are covered."""
        return self._theme.cover.shown(row.title) if row.covered else row.title

    def spoken(self, row: QueueRow) -> str:
        """Everything the row says, in one line."""
        picked = "" if self.picks is None else "chosen" if row.key in self.picks else tr("not chosen")
        parts = (row.heading, picked, self.shown_title(row), row.chip, row.summary, row.state)
        return ", ".join(part for part in parts if part)
