"""One request as it stands: who, what, its clock, and what can be done with it now."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.requests import Request
from peermatch.ui.screens.duties_request_words import (
    BUTTONS,
    SHORT,
    STAGES,
    Act,
    about_words,
    acts_of,
    facts_of,
)
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.covered import CoveredLabel
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.text import BODY, SMALL, STRONG, Text
from peermatch.words import tr


class RequestCard(Card):
    """``wanted`` brings a step, ``held_wanted`` and ``erase_wanted`` the person whom it is about."""

    wanted = Signal(str, str)
    held_wanted = Signal(object)
    erase_wanted = Signal(object)

    def __init__(self, theme: Theme, request: Request, today: date, name: str = "") -> None:
        super().__init__(theme, margins=(18, 12, 14, 12), spacing=6)
        self.request = request
        self.setAccessibleName(f"{request.id}, {SHORT[request.kind]}: {request.state}")
        title = f"{request.id} · {about_words(request)}"
        head: list[QWidget] = [
            Text(theme, title, STRONG, wrap=False),
            *([CoveredLabel(theme, name, STRONG)] if name else []),
            Chip(theme, SHORT[request.kind], "mute"),
        ]
        self.clock = Chip(theme, request.state, STAGES[request.stage])
        self.body.addWidget(Spread(theme, Flow(theme, head, gap=8), self.clock))
        self.body.addWidget(CoveredLabel(theme, request.summary, BODY))
        self.body.addWidget(CoveredLabel(theme, facts_of(request), SMALL))
        self.buttons: dict[Act, Button] = {}
        self.held = Button(theme, tr("What we hold"), small=True)
        self.erase = Button(theme, tr("Erase …"), kind="danger", small=True)
        buttons = [self._step(theme, act) for act in acts_of(request, today)]
        if request.subject is not None and not request.closed:
            buttons += [self.held, self.erase]
        if buttons:
            self.body.addWidget(Flow(theme, buttons, gap=8))
        theme.read_only.bar(self.erase)
        for button in (self.held, self.erase):
            button.setAccessibleName(f"{button.text()}: {about_words(request)}")
        self.held.clicked.connect(self._held)
        self.erase.clicked.connect(self._erase)

    def _step(self, theme: Theme, act: Act) -> Button:
        button = Button(theme, BUTTONS[act], small=True)
        button.setAccessibleName(f"{BUTTONS[act]}: {self.request.id}")
        theme.read_only.bar(button)
        button.setProperty("act", act.value)
        button.clicked.connect(self._pressed)
        self.buttons[act] = button
        return button

    @Slot()
    def _pressed(self) -> None:
        self.wanted.emit(str(self.sender().property("act")), self.request.id)

    @Slot()
    def _held(self) -> None:
        self.held_wanted.emit(self.request.subject)

    @Slot()
    def _erase(self) -> None:
        self.erase_wanted.emit(self.request.subject)
