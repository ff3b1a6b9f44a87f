"""Says what could not be checked because it is not known; it gives no points and takes none."""

from collections.abc import Callable, Sequence

from peermatch.matching.question import Part, Question
from peermatch.model.people import Supporter


def parts(question: Question) -> Sequence[Part]:
    """A part for each thing that a gate would have looked at; it speaks only for those whom it concerns."""
    found = (
        _organisation,
        _enquirers_organisation,
        _specialty,
        _enquirers_specialty,
        _name_or_address,
        _enquirers_address,
    )
    return [Part("unknown", _said_of(question, each)) for each in found]


def _said_of(
    question: Question, remark: Callable[[Question, Supporter], str | None]
) -> Callable[[int], str | None]:
    return lambda row: remark(question, question.person(row).supporter)


def _organisation(question: Question, supporter: Supporter) -> str | None:
    asked = bool(question.enquiry.exclusions.organisations) or not supporter.boundaries.same_organisation
    return "organisation not known" if asked and supporter.organisation is None else None


def _enquirers_organisation(question: Question, supporter: Supporter) -> str | None:
    limits = supporter.boundaries
    asked = bool(limits.organisations) or not limits.same_organisation
    return "enquirer's organisation not known" if asked and question.enquiry.organisation is None else None


def _specialty(question: Question, supporter: Supporter) -> str | None:
    asked = bool(question.enquiry.exclusions.specialties) or not supporter.boundaries.same_specialty
    return "specialty not known" if asked and supporter.specialty is None else None


def _enquirers_specialty(question: Question, supporter: Supporter) -> str | None:
    limits = supporter.boundaries
    asked = bool(limits.specialties) or not limits.same_specialty
    return "enquirer's specialty not known" if asked and question.enquiry.specialty is None else None


def _name_or_address(question: Question, supporter: Supporter) -> str | None:
    """Two people can be compared by name or by address; this speaks where neither is known on both sides."""
    requester = question.enquiry.requester
    if requester.folded_name or not requester.addresses:
        return None
    return None if supporter.addresses else "e-mail address not known"


def _enquirers_address(question: Question, supporter: Supporter) -> str | None:
    requester = question.enquiry.requester
    if requester.addresses:
        return None
    if not requester.folded_name:
        return "enquirer's name and address not known"
    return "enquirer's address not known" if supporter.relations else None
