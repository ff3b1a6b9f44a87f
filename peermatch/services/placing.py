"""Where a letter belongs: to the enquiry that it goes on with, to somebody who must say so, aside, or to a new enquiry.

Certain is only what two signs agree on: a thread or a reference of ours, and the address of somebody who belongs to
that enquiry. Everything else waits for a person. The sender is never proved, so nothing is decided by a letter alone.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from peermatch.mail.answers import answer_in
from peermatch.model.enquiry import OPEN_STATUSES, Enquiry, EnquiryStatus
from peermatch.model.introduction import Introduction, State
from peermatch.model.letter import Letter, Nature
from peermatch.model.mail import Answer, MailKind, MailState
from peermatch.model.text import fold_address
from peermatch.store import enquiries, introductions, mailbag
from peermatch.store.transaction import Transaction

_REFERENCE = re.compile(r"\bE-(\d{4,7})\b", re.IGNORECASE)
_CARD = re.compile(r"\bPM-([A-Za-z0-9]{4,12})\b", re.IGNORECASE)
_READ = 20_000
_KINDS = {
    Nature.AUTOMATIC: MailKind.AUTOMATIC,
    Nature.RETURNED: MailKind.RETURNED,
    Nature.SPAM: MailKind.SPAM,
}
_MAY_BE_OPEN = OPEN_STATUSES | {EnquiryStatus.ON_HOLD}
# What is kept with the letter: one language, whatever the screen speaks.
OTHER_SENDER = "It carries this reference, but comes from an address that is not known there."
NO_SENDER = "It carries this reference, and nothing says who wrote it."
CLOSED = "Its enquiry is over, so it may be about something new."
SEVERAL = "It may belong to more than one enquiry."
SAME_SENDER = "The same address has written before, about this enquiry."
ASKED = "A supporter who was asked for this enquiry has written, without its reference."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a letter goes; without a state it begins a new enquiry."""

    state: MailState | None = None
    kind: MailKind = MailKind.LETTER
    enquiry: str | None = None
    supporter: str | None = None
    why: str = ""
    answer: Answer | None = None


NEW = Place()


def mark_of(message_id: str) -> str:
    """By what a letter's own number is kept: nobody can read it there."""
    return "mid:" + hashlib.sha256(message_id.strip().encode("utf-8", "replace")).hexdigest()[:32]


def marks_of(letter: Letter, prints: Sequence[str]) -> tuple[str, ...]:
    """Its prints, and its own number, by which later letters name it."""
    return (*prints, *((mark_of(letter.message_id),) if letter.message_id else ()))


def place_of(tx: Transaction, letter: Letter) -> Place:
    """Where this letter belongs, by what the file says now."""
    found = _candidates(tx, letter)
    if letter.nature is not Nature.ORDINARY:
        return _aside(tx, letter, found)
    if len(found) == 1:
        return _in_thread(tx, letter, found[0])
    if found:
        return Place(MailState.WAITING, why=SEVERAL)
    return _by_sender(tx, letter)


def _candidates(tx: Transaction, letter: Letter) -> tuple[Enquiry, ...]:
    """The enquiries that it names, by the plainest sign that is there: the thread, its subject, its words."""
    threads = mailbag.threads(tx, [mark_of(each) for each in letter.answers])
    for named in (threads, _named(tx, letter.subject), _named(tx, letter.text[:_READ])):
        if held := enquiries.some(tx, named):
            return held
    return ()


def _named(tx: Transaction, words: str) -> tuple[str, ...]:
    plain = [f"E-{number}" for number in _REFERENCE.findall(words)]
    cards = [each for code in dict.fromkeys(_CARD.findall(words)) for each in mailbag.with_card(tx, code)]
    return tuple(dict.fromkeys((*plain, *cards)))[:5]


def _aside(tx: Transaction, letter: Letter, found: Sequence[Enquiry]) -> Place:
    """Beside the enquiry that it is about; of a letter that came back, with the supporter who was not reached."""
    enquiry = found[0].reference if len(found) == 1 else None
    supporter = None
    if enquiry is not None:
        addresses = letter.failed if letter.nature is Nature.RETURNED else (letter.sender_address or "",)
        theirs = [each for a in addresses if a for each in mailbag.asked_at(tx, a, enquiry)]
        supporter = theirs[0] if len(set(theirs)) == 1 else None
    return Place(MailState.ASIDE, _KINDS[letter.nature], enquiry, supporter, letter.why)


def _in_thread(tx: Transaction, letter: Letter, enquiry: Enquiry) -> Place:
    asked = introductions.of_enquiry(tx, enquiry.reference)
    address = letter.sender_address or ""
    theirs = set(mailbag.asked_at(tx, address, enquiry.reference)) if address else set()
    step = next((each for each in reversed(asked) if each.supporter in theirs), None)
    own = bool(address) and fold_address(address) in enquiry.requester.addresses
    if own:
        return _of_enquirer(letter, enquiry, asked)
    if step is not None:
        answer = answer_in(letter) if step.state is State.ASKED else None
        return Place(MailState.JOINED, MailKind.REPLY, enquiry.reference, step.supporter, answer=answer)
    why = OTHER_SENDER if address else NO_SENDER
    return Place(MailState.WAITING, MailKind.LETTER, enquiry.reference, why=why)


def _of_enquirer(letter: Letter, enquiry: Enquiry, asked: Sequence[Introduction]) -> Place:
    if enquiry.status not in _MAY_BE_OPEN:
        return Place(MailState.WAITING, MailKind.LETTER, enquiry.reference, why=CLOSED)
    offered = [each for each in asked if each.state is State.ACCEPTED]
    if len(offered) == 1:
        return Place(MailState.JOINED, MailKind.REPLY, enquiry.reference, answer=answer_in(letter))
    return Place(MailState.JOINED, MailKind.LETTER, enquiry.reference)


def _by_sender(tx: Transaction, letter: Letter) -> Place:
    """Without any sign of ours: who wrote before may go on, and who was asked may answer; a person says which."""
    address = letter.sender_address or ""
    if not address:
        return NEW
    references = mailbag.asked_by(tx, address)
    wrote = [each for each in enquiries.some(tx, references) if each.status in _MAY_BE_OPEN]
    if len(wrote) == 1:
        return Place(MailState.WAITING, MailKind.LETTER, wrote[0].reference, why=SAME_SENDER)
    if wrote:
        return Place(MailState.WAITING, why=SEVERAL)
    ids = mailbag.asked_at(tx, address)
    steps = [each for theirs in introductions.of_some(tx, ids).values() for each in theirs]
    waiting = [each for each in steps if each.state is State.ASKED]
    if len(waiting) != 1:
        return NEW
    step = waiting[0]
    return Place(MailState.WAITING, MailKind.REPLY, step.enquiry, step.supporter, ASKED, answer_in(letter))
