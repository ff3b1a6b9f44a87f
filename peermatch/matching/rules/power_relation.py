"""Refuses whoever has power over the enquirer, or is close to them, on the day."""

from peermatch.matching.columns import Mask
from peermatch.matching.question import Gate, Question
from peermatch.model.text import fold_address
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    addresses = question.enquiry.requester.addresses
    refused = question.nobody()
    for row in question.columns.related_address.rows(addresses):
        relations = question.person(row).supporter.relations
        refused[row] = any(r.holds(question.on) and fold_address(r.to) in addresses for r in relations)
    return refused


def _sentence(_question: Question, _row: int) -> str:
    # The kind of relation would tell the coordinator who the enquirer may be; the record itself shows it.
    return "Too close to the person who asks: a relation between them is on record"


GATE = Gate(Code.POWER_RELATION, _refuses, _sentence)
