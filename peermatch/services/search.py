"""Finding people, enquiries, introductions, topics and words; what nobody may see is not found either.

What somebody looks for is written nowhere: not in the file, not in the journal, not in a log.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from peermatch.model.characteristics import Term
from peermatch.model.enquiry import Enquiry
from peermatch.model.introduction import Introduction
from peermatch.model.roll import Line
from peermatch.model.searching import Phrases, Span, TextKind, excerpt, wanted_words
from peermatch.services.desk import Desk
from peermatch.services.finding import Named, Names
from peermatch.services.finding_people import MANY, Called
from peermatch.services.snapshot import Snapshot
from peermatch.services.veils import Veils, is_free
from peermatch.store import search
from peermatch.store.search import Text

MOST_TEXTS = 12
"""So many texts are shown; more of them ask for another word."""
_LOOKED_AT = 60
_SHORTEST = 2


class Sort(StrEnum):
    """What a place is."""

    PERSON = "person"
    ENQUIRY = "enquiry"
    INTRODUCTION = "introduction"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Place:
    """Something of the network that somebody may go to; only the ids that it needs are there."""

    sort: Sort
    enquiry: str = ""
    supporter: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """All places by what they are called, and what is hidden, from one picture of the network.

    Whoever searches holds it while they do; nothing else keeps it, so that nobody who was erased stays in it.
    """

    names: Names[Place] | Called[Place]
    veils: Veils


@dataclass(frozen=True, slots=True)
class Passage:
    """A text in which all the words stand: what it is, what it belongs to, and the piece that may be shown."""

    kind: TextKind
    enquiry: str
    supporter: str
    piece: str


@dataclass(frozen=True, slots=True)
class Passages:
    """Some texts, the best first, and whether there are more."""

    shown: tuple[Passage, ...] = ()
    more: bool = False


class Search:
    """Looks things up; it changes nothing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def index(self) -> Index:
        """The places of the present picture."""
        picture = self._desk.snapshot
        return Index(_names(picture), Veils.of(picture, self._desk.today))

    def texts(self, typed: str, index: Index | None = None) -> Passages:
        """Letters and notes in which every word that was typed stands, as far as a list may show that they do."""
        wanted = wanted_words(typed)
        if sum(len(word) for run in wanted for word in run) < _SHORTEST:
            return Passages()
        with self._desk.store.read() as tx:
            found = search.found(tx, typed.split(), _LOOKED_AT)
        veils = self._veils(index) if found else None
        shown: list[Passage] = []
        for text in found:
            piece = excerpt(text.body, wanted, *_hidden(veils, text)) if veils else None
            if piece is not None:
                shown.append(Passage(text.kind, text.enquiry, text.supporter, piece))
            if len(shown) > MOST_TEXTS:
                break
        return Passages(tuple(shown[:MOST_TEXTS]), len(shown) > MOST_TEXTS)

    def _veils(self, index: Index | None) -> Veils:
        """Those of the index, as long as nothing has changed since it was made."""
        picture, on = self._desk.snapshot, self._desk.today
        if index is not None and index.veils.snapshot is picture and index.veils.on == on:
            return index.veils
        return Veils.of(picture, on)


def _hidden(veils: Veils, text: Text) -> tuple[tuple[Phrases, ...], tuple[Span, ...]]:
    """What of a text no list may show."""
    written = text.kind in (TextKind.LETTER, TextKind.MAIL)
    pieces = veils.pieces(text.body, text.enquiry, signed=written)
    signed = veils.signed(text.enquiry, text.sender) if not text.supporter else ()
    return (*veils.over(text.body, text.enquiry, text.supporter), *signed), pieces


def _names(picture: Snapshot) -> Names[Place] | Called[Place]:
    """Everything by its names; of a great network people are looked for in the roll instead."""
    roll = picture.supporters.roll
    if len(roll) <= MANY:
        return Names((*map(_person, roll), *_places(picture)))
    return Called(Names(_places(picture)), roll, _person)


def _places(picture: Snapshot) -> Iterable[Named[Place]]:
    """Everything but people that may be gone to, by all that it is called."""
    # Of equals the one that comes first here is shown first: what is open or in hand, and what is new.
    for enquiry in sorted(picture.enquiries.values(), key=_open_and_new, reverse=True):
        yield _enquiry(enquiry, picture)
    for introduction in sorted(picture.introductions, key=_in_hand_and_new, reverse=True):
        yield _introduction(introduction, picture)
    vocabulary = picture.reference.vocabulary
    for group in vocabulary.groups.values():
        yield Named(Place(Sort.TOPIC, topic=group.id), group.label)
    for term in vocabulary.terms.values():
        yield _topic(term)


def _topic(term: Term) -> Named[Place]:
    """By its other names too; nobody who looks for "consent" is shown an assault because of "without my consent"."""
    also = (*term.abbreviations, *term.synonyms, *term.misspellings)
    personal = term.special_category or term.extra_sensitive or term.criminal_offence_data or term.risk_first
    faint = tuple(each for each in also if personal and " " in each)
    plain = tuple(each for each in also if each not in faint)
    exact = (term.id, *term.abbreviations)
    return Named(Place(Sort.TOPIC, topic=term.id), term.label, plain, faint=faint, exact=exact)


def _open_and_new(enquiry: Enquiry) -> tuple[bool, date, str]:
    return enquiry.open, enquiry.received, enquiry.reference


def _in_hand_and_new(introduction: Introduction) -> tuple[bool, date, str, str]:
    return introduction.in_hand, introduction.asked, introduction.enquiry, introduction.supporter


def _person(person: Line) -> Named[Place]:
    return Named(
        Place(Sort.PERSON, supporter=person.id), person.name, (person.also,), (person.id,), exact=(person.id,)
    )


def _enquiry(enquiry: Enquiry, picture: Snapshot) -> Named[Place]:
    """By its reference and topics; by who wrote only where that is shown without asking."""
    topics = (picture.reference.vocabulary.label(need.characteristic) for need in enquiry.needs)
    who = enquiry.requester.name if is_free(enquiry) else None
    place = Place(Sort.ENQUIRY, enquiry=enquiry.reference)
    return Named(place, enquiry.reference, (*topics, who or ""), (enquiry.reference,))


def _introduction(introduction: Introduction, picture: Snapshot) -> Named[Place]:
    roll = picture.supporters.roll
    number = roll.number(introduction.supporter)
    who = "" if number is None else roll.name(number)
    place = Place(Sort.INTRODUCTION, introduction.enquiry, introduction.supporter)
    codes = (introduction.enquiry, introduction.supporter)
    return Named(place, introduction.enquiry, (who,), codes)
