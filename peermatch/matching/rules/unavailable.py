"""Refuses whoever is not available on the day."""

from peermatch.matching.columns import Mask
from peermatch.matching.question import Gate, Question
from peermatch.model.dates import in_words
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    columns = question.columns
    return (question.day < columns.available_from) | (question.day > columns.available_until)


def _sentence(question: Question, row: int) -> str:
    supporter = question.person(row).supporter
    if supporter.available_until is not None and question.on > supporter.available_until:
        return f"Was available until {in_words(supporter.available_until)}"
    return f"Available from {in_words(supporter.available_from or question.on)}"


GATE = Gate(Code.UNAVAILABLE, _refuses, _sentence)
