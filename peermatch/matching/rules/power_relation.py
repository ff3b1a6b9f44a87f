"""Refuses whoever has power over the enquirer, or is close to them, on the day."""

import numpy as np

from peermatch.matching.columns import Rows
from peermatch.matching.question import Gate, Question
from peermatch.matching.rules.same_person import lines_with
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Rows:
    relations, day = question.facts.tables.relation, question.on.toordinal()
    lines = lines_with(relations, question.enquiry.requester.addresses)
    start, until = relations.values[2][lines], relations.values[3][lines]
    refused: Rows = relations.rows[lines[(start <= day) & (day <= until)]].astype(np.intp)
    return refused


def _sentence(_question: Question, _row: int) -> str:
    # The kind of relation would tell the coordinator who the enquirer may be; the record itself shows it.
    return "Too close to the person who asks: a relation between them is on record"


GATE = Gate(Code.POWER_RELATION, _refuses, _sentence)
