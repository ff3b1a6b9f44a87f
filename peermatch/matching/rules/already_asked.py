"""Refuses whoever was asked for this enquiry before, and pairs that must never meet."""

from peermatch.matching.columns import Mask
from peermatch.matching.question import Gate, Question
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    asked = question.register.workload.enquiry.mask((question.enquiry.reference,))
    return asked | question.register.barred_address.mask(question.enquiry.requester.addresses)


def _sentence(question: Question, row: int) -> str:
    if row in question.register.workload.enquiry.rows((question.enquiry.reference,)):
        return "Already asked for this enquiry"
    return "Must not be introduced to this person"


GATE = Gate(Code.ALREADY_ASKED, _refuses, _sentence)
