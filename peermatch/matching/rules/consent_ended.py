"""Refuses whoever shares all that is essential, but whose consent to be matched for it has ended."""

from datetime import date

from peermatch.matching.columns import Mask
from peermatch.matching.consents import ENDED, VALID
from peermatch.matching.question import Gate, NeedView, Question
from peermatch.model.consent import Purpose, Standing
from peermatch.model.dates import short
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    return question.all_essential_met(ENDED) & ~question.all_essential_met(VALID)


def _sentence(question: Question, row: int) -> str:
    ended = min(
        _ended(question, view, row) for view in question.needs if view.essential and view.met[row] == ENDED
    )
    return f"Consent for what this enquiry needs ended on {short(ended)}"


def _ended(question: Question, view: NeedView, row: int) -> date:
    """The last day that ended consent to a characteristic which meets the need."""
    meets = question.register.reference.vocabulary.meets
    listed = question.person(row).supporter.characteristics
    rulings = [
        question.ruling(row, Purpose.MATCH, topic)
        for topic in listed
        if meets(topic, view.need.characteristic)
    ]
    return max(
        ruling.record.expires
        for ruling in rulings
        if ruling.standing is Standing.ENDED
        and ruling.record is not None
        and ruling.record.expires is not None
    )


GATE = Gate(Code.CONSENT_ENDED, _refuses, _sentence)
