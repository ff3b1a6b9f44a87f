"""The card at hand: looked at with what is wished for, and out by one of the ways, as long as it can be seen whole."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.card_wishes import CardWishes
from peermatch.services.handing_out import Preview
from peermatch.services.office import Services
from peermatch.ui.screens.card_preview import CardPreview
from peermatch.ui.screens.introduction_ways import WaysOut
from peermatch.ui.screens.introduction_words import Key
from peermatch.ui.tasks import Tasks
from peermatch.words import tr

NOT_READY = tr("Look at the card again first: what you wished for is not in it yet.")
LEFT_BEFORE = tr("The ten seconds were not over, so nothing left and nothing is recorded.")


class CardAtHand(QObject):
    """``previewed``: it can be shown; ``refused``: there can be none, and why."""

    previewed = Signal()
    refused = Signal(object)

    def __init__(
        self, services: Services, tasks: Tasks, ways: WaysOut, card: CardPreview, screen: QWidget
    ) -> None:
        super().__init__(screen)
        self._services, self._tasks, self._ways, self._card = services, tasks, ways, card
        self.preview: Preview | None = None
        self._key: Key = ("", "")
        self._secure: bool | None = None
        self._pressed: QWidget | None = None
        card.opened.connect(self._open_mail)
        card.saved.connect(self._save_files)
        card.printed.connect(self._print)
        card.card_saved.connect(self._save_card)
        card.copied.connect(self._copy)
        card.begun.connect(self._begin_message)
        card.marked.connect(self._mark)
        card.extras.wished.connect(self._look_again)
        card.extras.words_wanted.connect(self._draw_words)
        ways.stopped.connect(self._stopped)
        ways.unopened.saved.connect(self._save_draft)
        ways.unopened.address_wanted.connect(self._copy_address)
        ways.unopened.subject_wanted.connect(self._copy_subject)
        ways.unopened.letter_wanted.connect(self._copy_letter)

    def forget(self) -> None:
        """Another introduction: nothing of this card stays."""
        self._ways.forget()
        self.preview, self._key = None, ("", "")
        self._secure = None
        self._card.extras.clear()

    def look(self, key: Key, on: date) -> None:
        """Make the card of an introduction, as it would leave today."""
        self._key = key
        extras = self._card.extras
        if extras.fault():
            self._card.withhold(NOT_READY)
            return
        wished = self._wished()
        work = partial(self._services.handing_out.preview, *key, on, extras.formats, wished)
        self._tasks.run(
            self, work, partial(self._made, key, wished), partial(self._not_made, key, extras.plain)
        )

    def _wished(self) -> CardWishes:
        """What is wished for now; a card that was made for other wishes is not shown any more."""
        return replace(self._card.extras.wishes, secure=self._secure)

    def _made(self, key: Key, wished: CardWishes, preview: Preview) -> None:
        if key == self._key and wished == self._wished():
            self._card.extras.show_fault("")
            self.preview = preview
            self.previewed.emit()

    def _not_made(self, key: Key, plain: bool, error: PeerMatchError) -> None:
        """A card that can never be made is told in its place; a wish that cannot be kept, beside the wish."""
        if key != self._key:
            return
        if plain or (self.preview is None and not self._card.isVisible()):
            self.refused.emit(error)
        else:
            self.preview = None
            self._card.extras.show_fault(f"{error.what} {error.hint}".strip())
            self._card.withhold(NOT_READY)

    @Slot()
    def _look_again(self) -> None:
        self.preview = None
        self._card.withhold(NOT_READY)
        if self._key != ("", ""):
            self.look(self._key, self._services.desk.today)

    @Slot(bool)
    def _mark(self, on: bool) -> None:
        self._secure = on
        self._look_again()

    @Slot()
    def _draw_words(self) -> None:
        self._tasks.run(
            self, self._services.handing_out.draw_words, self._card.extras.set_words, self.refused.emit
        )

    # The ways out.

    def _in_sight(self) -> Preview | None:
        """The preview, as long as the whole address stands on the screen beside it."""
        self._pressed = QApplication.focusWidget()
        return self.preview if self._card.to.in_sight else None

    @Slot()
    def _open_mail(self) -> None:
        if (preview := self._in_sight()) is not None:
            self._ways.open_mail(preview)

    @Slot()
    def _save_files(self) -> None:
        if (preview := self._in_sight()) is not None:
            self._ways.save(preview)

    @Slot()
    def _save_card(self) -> None:
        if (preview := self._in_sight()) is not None:
            self._ways.save_card(preview)

    @Slot()
    def _print(self) -> None:
        if (preview := self._in_sight()) is not None:
            self._ways.print(preview)

    @Slot(bool)
    def _copy(self, formatted: bool) -> None:
        if (preview := self._in_sight()) is not None:
            self._ways.copy(preview, formatted=formatted)

    @Slot()
    def _begin_message(self) -> None:
        if (preview := self._in_sight()) is not None:
            self._ways.begin_message(preview)

    def _beside(self) -> Preview | None:
        """The same for a press on the other ways, which stand where the card need not be in sight."""
        preview = self._in_sight()
        if preview is None:
            self._ways.unopened.ask_to_look()
        return preview

    @Slot()
    def _save_draft(self) -> None:
        if (preview := self._beside()) is not None:
            self._ways.save_draft(preview)

    @Slot()
    def _copy_address(self) -> None:
        if (preview := self._beside()) is not None:
            self._ways.copy_line(preview, address=True)

    @Slot()
    def _copy_subject(self) -> None:
        if (preview := self._beside()) is not None:
            self._ways.copy_line(preview, address=False)

    @Slot()
    def _copy_letter(self) -> None:
        if (preview := self._beside()) is not None:
            self._ways.copy(preview, formatted=False)

    @Slot()
    def _stopped(self) -> None:
        """The keyboard is back where it was."""
        self._card.setEnabled(True)
        if self._pressed is not None and self._pressed.isVisible():
            self._pressed.setFocus(Qt.FocusReason.OtherFocusReason)
        self._pressed = None
