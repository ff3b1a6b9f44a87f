"""What speaks for a topic while a letter is read: words and how strongly they say it, sentences that come near it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from peermatch.matching.suggesting.weighing import FARTHEST, Clue
from peermatch.model.letter import Passage

LEAST = 0.45
_AGAIN = 0.35
_FAINT = -3.5
"""The logarithm of a share of a sentence that says hardly anything."""
# How likely a topic must be to be shown: that it is needed, or that it is at least a good second choice. Chosen on
# letters by other hands than those that the weights were learned on (packaging/teach.py prints what they cost).
NEEDED, USEFUL = 0.08, 0.45
# What is not likely enough to be shown may still come next in rank; below these hardly anything is that was needed.
_NEXT, _NEXT_SHARE = 0.005, -4.5
_PLAINLY = -1.0
"""The logarithm of the share of a sentence that is plainly about something."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What a phrase says: a topic, how strongly, and whether it may stand alone."""

    term: str
    weight: float
    alone: bool
    exact: tuple[str, ...] = ()
    says_no: bool = False
    named: bool = False


@dataclass(slots=True)
class Evidence:
    """All that speaks for one topic, gathered while a letter is read.

    ``refused`` is what its words say of somebody else, or deny; ``elsewhere`` is the share of the nearest sentence that
    does so.
    """

    missing: float = 1.0
    alone: bool = False
    hints: set[str] = field(default_factory=set)
    passages: list[Passage] = field(default_factory=list)
    denied: bool = False
    wished: bool = False
    shares: Sequence[float] = ()
    turned: Sequence[float] = ()
    lead: float = FARTHEST
    wish: float = FARTHEST
    sentence: tuple[Passage, ...] = ()
    refused: bool = False
    elsewhere: float = FARTHEST
    needed: float | None = None
    useful: float = 1.0

    def add(self, weight: float, *, alone: bool, words: str) -> None:
        """Count words that say it; the same words again say little more."""
        again = words in self.hints
        self.hints.add(words)
        self.missing *= 1 - min(0.95, weight * (_AGAIN if again else 1.0))
        self.alone = self.alone or alone

    @property
    def strength(self) -> float:
        """How strongly it is said; with the sentence model, how likely it is needed."""
        return 1 - self.missing if self.needed is None else self.needed

    @property
    def is_said(self) -> bool:
        """Whether the words are enough."""
        return 1 - self.missing >= LEAST and (self.alone or len(self.hints) >= 2)

    @property
    def counts(self) -> bool:
        """Whether this is enough; what was denied once ("I do not have dyslexia") must be wished for to stay."""
        if self.needed is None:
            enough = self.is_said
        else:
            enough = self.needed >= NEEDED or self.useful >= USEFUL
            enough = enough and bool(self.passages or self.sentence)
        return enough and (self.wished or not self.denied)

    @property
    def may_fit(self) -> bool:
        """Whether it may come next in rank: never what is anywhere denied or another's, by word or by sentence."""
        nearest = max(self.shares, default=FARTHEST)
        if self.needed is None or self.needed < _NEXT or self.refused or nearest <= FARTHEST:
            return False
        if nearest < _NEXT_SHARE and not self.passages:
            return False
        return self.elsewhere < max(nearest, _PLAINLY)

    @property
    def is_faint(self) -> bool:
        """Whether no word names it and no sentence comes near it, so that it stands there for its company alone."""
        return not self.passages and max(self.shares, default=FARTHEST) < _FAINT

    @property
    def clue(self) -> Clue:
        """What is weighed."""
        return Clue(1 - self.missing, self.is_said, self.shares, self.lead, self.wish, self.turned)


@dataclass(frozen=True, slots=True)
class View:
    """Whom a sentence is about, as far as its grammar tells, and its number."""

    number: int
    of_the_dead: bool
    of_patient: bool
    of_another: bool
