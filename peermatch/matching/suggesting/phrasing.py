"""What turns of words say: each word, each run of two or three and each pair around a gap has learned weights.

The sentence model (`sense`) reads what a sentence means and forgets how it is put; here it is only counted how it is
put. Both are wrong about different letters, so that they are better together. Turns of words are kept as sums of
their letters (CRC-32), never as text.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt

from peermatch.matching.suggesting.arrays import Arrays, Floats, damaged
from peermatch.matching.suggesting.words import Word

Marks: TypeAlias = npt.NDArray[np.uint32]

_NUMBER = re.compile(r"\d+")
_LONGEST = 3


@dataclass(frozen=True, slots=True)
class Phrasing:
    """The marks of all turns of words that are known, in order, and their weights; ``alone`` stands without any."""

    known: Marks
    weights: Floats
    alone: float

    def __post_init__(self) -> None:
        if (self.known[1:] <= self.known[:-1]).any():
            raise damaged("its turns of words are out of order")
        if not (np.isfinite(self.weights).all() and np.isfinite(self.alone)):
            raise damaged("its turns of words weigh what cannot be")

    @classmethod
    def of(cls, arrays: Arrays) -> "Phrasing":
        """The turns of words of a file."""
        known = arrays.numbers("phrases.known", -1)
        alone = arrays.floats("phrases.alone", 1)
        return cls(known, arrays.floats("phrases.weights", len(known)), float(alone[0]))

    def score(self, marks: Marks) -> float:
        """How much the turns of words of one passage say; a longer one says no more by its length."""
        at = places(self.known, marks)
        return self.alone + float(self.weights[at].sum()) / max(1.0, float(np.sqrt(len(at))))


@dataclass(frozen=True, slots=True)
class TopicPhrasing:
    """The marks of all turns of words that are known, in order, and the topics that each says most of (or least).

    ``topics`` and ``weights`` have a row for each mark; a weight is a whole number of ``scale``. ``alone`` has a weight
    for each topic and, last, for none of them.
    """

    known: Marks
    topics: npt.NDArray[np.uint8]
    weights: npt.NDArray[np.int8]
    scale: float
    alone: Floats

    def __post_init__(self) -> None:
        if (self.known[1:] <= self.known[:-1]).any() or (self.topics >= len(self.alone)).any():
            raise damaged("its turns of words about topics are out of order")
        if not (np.isfinite(self.alone).all() and np.isfinite(self.scale)):
            raise damaged("its turns of words about topics weigh what cannot be")

    @classmethod
    def of(cls, arrays: Arrays, many: int) -> "TopicPhrasing":
        """The turns of words of a file that knows so many topics."""
        known = arrays.numbers("turns.known", -1)
        topics = arrays.ordinals("turns.topics", len(known), -1)
        weights = arrays.small("turns.weights", *topics.shape)
        scale = arrays.floats("turns.scale", 1)
        return cls(known, topics, weights, float(scale[0]), arrays.floats("turns.alone", many + 1))

    def shares(self, sentences: Sequence[Marks]) -> Floats:
        """The logarithm of the share that each topic has of each sentence."""
        found = np.array([self._scores(marks) for marks in sentences], dtype=np.float64)
        found = found.reshape(-1, len(self.alone))
        away = found - found.max(axis=1, keepdims=True, initial=-np.inf) if len(found) else found
        shares = (away - np.log(np.exp(away).sum(axis=1, keepdims=True)))[:, :-1]
        rounded: Floats = np.round(shares, 4).astype(np.float32)
        return rounded

    def _scores(self, marks: Marks) -> npt.NDArray[np.float64]:
        at = places(self.known, marks)
        topics, weights = self.topics[at].ravel(), self.weights[at].ravel()
        said = np.bincount(topics, weights=weights, minlength=len(self.alone))
        scores: npt.NDArray[np.float64] = self.alone + said * (self.scale / max(1.0, float(np.sqrt(len(at)))))
        return scores


def places(known: Marks, marks: Marks) -> npt.NDArray[np.intp]:
    """Where those of some marks stand that are known."""
    if not len(known):
        return np.zeros(0, dtype=np.intp)
    at = np.minimum(np.searchsorted(known, marks), len(known) - 1)
    found: npt.NDArray[np.intp] = at[known[at] == marks]
    return found


def turns(stems: Sequence[str]) -> set[str]:
    """The turns of words of one sentence; every number is the same."""
    plain = [_NUMBER.sub("0", stem) for stem in stems]
    found = {
        " ".join(plain[at : at + size])
        for size in range(1, _LONGEST + 1)
        for at in range(len(plain) - size + 1)
    }
    return found | {f"{plain[at]} * {plain[at + 2]}" for at in range(len(plain) - 2)}


def marks_of(words: Sequence[Word]) -> Marks:
    """The marks of some words, sentence by sentence, each once."""
    sentences = groupby(words, key=lambda word: word.sentence)
    found = {turn for _, inside in sentences for turn in turns([word.stem for word in inside])}
    return marked(found)


def marked(found: Iterable[str]) -> Marks:
    """Turns of words as marks, in order."""
    return np.unique(np.array([crc32(turn.encode()) for turn in found], dtype=np.uint32))


def scores(phrasing: Phrasing, sentences: Sequence[Marks], pairs: Sequence[tuple[int, int]]) -> Floats:
    """The score of each pair of sentences."""
    found = [phrasing.score(np.union1d(sentences[first], sentences[last])) for first, last in pairs]
    rounded: Floats = np.round(np.array(found), 4).astype(np.float32)
    return rounded
