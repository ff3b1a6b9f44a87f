"""Says what could not be checked because it is not known; it gives no points and takes none."""

from collections.abc import Callable, Iterator, Sequence

from peermatch.matching.columns import Rows
from peermatch.matching.question import Part, Question
from peermatch.model.packed import SHUNS_ORGANISATION, SHUNS_SPECIALTY


def parts(question: Question, _rows: Rows) -> Sequence[Part]:
    """A part for each thing that a gate would have looked at; it speaks only for those whom it concerns."""
    found = (*_organisation(question), *_specialty(question), *_person(question))
    return [Part("unknown", _said(concerned, words)) for concerned, words in found]


def _said(concerned: Callable[[int], object], words: str) -> Callable[[int], str | None]:
    return lambda row: words if concerned(row) else None


_Remark = tuple[Callable[[int], object], str]
"""Whom it concerns, and the words."""


def _organisation(question: Question) -> Iterator[_Remark]:
    people, away = question.facts.people, question.facts.tables.away_organisation
    excluded = bool(question.enquiry.exclusions.organisations)
    yield (
        lambda row: not people.organisation[row] and (excluded or people.flags[row] & SHUNS_ORGANISATION),
        "Organisation not known",
    )
    if question.enquiry.organisation is None:
        yield (
            lambda row: people.flags[row] & SHUNS_ORGANISATION or away.lines(row),
            "Enquirer's organisation not known",
        )


def _specialty(question: Question) -> Iterator[_Remark]:
    people, away = question.facts.people, question.facts.tables.away_specialty
    excluded = bool(question.enquiry.exclusions.specialties)
    yield (
        lambda row: not people.specialty[row] and (excluded or people.flags[row] & SHUNS_SPECIALTY),
        "Specialty not known",
    )
    if question.enquiry.specialty is None:
        yield (
            lambda row: people.flags[row] & SHUNS_SPECIALTY or away.lines(row),
            "Enquirer's specialty not known",
        )


def _person(question: Question) -> Iterator[_Remark]:
    """Two people can be compared by name or by address; the first speaks where neither is known on both sides."""
    requester, tables = question.enquiry.requester, question.facts.tables
    if requester.addresses:
        if not requester.folded_name:
            yield lambda row: not tables.address.lines(row), "E-mail address not known"
    elif requester.folded_name:
        yield tables.relation.lines, "Enquirer's address not known"
    else:
        yield lambda _row: True, "Enquirer's name and address not known"
