"""The recovery sheet: the key on paper or in a file, and two of its groups typed back before work begins."""

import secrets
from collections.abc import Iterable
from functools import partial
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.services.writing import refuse_inside, write_out
from peermatch.ui.choosers import Choosers
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Row, Scroll, Tiles
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.fields import InlineField, LineField
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import HERO, SMALL, Look, SectionLabel, Text
from peermatch.words import tr

WHY = tr(
    "If the passphrase is lost, this key opens the network, and nothing else does. Print it or save it on "
    "a stick, and keep it away from this computer, where only the lead can reach it."
)
CHECK = tr("Two groups, to be sure that the sheet is right")
GROUP_LOOK = Look(17, 600, "ink")
HIDDEN = "••••"
CODE, QUIET, DOTS = "code.png", 4, 8


def sheet_text(network: str, groups: tuple[str, ...]) -> str:
    """The sheet as plain text, for a file."""
    key = "-".join(groups)
    return tr("PeerMatch recovery key\n\nNetwork: {network}\n\n{key}\n\n{why}\n").format(
        network=network, key=key, why=WHY
    )


def sheet_page(network: str, groups: tuple[str, ...]) -> QTextDocument:
    """The sheet as a page for the printer: numbered groups, and the same letters as a QR code."""
    numbered = tuple(enumerate(groups, start=1))
    rows = (numbered[start : start + 4] for start in range(0, len(numbered), 4))
    cells = "".join("<tr>" + "".join(_cell(number, each) for number, each in row) + "</tr>" for row in rows)
    page = QTextDocument()
    page.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(CODE), code_image("-".join(groups)))
    page.setHtml(
        f"<h1>PeerMatch recovery key</h1><p>Network: {escape(network)}</p><table cellpadding=12>{cells}</table>"
        f"<p><img src='{CODE}' width='205' height='205'></p><p>The square holds the same letters.</p>"
        f"<p>{escape(WHY)}</p>"
    )
    return page


def _cell(number: int, group: str) -> str:
    return f"<td><small>{number}</small><br><tt style='font-size:16pt'>{escape(group)}</tt></td>"


def code_image(key: str) -> QImage:
    """The key as a QR code with its quiet margin, each module some points wide, so that print stays sharp."""
    import segno

    grid = segno.make_qr(key, version=4, error="m", boost_error=False).matrix
    side = len(grid) + 2 * QUIET
    image = QImage(side, side, QImage.Format.Format_Mono)
    image.fill(1)
    for row, modules in enumerate(grid):
        for column, dark in enumerate(modules):
            if dark:
                image.setPixel(column + QUIET, row + QUIET, 0)
    return image.scaled(side * DOTS, side * DOTS)


