"""Refuses whoever does not share something essential; what was withdrawn reads as what was never there."""

from peermatch.matching.columns import Mask
from peermatch.matching.question import Gate, Question
from peermatch.model.spans import NEVER
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    return ~question.all_essential_met(NEVER)


def _sentence(question: Question, row: int) -> str:
    essential = {view.need.characteristic: view for view in question.needs if view.essential}
    missing = [need for need, view in essential.items() if question.met(view, row) < NEVER]
    labels = [question.reference.vocabulary.label(each) for each in missing]
    return f"Does not share {' or '.join(labels)}"


GATE = Gate(Code.ESSENTIAL_NOT_SHARED, _refuses, _sentence)
