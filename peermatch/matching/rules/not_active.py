"""Refuses whoever is not active, or has not agreed that their record is kept."""

from peermatch.matching.columns import Mask
from peermatch.matching.question import Gate, Question
from peermatch.model.consent import Purpose, Standing
from peermatch.model.dates import short
from peermatch.model.people import SupporterStatus
from peermatch.model.verdict import Code

_STATUS = {
    SupporterStatus.APPLIED: "Has applied and is not active yet",
    SupporterStatus.CHECKED: "Was checked and is not active yet",
    SupporterStatus.LEFT: "Has left the network",
}


def _refuses(question: Question) -> Mask:
    return ~(question.columns.active & question.register.held(question.on))


def _sentence(question: Question, row: int) -> str:
    status = question.person(row).supporter.status
    if status in _STATUS:
        return _STATUS[status]
    ruling = question.ruling(row, Purpose.HOLD)
    if ruling.standing is Standing.NEVER:
        return "Consent to keep their record was never given: ask first"
    if ruling.record is not None and ruling.record.expires is not None and ruling.standing is Standing.ENDED:
        return f"Consent to keep their record ended on {short(ruling.record.expires)}"
    return "No longer agrees that their record is kept"


GATE = Gate(Code.NOT_ACTIVE, _refuses, _sentence)
