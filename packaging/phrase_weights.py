"""Learns how much each turn of words says of danger, from the invented passages and from whole letters."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from letter_sets import ROOT
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from peermatch.matching.suggesting.arrays import Array, Floats
from peermatch.matching.suggesting.cues import Cues
from peermatch.matching.suggesting.phrasing import Marks, Phrasing, marks_of, places, scores
from peermatch.matching.suggesting.words import Stemmer, read_words
from peermatch.services.shipped import load_cues

EXAMPLES = ROOT / "resources" / "suggest" / "examples"
DANGERS = ("risk-first-hand", "risk-second-hand", "risk-plain")
MAY_BE_DANGER = ("life.domestic-abuse", "mind.suicidality", "mind.self-harm", "treatment.sexual")
"""What names danger itself teaches nothing about what is harmless."""
LEAST = 3
"""A turn of words that fewer passages and sentences have is not known."""
HELD = 1 / 30
DANGEROUS, HARMLESS = 2.0, 1.0
"""How much a passage of a letter counts beside one that was written to be learned from."""
ROUNDS = 80


@dataclass(frozen=True, slots=True)
class Lesson:
    """A letter's sentences as turns of words, its pairs, what the sentence model makes of each, and what is true."""

    sentences: tuple[Marks, ...]
    pairs: tuple[tuple[int, int], ...]
    sensed: Floats
    danger: bool

    def scored(self, phrasing: Phrasing) -> Floats:
        """What some turns of words say of each pair."""
        return scores(phrasing, self.sentences, self.pairs)


@cache
def passages() -> tuple[tuple[Marks, bool], ...]:
    """All invented passages as turns of words, and whether each tells of danger."""
    stemmer = Cues.parse(load_cues()).language.stemmer
    return tuple((marks_in_text(text, stemmer), danger) for text, danger in _texts())


def learned(lessons: Sequence[Lesson]) -> dict[str, Array]:
    """The turns of words that are known, and their weights by name, from all passages and some letters."""
    rows = [marks for marks, _ in passages()]
    truth = [danger for _, danger in passages()]
    counts = [1.0] * len(rows)
    for each in lessons:
        for place, (first, last) in enumerate(each.pairs):
            # Of a dangerous letter nobody knows which of its sentences say so: the likeliest is taken.
            if not each.danger or place == int(each.sensed.argmax()):
                rows.append(np.union1d(each.sentences[first], each.sentences[last]))
                truth.append(each.danger)
                counts.append(DANGEROUS if each.danger else HARMLESS)
    known = known_in(rows)
    weights = _logistic(matrix_of(rows, known), np.array(truth), np.array(counts))
    return {
        "phrases.known": known,
        "phrases.weights": weights[:-1].astype(np.float16),
        "phrases.alone": weights[-1:].astype(np.float32),
    }


def nothing() -> dict[str, Array]:
    """Turns of words that say nothing."""
    none = np.zeros(0, dtype=np.float16)
    return {
        "phrases.known": np.zeros(0, dtype=np.uint32),
        "phrases.weights": none,
        "phrases.alone": np.zeros(1, dtype=np.float32),
    }


def known_in(rows: Sequence[Marks]) -> Marks:
    """The turns of words that are met often enough to be learned about."""
    counts = Counter(np.concatenate(rows).tolist())
    return np.array(sorted(mark for mark, often in counts.items() if often >= LEAST), dtype=np.uint32)


def matrix_of(rows: Sequence[Marks], known: Marks) -> Any:
    """A row for each passage with the turns of words that are known; a longer one weighs no more."""
    found = [places(known, row) for row in rows]
    ends = np.cumsum([0, *map(len, found)])
    values = np.concatenate([np.full(len(each), max(1, len(each)) ** -0.5) for each in found])
    return csr_matrix((values, np.concatenate(found), ends), shape=(len(rows), len(known)))


def _logistic(matrix: Any, truth: Array, counts: Array) -> Array:
    """Weights by logistic regression that is held back, the last one standing alone."""

    def cost(weights: Array) -> tuple[float, Array]:
        score = matrix @ weights[:-1] + weights[-1]
        wrong = counts * (1 / (1 + np.exp(-score)) - truth)
        lost = float((counts * np.logaddexp(0, np.where(truth, -score, score))).sum())
        held = HELD * weights[:-1]
        return lost + float(held @ weights[:-1]) / 2, np.r_[matrix.T @ wrong + held, wrong.sum()]

    start = np.zeros(matrix.shape[1] + 1)
    found = minimize(cost, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    weights: Array = found.x
    return weights


def _texts() -> Iterator[tuple[str, bool]]:
    for path in sorted(EXAMPLES.glob("*.toml")):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        if path.stem in DANGERS:
            yield from ((text, True) for texts in tables["risk"].values() for text in texts)
            yield from ((text, False) for text in tables["none"]["passages"])
            continue
        for term, texts in tables.get("yes", {}).items():
            if not term.startswith(MAY_BE_DANGER):
                yield from ((text, False) for text in texts)
        for texts in tables.get("near", {}).values():
            yield from ((text, False) for text in texts)


def marks_in_text(text: str, stemmer: Stemmer) -> Marks:
    """The turns of words of a text."""
    return marks_of(read_words(text, 0, stemmer))
