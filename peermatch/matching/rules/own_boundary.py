"""Refuses whoever would rather not be asked about this workplace, specialty or topic."""

from peermatch.matching.columns import Mask
from peermatch.matching.question import Gate, Question
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Mask:
    topics = {topic for need in question.enquiry.wanted for topic in _barring(question, need)}
    return _workplace(question) | _specialty(question) | question.columns.boundary_topic.mask(topics)


def _barring(question: Question, need: str) -> tuple[str, ...]:
    """The topics that equal a need or are broader."""
    return (need, *question.register.reference.vocabulary.broader(need))


def _workplace(question: Question) -> Mask:
    theirs = question.enquiry.organisation
    if theirs is None:
        return question.nobody()
    columns = question.columns
    own = columns.organisation.mask(question.at_one_with((theirs,), columns.organisation.keys))
    named = question.at_one_with((theirs,), columns.boundary_organisation.keys)
    return (columns.shuns_own_organisation & own) | columns.boundary_organisation.mask(named)


def _specialty(question: Question) -> Mask:
    theirs = question.enquiry.specialty
    if theirs is None:
        return question.nobody()
    columns = question.columns
    own = columns.shuns_own_specialty & columns.specialty.mask((theirs,))
    return own | columns.boundary_specialty.mask((theirs,))


def _sentence(question: Question, row: int) -> str:
    supporter = question.person(row).supporter
    theirs = question.enquiry.organisation
    if theirs is not None:
        own = supporter.organisation
        limits = supporter.boundaries
        if own is not None and not limits.same_organisation and question.at_one_with((theirs,), (own,)):
            return "Would rather not support somebody from their own organisation"
        if question.at_one_with((theirs,), limits.organisations):
            return "Would rather not support somebody from the enquirer's organisation"
    return _specialty_or_topic(question, row)


def _specialty_or_topic(question: Question, row: int) -> str:
    supporter = question.person(row).supporter
    theirs = question.enquiry.specialty
    if theirs is not None and theirs == supporter.specialty and not supporter.boundaries.same_specialty:
        return "Would rather not support somebody from their own specialty"
    if theirs in supporter.boundaries.specialties:
        return "Would rather not support somebody from the enquirer's specialty"
    return "Would rather not be asked about something that this enquiry needs"


GATE = Gate(Code.OWN_BOUNDARY, _refuses, _sentence)
