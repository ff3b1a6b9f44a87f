"""The words that people agree to: each version kept in full, added and never changed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from peermatch.errors import BadInput, Fault
from peermatch.matching import outlooks
from peermatch.model.changes import Done, Touched
from peermatch.model.consent import Wording
from peermatch.model.text import one_line, readable
from peermatch.services.desk import Desk
from peermatch.store import settings
from peermatch.words import tr

LONGEST_ID = 40
LONGEST_TEXT = 20_000
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_TAKE_BACK = re.compile(
    r"\b(withdraw\w*|take\w*\s+(\w+\s+){0,7}back|change my mind|stop at any time)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Held:
    """A version, and on how many people's records a yes under it counts today."""

    wording: Wording
    people: int


class Wordings:
    """What the lead writes, and the data protection officer approves."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def every(self, on: date) -> tuple[Held, ...]:
        """All versions, the newest first, each with how many people agree to it today."""
        picture = self._desk.snapshot
        counted, unsettled = outlooks.wordings(picture.register, on)
        for id in unsettled:
            person = picture.supporter(id)
            gate = picture.gate(person, on)
            asked = {(record.purpose, record.characteristic) for record in person.consents}
            rulings = (gate.ruling(*each) for each in asked)
            counted.update({r.record.wording for r in rulings if r.valid and r.record is not None})
        return tuple(Held(each, counted[each.id]) for each in reversed(picture.wordings))

    @staticmethod
    def usual(every: Sequence[Held]) -> str:
        """The version that a campaign is most likely to use: that of most people today, else the newest."""
        return max(every, key=lambda each: each.people).wording.id if every else ""

    def offered_id(self, on: date) -> str:
        """The next free id of this year: ``2026-3`` after ``2026-2``."""
        taken = {each.id for each in self._desk.snapshot.wordings}
        return next(id for n in range(1, len(taken) + 2) if (id := f"{on.year}-{n}") not in taken)

    def missing(self, text: str) -> tuple[str, ...]:
        """What a consent text should say and does not seem to (UK GDPR articles 4(11) and 7(3)); it may be kept so."""
        controller, found = self._desk.snapshot.controller, []
        if controller and controller.casefold() not in text.casefold():
            found.append(
                tr("It does not name {controller}, who decides about the data.").format(controller=controller)
            )
        if not _TAKE_BACK.search(text):
            found.append(tr("It does not say that people can take their consent back at any time."))
        return tuple(found)

    def add(self, wording: Wording) -> Done:
        """A new version; an id that is taken stays as it is."""
        kept = Wording(
            one_line(wording.id), readable(wording.text).strip(), wording.language, wording.covers_narrower
        )
        if faults := self._faults(kept):
            raise BadInput(tr("The wording was not kept."), tr("Please correct what is marked."), faults)
        with self._desk.command("wording-add", kept.id) as tx:
            settings.add_wording(tx, kept)
        return self._desk.done(tx, Touched(network=True), tr("The wording {id} is kept.").format(id=kept.id))

    def _faults(self, wording: Wording) -> tuple[Fault, ...]:
        found = []
        if len(wording.id) > LONGEST_ID or not _ID.fullmatch(wording.id):
            found.append(Fault("id", tr("Use letters, digits and hyphens, for example 2026-3.")))
        elif wording.id in {each.id for each in self._desk.snapshot.wordings}:
            found.append(Fault("id", tr("There is a wording of this name already, and it is never changed.")))
        if not wording.text:
            found.append(Fault("text", tr("Write the words that people will be shown.")))
        elif len(wording.text) > LONGEST_TEXT:
            found.append(Fault("text", tr("This is too long to be read. Keep it short and plain.")))
        return tuple(found)
