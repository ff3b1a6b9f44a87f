"""What follows a withdrawal where a card has left: a letter to each who holds one, until it is sent or moot."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from peermatch.mail.wording import Templates, stop_using_letter
from peermatch.model.consent import ConsentGate, Purpose, Standing
from peermatch.model.enquiry import Enquiry
from peermatch.model.introduction import Introduction
from peermatch.services.footing import rests_on, withdrawn
from peermatch.services.snapshot import Snapshot
from peermatch.store import enquiries, introductions, supporters
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
class ToTell:
    """Who holds a card that says what is withdrawn: the letters to write, and of which enquiries none is needed."""

    letters: tuple[StopLetter, ...] = ()
    waiting: tuple[str, ...] = ()
    """A letter in the same words waits to be sent."""
    told: tuple[str, ...] = ()
    """They were sent a letter in the same words since it was last agreed to."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A withdrawal of one supporter: consent before it and after it, and whom it leaves without its ground."""

    before: ConsentGate
    after: ConsentGate
    uncarried: frozenset[str]
    """The enquiries whose introduction rested on what is withdrawn now."""

    def lost(self, permitted: Iterable[Permitted]) -> tuple[Permitted, ...]:
        """Of what was permitted, what is withdrawn now and was not before."""
        return tuple(
            point
            for point in permitted
            if self.after.ruling(*point).standing is Standing.WITHDRAWN
            and self.before.ruling(*point).standing is not Standing.WITHDRAWN
        )

    def agreed(self, points: Iterable[Permitted]) -> date:
        """The day on which any of these was last agreed to before."""
        records = (self.before.ruling(*point).record for point in points)
        return max((each.given for each in records if each is not None), default=date.min)

    def grounds(self) -> tuple[Permitted, ...]:
        """What introductions rest on, as far as anything was ever said of it."""
        topics = (each.characteristic for each in self.after.records if each.purpose is Purpose.MATCH)
        return ((Purpose.HOLD, None), *((Purpose.MATCH, each) for each in topics))


def to_tell(tx: Transaction, templates: Templates, taken: Taken, sent: Iterable[Introduction]) -> ToTell:
    """A letter for each introduction whose card says what may not be used any more; none is written twice."""
    letters: list[StopLetter] = []
    before: dict[str, list[str]] = {stored.KIND: [], stored.SENT: []}
    for each in sent:
        on_card = _on_card(tx, each.enquiry, each.supporter)
        whole = each.enquiry in taken.uncarried
        lost = taken.lost(on_card)
        details = _details(on_card, lost, whole=whole)
        if not details:
            continue
        letter = _letter(tx, templates, taken.after.on, each, details)
        agreed = taken.agreed((*lost, *(taken.lost(taken.grounds()) if whole else ())))
        written = stored.written_for(tx, each.enquiry, each.supporter, agreed)
        if letter.letter.body in written:
            before[written[letter.letter.body]].append(each.enquiry)
        else:
            letters.append(letter)
    return ToTell(tuple(letters), tuple(before[stored.KIND]), tuple(before[stored.SENT]))


def _letter(tx: Transaction, templates: Templates, on: date, sent: Introduction, details: str) -> StopLetter:
    cards = introductions.hand_overs(tx, sent.enquiry, sent.supporter)
    enquiry = enquiries.get(tx, sent.enquiry)
    subject, body = stop_using_letter(templates, enquiry, codes_of(cards), details)
    recipient = recipient_of(enquiry, cards)
    letter = OutgoingLetter(stored.KIND, sent.enquiry, sent.supporter, on, recipient, subject, body)
    return StopLetter(letter, (enquiry.requester.safe_contact or "").strip())


def take_off_moot(tx: Transaction, picture: Snapshot, supporter: str, on: date) -> frozenset[str]:
    """Letters that nobody has sent go once all that they speak of is agreed to again; the enquiries that they were for.

    With the yes that they follow from, in its transaction.
    """
    waiting = stored.waiting(tx, supporter)
    moot = {n: each.enquiry for n, each in waiting.items() if not _stands(tx, picture, each, on)}
    for number in moot:
        stored.take_off(tx, number)
    return frozenset(moot.values())


def told(tx: Transaction, picture: Snapshot, supporter: str, on: date) -> bool:
    """Whether anybody who holds a card was sent a letter about something that is still withdrawn."""
    return any(_stands(tx, picture, each, on) for each in stored.sent(tx, supporter).values())


def _stands(tx: Transaction, picture: Snapshot, letter: OutgoingLetter, on: date) -> bool:
    """Whether anything that a letter speaks of is withdrawn."""
    person = supporters.get(tx, letter.supporter or "")
    gate = picture.gate(person, on)
    if any(gate.ruling(*point).standing is Standing.WITHDRAWN for point in _spoken_of(tx, letter)):
        return True
    gone = withdrawn(picture, person, on)
    return _speaks_of_all(letter) and rests_on(picture, enquiries.get(tx, letter.enquiry), gone)


def _speaks_of_all(letter: OutgoingLetter) -> bool:
    """A letter that names no part, as another program may have written it, is taken to speak of all."""
    return WHOLE in letter.body or not any(words in letter.body for _, words in _PARTS)


def _spoken_of(tx: Transaction, letter: OutgoingLetter) -> tuple[Permitted, ...]:
    """What a letter asks its reader not to use, of what is on their card."""
    on_card = _on_card(tx, letter.enquiry, letter.supporter or "")
    if _speaks_of_all(letter):
        return on_card
    named = {purpose for purpose, words in _PARTS if words in letter.body}
    return tuple(point for point in on_card if point[0] in named)


def codes_of(cards: Iterable[HandOver]) -> tuple[str, ...]:
    """By what the reader knows the cards again, each once."""
    return tuple(dict.fromkeys(card.code for card in cards))


def _on_card(tx: Transaction, reference: str, supporter: str) -> tuple[Permitted, ...]:
    """What the cards of one introduction say.

    Of a card that left before this program kept a record of it, any way to reach somebody is taken as being on it.
    """
    permitted = introductions.permitted(tx, reference, supporter)
    return permitted or tuple((each, None) for each in _CHANNELS)


def _details(on_card: Iterable[Permitted], lost: Iterable[Permitted], *, whole: bool) -> str:
    """What they are asked not to use any more; nothing where the card says nothing of it."""
    gone = {purpose for purpose, _ in lost}
    channels = _CHANNELS.intersection(purpose for purpose, _ in on_card)
    if whole or (channels and channels <= gone):
        return WHOLE
    parts = [words for purpose, words in _PARTS if purpose in gone]
    return " or ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def recipient_of(enquiry: Enquiry, cards: tuple[HandOver, ...]) -> str | None:
    """Their address of today, else the one that the card went to; with a risk cue none."""
    if enquiry.risk:
        return None
    return (enquiry.requester.email or "").strip() or (cards[-1].recipient if cards else None)
