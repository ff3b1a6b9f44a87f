"""What no list of found texts may show: who wrote, until that is free, and topics that somebody took back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from peermatch.mail.quoting import parts_of
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
    """What is hidden on one day: whole names and addresses everywhere, single words in what is somebody's own."""

    snapshot: Snapshot
    on: date
    unrevealed: Phrases
    taken_back: Mapping[str, Phrases]
    names: Mapping[str, tuple[tuple[Words, str], ...]]

    @classmethod
    def of(cls, snapshot: Snapshot, on: date) -> "Veils":
        """From the present picture."""
        unfree = (each for each in snapshot.enquiries.values() if not is_free(each))
        hidden = {
            each.id: found for each in snapshot.supporters.values() if (found := _topics(snapshot, each, on))
        }
        names: dict[str, list[tuple[Words, str]]] = {}
        for id in hidden:
            for called in _called(snapshot.supporters[id]):
                names.setdefault(called[0], []).append((called, id))
        return cls(
            snapshot,
            on,
            Phrases.of(run for each in unfree for run in _whole_runs(each)),
            {id: Phrases.of(runs) for id, runs in hidden.items()},
            {first: tuple(those) for first, those in names.items()},
        )

    def over(self, text: str, enquiry: str, supporter: str) -> tuple[Phrases, ...]:
        """The words that are hidden in a text that belongs to an enquiry or a supporter, or speaks of somebody."""
        found = [self.unrevealed]
        asked = self.snapshot.enquiries.get(enquiry)
        if asked is not None and not is_free(asked):
            found.append(Phrases.of(_single_words(asked)))
        concerned = {supporter, *self._named_in(tokens(text))}
        return (*found, *(self.taken_back[id] for id in sorted(concerned & self.taken_back.keys())))

    def pieces(self, text: str, enquiry: str, *, signed: bool) -> tuple[Span, ...]:
        """The pieces that are hidden in what belongs to an enquiry: addresses, numbers, and how it is signed."""
        asked = self.snapshot.enquiries.get(enquiry)
        if asked is None or is_free(asked):
            return ()
        parts = parts_of(text, 0, len(text)) if signed else ()
        return (*reachable_spans(text), *((p.start, p.end) for p in parts if p.kind in _NOT_THEIR_WORDS))

    def _named_in(self, text: tuple[Token, ...]) -> Iterable[str]:
        """Who of those who took something back is named."""
        for number, token in enumerate(text):
            for called, id in self.names.get(token.word, ()):
                if tuple(each.word for each in text[number : number + len(called)]) == called:
                    yield id


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
    runs = (words(" ".join(name_words(each))) for each in (person.name, person.known_as) if each)
    return (run for run in runs if run)


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
