"""The ways by which a card leaves: into the person's own e-mail program, into files, or on paper for their hand."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.services.handing_out import HandedOver, Preview, Printed
from peermatch.services.office import Services
from peermatch.ui.printing import ChoosePrinter, ask_printer, page_of, put_on_paper
from peermatch.ui.screens.card_views import for_the_viewer
from peermatch.ui.tasks import Tasks
from peermatch.words import tr

T = TypeVar("T")
OpenFile = Callable[[Path], bool]
ChooseFolder = Callable[[QWidget], Path | None]
E_MAIL = "eml"
MAIL, FILES, PAPER = "mail", "files", "paper"
ON_PAPER = tr("The card was sent to the printer, and the hand-over is recorded.")
WHOSE = tr("Give it to the trainee of {reference} and to nobody else.")
NOT_PRINTED = tr("The hand-over is recorded, but the printer did not take the card.")


def open_with_system(path: Path) -> bool:
    """Let the computer's own e-mail program open the draft."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def ask_for_folder(parent: QWidget) -> Path | None:
    """The computer's own folder chooser."""
    chosen = QFileDialog.getExistingDirectory(parent, tr("Where to save the contact card"))
    return Path(chosen) if chosen else None


@dataclass(frozen=True, slots=True)
class CardDoors:
    """What only the computer itself can do or ask; tests answer instead."""

    open_file: OpenFile = open_with_system
    choose_folder: ChooseFolder = ask_for_folder
    choose_printer: ChoosePrinter = ask_printer


class WaysOut(QObject):
    """``began``, then ``did`` and ``said``, or ``failed``: a card that leaves is recorded before it is out of hand."""

    began = Signal()
    did = Signal(Done)
    said = Signal(str, str, str)
    failed = Signal(object)

    def __init__(self, services: Services, tasks: Tasks, doors: CardDoors, screen: QWidget) -> None:
        super().__init__(screen)
        self._services, self._tasks, self._doors, self._screen = services, tasks, doors, screen
        # Drafts for the e-mail program lie in a folder of their owner alone, which goes with the screen.
        self._drafts = QTemporaryDir(str(Path(tempfile.gettempdir()) / "peermatch-XXXXXX"))
        self._under_way: tuple[str, str] | None = None

    def draft(self) -> dict[str, str]:
        """The hand-over that is under way, for the moment after a lock: somebody must look whether it left."""
        if self._under_way is None:
            return {}
        reference, supporter = self._under_way
        return {"reference": reference, "supporter": supporter}

    def open_mail(self, preview: Preview) -> None:
        """Into the e-mail program."""
        mail = tuple(file for file in preview.files if file.format == E_MAIL)
        self._hand_over(replace(preview, files=mail), Path(self._drafts.path()), self._mail_ready)

    def save(self, preview: Preview) -> None:
        """Into files in a folder of the person's choice."""
        folder = self._doors.choose_folder(self._screen)
        if folder is not None:
            self._hand_over(preview, folder, self._files_ready)

    def print(self, preview: Preview) -> None:
        """On paper, once a printer is chosen: only then it is recorded, and only then it is printed."""
        printer = self._doors.choose_printer(self._screen)
        if printer is not None:
            work = partial(self._services.handing_out.hand_over_on_paper, preview, self._services.desk.today)
            self._run(preview, work, partial(self._paper_ready, printer))

    def _hand_over(self, preview: Preview, folder: Path, then: Callable[[HandedOver], None]) -> None:
        work = partial(self._services.handing_out.hand_over, preview, self._services.desk.today, folder)
        self._run(preview, work, then)

    def _run(self, preview: Preview, work: Callable[[], T], then: Callable[[T], None]) -> None:
        self._under_way = (preview.reference, preview.supporter)
        self.began.emit()
        self._tasks.run(self, work, then, self._not_handed_over)

    def _not_handed_over(self, error: PeerMatchError) -> None:
        self._under_way = None
        self.failed.emit(error)

    def _done(self, done: Done) -> None:
        self._under_way = None
        self.did.emit(done)

    def _mail_ready(self, handed: HandedOver) -> None:
        draft = handed.files[0]
        opened = self._doors.open_file(draft)
        self._done(handed.done)
        if opened:
            self.said.emit("success", tr("The draft is open in your e-mail program. Press send there."), "")
        else:
            self.said.emit(
                "wait", tr("No e-mail program opened."), tr("The draft is here: {draft}").format(draft=draft)
            )

    def _files_ready(self, handed: HandedOver) -> None:
        self._done(handed.done)
        names = ", ".join(path.name for path in handed.files)
        self.said.emit(
            "success",
            tr("Saved: {names}.").format(names=names),
            tr("They are in {parent}.").format(parent=handed.files[0].parent),
        )

    def _paper_ready(self, printer: QPrinter, handed: Printed) -> None:
        refusal = _refusal(printer, handed)
        self._done(handed.done)
        if refusal is None:
            self.said.emit("success", ON_PAPER, WHOSE.format(reference=handed.reference))
        else:
            self.said.emit(
                "error", NOT_PRINTED, tr("Look at the printer, then show the card again and print it.")
            )


def _refusal(printer: QPrinter, handed: Printed) -> PeerMatchError | None:
    try:
        put_on_paper(printer, page_of(for_the_viewer(handed.page), handed.code))
    except PeerMatchError as error:
        return error
    return None
