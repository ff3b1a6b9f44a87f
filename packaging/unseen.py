"""What the sentence models made of letters, kept so that weights can be learned anew from them.

Most are letters that a model did not know; those that all know stand beside them, for how they are put. Training the
models needs PyTorch and an hour; learning how far they may be trusted needs minutes, and only this.
"""

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from letter_sets import OF_DANGER, ROOT, Labelled
from weighing_letters import read_by_rules, without

from peermatch.matching.suggesting.arrays import Array, read_arrays, write_arrays
from peermatch.matching.suggesting.sense import Sensed, pairs_of, sentences_of
from peermatch.matching.suggesting.weighing import Weights

PLACE = ROOT / "tests" / "letters" / "unseen.bin"
STEPS = 25.0
"""A logarithm of a share is kept in steps of one to this; what lies below the last step says nothing."""


def write(seen: Sequence[tuple[Labelled, Sensed]]) -> bytes:
    """The bytes of the file."""
    topics = np.concatenate([sensed.topics for _, sensed in seen])
    named: dict[str, Array] = {
        "letters": _lines([f"{letter.hand} {letter.name} {_sum(letter)}" for letter, _ in seen]),
        "terms": _lines(seen[0][1].terms),
        "sentences": np.array([len(sensed.sentences) for _, sensed in seen], dtype=np.uint32),
        "topics": np.minimum(np.rint(-topics * STEPS), 255).astype(np.uint8),
        "dangers": np.concatenate([sensed.dangers for _, sensed in seen]).astype(np.float16),
        "desks": np.array([sensed.desks for _, sensed in seen]).astype(np.float16),
    }
    return zlib.compress(write_arrays(named, {}), 9)


def read(letters: Sequence[Labelled]) -> list[tuple[Labelled, Sensed]]:
    """What was made of some letters, in the order of the file; a letter that was changed since is refused."""
    arrays = read_arrays(zlib.decompress(PLACE.read_bytes()))
    known: Mapping[str, Labelled] = {f"{each.hand} {each.name} {_sum(each)}": each for each in letters}
    terms = arrays.lines("terms")
    weights = Weights.of(read_arrays(write_arrays(without(len(terms)), {})), terms)
    topics = arrays.ordinals("topics", -1, len(terms)).astype(np.float32) / -np.float32(STEPS)
    dangers, desks = arrays.floats("dangers", -1, -1), arrays.floats("desks", -1, -1)
    found, row, pair = [], 0, 0
    for name, many, desk in zip(
        arrays.lines("letters"), arrays.numbers("sentences", -1).tolist(), desks, strict=True
    ):
        if name not in known:
            raise SystemExit(f"{name} is not among the letters as they are now: make {PLACE.name} anew")
        letter = known[name]
        told = sentences_of(read_by_rules(letter))
        if len(told) != many:
            raise SystemExit(f"{name} has other sentences now: make {PLACE.name} anew")
        pairs = tuple(place for place, _ in pairs_of([text for _, text in told]))
        near, alarming = topics[row : row + many], dangers[pair : pair + len(pairs)]
        none = np.zeros(len(pairs), dtype=np.float32)
        sentences = tuple(sentence for sentence, _ in told)
        sensed = Sensed(sentences, terms, near, np.zeros_like(near), pairs, alarming, none, desk, weights)
        found.append((letter, sensed))
        row, pair = row + many, pair + len(pairs)
    return found


def levelled(
    seen: Sequence[tuple[Labelled, Sensed]], hands: Mapping[str, Sequence[str]], to: str
) -> list[tuple[Labelled, Sensed]]:
    """The same with the alarm of every model brought to the middle and the spread of one of them.

    A model that learned more speaks louder, of danger and of its absence: weights would take that for something said.
    """
    spread = {model: _spread([each for each in seen if each[0].hand in hands[model]]) for model in hands}
    middle, wide = spread[to]
    found = []
    for letter, sensed in seen:
        own, own_wide = next(spread[model] for model in hands if letter.hand in hands[model])
        level = ((sensed.dangers - own) / own_wide * wide + middle).astype(np.float32)
        found.append((letter, replace(sensed, dangers=level)))
    return found


def _spread(seen: Sequence[tuple[Labelled, Sensed]]) -> tuple[Array, Array]:
    """The middle and the spread of a model's alarm; letters that are about danger alone would shift it."""
    dangers = np.concatenate([sensed.dangers for letter, sensed in seen if letter.hand not in OF_DANGER])
    return dangers.mean(axis=0), dangers.std(axis=0)


def _sum(letter: Labelled) -> str:
    said = f"{letter.letter.subject}\n{letter.letter.text}"
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _lines(texts: Sequence[str]) -> Array:
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)
