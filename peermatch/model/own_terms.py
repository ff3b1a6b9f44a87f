"""A network's own characteristics: their ids, when each came to stand where it stands, and what a change may not do."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from peermatch.errors import Fault
from peermatch.model.characteristics import Group, Term, Vocabulary
from peermatch.model.consent import PER_CHARACTERISTIC, ConsentRecord, ConsentRules, ruling_record
from peermatch.model.people import Supporter

PREFIX = "own."
LONGEST_LABEL, LONGEST_DESCRIPTION, MOST_WORDS = 80, 500, 40


@dataclass(frozen=True, slots=True)
class TermStanding:
    """Since when an own term stands under what is above it, and since when it is offered to nobody new."""

    placed: date
    retired: date | None = None


def slug(words: str) -> str:
    """Words as a part of an id: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", words).casefold()
    kept = "".join(c if c.isascii() and c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return re.sub(r"\s+", "-", kept.strip())[:40].strip("-")


def free_id(label: str, taken: Callable[[str], bool]) -> str:
    """The id of a new one: ``own.tinnitus``, or ``own.tinnitus-2`` where that is taken; a rename never changes it."""
    stem = f"{PREFIX}{slug(label) or 'new'}"
    if not taken(stem):
        return stem
    return next(id for n in range(2, 10_000) if not taken(id := f"{stem}-{n}"))


def blank_term(id: str, label: str, broader: str) -> Term:
    """A term with nothing but its name and place."""
    return Term(
        id=id,
        label=label,
        description="",
        broader=broader,
        leaf=True,
        synonyms=(),
        abbreviations=(),
        misspellings=(),
        weak_cues=(),
        related=(),
        special_category=False,
        art9=(),
        inferred=False,
        extra_sensitive=False,
        equality_act=(),
        criminal_offence_data=False,
        risk_first=False,
        signposts=(),
        source=(),
        verified=False,
    )


def term_faults(term: Term, vocabulary: Vocabulary) -> tuple[Fault, ...]:
    """Everything wrong with an own term beside the whole vocabulary, each under its field; rings included."""
    return (*_word_faults(term, vocabulary), *_place_faults(term, vocabulary))


def _word_faults(term: Term, vocabulary: Vocabulary) -> Iterator[Fault]:
    if not term.label:
        yield Fault("label", "Write what people call it.")
    elif len(term.label) > LONGEST_LABEL:
        yield Fault("label", "This name is too long for a list. Keep it short.")
    elif other := _called(term, vocabulary):
        yield Fault("label", f"There is already “{other}”. Use that, or choose another name.")
    if len(term.description) > LONGEST_DESCRIPTION:
        yield Fault("description", "This is too long. Say it in a sentence or two.")
    if len(term.synonyms) > MOST_WORDS or any(len(each) > LONGEST_LABEL for each in term.synonyms):
        yield Fault("synonyms", f"Write up to {MOST_WORDS} short words, divided by commas.")


def _called(term: Term, vocabulary: Vocabulary) -> str:
    """The label of another term or group of the same name."""
    wanted = term.label.casefold()
    others: tuple[Group | Term, ...] = (*vocabulary.groups.values(), *vocabulary.terms.values())
    return next((each.label for each in others if each.id != term.id and each.label.casefold() == wanted), "")


def _place_faults(term: Term, vocabulary: Vocabulary) -> Iterator[Fault]:
    if not term.broader:
        yield Fault("broader", "Choose what it belongs to.")
    elif not vocabulary.knows(term.broader):
        yield Fault("broader", f"{term.broader} is not in the list.")
    elif term.broader == term.id or term.broader in vocabulary.narrower(term.id):
        yield Fault("broader", "It cannot belong to itself, or to something that belongs to it.")
    for other, strength in term.related:
        if other == term.id or not vocabulary.is_term(other):
            yield Fault("related", f"{vocabulary.label(other)} is not another characteristic.")
        elif not 0 < strength < 1:
            yield Fault("related", "How near they are must lie between 0 and 1.")


def changed(vocabulary: Vocabulary, term: Term) -> Vocabulary:
    """The vocabulary with a new or another own term; BadInput where it would not hold together."""
    return Vocabulary(vocabulary.groups, {**vocabulary.terms, term.id: term})


def widened(
    people: Iterable[Supporter], before: ConsentRules, after: ConsentRules, on: date
) -> tuple[Supporter, ...]:
    """Those of whom more would count as agreed only because something moved; a move must widen nobody's yes."""
    return tuple(each for each in people if any(_more(each, before, after, on)))


def _more(person: Supporter, before: ConsentRules, after: ConsentRules, on: date) -> Iterator[bool]:
    for topic in person.characteristics:
        for purpose in PER_CHARACTERISTIC:
            now = after.rule(person.consents, purpose, topic, on)
            yield now.valid and not before.rule(person.consents, purpose, topic, on).valid


def older_yes(
    person: Supporter, topic: str, placed: Mapping[str, TermStanding], rules: ConsentRules, on: date
) -> ConsentRecord | None:
    """A yes to something broader that would cover an own topic, and is older than the topic's place there.

    Such a yes was given before anybody could mean this topic by it, so the person is asked for it first (matching).
    """
    standing = placed.get(topic)
    for purpose in PER_CHARACTERISTIC if standing else ():
        if ruling_record(person.consents, purpose, topic, on) is not None:
            continue
        ruling = rules.rule(person.consents, purpose, topic, on)
        if ruling.valid and ruling.record is not None and standing and ruling.record.given < standing.placed:
            return ruling.record
    return None


def tidied(term: Term, clean: Callable[[str], str]) -> Term:
    """The same with clean words, none of them twice."""
    return replace(
        term,
        label=clean(term.label),
        description=clean(term.description),
        synonyms=tuple(dict.fromkeys(word for each in term.synonyms if (word := clean(each)))),
    )
