"""What the sentences of a letter seem to mean: a small model that ranks below the rules and proposes, never decides.

Each sentence becomes a point (`encoder`); linear heads say how near it lies to each topic and to each kind of danger,
and how near the letter as a whole lies to each desk. Encoder and heads were trained on invented passages and letters
(``packaging/tune.py``), and so were the weights that bring them together with what the rules find (`weighing`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from peermatch.matching.suggesting.arrays import Floats, damaged, read_arrays
from peermatch.matching.suggesting.encoder import WIDTH, Encoder
from peermatch.matching.suggesting.phrasing import Marks, Phrasing, TopicPhrasing, marks_of, scores
from peermatch.matching.suggesting.reading import Reading
from peermatch.matching.suggesting.weighing import Weights
from peermatch.matching.suggesting.words import Word
from peermatch.model.enquiry import RiskKind
from peermatch.model.letter import Passage, Scope

ANY = "any"
"""The head of danger of whatever kind; its column comes before those of the kinds."""

_CAPITAL = re.compile(r"[^\W\d_a-z][\w'’\-]+")
_TITLED = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Sister)\b\.?((?:\s+[A-Z][\w'’\-]+){1,3})")
_NAMED = re.compile(r"\b(?:I am|I['’]m|[Nn]ame is|[Nn]ame['’]s|[Tt]his is)((?:\s+[A-Z][a-z][\w'’\-]*){2,4})")

_MARKS = ".!?…"
_LEAST, _MOST = 3, 60
"""A sentence has at least so many words; a longer one than `_MOST` is read in parts."""
_FIRST, _FINAL = 150, 50
"""Of a letter with more sentences these many are read, from its beginning and its end: rules read all of it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words [first, last] of a letter's own words, or of those passed on, read as one."""

    first: int
    last: int
    own: bool


@dataclass(frozen=True, slots=True)
class Sensed:
    """How near each sentence lies to each topic (as the logarithm of its share), and each pair of them to danger.

    ``turned`` is like ``topics``, by turns of words alone (`phrasing`). ``pairs`` are the first and last sentence of
    each row of ``dangers``: what one sentence alone does not tell, it may tell together with the next. ``phrases`` is
    what the turns of words of each pair say of danger. ``desks`` are the shares of the whole letter, in the order of
    `Scope`.
    """

    sentences: tuple[Sentence, ...]
    terms: tuple[str, ...]
    topics: Floats
    turned: Floats
    pairs: tuple[tuple[int, int], ...]
    dangers: Floats
    phrases: Floats
    desks: Floats
    weights: Weights


class Sense:
    """The encoder and the heads that ship with the program, made from their files' bytes."""

    def __init__(self, encoder: bytes, heads: bytes) -> None:
        self._encoder = Encoder(encoder)
        arrays = read_arrays(heads)
        self._terms = arrays.lines("terms")
        self._kinds = arrays.lines("kinds")
        if self._kinds != (ANY, *RiskKind):
            raise damaged("its kinds of danger are others")
        # One column more than there are topics: a sentence may be about none of them.
        self._topics = arrays.floats("topics", WIDTH, len(self._terms) + 1)
        self._topics_bias = arrays.floats("topics.bias", len(self._terms) + 1)
        self._dangers = arrays.floats("dangers", WIDTH, len(self._kinds))
        self._dangers_bias = arrays.floats("dangers.bias", len(self._kinds))
        self._desks = arrays.floats("desks", WIDTH, len(Scope))
        self._desks_bias = arrays.floats("desks.bias", len(Scope))
        self._phrasing = Phrasing.of(arrays)
        self._turns = TopicPhrasing.of(arrays, len(self._terms))
        self._weights = Weights.of(arrays, self._terms)

    def read(self, reading: Reading) -> Sensed:
        """What the sentences of a letter seem to mean, the writer's own and those passed on."""
        told = sentences_of(reading)
        if len(told) > _FIRST + _FINAL:
            told = told[:_FIRST] + told[-_FINAL:]
        sentences = [sentence for sentence, _ in told]
        said = [text for _, text in told]
        pairs = pairs_of(said)
        said += [reading.letter.subject] if reading.letter.subject else []
        rows = self._rows(said)
        own = rows[: len(sentences)]
        together = self._rows([text for _, text in pairs])
        marks = marks_in(reading, sentences)
        whole = rows.mean(axis=0, keepdims=True) if len(rows) else np.zeros((1, WIDTH), dtype=np.float32)
        return Sensed(
            tuple(sentences),
            self._terms,
            np.round(_shares(own @ self._topics + self._topics_bias)[:, :-1], 4),
            self._turns.shares(marks),
            tuple(pair for pair, _ in pairs),
            np.round(together @ self._dangers + self._dangers_bias, 4),
            scores(self._phrasing, marks, [pair for pair, _ in pairs]),
            np.round(np.exp(_shares(whole @ self._desks + self._desks_bias)[0]), 4),
            self._weights,
        )

    def _rows(self, said: Sequence[str]) -> Floats:
        """A row for each text; the same text is read once."""
        once = list(dict.fromkeys(said))
        places = {each: number for number, each in enumerate(once)}
        return self._encoder.encode(once)[[places[each] for each in said]]


