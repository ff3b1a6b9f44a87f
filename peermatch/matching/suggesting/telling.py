"""How sentences are put: what asks, quotes, tells of another or is a figure of speech alarms less than it sounds."""

from collections.abc import Collection, Sequence

import numpy as np

from peermatch.matching.suggesting.arrays import Floats
from peermatch.matching.suggesting.grammar import Grammar, Setting
from peermatch.matching.suggesting.reading import Reading
from peermatch.matching.suggesting.sense import Sensed, Sentence
from peermatch.matching.suggesting.words import Text, Word

_ASKED, _OF_ANOTHER, _QUOTED, _FIGURE = 1.0, 1.0, 2.0, 2.0
"""By how much less each alarms, as a logarithm of its odds; between one and three it hardly matters."""
_MARKS = frozenset('"“”„«»')
_BEHIND = 3
"""So many characters behind its last word a sentence's mark stands at most: a bracket or a quotation may end first."""


def softer(
    reading: Reading, sensed: Sensed, grammar: Grammar, setting: Setting, figures: Collection[int]
) -> Floats:
    """By how much less each pair of sentences alarms; ``figures`` are the writer's words that only sound alarming."""
    kinds = [_kinds(reading, each, grammar, setting, figures) for each in sensed.sentences]
    by_sentence = np.array(kinds, dtype=np.float32).reshape(-1, 4)
    first, last = np.array(sensed.pairs, dtype=np.intp).reshape(-1, 2).T
    found: Floats = np.maximum(by_sentence[first], by_sentence[last]).sum(axis=1)
    return found


def is_asked(reading: Reading, words: Text, at: int) -> bool:
    """Whether the sentence of a word ends with a question mark; the subject of a letter is no sentence."""
    if words is reading.subject:
        return False
    end = next(end for _, end in words.sentences if at < end)
    return _asks(reading, words[end - 1])


def _asks(reading: Reading, last: Word) -> bool:
    return "?" in reading.letter.text[last.end : last.end + _BEHIND]


def _kinds(
    reading: Reading, sentence: Sentence, grammar: Grammar, setting: Setting, figures: Collection[int]
) -> tuple[float, float, float, float]:
    inside = slice(sentence.first, sentence.last + 1)
    words: Sequence[Word] = (reading.words if sentence.own else reading.forwarded)[inside]
    said = reading.letter.text[words[0].start : words[-1].end]
    is_figure = any(sentence.first <= each <= sentence.last for each in figures)
    return (
        _ASKED * _asks(reading, words[-1]),
        _OF_ANOTHER * (sentence.own and grammar.about_another(words, setting)),
        _QUOTED * (not _MARKS.isdisjoint(said)),
        _FIGURE * (sentence.own and is_figure),
    )