class RecoverySheet(QWidget):
    """Shows the key once; ``finished`` comes when two groups were typed back rightly.

    Where there is a way back, ``leave`` are the words of its button, and ``left`` comes from it.
    """

    finished = Signal()
    left = Signal()

    def __init__(
        self,
        tasks: Tasks,
        theme: Theme,
        choosers: Choosers,
        folder: Path,
        network: str,
        key: str,
        *,
        leave: str = "",
    ) -> None:
        super().__init__()
        self._tasks, self._theme, self._choosers = tasks, theme, choosers
        self._folder, self._network = folder, network
        self.groups = tuple(key.split("-"))
        self.asked = tuple(sorted(secrets.SystemRandom().sample(range(len(self.groups)), 2)))
        self._shown = [Text(theme, group, GROUP_LOOK, wrap=False, selectable=True) for group in self.groups]
        self._save = Button(theme, tr("Save to a file …"), icon="download")
        self._print = Button(theme, tr("Print …"), icon="printer")
        self._kept = Button(theme, tr("I have kept it"), kind="primary")
        self._back = Button(theme, tr("Show the key again"), kind="quiet")
        self._go_on = Button(theme, tr("Continue"), kind="primary")
        self.leave = Button(theme, leave, kind="quiet")
        self._banner = Banner(theme, "success", "")
        self.lines = tuple(
            LineField(
                theme, name=tr("Group {place}").format(place=place + 1), placeholder=tr("four characters")
            )
            for place in self.asked
        )
        self.fields = tuple(
            InlineField(theme, tr("Group {place}").format(place=place + 1), line)
            for place, line in zip(self.asked, self.lines, strict=True)
        )
        self._check = QWidget()
        Column(theme, self).addWidget(Scroll(self._page(), name=tr("Recovery sheet")))
        self._banner.hide()
        self._check.hide()
        self.leave.setVisible(bool(leave))
        self._connect()

    def _connect(self) -> None:
        self._save.clicked.connect(self._save_file)
        self._print.clicked.connect(self._print_page)
        self._kept.clicked.connect(self._ask)
        self._back.clicked.connect(self._show_again)
        self._go_on.clicked.connect(self._compare)
        self.leave.clicked.connect(self.left)
        for line in self.lines:
            line.returnPressed.connect(self._compare)

    def take_focus(self) -> None:
        """Begin with the first thing to do."""
        self._save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _page(self) -> QWidget:
        page = QWidget()
        outer = Row(self._theme, page, margins=(16, 16, 16, 16))
        card = Card(self._theme, margins=(40, 36, 40, 36), spacing=12)
        card.setMaximumWidth(self._theme.px(720))
        card.body.addWidget(Text(self._theme, tr("Your recovery sheet"), HERO))
        card.body.addWidget(Text(self._theme, WHY, Look(14, 400, "ink_2")))
        card.body.addWidget(self._key_tiles())
        card.body.addSpacing(self._theme.px(6))
        card.body.addWidget(Flow(self._theme, (self._save, self._print, self._kept), gap=10))
        card.body.addWidget(self._banner)
        self._build_check()
        card.body.addWidget(self._check)
        card.body.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addStretch(1)
        outer.addWidget(card, 100, Qt.AlignmentFlag.AlignVCenter)
        outer.addStretch(1)
        return page

    def _key_tiles(self) -> Tiles:
        tiles = Tiles(self._theme, columns=7, least=74, spacing=8)
        cells = []
        for number, words in enumerate(self._shown, start=1):
            cell = Card(self._theme, ground="raised", margins=(10, 6, 10, 6), spacing=0)
            cell.body.addWidget(SectionLabel(self._theme, str(number), wrap=False))
            cell.body.addWidget(words)
            cells.append(cell)
        tiles.set_tiles(cells)
        self._show_groups(self.groups)
        return tiles

    def _show_groups(self, groups: Iterable[str]) -> None:
        """Each group as it is read, also aloud: letter by letter, or that it is hidden."""
        for number, (words, group) in enumerate(zip(self._shown, groups, strict=True), start=1):
            spoken = tr("hidden") if group == HIDDEN else " ".join(group)
            words.set_text(group)
            words.setAccessibleName(tr("Group {number}: {spoken}").format(number=number, spoken=spoken))

    def _build_check(self) -> None:
        column = Column(self._theme, self._check, spacing=10, margins=(0, 8, 0, 0))
        column.addWidget(SectionLabel(self._theme, CHECK))
        column.addWidget(Text(self._theme, tr("Type them from what you have kept."), SMALL))
        pair = Tiles(self._theme, columns=2, least=180)
        pair.set_tiles(self.fields)
        column.addWidget(pair)
        column.addWidget(Flow(self._theme, (self._go_on, self._back), gap=10))

    @Slot()
    def _save_file(self) -> None:
        offered = Path.home() / tr("{stem} recovery key.txt").format(stem=self._folder.stem)
        path = self._choosers.place(self, offered)
        if path is not None:
            data = sheet_text(self._network, self.groups).encode()
            work = partial(_written, path, data, self._folder)
            self._tasks.run(self, work, self._saved, self._failed)

    @Slot()
    def _print_page(self) -> None:
        try:
            if self._choosers.printed(self, sheet_page(self._network, self.groups)):
                self._banner.show_message("success", tr("The sheet was sent to the printer."))
        except PeerMatchError as error:
            self._failed(error)

    def _saved(self, path: Path) -> None:
        hint = tr("Move it away from this computer: who has this file can open the network.")
        self._banner.show_message("success", tr("Saved as {name}.").format(name=path.name), hint)

    def _failed(self, error: PeerMatchError) -> None:
        self._banner.show_message("error", error.what, error.hint)

    @Slot()
    def _ask(self) -> None:
        self._cover(True)
        self.lines[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_again(self) -> None:
        self._cover(False)
        self._kept.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cover(self, covered: bool) -> None:
        self._show_groups([HIDDEN] * len(self.groups) if covered else self.groups)
        for part in (self._save, self._print, self._kept):
            part.setVisible(not covered)
        self._check.setVisible(covered)
        self._banner.hide()

    @Slot()
    def _compare(self) -> None:
        wrong = []
        for place, line, field in zip(self.asked, self.lines, self.fields, strict=True):
            right = _as_typed(line.text()) == self.groups[place]
            field.set_error("" if right else tr("This is not what stands there. Look at the sheet again."))
            wrong += [] if right else [line]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.finished.emit()


def _written(path: Path, data: bytes, folder: Path) -> Path:
    """On the worker: a key that lies beside its lock keeps nobody out."""
    refuse_inside(path, folder)
    return write_out(path, data)


def _as_typed(text: str) -> str:
    """What a reader of the sheet may type for its letters: I and L for 1, O for 0, in either case."""
    kept = "".join(sign for sign in text.upper() if sign.isalnum())
    return kept.translate(str.maketrans("ILO", "110"))
