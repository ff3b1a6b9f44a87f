"""All reasons of one suggestion, opened below its card: sentences on the left, points on the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from peermatch.ui.screens.emptied import empty
from peermatch.ui.screens.shortlist_reasons import ReasonGroup, figure
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Row, Rule
from peermatch.ui.widgets.text import SMALL, SMALL_STRONG, SectionLabel, Text
from peermatch.words import tr

Others = tuple[tuple[str, str], ...]
"""Who else could serve: the name, and what follows it."""


class ReasonList(QWidget):
    """Three quiet groups, the sum, and for somebody rare who else there is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = Column(theme, self, spacing=4, margins=(0, 8, 0, 0))
        self._shown: tuple[tuple[ReasonGroup, ...], int, bool, Others] = ((), 0, False, ())
        self._stale = False
        theme.cover.changed.connect(self._renew)

    def show_reasons(
        self, groups: Sequence[ReasonGroup], score: int, *, rare: bool = False, others: Others = ()
    ) -> None:
        """These reasons, which add up to the score in hundredths."""
        shown = (tuple(groups), score, rare, others)
        if shown != self._shown:
            self._shown = shown
            self._renew()

    def setVisible(self, visible: bool) -> None:
        """Made when somebody wants to see them: of twelve people few are looked at so closely."""
        if visible:
            self._fill()
        super().setVisible(visible)

    def showEvent(self, event: QShowEvent) -> None:
        """They come into sight with the page around them."""
        self._fill()
        super().showEvent(event)

    def spoken(self) -> str:
        """All of it as one would say it."""
        groups, score, rare, _ = self._shown
        said = [f"{g.title}: " + ", ".join(f"{x.text} {figure(x.points)}" for x in g.lines) for g in groups]
        said.append(tr("Together {figure}").format(figure=figure(score, signed=False)))
        return ". ".join([*said, *self._else()] if rare else said)

    def _else(self) -> list[str]:
        cover, others = self._theme.cover, self._shown[3]
        return [f"{cover.shown(name)}{words}" for name, words in others] or [tr("Nobody else is suggested.")]

    @Slot()
    def _renew(self) -> None:
        self._stale = True
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        if not self._stale:
            return
        self._stale = False
        groups, score, rare, _ = self._shown
        empty(self._column)
        for group in groups:
            self._column.addWidget(SectionLabel(self._theme, group.title))
            for line in group.lines:
                self._column.addWidget(self._line(line.text, figure(line.points)))
        self._column.addWidget(Rule())
        self._column.addWidget(self._line(tr("Together"), figure(score, signed=False), strong=True))
        if rare:
            self._column.addWidget(SectionLabel(self._theme, tr("Who else could serve this enquiry")))
            for words in self._else():
                self._column.addWidget(Text(self._theme, words, SMALL))

    def _line(self, words: str, points: str, *, strong: bool = False) -> QWidget:
        line = QWidget()
        row = Row(self._theme, line, spacing=12)
        row.addWidget(Text(self._theme, words, SMALL_STRONG if strong else SMALL), 1)
        amount = Text(self._theme, points, SMALL_STRONG, wrap=False)
        row.addWidget(amount, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        return line
