"""Refuses whoever does not share something essential; what was withdrawn reads as what was never there."""

from peermatch.matching.columns import Mask
from peermatch.matching.consents import NEVER
from peermatch.matching.question import Gate, Question
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    return ~question.all_essential_met(NEVER)


def _sentence(question: Question, row: int) -> str:
    missing = [
        view.need.characteristic for view in question.needs if view.essential and view.met[row] < NEVER
    ]
    labels = [question.register.reference.vocabulary.label(each) for each in dict.fromkeys(missing)]
    return f"Does not share {' or '.join(labels)}"


GATE = Gate(Code.ESSENTIAL_NOT_SHARED, _refuses, _sentence)
