"""Refuses whoever takes a break until a later day."""

from datetime import date

from peermatch.matching.columns import Mask
from peermatch.matching.question import Gate, Question
from peermatch.model.dates import in_words
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    return question.today.paused


def _sentence(question: Question, row: int) -> str:
    (until,) = question.facts.tables.paused.values[0][question.facts.tables.paused.of(row)].tolist()
    return f"Paused until {in_words(date.fromordinal(until))}"


GATE = Gate(Code.PAUSED, _refuses, _sentence, lasting=True)
