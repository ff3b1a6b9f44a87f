"""Refuses whoever takes a break until a later day."""

from peermatch.matching.columns import Mask
from peermatch.matching.question import Gate, Question
from peermatch.model.dates import in_words
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    return question.day < question.columns.paused_until


def _sentence(question: Question, row: int) -> str:
    until = question.person(row).supporter.paused_until
    return f"Paused until {in_words(until or question.on)}"


GATE = Gate(Code.PAUSED, _refuses, _sentence)
