"""Refuses whoever has as many introductions in hand as they can take."""

from peermatch.matching.columns import Mask
from peermatch.matching.question import Gate, Question
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    segment = question.segment
    full: Mask = segment.kept("no room", lambda: segment.work.in_hand >= segment.facts.people.capacity)
    return full


def _sentence(question: Question, row: int) -> str:
    in_hand, capacity = question.segment.work.in_hand[row], question.facts.people.capacity[row]
    return f"Has no room now: {in_hand} of {capacity} in hand"


GATE = Gate(Code.NO_ROOM, _refuses, _sentence)
