"""The sentence model that ships, read once for the tests, and the suggester with it."""

from functools import cache

from peermatch.matching.suggest import Suggester
from peermatch.matching.suggesting.sense import Sense
from peermatch.model.letter import Letter, Proposal
from tests.matching.letter_cases import CUES, ROOT
from tests.matching.real_reference import REAL

FOLDER = ROOT / "resources" / "suggest" / "sense"


@cache
def shipped_sense() -> Sense:
    """The sentence model as it ships."""
    return Sense((FOLDER / "encoder.bin").read_bytes(), (FOLDER / "heads.bin").read_bytes())


BOTH = Suggester(REAL, CUES, shipped_sense)


@cache
def proposed_by_both(letter: Letter) -> Proposal:
    """What rules and model propose for a letter."""
    return BOTH.propose(letter)
