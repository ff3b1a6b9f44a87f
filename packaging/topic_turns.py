"""Learns which topics each turn of words says, from the invented passages, the vocabulary and whole letters."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from letter_sets import Labelled
from phrase_weights import DANGERS, EXAMPLES, known_in, marks_in_text, matrix_of

from peermatch.matching.suggesting.arrays import Array, Floats, read_arrays, write_arrays
from peermatch.matching.suggesting.cues import Cues
from peermatch.matching.suggesting.phrasing import Marks, TopicPhrasing
from peermatch.model.letter import Scope
from peermatch.services.shipped import load_cues, load_shipped

KEPT = 16
"""So many topics are kept for each turn of words: those that it says most of, or least."""
ROUNDS, PACE, PACE_ALONE, HELD = 100, 0.15, 1.0, 3e-6
NEEDED, OTHERS, TRAPS, LETTERS = 1.5, 0.25, 2.0, 0.5
"""What a needed topic that is missed costs, one that is shown in vain, how much more a trap, and letters in all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The writer's own sentences as turns of words, with what an expert says of the letter."""

    sentences: tuple[Marks, ...]
    letter: Labelled


@dataclass(frozen=True, slots=True)
class _Lessons:
    """Passages, then the sentences of letters; whose topic each passage is, where each letter begins, what it needs."""

    rows: list[Marks]
    topic: Floats
    begins: Array
    needed: Floats
    others: Floats


def learned(letters: Sequence[Asked], terms: Sequence[str]) -> dict[str, Array]:
    """The turns of words that are known and what each says of which topics, by name."""
    lessons = _lessons([each for each in letters if each.sentences and _is_asked(each.letter)], terms)
    known = known_in(lessons.rows)
    weights, alone = _descended(matrix_of(lessons.rows, known).astype(np.float32), lessons)
    # What a turn of words says of all topics alike changes nothing.
    weights -= np.median(weights, axis=1, keepdims=True)
    most = np.sort(np.argpartition(-np.abs(weights), KEPT, axis=1)[:, :KEPT], axis=1)
    kept = np.take_along_axis(weights, most, axis=1)
    scale = float(np.abs(kept).max()) / 127
    return {
        "turns.known": known,
        "turns.topics": most.astype(np.uint8),
        "turns.weights": np.rint(kept / scale).astype(np.int8),
        "turns.scale": np.array([scale], dtype=np.float32),
        "turns.alone": alone.astype(np.float32),
    }


def nothing(many: int) -> dict[str, Array]:
    """Turns of words that say nothing of so many topics."""
    return {
        "turns.known": np.zeros(0, dtype=np.uint32),
        "turns.topics": np.zeros((0, KEPT), dtype=np.uint8),
        "turns.weights": np.zeros((0, KEPT), dtype=np.int8),
        "turns.scale": np.zeros(1, dtype=np.float32),
        "turns.alone": np.zeros(many + 1, dtype=np.float32),
    }


def phrasing_of(letters: Sequence[Asked], terms: Sequence[str]) -> TopicPhrasing:
    """The turns of words as they are learned on some letters."""
    return TopicPhrasing.of(read_arrays(write_arrays(learned(letters, terms), {})), len(terms))


def _is_asked(letter: Labelled) -> bool:
    return letter.has_topics and letter.scope == Scope.IN_SCOPE


def _lessons(letters: Sequence[Asked], terms: Sequence[str]) -> _Lessons:
    written = passages(tuple(terms))
    topic = np.zeros((len(written), len(terms) + 1), dtype=np.float32)
    topic[np.arange(len(written)), [number for _, number in written]] = 1
    needed = [[float(term in each.letter.needed) for term in terms] for each in letters]
    others = [[_cost(each.letter, term) for term in terms] for each in letters]
    sizes = [len(each.sentences) for each in letters]
    return _Lessons(
        [marks for marks, _ in written] + [marks for each in letters for marks in each.sentences],
        topic,
        np.cumsum([0, *sizes]),
        np.array(needed, dtype=np.float32),
        np.array(others, dtype=np.float32),
    )


def _cost(letter: Labelled, term: str) -> float:
    if term in letter.needed or term in letter.helpful:
        return 0.0
    return TRAPS if term in letter.must_not else 1.0


def _descended(matrix: Any, lessons: _Lessons) -> tuple[Floats, Floats]:
    """Weights by gradient descent (Adam), those of each turn of words and those that stand alone."""
    size = lessons.topic.shape[1]
    weights = np.zeros((matrix.shape[1], size), dtype=np.float32)
    alone = np.zeros(size, dtype=np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    turned = matrix.T.tocsr()
    for turn in range(1, ROUNDS + 1):
        wrong = _wrong(_softmax(matrix @ weights + alone), lessons)
        slope = turned @ wrong + HELD * weights
        first += 0.1 * (slope - first)
        second += 0.01 * (slope * slope - second)
        weights -= PACE * (first / (1 - 0.9**turn)) / (np.sqrt(second / (1 - 0.99**turn)) + 1e-8)
        alone -= PACE_ALONE * wrong.sum(axis=0)
    return weights, alone


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _wrong(shares: Floats, lessons: _Lessons) -> Floats:
    """How far each score is from where it should be: passages have one topic, of a letter any sentence may tell."""
    many = len(lessons.topic)
    wrong = np.empty_like(shares)
    wrong[:many] = (shares[:many] - lessons.topic) / many
    said = shares[many:]
    named = np.minimum(said[:, :-1], 1 - 1e-4)
    missed = np.exp(np.add.reduceat(np.log1p(-named), lessons.begins[:-1], axis=0))
    wanted = lessons.needed / np.maximum(1.0, lessons.needed.sum(axis=1, keepdims=True))
    cost = NEEDED * wanted * missed / np.maximum(1 - missed, 1e-6) - OTHERS * lessons.others
    each = np.repeat(cost, np.diff(lessons.begins), axis=0) * (-1 / (1 - named))
    each = np.c_[each, np.zeros(len(each), dtype=np.float32)]
    wrong[many:] = said * (each - (said * each).sum(axis=1, keepdims=True)) * (LETTERS / len(lessons.needed))
    return wrong


@cache
def passages(terms: tuple[str, ...]) -> tuple[tuple[Marks, int], ...]:
    """All invented passages as turns of words, each with the number of its topic, or the number past the last."""
    stemmer = Cues.parse(load_cues()).language.stemmer
    return tuple((marks_in_text(text, stemmer), number) for text, number in _texts(terms))


def _texts(terms: Sequence[str]) -> Iterator[tuple[str, int]]:
    number = {term: place for place, term in enumerate(terms)}
    for path in sorted(EXAMPLES.glob("*.toml")):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        if path.stem in DANGERS:
            yield from ((text, len(terms)) for text in tables["none"]["passages"])
            continue
        for term, texts in tables.get("yes", {}).items():
            if term in number:
                yield from ((text, number[term]) for text in texts)
        for texts in tables.get("near", {}).values():
            yield from ((text, len(terms)) for text in texts)
    known = load_shipped().reference.vocabulary.terms
    for term in terms:
        each = known[term]
        yield f"{each.label}. {each.description}", number[term]
        yield ", ".join((each.label, *each.synonyms)), number[term]
