"""Refuses whoever seems to be the enquirer: an address or a folded name is equal."""

from peermatch.matching.columns import Mask
from peermatch.matching.question import Gate, Question
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    requester = question.enquiry.requester
    columns = question.columns
    return columns.address.mask(requester.addresses) | columns.name.mask((requester.folded_name,))


def _sentence(_question: Question, _row: int) -> str:
    return "Has the same name or address as the person who asks"


GATE = Gate(Code.SAME_PERSON, _refuses, _sentence)
