"""Refuses whoever would rather not be asked about this workplace, specialty or topic."""

import numpy as np

from peermatch.matching.columns import Rows, Table
from peermatch.matching.question import Gate, Question
from peermatch.model.packed import SHUNS_ORGANISATION, SHUNS_SPECIALTY
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Rows:
    tables, enquiry, segment = question.facts.tables, question.enquiry, question.segment
    refused = []
    if enquiry.organisation is not None:
        theirs = question.at_one_with((enquiry.organisation,))
        refused.append(segment.carrying("organisation", theirs, SHUNS_ORGANISATION))
        refused.append(_away(question, tables.away_organisation, theirs))
    if enquiry.specialty is not None:
        theirs = question.codes((enquiry.specialty,))
        refused.append(segment.carrying("specialty", theirs, SHUNS_SPECIALTY))
        refused.append(_away(question, tables.away_specialty, theirs))
    broader = question.reference.vocabulary.broader
    topics = (topic for need in enquiry.wanted for topic in (need, *broader(need)))
    return np.concatenate((*refused, _away(question, tables.away_topic, question.codes(topics))))


def _away(question: Question, table: Table, codes: list[int]) -> Rows:
    """Who would rather not be asked about one of these."""
    wanted = np.zeros(len(question.register.words) + 1, dtype=np.bool_)
    wanted[codes] = True
    rows: Rows = table.rows[np.flatnonzero(wanted[table.values[0]])].astype(np.intp)
    return rows


def _sentence(question: Question, row: int) -> str:
    people, theirs = question.facts.people, question.enquiry.organisation
    if theirs is not None:
        at_one = question.reference.organisations.at_one
        own = question.word(people.organisation, row)
        if own is not None and people.flags[row] & SHUNS_ORGANISATION and at_one(own, theirs):
            return "Would rather not support somebody from their own organisation"
        if any(
            at_one(each, theirs) for each in _named(question, question.facts.tables.away_organisation, row)
        ):
            return "Would rather not support somebody from the enquirer's organisation"
    return _specialty_or_topic(question, row)


def _specialty_or_topic(question: Question, row: int) -> str:
    people, theirs = question.facts.people, question.enquiry.specialty
    if theirs is not None:
        if theirs == question.word(people.specialty, row) and people.flags[row] & SHUNS_SPECIALTY:
            return "Would rather not support somebody from their own specialty"
        if theirs in _named(question, question.facts.tables.away_specialty, row):
            return "Would rather not support somebody from the enquirer's specialty"
    return "Would rather not be asked about something that this enquiry needs"


def _named(question: Question, table: Table, row: int) -> list[str]:
    return [question.register.words.text(code) for code in table.values[0][table.of(row)].tolist()]


GATE = Gate(Code.OWN_BOUNDARY, _refuses, _sentence)
