"""How likely something is, from what the words of a letter say and what its sentences seem to mean: learned weights.

The weights are those of plain logistic regression on invented letters that the sentence model had not been trained on
(``packaging/tune.py``), so that they trust the model no more than it deserves on a letter that is new to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from peermatch.matching.suggesting.arrays import Arrays, Floats
from peermatch.matching.suggesting.company import Company
from peermatch.model.enquiry import RiskKind

TONES = ("care", "safe", "over", "lightly", "patients")
"""What is told around danger, in the order of the weights: `risk.toml` has the words of each."""
CLUES, COMPANY, ALARMS = 12, 4, 17 + len(TONES)
_CLEAR = [1 + place for place, kind in enumerate(RiskKind) if kind is not RiskKind.UNCLEAR_DISCLOSURE]
"""The columns of the kinds of danger that say what it is."""
_NONE = 1e-4
"""What is left when no sentence comes near a topic at all, so that its logarithm exists."""
FARTHEST = -10.0
"""The logarithm of the share of a sentence that is not there."""
_SURE = 0.9999
_MOST_OF_A_TONE, _MOST_POINTS = 3, 6
_LEAST_ENQUIRY = 0.01


@dataclass(frozen=True, slots=True)
class Clue:
    """What speaks for one topic: how strongly the words do, whether that is enough alone, and each sentence's share.

    ``turned`` are the shares by turns of words alone.
    ``shares`` are logarithms; sentences about somebody else are left out. ``lead`` is how far a sentence lies nearer to
    this topic than to any other (nought at most), ``wish`` the share of the nearest that says who is looked for.
    """

    words: float
    is_said: bool
    shares: Sequence[float]
    lead: float = FARTHEST
    wish: float = FARTHEST
    turned: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Signs:
    """The words that speak for danger: points of the likeliest kind, whether one is plain, and whether it is enough."""

    points: int = 0
    is_plain: bool = False
    is_enough: bool = False


@dataclass(frozen=True, slots=True)
class Alarm:
    """What speaks for danger: a row for each pair of sentences (any kind, then each), and the signs in the words.

    ``clear`` are the signs of kinds that say what it is, ``unclear`` those of something that is held back; ``kinds`` is
    how many kinds have a sign. ``phrases`` is what each pair's turns of words say; ``tones`` how many of the words of
    each of `TONES` there are; ``enquiry`` the share that the whole letter has of being an enquiry. ``softer`` is by how
    much less each pair alarms for how it is put (`telling`).
    """

    scores: Floats
    phrases: Floats
    clear: Signs = Signs()
    unclear: Signs = Signs()
    kinds: int = 0
    tones: Sequence[int] = (0,) * len(TONES)
    enquiry: float = 1.0
    softer: Floats | None = None

    @property
    def alarming(self) -> tuple[Floats, Floats]:
        """``scores`` and ``phrases``, each pair as much less as it is put more softly."""
        if self.softer is None:
            return self.scores, self.phrases
        return self.scores - self.softer[:, None], self.phrases - self.softer


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of each clue, the last one standing alone: for a topic that is needed, one that is useful, danger.

    ``first`` are those of what the letter itself says; what it says tells which company its topics keep.
    """

    first: Floats
    needed: Floats
    useful: Floats
    danger: Floats
    company: Company

    @classmethod
    def of(cls, arrays: Arrays, terms: tuple[str, ...]) -> "Weights":
        """The weights of a file; their number is fixed by `clues`, `Company.clues` and `alarms`."""
        return cls(
            arrays.floats("weights.first", CLUES + 1),
            arrays.floats("weights.needed", CLUES + COMPANY + 1),
            arrays.floats("weights.useful", CLUES + COMPANY + 1),
            arrays.floats("weights.danger", ALARMS + 1),
            Company.of(arrays, terms),
        )

    def topics(self, found: Mapping[str, Clue]) -> tuple[Floats, Floats]:
        """For each topic how likely it is needed, and how likely needed or at least helpful."""
        said = clues(list(found.values()))
        rows = in_company(said, list(found), self.company, self.first)
        return likely(rows, self.needed), likely(rows, self.useful)

    def of_danger(self, alarm: Alarm) -> float:
        """How likely a person must look at a letter today."""
        return float(likely(alarms([alarm]), self.danger)[0])


