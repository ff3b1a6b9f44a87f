"""Whether a letter is for peer support at all, or belongs to somebody else's desk."""

from collections.abc import Iterable, Mapping

from peermatch.matching.suggesting.cues import Cues, number, strings
from peermatch.matching.suggesting.patterns import Phrases
from peermatch.matching.suggesting.reading import Reading
from peermatch.matching.suggesting.sense import Sensed
from peermatch.model.letter import Scope

_ELSEWHERE = (Scope.SPAM, Scope.VOLUNTEER_OFFER, Scope.OTHER_WORKSTREAM, Scope.OUT_OF_SCOPE)
_POINTS = ("3", "2", "1")
# The share of another desk that is enough, also where danger was noticed, and that of an enquiry that outweighs words.
_SURE, _SURE_IN_DANGER, _ENQUIRY = 0.8, 0.9, 0.8
# What says hardly anything of an enquiry needs less for another desk.
_NO_ENQUIRY, _LIKELY = 0.05, 0.4
# Points of somebody who asks for a person.
_ASKS = 2


class Scopes:
    """The index of all signs that a letter is no enquiry."""

    def __init__(self, cues: Cues) -> None:
        self._enough = number(cues.tables["scope"], "enough", default=3)
        self._cues = Phrases(_all_cues(cues), cues.language, loose=True)

    def read(self, reading: Reading, *, risk: bool, sensed: Sensed | None = None) -> Scope:
        """Where a letter belongs; whoever asks for a person to talk to, or may be in danger, is in scope."""
        points = self._points(reading)
        said = self._said(points, risk=risk)
        if sensed is None:
            return said
        shares = dict(zip(Scope, map(float, sensed.desks), strict=True))
        best = max(_ELSEWHERE, key=lambda scope: shares[scope])
        enough = _LIKELY if shares[Scope.IN_SCOPE] < _NO_ENQUIRY else _SURE
        if shares[best] >= (_SURE_IN_DANGER if risk else enough):
            # A few plain words say little to whoever judges the whole: what they ask for outweighs the impression.
            asks = points[Scope.IN_SCOPE] >= _ASKS and best is not Scope.SPAM
            return said if asks and (points[best] == 0 or shares[best] < _SURE) else best
        # An enquiry that is put aside is worse than an advertisement that is read.
        return Scope.IN_SCOPE if shares[Scope.IN_SCOPE] >= _ENQUIRY else said

    def _points(self, reading: Reading) -> dict[Scope, int]:
        points = dict.fromkeys(Scope, 0)
        seen = {each.meaning for words in (reading.words, reading.subject) for each in self._cues.find(words)}
        for scope, worth, _ in seen:
            points[scope] += worth
        return points

    def _said(self, points: Mapping[Scope, int], *, risk: bool) -> Scope:
        if risk and points[Scope.SPAM] < 2 * self._enough:
            return Scope.IN_SCOPE
        best = max(_ELSEWHERE, key=lambda scope: points[scope])
        left = points[best] - (0 if best is Scope.SPAM else points[Scope.IN_SCOPE] / 2)
        return best if left >= self._enough else Scope.IN_SCOPE


def _all_cues(cues: Cues) -> Iterable[tuple[str, tuple[Scope, int, str]]]:
    for scope in Scope:
        for points in _POINTS:
            for text in strings(cues.tables["scope"], scope.value, points):
                yield text, (scope, int(points), text)
