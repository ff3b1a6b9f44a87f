"""Refuses whoever has as many introductions in hand as they can take."""

from peermatch.matching.columns import Mask
from peermatch.matching.question import Gate, Question
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    return question.register.workload.in_hand >= question.columns.capacity


def _sentence(question: Question, row: int) -> str:
    in_hand = question.register.workload.in_hand[row]
    return f"Has no room now: {in_hand} of {question.columns.capacity[row]} in hand"


GATE = Gate(Code.NO_ROOM, _refuses, _sentence)
