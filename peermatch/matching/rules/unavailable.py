"""Refuses whoever is not available on the day."""

from datetime import date

from peermatch.matching.columns import Mask, Table
from peermatch.matching.question import Gate, Question
from peermatch.model.dates import in_words
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    return question.today.unavailable


def _sentence(question: Question, row: int) -> str:
    tables = question.facts.tables
    until = day_of(tables.leaving, row)
    if until is not None and question.on > until:
        return f"Was available until {in_words(until)}"
    return f"Available from {in_words(day_of(tables.starting, row) or question.on)}"


def day_of(table: Table, row: int) -> date | None:
    """The day that a table of days holds for somebody."""
    days = table.values[0][table.of(row)].tolist()
    return date.fromordinal(days[0]) if days else None


GATE = Gate(Code.UNAVAILABLE, _refuses, _sentence, lasting=True)
