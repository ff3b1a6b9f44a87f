"""Keeps half-typed work in the encrypted file while it is being typed, and brings it back after the unlock."""

import json
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from peermatch.errors import PeerMatchError
from peermatch.services.drafts import Draft
from peermatch.services.office import Services
from peermatch.ui.locking.forms import Values
from peermatch.ui.locking.place import go_back
from peermatch.ui.screens.shelf import ScreenShelf
from peermatch.ui.soon import soon
from peermatch.ui.tasks import Tasks

EVERY_MS = 15_000
SOON_MS = 1_000


class DraftKeeper(QObject):
    """Looks every quarter of a minute whether something new was typed: after a crash not more than that is lost.

    ``place_known`` brings the screen where the person was, ``came_back`` says that something half-typed is back.
    Nothing is written before, so that what was kept is not overwritten by screens that are still empty.
    """

    place_known = Signal(str)
    came_back = Signal()

    def __init__(self, services: Services, tasks: Tasks, screens: ScreenShelf, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._screens = services, tasks, screens
        self._kept: tuple[Draft, ...] = ()
        self._place: Values = {}
        self._ready = False
        self._timer = soon(self, self.look)

    def start(self) -> None:
        """Read what was kept."""
        self._tasks.run(self, self._services.drafts.kept, self._bring_back, self._not_read)

    def taken(self, current: str) -> tuple[Draft, ...] | None:
        """All that is half-typed now, with the place; None before anything came back: what is kept stays."""
        if not self._ready:
            return None
        from peermatch.ui.locking import half_typed

        return half_typed.taken(self._screens.built, current, self._place)

    def look_soon(self) -> None:
        """A step was done: what it was made from is perhaps no longer half-typed."""
        if self._ready:
            self._timer.start(SOON_MS)

    @Slot()
    def look(self) -> None:
        """Keep what is typed now, where it differs from what is kept."""
        from peermatch.ui.locking import half_typed

        self._timer.start(EVERY_MS)
        found = half_typed.unfinished(half_typed.taken(self._screens.built, ""))
        if found != self._kept:
            work = partial(self._services.drafts.keep, found)
            self._tasks.run(self, work, partial(self._done, found), self._not_kept)

    def _bring_back(self, drafts: tuple[Draft, ...]) -> None:
        typed, self._place = False, _place_of(drafts)
        if len(drafts) == 1 and self._place:  # nothing was half-typed, so nothing else need be loaded
            go_back(self._screens, self._place)
            if self._place.get("screen") in self._screens:
                self.place_known.emit(str(self._place["screen"]))
        elif drafts:
            from peermatch.ui.locking import half_typed

            typed = half_typed.put_back(self._screens, drafts, self.place_known.emit)
            self._kept = half_typed.unfinished(drafts)
        self._ready = True
        self._timer.start(EVERY_MS)
        if typed:
            self.came_back.emit()

    def _done(self, kept: tuple[Draft, ...], _nothing: None) -> None:
        self._kept = kept

    def _not_read(self, _error: PeerMatchError) -> None:
        """What cannot be read is not overwritten either."""

    def _not_kept(self, _error: PeerMatchError) -> None:
        """The disk is full, say: it is tried again soon, and said when the window locks."""


def _place_of(drafts: tuple[Draft, ...]) -> Values:
    """Where the person was."""
    said = next((draft.body for draft in drafts if draft.key == "place"), "{}")
    with suppress(ValueError):
        found = json.loads(said)
        return found if isinstance(found, dict) else {}
    return {}
