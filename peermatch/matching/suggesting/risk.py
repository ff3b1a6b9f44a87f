"""What a person must look at today: cues of danger, found at full recall, with the words that led to them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from peermatch.matching.suggesting.arrays import Floats
from peermatch.matching.suggesting.cues import Cues, number, strings, table
from peermatch.matching.suggesting.grammar import Grammar, Setting
from peermatch.matching.suggesting.patterns import Found, Phrases
from peermatch.matching.suggesting.reading import Reading
from peermatch.matching.suggesting.sense import Sensed, passage_of
from peermatch.matching.suggesting.telling import is_asked, softer
from peermatch.matching.suggesting.weighing import TONES, Alarm, Signs
from peermatch.matching.suggesting.words import Text, Word
from peermatch.model.enquiry import Risk, RiskKind
from peermatch.model.letter import Passage, Scope

_POINTS = ("3", "2", "1")
# All denials of one kind are one sign: saying no twice is not said louder.
_DENIED = "denied"
# How likely danger must be for the flag. One that is missed costs more than ten that were none, so this is low; chosen
# on letters that the model had not been trained on (see tests/letters/README.md).
_LIKELY, _PLAIN = 0.07, 3
_UNSAID = 0.12
"""The same where no word at all is a sign: of such letters the least alarming in danger was at twice this."""
_AS_LIKELY = 0.7
_ENQUIRY = list(Scope).index(Scope.IN_SCOPE)


@dataclass(frozen=True, slots=True)
class Cue:
    """One sign of danger and how much it says."""

    kind: RiskKind
    points: int
    text: str


@dataclass(frozen=True, slots=True)
class _Said:
    """What the words of a letter say of danger: its kinds and where, and all signs, by the words they stand in.

    ``told`` are the signs of each kind that do not stand in a question, and ``enough`` the kinds that these alone make.
    """

    risks: tuple[Risk, ...]
    passages: tuple[Passage, ...]
    signs: tuple[tuple[Text, list[Found[Cue]]], ...]
    told: Mapping[RiskKind, frozenset[Cue]]
    enough: Collection[RiskKind]
    tones: tuple[int, ...]

    def alarm(self, sensed: Sensed, soft: Floats) -> Alarm:
        """This beside what the sentences seem to mean, each pair as much less as its sentences are softer."""
        return Alarm(
            sensed.dangers,
            sensed.phrases,
            self._of(*(kind for kind in RiskKind if kind is not RiskKind.UNCLEAR_DISCLOSURE)),
            self._of(RiskKind.UNCLEAR_DISCLOSURE),
            len(self.told),
            self.tones,
            float(sensed.desks[_ENQUIRY]),
            soft,
        )

    def _of(self, *kinds: RiskKind) -> Signs:
        """The signs of some kinds."""
        told = [self.told[kind] for kind in kinds if kind in self.told]
        return Signs(
            max((_points(cues) for cues in told), default=0),
            any(cue.points >= _PLAIN for cues in told for cue in cues),
            not set(kinds).isdisjoint(self.enough),
        )


class Risks:
    """The index of all signs of danger."""

    def __init__(self, cues: Cues, grammar: Grammar) -> None:
        data = cues.tables["risk"]
        self._grammar = grammar
        self._enough = number(data, "enough", default=3)
        self._cues = Phrases(_all_cues(cues), cues.language, loose=True)
        self._harmless = _phrases(cues, "harmless")
        self._denials = _phrases(cues, "denials")
        self._hedges = _phrases(cues, "hedges")
        self._plain = _phrases(cues, "plain")
        self._long_ago = _phrases(cues, "long_ago")
        self._well_since = _phrases(cues, "well_since")
        self._tones = [Phrases(_toned(cues, name), cues.language, loose=True) for name in TONES]

    def read(
        self, reading: Reading, setting: Setting, sensed: Sensed | None = None
    ) -> tuple[tuple[Risk, ...], tuple[Passage, ...]]:
        """The kinds of danger that a letter speaks of, and where in its text."""
        said = self._said(reading)
        if sensed is None or not sensed.sentences:
            return said.risks, said.passages
        alarm = said.alarm(sensed, self._softer(reading, setting, sensed))
        least = _LIKELY if alarm.kinds else _UNSAID
        if sensed.weights.of_danger(alarm) < least and not self._leaves_no_doubt(said, reading):
            return (), ()
        return (said.risks, said.passages) if said.risks else _sensed_danger(reading, sensed)

    def alarm(self, reading: Reading, setting: Setting, sensed: Sensed) -> Alarm:
        """What speaks for danger before it is weighed: what weights are learned from."""
        return self._said(reading).alarm(sensed, self._softer(reading, setting, sensed))

    def _softer(self, reading: Reading, setting: Setting, sensed: Sensed) -> Floats:
        figures = _covered(self._harmless.find(reading.words))
        return softer(reading, sensed, self._grammar, setting, figures)

    def _leaves_no_doubt(self, said: _Said, reading: Reading) -> bool:
        """Whether a sign stands in words that are plain whatever is around them, but for what is long past and over."""
        is_well = bool(self._well_since.find(reading.words))
        for words, found in said.signs:
            plain = _covered(self._plain.find(words)) if found else frozenset()
            past = {words[each.first].sentence for each in self._long_ago.find(words)} if is_well else set()
            if any(
                words[each.first].sentence not in past
                and not plain.isdisjoint(range(each.first, each.last + 1))
                for each in found
            ):
                return True
        return False

    def _said(self, reading: Reading) -> _Said:
        signs = tuple(
            (words, self._signs(words)) for words in (reading.words, reading.forwarded, reading.subject)
        )
        own, forwarded, subject = (found for _, found in signs)
        risks: list[Risk] = []
        passages: list[Passage] = []
        told = {
            each.meaning
            for words, found in signs
            for each in found
            if not is_asked(reading, words, each.first)
        }
        for kind in RiskKind:
            placed = [_passage(reading, reading.words, each) for each in own if each.meaning.kind is kind]
            placed += [
                _passage(reading, reading.forwarded, each) for each in forwarded if each.meaning.kind is kind
            ]
            unplaced = [_words(reading.subject, each) for each in subject if each.meaning.kind is kind]
            seen = {each.meaning for each in (*own, *forwarded, *subject) if each.meaning.kind is kind}
            if self._is_enough(_points(seen), reading):
                shown = _merged(reading, placed)
                risks.append(Risk(kind, tuple(dict.fromkeys([p.words for p in shown] + unplaced))))
                passages += shown
        of_kind = {kind: frozenset(cue for cue in told if cue.kind is kind) for kind in RiskKind}
        told_of = {kind: cues for kind, cues in of_kind.items() if cues}
        return _Said(
            tuple(risks),
            tuple(sorted(set(passages), key=_place)),
            signs,
            told_of,
            [kind for kind, cues in told_of.items() if self._is_enough(_points(cues), reading)],
            self._tones_of(reading),
        )

    def _tones_of(self, reading: Reading) -> tuple[int, ...]:
        """How many of the words of each tone stand in what the writer says, the same ones once."""
        return tuple(
            len({each.meaning for words in (reading.words, reading.subject) for each in phrases.find(words)})
            for phrases in self._tones
        )

    def _is_enough(self, points: int, reading: Reading) -> bool:
        """Whether signs weigh enough; playing them down ("probably nothing") is itself the last point."""
        if points != self._enough - 1:
            return points >= self._enough
        return bool(self._hedges.find(reading.words) or self._hedges.find(reading.forwarded))

    def _signs(self, words: Sequence[Word]) -> list[Found[Cue]]:
        found = self._cues.find(words)
        if not found:
            return []
        elsewhere = self._grammar.of_the_dead(words)
        harmless = _covered(self._harmless.find(words))
        denied = _covered(self._denials.find(words))
        return [
            self._weighed(each, denied)
            for each in found
            if not (each.first in harmless and each.last in harmless)
            and not self._of_another(words, each, elsewhere)
            and not self._denied(words, each)
        ]

    def _weighed(self, found: Found[Cue], denied: frozenset[int]) -> Found[Cue]:
        """A sign that is plainly denied weighs least, and alone raises no flag."""
        if found.first not in denied or found.last not in denied:
            return found
        return replace(found, meaning=replace(found.meaning, points=1, text=_DENIED))

    def _of_another(self, words: Sequence[Word], found: Found[Cue], elsewhere: frozenset[int]) -> bool:
        """A patient's death or a brother's is no sign about the writer, unless the writer stands in the words."""
        if self._grammar.names_writer(words[found.first : found.last + 1]):
            return False
        if found.first in elsewhere and found.last in elsewhere:
            return not self._grammar.still_lives(words, found.first, found.last)
        return self._grammar.of_a_patient(words, found.first)

    def _denied(self, words: Sequence[Word], found: Found[Cue]) -> bool:
        """Whether a sign is plainly denied ("I am not suicidal"); anything less plain stays one."""
        if found.last > found.first or found.meaning.points < 3:
            return False
        return self._grammar.negated(words, found.first, found.last)


def _sensed_danger(reading: Reading, sensed: Sensed) -> tuple[tuple[Risk, ...], tuple[Passage, ...]]:
    """The likeliest kinds of danger by the worst pair of sentences and another that is bad enough, and these."""
    order = [int(row) for row in np.argsort(-sensed.dangers[:, 0], kind="stable")]
    worst = [row for row in order[:3] if row == order[0] or sensed.dangers[row, 0] > 0]
    shares = sensed.dangers[worst, 1:].max(axis=0)
    rows = {row for pair in worst[:2] for row in sensed.pairs[pair]}
    passages = sorted((passage_of(reading, sensed.sentences[row]) for row in rows), key=_place)
    words = tuple(dict.fromkeys(each.words for each in passages))
    kinds = [kind for kind, share in zip(RiskKind, shares, strict=True) if share >= shares.max() - _AS_LIKELY]
    return tuple(Risk(kind, words) for kind in kinds), tuple(passages)


def _points(cues: Collection[Cue]) -> int:
    return sum(cue.points for cue in cues)


def _place(passage: Passage) -> tuple[int, int]:
    return passage.start, passage.end


def _phrases(cues: Cues, name: str) -> Phrases[bool]:
    texts = strings(cues.tables["risk"], name, "phrases")
    return Phrases(((text, True) for text in texts), cues.language, loose=True)


def _toned(cues: Cues, name: str) -> list[tuple[str, str]]:
    return [(text, text) for text in strings(cues.tables["risk"], "tone", name)]


def _covered(found: Sequence[Found[bool]]) -> frozenset[int]:
    return frozenset(at for each in found for at in range(each.first, each.last + 1))


def _all_cues(cues: Cues) -> Iterable[tuple[str, Cue]]:
    named = table(cues.tables["risk"], "words")
    for kind in RiskKind:
        for points in _POINTS:
            for text in strings(cues.tables["risk"], kind.value, points):
                yield _written_out(text, named), Cue(kind, int(points), text)


def _written_out(text: str, named: Mapping[str, object]) -> str:
    """A cue with the words that a name in braces stands for: `{partner}`."""
    for name, words in named.items():
        text = text.replace("{" + name + "}", str(words))
    return text


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
