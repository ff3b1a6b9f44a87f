"""What a painted list shows: its rows as plain values, and the model that hands them to the view."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.chip import ChipKind
from peermatch.words import tr

ROW = Qt.ItemDataRole.UserRole
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


class QueueModel(QAbstractListModel):
    """The rows, in order."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: tuple[QueueRow, ...] = ()
        self.picks: set[str] | None = None
        """The keys of the rows that are chosen together; None where rows are not chosen so."""

    def set_rows(self, rows: Sequence[QueueRow]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.rows = tuple(rows)
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