def clues(found: Sequence[Clue]) -> Floats:
    """A row of `CLUES` numbers for each topic."""
    whole = np.array([_together(each.shares) for each in found])
    place = np.argsort(np.argsort(-whole, kind="stable"), kind="stable")
    said = np.log1p(sum(each.is_said for each in found))
    rows = [
        (
            each.words if each.is_said else 0.0,
            float(each.is_said),
            0.0 if each.is_said else each.words,
            together,
            max([FARTHEST, *each.shares]),
            np.log1p(behind),
            together if each.is_said else 0.0,
            max(FARTHEST, each.lead),
            max(FARTHEST, each.wish),
            said,
            max([FARTHEST, *each.turned]),
            _together(each.turned),
        )
        for each, together, behind in zip(found, whole, place, strict=True)
    ]
    return np.array(rows, dtype=np.float32).reshape(-1, CLUES)


def in_company(said: Floats, terms: Sequence[str], company: Company, first: Floats) -> Floats:
    """The rows of `clues` with what the company of each topic adds."""
    about = company.clues(terms, likely(said, first))
    lift = about[:, 2:] * np.maximum(said[:, 3:4], FARTHEST)
    rows: Floats = np.concatenate([said, about, lift], axis=1)
    return rows


def alarms(found: Sequence[Alarm]) -> Floats:
    """A row of `ALARMS` numbers for each letter; longer letters sound more alarming without being so."""
    return np.array([_alarm(each) for each in found], dtype=np.float32).reshape(-1, ALARMS)


def _alarm(each: Alarm) -> tuple[float, ...]:
    scores, phrases = each.alarming
    return (
        float(scores[:, 0].max(initial=FARTHEST)),
        _any(scores[:, 0]),
        float(scores[:, _CLEAR].max(initial=FARTHEST)),
        float(np.log1p(len(scores))),
        *_signs(each.clear),
        float(phrases.max(initial=FARTHEST)),
        _any(phrases),
        *(float(min(tone, _MOST_OF_A_TONE)) for tone in each.tones),
        *_signs(each.unclear),
        float(each.kinds),
        float(np.log(each.enquiry + _LEAST_ENQUIRY)),
        _most(scores[:, 0], 3),
        _most(phrases, 3),
        _most(phrases, 5),
    )


def _signs(signs: Signs) -> tuple[float, float, float]:
    return float(signs.is_plain), float(min(signs.points, _MOST_POINTS)), float(signs.is_enough)


def _most(scores: Floats, many: int) -> float:
    """The mean of the highest scores: danger that is told in several places is told more surely."""
    return float(np.sort(scores)[-many:].mean()) if len(scores) else FARTHEST


def _together(shares: Sequence[float]) -> float:
    """How near all sentences together come to a topic: as if each were one chance to be about it."""
    missed = -np.log1p(-np.minimum(np.exp(np.array(shares, dtype=np.float64)), _SURE)).sum()
    return float(np.log(missed + _NONE))


def _any(scores: Floats) -> float:
    """The odds, as a logarithm, that any of the sentences tells of danger."""
    none = -np.logaddexp(0.0, scores.astype(np.float64)).sum()
    some = min(-np.expm1(none), 1 - 1e-9)
    return float(np.log(some + 1e-9) - np.log1p(-some))


def likely(rows: Floats, weights: Floats) -> Floats:
    """How likely each row makes it, by weights of which the last one stands alone."""
    shares: Floats = 1.0 / (1.0 + np.exp(-(rows @ weights[:-1] + weights[-1])))
    return shares
