"""A page of settings: its title above, and below it a column that scrolls and is no wider than one can read."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel, Row, Scroll
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.text import HEADING, TITLE, Text

WIDEST = 860


def lay_page(theme: Theme, whole: QWidget, title: str, parts: Iterable[QWidget]) -> None:
    """Lay these parts out below a title."""
    head = Panel(theme, "canvas", edge="bottom")
    Column(theme, head, margins=(20, 12, 20, 12)).addWidget(Text(theme, title, TITLE))
    page, inner = QWidget(), QWidget()
    inner.setMaximumWidth(theme.px(WIDEST))
    outer = Row(theme, page, margins=(20, 16, 20, 20))
    outer.addWidget(inner, 100, Qt.AlignmentFlag.AlignTop)
    outer.addStretch(1)
    body = Column(theme, inner, spacing=12)
    for part in parts:
        body.addWidget(part)
    column = Column(theme, whole, spacing=0)
    column.addWidget(head)
    column.addWidget(Scroll(page, name=title), 1)


def titled_card(theme: Theme, title: str, *parts: QWidget, spacing: float = 8) -> Card:
    """What belongs together, under its heading."""
    card = Card(theme, margins=(18, 14, 18, 14), spacing=spacing)
    for part in (Text(theme, title, HEADING), *parts):
        card.body.addWidget(part)
    return card
