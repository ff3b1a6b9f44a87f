"""What no list of found texts may show: who wrote, until that is free, and topics that somebody took back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from peermatch.mail.quoting import parts_of
from peermatch.matching.roster import took_back
from peermatch.model.characteristics import Vocabulary
from peermatch.model.consent import Purpose, Standing
from peermatch.model.enquiry import Enquiry
from peermatch.model.leaks import name_words
from peermatch.model.letter import PartKind
from peermatch.model.people import Supporter
from peermatch.model.searching import Phrases, Span, Token, Words, reachable_spans, tokens, words
from peermatch.services.snapshot import Snapshot

_NOT_THEIR_WORDS = (PartKind.QUOTED, PartKind.SIGNATURE)


@dataclass(frozen=True, slots=True)
class Veils:
    """What is hidden on one day: whole names and addresses everywhere, single words in what is somebody's own.

    Who took something back is known from the columns; a record is read once a text belongs to them or may name them.
    """

    snapshot: Snapshot
    on: date
    unrevealed: Phrases
    _taken_back: dict[str, Phrases | None] = field(default_factory=dict)
    _firsts: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, snapshot: Snapshot, on: date) -> "Veils":
        """From the present picture."""
        unfree = (each for each in snapshot.enquiries.values() if not is_free(each))
        return cls(snapshot, on, Phrases.of(run for each in unfree for run in _whole_runs(each)))

    def over(self, text: str, enquiry: str, supporter: str) -> tuple[Phrases, ...]:
        """The words that are hidden in a text that belongs to an enquiry or a supporter, or speaks of somebody."""
        found = [self.unrevealed]
        asked = self.snapshot.enquiries.get(enquiry)
        if asked is not None and not is_free(asked):
            found.append(Phrases.of(_single_words(asked)))
        concerned = sorted({supporter, *self._named_in(tokens(text))})
        hidden = (self._hidden_of(id) for id in concerned)
        return (*found, *(each for each in hidden if each is not None))

    def pieces(self, text: str, enquiry: str, *, signed: bool) -> tuple[Span, ...]:
        """The pieces that are hidden in what belongs to an enquiry: addresses, numbers, and how it is signed."""
        asked = self.snapshot.enquiries.get(enquiry)
        if asked is None or is_free(asked):
            return ()
        parts = parts_of(text, 0, len(text)) if signed else ()
        return (*reachable_spans(text), *((p.start, p.end) for p in parts if p.kind in _NOT_THEIR_WORDS))

    def signed(self, enquiry: str, sender: str) -> tuple[Phrases, ...]:
        """The name of whoever else wrote a later letter: hidden as long as the enquirer's own is."""
        asked = self.snapshot.enquiries.get(enquiry)
        if not sender or asked is None or is_free(asked):
            return ()
        return (Phrases.of((each,) for each in words(" ".join(name_words(sender)))),)

    def _named_in(self, text: tuple[Token, ...]) -> Iterable[str]:
        """Who of those who took something back is named."""
        firsts = self._begun_with()
        for number, token in enumerate(text):
            for id in firsts.get(token.word, ()):
                for called in _called(self.snapshot.supporters[id]):
                    if tuple(each.word for each in text[number : number + len(called)]) == called:
                        yield id

    def _begun_with(self) -> Mapping[str, list[str]]:
        """With which words a name of somebody who took something back may begin: some more, and none left out."""
        if not self._firsts:
            roll = self.snapshot.supporters.roll
            for id in took_back(self.snapshot.register):
                number = roll.number(id)
                line = roll.line(number) if number is not None else None
                runs = (_run(each) for each in (line.name, line.also) if each) if line is not None else ()
                for first in {run[0] for run in runs if run}:
                    self._firsts.setdefault(first, []).append(id)
        return self._firsts

    def _hidden_of(self, id: str) -> Phrases | None:
        """What one person took back; none for whoever took back nothing, or is no supporter."""
        if id not in self._taken_back:
            person = self.snapshot.supporters.get(id)
            topics = _topics(self.snapshot, person, self.on) if person is not None else frozenset()
            self._taken_back[id] = Phrases.of(topics) if topics else None
        return self._taken_back[id]


def is_free(enquiry: Enquiry) -> bool:
    """Whether who wrote is shown without asking, for their own yes is on record."""
    return enquiry.consent is not None


def _whole_runs(enquiry: Enquiry) -> Iterable[Words]:
    """An enquirer's whole name and addresses: recognised wherever they stand."""
    person = enquiry.requester
    called = words(" ".join(name_words(person.name or "")))
    addresses = (words(each) for each in (person.email, *person.other_emails) if each)
    return (*((called,) if len(called) > 1 else ()), *addresses)


def _single_words(enquiry: Enquiry) -> Iterable[Words]:
    """Each part of an enquirer's name, hidden in their own letters alone: it may be an everyday word elsewhere."""
    called = words(" ".join(name_words(enquiry.requester.name or "")))
    return ((each,) for each in called)


def _called(person: Supporter) -> Iterable[Words]:
    """By what a supporter is recognised in texts of others."""
    runs = (_run(each) for each in (person.name, person.known_as) if each)
    return (run for run in runs if run)


def _run(name: str) -> Words:
    return words(" ".join(name_words(name)))


def _topics(snapshot: Snapshot, person: Supporter, on: date) -> frozenset[Words]:
    """All that people call a topic that somebody took back, or one below it that does not stand by itself."""
    if not any(each.withdrawn for each in person.consents):
        return frozenset()
    said = {each.characteristic for each in person.consents if each.withdrawn and each.characteristic}
    gate, vocabulary = snapshot.gate(person, on), snapshot.reference.vocabulary
    if gate.ruling(Purpose.HOLD).standing is Standing.WITHDRAWN:
        said |= set(person.characteristics)
    hidden = (each for each in vocabulary.terms if said & {each, *vocabulary.broader(each)})
    gone = [each for each in hidden if not gate.allows(Purpose.MATCH, each)]
    return frozenset(run for each in gone for run in _spoken(vocabulary, each))


def _spoken(vocabulary: Vocabulary, topic: str) -> Iterable[Words]:
    term = vocabulary.terms[topic]
    texts = (term.label, *term.synonyms, *term.abbreviations, *term.misspellings)
    return (run for each in texts if (run := words(each)))
