"""The ways by which a card leaves: the person's own e-mail program, files, a copy, or paper; each after ten seconds."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.services.handing_out import HandedOver, Preview, Printed
from peermatch.services.office import Services
from peermatch.ui.printing import ChoosePrinter, ask_printer, page_of, put_on_paper
from peermatch.ui.screens.card_hold import HOLD_MS, HoldStrip
from peermatch.ui.screens.card_views import Mail, for_the_viewer, read_mail
from peermatch.ui.screens.mail_unopened import THE_ADDRESS, THE_SUBJECT, UnopenedStrip
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.words import tr

T = TypeVar("T")
OpenFile = Callable[[Path], bool]
OpenLink = Callable[[QUrl], bool]
ChooseFolder = Callable[[QWidget], Path | None]
E_MAIL, CARD = "eml", "vcf"
ON_PAPER = tr("The card was sent to the printer, and the hand-over is recorded.")
WHOSE = tr("Give it to the trainee of {reference} and to nobody else.")
NOT_PRINTED = tr("The hand-over is recorded, but the printer did not take the card.")
NOT_OPEN = tr("If nothing opened, show the card again and save it as files, or copy the letter.")
COPIED = tr("The letter is on the clipboard for 30 seconds, and the hand-over is recorded.")
PASTE_IT = tr("Paste it into a new message to the one address, and check the subject.")
TELL_WORDS = tr(
    "Now tell them by phone or text message, never by e-mail, what opens the PDF: {words} (it is kept nowhere)."
)


def open_with_system(path: Path) -> bool:
    """Let the computer's own e-mail program open the draft."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def open_link(link: QUrl) -> bool:
    """Let the computer's own e-mail program begin a message."""
    return QDesktopServices.openUrl(link)


def ask_for_folder(parent: QWidget) -> Path | None:
    """The computer's own folder chooser."""
    chosen = QFileDialog.getExistingDirectory(parent, tr("Where to save the contact card"))
    return Path(chosen) if chosen else None


@dataclass(frozen=True, slots=True)
class CardDoors:
    """What only the computer itself can do or ask, and how long is waited; tests answer instead."""

    open_file: OpenFile = open_with_system
    choose_folder: ChooseFolder = ask_for_folder
    choose_printer: ChoosePrinter = ask_printer
    open_link: OpenLink = open_link
    hold_ms: int = HOLD_MS


