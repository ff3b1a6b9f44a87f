"""How rare somebody is, who else could serve the enquiry, and how many people a description would fit."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from operator import attrgetter

import numpy as np

from peermatch.matching.columns import Mask
from peermatch.matching.question import NeedView, Question
from peermatch.matching.register import Register
from peermatch.matching.rules import GATES
from peermatch.matching.shortlists import Answer
from peermatch.model.enquiry import Enquiry, Importance, Need
from peermatch.model.explanation import Alternative, Scarce
from peermatch.model.policy import Policy
from peermatch.model.verdict import Code, Refusal, Shortlist

FEW = 2
"""As many as this are still rare (matching, scarcity)."""


def scarce(
    register: Register, enquiry: Enquiry, on: date, policy: Policy, supporter: str
) -> tuple[Scarce, ...]:
    """The needs that somebody is the only one, or one of two, able to meet.

    Able is whoever passes every gate but those that only keep them from this enquiry for now.
    """
    answer = Answer.to(register, enquiry, on, policy)
    found = []
    for needed in _different(answer):
        sharing = tuple(map(_sharing, answer.questions(), needed))
        able = tuple(mask & verdict.able for mask, verdict in zip(sharing, answer.judged, strict=True))
        number = sum(int(mask.sum()) for mask in able)
        if 0 < number <= FEW and _holds(register, able, supporter):
            found.append(Scarce(needed[0].need.characteristic, number))
    return tuple(found)


def alternatives(
    register: Register, enquiry: Enquiry, shortlist: Shortlist, supporter: str, limit: int = 2
) -> tuple[Alternative, ...]:
    """The others who stand highest, and what each of them would leave unmet."""
    others = [
        (place, each.supporter)
        for place, each in enumerate(shortlist.suggested[: limit + 1], start=1)
        if each.supporter != supporter
    ][:limit]
    answer = Answer.to(register, enquiry, shortlist.on, shortlist.policy)
    return tuple(Alternative(id, place, _unmet(answer, id)) for place, id in others)


def meets_everything(register: Register, enquiry: Enquiry, shortlist: Shortlist) -> bool:
    """Whether somebody suggested meets all that is asked for, the helpful as well as the essential."""
    answer = Answer.to(register, enquiry, shortlist.on, shortlist.policy)
    passing = [verdict.first == len(GATES) for verdict in answer.judged]
    return any(
        bool((mask & _meets_all(question)).any())
        for question, mask in zip(answer.questions(), passing, strict=True)
    )


def first_refused(
    register: Register, enquiry: Enquiry, shortlist: Shortlist, codes: Iterable[Code], limit: int
) -> tuple[Refusal, ...]:
    """Those whom these codes are the first to refuse, code by code and by id, as many as can be read in one go.

    Only they are put into words: of a hundred thousand people that alone would take a second.
    """
    answer = Answer.to(register, enquiry, shortlist.on, shortlist.policy)
    asked, starts = answer.questions(), _starts(answer)
    gates = [gate.code for gate in GATES]
    found: list[Refusal] = []
    for code in codes:
        rows = [
            start + row
            for start, verdict in zip(starts, answer.judged, strict=True)
            for row in np.flatnonzero(verdict.first == gates.index(code))[: limit - len(found)].tolist()
        ]
        some = sorted((answer.refusal(asked, row) for row in rows), key=attrgetter("supporter"))
        found += some[: limit - len(found)]
    return tuple(found)


def fits(register: Register, enquiry: Enquiry, on: date, policy: Policy, topics: Iterable[str]) -> int:
    """How many active supporters a description by these topics fits, as far as they may be found by them.

    Whoever is paused or busy counts: the description may make a reader think of them as well.
    """
    needs = tuple(Need(topic, Importance.ESSENTIAL) for topic in topics)
    answer = Answer.to(register, replace(enquiry, needs=needs), on, policy)
    present = [verdict.first <= len(GATES) for verdict in answer.judged]
    return sum(
        int((mask & ~question.today.not_active & _meets_all(question)).sum())
        for question, mask in zip(answer.questions(), present, strict=True)
    )


def _starts(answer: Answer) -> tuple[int, ...]:
    """Where the rows of each part of the register begin to count."""
    lengths = [len(verdict.first) for verdict in answer.judged]
    return tuple(sum(lengths[:number]) for number in range(len(lengths)))


def _unmet(answer: Answer, supporter: str) -> tuple[str, ...]:
    return tuple(
        needed[0].need.characteristic
        for needed in _different(answer)
        if not _holds(answer.register, tuple(map(_sharing, answer.questions(), needed)), supporter)
    )


def _different(answer: Answer) -> Iterator[tuple[NeedView, ...]]:
    """Each different need once, as it was put to each part of the register."""
    seen: set[str] = set()
    for needed in zip(*(question.needs for question in answer.questions()), strict=True):
        if needed[0].need.characteristic not in seen:
            seen.add(needed[0].need.characteristic)
            yield needed


def _holds(register: Register, masks: tuple[Mask, ...], supporter: str) -> bool:
    """Whether a mask over the whole register is true for somebody."""
    row = register.row_of(supporter)
    return row is not None and bool(np.concatenate(masks)[row])


def _meets_all(question: Question) -> Mask:
    """Who meets every need with valid consent."""
    whole = ~question.nobody()
    for view in question.needs:
        whole &= _sharing(question, view)
    return whole


def _sharing(question: Question, view: NeedView) -> Mask:
    mask = question.nobody()
    for choice in view.choices[: view.meeting]:
        mask[question.sharing(choice.term)] = True
    return mask