def marks_in(reading: Reading, sentences: Sequence[Sentence]) -> list[Marks]:
    """The turns of words of each sentence."""
    return [
        marks_of((reading.words if each.own else reading.forwarded)[each.first : each.last + 1])
        for each in sentences
    ]


def pairs_of(said: Sequence[str]) -> list[tuple[tuple[int, int], str]]:
    """Each sentence with the one after it; one that stands alone makes a pair with itself."""
    if len(said) < 2:
        return [((row, row), text) for row, text in enumerate(said)]
    return [((row, row + 1), f"{text} {said[row + 1]}") for row, text in enumerate(said[:-1])]


def sentences_of(reading: Reading) -> list[tuple[Sentence, str]]:
    """The sentences of a letter that say something, the writer's own and those passed on, without people's names."""
    names = _names(reading)
    sentences = (*_sentences(reading.words, own=True), *_sentences(reading.forwarded, own=False))
    told = ((each, _without(names, passage_of(reading, each).words)) for each in sentences)
    # The passages that the model was trained on end with a mark; without one it takes a sentence for something else.
    return [(sentence, text if text[-1] in _MARKS else f"{text}.") for sentence, text in told if text]


def _shares(scores: Floats) -> Floats:
    """The logarithms of the shares that each row's scores have of all of them."""
    away = scores - scores.max(axis=1, keepdims=True, initial=-np.inf) if len(scores) else scores
    shares: Floats = away - np.log(np.exp(away).sum(axis=1, keepdims=True))
    return shares


def _names(reading: Reading) -> frozenset[str]:
    """The names of people in a letter, as far as they can be told: nobody's origin or faith is guessed from a name."""
    text = reading.letter.text
    written = [each.group(1) for pattern in (_TITLED, _NAMED) for each in pattern.finditer(text)]
    written += [reading.letter.sender_name or ""]
    return frozenset(word for name in written for word in _CAPITAL.findall(name))


def _without(names: frozenset[str], text: str) -> str:
    """A sentence in one line and without names; nothing when little else was in it."""
    kept = [word for word in text.split() if not names.intersection(_CAPITAL.findall(word))]
    return " ".join(kept) if len(kept) >= _LEAST else ""


def passage_of(reading: Reading, sentence: Sentence) -> Passage:
    """A sentence as it stands in the letter's text."""
    words = reading.words if sentence.own else reading.forwarded
    start, end = words[sentence.first].start, words[sentence.last].end
    return Passage(start, end, reading.letter.text[start:end])


def _sentences(words: Sequence[Word], *, own: bool) -> Iterator[Sentence]:
    for _, inside in groupby(range(len(words)), key=lambda at: words[at].sentence):
        numbers = list(inside)
        parts = -(-len(numbers) // _MOST)
        size = -(-len(numbers) // parts)
        for begin in range(0, len(numbers), size):
            part = numbers[begin : begin + size]
            if len(part) >= _LEAST:
                yield Sentence(part[0], part[-1], own)
