"""Sentences as points in space: what means much the same lies close together (MiniLM, six layers, plain numpy).

Weights are kept in one byte each and widened one matrix at a time. All pieces of all sentences go through the wide
matrices together; only attention looks at sentences, those of one length at a time, so that nothing is padded.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from peermatch.matching.suggesting.arrays import Arrays, Floats, damaged, read_arrays
from peermatch.matching.suggesting.wordpiece import BEGIN, END, LONGEST, UNKNOWN, WordPieces

WIDTH, WIDE, HEADS, LAYERS = 384, 1536, 12, 6
_SMALL = 1e-12
_AT_ONCE = 4096
"""The most pieces that are worked on together, so that a long letter takes time and not memory."""


@dataclass(frozen=True, slots=True)
class _Dense:
    """A matrix in one byte a number, with a scale for each row, and what is added."""

    weights: npt.NDArray[np.int8]
    scale: Floats
    bias: Floats

    @classmethod
    def of(cls, arrays: Arrays, name: str, out: int, into: int) -> "_Dense":
        weights = arrays.small(name, out, into)
        return cls(weights, arrays.floats(f"{name}.scale", out), arrays.floats(f"{name}.bias", out))

    def __call__(self, values: Floats) -> Floats:
        product: Floats = values @ self.weights.T.astype(np.float32)
        product *= self.scale
        product += self.bias
        return product


@dataclass(frozen=True, slots=True)
class _Norm:
    """Brings each row to mean nought and spread one, then stretches and shifts it."""

    gain: Floats
    shift: Floats

    @classmethod
    def of(cls, arrays: Arrays, name: str) -> "_Norm":
        return cls(arrays.floats(f"{name}.gain", WIDTH), arrays.floats(f"{name}.shift", WIDTH))

    def __call__(self, values: Floats) -> Floats:
        away = values - values.mean(axis=1, keepdims=True)
        spread = np.sqrt((away * away).mean(axis=1, keepdims=True) + np.float32(_SMALL))
        result: Floats = away / spread * self.gain + self.shift
        return result


@dataclass(frozen=True, slots=True)
class _Layer:
    """Each piece looks at the others of its sentence, and then at itself."""

    look: _Dense
    seen: _Dense
    first: _Norm
    widen: _Dense
    narrow: _Dense
    second: _Norm

    @classmethod
    def of(cls, arrays: Arrays, number: int) -> "_Layer":
        name = f"layer{number}"
        return cls(
            _Dense.of(arrays, f"{name}.look", 3 * WIDTH, WIDTH),
            _Dense.of(arrays, f"{name}.seen", WIDTH, WIDTH),
            _Norm.of(arrays, f"{name}.first"),
            _Dense.of(arrays, f"{name}.widen", WIDE, WIDTH),
            _Dense.of(arrays, f"{name}.narrow", WIDTH, WIDE),
            _Norm.of(arrays, f"{name}.second"),
        )

    def __call__(self, values: Floats, runs: Sequence[tuple[int, int]]) -> Floats:
        seen = _attention(self.look(values), runs)
        values = self.first(values + self.seen(seen))
        return self.second(values + self.narrow(_gelu(self.widen(values))))


class Encoder:
    """The encoder that ships with the program, made from its file's bytes."""

    def __init__(self, content: bytes) -> None:
        arrays = read_arrays(content)
        pieces = arrays.lines("pieces")
        if not {BEGIN, END, UNKNOWN} <= set(pieces):
            raise damaged("its list of pieces is not whole")
        self._pieces = WordPieces(pieces)
        self._words = arrays.small("words", len(pieces), WIDTH)
        self._scale = arrays.floats("words.scale", len(pieces))
        self._places = arrays.floats("places", LONGEST, WIDTH)
        self._norm = _Norm.of(arrays, "norm")
        self._layers = [_Layer.of(arrays, number) for number in range(LAYERS)]

    def encode(self, texts: Sequence[str]) -> Floats:
        """A row of 384 numbers for each text, of length one, so that a product of two rows says how near they are."""
        cut = [self._pieces.cut(text) for text in texts]
        order = sorted(range(len(texts)), key=lambda number: len(cut[number]))
        rows = np.zeros((len(texts), WIDTH), dtype=np.float32)
        begin = 0
        while begin < len(order):
            end, size = begin, 0
            while end < len(order) and (end == begin or size + len(cut[order[end]]) <= _AT_ONCE):
                size += len(cut[order[end]])
                end += 1
            rows[order[begin:end]] = self._together([cut[number] for number in order[begin:end]])
            begin = end
        return rows

    def _together(self, cut: Sequence[tuple[int, ...]]) -> Floats:
        """The rows of sentences that stand in the order of their lengths."""
        lengths = [len(each) for each in cut]
        runs = [(length, lengths.count(length)) for length in sorted(set(lengths))]
        numbers = np.array([number for each in cut for number in each])
        places = np.concatenate([np.arange(length) for length in lengths])
        values = self._norm(
            self._words[numbers].astype(np.float32) * self._scale[numbers, None] + self._places[places]
        )
        for layer in self._layers:
            values = layer(values, runs)
        starts = np.concatenate([[0], np.cumsum(lengths[:-1])]).astype(np.intp)
        means = np.add.reduceat(values, starts, axis=0) / np.array(lengths, dtype=np.float32)[:, None]
        result: Floats = means / np.linalg.norm(means, axis=1, keepdims=True)
        return result


def _attention(looked: Floats, runs: Sequence[tuple[int, int]]) -> Floats:
    """What each piece sees of its sentence, for runs of (length, how many sentences)."""
    seen = np.empty((len(looked), WIDTH), dtype=np.float32)
    part = WIDTH // HEADS
    at = 0
    for length, many in runs:
        inside = slice(at, at + length * many)
        asked, offered, told = looked[inside].reshape(many, length, 3, HEADS, part).transpose(2, 0, 3, 1, 4)
        weights = asked @ offered.transpose(0, 1, 3, 2) * np.float32(part**-0.5)
        weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        seen[inside] = (weights @ told).transpose(0, 2, 1, 3).reshape(many * length, WIDTH)
        at = inside.stop
    return seen


def _gelu(values: Floats) -> Floats:
    """The bend between two matrices, in its usual form with tanh (Hendrycks and Gimpel, 2016)."""
    inner = values * values
    inner *= np.float32(0.044715)
    inner += np.float32(1)
    inner *= values
    inner *= np.float32(0.7978845608)
    np.tanh(inner, out=inner)
    inner += np.float32(1)
    inner *= values
    inner *= np.float32(0.5)
    return inner
