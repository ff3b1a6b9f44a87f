"""Refuses whoever comes close to nothing that is needed; without needs that is everybody."""

import numpy as np

from peermatch.matching.columns import Mask, Rows
from peermatch.matching.question import Gate, Question
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask | Rows:
    if any(view.essential for view in question.needs):
        # Whoever meets what is essential shares it; whoever does not was refused for that.
        return np.zeros(0, dtype=np.intp)
    far = ~question.nobody()
    for term in {choice.term for view in question.needs for choice in view.choices}:
        far[question.sharing(term)] = False
    return far


def _sentence(question: Question, _row: int) -> str:
    if not question.needs:
        return "This enquiry does not say yet what is needed"
    return "Shares nothing that this enquiry asks for"


GATE = Gate(Code.NOTHING_IN_COMMON, _refuses, _sentence)
