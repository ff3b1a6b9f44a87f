"""Refuses whoever comes close to nothing that is needed; without needs that is everybody."""

from peermatch.matching.columns import Mask
from peermatch.matching.consents import VALID
from peermatch.matching.question import Gate, Question
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    close = question.nobody()
    for view in question.needs:
        close |= view.closeness > 0
    return question.all_essential_met(VALID) & ~close


def _sentence(question: Question, _row: int) -> str:
    if not question.needs:
        return "This enquiry does not say yet what is needed"
    return "Shares nothing that this enquiry asks for"


GATE = Gate(Code.NOTHING_IN_COMMON, _refuses, _sentence)
