"""The answer to an enquiry: everybody goes through the gates; those who pass stand in order, with reasons."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np

from peermatch.errors import BadInput
from peermatch.matching.columns import Floats, Mask
from peermatch.matching.question import Part, Question
from peermatch.matching.register import Register
from peermatch.matching.rules import GATES, RULES
from peermatch.matching.scarcity import rare
from peermatch.model.enquiry import Enquiry
from peermatch.model.policy import Policy
from peermatch.model.verdict import Code, Reason, Refusal, Shortlist, Suggestion

Place: TypeAlias = tuple[float, int, str]
"""By what the suggested are sorted: best score first, then the longest unasked, then the id."""

STANDARD = Policy()
"""The policy of a network whose lead has changed nothing."""

_DIGITS = 9
"""Scores that differ by less than 1e-9 count as equal (matching, order)."""


def match(register: Register, enquiry: Enquiry, on: date, policy: Policy = STANDARD) -> Shortlist:
    """Who could help with an enquiry on a day, nearest first with reasons, and why the others are not.

    The rules are those of matching.md, to the letter; the same input, day and policy give the same answer.
    """
    question = Question.put(register, enquiry, on, policy)
    masks = [gate.refuses(question) for gate in GATES]
    refused = np.logical_or.reduce(masks)
    scores = _Scores.of(question)
    seldom = rare(question, dict(zip((gate.code for gate in GATES), masks, strict=True)))
    rows = sorted(np.flatnonzero(~refused).tolist(), key=lambda row: scores.place(question, row))
    suggested = tuple(scores.suggestion(question, row, bool(seldom[row])) for row in rows)
    return Shortlist(
        enquiry=enquiry.reference,
        on=on,
        policy=policy,
        ambiguous=_ambiguous(suggested, policy),
        suggested=suggested,
        refused=_refusals(question, masks),
    )


def refusal_codes(register: Register, enquiry: Enquiry, supporter_id: str, on: date) -> tuple[Code, ...]:
    """All that refuses one supporter, in the order of the gates; nothing means that they may be asked."""
    row = register.row_of.get(supporter_id)
    if row is None:
        raise BadInput(f"There is no supporter {supporter_id}.", "Check the number.")
    question = Question.put(register, enquiry, on, STANDARD)
    return tuple(gate.code for gate in GATES if gate.refuses(question)[row])


def place_of(register: Register, suggestion: Suggestion) -> Place:
    """By what a suggestion is sorted among others."""
    row = register.row_of[suggestion.supporter]
    return _place(suggestion.score, int(register.workload.last_asked[row]), suggestion.supporter)


def why_not_summary(shortlist: Shortlist) -> tuple[tuple[Code, int], ...]:
    """How many each gate is the first to refuse, most first, then in the order of the gates."""
    order = list(Code)
    counts = Counter(refusal.code for refusal in shortlist.refused)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], order.index(pair[0]))))


def shortlist_to_dict(shortlist: Shortlist, top: int) -> dict[str, object]:
    """The document of ``match --json`` (formats.md); ``top`` cuts those suggested only, and 0 means all."""
    shown = shortlist.suggested[:top] if top else shortlist.suggested
    return {
        "enquiry": shortlist.enquiry,
        "on": shortlist.on.isoformat(),
        "policy": shortlist.policy.label,
        "ambiguous": shortlist.ambiguous,
        "of": len(shortlist.suggested),
        "suggested": [
            {
                "supporter": each.supporter,
                "score": each.score,
                "rare": each.rare,
                "reasons": [{"rule": r.rule, "points": r.points, "text": r.text} for r in each.reasons],
            }
            for each in shown
        ],
        "refused": [
            {
                "supporter": each.supporter,
                "code": each.code.value,
                "codes": [code.value for code in each.codes],
                "text": each.text,
            }
            for each in shortlist.refused
        ],
    }


@dataclass(frozen=True, slots=True, eq=False)
class _Scores:
    """Everybody's score with the points that it is made of, one array for each part."""

    score: Floats
    parts: tuple[tuple[Part, Floats], ...]

    @classmethod
    def of(cls, question: Question) -> "_Scores":
        parts = [part for rule in RULES for part in rule(question)]
        # Without a need or a wish nobody is suggested; 1 stands in so that nothing is divided by zero.
        total = sum(part.weight for part in parts) or 1.0
        gains = [question.zeros() if p.values is None else p.weight * p.values / total for p in parts]
        # Added one after the other, never by np.sum: its order of addition changes with the number of people, and
        # nobody's score may depend on who else is there, not even in the last digit.
        mean = sum(gains, question.zeros())
        points = [
            gain if part.tax is None else gain - mean * part.tax
            for part, gain in zip(parts, gains, strict=True)
        ]
        return cls(sum(points, question.zeros()), tuple(zip(parts, points, strict=True)))

    def place(self, question: Question, row: int) -> Place:
        asked = int(question.register.workload.last_asked[row])
        return _place(float(self.score[row]), asked, question.person(row).supporter.id)

    def suggestion(self, question: Question, row: int, rare: bool) -> Suggestion:
        reasons = tuple(
            Reason(part.rule, float(points[row]), text)
            for part, points in self.parts
            if (text := part.text(row)) is not None
        )
        return Suggestion(question.person(row).supporter.id, float(self.score[row]), rare, reasons)


def _place(score: float, last_asked: int, id: str) -> Place:
    return -round(score, _DIGITS), last_asked, id


def _ambiguous(suggested: Sequence[Suggestion], policy: Policy) -> bool:
    if len(suggested) < 2:
        return False
    return round(suggested[0].score - suggested[1].score, _DIGITS) <= policy.ambiguous


def _refusals(question: Question, masks: Sequence[Mask]) -> tuple[Refusal, ...]:
    """Everybody whom a gate refuses, in the order of ids, with all codes and the sentence of the first."""
    # Each one's gates as the bits of a number: few different numbers occur, so each is read only once.
    patterns = np.sum([mask.astype(np.int64) << place for place, mask in enumerate(masks)], axis=0)
    gates_of = {
        pattern: tuple(gate for place, gate in enumerate(GATES) if pattern >> place & 1)
        for pattern in np.unique(patterns).tolist()
    }
    codes_of = {pattern: tuple(gate.code for gate in gates) for pattern, gates in gates_of.items()}
    return tuple(
        Refusal(
            supporter=question.person(row).supporter.id,
            code=codes_of[pattern][0],
            codes=codes_of[pattern],
            text=gates_of[pattern][0].sentence(question, row),
        )
        for row, pattern in enumerate(patterns.tolist())
        if pattern
    )
