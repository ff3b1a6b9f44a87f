"""What one change would bring somebody refused in, and at which place: it is made, and matching answers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np

from peermatch.matching.columns import Column, Courses, Levels, Mask, Rows, Table
from peermatch.matching.judging import codes_in, judged
from peermatch.matching.question import Question
from peermatch.matching.register import Register
from peermatch.matching.rules import GATES
from peermatch.matching.rules.unavailable import day_of
from peermatch.matching.scoring import score
from peermatch.matching.segment import Segment
from peermatch.matching.shortlists import Answer
from peermatch.matching.standings import Standings, id_places
from peermatch.model.dates import in_words
from peermatch.model.enquiry import Enquiry
from peermatch.model.packed import STATUSES
from peermatch.model.people import SupporterStatus
from peermatch.model.policy import Policy
from peermatch.model.spans import ENDED, NEVER, UNKNOWN, VALID
from peermatch.model.verdict import Code, Shortlist, WhatIf

_ONLY = {code: 1 << place for place, code in enumerate(Code)}
"""By code, the pattern of those whom nothing else refuses."""

_ALWAYS = (VALID, UNKNOWN, NEVER, ENDED, VALID)
"""The courses of those who would have changed, who are asked about on one day only: the first is to keep the record."""


def what_if(
    register: Register, enquiry: Enquiry, on: date, policy: Policy, shortlist: Shortlist, limit: int = 3
) -> tuple[WhatIf, ...]:
    """The changes that would bring somebody in highest, best first; nothing is guessed.

    Each `change` reads on after "If" and the name, such as ``renewed consent for ADHD``.
    """
    if not shortlist.counts:
        return ()
    answer = Answer.to(register, enquiry, on, policy)
    asked = answer.questions()
    coming = [_coming(answer, number, question) for number, question in enumerate(asked)]
    everybody = Standings(
        rows=np.concatenate([each.rows for each in coming]),
        scores=np.concatenate([each.scores for each in coming]),
        asked=np.concatenate([each.asked for each in coming]),
        ids=np.concatenate([each.ids for each in coming]),
    )
    order = everybody.first(limit)[:limit].tolist()
    return tuple(_said(answer, asked, everybody, place) for place in order)


def _coming(answer: Answer, number: int, question: Question) -> Standings:
    """How those whom one change would bring in would stand; the others' scores do not depend on them."""
    pattern = answer.patterns()[number]
    rows = np.flatnonzero(_can_change(question, pattern) & (answer.judged[number].first < len(GATES)))
    segment = _changed(question, rows, pattern[rows])
    asked = replace(question, segment=segment, _least=[], _sharing={})
    coming = judged(asked, _NOBODY).passing
    return Standings(
        rows=rows[coming] + number * len(answer.register.columns),
        scores=score(asked, coming),
        asked=segment.work.last_asked[coming],
        ids=id_places(answer.register, rows[coming], number),
    )


def _can_change(question: Question, pattern: Column) -> Mask:
    """Whom only one thing refuses, and a thing that can change: the others' status and capacity are what they are."""
    people = question.facts.people
    alone = pattern == _ONLY[Code.PAUSED]
    for code in (Code.UNAVAILABLE, Code.CONSENT_ENDED, Code.CONSENT_MISSING):
        alone |= pattern == _ONLY[code]
    ended = question.today.levels[people.first_course] == ENDED
    active = people.status == STATUSES.index(SupporterStatus.ACTIVE)
    lapsed = (pattern == _ONLY[Code.NOT_ACTIVE]) & active & ended
    full = (pattern == _ONLY[Code.NO_ROOM]) & (people.capacity >= 1)
    found: Mask = alone | lapsed | full
    return found


def _changed(question: Question, rows: Rows, pattern: Column) -> Segment:
    """These people as they would be: there, with room for one more, and with consent, on this day."""
    segment = question.segment.taken(rows)
    facts, work = segment.facts, segment.work
    in_hand = np.where(pattern == _ONLY[Code.NO_ROOM], facts.people.capacity - 1, work.in_hand)
    levels = _levels(question, segment, pattern)
    counts = np.array([level != NEVER for level in _ALWAYS], dtype=np.uint16)
    steps = np.array([1 << 2 | level for level in _ALWAYS if level != NEVER], dtype=np.uint32)
    starts = (np.cumsum(counts) - counts).astype(np.uint32)
    tables = facts.tables._replace(
        paused=_without(facts.tables.paused),
        starting=_without(facts.tables.starting),
        leaving=_without(facts.tables.leaving),
    )
    return Segment(
        facts._replace(
            people=facts.people._replace(first_course=np.zeros(len(rows), dtype=np.uint32)),
            tables=tables,
            courses=Courses(starts, counts, steps),
            links=facts.links._replace(courses=levels + np.uint8(1)),
        ),
        segment.slices,
        replace(work, in_hand=in_hand),
        segment.barred,
    )


def _levels(question: Question, segment: Segment, pattern: Column) -> Levels:
    """The level of each listed characteristic once consent was given for what is essential, as the words say."""
    links, people = segment.facts.links, segment.facts.people
    levels: Levels = segment.day(question.on).levels[people.first_course[links.rows] + links.courses]
    missing = pattern == _ONLY[Code.CONSENT_MISSING]
    ended = missing | (pattern == _ONLY[Code.CONSENT_ENDED])
    essential = [view for view in question.needs if view.essential]
    for term in {each.term for view in essential for each in view.choices[: view.meeting]}:
        where = segment.slices.get(question.register.words.known(term), slice(0, 0))
        rows, before = links.rows[where], levels[where]
        renewed = (ended[rows] & (before == ENDED)) | (missing[rows] & (before == NEVER))
        levels[where] = np.where(renewed, VALID, before)
    return levels


def _without(table: Table) -> Table:
    return Table(table.rows[:0], tuple(values[:0] for values in table.values))


def _said(answer: Answer, asked: tuple[Question, ...], coming: Standings, place: int) -> WhatIf:
    row = int(coming.rows[place])
    behind = row - len(answer.register.columns)
    number, local = (0, row) if behind < 0 else (1, behind)
    (code,) = codes_in(int(answer.patterns()[number][local]))
    before = answer.standings.before(
        float(coming.scores[place]), int(coming.asked[place]), int(coming.ids[place])
    )
    return WhatIf(answer.register.id(row), _WORDS[code](asked[number], local), 1 + before)


def _essential(question: Question) -> str:
    """The enquiry's essential needs in words; never the supporter's own characteristic."""
    label = question.reference.vocabulary.label
    return " and ".join(label(each) for each in dict.fromkeys(question.enquiry.essential))


def _back(question: Question, row: int) -> str:
    until = day_of(question.facts.tables.paused, row) or question.on
    return f"were back already (paused until {in_words(until)})"


def _available(question: Question, row: int) -> str:
    tables = question.facts.tables
    start, end = day_of(tables.starting, row), day_of(tables.leaving, row)
    if start is not None and start > question.on and (end is None or start <= end):
        return f"were available already (from {in_words(start)})"
    return "were available again"


_WORDS: dict[Code, Callable[[Question, int], str]] = {
    Code.NOT_ACTIVE: lambda _question, _row: "renewed consent to keep their record",
    Code.PAUSED: _back,
    Code.UNAVAILABLE: _available,
    Code.NO_ROOM: lambda _question, _row: "had room again",
    Code.CONSENT_ENDED: lambda question, _row: f"renewed consent for {_essential(question)}",
    Code.CONSENT_MISSING: lambda question, _row: f"gave consent for {_essential(question)}",
}
_NOBODY: Rows = np.zeros(0, dtype=np.intp)
