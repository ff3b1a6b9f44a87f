"""The gates over whole columns, said once for frames and matrices: each brings its own columns and its own words."""

from typing import Any, Protocol

import numpy as np

from tests.bench.asking import SHOWN, WISH
from tests.bench.columns import GATES, Coded, Numbers
from tests.bench.loop import VALID, Said
from tests.bench.network import DAY

TODAY = DAY.toordinal()


class Dialect(Protocol):
    """How an engine names a column, and says which of its people are meant; what it gives takes ``&``, ``|``, ``~``."""

    def column(self, name: str) -> Any:
        """A column of people."""

    def within(self, column: str, words: list[int]) -> Any:
        """Whose column holds one of these words."""

    def marked(self, table: str, words: list[int]) -> Any:
        """Who stands in a pair table beside one of these words; of relations, those that hold today."""


def gates(say: Dialect, question: Coded, least: Any, closest: Any) -> list[Any]:
    """The conditions in the order of `GATES`.

    ``least`` is the least level of essential needs, ``closest`` the best that any need brings.
    """
    column, within, marked = say.column, say.within, say.marked
    own, specialty = question.own_organisations, [question.specialty]
    return [
        column("active") == 0,
        column("paused_until") > TODAY,
        (column("since") > TODAY) | (column("until") < TODAY),
        ~marked("programme", [question.programme]),
        within("name", question.names) | marked("address", question.addresses),
        within("organisation", question.excluded_organisations)
        | within("specialty", question.excluded_specialties)
        | within("name", question.excluded_names)
        | marked("address", question.excluded_addresses),
        marked("relation", question.addresses),
        ((column("shuns_organisation") == 1) & within("organisation", own))
        | ((column("shuns_specialty") == 1) & within("specialty", specialty))
        | marked("away_organisation", own)
        | marked("away_specialty", specialty)
        | marked("away_topic", question.topics),
        marked("asked", [question.reference]) | marked("barred", question.addresses),
        column("in_hand") >= column("capacity"),
        least == 0,
        least == 1,
        least < VALID,
        closest == 0,
    ]


def said(first: Numbers, ids: Any, score: Numbers, asked: Numbers) -> Said:
    """The answer, from the first gate of everybody and from ids, scores and last askings of those who pass."""
    counts = np.bincount(first, minlength=len(GATES) + 1).tolist()
    some = score >= np.partition(score, -SHOWN)[-SHOWN] - 1e-8 if len(score) > SHOWN else score >= 0
    found = zip(score[some].tolist(), asked[some].tolist(), ids[some].tolist(), strict=True)
    best = sorted(found, key=lambda each: (-round(each[0], 9), each[1], each[2]))[:SHOWN]
    refused = {gate: count for gate, count in zip(GATES, counts, strict=False) if count}
    return Said(tuple((id, value) for value, _, id in best), counts[-1], refused)


def busy(in_hand: Any, capacity: Any, times_asked: Any) -> Any:
    """What is left of a score after load, for numbers in arrays."""
    often = np.minimum(1.0, times_asked / 6)
    return 1 - 0.06 * np.minimum(1.0, in_hand / capacity) - 0.04 * often


def table(worth: dict[int, float], size: int) -> Numbers:
    """What each word is worth, by its number."""
    found = np.zeros(size)
    found[list(worth)] = list(worth.values())
    return found


def wishes_of(question: Coded) -> list[tuple[str, dict[int, float]]]:
    """The columns that preferences look at and what words there bring, weighted."""
    return [(w.column, {word: WISH * value for word, value in w.worth.items()}) for w in question.wishes]
