"""Refuses whoever seems to be the enquirer: an address or a folded name is equal."""

from collections.abc import Iterable

import numpy as np

from peermatch.matching.columns import Rows, Table, found
from peermatch.matching.question import Gate, Question
from peermatch.model.packed import key
from peermatch.model.verdict import Code


def _refuses(question: Question) -> Rows:
    requester = question.enquiry.requester
    return named(question, (requester.folded_name,), requester.addresses)


def named(question: Question, names: Iterable[str], addresses: Iterable[str]) -> Rows:
    """Who has one of these folded names or addresses; nothing (an empty text) is nobody's."""
    people, table = question.facts.people, question.facts.tables.address
    by_name = [found(people.name_head, people.name_tail, _numbers(name)) for name in names if name]
    by_address: Rows = table.rows[lines_with(table, addresses)].astype(np.intp)
    return np.concatenate((*by_name, by_address))


def lines_with(table: Table, addresses: Iterable[str]) -> Rows:
    """The lines of a table of addresses that hold one of these."""
    head, tail = table.values[:2]
    lines = [found(head, tail, _numbers(each)) for each in addresses if each]
    return np.concatenate(lines) if lines else np.zeros(0, dtype=np.intp)


def _numbers(text: str) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.frombuffer(key(text), "<u4")


def _sentence(_question: Question, _row: int) -> str:
    return "Has the same name or address as the person who asks"


GATE = Gate(Code.SAME_PERSON, _refuses, _sentence)
