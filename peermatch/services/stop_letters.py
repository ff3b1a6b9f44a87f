"""Letters to those who hold a card of somebody who took consent back: which wait, and that a person has sent one."""

from collections.abc import Mapping
from datetime import date

from peermatch.model.changes import Done, Touched
from peermatch.services.desk import Desk
from peermatch.services.withdrawal import StopLetter, told
from peermatch.store import stop_letters as stored
from peermatch.store.introductions import OutgoingLetter
from peermatch.words import tr


class StopLetters:
    """Written with a withdrawal, in its own transaction; here they are read and noted as sent."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def waiting(self, supporter: str) -> Mapping[int, StopLetter]:
        """Those about one supporter that nobody has sent, by number, with how their readers are reached safely."""
        with self._desk.store.read() as tx:
            found = stored.waiting(tx, supporter)
        held = self._desk.snapshot.enquiries
        return {
            number: StopLetter(each, (held[each.enquiry].requester.safe_contact or "").strip())
            for number, each in found.items()
        }

    def told(self, supporter: str, on: date) -> bool:
        """Whether anybody who holds a card was told of something that is still withdrawn."""
        with self._desk.store.read() as tx:
            return told(tx, self._desk.snapshot, supporter, on)

    def sent(self, number: int, on: date) -> Done:
        """A person has sent one of them from their own mailbox."""
        with self._desk.command("stop-told") as tx:
            letter = stored.note_sent(tx, number, on)
            tx.about = f"{letter.enquiry} {letter.supporter}"
        notice = tr("Noted: the letter about {reference} was sent.").format(reference=letter.enquiry)
        return self._desk.done(tx, _touched(letter), notice)


def _touched(letter: OutgoingLetter) -> Touched:
    """Whose records show it."""
    return Touched(frozenset({letter.supporter} if letter.supporter else ()), frozenset({letter.enquiry}))
