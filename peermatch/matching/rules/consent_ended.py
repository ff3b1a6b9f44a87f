"""Refuses whoever shares all that is essential, but whose consent to be matched for it has ended."""

from datetime import date

import numpy as np

from peermatch.matching.columns import Mask
from peermatch.matching.consents import ended_on
from peermatch.matching.question import Gate, NeedView, Question
from peermatch.model.dates import short
from peermatch.model.spans import ENDED, VALID
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    return question.all_essential_met(ENDED) & ~question.all_essential_met(VALID)


def _sentence(question: Question, row: int) -> str:
    ended = min(
        _ended(question, view, row)
        for view in question.needs
        if view.essential and question.met(view, row) == ENDED
    )
    return f"Consent for what this enquiry needs ended on {short(ended)}"


def _ended(question: Question, view: NeedView, row: int) -> date:
    """The last day that ended consent to a characteristic which meets the need."""
    day, here = question.on.toordinal(), np.array([row], dtype=np.uint32)
    meeting = [choice.term for choice in view.choices[: view.meeting]]
    ended = [term for term in meeting if question.levels(term, here)[0] == ENDED]
    return max(ended_on(question.facts, row, question.course(term, row), day) for term in ended)


GATE = Gate(Code.CONSENT_ENDED, _refuses, _sentence)
