"""What a person must look at today: cues of danger, found at full recall, with the words that led to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peermatch.matching.suggesting.cues import Cues, number, strings
from peermatch.matching.suggesting.grammar import Grammar
from peermatch.matching.suggesting.patterns import Found, Phrases
from peermatch.matching.suggesting.reading import Reading
from peermatch.matching.suggesting.words import Word
from peermatch.model.enquiry import Risk, RiskKind
from peermatch.model.letter import Passage

_POINTS = ("3", "2", "1")


@dataclass(frozen=True, slots=True)
class Cue:
    """One sign of danger and how much it says."""

    kind: RiskKind
    points: int
    text: str


class Risks:
    """The index of all signs of danger."""

    def __init__(self, cues: Cues, grammar: Grammar) -> None:
        data = cues.tables["risk"]
        self._grammar = grammar
        self._enough = number(data, "enough", default=3)
        self._cues = Phrases(_all_cues(cues), cues.language, loose=True)

    def read(self, reading: Reading) -> tuple[tuple[Risk, ...], tuple[Passage, ...]]:
        """The kinds of danger that a letter speaks of, and where in its text."""
        own, forwarded, subject = map(self._signs, (reading.words, reading.forwarded, reading.subject))
        risks: list[Risk] = []
        passages: list[Passage] = []
        for kind in RiskKind:
            placed = [_passage(reading, reading.words, each) for each in own if each.meaning.kind is kind]
            placed += [
                _passage(reading, reading.forwarded, each) for each in forwarded if each.meaning.kind is kind
            ]
            unplaced = [_words(reading.subject, each) for each in subject if each.meaning.kind is kind]
            seen = {each.meaning for each in (*own, *forwarded, *subject) if each.meaning.kind is kind}
            if sum(cue.points for cue in seen) >= self._enough:
                shown = _merged(reading, placed)
                risks.append(Risk(kind, tuple(dict.fromkeys([p.words for p in shown] + unplaced))))
                passages += shown
        return tuple(risks), tuple(sorted(set(passages), key=lambda each: (each.start, each.end)))

    def _signs(self, words: Sequence[Word]) -> list[Found[Cue]]:
        elsewhere = self._grammar.of_the_dead(words)
        return [
            found
            for found in self._cues.find(words)
            if not self._of_another(words, found, elsewhere) and not self._denied(words, found)
        ]

    def _of_another(self, words: Sequence[Word], found: Found[Cue], elsewhere: frozenset[int]) -> bool:
        """A patient's death or a brother's is no sign about the writer, unless the writer stands in the words."""
        if self._grammar.names_writer(words[found.first : found.last + 1]):
            return False
        if found.first in elsewhere and found.last in elsewhere:
            return True
        return self._grammar.of_a_patient(words, found.first)

    def _denied(self, words: Sequence[Word], found: Found[Cue]) -> bool:
        """Whether a sign is plainly denied ("I am not suicidal"); anything less plain stays one."""
        if found.last > found.first or found.meaning.points < 3:
            return False
        return self._grammar.negated(words, found.first, found.last)


def _all_cues(cues: Cues) -> Iterable[tuple[str, Cue]]:
    for kind in RiskKind:
        for points in _POINTS:
            for text in strings(cues.tables["risk"], kind.value, points):
                yield text, Cue(kind, int(points), text)


def _passage(reading: Reading, words: Sequence[Word], found: Found[Cue]) -> Passage:
    start, end = words[found.first].start, words[found.last].end
    return Passage(start, end, reading.letter.text[start:end])


def _words(words: Sequence[Word], found: Found[Cue]) -> str:
    return " ".join(word.written for word in words[found.first : found.last + 1])


def _merged(reading: Reading, passages: Sequence[Passage]) -> list[Passage]:
    """Passages that overlap as one, in the order of the text."""
    merged: list[Passage] = []
    for each in sorted(passages, key=lambda passage: (passage.start, passage.end)):
        if merged and each.start <= merged[-1].end:
            start, end = merged[-1].start, max(merged[-1].end, each.end)
            merged[-1] = Passage(start, end, reading.letter.text[start:end])
        else:
            merged.append(each)
    return merged