class WaysOut(QObject):
    """``began``, then ``did`` and ``said``, or ``failed``, or ``stopped``: recorded before it is out of hand.

    ``hold`` is the strip of the ten seconds: until it lets go, nothing is recorded and nothing has left.
    ``unopened`` is the strip with other ways, for a computer without an e-mail program; the card stays beside it.
    """

    began = Signal()
    stopped = Signal()
    did = Signal(Done)
    said = Signal(str, str, str)
    failed = Signal(object)

    def __init__(
        self, services: Services, tasks: Tasks, doors: CardDoors, screen: QWidget, theme: Theme
    ) -> None:
        super().__init__(screen)
        self._services, self._tasks, self._doors, self._screen = services, tasks, doors, screen
        self.hold = HoldStrip(theme, doors.hold_ms)
        self.hold.taken_back.connect(self._taken_back)
        self.unopened = UnopenedStrip(theme)
        self._under_way: tuple[str, str] | None = None
        self._copied_subject = ""

    @property
    def busy(self) -> bool:
        """Whether a card is held, or on its way out."""
        return self.hold.waiting or self._under_way is not None

    def draft(self) -> dict[str, str]:
        """The hand-over that is under way, for the moment after a lock: somebody must look whether it left."""
        if self._under_way is None:
            return {}
        reference, supporter = self._under_way
        return {"reference": reference, "supporter": supporter}

    def open_mail(self, preview: Preview) -> None:
        """Into the e-mail program."""
        mail = _only(preview, E_MAIL)
        work = partial(self._services.handing_out.hand_over_to_mail, mail)
        self._wait(
            preview, tr("The draft opens"), tr("Open it now"), work, partial(self._mail_ready, preview)
        )

    def save(self, preview: Preview) -> None:
        """Into files in a folder of the person's choice."""
        folder = self._doors.choose_folder(self._screen)
        if folder is not None:
            work = partial(self._services.handing_out.hand_over, preview, folder=folder)
            then = partial(self._files_ready, preview)
            self._wait(preview, tr("The files are saved"), tr("Save them now"), work, then)

    def save_draft(self, preview: Preview) -> None:
        """The e-mail alone, to be opened wherever the person writes their e-mails."""
        self.save(_only(preview, E_MAIL))

    def save_card(self, preview: Preview) -> None:
        """The contact card alone."""
        self.save(_only(preview, CARD))

    def print(self, preview: Preview) -> None:
        """On paper, once a printer is chosen: only then it is recorded, and only then it is printed."""
        printer = self._doors.choose_printer(self._screen)
        if printer is not None:
            work = partial(self._services.handing_out.hand_over_on_paper, preview)
            then = partial(self._paper_ready, printer)
            self._wait(preview, tr("The card is printed"), tr("Print it now"), work, then)

    def copy(self, preview: Preview, *, formatted: bool) -> None:
        """Onto the clipboard: as plain words, or with its headings and links too."""
        mail = read_mail(next(file.data for file in preview.files if file.format == E_MAIL))
        work = partial(self._services.handing_out.hand_over_as_copy, preview)
        then = partial(self._copied, mail, formatted)
        self._wait(preview, tr("The letter is copied"), tr("Copy it now"), work, then)

    def begin_message(self, preview: Preview) -> None:
        """A new message with address and subject alone: words in a link would stay in the history of programs."""
        mail = read_mail(next(file.data for file in preview.files if file.format == E_MAIL))
        to = quote(preview.recipient, safe="@")
        link = QUrl(f"mailto:{to}?subject={quote(mail.subject, safe='')}")
        if self._doors.open_link(link):
            said = tr("A new message is open. Copy the letter, and paste it there.")
            self.said.emit("info", said, "")
        else:
            self._offer_others(preview, recorded=False)

    def copy_line(self, preview: Preview, *, address: bool) -> None:
        """The address or the subject alone, of a card that is on the screen: nothing of the supporter is in either.

        The subject bears the code of one letter: after a letter was copied, it is that of this letter.
        """
        mail = read_mail(next(file.data for file in preview.files if file.format == E_MAIL))
        subject = self._copied_subject or mail.subject
        text, what = (preview.recipient, THE_ADDRESS) if address else (subject, THE_SUBJECT)
        self.unopened.copy(text, what)

    @Slot()
    def put_away(self) -> None:
        """Whoever goes elsewhere before the ten seconds are over does not hand over."""
        self.hold.take_back()

    @Slot()
    def forget(self) -> None:
        """Another card: neither the hold nor the other ways of this one stay."""
        self.put_away()
        self.unopened.hide()

    @Slot()
    def _taken_back(self) -> None:
        self.unopened.setEnabled(True)
        self.stopped.emit()

    def _wait(
        self, preview: Preview, what: str, now: str, work: Callable[[date], T], then: Callable[[T], None]
    ) -> None:
        self.began.emit()
        self.unopened.setEnabled(False)
        self.hold.hold(what, now, partial(self._run, preview, work, then))

    def _run(self, preview: Preview, work: Callable[[date], T], then: Callable[[T], None]) -> None:
        """The day is that of this moment: it may have begun while the card was held."""
        self._under_way = (preview.reference, preview.supporter)
        self._tasks.run(self, partial(work, self._services.desk.today), then, self._not_handed_over)

    def _not_handed_over(self, error: PeerMatchError) -> None:
        self._under_way = None
        self.unopened.setEnabled(True)
        self.failed.emit(error)

    def _done(self, done: Done, *, over: bool = True) -> None:
        """``over``: it went its way, so that no other way need be offered any more."""
        self._under_way = None
        self.unopened.setEnabled(True)
        if over:
            self.unopened.hide()
        self.did.emit(done)

    def _offer_others(self, preview: Preview, *, recorded: bool) -> None:
        self._copied_subject = ""
        self.unopened.offer(recorded=recorded, copies=not preview.wishes.alone)

    def _mail_ready(self, preview: Preview, handed: HandedOver) -> None:
        draft = handed.files[0]
        if self._doors.open_file(draft):
            self._done(handed.done)
            said = tr("The draft is open in your e-mail program. Press send there.")
            self.said.emit("success", said, f"{NOT_OPEN} {_to_tell(preview)}".strip())
        else:
            self._services.handing_out.drafts.drop(draft)
            self._offer_others(preview, recorded=True)
            self._done(handed.done, over=False)
            self.unopened.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _files_ready(self, preview: Preview, handed: HandedOver) -> None:
        self._done(handed.done)
        names = ", ".join(path.name for path in handed.files)
        where = tr("They are in {parent}.").format(parent=handed.files[0].parent)
        hint = f"{where} {_to_tell(preview)}".strip()
        self.said.emit("success", tr("Saved: {names}.").format(names=names), hint)

    def _copied(self, mail: Mail, formatted: bool, done: Done) -> None:
        copied = QMimeData()
        copied.setText(mail.plain)
        if formatted:
            copied.setHtml(mail.page)
        QGuiApplication.clipboard().setMimeData(copied)
        self._copied_subject = mail.subject
        self._done(done, over=False)
        self.said.emit("success", COPIED, PASTE_IT)

    def _paper_ready(self, printer: QPrinter, handed: Printed) -> None:
        refusal = _refusal(printer, handed)
        self._done(handed.done)
        if refusal is None:
            self.said.emit("success", ON_PAPER, WHOSE.format(reference=handed.reference))
        else:
            self.said.emit(
                "error", NOT_PRINTED, tr("Look at the printer, then show the card again and print it.")
            )


def _to_tell(preview: Preview) -> str:
    """The words that travel by another way; afterwards they stand nowhere but here."""
    words = preview.wishes.passphrase
    return TELL_WORDS.format(words=words) if words else ""


def _only(preview: Preview, format: str) -> Preview:
    return replace(preview, files=tuple(file for file in preview.files if file.format == format))


def _refusal(printer: QPrinter, handed: Printed) -> PeerMatchError | None:
    try:
        put_on_paper(printer, page_of(for_the_viewer(handed.page), handed.code))
    except PeerMatchError as error:
        return error
    return None
