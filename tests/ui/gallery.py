"""Draws every widget and four screens of the design into pictures: ``python tests/ui/gallery.py FOLDER``."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication, QWidget

from peermatch.ui.theme import Scheme, Theme, apply_theme
from peermatch.ui.widgets.banner import Banner, UndoBar
from peermatch.ui.widgets.boxes import Column, Panel, Row, Scroll
from peermatch.ui.widgets.buttons import Button, IconButton
from peermatch.ui.widgets.chip import COLOURS, Chip, ChipButton, ChipKind
from peermatch.ui.widgets.fields import Choice, InlineField, LineField, SecretField, StrengthMeter, Tick
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.score_ring import ScoreRing
from peermatch.ui.widgets.segmented import Segmented
from peermatch.ui.widgets.states import EmptyState, Meter
from peermatch.ui.widgets.text import (
    BODY,
    SMALL,
    STRONG,
    TINY,
    Phrase,
)
from tests.ui.replica_records import introduction, supporter, welcome
from tests.ui.replica_triage import triage

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def widgets(theme: Theme) -> QWidget:
    """Every small part once."""
    page = QWidget()
    columns = Row(theme, page, spacing=24, margins=(24, 24, 24, 24))
    left, right = Column(theme, spacing=14), Column(theme, spacing=14)
    columns.addLayout(left, 1)
    columns.addLayout(right, 1)
    for part in _left_parts(theme):
        left.addWidget(part)
    left.addStretch(1)
    for part in _right_parts(theme):
        right.addWidget(part)
    right.addStretch(1)
    return Scroll(page)


def _left_parts(theme: Theme) -> list[QWidget]:
    buttons = Flow(theme, [Button(theme, "Plain"), Button(theme, "Primary", kind="primary")])
    buttons.add(Button(theme, "Quiet", kind="quiet"))
    buttons.add(Button(theme, "Erase Amina's record", kind="danger", icon="triangle-alert"))
    off = Button(theme, "Not now", kind="primary")
    off.setEnabled(False)
    buttons.add(off)
    buttons.add(Button(theme, "Small", small=True, icon="plus"))
    buttons.add(IconButton(theme, "pencil", "Edit"))
    chips = Flow(theme, [Chip(theme, kind, kind) for kind in _kinds()])
    pressable = Flow(theme, [ChipButton(theme, "pressable", kind) for kind in _kinds()])
    pressable.add(ChipButton(theme, "both", "helpful", removable=True))
    pressable.add(
        Chip(
            theme,
            "a chip with so many words that it cannot stand on one line of this narrow column here",
            "wait",
        )
    )
    undo = UndoBar(theme)
    undo.offer("Amina was asked about E-0142.")
    return [
        buttons,
        chips,
        pressable,
        Banner(
            theme, "info", "The controller is not stated.", "Set it before you ask anybody.", action="Set it"
        ),
        Banner(theme, "wait", "Consent ends for 6 people within 30 days."),
        Banner(
            theme, "risk", "This letter says that things at home are not safe.", "Read it before matching."
        ),
        Banner(
            theme,
            "error",
            "The disk is full.",
            "Nothing was saved. Make room and try again.",
            action="Try again",
        ),
        Banner(theme, "success", "Everything is backed up."),
        undo,
        Flow(theme, [ScoreRing(theme, score) for score in (0, 33, 64, 81, 100)]),
    ]


def _kinds() -> list[ChipKind]:
    return [kind for kind in COLOURS if kind in COLOURS]  # type: ignore[misc]  # the keys are the kinds


def _right_parts(theme: Theme) -> list[QWidget]:
    email = InlineField(
        theme, "Email", LineField(theme, "amina.r(at)example", name="Email"), hint="Used once."
    )
    email.set_error("This is not an e-mail address. Write it like name@example.org.")
    meters = QWidget()
    lines = Column(theme, meters, spacing=12)
    for share, tone in ((0.96, "risk"), (0.74, "focus"), (0.22, "brand")):
        lines.addWidget(Meter(theme, share, tone=tone))  # type: ignore[arg-type]  # tokens all three
    tick = Tick(theme, "A tick that is off", "with a quiet line below")
    weak = StrengthMeter(theme)
    weak.show_strength(0.2, "Weak: guessed within an hour.")
    return [
        Segmented(theme, [("a", "Letter"), ("b", "Details"), ("c", "History")], name="Show"),
        email,
        InlineField(theme, "Passphrase", SecretField(theme)),
        weak,
        Choice(theme, [("email", "E-mail first"), ("phone", "Phone")], name="How to reach them"),
        tick,
        meters,
        EmptyState(
            theme,
            "inbox",
            "No letter waits for you.",
            "Drop an e-mail on this window, or paste one.",
            action="New enquiry",
        ),
        Phrase(theme, [("Body ", BODY), ("strong ", STRONG), ("small ", SMALL), ("tiny", TINY)]),
    ]


SCREENS: dict[str, Callable[[Theme], QWidget]] = {
    "triage": triage,
    "card": introduction,
    "supporter": supporter,
    "welcome": welcome,
    "widgets": widgets,
}


def render(theme: Theme, name: str, width: int, height: int) -> QWidget:
    """The page, laid out and shown at that size."""
    page = Panel(theme, "canvas")
    Column(theme, page).addWidget(SCREENS[name](theme))
    page.resize(width, height)
    page.show()
    for _ in range(5):
        QApplication.processEvents()
    return page


SHOTS = (
    (Scheme.LIGHT, 100, 1440, 900),
    (Scheme.DARK, 100, 1440, 900),
    (Scheme.HIGH_CONTRAST, 100, 1440, 900),
    (Scheme.LIGHT, 150, 1440, 900),
    (Scheme.LIGHT, 100, 1024, 700),
    (Scheme.DARK, 150, 1024, 700),
)


def main(folder: Path, only: list[str]) -> None:
    """All pages in all schemes, two text sizes and two window sizes."""
    app = QApplication([])
    theme = apply_theme(app, RESOURCES, Scheme.LIGHT)
    folder.mkdir(parents=True, exist_ok=True)
    for scheme, scale, width, height in SHOTS:
        theme.choose(scheme)
        theme.set_scale(scale)
        for name in only or SCREENS:
            page = render(theme, name, width, height)
            page.grab().save(str(folder / f"{name}-{scheme}-{scale}-{width}.png"))
            page.close()
            page.deleteLater()
            app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
