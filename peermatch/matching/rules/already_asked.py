"""Refuses whoever was asked for this enquiry before, and pairs that must never meet."""

import numpy as np

from peermatch.matching.columns import Rows
from peermatch.matching.question import Gate, Question
from peermatch.matching.rules.same_person import lines_with
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Rows:
    barred = question.segment.barred
    kept_apart = barred.rows[lines_with(barred, question.enquiry.requester.addresses)]
    refused: Rows = np.concatenate((_asked(question), kept_apart.astype(np.intp)))
    return refused


def _asked(question: Question) -> Rows:
    return question.segment.work.for_enquiry(question.enquiry.reference)


def _sentence(question: Question, row: int) -> str:
    if row in _asked(question):
        return "Already asked for this enquiry"
    return "Must not be introduced to this person"


GATE = Gate(Code.ALREADY_ASKED, _refuses, _sentence)
