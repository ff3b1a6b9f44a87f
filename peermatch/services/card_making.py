"""What one card has beside the plain letter, made from wishes: the locked page, the time to talk, the mark."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from peermatch import paths
from peermatch.errors import BadInput
from peermatch.exchange.card_files import Stamp, Stationery, card_paper
from peermatch.exchange.card_ics import Event, refuse_time
from peermatch.exchange.card_lock import Paper, as_typed, locked, refuse_passphrase
from peermatch.exchange.card_read_pdf import read_pdf
from peermatch.exchange.card_text import words_of
from peermatch.exchange.press import Press
from peermatch.model.card import ContactCard, Described, Role, SharedTopic, Workplace
from peermatch.model.card_wishes import CardWishes, Meeting, needs_mark
from peermatch.model.enquiry import Enquiry
from peermatch.model.people import Supporter
from peermatch.model.reference import Reference
from peermatch.store import mail_mark, settings
from peermatch.store.backup import AUDIT_KEY
from peermatch.store.passphrase import PassphraseRules
from peermatch.store.transaction import Transaction
from peermatch.words import tr

DRAWN = 5
READ_BY_ALL = 32
"""Signs of a passphrase: poppler's own tools cut off what is longer."""


@dataclass(frozen=True, slots=True)
class Marking:
    """Whether this letter is marked secure, whether the network uses the mark, and whether somebody asked for care."""

    on: bool
    used: bool
    careful: bool


def press() -> Press:
    """What pages of cards are made with."""
    return Press(paths.resources() / "card" / "card.typ", paths.resources() / "fonts")


def rules() -> PassphraseRules:
    """The words that a passphrase is drawn from, and those that everybody tries first."""
    return PassphraseRules.load(paths.resources() / "words")


def drawn_words(words: tuple[str, ...]) -> str:
    """Five words by chance, about 60 bits; no longer than what every program that reads a PDF can take."""
    while True:
        drawn = " ".join(secrets.choice(words) for _ in range(DRAWN))
        if len(drawn) <= READ_BY_ALL:
            return drawn


def refuse_wishes(wishes: CardWishes, now: datetime) -> None:
    """BadInput for a passphrase that locks nothing, or a time that nobody can keep."""
    if wishes.passphrase:
        if not wishes.pdf:
            raise BadInput(tr("A passphrase locks a PDF, and none is asked for."), tr("Ask for the PDF too."))
        rules().check_new(wishes.passphrase)
        refuse_passphrase(wishes.passphrase)
    if wishes.meeting:
        refuse_time(wishes.meeting, now)


def marking(tx: Transaction, wishes: CardWishes, recipient: str, safe_contact: str) -> Marking:
    """The network's rule for this address, unless the coordinator decides for this card.

    To somebody who lives with abuse the notice of an encrypted message is a danger: where the enquirer said how to
    reach them safely, the mark waits for a yes.
    """
    free = mail_mark.free_domains(tx)
    careful = bool(safe_contact.strip())
    by_rule = needs_mark(recipient, free) and not careful
    return Marking(by_rule if wishes.secure is None else wishes.secure, free is not None, careful)


def paper_of(
    card: ContactCard, stamp: Stamp, stationery: Stationery, wishes: CardWishes, earlier: Paper | None
) -> Paper | None:
    """The page of a card; the lock of one that was shown stays as it is, as long as the page beneath it is the same."""
    if not wishes.pdf:
        return None
    plain = card_paper(words_of(card), stamp.code, stamp.sent, stationery)
    if not wishes.passphrase:
        return Paper(plain, plain)
    typed = as_typed(wishes.passphrase)
    if earlier is not None and (earlier.plain, earlier.passphrase) == (plain, typed):
        return earlier
    return Paper(plain, locked(plain, typed), typed)


def words_in(paper: Paper | None) -> str:
    """What another reader finds in the page."""
    found = read_pdf(paper.plain) if paper is not None else None
    return found.text if found is not None else ""


def event_of(tx: Transaction, pair: tuple[str, str], meeting: Meeting | None, earlier: int) -> Event | None:
    """The entry for a meeting of two: its number is always the same, and tells nobody outside who they are."""
    if meeting is None:
        return None
    told = "\0".join(("a time to talk", *pair)).encode()
    number = hmac.new(settings.secret(tx, AUDIT_KEY), told, hashlib.sha256).hexdigest()[:32]
    return Event(meeting, number, earlier)


def described(lists: Reference, person: Supporter, enquiry: Enquiry) -> Described:
    """The words for the ids on a supporter's record; topics are those that meet something the enquiry needs."""
    vocabulary = lists.vocabulary
    topics = (c for c in person.characteristics if any(vocabulary.meets(c, n) for n in enquiry.wanted))
    return Described(
        role=Role(
            grade=lists.grades.label(person.grade) if person.grade else None,
            specialty=lists.specialties.label(person.specialty) if person.specialty else None,
            county=lists.organisations.county(person.organisation) if person.organisation else None,
        ),
        workplace=Workplace(
            organisation=lists.organisations.name(person.organisation) if person.organisation else None,
            town=person.place
            or (lists.organisations.town(person.organisation) if person.organisation else None),
        ),
        topics=tuple(SharedTopic(c, vocabulary.label(c)) for c in dict.fromkeys(topics)),
    )
