"""Refuses whomever the enquirer asked to be kept away from: a person, an organisation or a specialty."""

import numpy as np

from peermatch.matching.columns import Mask
from peermatch.matching.question import Gate, Question
from peermatch.model.text import fold_address, fold_name
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    return _named(question) | _works_at(question) | _works_in(question)


def _named(question: Question) -> Mask:
    exclusions = question.enquiry.exclusions
    columns = question.columns
    by_id: Mask = np.array(question.nobody())
    by_id[[row for id in exclusions.supporters if (row := question.register.row_of.get(id)) is not None]] = (
        True
    )
    by_name = columns.name.mask(fold_name(entry) for entry in exclusions.people)
    return by_id | by_name | columns.address.mask(fold_address(entry) for entry in exclusions.people)


def _works_at(question: Question) -> Mask:
    organisation = question.columns.organisation
    return organisation.mask(
        question.at_one_with(question.enquiry.exclusions.organisations, organisation.keys)
    )


def _works_in(question: Question) -> Mask:
    return question.columns.specialty.mask(question.enquiry.exclusions.specialties)


def _sentence(question: Question, row: int) -> str:
    reference = question.register.reference
    exclusions = question.enquiry.exclusions
    supporter = question.person(row).supporter
    if supporter.organisation is not None:
        named = question.at_one_with((supporter.organisation,), exclusions.organisations)
        if named:
            where = reference.organisations.name(named[0])
            return f"Works at or with {where}, which the enquirer asked to keep away from"
    if supporter.specialty in exclusions.specialties:
        what = reference.specialties.label(supporter.specialty or "")
        return f"Works in {what}, which the enquirer asked to keep away from"
    return "The enquirer asked not to be introduced to them"


GATE = Gate(Code.EXCLUDED_BY_ENQUIRER, _refuses, _sentence)
