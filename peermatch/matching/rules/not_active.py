"""Refuses whoever is not active, or has not agreed that their record is kept."""

from peermatch.matching.columns import Mask
from peermatch.matching.consents import ended_on
from peermatch.matching.question import Gate, Question
from peermatch.model.dates import short
from peermatch.model.packed import STATUSES
from peermatch.model.people import SupporterStatus
from peermatch.model.spans import ENDED, NEVER
from peermatch.model.verdict import Code

_STATUS = {
    SupporterStatus.APPLIED: "Has applied and is not active yet",
    SupporterStatus.CHECKED: "Was checked and is not active yet",
    SupporterStatus.LEFT: "Has left the network",
}


def _refuses(question: Question) -> Mask:
    return question.today.not_active


def _sentence(question: Question, row: int) -> str:
    people = question.facts.people
    status = STATUSES[people.status[row]]
    if status in _STATUS:
        return _STATUS[status]
    hold = int(people.first_course[row])
    level = question.today.levels[hold]
    if level == NEVER:
        return "Consent to keep their record was never given: ask first"
    if level == ENDED:
        ended = ended_on(question.facts, row, hold, question.on.toordinal())
        return f"Consent to keep their record ended on {short(ended)}"
    return "No longer agrees that their record is kept"


GATE = Gate(Code.NOT_ACTIVE, _refuses, _sentence, lasting=True)
