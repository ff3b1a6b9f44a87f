"""What a supporter was sent: the letters that somebody noted, and those of the campaigns that asked again."""

from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from peermatch.model.letter_kinds import LETTERS, Side
from peermatch.model.posted import Posted
from peermatch.services.introductions import LetterDraft
from peermatch.services.letters import TO_SUPPORTER
from peermatch.store import posted
from peermatch.store.introductions import OutgoingLetter
from peermatch.store.network import Store

_KINDS = tuple(each for each in (*Posted, TO_SUPPORTER) if LETTERS[each].side is Side.SUPPORTER)


@dataclass(frozen=True, slots=True)
class SentLetter:
    """One letter as it was sent; ``enquiry`` is empty where it belongs to the supporter alone."""

    letter: str
    day: date
    enquiry: str
    draft: LetterDraft


def sent_to(store: Store, supporter: str) -> tuple[SentLetter, ...]:
    """All of them, the newest first."""
    with store.read() as tx:
        found = [*posted.every_to(tx, supporter, _KINDS), *posted.renewals_to(tx, supporter)]
    found.sort(key=attrgetter("written"))
    return tuple(map(_sent, reversed(found)))


def _sent(letter: OutgoingLetter) -> SentLetter:
    draft = LetterDraft(letter.recipient, letter.subject, letter.body)
    return SentLetter(letter.kind, letter.written, letter.enquiry, draft)
