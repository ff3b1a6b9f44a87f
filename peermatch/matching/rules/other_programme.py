"""Refuses whoever takes no part in the enquiry's programme."""

from peermatch.matching.columns import Mask
from peermatch.matching.question import Gate, Question
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    return ~question.columns.programme.mask((question.enquiry.programme,))


def _sentence(question: Question, _row: int) -> str:
    return f"Takes no part in the programme {question.enquiry.programme}"


GATE = Gate(Code.OTHER_PROGRAMME, _refuses, _sentence)
