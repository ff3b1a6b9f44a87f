"""Refuses whoever takes no part in the enquiry's programme."""

import numpy as np

from peermatch.matching.columns import Mask
from peermatch.matching.question import Gate, Question
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    programme = question.enquiry.programme
    return question.segment.kept(("programme", programme), lambda: _elsewhere(question, programme))


def _elsewhere(question: Question, programme: str) -> Mask:
    words, segment = question.register.words, question.segment
    without = np.ones(len(words) + 1, dtype=np.bool_)
    for bundle in segment.distinct("programmes").tolist():
        without[bundle] = programme not in words.unbundle(bundle)
    elsewhere: Mask = without[segment.facts.people.programmes]
    elsewhere.setflags(write=False)
    return elsewhere


def _sentence(question: Question, _row: int) -> str:
    return f"Takes no part in the programme {question.enquiry.programme}"


GATE = Gate(Code.OTHER_PROGRAMME, _refuses, _sentence, lasting=True)
