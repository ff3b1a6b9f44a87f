"""Refuses whomever the enquirer asked to be kept away from: a person, an organisation or a specialty."""

import numpy as np

from peermatch.matching.columns import Rows
from peermatch.matching.question import Gate, Question
from peermatch.matching.rules.same_person import named
from peermatch.model.text import fold_address, fold_name
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Rows:
    exclusions, segment = question.enquiry.exclusions, question.segment
    entries = exclusions.people
    by_id = [row for id in exclusions.supporters if (row := segment.row_of(id)) is not None]
    refused: Rows = np.concatenate(
        (
            np.array(by_id, dtype=np.intp),
            named(question, map(fold_name, entries), map(fold_address, entries)),
            segment.carrying("organisation", question.at_one_with(exclusions.organisations)),
            segment.carrying("specialty", question.codes(exclusions.specialties)),
        )
    )
    return refused


def _sentence(question: Question, row: int) -> str:
    reference, exclusions = question.reference, question.enquiry.exclusions
    organisation = question.word(question.facts.people.organisation, row)
    if organisation is not None:
        at_one = reference.organisations.at_one
        away = [each for each in exclusions.organisations if at_one(each, organisation)]
        if away:
            where = reference.organisations.name(away[0])
            return f"Works at or with {where}, which the enquirer asked to keep away from"
    specialty = question.word(question.facts.people.specialty, row)
    if specialty is not None and specialty in exclusions.specialties:
        what = reference.specialties.label(specialty)
        return f"Works in {what}, which the enquirer asked to keep away from"
    return "The enquirer asked not to be introduced to them"


GATE = Gate(Code.EXCLUDED_BY_ENQUIRER, _refuses, _sentence)
