"""What follows a withdrawal where a card has left already: a letter to each who holds one, to be sent by a person."""

from collections.abc import Iterable
from dataclasses import dataclass

from peermatch.mail.wording import Templates, stop_using_letter
from peermatch.model.consent import ConsentGate, Purpose, Standing
from peermatch.model.enquiry import Enquiry
from peermatch.model.introduction import Introduction
from peermatch.store import enquiries, introductions
from peermatch.store import stop_letters as stored
from peermatch.store.introductions import HandOver, OutgoingLetter
from peermatch.store.transaction import Transaction

WHOLE = "those contact details"
_CHANNELS = frozenset({Purpose.CONTACT_EMAIL, Purpose.CONTACT_PHONE})
_PARTS = (
    (Purpose.CONTACT_EMAIL, "the e-mail address in it"),
    (Purpose.CONTACT_PHONE, "the phone number in it"),
    (Purpose.CONTACT_NAME, "the surname in it"),
    (Purpose.CONTACT_ORGANISATION, "what it says of where they work"),
    (Purpose.CONTACT_ROLE, "what it says of the work that they do"),
    (Purpose.SHARE, "what it says about them"),
)

Permitted = tuple[Purpose, str | None]


@dataclass(frozen=True, slots=True)
class StopLetter:
    """A letter in the outbox, and what to look at before it is sent: how its reader may be reached safely.

    ``letter.recipient`` is empty where risk was noticed: then a person finds a safe way first.
    """

    letter: OutgoingLetter
    safely: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A withdrawal of one supporter: consent before it and after it, and whom it leaves without its ground."""

    before: ConsentGate
    after: ConsentGate
    uncarried: frozenset[str]
    """The enquiries whose introduction rested on what is withdrawn now."""

    def lost(self, permitted: Iterable[Permitted]) -> frozenset[Purpose]:
        """Of what was permitted for a card, the purposes that are withdrawn now and were not before."""
        return frozenset(
            purpose
            for purpose, characteristic in permitted
            if self.after.ruling(purpose, characteristic).standing is Standing.WITHDRAWN
            and self.before.ruling(purpose, characteristic).standing is not Standing.WITHDRAWN
        )


def stop_letters(
    tx: Transaction, templates: Templates, taken: Taken, sent: Iterable[Introduction]
) -> tuple[StopLetter, ...]:
    """A letter for each introduction whose card says what may not be used any more; none is written twice."""
    found = (_letter(tx, templates, taken, each) for each in sent)
    return tuple(each for each in found if each is not None)


def _letter(tx: Transaction, templates: Templates, taken: Taken, sent: Introduction) -> StopLetter | None:
    cards = introductions.hand_overs(tx, sent.enquiry, sent.supporter)
    permitted = introductions.permitted(tx, sent.enquiry, sent.supporter)
    details = _details(taken, permitted, whole=sent.enquiry in taken.uncarried)
    if not details:
        return None
    enquiry = enquiries.get(tx, sent.enquiry)
    subject, body = stop_using_letter(templates, enquiry, codes_of(cards), details)
    if body in stored.written_for(tx, sent.enquiry, sent.supporter):
        return None
    letter = OutgoingLetter(
        stored.KIND, sent.enquiry, sent.supporter, taken.after.on, recipient_of(enquiry, cards), subject, body
    )
    return StopLetter(letter, (enquiry.requester.safe_contact or "").strip())


def codes_of(cards: Iterable[HandOver]) -> tuple[str, ...]:
    """By what the reader knows the cards again, each once."""
    return tuple(dict.fromkeys(card.code for card in cards))


def _details(taken: Taken, permitted: Iterable[Permitted], *, whole: bool) -> str:
    """What they are asked not to use any more; nothing where the card says nothing of it.

    Of a card that left before this program kept a record of it, any way to reach somebody is taken as being on it.
    """
    on_card = tuple(permitted) or tuple((each, None) for each in _CHANNELS)
    lost = taken.lost(on_card)
    channels = _CHANNELS.intersection(purpose for purpose, _ in on_card)
    if whole or (channels and channels <= lost):
        return WHOLE
    parts = [words for purpose, words in _PARTS if purpose in lost]
    return " or ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def recipient_of(enquiry: Enquiry, cards: tuple[HandOver, ...]) -> str | None:
    """Their address of today, else the one that the card went to; with a risk cue none."""
    if enquiry.risk:
        return None
    return (enquiry.requester.email or "").strip() or (cards[-1].recipient if cards else None)
