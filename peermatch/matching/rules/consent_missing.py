"""Refuses whoever shares all that is essential, but was never asked whether it may be used to match them."""

from peermatch.matching.columns import Mask
from peermatch.matching.question import Gate, Question
from peermatch.model.spans import ENDED, NEVER
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    return question.all_essential_met(NEVER) & ~question.all_essential_met(ENDED)


def _sentence(_question: Question, _row: int) -> str:
    return "Consent for what this enquiry needs was never given: ask first"


GATE = Gate(Code.CONSENT_MISSING, _refuses, _sentence)
